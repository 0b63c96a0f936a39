"""A line edit that uses the keys of Undo and Redo only while it has something to undo or redo; it can have a cross.

Qt's own always uses them: Ctrl+Z in an empty search field would do nothing, though the window has something to undo.
Under X11 it would cut the query by Ctrl+K, which goes to the search, and by Ctrl+D, which bookmarks a section.
Qt's own cross that clears a field stays at 16 pixels, however large the letters are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton, QWidget

from handbook.ui.widgets import scale
from handbook.ui.widgets.theme import TARGET

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_OF_EMACS = (Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K)  # by which Qt edits a line under X11; Del, End do so too


class LineField(QLineEdit):
    """Leaves Undo and Redo to the window when it has nothing of its own to undo or redo, and Emacs's keys always."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.cross: QToolButton | None = None  # first: Qt sends events while a widget is made
        super().__init__(parent)

    def offer_cross(self, name: str) -> None:
        """Have a button inside that clears the field, while there is something in it. name: said of it."""
        self.cross = QToolButton(self)
        self.cross.setObjectName("cross")
        self.cross.setText("×")
        self.cross.setAccessibleName(name)
        self.cross.setToolTip(name)
        self.cross.setCursor(Qt.CursorShape.ArrowCursor)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard, Ctrl+A and Del clear the field
        self.cross.clicked.connect(self.clear)
        self.textChanged.connect(lambda _: self._place_cross())
        self._place_cross()

    def _place_cross(self) -> None:
        if self.cross is None:
            return
        size = max(TARGET, scale.px(TARGET))
        self.cross.setVisible(bool(self.text()))
        room = QRect(self.width() - size - scale.px(4), (self.height() - size) // 2, size, size)
        self.cross.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), room))
        taken = size if self.text() else 0
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(taken if backwards else 0, 0, 0 if backwards else taken, 0)

    def minimumSizeHint(self) -> QSize:
        """Qt: high enough for the cross."""
        least = super().minimumSizeHint()
        return least if self.cross is None else least.expandedTo(QSize(0, max(TARGET, scale.px(TARGET)) + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cross()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (
                (event.matches(undo) and not self.isUndoAvailable())
                or (event.matches(redo) and not self.isRedoAvailable())
                or (event.key() in _OF_EMACS and event.modifiers() == Qt.KeyboardModifier.ControlModifier)
            ):
                event.ignore()
                return True
        return super().event(event)
