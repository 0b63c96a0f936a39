"""Saves a copy of the unsaved workshop, so that it can be restored after a crash.

Belongs here: when the copy is written, and finding it at the next start. Not here: the format of the file
(handbook/workshop/file.py).

Several windows may be open at once. Each keeps its copy in a folder of its own and locks that folder. A copy in a
folder that is not locked was left by a program that crashed."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from handbook.base.errors import HandbookError
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale
from handbook.ui.workshop.document import WorkshopDocument
from handbook.workshop import SUFFIX, file
from handbook.workshop.model import Workshop

SOON = 800  # ms from a change to its copy on the disk
_DAMAGED, _ASIDE = "unsaved damaged", "unsaved put aside"  # names of copies that are kept but not restored
PLACES = 8  # the number of folders, and so of windows at once


class _Kept(NamedTuple):
    """A request to the thread: the copy to write into a folder, or None to remove the folder's copy."""

    workshop: Workshop | None
    origin: Path | None
    folder: Path


def _keep(wanted: _Kept, _: Stale) -> None:
    if wanted.workshop is None:
        file.forget(wanted.folder)
    else:
        file.keep(wanted.workshop, wanted.origin, wanted.folder)


def folders(data: Path) -> list[Path]:
    """The folders in the person's data folder that may hold copies."""
    return [data, *(data / f"window {number}" for number in range(2, PLACES + 1))]


def clear(data: Path) -> None:
    """Remove every copy whose folder no other window has locked, and the folders that are then empty."""
    for folder in reversed(folders(data)):
        lock = _lock(folder) if folder.is_dir() else None
        if lock is not None:
            with contextlib.suppress(OSError):
                file.forget(folder)
                for name in (_DAMAGED, _ASIDE):
                    for put_away in folder.glob(f"{name} *{SUFFIX}"):
                        put_away.unlink()
            lock.unlock()
            with contextlib.suppress(OSError):
                folder.rmdir()


def _rename(folder: Path, name: str) -> Path:
    """Rename a folder's copy; date and time are added to the name. Raises OSError."""
    path = file.recovery_file(folder)
    stamp = datetime.datetime.now().strftime("%Y-%m-%d %H%M%S")
    return path.replace(path.with_name(f"{name} {stamp}{path.suffix}"))


def _set_aside(folder: Path) -> None:
    """Rename a copy that cannot be read, in place of deleting it: a person may still be able to read some of it."""
    with contextlib.suppress(OSError):
        _rename(folder, _DAMAGED)


def _lock(folder: Path) -> QLockFile | None:
    """Lock a folder; None if another window has locked it. The lock of a program that has ended is taken over."""
    lock = QLockFile(str(folder / "unsaved.lock"))
    lock.setStaleLockTime(0)  # a lock does not expire while its program runs
    return lock if lock.tryLock(0) else None


class Autosave(QObject):
    """Keeps a copy of the document while it has unsaved changes, and removes the copy once they are saved."""

    told = Signal(str)  # a message: why no copy can be written; sent once

    def __init__(self, document: WorkshopDocument, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._data = document, data
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._offered: tuple[Path, QLockFile] | None = None  # see did_harm
        self._also_held: list[QLockFile] = []
        self._off = False
        self._saving: LatestOnlyWorker[_Kept, None] = LatestOnlyWorker("keep", _keep, lambda *_: None, self._failed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.keep_now)
        self._complained = False
        document.changed.connect(self._changed)
        document.filed.connect(self._changed)

    @property
    def did_harm(self) -> bool:
        """Did the program crash at an earlier start, while it showed this copy? Then ask before showing it again.

        The answer is True from recover() on, until open_offered() or put_aside() is called."""
        return self._offered is not None

    def recover(self) -> tuple[Workshop, Path | None] | None:
        """The workshop in a copy that a crash left behind, and the file it was opened from; None without a copy.

        The copy stays until the workshop is saved or closed. If `did_harm` is true then, ask the person and call
        open_offered() or put_aside(); otherwise show the workshop and call shown()."""
        for folder in folders(self._data):
            if file.recovery_file(folder).exists() and self._take(folder):
                found = file.kept(folder)
                if found is not None:
                    if file.ended_showing(folder) and self._lock is not None:
                        self._offered, self._lock, self._folder = (folder, self._lock), None, None
                    else:
                        self._note_showing(folder)
                    return found
                _set_aside(folder)
                self._let_go()
        return None

    def _note_showing(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # without the note, the next start shows the copy without asking
            file.note_showing(folder)

    def shown(self) -> None:
        """Note that the recovered workshop and its pages have been shown without a crash."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                file.note_shown(self._folder)

    def open_offered(self) -> None:
        """Take over the folder of a copy that did harm, because the person wants to see it after all."""
        if self._offered is None:
            return
        if self._lock is not None:
            self._also_held.append(self._lock)  # the thread may still be removing the old copy there
        self._folder, self._lock = self._offered
        self._offered = None
        self._note_showing(self._folder)

    def put_aside(self) -> Path | None:
        """Rename a copy that did harm, so that no later start restores it; its new path. Raises OSError."""
        if self._offered is None:
            return None
        folder, lock = self._offered
        path = _rename(folder, _ASIDE)
        self._offered = None
        with contextlib.suppress(OSError):
            file.note_shown(folder)
        lock.unlock()
        return path

    def _changed(self) -> None:
        if self._off:
            return
        if not self._document.needs_saving:
            self._soon.stop()
            if self._folder is not None:
                self._saving.start(_Kept(None, None, self._folder))  # in turn, after a copy being written
        elif not self._soon.isActive():  # not started anew by each key: a copy is never older than SOON
            self._soon.start()

    def keep_now(self) -> None:
        """Write the copy, in a thread."""
        if self._off or not self._document.needs_saving:
            return
        if self._folder is None and not any(self._take(folder) for folder in folders(self._data)):
            return
        if self._folder is not None:
            self._saving.start(_Kept(self._document.workshop, self._document.path, self._folder))

    def stop_keeping(self) -> None:
        """Write no more copies, and remove all that there are."""
        self._off = True
        self._soon.stop()
        self._saving.close()
        self._let_go()
        self._let_offered_go()
        clear(self._data)

    def close(self) -> None:
        """Remove the copy and unlock its folder: the window closes, with everything saved or given up."""
        self._off = True
        self._soon.stop()
        self._saving.close()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                file.forget(self._folder)
        self._let_go()
        self._let_offered_go()

    def _take(self, folder: Path) -> bool:
        """Use a folder for this window's copy; False if another window has locked it or it cannot be made."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            self._complain(str(exc.strerror or exc))
            return False
        lock = _lock(folder)
        if lock is None:
            return False
        self._lock, self._folder = lock, folder
        return True

    def _let_go(self) -> None:
        for lock in (self._lock, *self._also_held):
            if lock is not None:
                lock.unlock()
        self._also_held.clear()
        self._lock = self._folder = None

    def _let_offered_go(self) -> None:
        if self._offered is not None:
            self._offered[1].unlock()
            self._offered = None

    def _failed(self, _: _Kept, error: Exception) -> None:
        if not isinstance(error, (HandbookError, OSError)):
            raise error
        self._complain(str(error))

    def _complain(self, why: str) -> None:
        if not self._complained:
            self._complained = True
            self.told.emit(
                self.tr("No copy of the workshop can be kept against a crash: {why} Save it now and then.").format(
                    why=why if why.endswith(".") else f"{why}."
                )
            )
