"""The rows of the list of marks.

Belongs here: how they take keys and the mouse, and headings between them. Not here: which rows there are
(marks_window.py)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from handbook.base.catalogue import tr

ID = Qt.ItemDataRole.UserRole  # of a row's mark; a heading has none


class MarksList(QListWidget):
    """The list; several rows can be chosen. Each can be pressed by a screen reader (ui/screen_readers.py)."""

    opened = Signal()  # the chosen row, by Enter, a double click or a press

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("My marks"))
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Thousands of lines are laid out by and by.
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setBatchSize(100)
        self.itemActivated.connect(lambda _: self.opened.emit())

    def add_heading(self, words: str) -> None:
        """Add a line that is no row."""
        heading = QListWidgetItem(words)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.font()
        font.setBold(True)
        heading.setFont(font)
        self.addItem(heading)

    def chosen(self) -> set[str]:
        """The ids of the marks that are chosen."""
        return {item.data(ID) for item in self.selectedItems()}

    def take_keyboard(self) -> None:
        """Put the keyboard into the list, on a row."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.chosen():
            self.choose_near(self.currentRow())

    def choose_near(self, row: int) -> None:
        """Choose the mark at a row or the next one; the last where there are none further down."""
        rows = [at for at in range(self.count()) if self.item(at).data(ID)]
        if rows:
            self.setCurrentRow(next((at for at in rows if at >= row), rows[-1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens; some styles give it another meaning."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.opened.emit()
            return
        super().keyPressEvent(event)
