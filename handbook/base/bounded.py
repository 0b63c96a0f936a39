"""A file from outside, read whole if it is a file and no larger than it may be.

Belongs here: the bound, and what is no file: a folder, a device, a pipe, which never end or never begin. Not here:
what is in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotRead(Exception):
    """A file could not be read; str() is why, as the end of a sentence."""


class TooLarge(NotRead):
    """It has more bytes than it may have; none was taken."""


def read(path: Path, most: int) -> bytes:
    """A file's bytes. Raises NotRead, TooLarge."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotRead("it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no ordinary file")
        if found.st_size > most:
            raise TooLarge("it is too large")
        # Opened without waiting, as it may have become something else meanwhile.
        with os.fdopen(
            os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)), "rb"
        ) as file:
            data = file.read(most + 1)
    except OSError as exc:
        raise NotRead(exc.strerror or str(exc)) from exc
    except ValueError as exc:  # a name with a character that no system takes
        raise NotRead("there is no such name") from exc
    if len(data) > most:
        raise TooLarge("it is too large")
    return data
