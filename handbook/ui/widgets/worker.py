"""Work off the GUI thread: the newest request wins, and its answer arrives in the GUI thread.

Belongs here: the one thread pattern of the program. Not here: what the work is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from handbook.base.log import Plain

_log = logging.getLogger(__name__)

Request = TypeVar("Request")
Answer = TypeVar("Answer")
Stale = Callable[[], bool]  # work asks it now and then, and may stop when it answers True


class Stopped(Exception):
    """Work that ended by what is no Exception for Python, such as a panic inside a library; that is its cause."""


class _Bridge(QObject):
    """Carries an answer from the worker's thread to the GUI thread: Qt queues the signal."""

    finished = Signal(int, object, object)  # number, request, answer or Exception


class LatestOnlyWorker(Generic[Request, Answer]):
    """Runs `work(request, stale)` one at a time in a thread of its own; only the newest counts.

    A request that waits is replaced by a newer one; one that runs is told through stale() and its answer is
    dropped. `done` and `failed` are called in the GUI thread: one of them for the newest request, whatever became of
    its work. Call close() before the widgets go, or end_with() once."""

    def __init__(
        self,
        name: str,
        work: Callable[[Request, Stale], Answer],
        done: Callable[[Request, Answer], None],
        failed: Callable[[Request, Exception], None],
    ) -> None:
        self._name, self._work, self._done, self._failed = name, work, done, failed
        self._wake = threading.Condition()
        self._waiting: tuple[int, Request] | None = None
        self._newest = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self._bridge = _Bridge()
        self._bridge.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Is an answer still to come?"""
        return self._delivered != self._newest

    _delivered = 0

    def start(self, request: Request) -> None:
        """Ask for the work; returns at once."""
        with self._wake:
            if self._closed:
                return
            self._newest += 1
            self._waiting = (self._newest, request)
            if self._thread is None:  # at the first request, so that opening the window starts no thread
                self._begin()
            self._wake.notify()

    def _begin(self) -> None:
        """Start a thread for what waits; under the lock. Where the system gives none, that is the answer."""
        # A daemon: Typst can't be interrupted, and closing the window must not wait for it.
        self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
        try:
            self._thread.start()
        except RuntimeError as exc:
            self._thread = None
            if self._waiting is not None:
                self._bridge.finished.emit(*self._waiting, exc)
                self._waiting = None

    def drop(self) -> None:
        """Forget what waits and what runs; nothing of it will be delivered."""
        with self._wake:
            self._newest += 1
            self._delivered = self._newest
            self._waiting = None

    def close(self, wait: float = 2.0) -> None:
        """Drop everything and let the thread end, waiting at most that many seconds for it."""
        with self._wake:
            self._closed = True
            self._newest += 1
            self._delivered = self._newest
            self._waiting = None
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(wait)

    def end_with(self, owner: QObject) -> None:
        """Close without waiting when Qt deletes the owner: no answer reaches widgets that are gone."""
        owner.destroyed.connect(lambda: self.close(wait=0))

    def _loop(self) -> None:
        while True:
            with self._wake:
                while self._waiting is None and not self._closed:
                    self._wake.wait()
                if self._waiting is None:
                    return
                number, request = self._waiting
                self._waiting = None
            answer: Answer | Exception
            begin = time.perf_counter()
            try:
                answer = self._work(request, lambda number=number: number != self._newest)  # type: ignore[misc]  # mypy: a default in a lambda
            except Exception as exc:  # noqa: BLE001 - carried to the GUI thread, where it is shown or raised
                answer = exc
                _log.info("%s failed", Plain(self._name), exc_info=exc)
            except BaseException as exc:  # noqa: BLE001 - the same, as nobody else would hear of it in a thread
                answer = Stopped(f"the work stopped with {type(exc).__name__}: {exc}")
                answer.__cause__ = exc
                _log.warning("%s stopped", Plain(self._name), exc_info=exc)
            _log.debug("%s took %d ms", Plain(self._name), (time.perf_counter() - begin) * 1000)
            try:
                self._bridge.finished.emit(number, request, answer)
            except RuntimeError:
                return  # the window is gone: Qt has deleted the bridge
            if isinstance(answer, Stopped):
                self._hand_over()
                return

    def _hand_over(self) -> None:
        """Leave what waits to a new thread: what a library keeps for this one may be broken."""
        with self._wake:
            self._thread = None
            if self._waiting is not None and not self._closed:
                self._begin()

    def _deliver(self, number: int, request: object, answer: object) -> None:
        if number != self._newest:
            return  # the person typed on while this ran
        self._delivered = number
        if isinstance(answer, Exception):
            self._failed(cast(Request, request), answer)
        else:
            self._done(cast(Request, request), cast(Answer, answer))
