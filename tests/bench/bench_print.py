"""How long printing takes: run.py test tests/bench, or this file alone.

One section first in a process is what a person waits for after Ctrl+P; it is measured in fresh processes,
from before the import of the typesetter to the finished bytes. The rest is measured in this one."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
CONTENT = ROOT / "content" / "en"
FIRST = """
import sys, time
from pathlib import Path
from handbook.content import load
handbook = load(Path(sys.argv[1]))
start = time.perf_counter()
from handbook.handout import Handout
from handbook.typeset import to_pdf
pdf = to_pdf(handbook, Handout(("statement#r2",)))
made = time.perf_counter()
from handbook.pages import Document
with Document(pdf) as document:
    document.image(0, 1.5)
print(made - start, time.perf_counter() - start)
"""


def first_in_a_process(runs: int) -> tuple[list[float], list[float]]:
    """Seconds to a section's PDF, and to its page on the screen, in fresh processes."""
    made, seen = [], []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", FIRST, str(CONTENT)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        one, two = map(float, done.stdout.split())
        made.append(one)
        seen.append(two)
    return made, seen


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds that some work takes, each time."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def long_content(folder: Path, sections: int) -> None:
    """A handbook of many sections of 150 words, a list and a table each."""
    for chapter in range(sections // 20):
        text = [f"# Chapter {chapter}\n"]
        for section in range(20):
            words = " ".join(f"word{(section * 7 + n) % 97}" for n in range(150))
            extras = "- one\n- two\n\n| A | B |\n|--|--|\n| c | d |\n"
            text.append(f"## Section {chapter}.{section}\n\n{words}\n\n{extras}")
        (folder / f"chapter-{chapter}.md").write_text("\n".join(text), encoding="utf-8")


def main(runs: int = 9) -> None:
    """Print the table."""
    from handbook.content import load
    from handbook.handout import Handout, PrintOptions
    from handbook.pages import Document
    from handbook.typeset import to_pdf

    def row(name: str, seconds: list[float], note: str = "") -> None:
        print(f"| {name} | {statistics.median(seconds):.3f} | {max(seconds):.3f} | {note} |")

    print("| measure | median s | slowest s | |\n|---|---|---|---|")
    made, seen = first_in_a_process(runs)
    row("one section to PDF, first in a process", made, "reach: 0.3")
    row("the same to its page drawn at 108 dpi", seen)
    real = load(CONTENT)
    row("the whole statement again", timed(lambda: to_pdf(real, Handout(("statement",))), runs))
    booklet = Handout(("statement",), PrintOptions(booklet=True))
    row("the same as a booklet", timed(lambda: to_pdf(real, booklet), runs))
    with TemporaryDirectory() as folder:
        for sections in (120, 800):
            place = Path(folder, str(sections))
            place.mkdir()
            long_content(place, sections)
            many = load(place)
            start = time.perf_counter()
            pdf = to_pdf(many, Handout(tuple(many.chapters)))
            seconds = [time.perf_counter() - start]
            with Document(pdf) as document:
                row(f"{sections} sections, {len(document)} pages", seconds, f"{len(pdf) // 1024} KiB")


def test_one_section_is_printed_soon() -> None:
    made, _ = first_in_a_process(3)
    assert statistics.median(made) <= 0.3


if __name__ == "__main__":
    main()
