"""The open workshop: its value, the path of its file, and the steps to undo and redo.

Belongs here: changing, undoing, knowing whether it is saved. Not here: widgets, reading and writing files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from handbook.workshop.file import Mark
from handbook.workshop.model import Workshop, bare

MOST_STEPS = 200  # kept to undo; workshops share their items, so a step is small


Places = tuple[int, ...]  # of items in a workshop


class Step(NamedTuple):
    """A step to undo: the workshop before a change, the change's name, and its items before and after."""

    workshop: Workshop
    text: str
    before: Places
    after: Places


class WorkshopDocument(QObject):
    """A workshop that can be changed and undone. A new one is empty and needs no saving."""

    changed = Signal()  # the workshop has changed, or another was opened
    opened = Signal()  # another workshop was opened; comes before `changed`
    filed = Signal()  # the path of its file has changed, or whether it is saved

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = self._saved = Workshop()
        self._unsaved = False
        self._path: Path | None = None
        self._mark: Mark | None = None
        self._before: list[Step] = []
        self._after: list[Step] = []
        self._key = ""
        self.touched: int | None = None  # the place of the item that was changed last

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        return self._workshop

    @property
    def path(self) -> Path | None:
        """The file it is in; None for one that has none yet."""
        return self._path

    @property
    def mark(self) -> Mark | None:
        """What that file was when it was opened or saved; None where there was none."""
        return self._mark

    @property
    def needs_saving(self) -> bool:
        """Are there changes that are not in a file?"""
        return self._unsaved or bare(self._workshop) != bare(self._saved)

    @property
    def is_blank(self) -> bool:
        """Is the workshop empty, and has it no file?"""
        return self._path is None and bare(self._workshop) == Workshop()

    def open(self, workshop: Workshop, path: Path | None, *, mark: Mark | None = None, unsaved: bool = False) -> None:
        """Open another workshop in place of this one; undo and redo start anew. unsaved: it differs from its file.

        mark: of the file when it was read."""
        self._workshop = self._saved = workshop
        self._path, self._mark, self._unsaved = path, mark, unsaved
        self._before, self._after, self._key, self.touched = [], [], "", None
        self.opened.emit()
        self.changed.emit()
        self.filed.emit()

    def saved_as(self, workshop: Workshop, path: Path, mark: Mark | None = None) -> None:
        """Note which workshop was written into a file. The open one may have been changed in the meantime."""
        if bare(self._workshop) == bare(workshop):
            self._workshop = workshop  # with the version of the content that saving wrote into it
        self._saved, self._path, self._mark, self._unsaved, self._key = workshop, path, mark, False, ""
        self.filed.emit()

    def change(self, workshop: Workshop, text: str, *, before: Places = (), after: Places = (), key: str = "") -> None:
        """Make a change that can be undone. text: the name of the change, such as "Add 'Opening'".

        before, after: the positions of the items that it is about, before it and after.
        key: successive changes with the same key are undone together."""
        if workshop == self._workshop:
            return
        if not (key and key == self._key):
            self._before = [*self._before[1 - MOST_STEPS :], Step(self._workshop, text, before, after)]
        self._key, self._after = key, []
        self._show(workshop, after[-1] if after else None)

    @property
    def undo_text(self) -> str:
        """What undo() would undo; "" for nothing."""
        return self._before[-1].text if self._before else ""

    @property
    def redo_text(self) -> str:
        """What redo() would do again; "" for nothing."""
        return self._after[-1].text if self._after else ""

    def undo(self) -> Places:
        """Undo the last change; the positions of its items now."""
        return self._step(self._before, self._after)

    def redo(self) -> Places:
        """Redo the change that was undone last; the positions of its items now."""
        return self._step(self._after, self._before)

    def _step(self, source: list[Step], target: list[Step]) -> Places:
        if not source:
            return ()
        step = source.pop()
        target.append(Step(self._workshop, step.text, step.after, step.before))
        self._key = ""
        self._show(step.workshop, None)
        return step.before

    def _show(self, workshop: Workshop, touched: int | None) -> None:
        before = self.needs_saving
        self._workshop, self.touched = workshop, touched
        self.changed.emit()
        if before != self.needs_saving:
            self.filed.emit()
