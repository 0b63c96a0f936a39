"""Handbooks far larger than ours: `python tests/bench/bench_large.py [SECTIONS IN_CHAPTER]...`.

1,000 chapters of ten sections and 50,000 sections in chapters of a hundred, made of the handbook's own sentences: read
without an index, its index built, searched letter by letter, its window opened and chapters in it. Each step in a
process of its own, in processor time. Nothing here is asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SETS = ((10_000, 10), (50_000, 100))
QUERIES = 60  # typed letter by letter
CHAPTERS = 40  # opened in the window


def main() -> None:
    """Make each handbook and measure it step by step."""
    numbers = [int(word) for word in sys.argv[1:]]
    for sections, in_chapter in zip(numbers[::2], numbers[1::2], strict=True) if numbers else SETS:
        with tempfile.TemporaryDirectory() as scratch:
            print(f"{sections:,} sections in {sections // in_chapter:,} chapters")
            for step in ("write", "read", "index", "search", "window"):
                command = [sys.executable, "-P", __file__, step, scratch, str(sections), str(in_chapter)]
                place = {"HANDBOOK_HOME": f"{scratch}/home", "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
                subprocess.run(command, env={**os.environ, **place}, check=True)


def _step(step: str, scratch: Path, sections: int, in_chapter: int) -> None:
    from handbook.content.loading import load

    folder, index = scratch / "texts", scratch / "index"
    if step == "write":
        from tests.bench.bench_search import recombined, sentences_of

        recombined(
            sentences_of(load(ROOT / "content" / "en")), folder, sections=sections, words=60, in_chapter=in_chapter
        )
        return
    before = time.process_time()
    handbook = load(folder)
    read = time.process_time() - before
    if step == "read":
        _tell("read without an index", [read])
        _tell("all its sections known", [_spent(lambda: list(handbook.sections))])
    elif step == "index":
        from handbook.search.index import build_index

        _tell("its index built", [_spent(lambda: build_index(handbook, index))])
        print(f"  index: {sum(file.stat().st_size for file in index.iterdir()) / 2**20:.0f} MiB")
    elif step == "search":
        _search(folder, index)
    else:
        _window(folder, index)
    print(f"  most memory while {step}ing: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _search(folder: Path, at: Path) -> None:
    from handbook.content.loading import load
    from handbook.search.index import Index
    from tests.search.judged import questions

    handbook = load(folder)
    opened: list[Index] = []
    _tell("its index opened", [_spent(lambda: opened.append(Index.open(at, handbook)))])
    asked = [question.text for question in questions()][:QUERIES]
    letters = [text[:end] for text in asked for end in range(1, len(text) + 1)]
    opened[0].search(letters[0], limit=8, typing=True)
    _tell("a letter typed", [_spent(partial(opened[0].search, text, limit=8, typing=True)) for text in letters])
    _tell("a whole question", [_spent(partial(opened[0].search, text, limit=30)) for text in asked])


def _window(folder: Path, index: Path) -> None:

    from PySide6.QtWidgets import QApplication

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.settings import Store
    from handbook.ui.widgets import theme

    app = QApplication(["handbook", "-style", "Fusion"])
    theme.load_fonts()
    paths = find_paths().with_(content=folder, index=index)
    made: list[MainWindow] = []

    def open_it() -> None:
        made.append(MainWindow(load(folder), paths, Store(paths.config), ""))
        made[0].show()
        made[0].reader.viewport().repaint()

    _tell("its window opened", [_spent(open_it)])
    app.processEvents()
    window, times = made[0], []
    chapters = list(window.handbook.chapters)
    for id_ in chapters[:: max(1, len(chapters) // CHAPTERS)]:

        def turn(id_: str = id_) -> None:
            window.open_address(id_)
            window.reader.viewport().repaint()

        times.append(_spent(turn))
        for _ in range(10):
            app.processEvents()
    _tell("a chapter opened in it", times)


def _spent(do: Callable[[], object]) -> float:
    before = time.process_time()
    do()
    return time.process_time() - before


def _tell(what: str, found: Sequence[float]) -> None:
    ordered = sorted(found)
    middle, late = ordered[len(ordered) // 2] * 1000, ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000
    print(
        f"  {what}: median {middle:.0f} ms, 95% {late:.0f}, most {ordered[-1] * 1000:.0f} ({len(ordered)})", flush=True
    )


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1].isalpha():
        _step(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
    else:
        main()
