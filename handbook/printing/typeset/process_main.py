"""What the process of process.py does: one task, which comes in by its input.

Belongs here: reading a task, bounding this process, answering. Not here: what a task is (compiler.py, pictures.py).

In: a line of JSON. Out: process.BEGUN, a line of JSON, and the bytes that go with it."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from handbook.printing.typeset import compiler, limits, pictures
from handbook.printing.typeset.offline import offline
from handbook.printing.typeset.process import BEGUN, Answer, Bounds

_TASKS: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {"pages": compiler.serve, "picture": pictures.serve}


def serve() -> int:
    """Do the one task that comes in. Ends the process, but for a task that is none: that is somebody's trial, and 2."""
    if hasattr(os, "nice"):
        os.nice(10)  # Typst uses every core; the window, which someone is using, comes first
    try:
        asked = json.loads(sys.stdin.buffer.readline())
        task, bounds, work = asked["task"], Bounds(*asked["bounds"]), _TASKS[asked["what"]]
    except (ValueError, TypeError, LookupError):
        return 2
    threading.Thread(target=_end_with_parent, args=(sys.stdin.fileno(),), daemon=True).start()
    limits.impose(bounds.memory, bounds.seconds)
    _say(BEGUN)
    with offline():
        answer = work(task)
    _say(json.dumps(answer.told).encode() + b"\n" + answer.data)
    os._exit(0)  # not by the interpreter's own end: on Windows that waits for the thread that reads the input


def _say(words: bytes) -> None:
    sys.stdout.buffer.write(words)
    sys.stdout.buffer.flush()


def _end_with_parent(pipe: int) -> None:
    """End this process as soon as the one that wants its answer is gone, however that ended."""
    os.read(pipe, 1)  # not through sys.stdin, whose lock the interpreter would wait for at its end
    os._exit(1)
