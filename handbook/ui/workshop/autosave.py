"""The copy of an unsaved workshop that is kept against a crash, and brought back at the next start.

Belongs here: when it is written and which start finds it. Not here: its form (handbook/workshop/file.py).

Two windows may be open at once: each locks a folder of its own for its copy, and what is found in a folder that
nobody holds was left behind by a program that ended without a word."""

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
_DAMAGED, _ASIDE = "unsaved damaged", "unsaved put aside"  # how copies are called that are kept, and not brought back
PLACES = 8  # folders that are looked for: as many windows at once


class _Kept(NamedTuple):
    """What a folder's copy is to be; without a workshop there is to be none."""

    workshop: Workshop | None
    origin: Path | None
    folder: Path


def _keep(wanted: _Kept, _: Stale) -> None:
    if wanted.workshop is None:
        file.forget(wanted.folder)
    else:
        file.keep(wanted.workshop, wanted.origin, wanted.folder)


def folders(data: Path) -> list[Path]:
    """Where copies may lie, in the person's data folder."""
    return [data, *(data / f"window {number}" for number in range(2, PLACES + 1))]


def clear(data: Path) -> None:
    """Remove every copy that no other window holds, and the folders that are then empty."""
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
    """Give a copy another name, with the time of the day. Raises OSError."""
    path = file.recovery_file(folder)
    stamp = datetime.datetime.now().strftime("%Y-%m-%d %H%M%S")
    return path.replace(path.with_name(f"{name} {stamp}{path.suffix}"))


def _set_aside(folder: Path) -> None:
    """Give a copy that cannot be read another name: it may hold what somebody can still make out."""
    with contextlib.suppress(OSError):
        _rename(folder, _DAMAGED)


def _lock(folder: Path) -> QLockFile | None:
    """Hold a folder; None while another window does. The lock of a program that is gone is taken over."""
    lock = QLockFile(str(folder / "unsaved.lock"))
    lock.setStaleLockTime(0)  # however long a program runs, the lock is its own
    return lock if lock.tryLock(0) else None


class Autosave(QObject):
    """Keeps a copy of a document that needs saving, and none of one that does not."""

    told = Signal(str)  # why no copy can be kept, once

    def __init__(self, document: WorkshopDocument, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._data = document, data
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._offered: tuple[Path, QLockFile] | None = None  # what did harm, until somebody says what becomes of it
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
        """Did a start end over what recover() gave, while it showed it? Then it is not to be shown unasked."""
        return self._offered is not None

    def recover(self) -> tuple[Workshop, Path | None] | None:
        """The workshop that a crash left behind, and its file; it is kept until it is saved or given up.

        Call shown() when it has been shown. What did harm is only held: open_offered() or put_aside() follow."""
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
        with contextlib.suppress(OSError):  # then a next start tries it once more
            file.note_showing(folder)

    def shown(self) -> None:
        """What was recovered has been shown, its pages too, and the program is still there."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                file.note_shown(self._folder)

    def open_offered(self) -> None:
        """What did harm is shown after all: from now on this window keeps its copy there."""
        if self._offered is None:
            return
        if self._lock is not None:
            self._also_held.append(self._lock)  # its own copy is being removed there
        self._folder, self._lock = self._offered
        self._offered = None
        self._note_showing(self._folder)

    def put_aside(self) -> Path | None:
        """Keep what did harm under another name, where no start looks for it; where it is. Raises OSError."""
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
                self._saving.start(_Kept(None, None, self._folder))  # in turn, after a copy that is being written
        elif not self._soon.isActive():  # not put off by every key: a copy is never older than SOON
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
        """Keep nothing from now on, and remove all that was kept."""
        self._off = True
        self._soon.stop()
        self._saving.close()
        self._let_go()
        self._let_offered_go()
        clear(self._data)

    def close(self) -> None:
        """The window closes, and nothing is unsaved any more."""
        self._off = True
        self._soon.stop()
        self._saving.close()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                file.forget(self._folder)
        self._let_go()
        self._let_offered_go()

    def _take(self, folder: Path) -> bool:
        """Hold a folder, if no other window does."""
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
