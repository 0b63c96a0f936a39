"""What the process does that checks one folder: it prints the faults, as a line of JSON.

Belongs here: that process. Not here: who starts it (ui/library/checking.py)."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from handbook import check
from handbook.base import child_process
from handbook.base.errors import HandbookError
from handbook.content.loading import load

_NOT_READ = 3


def serve(folder: Path) -> int:
    """Check a folder. Ends the process; also when its input ends, as then nobody wants the faults any more."""
    child_process.end_with_parent(sys.stdin.fileno())
    with suppress(OSError, AttributeError):  # Windows has none; typing in the window comes first
        os.nice(10)
    try:
        found = check.check(load(folder))
    except HandbookError:  # it was removed meanwhile, which the window tells
        os._exit(_NOT_READ)
    print(json.dumps(found), flush=True)  # noqa: T201 - to the window
    os._exit(0)  # not by the interpreter's own end: on Windows that waits for the thread that reads the input
