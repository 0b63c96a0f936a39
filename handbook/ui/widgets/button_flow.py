"""A row of buttons that goes on in the next row where the window is too narrow for all.

Belongs here: where they stand. Not here: what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = 2  # pixels between buttons


class ButtonFlow(QWidget):
    """Buttons in as many rows as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: QWidget) -> None:
        """Put a button behind the others."""
        button.setParent(self)
        self._buttons.append(button)

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        placed: list[tuple[QWidget, QRect]] = []
        at, high = QPoint(0, 0), 0
        for button in self._buttons:
            size = button.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + GAP), 0
            placed.append((button, QRect(at, size)))
            at.setX(at.x() + size.width() + GAP)
            high = max(high, size.height())
        return placed

    def _place(self) -> None:
        for button, box in self._places(self.width()):
            button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for _, box in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        width = sum(one.sizeHint().width() + GAP for one in self._buttons)
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        widest = max((one.sizeHint().width() for one in self._buttons), default=0)
        return QSize(widest, self.heightForWidth(10_000))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the letters may be larger now, or reading go the other way."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self._place()
