"""The list of all marks: by place or by day, searched, opened, changed, taken away, carried to another computer.

Belongs here: that window. Not here: changes themselves (controller.py)."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base import atomic_file
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.marks import file
from handbook.marks.as_markdown import as_markdown
from handbook.marks.model import Mark, by_day, by_place, matching
from handbook.ui.marks.controller import MarksController, taken_in
from handbook.ui.marks.note_dialog import ask_note
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.announce import announce

_LONGEST = 160  # letters of a line
_AT_ONCE = 200  # lines that are made before the window answers again


class MarksWindow(QDialog):
    """All marks of the person. Enter opens one; Del takes it away, and Ctrl+Z brings it back."""

    opened = Signal(str, str)  # an address to go to, and the words that are marked there

    def __init__(self, handbook: Handbook, controller: MarksController, parent: QWidget) -> None:
        super().__init__(parent)
        self._handbook, self._controller = handbook, controller
        self.setWindowTitle(tr("My marks"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search in my marks"))
        self.search.setAccessibleName(tr("Search in my marks"))
        self.search.setClearButtonEnabled(True)
        self.order = QComboBox()
        # Translators: said by a screen reader: in which order marks are listed
        self.order.setAccessibleName(tr("Order"))
        self.order.addItems([tr("By place"), tr("By day")])
        self.list = QListWidget()
        self.list.setAccessibleName(tr("My marks"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        # Thousands of lines are laid out by and by.
        self.list.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.list.setBatchSize(100)
        self._unsure: deque[tuple[Mark, QListWidgetItem]] = deque()
        self._waiting: deque[Mark] = deque()
        self._kept_choice: set[str] = set()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._lay_out()
        self.search.textChanged.connect(self.refresh)
        self.order.currentIndexChanged.connect(self.refresh)
        self.list.itemActivated.connect(lambda _: self._open())
        self.list.itemSelectionChanged.connect(self._enable)
        controller.changed.connect(self.refresh)
        for key, handler in (("Del", self._remove), ("Ctrl+Z", controller.undo), ("F2", self._note)):
            QShortcut(QKeySequence(key), self.list, handler, context=Qt.ShortcutContext.WidgetShortcut)
        geometry.resize(self, scale.px(560), scale.px(520))
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.order)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        self._buttons = []
        for names in (
            ((tr("&Open"), self._open, True), (tr("&Note…"), self._note, True),
             (tr("&Take away"), self._remove, True), (tr("&Undo"), self._controller.undo, False)),
            ((tr("&Export as text…"), self._export, False), (tr("&Save a copy…"), self._carry, False),
             (tr("Take &in a file…"), self._take_in, False), (tr("&Close"), self.close, False)),
        ):  # fmt: skip
            row = QHBoxLayout()
            for label, handler, needs_choice in names:
                button = QPushButton(label)
                button.setAccessibleName(label.replace("&", ""))
                button.setAutoDefault(False)
                button.clicked.connect(lambda _=False, handler=handler: handler())
                row.addWidget(button)
                if needs_choice:
                    self._buttons.append(button)
            column.addLayout(row)

    # -- The list --------------------------------------------------------------------------------------------

    def refresh(self, *_: object) -> None:
        """Show the marks anew, keeping the choice."""
        chosen = {mark.id for mark in self._chosen()}
        found = matching(self._controller.marks, self.search.text())
        ordered = by_place(self._handbook, found) if self.order.currentIndex() == 0 else by_day(found)
        self._unsure.clear()
        self._waiting, self._kept_choice = deque(ordered), chosen
        with QSignalBlocker(self.list):
            self.list.clear()
        self._fill()
        if not self._controller.marks:
            self.told.setText(tr("Nothing is marked yet. Ctrl+D sets a bookmark; select words and press H."))
        elif not found:
            self.told.setText(tr("No mark has “{words}”.").format(words=self.search.text().strip()))
        else:
            self.told.setText(ngettext("{n} mark", "{n} marks", len(found)).format(n=len(found)))
        self._enable()

    def _fill(self) -> None:
        """Show some more of the marks that are not shown yet."""
        with QSignalBlocker(self.list):
            for _ in range(min(_AT_ONCE, len(self._waiting))):
                mark = self._waiting.popleft()
                there = self._controller.is_there(mark, at_once=False)
                item = QListWidgetItem(self._line(mark, there=there is not False))
                item.setData(Qt.ItemDataRole.UserRole, mark.id)
                self.list.addItem(item)
                if mark.id in self._kept_choice:
                    item.setSelected(True)
                if there is None:
                    self._unsure.append((mark, item))
        self._enable()
        if self._waiting or self._unsure:
            self._later.start()

    def _go_on(self) -> None:
        """Show more marks, or find out about one whose words do not stand in its chapter as they were."""
        if self._waiting:
            self._fill()
            return
        if not self._unsure:  # what was asked for is another list by now
            return
        mark, item = self._unsure.popleft()
        if not self._controller.is_there(mark):
            item.setText(self._line(mark, there=False))
        if self._unsure:
            self._later.start()

    def _line(self, mark: Mark, *, there: bool) -> str:
        words = f"“{_short(mark.quote)}”" if mark.quote else tr("Bookmark")
        lines = [f"{mark.title} · {words}"]
        if mark.note:
            lines.append(tr("Note: {note}").format(note=_short(mark.note)))
        if not there:
            lines.append(tr("not found any more"))
        return "\n".join(lines)

    def _chosen(self) -> list[Mark]:
        ids = {item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()}
        return [mark for mark in self._controller.marks if mark.id in ids]

    def _enable(self) -> None:
        for button in self._buttons:
            button.setEnabled(bool(self.list.selectedItems()))

    # -- What can be done ------------------------------------------------------------------------------------

    def _open(self) -> None:
        for mark in self._chosen()[:1]:
            if self._controller.is_there(mark):
                self.opened.emit(mark.address, mark.quote)
            else:
                self._tell(tr("Its words are not in the handbook any more. The mark is kept."))

    def _note(self) -> None:
        for mark in self._chosen()[:1]:
            self._controller.edit_note(mark, lambda about, note: ask_note(about, note, self))

    def _remove(self) -> None:
        self._controller.remove({mark.id for mark in self._chosen()})

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export as text"), "marks.md", tr("Markdown (*.md)"))
        # Translators: what a mark is: highlighted words
        labels = {"bookmark": tr("Bookmark"), "highlight": tr("Highlighted"), "note": tr("Note")}
        text = as_markdown(self._handbook, self._controller.marks, tr("My marks"), labels)
        self._write(name, text.encode())

    def _carry(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), "marks.json", tr("Marks (*.json)"))
        self._write(name, file.encoded(self._controller.marks))

    def _write(self, name: str, data: bytes) -> None:
        if not name:
            return
        try:
            atomic_file.save(data, Path(name))
        except HandbookError as exc:
            self._tell(str(exc))
        else:
            self._tell(tr("Saved: {name}").format(name=Path(name).name))

    def _take_in(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Take in a file"), "", tr("Marks (*.json)"))
        if not name:
            return
        try:
            count = self._controller.take_in(Path(name))
        except HandbookError as exc:
            self._tell(str(exc))
        else:
            self._tell(taken_in(count))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        announce(self, words)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
