"""A process that writes one thing over and over, for other trials to kill or to disturb.

`python -m tests.faults.writer WHAT FOLDER` writes version after version, and says the number of each that is written.
With `once` it says "ready", waits for a line, writes one version, and ends with WROTE, or with TOLD when the program
said that it could not."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from handbook import marks
from handbook.base.errors import HandbookError
from handbook.base.paths import find_paths, make_private
from handbook.marks import file as marks_file
from handbook.marks.model import Mark
from handbook.presenting.lead import Lead
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import Run
from handbook.presenting.run_file import Kept
from handbook.workshop import file
from handbook.workshop.model import CustomPage, Workshop
from tests.faults import exports
from tests.helpers import handbook_of

WROTE, TOLD = 0, 3  # how a process ends that wrote once
WORKSHOP = "day.workshop"
BEGUN = 1_700_000_000.0  # when a run began
LONG = "A line of words on a page.\n" * 12_000  # 300 kB, so that the writing takes a while
PAGES = {"page.md": "# A page\n\nWords about labour and law.\n\n" + "## A part\n\nMore words to be found.\n\n" * 60}


def version(number: int) -> Workshop:
    """The workshop that is written as a version."""
    return Workshop(f"Version {number}", items=(CustomPage("Ours", LONG),))


def number_of(workshop: Workshop) -> int:
    """Which version a workshop is. Raises ValueError if it is none, or not all of it is there."""
    number = int(workshop.title.removeprefix("Version "))
    if workshop.items != version(number).items:
        raise ValueError("a part is missing")
    return number


def _save(folder: Path) -> Callable[[int], object]:
    return lambda number: file.save(version(number), folder / WORKSHOP)


def _copy(folder: Path) -> Callable[[int], object]:
    data = find_paths().data
    make_private(data)
    return lambda number: file.keep(version(number), folder / WORKSHOP, data)


def _marks(_: Path) -> Callable[[int], object]:
    """Each time as on the next day, when yesterday's copy is made too."""
    data = find_paths().data

    def write(number: int) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.utime(data / marks.FILE, (0, 0))
        some = (Mark("bookmark", "page", note=LONG[:15_000], id=f"{one:016x}") for one in range(20))
        marks_file.save((Mark("bookmark", "page", note=str(number)), *some), data)

    return write


def _run(_: Path) -> Callable[[int], object]:
    leads = Lead(find_paths().data)
    moments = (Moment(1, 540, 30, "Talk", "", "", "", "", (), False),)
    run = Run.begin(moments, BEGUN)
    return lambda number: leads.take(Kept(run, moments, str(number), BEGUN, None, LONG))


def _settings(_: Path) -> Callable[[int], object]:
    from handbook.ui.settings import LAST_OFFSET, SEARCHES, Store

    def write(number: int) -> None:
        store = Store(find_paths().config)
        store.write(SEARCHES, f"{number} " * 20_000)
        store.write(LAST_OFFSET, number)
        store.save()

    return write


def _index(folder: Path) -> Callable[[int], object]:
    from handbook.search.index import build_index

    handbook = handbook_of(PAGES)
    return lambda _: build_index(handbook, folder / "index")


def _pdf(folder: Path) -> Callable[[int], object]:
    from handbook.handout.selection import Handout
    from handbook.printing.typeset import save_pdf

    handbook = handbook_of(PAGES)
    return lambda _: save_pdf(handbook, Handout(("page",)), folder / "page.pdf")


WRITERS: Mapping[str, Callable[[Path], Callable[[int], object]]] = {
    "save": _save,
    "recovery copy": _copy,
    "run": _run,
    "settings": _settings,
    "marks": _marks,
    "index": _index,
    "PDF": _pdf,
    **{f"export, {what}": exports.writer_of(what) for what in exports.FILES},
}


def main(what: str, folder: Path, *, once: bool) -> int:
    """Write until somebody ends this, or once."""
    write = WRITERS[what](folder)
    if not once:
        number = 0
        while True:
            number += 1
            write(number)
            print(number, flush=True)
    write(1)  # what is imported or made at the first writing is there then
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        write(2)
    except HandbookError:
        return TOLD
    return WROTE


if __name__ == "__main__":
    os._exit(main(sys.argv[1], Path(sys.argv[2]), once=sys.argv[3:] == ["once"]))
