"""A folder that is being written: its files are watched, and read and checked again when one is saved.

Belongs here: watching, and reading in a thread. Not here: checking (checking.py), showing it (window/navigation.py,
faults_bar.py)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Fault, Handbook
from handbook.content.pictures import SUFFIXES as PICTURES
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

AFTER = 300  # milliseconds without another change, after which files are read: an editor writes in several steps
MOST_WATCHED = 500  # folders, and files; of what is beyond, a change is seen when another file is saved
_OURS = (".md", ".markdown", ".toml", ".yml", ".yaml", ".tsv", ".workshop", *PICTURES)

_ANY = (-1, -1, -1)  # the stamp of what may change
Stamps = dict[str, tuple[int, int, int]]  # of files and folders, by path


class _State(NamedTuple):
    """What came of reading the folder, or of checking what was read.

    handbook: what was read; None where it can't be, and `why` says why not. watched: files and folders to watch.
    faults: None before the check."""

    handbook: Handbook | None
    watched: Stamps
    why: str = ""
    faults: tuple[Fault, ...] | None = None


class LiveFolder(QObject):
    """Watches the folder of a handbook.

    read: reads it, in a thread."""

    renewed = Signal()  # `handbook` is what stands there now
    checked = Signal()  # `faults` are what is wrong in it
    failed = Signal(str)  # why it can't be read just now

    def __init__(self, folder: Path, read: Callable[[], Handbook], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._read = folder, read
        self.handbook: Handbook | None = None  # as it was read last
        self.faults: tuple[Fault, ...] = ()
        self._gone = False  # at the last look
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._watcher.fileChanged.connect(self._changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER)
        self._soon.timeout.connect(self.look)
        self._worker: LatestOnlyWorker[Handbook | None, _State] = LatestOnlyWorker(
            "folder", self._work, lambda _, state: self._done(state), self._broken
        )

    def look(self) -> None:
        """Read and check the folder now."""
        self._worker.start(None)

    def close(self) -> None:
        """Watch no more."""
        self._soon.stop()
        self._worker.close(wait=0)

    def _changed(self, _: str) -> None:
        self._soon.start()

    def _folder_changed(self, path: str) -> None:
        """Of a folder above, only that matters: was the handbook's renamed or removed, or is it there again?"""
        if Path(path) not in self._folder.parents or self._gone == bounded.is_folder(self._folder):
            self._soon.start()

    def _work(self, read: Handbook | None, stale: Stale) -> _State:
        """Read the folder or, so that the page need not wait for that, check what was read."""
        if read is not None:
            from handbook.ui.library.checking import faults_of  # only who writes needs it

            return _State(read, {}, faults=faults_of(read, stale))
        watched = _to_watch(self._folder)
        if not bounded.is_folder(self._folder):
            said = tr("The folder '{folder}' is not there any more. What you read here is as it was.")
            return _State(None, watched, said.format(folder=self._folder))
        try:
            return _State(self._read(), watched)
        except HandbookError as exc:
            return _State(None, watched, str(exc))

    def _done(self, state: _State) -> None:
        if state.faults is not None:
            self.faults = state.faults
            self.checked.emit()
            return
        self._gone = not bounded.is_folder(self._folder)
        if self._gone and (old := [*self._watcher.files(), *self._watcher.directories()]):
            self._watcher.removePaths(old)  # they are those of the folder that has another name now
        self._watch(state.watched)
        if state.handbook is None:
            self.failed.emit(state.why)
            return
        self.handbook = state.handbook
        self.renewed.emit()
        self._worker.start(state.handbook)

    def _watch(self, wanted: Stamps) -> None:
        """Watch what is not watched yet; an editor that puts a new file in the place of the old one ends it of that."""
        known = {*self._watcher.files(), *self._watcher.directories()}
        if new := [path for path in wanted if path not in known]:
            self._watcher.addPaths(new)
            if any(wanted[path] not in (_ANY, _stamp(path)) for path in new):  # saved before it was watched
                self._soon.start()

    def _broken(self, _: Handbook | None, error: Exception) -> None:
        raise error


def _to_watch(folder: Path) -> Stamps:
    """The folders and the files in them, as far as they are a handbook's, in both MOST_WATCHED at most."""
    folders: list[str] = []
    files: list[str] = []
    for top, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if name[0] != ".")
        folders.append(top)
        files += [str(Path(top) / name) for name in sorted(names) if name.lower().endswith(_OURS)]
        if len(folders) >= MOST_WATCHED:
            break
    return {path: _stamp(path) for path in folders + files[:MOST_WATCHED]} | dict.fromkeys(_above(folder), _ANY)


def _above(folder: Path) -> list[str]:
    """The folders above one: a folder that gets another name tells nobody itself."""
    return [str(one) for one in folder.parents if bounded.is_folder(one)]


def _stamp(path: str) -> tuple[int, int, int]:
    """Is another one when a file was saved, or something in a folder has another name."""
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino
