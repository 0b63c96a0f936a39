"""Buttons in a row that goes on in the next one where the window is too narrow for all.

Belongs here: where they stand. Not here: what they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = 2  # pixels between buttons


class ButtonFlow(QWidget):
    """Buttons in as many rows as they need; who inherits may say which have a place, and how far apart."""

    never_cut = False  # are all rows kept, whatever else there is no room for?

    def __init__(self, parent: QWidget | None = None) -> None:
        self._buttons: list[QWidget] = []  # first: Qt sends events while a widget is made
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: QWidget) -> None:
        """Put a button behind the others."""
        button.setParent(self)
        self._buttons.append(button)

    def in_order(self) -> Sequence[QWidget]:
        """The buttons that have a place now."""
        return self._buttons

    def gap(self) -> int:
        """The pixels between two widgets, and between two rows."""
        return GAP

    def begins_group(self, _widget: QWidget) -> bool:
        """Does a wider gap stand before a widget?"""
        return False

    def places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Each widget with its place in a row of a width, read from the left."""
        placed: list[tuple[QWidget, QRect]] = []
        at, high, gap = QPoint(0, 0), 0, self.gap()
        for widget in self.in_order():
            size = widget.sizeHint()
            if at.x() and self.begins_group(widget):
                at.setX(at.x() + 2 * gap)
            if at.x() and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + gap), 0
            placed.append((widget, QRect(at, size)))
            at.setX(at.x() + size.width() + gap)
            high = max(high, size.height())
        return placed

    def place(self) -> None:
        """Put every widget in its place."""
        for widget, box in self.places(self.width()):
            widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for _, box in self.places(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room."""
        super().resizeEvent(event)
        self.place()
        if self.never_cut:
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the letters may be larger now, or reading go the other way."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self.place()

    def sizeHint(self) -> QSize:
        width = sum(one.sizeHint().width() + GAP for one in self.in_order())
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        widest = max((one.sizeHint().width() for one in self.in_order()), default=0)
        return QSize(widest, self.heightForWidth(10_000))
