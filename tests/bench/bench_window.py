"""Figures of the window: start-up, memory, typing. Run under Xvfb: `python tests/bench/bench_window.py [RUNS]`.

`--large [ROUNDS [SECTIONS]]` types by turns into our handbook and into one of 50,000 sections, and tells nothing else.

Each figure is a ratio or a difference to a bare PySide6 window in the same run, interleaved, because the
machines that measure are shared and noisy. Nothing here is asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import json
import os
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.ui.main_window import MainWindow

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
QUERY = "trafficked persons a"  # 20 letters, as typed
QUERIES = 200  # of the judged questions, each typed letter by letter
FEW_QUERIES = 60  # in each handbook and round of --large
CUT = 24  # letters of each: the list hardly changes after that


def queries() -> list[str]:
    """What trainers would ask, from the judged set."""
    lines = (ROOT / "tests" / "search" / "judged.jsonl").read_text("utf-8").splitlines()
    found = [str(json.loads(line)["text"])[:CUT].strip() for line in lines]
    return [query for query in found if query.isascii()][:QUERIES]


# -- In the measured process --------------------------------------------------------------------------------


def _probe(kind: str) -> None:
    """Open a window and print, as one JSON line, when its page was painted and what it then weighs."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QTextBrowser

    found: dict[str, float] = {}

    class Painted(QObject):
        """Sees the first painting of the page."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and "painted" not in found:
                found["painted"] = 0.0
                QTimer.singleShot(0, done)  # when the painting is over
            return False

    def done() -> None:
        found["painted"] = time.monotonic()
        QTimer.singleShot(800, weigh)

    def weigh() -> None:
        rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
        found["pss_kib"] = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        print(json.dumps(found), flush=True)
        QApplication.quit()

    watcher = Painted()
    run = QApplication.exec

    def exec_watched(*_: object) -> int:
        for window in QApplication.topLevelWidgets():
            for page in window.findChildren(QTextBrowser):
                page.viewport().installEventFilter(watcher)
        return int(run())

    QApplication.exec = exec_watched  # type: ignore[method-assign]
    _open(kind)


def _open(kind: str) -> None:
    if kind == "bare":
        runpy.run_path(str(HERE / "bare_window.py"))["main"]()
    else:
        from handbook.cli.main import main

        main(["statement"] if kind == "page" else [])


def _main_window(folder: Path | None) -> MainWindow:
    """The window as app.py makes it, with the bundled handbook or another."""

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.app import SWITCH_INTERVAL
    from handbook.ui.main_window import MainWindow
    from handbook.ui.settings import Store
    from handbook.ui.widgets import theme

    sys.setswitchinterval(SWITCH_INTERVAL)
    theme.load_fonts()
    places = find_paths()
    if folder is not None:
        places = places.with_(content=folder, index=folder / "index")
    return MainWindow(load(places.content), places, Store(places.config))


def _typing(kind: str, sections: int = 0, asked: int = QUERIES) -> None:
    """Type into a field letter by letter; print the longest stall and the times from key to painted hits.

    sections: of a handbook of recombined sentences; 0 takes the bundled one. asked: how many queries are typed. What is
    wrong in the recombined one is looked for meanwhile, as in every folder that is opened."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

    from tests.bench.beats import beats
    from tests.event_loop import wait

    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    window: QWidget
    waits: list[float] = []
    if kind == "bare":
        window = QWidget()
        field = QLineEdit(window)
    else:
        main_window = _main_window(_recombined(sections) if sections else None)
        window, field = main_window, main_window.searching.field
    window.show()
    QTest.qWaitForWindowExposed(window)
    field.setFocus()
    if kind != "bare":
        QTest.keyClicks(field, "warm")
        while main_window.searching.waiting:
            wait(100)
        wait(1000)
    field.clear()
    wait(300)
    with beats() as gaps:
        for letter in QUERY:
            QTest.keyClicks(field, letter)
            wait(60)
    stall = max(gaps)
    if kind != "bare":
        waits = _keys_to_hits(main_window, queries()[:asked])
    print(json.dumps({"stall": stall, "waits": waits}), flush=True)
    window.close()
    app.processEvents()


def _recombined(sections: int) -> Path:
    """The folder of a handbook of so many sections, of the real one's sentences; an earlier run may have made it."""
    from handbook.content.loading import load

    folder = Path(os.environ["HANDBOOK_HOME"]) / "recombined"
    if folder.is_dir():
        return folder
    recombine = runpy.run_path(str(HERE / "bench_search.py"))
    folder.parent.mkdir(exist_ok=True)
    sentences = recombine["sentences_of"](load(ROOT / "content" / "en"))
    recombine["recombined"](sentences, folder, sections=sections, words=60)
    return folder


def _keys_to_hits(window: MainWindow, asked: Sequence[str]) -> list[float]:
    """Seconds from each key to its hits, painted; where the answer is the same as before, to its being known."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QListView

    from tests.event_loop import wait

    loop = QEventLoop()
    done = {"at": 0.0, "changed": False}

    class Painting(QObject):
        """Sees the list being painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and done["changed"]:
                QTimer.singleShot(0, finish)  # when the painting is over
            return False

    def finish() -> None:
        if not done["at"]:
            done["at"] = time.perf_counter()
            loop.quit()

    def answered(*_: object) -> None:
        if not done["changed"]:
            finish()

    field = window.searching.field
    hits = window.searching.hits.findChild(QListView, "hits")
    assert isinstance(hits, QListView)
    painting = Painting()
    hits.viewport().installEventFilter(painting)
    window.searching.hits.nothing.installEventFilter(painting)  # what is shown in place of an empty list
    hits.model().modelReset.connect(lambda: done.update(changed=True))
    window.searching._runner._bridge.finished.connect(answered)  # after the window's own slot
    waits: list[float] = []
    for words in asked:
        field.clear()
        wait(30)
        for letter in words:
            done.update(at=0.0, changed=False)
            before = time.perf_counter()
            QTest.keyClicks(field, letter)
            if not done["at"] and field.text().strip():
                loop.exec()  # sleeps as a real event loop does: one that spins would hold up the search
                waits.append(done["at"] - before)
            wait(15)
    return waits


# -- The measuring process ----------------------------------------------------------------------------------


def _run(*arguments: str, home: str = "") -> dict[str, object]:
    """What a process measured. home: the person's folder in it, to be kept; "" for one that is new."""
    with tempfile.TemporaryDirectory() as new:
        environment = {**os.environ, "HANDBOOK_HOME": home or new, "PYTHONPATH": str(ROOT)}
        # Modules compiled once, as after any first start and as installed: some machines that build have this set.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.monotonic()
        out = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=900,
        ).stdout
    answer: dict[str, object] = json.loads(out.strip().splitlines()[-1])
    if "painted" in answer:
        answer["launch"] = float(str(answer["painted"])) - started
    return answer


def main(runs: int) -> None:
    """Measure and print a Markdown table."""
    kinds = ("bare", "start", "page")
    found: dict[str, list[dict[str, object]]] = {kind: [] for kind in kinds}
    for kind in kinds:
        _run("--probe", kind)  # not counted: it compiles the modules
    for _ in range(runs):
        for kind in kinds:  # interleaved: a slow minute is slow for all
            found[kind].append(_run("--probe", kind))
    print("| measure | bare window | handbook | ratio |\n|---|---|---|---|")
    for kind, name in (("start", "start page"), ("page", "the statement")):
        for key, unit, factor in (("launch", "ms", 1000.0), ("pss_kib", "MiB", 1 / 1024)):
            bare = statistics.median(float(str(one[key])) for one in found["bare"])
            ours = statistics.median(float(str(one[key])) for one in found[kind])
            label = f"{'launch to painted page' if key == 'launch' else 'memory (Pss)'}, {name}"
            print(f"| {label} | {bare * factor:.0f} {unit} | {ours * factor:.0f} {unit} | {ours / bare:.2f} |")
    stalls: dict[str, list[float]] = {"bare": [], "typing": []}
    waits: list[float] = []
    for _ in range(max(3, runs // 3)):
        stalls["bare"].append(float(str(_run("--typing", "bare")["stall"])))
        answer = _run("--typing", "handbook")
        stalls["typing"].append(float(str(answer["stall"])))
        waits += answer["waits"]  # type: ignore[arg-type]
    bare, ours = (statistics.median(stalls[kind]) * 1000 for kind in ("bare", "typing"))
    print(f"| longest stall while typing 20 letters | {bare:.0f} ms | {ours:.0f} ms | +{ours - bare:.0f} ms |")
    _print_waits("the handbook", waits)
    for sections in (2_000, 14_000):
        _print_waits(f"{sections:,} sections", _run("--typing", "handbook", str(sections))["waits"])  # type: ignore[arg-type]


def large(rounds: int = 3, sections: int = 50_000) -> None:
    """Type by turns into our handbook and into a large one. The index of each is made before, and not counted."""
    waits: dict[int, list[float]] = {0: [], sections: []}
    with tempfile.TemporaryDirectory() as scratch:
        homes = {number: str(Path(scratch) / str(number)) for number in waits}
        for number, home in homes.items():
            Path(home).mkdir()
            _run("--typing", "handbook", str(number), "0", home=home)
        for _ in range(rounds):
            for number, home in homes.items():
                found = _run("--typing", "handbook", str(number), str(FEW_QUERIES), home=home)["waits"]
                waits[number] += found  # type: ignore[arg-type]
    print("| measure | bare window | handbook | ratio |\n|---|---|---|---|")
    for number, found in waits.items():
        _print_waits(f"{number:,} sections" if number else "the handbook", found)


def _print_waits(name: str, waits: list[float]) -> None:
    waits = sorted(waits)
    middle, late, last = (waits[at] * 1000 for at in (len(waits) // 2, int(len(waits) * 0.95), -1))
    what = f"key to painted hits, {name}: median / p95 / slowest of {len(waits)}"
    print(f"| {what} | | {middle:.1f} / {late:.1f} / {last:.0f} ms | |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--probe"]:
        _probe(sys.argv[2])
    elif sys.argv[1:2] == ["--typing"]:
        _typing(sys.argv[2], *map(int, sys.argv[3:]))
    elif sys.argv[1:2] == ["--large"]:
        large(*map(int, sys.argv[2:]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
