"""How long printing takes: run.py test tests/bench, or this file alone.

One section first in a process is what a person waits for after Ctrl+P; it is measured in fresh processes,
from before the import of the typesetter to the finished bytes. Packets and the long prints have processes of
their own too, as their memory is measured: of the process, and of the child in which it sets a large document."""

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
from handbook.content.loading import load
handbook = load(Path(sys.argv[1]))
start = time.perf_counter()
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
pdf = to_pdf(handbook, Handout(("statement#r2",)))
made = time.perf_counter()
from handbook.printing.page_images import Document
with Document(pdf) as document:
    document.image(0, 1.5)
print(made - start, time.perf_counter() - start)
"""


# A workshop of so many of the handbook's chapters, printed, then with one more item; then the print cancelled.
PACKET = """
import dataclasses, resource, sys, threading, time
from pathlib import Path
from handbook.content.loading import load
from handbook.printing.typeset import Cancelled, Typesetter, print_workshop
from handbook.workshop.model import Entry, Passage, Workshop
handbook = load(Path(sys.argv[1]))
items = tuple(Passage(name) for name in list(handbook.chapters)[: int(sys.argv[2])])
workshop = Workshop("Long", participants=20, items=(*items, Entry("Break")))
start = time.perf_counter()
printed = print_workshop(handbook, workshop, ["participants"])
made = time.perf_counter() - start
more = dataclasses.replace(workshop, items=(*workshop.items, Entry("Lunch", 60)))
start = time.perf_counter()
print_workshop(handbook, more, ["participants"])
again = time.perf_counter() - start
peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
waited, asked = 0.0, []
if peaks[1]:
    timer = threading.Timer(made / 2, lambda: asked.append(time.perf_counter()))
    timer.start()
    try:
        print_workshop(handbook, workshop, ["participants"], (), Typesetter(cancelled=lambda: bool(asked)))
    except Cancelled:
        waited = time.perf_counter() - asked[0]
print(printed.pages, made, again, *peaks, waited)
"""


def packet(folder: Path, chapters: int) -> list[float]:
    """Pages; seconds to make them, and again with one more item; MiB of the process and of its child; seconds
    from asking to stop to having stopped, 0 where no child was needed."""
    done = subprocess.run(
        [sys.executable, "-c", PACKET, str(folder), str(chapters)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]


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
    from handbook.content.loading import load
    from handbook.handout.options import PrintOptions
    from handbook.handout.selection import Handout
    from handbook.printing.typeset import to_pdf

    def row(name: str, seconds: list[float], note: str = "") -> None:
        print(f"| {name} | {statistics.median(seconds):.3f} | {max(seconds):.3f} | {note} |")

    print("| measure | median s | slowest s | |\n|---|---|---|---|")
    made, seen = first_in_a_process(runs)
    row("one section to PDF, first in a process", made, "target: 0.3")
    row("the same to its page drawn at 108 dpi", seen)
    real = load(CONTENT)
    row("the whole statement again", timed(lambda: to_pdf(real, Handout(("statement",))), runs))
    booklet = Handout(("statement",), PrintOptions(booklet=True))
    row("the same as a booklet", timed(lambda: to_pdf(real, booklet), runs))
    with TemporaryDirectory() as folder:
        long_content(Path(folder), 2000)
        for name, chapters, target in (("20", 2, 0.3), ("60", 6, 1.5), ("400", 40, 10.0), ("1,000", 100, 20.0)):
            found = [packet(Path(folder), chapters) for _ in range(max(1, runs // 3))]
            pages, _, _, own, child, _ = found[0]
            row(f"a packet of about {name} pages: {pages:.0f}", [one[1] for one in found], f"target: {target}")
            row("the same with one more item", [one[2] for one in found], f"{own:.0f} MiB, child {child:.0f} MiB")
            if child:
                row("from cancelling to having stopped", [one[5] for one in found], "target: 0.2")


def test_one_section_is_printed_soon() -> None:
    made, _ = first_in_a_process(3)
    assert statistics.median(made) <= 0.3


if __name__ == "__main__":
    main()
