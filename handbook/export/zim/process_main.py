"""What the process does that writes a ZIM file: one task, which comes in by its input as a line of JSON.

While it gets on it says so, a byte each time: libzim's threads wait for each other, for ever if one of them ends.

Belongs here: what libzim is told. Not here: what stands in the file (entries.py), as libzim wants it (items.py), what
becomes of the process (__init__.py)."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from handbook.base import child_process

_NO_TASK, _NO_LIBRARY, _FAILED = 2, 3, 4
_LOOK = 0.5  # s between two looks whether it gets on
_WORK = 0.02  # s of the processor's time that are work; libzim's threads that wait take a little, too


def serve() -> int:
    """Do the one task that comes in. Ends the process, but for a task that is none: that is somebody's trial, and 2."""
    try:
        task = json.loads(sys.stdin.buffer.readline())
        file = Path(task["file"])
    except (ValueError, TypeError, LookupError):
        return _NO_TASK
    child_process.end_with_parent(sys.stdin.fileno())
    said = os.dup(sys.stdout.fileno())
    with Path(os.devnull).open("wb") as nowhere:  # what libzim says there is no sign of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    threading.Thread(target=_tell_that_it_gets_on, args=(said, file.parent), daemon=True).start()
    try:
        _write(task, file)
    except ImportError:
        os._exit(_NO_LIBRARY)
    except (RuntimeError, OSError, ValueError):  # of what went wrong libzim says nothing more
        os._exit(_FAILED)
    os._exit(0)  # not by the interpreter's own end: on Windows that waits for the thread that reads the input


def _write(task: dict[str, Any], file: Path) -> None:
    from libzim.reader import Archive
    from libzim.writer import Creator

    from handbook.export.zim.items import Entry  # subclasses of libzim's, which may be missing

    creator = Creator(file)
    creator.config_nbworkers(1)  # with more, the order of what is in the file is one of chance
    creator.config_indexing(True, task["language"])
    creator.set_mainpath(task["front"])
    with creator:
        creator.add_illustration(48, base64.b64decode(task["icon"]))
        for name, value in task["metadata"].items():
            creator.add_metadata(name, value)
        for entry in task["entries"]:
            creator.add_item(Entry(entry))
    if not Archive(file).check():  # libzim does not notice that writing the head of the file failed
        raise ValueError("not a whole file")


def _tell_that_it_gets_on(said: int, folder: Path) -> None:
    """Say so for as long as the files grow or the processor works for them."""
    worked, size = 0.0, -1
    while True:
        now, big = time.process_time() - time.thread_time(), _size(folder)
        if now - worked > _WORK or big != size:
            worked, size = now, big
            with contextlib.suppress(OSError):  # nobody is there: the other thread ends this process
                os.write(said, b".")
        time.sleep(_LOOK)


def _size(folder: Path) -> int:
    """How large the files are that libzim writes; they come and go meanwhile."""
    total = 0
    for above, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(above, name).stat().st_size
    return total
