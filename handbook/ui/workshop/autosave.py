"""Saves a copy of the unsaved workshop, so that it can be restored after a crash.

Belongs here: when the copy is written, finding it at the next start, the message when none can be written. Not here:
the format of the file (handbook/workshop/file.py), how a folder is locked (handbook/base/locks.py).

Several windows may be open at once. Each keeps its copy in a folder of its own and locks that folder. A copy in a
folder that is not locked was left by a program that crashed, on this computer or on another."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from handbook.base import atomic_file, locks
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.base.paths import make_private
from handbook.base.system_errors import reason_of
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale, Stopped
from handbook.ui.workshop.document import WorkshopDocument
from handbook.workshop import SUFFIX, file
from handbook.workshop.model import Workshop

SOON = 800  # ms from a change to its copy on the disk
AGAIN = 10_000  # ms after which a copy that could not be written is tried again
_DAMAGED, _ASIDE = "unsaved damaged", "unsaved put aside"  # names of copies that are kept but not restored
PLACES = 8  # the number of folders, and so of windows at once
_LOCK = "unsaved.lock"


class _Kept(NamedTuple):
    """A request to the thread: the copy to write into a folder, or None to remove the folder's copy."""

    workshop: Workshop | None
    origin: Path | None
    mark: file.Mark | None
    folder: Path


class _Held(NamedTuple):
    """A folder that this window has locked."""

    folder: Path
    lock: locks.Lock


def _keep(wanted: _Kept, _: Stale) -> None:
    if wanted.workshop is None:
        file.forget(wanted.folder)
    else:
        file.keep(wanted.workshop, wanted.origin, wanted.folder, wanted.mark)


def folders(data: Path) -> list[Path]:
    """The folders in the person's data folder that may hold copies."""
    return [data, *(data / f"window {number}" for number in range(2, PLACES + 1))]


def clear(data: Path) -> None:
    """Remove every copy whose folder no other window has locked, and the folders that are then empty."""
    for folder in reversed(folders(data)):
        if not folder.is_dir():
            continue
        with contextlib.suppress(OSError):
            lock = locks.take(folder / _LOCK)
            if lock is None:
                continue
            with contextlib.suppress(OSError):
                file.forget(folder)
                for name in (_DAMAGED, _ASIDE):
                    for put_away in folder.glob(f"{name} *{SUFFIX}"):
                        put_away.unlink()
            lock.release()
        with contextlib.suppress(OSError):
            folder.rmdir()


def _rename(folder: Path, name: str) -> Path:
    """Rename a folder's copy; date and time are added to the name. Raises OSError."""
    path = file.recovery_file(folder)
    return path.replace(atomic_file.dated(path, name))


class Damaged(NamedTuple):
    """A copy that can't be read. path: where it is now. what: what is wrong with it, as a part of a sentence."""

    path: Path
    what: str


def _set_aside(folder: Path) -> Path:
    """Rename a copy that can't be read, in place of deleting it: a person may still be able to read some of it.

    Returns where it is: where it was, if it can't be renamed."""
    try:
        path = _rename(folder, _DAMAGED)
        file.note_shown(folder)
    except OSError:
        return file.recovery_file(folder)
    return path


class Autosave(QObject):
    """Keeps a copy of the document while it has unsaved changes, and removes the copy once they are saved."""

    told = Signal(str)  # a message: why no copy can be written, sent once; or that there is a copy again
    outdated = Signal(str)  # such a message is no longer true

    def __init__(self, document: WorkshopDocument, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._data = document, data
        self._ground = next((above for above in (data, *data.parents) if above.is_dir()), data)
        self._held: _Held | None = None
        self._offered: _Held | None = None  # see did_harm
        self._also_held: list[_Held] = []
        self._last: Path | None = None  # the folder that was locked before its stick was removed
        self._draft: Callable[[], Workshop] | None = None
        self._off = False
        self._saving: LatestOnlyWorker[_Kept, None] = LatestOnlyWorker("keep", _keep, self._done, self._failed)
        self._soon = self._timer(SOON)
        self._again = self._timer(AGAIN)
        self._complaint = ""  # the message that is shown while no copy can be written
        self._kept_again = ""  # the message that there is one again
        self.recovered_mark: file.Mark | None = None  # the mark that was in the copy that recover() found
        self.damaged: list[Damaged] = []  # the copies that recover() could not read
        document.changed.connect(self._changed)
        document.filed.connect(self._changed)

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self.keep_now)
        return made

    # -- After a crash ---------------------------------------------------------------------------------------

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
            held = self._take_left(folder)
            if held is None:
                continue
            try:
                found = file.kept(folder)
            except file.BadWorkshop as exc:
                self.damaged.append(Damaged(_set_aside(folder), exc.what))
                found = None
            if found is None:
                held.lock.release()
                continue
            self.recovered_mark = file.kept_mark(folder)
            if file.ended_showing(folder):
                self._offered = held
            else:
                self._held = held
                self._note_showing(folder)
            return found
        return None

    def _take_left(self, folder: Path) -> _Held | None:
        """Lock a folder if it has a copy; None if it has none, or if another window has locked it."""
        try:
            return self._take(folder) if file.is_kept(folder) else None
        except OSError:  # such as a read-only folder: the copy stays for another start
            return None

    def _note_showing(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # without the note, the next start shows the copy without asking
            file.note_showing(folder)

    def shown(self) -> None:
        """Note that the recovered workshop and its pages have been shown without a crash."""
        if self._held is not None:
            with contextlib.suppress(OSError):
                file.note_shown(self._held.folder)

    def open_offered(self) -> None:
        """Take over the folder of a copy that did harm, because the person wants to see it after all."""
        if self._offered is None:
            return
        if self._held is not None:
            self._forget(self._held)  # the thread may still be writing there, so the folder stays locked
            self._also_held.append(self._held)
        self._held, self._offered = self._offered, None
        self._note_showing(self._held.folder)

    def put_aside(self) -> Path | None:
        """Rename a copy that did harm, so that no later start restores it; its new path. Raises OSError."""
        if self._offered is None:
            return None
        held = self._offered
        path = _rename(held.folder, _ASIDE)
        self._offered = None
        with contextlib.suppress(OSError):
            file.note_shown(held.folder)
        held.lock.release()
        return path

    # -- Writing ---------------------------------------------------------------------------------------------

    def draft(self, workshop: Any) -> None:
        """Include what is being written in a dialog: a function that returns the workshop with it; None at its end."""
        self._draft = workshop
        self._changed()

    def _wanted(self) -> Workshop | None:
        """The workshop to write; None if nothing would be lost now."""
        workshop = self._draft() if self._draft is not None else self._document.workshop
        return workshop if self._document.needs_saving or workshop != self._document.workshop else None

    def _changed(self) -> None:
        if self._off:
            return
        if self._draft is None and not self._document.needs_saving:
            self._soon.stop()
            self._keep_none()
        elif not self._soon.isActive():  # not started anew by each key: a copy is never older than SOON
            self._soon.start()

    def _keep_none(self) -> None:
        self._again.stop()
        self._complain_no_more()
        if self._held is not None:
            self._saving.start(_Kept(None, None, None, self._held.folder))  # in turn, after a copy being written

    def keep_now(self) -> None:
        """Write the copy, in a thread."""
        if self._off:
            return
        workshop = self._wanted()
        if workshop is None:
            self._keep_none()
        elif self._has_folder() and self._held is not None:
            self._saving.start(_Kept(workshop, self._document.path, self._document.mark, self._held.folder))
        else:
            self._again.start()

    def _has_folder(self) -> bool:
        """Has this window a locked folder? If not, lock one; if none can be locked, send the message why."""
        if self._held is not None and self._held.lock.is_ours:
            return True
        try:
            if self._held is not None:  # a stick was removed, and perhaps put in again
                self._last = self._held.folder
                self._held.lock.release()
                self._held = None
            if not self._ground.is_dir():  # the stick is gone: make no folder on the computer
                self._complain(tr("'{folder}' is out of reach").format(folder=self._ground))
                return False
            for folder in folders(self._data):
                is_left = file.is_kept(folder)  # by another program: do not overwrite it
                if not is_left or folder == self._last:
                    self._held = self._take(folder)
                if self._held is not None:
                    return True
        except OSError as exc:
            self._complain(reason_of(exc))
            return False
        self._complain(
            ngettext(
                "{n} other workshop that is not saved is kept already",
                "{n} other workshops that are not saved are kept already",
                PLACES,
            ).format(n=PLACES)
        )
        return False

    def _take(self, folder: Path) -> _Held | None:
        """Lock a folder for this window's copy; None if another window has locked it. Raises OSError."""
        make_private(folder)
        lock = locks.take(folder / _LOCK)
        return _Held(folder, lock) if lock is not None else None

    def _done(self, wanted: _Kept, _: None) -> None:
        if wanted.workshop is not None and self._complaint:
            self._complain_no_more()
            self._again.stop()
            self._kept_again = tr("A copy of the workshop is kept against a crash again.")
            self.told.emit(self._kept_again)

    def _failed(self, _: _Kept, error: Exception) -> None:
        if not isinstance(error, (HandbookError, OSError, Stopped)):
            raise error
        self._complain(reason_of(error))
        self._again.start()

    def _complain(self, why: str) -> None:
        if not self._complaint:
            self._complaint = tr(
                "No copy of the workshop can be kept against a crash: {why} Save it now and then."
            ).format(why=why if why.endswith(".") else f"{why}.")
            self.outdated.emit(self._kept_again)
            self.told.emit(self._complaint)

    def _complain_no_more(self) -> None:
        if self._complaint:
            self.outdated.emit(self._complaint)
            self._complaint = ""

    # -- The end ---------------------------------------------------------------------------------------------

    def stop_keeping(self) -> None:
        """Write no more copies, and remove all that there are."""
        self._stop()
        self._let_all_go()
        clear(self._data)

    def close(self) -> None:
        """Remove the copy and unlock its folder: the window closes, with everything saved or given up."""
        self._stop()
        for held in (self._held, *self._also_held):
            if held is not None:
                self._forget(held)
        self._let_all_go()

    def _stop(self) -> None:
        self._off = True
        self._soon.stop()
        self._again.stop()
        self._saving.close()

    @staticmethod
    def _forget(held: _Held) -> None:
        if held.lock.is_ours:
            with contextlib.suppress(OSError):
                file.forget(held.folder)

    def _let_all_go(self) -> None:
        for held in (self._held, *self._also_held, self._offered):
            if held is not None:
                held.lock.release()
        self._also_held.clear()
        self._held = self._offered = None
