"""A button with several lines of text that are shortened with an ellipsis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

PADDING = 32  # pixels beside the text, as the style sheet has them for a button


class ElidedButton(QPushButton):
    """Shortens its lines to its width; the accessible name has the whole text, and the tooltip where it is cut.

    Qt takes the tooltip for a description where there is none, and a screen reader would say the same twice."""

    def __init__(self, *lines: str, parent: QWidget | None = None) -> None:
        super().__init__("\n".join(lines), parent)
        self._lines = lines
        self.setAccessibleName(". ".join(lines))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, cut = event.size().width() - PADDING, Qt.TextElideMode.ElideRight
        shown = "\n".join(self.fontMetrics().elidedText(line, cut, room) for line in self._lines)
        whole = "\n".join(self._lines)
        self.setText(shown)
        self.setToolTip(whole if shown != whole else "")
