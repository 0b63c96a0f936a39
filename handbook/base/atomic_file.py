"""A file on the disk, whole or not at all.

Belongs here: writing beside and putting in place, what is said when that fails, names that every system takes.
Not here: what is written."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

from handbook.base import unfinished
from handbook.base.errors import HandbookError

PATIENCE = 2.0  # seconds
HELD_UP: tuple[type[OSError], ...] = (PermissionError,) if os.name == "nt" else ()  # what may pass by itself
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_LONGEST = 80  # letters of a file's name without its suffix
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}


class NotSaved(HandbookError):
    """A file could not be written. What stood in its place is as it was."""


def file_name(title: str, suffix: str = ".pdf", what: str = "") -> str:
    """A file name that every system takes, from a title.

    what: tells apart files of the same title; a long title is cut, and this is not."""
    words = re.sub(r"[^\w .,()-]+", " ", title)
    tail = f" - {what}" if what else ""
    name = " ".join(words.split()).strip(". ")[: _LONGEST - len(tail)].strip()
    if name.partition(".")[0].strip().upper() in _DEVICES and not tail:
        name = f"{name}_"  # Windows takes it for a device, whatever its suffix is
    return f"{name or 'handout'}{tail}{suffix}"


def check(target: Path) -> None:
    """Find out before the work what would hinder saving after it. Raises NotSaved."""
    try:
        is_folder, has_folder = target.is_dir(), target.parent.is_dir()
    except OSError as exc:  # a name that is too long, say
        raise NotSaved(_sentence(target, exc)) from exc
    if is_folder:
        raise NotSaved(f"'{target}' is a folder. Add a file name, such as '{target / 'handout.pdf'}'.")
    if not has_folder:
        raise NotSaved(f"There is no folder '{target.parent}'. Make it first, or choose another.")


def always() -> bool:
    """For callers that never think better of it."""
    return True


def save(data: bytes, target: Path, may: Callable[[], bool] = always) -> bool:
    """Write a file; False when it was not wanted any more. Raises NotSaved. Then a file that was there is as it was.

    may: asked when all is written, and nothing is left but putting it in its place."""
    check(target)
    try:
        return _write(data, target, may)
    except OSError as exc:
        raise NotSaved(_sentence(target, exc)) from exc


def _write(data: bytes, target: Path, may: Callable[[], bool]) -> bool:
    """Write beside the target and put that in its place, so that no reader ever sees half a file."""
    target = target.resolve()  # what a link points to is replaced, and not the link
    if target.exists() and not target.is_file():
        if may():
            target.write_bytes(data)  # a device such as /dev/stdout can only be written to
            return True
        return False
    beside = target.with_name(unfinished.part_name())
    with unfinished.noted(beside):
        try:
            with unfinished.create(beside) as file:
                _permit_as(target, beside)  # while it is empty: what only some may read is never there for others
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                if may():
                    if os.name == "nt":
                        file.close()  # Windows moves no file that is open
                    replace(beside, target)
                    return True
        finally:
            with contextlib.suppress(OSError):  # it is gone when all went well
                beside.unlink()
    return False


def _permit_as(target: Path, beside: Path) -> None:
    """Let those read and write a file who may do so with the one that it will replace."""
    with contextlib.suppress(OSError):  # none there, or a disk without rights
        beside.chmod(stat.S_IMODE(target.stat().st_mode))


def replace(source: Path, target: Path) -> None:
    """Put a file in the place of another. What a virus scanner holds up on Windows is tried again for a moment."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except HELD_UP:
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return


def _sentence(target: Path, exc: OSError) -> str:
    """What a person is told whose file could not be written."""
    if exc.errno in _FULL:
        return f"There is not enough room on the disk for '{target}'. Make room, or choose another disk."
    if isinstance(exc, PermissionError) or exc.errno == errno.EROFS:
        return (
            f"'{target}' may not be written. If it is open in another program, close it there; "
            "else choose another folder or name."
        )
    return f"'{target}' could not be written: {exc.strerror or exc}."
