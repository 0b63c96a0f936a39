"""Temporary files while something is written, and removing those that a killed program left behind.

Belongs here: the names of such files, the notes of where they are, removing them. Not here: writing (atomic_file.py).

A temporary file is in the folder of its target, which can be anywhere. So a note with its path is written into the
person's data folder, where the next start finds it. The writer locks the file; the system ends the lock when the
program ends, even by a crash. On Windows no lock is needed, as an open file cannot be removed there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from handbook.base import bounded
from handbook.base.late_patterns import late_pattern
from handbook.base.paths import Paths, find_paths, make_private

if sys.platform != "win32":
    import fcntl

NOTES = "writing"  # the folder of the notes, in the data folder
_PART = late_pattern(r"\.handout-[0-9a-f]{12}\.part")
FOLDER = ".handbook-index-"  # the names of folders in which an index is being written begin with this
_LOCK = "writing.lock"  # in such a folder
_LONGEST = 40_000  # bytes of a note; a path may have 32,767 letters on Windows
_MOMENT = 10.0  # seconds from writing a note to making the file that it names, at most
_LONG_AGO = 3600.0  # seconds after which a file counts as left behind, on a disk without locks


def part_name() -> str:
    """A random name for a temporary file."""
    return f".handout-{os.urandom(6).hex()}.part"


def create(path: Path) -> IO[bytes]:
    """A new file, open for writing and locked until it is closed.

    It is made and locked under another name and then renamed: so another program that removes files left behind never
    sees this file without its lock."""
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
    """The name of a temporary file before it is locked."""
    return path.with_name(f"{path.name}-new")


@contextlib.contextmanager
def noted(part: Path) -> Iterator[None]:
    """Write a note of a temporary file's path before the file is made; the note is removed when the file is gone."""
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
        if not os.path.lexists(part):  # one that could not be removed is looked for at the next start
            _remove_note(note, data)


def _remove_note(note: Path, data: Path) -> None:
    for left in (note.unlink, note.parent.rmdir, data.rmdir):  # a folder stays if something else is in it
        with contextlib.suppress(OSError):
            left()


@contextlib.contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A temporary folder inside another, in which files for that one are written; it is removed afterwards."""
    from tempfile import TemporaryDirectory  # late, as it imports much that the window's start does not need

    with TemporaryDirectory(prefix=FOLDER, dir=target, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with create(folder / _LOCK):
            yield folder


@contextlib.contextmanager
def folder_for(target: Path) -> Iterator[Path]:
    """A temporary folder beside a target, for files or a folder that will be moved there; it is removed afterwards."""
    part = target.with_name(part_name())
    with noted(part):
        try:
            part.mkdir(mode=0o700)
            with create(part / _LOCK):
                yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


def remove_left(paths: Paths) -> None:
    """Remove what killed programs left behind: files that notes name, and those in the person's folders."""
    for note in _found(paths.data / NOTES, "*"):
        with contextlib.suppress(bounded.NotRead):
            part = Path(os.fsdecode(bounded.read(note, _LONGEST)))
            if not part.parent.is_dir():
                continue  # perhaps on a USB stick that is not plugged in now
            if _PART.fullmatch(part.name):
                if not part.exists() and _is_new(note):
                    continue  # another process is about to make it
                if part.is_dir() and not part.is_symlink():
                    remove_folder(part)
                    if part.exists():
                        continue
                if not (_removed(part) and _removed_unnamed(_unnamed(part))):
                    continue  # another process is writing it
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
    """Remove a folder that folder_beside() made, unless a process is writing in it."""
    lock = folder / _LOCK
    with contextlib.suppress(OSError):
        if not lock.exists() and time.time() - folder.stat().st_mtime < _LONG_AGO:
            return  # perhaps its writer is about to make the lock
    if _removed(lock):
        shutil.rmtree(folder, ignore_errors=True)


def _is_new(path: Path) -> bool:
    """Was a file written less than _MOMENT ago?"""
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
    """Remove a file unless a process is writing it; True if it is gone."""
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
    """Remove a file that was never locked, unless it was made a moment ago; True if it is gone."""
    return not _is_new(path) and _removed(path)


def _is_given_up(path: Path) -> bool:
    """Is no process writing this temporary file any more?"""
    if sys.platform == "win32":
        return True  # if one is, removing the file fails
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
