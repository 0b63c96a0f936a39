"""A process that this program starts to do one task.

Belongs here: giving it the task, its end when nobody wants that any more, how it ended in words. Not here: starting it
and what it answers (printing/typeset/process.py, export/zim/, ui/library/checking.py)."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from typing import IO, cast

from handbook.base.catalogue import tr

# On POSIX a signal is told below 0, on Windows an exception as NTSTATUS:
# https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55
_CRASH_ON_WINDOWS = 0xC0000000
_STOPPED_BY_SYSTEM = (-9, 0xC0000017, 0xC000012D)  # SIGKILL: nobody else sends it; STATUS_NO_MEMORY, _COMMITMENT_LIMIT
_GAVE_UP = (-6, 0xC0000409)  # SIGABRT, STATUS_STACK_BUFFER_OVERRUN: what is refused memory ends itself so
_STOPPED_BY_PERSON = tuple(-one for one in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)))
_TOO_LONG = (-getattr(signal, "SIGXCPU", 24),)


def give(child: subprocess.Popen[bytes], task: bytes) -> None:
    """Write a task to a process, whose input stays open: by that it knows that we are there.

    It may have ended. One that got a part only would wait for the rest for ever, so it is ended; it gives no answer."""
    given = cast(IO[bytes], child.stdin)
    try:
        given.write(task)
        given.flush()
    except OSError:
        child.kill()


def end_with_parent(pipe: int) -> None:
    """In such a process: end it as soon as the one that started it is gone, however that ended.

    pipe: the process's input, of which all has been read."""
    threading.Thread(target=_end_after, args=(pipe,), daemon=True).start()


def _end_after(pipe: int) -> None:
    os.read(pipe, 1)
    os._exit(1)


def is_crash(status: int) -> bool:
    """Did the system end the process, by a signal or an exception?"""
    return status < 0 or status >= _CRASH_ON_WINDOWS


def how_it_ended(status: int) -> str:
    """How a process ended that has not done its task, as the end of a sentence: a number helps nobody."""
    if status in _STOPPED_BY_SYSTEM:
        return tr("the system stopped the process that does it, most likely as memory was short")
    if status in _GAVE_UP:
        return tr("the process that does it broke off, most likely as it needs too much memory")
    if status in _STOPPED_BY_PERSON:
        return tr("the process that does it was stopped from outside")
    if status in _TOO_LONG:
        return tr("the process that does it took longer than the system allows")
    if is_crash(status):
        return tr("the process that does it crashed")
    return tr("the process that does it ended without saying why")
