"""A process of our own for Typst: the program starts itself once more, gives that process tasks and reads its answers.

Belongs here: starting, talking, ending it, and how it may end. Not here: what it does with its tasks
(process_main.py), what holds it within its bounds (limits.py), the one that is kept for more tasks (kept_process.py).

Typst can't be interrupted, and keeps what it has laid out; some pictures make it crash, run for ever or take all
memory. A process is ended at once, gives its memory back, and takes nothing else down."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, NamedTuple, cast

from handbook.base import catalogue, child_process, paths, spoken
from handbook.base.catalogue import tr
from handbook.base.system_errors import reason_of
from handbook.base.thousands import Number
from handbook.printing.typeset import frames, limits
from handbook.printing.typeset.offline import environment

COMMAND = "typeset-worker"  # the hidden command that process_main.serve() answers
BEGUN = b"begun\n"  # what it says when it has read a task and is about to do it
_WAIT = 0.05  # s between two questions whether the answer is still wanted
_NICE = 10
_LAST = 2.0  # s for a process to end after its last word
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


class Task(NamedTuple):
    """what: "pages", "picture" or "nothing". told: a table; parts: bytes that go with it."""

    what: str
    told: Mapping[str, Any]
    bounds: Bounds
    parts: Sequence[bytes] = ()


class Answer(NamedTuple):
    """What a process said: a table, and bytes that go with it. kept: bytes of memory that it held before the task."""

    told: dict[str, Any]
    data: bytes
    kept: int = 0


def never() -> bool:
    """For callers that wait to the end."""
    return False


def ask(task: Task, cancelled: Stale = never) -> Answer:
    """Have a task done by a process that does nothing else. Raises Cancelled, NotStarted, Died."""
    child = Child()
    try:
        return child.begin(task).answer(cancelled)
    finally:  # after Ctrl+C too: nobody is left to take what the process makes
        child.end()


class Child:
    """A process that was started. It does its tasks one after the other, and ends with this program."""

    def __init__(self, *, in_background: bool = True) -> None:
        """Start it. in_background: Typst uses every core, and the window, which someone is using, is to come first.

        Raises NotStarted."""
        command, variables = paths.own_command(COMMAND)
        below = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if in_background else 0
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=variables | environment() | {spoken.VARIABLE: catalogue.language()},  # its faults are told, too
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | below,
            )
        except OSError as exc:
            raise NotStarted(reason_of(exc)) from exc
        if in_background and sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICE)
        self._talk: Talk | None = None

    def begin(self, task: Task) -> Talk:
        """Give it a task, after the answer to the one before."""
        self._talk = Talk(self.process, task)
        return self._talk

    def end(self) -> None:
        """End it, whatever it does. Waits until it has ended, which is at once."""
        self.process.kill()
        if self._talk is not None:
            self._talk.join()
        self.process.wait()
        with contextlib.suppress(OSError):
            cast(IO[bytes], self.process.stdin).close()
        cast(IO[bytes], self.process.stdout).close()


class Talk:
    """A task that was given to a process, and the answer that is waited for."""

    def __init__(self, process: subprocess.Popen[bytes], task: Task) -> None:
        self._process, self._bounds = process, task.bounds
        self._most_waits = task.bounds.seconds * _SLOWEST / _WAIT
        self.begun = False
        self._said: Answer | None = None
        self._thread = threading.Thread(target=self._run, args=(task,), daemon=True)
        self._thread.start()

    def _run(self, task: Task) -> None:
        said = cast(IO[bytes], self._process.stdout)
        told = {"what": task.what, "task": task.told, "bounds": task.bounds}
        child_process.give(self._process, frames.written(told, task.parts))
        self.begun = said.readline(len(BEGUN)) == BEGUN
        if not self.begun:
            return
        with contextlib.suppress(frames.Broken, ValueError, KeyError):
            answer = frames.read(said)
            (data,) = answer.parts
            self._said = Answer(answer.told["answer"], data, answer.told["kept"])

    @property
    def open(self) -> bool:
        """Is the answer still to come?"""
        return self._thread.is_alive()

    @property
    def whole(self) -> bool:
        """Has all of the answer come?"""
        return self._said is not None

    def join(self, seconds: float | None = None) -> None:
        """Wait for the answer, or for the end of the process."""
        self._thread.join(seconds)

    def answer(self, cancelled: Stale) -> Answer:
        """Wait for the answer. Raises Cancelled, NotStarted, Died; the process may be at work still.

        Counted in waits, not by a clock: on a computer that slept the process slept, too."""
        waits = 0
        while self.open and not cancelled():
            if waits > self._most_waits:
                raise Died(_too_long(self._bounds))
            self._thread.join(_WAIT)
            waits += 1
        if self.open:
            raise Cancelled
        if self._said is not None:
            return self._said
        raise self._why()

    def _why(self) -> Exception:
        """Why there is no answer."""
        status = self._status()
        if status is None:
            return Died(tr("the process that does it gave no answer"))
        if status == limits.MEMORY_OVER:
            return Died(tr("it takes more than {most:,} MB of memory").format(most=Number(self._bounds.memory >> 20)))
        if status == limits.TIME_OVER:
            return Died(_too_long(self._bounds))
        how = child_process.how_it_ended(status)
        return Died(how) if self.begun or child_process.is_crash(status) else NotStarted(how)

    def _status(self) -> int | None:
        """How the process ended. One that said something else than an answer, and goes on, is ended: None."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_LAST)
        self._process.kill()
        self._process.wait()
        return None


def _too_long(bounds: Bounds) -> str:
    return tr("it takes longer than {seconds:,.0f} seconds").format(seconds=bounds.seconds)
