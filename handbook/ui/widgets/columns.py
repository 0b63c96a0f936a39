"""The window's columns: a list on the left, the page, and the workshop on the right.

Belongs here: who gets how much width, and who gives way when there is too little for all. Not here: what the
columns hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from handbook.ui.widgets import scale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

# Pixels, in a window of its usual size.
LEFT, RIGHT = 200, 290  # the least that either list is of use with
LEAST = {0: LEFT, 2: RIGHT}
MOST_FOR_PAGE = 560  # with letters for the back row the page gives way too


class Columns(QSplitter):
    """Left, page and right side by side; where all three have no room, one of the lists is put away.

    The right one stays then, as it was asked for, unless the left one is wanted before it: hits while searching,
    or the contents when a key called them. readable: says in pixels below which width the page can't be read."""

    def __init__(self, left: QWidget, page: QWidget, readable: Callable[[], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self._left, self._readable = left, readable
        self._right: QWidget | None = None
        self._left_wanted, self._left_first, self._right_wanted = True, False, False
        self._asked = {0: scale.px(LEFT), 2: scale.px(RIGHT)}  # what each list was given, by the number of its column
        self.splitterMoved.connect(self._dragged)
        self._factor = scale.factor()
        left.setMinimumWidth(scale.px(LEFT))
        for number, widget in enumerate((left, page)):
            self.addWidget(widget)
            self.setStretchFactor(number, number)
            self.setCollapsible(number, False)

    def set_widths(self, left: int) -> None:
        """Give the left column its width, and the page the rest."""
        left = self._asked[0] = scale.px(left)
        self.setSizes([left, max(400, self.width() - left)])

    def want_left(self, *, wanted: bool, first: bool) -> None:
        """Show or hide the left column. first: before the right one, where there is no room for both."""
        self._left_wanted, self._left_first = wanted, first
        self.arrange()

    def add_right(self, right: QWidget, width: int) -> None:
        """Take the right column in, hidden."""
        self._right = right
        right.setMinimumWidth(scale.px(RIGHT))
        width = scale.px(width)
        right.hide()
        self.addWidget(right)
        self.setCollapsible(2, False)
        self._asked[2] = width
        sizes = self.sizes()
        self.setSizes([sizes[0], max(100, sizes[1] - width), width])

    @property
    def widths(self) -> tuple[int, int]:
        """What the left and the right list were given last, in a window of its usual size.

        Either may have less while there is little room."""
        left, right = (round(self._asked[number] / self._factor) for number in (0, 2))
        return left, right

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the window may be larger or smaller now, and its lists with it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._factor != scale.factor():
            grown, self._factor = scale.factor() / self._factor, scale.factor()
            self._asked = {number: round(width * grown) for number, width in self._asked.items()}
            self._left.setMinimumWidth(scale.px(LEFT))
            if self._right is not None:
                self._right.setMinimumWidth(scale.px(RIGHT))
            self.arrange()

    def _dragged(self, _: int, handle: int) -> None:
        """Somebody gave the list beside a handle another width with the mouse; the other may only have made room."""
        number = 0 if handle == 1 else 2
        self._asked[number] = self.sizes()[number]

    def _lists(self) -> list[int]:
        """The numbers of the columns that are lists and in view."""
        there = {0: self._left, 2: self._right}
        return [number for number, list_ in there.items() if list_ is not None and not list_.isHidden()]

    def want_right(self, *, wanted: bool) -> None:
        """Show or hide the right column; asked for now, it comes before the left one."""
        self._right_wanted = wanted
        if wanted:
            self._left_first = False
        self.arrange()

    def put_left_first(self) -> None:
        """Let the left column come before the right one, as it was asked for last."""
        self.want_left(wanted=self._left_wanted, first=True)

    @property
    def narrow(self) -> bool:
        """Is there too little width for both lists beside the page?"""
        return self.width() < scale.px(LEFT + RIGHT) + min(scale.px(MOST_FOR_PAGE), self._readable())

    def arrange(self) -> None:
        """Find out anew who has room, as the window or the letters are of another size."""
        left, right = self._left_wanted, self._right_wanted and self._right is not None
        if left and right and self.narrow:
            left, right = self._left_first, not self._left_first
        before = (self._left.isHidden(), self._right is None or self._right.isHidden())
        if self._right is not None:
            self._right.setVisible(right)
        self._left.setVisible(left)
        self._share()
        if before != (not left, not right):
            QTimer.singleShot(0, self, self._share)  # a column that was just shown has its width only then

    def _share(self) -> None:
        """Let the page be readable: the lists have what they were given, less what it needs, down to their least."""
        sizes = self.sizes()
        lists, total = self._lists(), sum(sizes)
        given = {number: max(self._asked[number], scale.px(LEAST[number])) for number in lists}
        missing = min(scale.px(MOST_FOR_PAGE), self._readable()) - (total - sum(given.values()))
        for number in lists:
            step = max(0, min(missing, given[number] - scale.px(LEAST[number])))
            given[number] -= step
            missing -= step
        shared = [given.get(number, 0) for number in range(len(sizes))]
        shared[1] = max(0, total - sum(shared))
        if total and shared != sizes:
            self.setSizes(shared)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
