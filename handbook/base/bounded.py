"""Reads files that a person or a text names, safely: whatever the name leads to, and no more bytes than allowed.

Belongs here: limits of bytes and of files, and refusing what is no ordinary file (a folder, a device, a pipe: reading
those may never end, or never begin). Not here: what is in a file."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.base.system_errors import reason_of

# Non-blocking: between the check and the opening, the file may be replaced by a pipe.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

MOST_SEEN = 200_000  # files and folders in a folder, of whatever kind: a whole disk would take minutes
DEEPEST = 40  # folders in each other; what lies deeper is not seen
LONGEST = 20.0  # seconds for the names of all files: a disk that is slow, or far away, may have no end
_OF_THE_SYSTEM = {"System Volume Information", "$RECYCLE.BIN", "lost+found"}  # on a stick; nobody may go into them


class NotRead(Exception):
    """A file could not be read; str() is why, as the end of a sentence."""


class TooLarge(NotRead):
    """The file has more bytes than allowed; nothing of it is returned."""


class TooMuch(Exception):
    """A folder has too much in it to be gone through; str() is a sentence that says so."""


def too_many_files(name: object, most: int) -> str:
    """The sentence for a folder or a pack that has more files than are taken."""
    return tr("'{name}' has more than {n} files, so it is not taken.").format(name=name, n=most)


def takes_too_long(name: object) -> str:
    """The sentence for a folder that nobody would wait for."""
    return tr("It takes too long to look through '{name}'. Give the folder of the handbook alone.").format(name=name)


def walk(
    folder: Path, unlisted: Callable[[OSError], object] | None = None
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """As os.walk(), within limits: each folder with the names of its folders and files. Raises TooMuch.

    unlisted: told of each folder that can't be gone into; it may raise."""
    seen, until = 0, time.monotonic() + LONGEST
    for name, folders, files in os.walk(folder, onerror=unlisted):
        top = Path(name)
        seen += 1 + len(files)
        if seen > MOST_SEEN:
            raise TooMuch(too_many_files(folder, MOST_SEEN))
        if time.monotonic() > until:
            raise TooMuch(takes_too_long(folder))
        folders[:] = [one for one in folders if one not in _OF_THE_SYSTEM]
        yield top, folders, files
        if len(top.parts) - len(folder.parts) >= DEEPEST:
            folders.clear()


def is_file(path: Path) -> bool:
    """Is there a file at this path? Unlike Path.is_file(), also False when the system reports an error.

    Such errors are a name that is too long, or a disk that was removed."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Is there a folder at this path? Errors as in is_file()."""
    try:
        return path.is_dir()
    except OSError:
        return False


def leads_nowhere(path: Path) -> bool:
    """Is it a link to what is not there, or one of links in a loop? Path.exists() is False for it, as for nothing."""
    try:
        return path.is_symlink() and not path.exists()
    except (OSError, ValueError):
        return False


def size(path: Path) -> int:
    """The size of a file in bytes; 0 if it cannot be found out."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def read(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises TooLarge if there are more than `most`; NotRead if it can't be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotRead(tr("it is a folder") if stat.S_ISDIR(found.st_mode) else tr("it is no ordinary file"))
        if found.st_size > most:
            raise TooLarge(tr("it is too large"))
        with os.fdopen(os.open(path, _READING), "rb") as file:
            # Not `most` at once: for each small file the system would give so much memory, and take it back.
            data = file.read(found.st_size + 1)
            if len(data) > found.st_size:  # it has grown meanwhile, or its system does not say how large it is
                data += file.read(most + 1 - len(data))
    except OSError as exc:
        raise NotRead(tr("it is a link that leads to no file") if leads_nowhere(path) else reason_of(exc)) from exc
    except ValueError as exc:  # a character that no file name can have
        raise NotRead(tr("there can be no such name")) from exc
    if len(data) > most:
        raise TooLarge(tr("it is too large"))
    return data
