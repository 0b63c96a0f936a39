"""The window's columns: a list on the left, the page, and the workshop on the right.

Belongs here: who gets how much width, and who gives way when there is too little for all. Not here: what the
columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

LEFT, RIGHT = 200, 290  # pixels, the least that either list is of use with
LETTERS = 45  # in a line of the page: below that, lines break too often to be read
MOST_FOR_PAGE = 560  # pixels: with letters for the back row the page gives way too


class Columns(QSplitter):
    """Left, page and right side by side; where all three have no room, one of the lists is put away.

    The right one stays then, as it was asked for, unless the left one is wanted before it: hits while searching,
    or the contents when a key called them."""

    arranged = Signal()  # somebody was shown or put away

    def __init__(self, left: QWidget, page: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self._left, self._page = left, page
        self._right: QWidget | None = None
        self._left_wanted, self._left_first, self._right_wanted = True, False, False
        left.setMinimumWidth(LEFT)
        for number, widget in enumerate((left, page)):
            self.addWidget(widget)
            self.setStretchFactor(number, number)
            self.setCollapsible(number, False)

    def set_widths(self, left: int) -> None:
        """Give the left column its width, and the page the rest."""
        self.setSizes([left, max(400, self.width() - left)])

    def want_left(self, wanted: bool, *, first: bool) -> None:
        """Show or hide the left column. first: before the right one, where there is no room for both."""
        self._left_wanted, self._left_first = wanted, first
        self._arrange()

    def add_right(self, right: QWidget, width: int) -> None:
        """Take the right column in, hidden."""
        self._right = right
        right.setMinimumWidth(RIGHT)
        right.hide()
        self.addWidget(right)
        self.setCollapsible(2, False)
        sizes = self.sizes()
        self.setSizes([sizes[0], max(100, sizes[1] - width), width])

    def want_right(self, wanted: bool) -> None:
        """Show or hide the right column; asked for now, it comes before the left one."""
        self._right_wanted = wanted
        if wanted:
            self._left_first = False
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Is there too little width for both lists beside the page?"""
        return self.width() < LEFT + RIGHT + self._readable()

    def _readable(self) -> int:
        font = self._page.property("readingFont")
        from PySide6.QtGui import QFont, QFontMetrics

        letter = QFontMetrics(font).averageCharWidth() if isinstance(font, QFont) else 8
        return min(MOST_FOR_PAGE, 48 + LETTERS * letter)

    def _arrange(self) -> None:
        left, right = self._left_wanted, self._right_wanted and self._right is not None
        if left and right and self.narrow:
            left, right = self._left_first, not self._left_first
        before = (self._left.isHidden(), self._right is None or self._right.isHidden())
        if self._right is not None:
            self._right.setVisible(right)
        self._left.setVisible(left)
        if before != (not left, not right):
            self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
