"""Processes that are killed in the middle of a writing.

What is there afterwards must be a whole version, none older than the last that the process said it had written, and
the next start must find nothing unfinished."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, cast

import pypdfium2

from handbook.base.paths import find_paths
from handbook.marks import file as marks_file
from handbook.presenting import lead, run_file
from handbook.search.index import open_or_build
from handbook.workshop import file
from tests.faults import exports, writer
from tests.faults.outcome import Outcome
from tests.faults.places import home, left
from tests.helpers import ROOT, handbook_of

KILLS = 60  # of each kind of writing
LONGEST = 0.4  # seconds from the first version until a writing is waited for, at most
LATER = 0.004  # seconds after it was seen to have begun, at most
TIRED = 2.0  # seconds that it is waited for


def _whole_workshop(folder: Path, said: int) -> None:
    number = writer.number_of(file.read(folder / writer.WORKSHOP).workshop)
    _expect(number >= said, f"version {said} was written, and {number} is there")


def _whole_copy(_: Path, said: int) -> None:
    kept = file.kept(find_paths().data)
    if kept is None:
        raise AssertionError("no copy is there")
    number = writer.number_of(kept[0])
    _expect(number >= said, f"copy {said} was written, and {number} is there")


def _whole_settings(_: Path, said: int) -> None:
    from handbook.ui.settings import LAST_OFFSET, SEARCHES, Store

    store = Store(find_paths().config)
    _expect(store.set_aside is None, "the settings were damaged")
    number = store.read(LAST_OFFSET)
    _expect(number >= said, f"settings {said} were written, and {number} are there")
    _expect(store.read(SEARCHES) == f"{number} " * 20_000, "settings of two versions are mixed")


def _whole_marks(_: Path, said: int) -> None:
    found = marks_file.opened(find_paths().data)
    _expect(found.set_aside is None, "the marks were damaged")
    _expect(len(found.marks) == 21, f"{len(found.marks)} marks are there")
    number = int(found.marks[0].note)
    _expect(number >= said, f"marks {said} were written, and {number} are there")


def _whole_run(_: Path, said: int) -> None:
    data = find_paths().data
    kept = run_file.kept(data)
    if kept is None:
        raise AssertionError("no run is there")
    _expect(int(kept.title) >= said, f"run {said} was written, and {kept.title} is there")
    _expect(kept.workshop == writer.LONG, "a part of its workshop is missing")
    _expect(not lead.is_led(kept, data), "a program that was killed leads it")


def _whole_index(folder: Path, _: int) -> None:
    handbook = handbook_of(writer.PAGES)
    index, told = open_or_build(handbook, folder / "index", find_paths().cache)
    _expect(not told, told)
    _expect(bool(index.search("labour").hits), "the index finds nothing")
    index.close()


def _whole_pdf(folder: Path, _: int) -> None:
    document = pypdfium2.PdfDocument(folder / "page.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    _expect(text.count("More words") == 60, "the PDF is not whole")
    document.close()


def _whole_export(what: str) -> Callable[[Path, int], None]:
    def look(folder: Path, said: int) -> None:
        number = exports.number_in(what, folder)
        _expect(number >= said, f"version {said} was written, and {number} is there")

    return look


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise AssertionError(otherwise)


WHOLE: Mapping[str, Callable[[Path, int], None]] = {
    "save": _whole_workshop,
    "recovery copy": _whole_copy,
    "settings": _whole_settings,
    "marks": _whole_marks,
    "run": _whole_run,
    "index": _whole_index,
    "PDF": _whole_pdf,
    **{f"export, {what}": _whole_export(what) for what in exports.FILES},
}


def trials(seed: int, share: float) -> list[Outcome]:
    """Kill each kind of writer KILLS times, or a share of that."""
    chance = random.Random(seed)
    return [_kill(what, max(2, round(KILLS * share)), chance) for what in writer.WRITERS]


def _kill(what: str, times: int, chance: random.Random) -> Outcome:
    outcome = Outcome(f"killed while writing: {what}", times, hit=0)
    for _ in range(times):
        with home() as folder:
            said, was_writing = _killed(what, folder, chance.uniform(0, LONGEST), chance.uniform(0, LATER))
            outcome.hit = (outcome.hit or 0) + was_writing
            try:
                WHOLE[what](folder, said)
                remains = left(folder)
                _expect(not remains, f"left behind: {remains}")
            except Exception as exc:  # noqa: BLE001 - whatever it is, it is told in the table
                outcome.lost.append(f"after version {said}: {type(exc).__name__}: {exc}")
    return outcome


def _killed(what: str, folder: Path, delay: float, later: float) -> tuple[int, bool]:
    """Run a writer, wait some seconds after its first version, then for its next writing, and kill it a moment later.

    The number of the last version that it said was written, and whether unfinished files lay there."""
    command = [sys.executable, "-m", "tests.faults.writer", what, str(folder)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    out = cast(IO[bytes], child.stdout)
    first = out.readline()
    time.sleep(delay)
    end = time.monotonic() + TIRED
    while not _is_writing(folder) and time.monotonic() < end:
        pass
    time.sleep(later)
    child.kill()
    lines = [first, *out.read().splitlines()]
    child.wait()
    out.close()
    numbers = [int(line) for line in lines if line.strip().isdigit()]
    if not numbers:
        raise RuntimeError(f"the writer of '{what}' did not start")
    return numbers[-1], _is_writing(folder)


def _is_writing(folder: Path) -> bool:
    """Does an unfinished file lie in a trial's folders?"""
    names = (
        name for root in (folder, *find_paths().own) for _, below, files in os.walk(root) for name in below + files
    )
    return any(".part" in name or "-index-" in name or ".ini." in name for name in names)
