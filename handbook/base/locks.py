"""Lock files: each is locked through the operating system for as long as the program runs.

Belongs here: locking a file, and finding out whether it is still locked by us. Not here: what the lock protects.

The system unlocks the file when the program ends, even by a crash, and when the disk is removed. So a lock file on a
stick that a crash on another computer left is not locked. Nothing that is written in the file is used: no process id,
no name of a computer, no time."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_AGAIN = 0.02  # seconds after which a lock that another has is tried again
_TRIES = 5  # another program may remove the file between opening and locking it


class Lock:
    """A file that this program has locked. The lock ends with release() or with the program."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    @property
    def is_ours(self) -> bool:
        """Is the file still the one that was locked? Not after a stick was removed and put in again."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Unlock the file and remove it. If another program has replaced it, the new file stays."""
        remove = self.is_ours
        if sys.platform == "win32":
            self._close()  # Windows removes no file that is open
        if remove:
            with contextlib.suppress(OSError):
                self._path.unlink()
        if sys.platform != "win32":
            self._close()  # after removing it, so that nobody can lock a file that is about to go

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)


def take(path: Path) -> Lock | None:
    """Create and lock a file; None if another program or window has locked it. Raises OSError if it can't be created.

    On a disk that has no locks every caller gets one."""
    for _ in range(_TRIES):
        if sys.platform == "win32":
            try:
                path.unlink(missing_ok=True)  # fails while another program has the file open
            except PermissionError:
                return None
            try:
                return Lock(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                continue
        else:
            lock = Lock(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            if not _is_free(lock._descriptor):
                lock._close()
                return None
            if lock.is_ours:
                return lock
            lock._close()
    return None


def take_in_turn(path: Path, patience: float) -> Lock | None:
    """Lock a file that each locks for milliseconds, while something is written; None if it can't be had.

    patience: seconds. Where there is no lock, nothing can be written, or another program stands still while it writes:
    better no turn than none of the person's work."""
    until = time.monotonic() + patience
    with contextlib.suppress(OSError):
        while (lock := take(path)) is None and time.monotonic() < until:
            time.sleep(_AGAIN)
        return lock
    return None


def _is_free(descriptor: int) -> bool:
    """Lock an open file; False if another has locked it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk without locks
            return True
    return True
