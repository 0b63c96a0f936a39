"""Writes a file atomically: after a failure or a crash, the old file is still there and unchanged.

Belongs here: writing to a temporary file, renaming it over the target, the messages when that fails, file names that
are valid on every system, and putting a damaged file of ours aside. Not here: what is written."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import re
import select
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from handbook.base import bounded, unfinished
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import find_paths, make_private
from handbook.base.system_errors import is_full, reason_of

PATIENCE = 2.0  # seconds for which replacing a file, or opening a pipe, is tried again
STALLED = 10.0  # seconds for which what reads a pipe may take less than a piece
_PIECE = 1 << 16  # bytes: what a pipe holds
_OF_SHELL = ("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd")
HELD_UP: tuple[type[OSError], ...] = (PermissionError,) if os.name == "nt" else ()  # errors that may be temporary
_DAMAGED = "damaged"  # in the name of a file that was put aside
_LONGEST = 80  # letters of a file's name without its suffix
_MOST_BYTES = 200  # of it: Linux takes 255 with the suffix, and a letter may have four
_IN_NAME = re.compile(r"[\w .,()-]")
_OF_PICTURES = "\ufe0e\ufe0f"  # marks that say whether a sign is shown as a picture
_PORTS = (f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")
_DEVICES = {"CON", "CONIN$", "CONOUT$", "PRN", "AUX", "NUL", *_PORTS}


class NotSaved(HandbookError):
    """A file could not be written. A file that was there before is unchanged.

    is_refused: the system does not let it be written there."""

    is_refused = False


def file_name(title: str, suffix: str = ".pdf", what: str = "") -> str:
    """A file name made from a title, valid on every system.

    what: is added to the name, to distinguish files of the same title. A long title is shortened, after a word if
    one ends in its second half; `what` is not."""
    tail = f" - {what}" if what else ""
    whole = " ".join(_signs_of_name(title).split()).strip(". ")
    name = whole[: _LONGEST - len(tail)]
    while name and len(f"{name}{tail}".encode()) > _MOST_BYTES:
        name = name[:-1]
    rest = whole[len(name) :]
    if rest and not rest.startswith(" "):  # it was cut in a word, or behind a space
        words = name.rpartition(" ")[0]
        name = words if len(words) > len(name) / 2 else name
    name = name.strip(". ")  # Windows takes a dot at the end of a folder's name away
    if is_of_device(f"{name}{tail}"):
        first, dot, rest = name.partition(".")
        name = f"{first}_{dot}{rest}"
    return f"{name or 'handout'}{tail}{suffix}"


def _signs_of_name(title: str) -> str:
    """A title with a space in place of what is not in a name."""
    import unicodedata  # 1 MB that a start has no use for

    made = ""
    for sign in unicodedata.normalize("NFC", title):
        # Marks above and below letters are kept: without them words of many scripts are others.
        is_mark = unicodedata.category(sign) in ("Mn", "Mc") and made[-1:].strip() and sign not in _OF_PICTURES
        made += sign if is_mark or _IN_NAME.fullmatch(sign) else " "
    return made


def is_of_device(name: str) -> bool:
    """Is a name that of a device on Windows? It is, whatever follows a dot in it."""
    return name.partition(".")[0].strip().upper() in _DEVICES


def check(target: Path, example: str = "handout.pdf") -> None:
    """Check before long work that its result can be saved at this path. Raises NotSaved.

    example: a file name that is proposed if the path is a folder."""
    try:
        is_folder, has_folder = target.is_dir(), target.parent.is_dir()
    except OSError as exc:  # for example, the name is too long
        raise not_saved(target, exc) from exc
    if target.is_block_device():  # a whole disk, with all that is on it
        raise NotSaved(tr("'{target}' is a disk and no file, so nothing was written.").format(target=target))
    if is_folder:
        raise NotSaved(
            tr("'{target}' is a folder. Add a file name, such as '{example}'.").format(
                target=target, example=target / example
            )
        )
    if not has_folder:
        raise NotSaved(
            tr("There is no folder '{folder}'. Make it first, or choose another.").format(folder=target.parent)
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise not_saved(target, PermissionError())  # a file that somebody protected can be replaced on POSIX


def always() -> bool:
    """The value of save()'s `may` for callers that never cancel."""
    return True


def save(data: bytes, target: Path, may: Callable[[], bool] = always) -> bool:
    """Write a file; False if `may` cancelled it. Raises NotSaved. In both cases a file that was there is unchanged.

    may: is called when the data is on the disk, just before each try to replace the target; False cancels."""
    check(target)
    try:
        return _write(data, target, may)
    except OSError as exc:
        raise not_saved(target, exc) from exc


def check_folder(target: Path) -> None:
    """Check before long work that files can be saved as this folder: there is none yet, or an empty one."""
    try:
        is_file, has_folder = target.exists() and not target.is_dir(), target.parent.is_dir()
        filled = target.is_dir() and any(target.iterdir())
    except OSError as exc:
        raise not_saved(target, exc) from exc
    if is_file:
        raise NotSaved(tr("'{name}' is a file. Choose the name of a new folder.").format(name=target))
    if filled:
        said = tr("There is something in the folder '{name}' already, and it was left as it is. Choose a new folder.")
        raise NotSaved(said.format(name=target))
    if not has_folder:
        raise NotSaved(
            tr("There is no folder '{folder}'. Make it first, or choose another.").format(folder=target.parent)
        )


def save_folder(files: Mapping[str, bytes], target: Path, may: Callable[[], bool] = always) -> bool:
    """Write files as a new folder; False if `may` cancelled it. Raises NotSaved. In both cases nothing is left.

    files: by their names in the folder, with "/". The folder appears when all of them are on the disk."""

    def write(made: Path) -> None:
        for name, data in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    check_folder(target)
    try:
        target = _resolved(target)  # fill the folder that a link leads to, and leave the link
        with unfinished.folder_for(target) as part:
            made = part / "made"
            made.mkdir()
            write(made)
            if not may():
                return False
            _rename_folder(made, target)
            return True
    except OSError as exc:
        raise not_saved(target, exc) from exc


def _rename_folder(made: Path, target: Path) -> None:
    """Rename a folder to where none, or an empty one, is. If that fails, an empty one is still there."""
    if os.name != "nt":
        try:
            made.rename(target)
        except OSError:
            if not target.is_dir():
                raise
        else:
            return
    # Windows, and some other people's disks, rename nothing over a folder.
    mode = stat.S_IMODE(target.stat().st_mode) if target.is_dir() else None
    if mode is not None:
        target.rmdir()
    try:
        replace(made, target)
    except BaseException:
        if mode is not None:
            with contextlib.suppress(OSError):
                target.mkdir()
                target.chmod(mode)
        raise


def save_made(make: Callable[[Path], None], target: Path, may: Callable[[], bool] = always) -> bool:
    """Have a file made by a library that writes files itself; as save(). make: is given the path to write to."""
    check(target)
    try:
        with _folder_for(target) as part:
            made = part / f"made{target.suffix}"
            make(made)
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            if not may():
                return False
            if is_device(target):
                with made.open("rb") as file:
                    _pour(iter(lambda: file.read(_PIECE), b""), target)
                return True
            return replace(made, _resolved(target), may)
    except OSError as exc:
        raise not_saved(target, exc) from exc


def _write(data: bytes, target: Path, may: Callable[[], bool]) -> bool:
    """Write a temporary file in the target's folder and rename it, so that no reader ever sees half a file."""
    if is_device(target):  # asked before links are followed: where /dev/stdout leads has no name
        if may():
            _pour([data], target)
            return True
        return False
    target = _resolved(target)  # replace the file that a link points to, not the link
    beside = target.with_name(unfinished.part_name())
    with unfinished.noted(beside):
        try:
            with unfinished.create(beside) as file:
                _permit_as(target, beside)  # before the data: it is at no time readable by others
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                if may():
                    if os.name == "nt":
                        file.close()  # Windows cannot rename an open file
                    return replace(beside, target, may)
        finally:
            with contextlib.suppress(OSError):  # it is gone when all went well
                beside.unlink()
    return False


def _resolved(target: Path) -> Path:
    """The path that links lead to. Raises OSError where they lead in a loop."""
    try:
        found = target.resolve()
    except RuntimeError:  # Python before 3.13; later ones leave the link as it is
        found = target
    if found.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return found


def is_device(target: Path) -> bool:
    """Is it a pipe or a device, such as /dev/stdout? It is written into: nothing may be put in its place."""
    try:
        return target.exists() and not target.is_file() and not target.is_dir()
    except OSError:  # for example, the name is too long
        return False


def _pour(pieces: Iterable[bytes], target: Path) -> None:
    """Write into a pipe or a device. Raises OSError, and NotSaved where what reads it takes no more.

    That may stand still for ever, and nobody can take back what it has got. So it is waited for STALLED alone, but
    without end where the shell has opened the pipe for a command: there it can be `less`, and Ctrl+C ends the wait."""
    if sys.platform == "win32":
        with target.open("wb") as file:
            file.writelines(pieces)
        return
    of_shell = any(target.is_relative_to(one) for one in _OF_SHELL)
    patience = None if of_shell and threading.current_thread() is threading.main_thread() else STALLED
    descriptor = _opened_device(target)
    try:
        for piece in pieces:
            for start in range(0, len(piece), _PIECE):
                _give(descriptor, memoryview(piece)[start : start + _PIECE], patience, target)
    finally:
        os.close(descriptor)


def _opened_device(target: Path) -> int:
    """Open a pipe or a device. A pipe that nobody reads would be waited for without end; so for PATIENCE alone."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as exc:
            if exc.errno != errno.ENXIO or time.monotonic() >= until:
                raise
            time.sleep(0.05)


def _give(descriptor: int, piece: memoryview, patience: float | None, target: Path) -> None:
    """Write a piece within so many seconds."""
    end = time.monotonic() + patience if patience is not None else None
    while piece:
        left = max(0.0, end - time.monotonic()) if end is not None else None
        _, takes, _ = select.select((), (descriptor,), (), left)
        if not takes:
            said = tr("'{target}' took nothing more for {seconds} seconds, so only a part was written.")
            raise NotSaved(said.format(target=target, seconds=round(STALLED)))
        with contextlib.suppress(BlockingIOError):  # somebody else was faster
            piece = piece[os.write(descriptor, piece) :]


def _folder_for(target: Path) -> contextlib.AbstractContextManager[Path]:
    """A temporary folder for what a library makes. Beside a device none can be made."""
    if not is_device(target):
        return unfinished.folder_for(target)
    data = find_paths().data
    make_private(data)
    return unfinished.folder_beside(data)


def _permit_as(target: Path, beside: Path) -> None:
    """Give a file the permissions of the file that it will replace."""
    with contextlib.suppress(OSError):  # there is none, or the disk has no permissions
        beside.chmod(stat.S_IMODE(target.stat().st_mode))


def replace(source: Path, target: Path, may: Callable[[], bool] = always) -> bool:
    """Rename a file over another. On Windows a virus scanner may hold it open: then it is tried again for PATIENCE.

    may: is called before each further try; False cancels, and False comes back."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except HELD_UP:
            if time.monotonic() >= until:
                raise
            time.sleep(0.05)
            if not may():  # something newer may have been written meanwhile
                return False
        else:
            return True


def not_saved(target: Path, exc: OSError) -> NotSaved:
    """The error that says why a file was not saved; raised also where what it is made of can't be read."""
    error = NotSaved(_sentence(target, exc))
    error.is_refused = _is_refused(exc)
    return error


def dated(path: Path, name: str) -> Path:
    """A path beside another one with the same suffix: this name, and the date and time of now."""
    return path.with_name(f"{name} {datetime.datetime.now().strftime('%Y-%m-%d %H%M%S')}{path.suffix}")


def set_aside(path: Path) -> Path | None:
    """Rename a file of ours that can't be read, so that it is neither lost nor written over; its new path.

    None where it can't be renamed."""
    aside = dated(path, f"{path.stem} {_DAMAGED}")
    try:
        replace(path, aside)
    except OSError:
        return None
    return aside


def told_of_link(aside: Path, path: Path) -> str:
    """What is to be told of a file of ours that was set aside, if it is a link that leads to no file; else "".

    path: where it was, and where a new file may be by now, to which a link that led to itself leads then. The sentence
    begins with a space: it follows one that says what could not be read."""
    if not (aside.is_symlink() and (bounded.leads_nowhere(aside) or aside.parent / aside.readlink() == path)):
        return ""
    said = tr(
        "It is a link that leads to no file. When the file is there again, close the program and give the link the "
        "name '{name}'."
    )
    return f" {said.format(name=path.name)}"


def forget_set_aside(path: Path) -> None:
    """Remove what set_aside() has put aside of a file."""
    for one in path.parent.glob(f"{path.stem} {_DAMAGED} *{path.suffix}"):
        with contextlib.suppress(OSError):
            one.unlink()


def _is_refused(exc: OSError) -> bool:
    return isinstance(exc, PermissionError) or exc.errno == errno.EROFS


def _sentence(target: Path, exc: OSError) -> str:
    """The message for a file that could not be written."""
    if is_full(exc):
        return tr("There is not enough room on the disk for '{target}'. Make room, or choose another disk.").format(
            target=target
        )
    if _is_refused(exc):
        return tr(
            "'{target}' may not be written. If it is open in another program, close it there; else choose "
            "another folder or name."
        ).format(target=target)
    said = tr("it is a link that leads to no file") if bounded.leads_nowhere(target) else reason_of(exc)
    return tr("'{target}' could not be written: {error}.").format(target=target, error=said)
