"""Folders of a trial, and what may lie in them afterwards."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.base import unfinished
from handbook.base.paths import find_paths

_ENDING = 1.0  # seconds that a process may take to see that the one it works for is gone


@contextmanager
def home() -> Iterator[Path]:
    """A folder to write in; the person's own folders are new ones beside it, for this process and its children."""
    with tempfile.TemporaryDirectory() as name:
        before = os.environ.get("HANDBOOK_HOME")
        os.environ["HANDBOOK_HOME"] = str(Path(name) / "home")
        work = Path(name) / "work"
        work.mkdir()
        try:
            yield work
        finally:
            if before is None:
                del os.environ["HANDBOOK_HOME"]
            else:
                os.environ["HANDBOOK_HOME"] = before


def left(folder: Path) -> list[str]:
    """Unfinished files that are still there when the program has been started again, a minute later, then two hours.

    A folder that was not locked yet may belong to a program that is about to lock it, so it is kept for an hour."""
    for passed in (60, 7200):
        time.sleep(_ENDING if passed > 60 else 0)
        found = _left_after(passed, folder)
        if not found:
            break
    return found


def _left_after(seconds: int, folder: Path) -> list[str]:
    paths = find_paths()
    roots = [folder, *(own for own in paths.own if own.is_dir())]
    before = time.time() - seconds
    for path in [path for root in roots for path in root.rglob("*") if path.is_file() or ".part" in path.name]:
        with contextlib.suppress(FileNotFoundError):  # a process of the killed one is ending, and removes what it made
            os.utime(path, (before, before))
    unfinished.remove_left(paths)
    return [path.name for root in roots for path in root.rglob("*") if ".part" in path.name]
