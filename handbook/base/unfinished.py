"""Files that are being written, and what a program left of them that was killed.

Belongs here: how such a file is called, the note of where it lies, and removing it. Not here: writing (atomic_file.py).

A file is written beside its target, in whatever folder that is; a note of it in the person's data folder leads the next
start there. Who writes it keeps it locked, and the lock ends with the program, however that ends.
Windows removes no file that is open, and needs no lock."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handbook.base import bounded
from handbook.base.paths import Paths, find_paths, make_private

if sys.platform != "win32":
    import fcntl

NOTES = "writing"  # the folder of the notes, in the data folder
_PART = re.compile(r"\.handout-[0-9a-f]{12}\.part")
FOLDER = ".handbook-index-"  # begins the name of a folder in which an index is being written
_LOCK = "writing.lock"  # in such a folder
_LONGEST = 40_000  # bytes of a note; a path may have 32,767 letters on Windows
_MOMENT = 10.0  # seconds within which a file that was noted is there
_LONG_AGO = 3600.0  # seconds after which a file is given up where the system knows no locks


def part_name() -> str:
    """A name for a file that is being written, which no other has."""
    return f".handout-{secrets.token_hex(6)}.part"


def create(path: Path) -> IO[bytes]:
    """A new file that is locked as long as it is open.

    It is made and locked under another name: another program that looks for files left behind never sees it unlocked
    under its own."""
    if sys.platform == "win32":
        return path.open("xb")
    unnamed = _unnamed(path)
    file = unnamed.open("xb")
    try:
        _lock(file)
        unnamed.rename(path)
    except BaseException:
        file.close()
        with contextlib.suppress(OSError):
            unnamed.unlink()
        raise
    return file


def _unnamed(path: Path) -> Path:
    """What a file is called until it is locked."""
    return path.with_name(f"{path.name}-new")


@contextlib.contextmanager
def noted(part: Path) -> Iterator[None]:
    """Note where a file is going to be written; the note goes when the file is done."""
    data = find_paths().data
    note = data / NOTES / part.stem
    if part.is_relative_to(data):  # the next start looks there without a note
        yield
        return
    with contextlib.suppress(OSError):
        make_private(note.parent)
        note.write_bytes(os.fsencode(part))
    try:
        yield
    finally:
        for left in (note.unlink, note.parent.rmdir, data.rmdir):  # as it was before, unless it holds something
            with contextlib.suppress(OSError):
                left()


@contextlib.contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A folder in which files for another are written; it is gone afterwards."""
    from tempfile import TemporaryDirectory  # not at the window's start: it imports a good deal

    with TemporaryDirectory(prefix=FOLDER, dir=target, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with create(folder / _LOCK):
            yield folder


def remove_left(paths: Paths) -> None:
    """Remove what killed programs left: where notes lead, and in the person's folders."""
    for note in _found(paths.data / NOTES, "*"):
        with contextlib.suppress(bounded.NotRead):
            part = Path(os.fsdecode(bounded.read(note, _LONGEST)))
            if not part.parent.is_dir():
                continue  # on a stick that is not there now
            if _PART.fullmatch(part.name):
                if not part.exists() and _is_new(note):
                    continue  # somebody is about to write it
                if not (_removed(part) and _removed_unnamed(_unnamed(part))):
                    continue  # somebody is writing it
        with contextlib.suppress(OSError):
            note.unlink()
    for part in (*_found(paths.data, "*.part"), *_found(paths.data, "*/*.part"), *_found(paths.cache, "*/*.part")):
        if _PART.fullmatch(part.name):
            _removed(part)
    for unnamed in (*_found(paths.data, "*.part-new"), *_found(paths.data, "*/*.part-new")):
        _removed_unnamed(unnamed)
    for folder in (*_found(paths.cache, f"{FOLDER}*"), *_found(paths.cache, f"*/{FOLDER}*")):
        remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder that folder_beside() made, if nobody writes in it."""
    lock = folder / _LOCK
    with contextlib.suppress(OSError):
        if not lock.exists() and time.time() - folder.stat().st_mtime < _LONG_AGO:
            return  # made a moment ago, perhaps
    if _removed(lock):
        shutil.rmtree(folder, ignore_errors=True)


def _is_new(path: Path) -> bool:
    """Was a file made a moment ago?"""
    try:
        return 0 <= time.time() - path.stat().st_mtime < _MOMENT
    except OSError:
        return False


def _found(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _lock(file: IO[bytes]) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a disk without locks
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _removed(path: Path) -> bool:
    """Remove a file that nobody is writing; is it gone?"""
    try:
        if not _is_given_up(path):
            return False
        path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _removed_unnamed(path: Path) -> bool:
    """Remove a file that was never locked, if it is not just being made; is it gone?"""
    return not _is_new(path) and _removed(path)


def _is_given_up(path: Path) -> bool:
    """Does nobody hold a file that was being written?"""
    if sys.platform == "win32":
        return True  # else it can't be removed
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - path.stat().st_mtime > _LONG_AGO
    finally:
        os.close(descriptor)
    return True
