"""The search field: typing searches, the arrow keys choose in the list, and the field keeps the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.ui.widgets.line_field import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

LONGEST = 1000  # letters: a pasted page is no query, and the field must stay quick


class SearchField(LineField):
    """A line to type in; what it does not need of the keyboard goes to the list of hits."""

    entered = Signal()  # the keyboard came here: time to get the index ready
    moved = Signal(int)  # rows to move in the list of hits
    opened = Signal()  # Enter
    escaped = Signal()

    _STEPS: ClassVar = {
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_PageDown: 5,
        Qt.Key.Key_PageUp: -5,
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(tr("Search the handbook (Ctrl+K)"))
        self.setAccessibleName(tr("Search the handbook"))
        self.setAccessibleDescription(
            tr("Hits are listed as you type. Up and Down choose one, Enter opens it, Escape goes back to the page.")
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.cross is None:  # a start does without
            self.offer_cross(tr("Clear the search field"))
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
