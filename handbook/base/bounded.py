"""Files that somebody named: what they are, whatever the name, and their bytes, no more than there may be.

Belongs here: the bound, and what is no file: a folder, a device, a pipe, which never end or never begin. Not here:
what is in a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# Without waiting: it may have become something else since it was looked at.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class NotRead(Exception):
    """A file could not be read; str() is why, as the end of a sentence."""


class TooLarge(NotRead):
    """It has more bytes than it may have; none was taken."""


def is_file(path: Path) -> bool:
    """Is there a file, of a name that may be too long for any, on a disk that may be gone?"""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """The same for a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False


def size(path: Path) -> int:
    """A file's bytes, counted; none of one that can't be read."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def read(path: Path, most: int) -> bytes:
    """A file's bytes. Raises NotRead, TooLarge."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotRead("it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no ordinary file")
        if found.st_size > most:
            raise TooLarge("it is too large")
        with os.fdopen(os.open(path, _READING), "rb") as file:
            data = file.read(most + 1)
    except OSError as exc:
        raise NotRead(exc.strerror or str(exc)) from exc
    except ValueError as exc:  # a name with a character that no system takes
        raise NotRead("there can be no such name") from exc
    if len(data) > most:
        raise TooLarge("it is too large")
    return data
