"""CUPS, the print queue of Linux and macOS: a PDF is handed to it by `lp`, and taken back by `cancel`.

Belongs here: the two commands, how long they are waited for, what they say. Not here: what is printed and with which
options (printer.py).

References: lp(1), cancel(1), https://www.cups.org/doc/options.html."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from typing import IO

from handbook.base import child_process
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of

Stale = Callable[[], bool]
_POLL = 0.05  # s between two looks whether the person cancelled
_GRACE = 2.0  # s for a command to end by itself once it is not wanted: then it says what there is to take back
_PATIENCE = 10.0  # s for any other question


class NotPrinted(HandbookError):
    """The printer, or the system's print queue, did not take the pages."""


def lp() -> str | None:
    """The command that hands a PDF to CUPS, where there is one."""
    return None if sys.platform.startswith("win") else shutil.which("lp")


def answers(stale: Stale) -> bool:
    """Does CUPS answer within a few seconds? True where there is none: then there is nothing to wait for."""
    command = None if sys.platform.startswith("win") else shutil.which("lpstat")
    if command is None:
        return True
    end = time.monotonic() + _PATIENCE
    try:
        # Not -r: that only looks whether somebody listens, and a daemon that stands still does.
        status, _, _ = _run([command, "-v"], lambda: stale() or time.monotonic() > end)
    except OSError:
        return True
    return status is not None


def hand_over(spooler: str, arguments: Sequence[str], title: str, pdf: bytes, stale: Stale) -> str:
    """Give a PDF to CUPS; the name it has there, such as "Office-12", or "" where it is not told or was cancelled.

    lp reads a file of its own: however late it begins to read, this process has nothing to do with it. One that is not
    wanted any more has a moment to end by itself, and is ended then: CUPS drops what it has not received to the end.
    Raises NotPrinted with what lp said."""
    try:
        with tempfile.TemporaryFile() as given:
            given.write(pdf)
            given.seek(0)
            status, said, complaint = _run([spooler, *arguments], stale, given=given)
    except OSError as exc:
        raise NotPrinted(tr("The print queue could not be asked: {error}.").format(error=reason_of(exc))) from exc
    if status and not stale():
        words = " ".join(complaint.split()).strip(" .")
        words = words or (child_process.how_it_ended(status) if status < 0 else tr("it gave no reason"))
        raise NotPrinted(
            tr("The print queue did not take '{title}': {words}. Nothing of it was printed; 'Save PDF' works.").format(
                title=title, words=words
            )
        )
    return _request(said)


def take_back(requests: Iterable[str]) -> list[str]:
    """Cancel what lies in the queue, by its names there; those that could not be cancelled: they are printed."""
    command = shutil.which("cancel")
    return [name for name in requests if command is None or not _cancelled(command, name)]


def _cancelled(command: str, name: str) -> bool:
    end = time.monotonic() + _PATIENCE
    try:
        status, _, _ = _run([command, name], lambda: time.monotonic() > end)
    except OSError:
        return False
    return status == 0


def _request(said: str) -> str:
    """The name in lp's "request id is Office-12 (1 file(s))", in whatever language."""
    names = (word for word in said.split() if word.rpartition("-")[0] and word.rpartition("-")[2].isdecimal())
    return next(names, "")


def _run(command: Sequence[str], stale: Stale, *, given: IO[bytes] | None = None) -> tuple[int | None, str, str]:
    """A command's status, and what it said as answer and as complaint; ended a moment after it is not wanted.

    What it says goes into files: a pipe would stay open as long as anything that it started."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        child = subprocess.Popen(
            command, stdin=given or subprocess.DEVNULL, stdout=said, stderr=complaint, start_new_session=True
        )
        try:
            status = _end_of(child, stale)
        finally:
            if child.poll() is None:
                _kill(child)
        return status, _read(said), _read(complaint)


def _end_of(child: subprocess.Popen[bytes], stale: Stale) -> int | None:
    """Wait for its end; None for one that goes on though it is not wanted."""
    given_up: float | None = None
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(_POLL)
        if stale():
            given_up = given_up or time.monotonic() + _GRACE
            if time.monotonic() > given_up:
                return None


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End a command and all that it started."""
    with contextlib.suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(10_000).decode(errors="replace")
