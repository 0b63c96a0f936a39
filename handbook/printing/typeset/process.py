"""A process of our own for Typst: the program starts itself, gives it a task, and takes what it says.

Belongs here: starting, talking, ending it, and how it may end. Not here: what it does with its task
(process_main.py), what holds it within its bounds (limits.py).

Typst can't be interrupted, and keeps what it has laid out; some pictures make it crash, run for ever or take all
memory. A process is ended at once, gives its memory back, and takes nothing else down."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from typing import IO, Any, NamedTuple, cast

from handbook.base import catalogue, child_process, paths, spoken
from handbook.base.catalogue import tr
from handbook.base.thousands import Number
from handbook.printing.typeset import limits
from handbook.printing.typeset.offline import environment

COMMAND = "typeset-worker"  # the hidden command that process_main.serve() answers
BEGUN = b"begun\n"  # what it says when it has read its task and is about to do it
_WAIT = 0.05  # s between two questions whether the answer is still wanted
_SLOWEST = 10  # s on a busy computer for a second of the processor's time

Stale = Callable[[], bool]


class Cancelled(Exception):
    """The caller does not want the answer any more. Not a failure, and never shown."""


class NotStarted(Exception):
    """There is no process to be had, or it ended before it began with its task."""


class Died(Exception):
    """The process began and gave no answer; str() is why, as the end of a sentence."""


class Bounds(NamedTuple):
    """What a task may take. memory: bytes. seconds: of the processor's time."""

    memory: int
    seconds: float


class Answer(NamedTuple):
    """What a process said: a table, and bytes that go with it."""

    told: dict[str, Any]
    data: bytes


def never() -> bool:
    """For callers that wait to the end."""
    return False


def ask(what: str, task: Mapping[str, Any], bounds: Bounds, cancelled: Stale = never) -> Answer:
    """Have a task done. what: "pages" or "picture". Raises Cancelled, NotStarted, Died."""
    child = _start()
    sent = json.dumps({"what": what, "task": task, "bounds": bounds}).encode() + b"\n"
    said: list[bytes] = []
    talk = threading.Thread(target=lambda: said.append(_talk(child, sent)), daemon=True)
    talk.start()
    end = time.monotonic() + bounds.seconds * _SLOWEST
    try:
        while talk.is_alive() and not cancelled() and time.monotonic() < end:
            talk.join(_WAIT)
    finally:  # after Ctrl+C too: nobody is left to take what the process makes
        late = talk.is_alive()
        if late:
            child.kill()
            talk.join()
    if late:
        if time.monotonic() < end:
            raise Cancelled
        raise Died(_too_long(bounds))
    return _answer(said[0] if said else b"", child.returncode, bounds)


def _start() -> subprocess.Popen[bytes]:
    command, variables = paths.own_command(COMMAND)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables | environment() | {spoken.VARIABLE: catalogue.language()},  # its faults are told, too
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),  # elsewhere the process sees to it itself
        )
    except OSError as exc:
        raise NotStarted(str(exc)) from exc


def _talk(child: subprocess.Popen[bytes], sent: bytes) -> bytes:
    """Give a process its task, and take what it says."""
    given, said = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    child_process.give(child, sent)
    answer = said.read()
    child.wait()
    with contextlib.suppress(OSError):
        given.close()
    said.close()
    return answer


def _answer(said: bytes, status: int, bounds: Bounds) -> Answer:
    begun, _, rest = said.partition(BEGUN)
    if not status and not begun and rest:
        head, _, data = rest.partition(b"\n")
        with contextlib.suppress(ValueError):
            return Answer(json.loads(head), data)
    if status == limits.MEMORY_OVER:
        raise Died(tr("it takes more than {most:,} MB of memory").format(most=Number(bounds.memory >> 20)))
    if status == limits.TIME_OVER:
        raise Died(_too_long(bounds))
    if said.startswith(BEGUN) or _is_crash(status):
        raise Died(tr("the process that does it crashed ({status})").format(status=status))
    raise NotStarted(tr("the process ended with {status} before it began").format(status=status))


def _is_crash(status: int) -> bool:
    """Did the system end the process? POSIX's signals are below 0, Windows' exceptions from 0xC0000000."""
    return status < 0 or status >= 0xC0000000


def _too_long(bounds: Bounds) -> str:
    return tr("it takes longer than {seconds:,.0f} seconds").format(seconds=bounds.seconds)
