"""Folders of a trial, and what may lie in them afterwards."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.base import unfinished
from handbook.base.paths import find_paths


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
    """Unfinished files that are still there when the program has been started again, a minute later."""
    paths = find_paths()
    roots = [folder, *(own for own in paths.own if own.is_dir())]
    before = time.time() - 60
    for path in [path for root in roots for path in root.rglob("*") if path.is_file()]:
        os.utime(path, (before, before))
    unfinished.remove_left(paths)
    found = [path for root in roots for path in root.rglob("*") if ".part" in path.name]
    return [path.name for path in found]
