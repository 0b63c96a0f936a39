"""What the process does that makes the search index of one handbook in the library.

Belongs here: that process, and what it prints of how far it is. Not here: who starts it (ui/searching/).

An index is written beside its place and put there whole, so a process that is killed leaves what was there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from handbook.base import catalogue, child_process
from handbook.base.errors import HandbookError
from handbook.base.paths import find_paths
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.content.translation import of_program
from handbook.library.shelf import Library
from handbook.search import index

COMMAND = "library-index"  # a hidden command of the program, with the handbook's name behind it
NAMELESS = "handbook"  # stands there for the program's own, which has no name
FAILED = 3  # it has said why, in a sentence


def serve(name: str) -> int:
    """Make the index of a handbook, if it is not there; prints how far that is in percent, a line each.

    Ends the process when its input ends: then nobody wants the index any more."""
    child_process.end_with_parent(sys.stdin.fileno())
    with suppress(OSError, AttributeError):  # Windows has none; typing in the window comes first
        os.nice(5)
    paths = find_paths()
    try:
        library = Library(paths.data)
        own = name in ("", NAMELESS)
        handbook = load(paths.content, of_program(paths, catalogue.language())) if own else library.read(name)
        if index.open_ready(handbook, paths.index, paths.cache) is None:
            _make(handbook, paths.cache)
    except HandbookError as exc:
        print(exc, file=sys.stderr, flush=True)  # noqa: T201 - to the window
        os._exit(FAILED)
    os._exit(0)  # not by the interpreter's own end: on Windows that waits for the thread that reads the input


def _make(handbook: Handbook, cache: Path) -> None:
    sections = sum(1 for _ in handbook.sections) or 1
    asked = said = 0

    def cancelled() -> bool:
        """Never, but asked once a section, and a few times more at the end: so it is known how far it is."""
        nonlocal asked, said
        asked += 1
        percent = min(99, asked * 90 // sections)  # the last tenth of the time has few steps
        if percent > said:
            said = percent
            print(percent, flush=True)  # noqa: T201 - to the window
        return False

    index.build_index(handbook, index.cache_folder(cache, handbook), cancelled=cancelled, private=True)
