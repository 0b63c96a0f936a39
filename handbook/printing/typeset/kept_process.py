"""The process that sets the window's pages, kept for the next ones: what it has laid out is not laid out again.

Belongs here: when it is started, given up and replaced. Not here: how it is talked to (process.py), what it does and
that it ends when nobody uses it (process_main.py).

Typst never gives back all that it took. In a process of its own that is not the window's memory, and ends with it."""

from __future__ import annotations

import threading
import time

from handbook.base.log import logger
from handbook.printing.typeset.process import (
    Answer,
    Bounds,
    Cancelled,
    Child,
    Died,
    NotStarted,
    Stale,
    Talk,
    Task,
    never,
)

_log = logger(__name__)
_WAIT = 0.05  # s between two questions whether the answer is still wanted
_PATIENCE = 2.0  # s that a task waits for another one: that may be long
_GRACE = 0.5  # s to get done with what is not wanted any more: a new process would lay out everything anew
_MOST_KEPT = 400 * 1024 * 1024  # bytes that it may hold between two tasks
_MOST_TASKS = 500  # for one process
_NOTHING = Task("nothing", {}, Bounds(memory=2048 * 1024 * 1024, seconds=6))


class Busy(Exception):
    """It is at work for somebody else."""


class KeptProcess:
    """Does tasks of any thread, one after the other, until its owner closes it."""

    def __init__(self) -> None:
        self._closed = False
        self._turn = threading.Lock()  # who has it may use all that follows
        self._child: Child | None = None
        self._talk: Talk | None = None
        self._warming = False
        self._is_old = False
        self._done = 0  # tasks that the process did

    def warm_up(self) -> None:
        """Start it, if it does not run, in a thread: so it is there when the first pages are wanted."""
        threading.Thread(target=self._warm_up, name="warm up", daemon=True).start()

    def _warm_up(self) -> None:
        try:
            self.ask(_NOTHING)
        except Cancelled:
            return  # closed already
        except (Busy, NotStarted, Died) as exc:
            _log.info("the process for pages was not started before it is used", exc_info=exc)

    def close(self) -> None:
        """End it. What it is at is cancelled, and so is all that is asked from now on."""
        self._closed = True
        self._end_if_closed()

    def ask(self, task: Task, cancelled: Stale = never) -> Answer:
        """Have a task done. Raises Busy, Cancelled, NotStarted, Died."""

        def given_up() -> bool:
            return self._closed or cancelled()

        if given_up():
            raise Cancelled
        self._take_turn(given_up)
        self._warming = task is _NOTHING
        passed_on = False
        try:
            answer = self._answer(task, given_up)
        except Cancelled:
            passed_on = True
            threading.Thread(target=self._let_end, name="let end", daemon=True).start()
            raise
        except BaseException:
            self._end()
            raise
        finally:
            if not passed_on:
                self._pass_turn_on()
        if self._is_old:
            self.warm_up()
        return answer

    def _take_turn(self, cancelled: Stale) -> None:
        end = time.monotonic() + _PATIENCE
        while not self._turn.acquire(timeout=_WAIT):
            if cancelled():
                raise Cancelled
            if time.monotonic() > end and not self._warming:
                raise Busy

    def _answer(self, task: Task, cancelled: Stale) -> Answer:
        if self._is_old:
            self._end()
        was_there = self._child is not None
        while True:
            if self._child is None:
                self._child = Child(in_background=False)  # somebody waits for its pages
            self._talk = self._child.begin(task)
            try:
                answer = self._talk.answer(cancelled)
                break
            except (NotStarted, Died):
                self._end()
                if not was_there or self._talk.begun:
                    raise
                was_there = False  # it had ended since its last task; a new one shall do this
        self._done += 1
        self._is_old = answer.kept > _MOST_KEPT or self._done >= _MOST_TASKS
        return answer

    def _let_end(self) -> None:
        """Let the process get done with what was cancelled, or end it; then it is the next one's turn."""
        if self._talk is not None:
            self._talk.join(0 if self._closed else _GRACE)
            if self._talk.open or not self._talk.whole:
                self._end()
        self._pass_turn_on()

    def _pass_turn_on(self) -> None:
        self._turn.release()
        self._end_if_closed()

    def _end_if_closed(self) -> None:
        """End the process once nobody may use it any more. Whoever has the turn now does this after it."""
        if self._closed and self._turn.acquire(blocking=False):
            self._end()
            self._turn.release()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child, self._done, self._is_old = None, 0, False
