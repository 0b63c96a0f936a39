"""Which of several windows leads a run: that one writes where it is, the others look on.

Belongs here: whether a run is led, taking it over, noticing that another window has. Not here: the file of the run
(run_file.py), what the trainer is told and asked (ui/presenting/run_window.py, ui/window/runs.py).

A window that leads has written its own name into the run's file, and has locked a file of that name. The system unlocks
that when the program ends, even by a crash, or on another computer. A window that stands still, as when the lid was
closed, does not have to help: its run is taken over by writing another name, and it finds that out before it next
writes. Where a disk has no locks, nobody seems to lead, and a run is taken up as after a crash: with the same end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from handbook.base import atomic_file, locks
from handbook.base.paths import make_private
from handbook.presenting import RUN_FILE, run_file
from handbook.presenting.run_file import Kept

_PATIENCE = 0.5  # seconds that another window, which writes, is waited for
_TURN = "run.lock"  # locked while the run's file is read and written
_LEADING = "run {name}.lock"  # locked while the window of that name leads

State = Literal["led", "left", "ended"]  # by another window; by none, and can go on; by none, and is forgotten


class Lead:
    """What one window has to do with the run of a person's data folder: it leads it, or looks on."""

    def __init__(self, data: Path, *, looks_on: bool = False) -> None:
        self.looks_on = looks_on  # it writes nothing
        self._data, self._name = data, os.urandom(8).hex()
        self._lock: locks.Lock | None = None
        self._stamp: tuple[int, int, int] | None = None  # of the file as this window read or wrote it last
        self._age = 0  # what a thread was given to write in an earlier one is not written any more

    def take(self, run: Kept) -> None:
        """Lead from now on, whoever did. Raises atomic_file.NotSaved, OSError: then no other window knows of it."""
        self.looks_on = False
        self._age += 1
        make_private(self._data)
        with _turn(self._data):
            _remove_left(self._data)
            if self._lock is None:
                self._lock = locks.take(self._data / _LEADING.format(name=self._name))
            self._write(run)

    def keep(self, run: Kept) -> bool:
        """Write where the run is; False, and nothing is written, where another window leads it now.

        What a thread still writes is older, and left out. Raises atomic_file.NotSaved, OSError."""
        self._age += 1
        return self.keeping(run)()

    def keeping(self, run: Kept) -> Callable[[], bool]:
        """A function for a thread that keeps the run in the order of the calls, while the window goes on."""
        age = self._age

        def keep() -> bool:
            make_private(self._data)
            with _turn(self._data):
                if age == self._age and self.leads():
                    self._write(run, lambda: age == self._age and not self.looks_on)
            return not self.looks_on

        return keep

    def leads(self) -> bool:
        """Is no other window known to lead? The file is read only where it is another than this window wrote."""
        if not self.looks_on and self._stamp != self._now():
            self.looks_on = self._written_by_another() is not None
        return not self.looks_on

    def news(self) -> Kept | None:
        """The run as another window has written it since this one last looked or wrote; None if none has."""
        now = self._now()
        if now == self._stamp:
            return None
        self._stamp = now
        there = self._written_by_another()
        if there is None:
            return None
        self.looks_on = True
        self._let_go()
        return there

    def state(self) -> State:
        """What another window does with the run that this one looks on at."""
        there = run_file.kept(self._data)
        if there is None:
            return "ended"
        return "led" if is_led(there, self._data) else "left"

    def end(self, *, forget: bool) -> None:
        """Lead no more. forget: the run is over; what another window leads is not."""
        self._age += 1
        if forget:
            with _turn(self._data):
                if self._written_by_another() is None:
                    run_file.forget(self._data)
        self._let_go()

    def _written_by_another(self) -> Kept | None:
        """The run, if another window wrote it last; None if this one did, or none is known."""
        there = run_file.kept(self._data)
        return None if there is None or there.leader in ("", self._name) else there

    def _write(self, run: Kept, may: Callable[[], bool] = atomic_file.always) -> None:
        if run_file.keep(run._replace(leader=self._name), self._data, may):
            self._stamp = self._now()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _now(self) -> tuple[int, int, int] | None:
        try:
            found = (self._data / RUN_FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def is_led(kept: Kept, data: Path) -> bool:
    """Does a window lead this run? Not one that was closed or has crashed."""
    return bool(kept.leader) and _is_locked(data / _LEADING.format(name=kept.leader))


def clear(data: Path) -> None:
    """Forget the run, unless a window leads it."""
    kept = run_file.kept(data)
    if kept is None or not is_led(kept, data):
        run_file.forget(data)
    _remove_left(data)
    with suppress(OSError):
        (data / _TURN).unlink()


def _is_locked(path: Path) -> bool:
    """Has a program locked this file? One that none has is removed."""
    if not path.exists():
        return False
    try:
        lock = locks.take(path)
    except OSError:
        return False
    if lock is not None:
        lock.release()
    return lock is None


def _remove_left(data: Path) -> None:
    """Remove the locks of windows that have crashed."""
    with suppress(OSError):
        for path in data.glob(_LEADING.format(name="*")):
            _is_locked(path)


@contextmanager
def _turn(data: Path) -> Iterator[None]:
    """One window after the other. Their turns are milliseconds; what stands still in one is not waited for."""
    lock = locks.take_in_turn(data / _TURN, _PATIENCE)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
