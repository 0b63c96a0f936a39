"""Ticks beside the page, in its scroll bar: where on the whole page the matches are, and what the person marked.

Belongs here: painting them. Not here: which there are and how far down they stand (page_matches.py, page_marks.py)."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QScrollBar, QWidget

from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

HEIGHT = 3.0  # pixels of a tick
GAP = 3.0  # pixels at its left and right; the tick of the match that F3 stands on has none


SIZE = 7.0  # pixels of the sign of a mark, each way


class Shape(IntEnum):
    """What stands for a mark of the person's. None of them is a bar, as matches have it."""

    DOT = 0  # highlighted words
    SHEET = 1  # with a note
    RIBBON = 2  # a bookmark


class Marker(NamedTuple):
    """A mark of the person's: how far down it stands, from 0 (top of the page) to 1, and its shape."""

    place: float
    shape: Shape


class ScrollbarMarkers(QWidget):
    """Lies over a scroll bar, lets the mouse through, and paints a tick for every match and a sign for every mark.

    places:  asked at each painting for how far down each match stands, from 0 (top of the page) to 1.
    current: asked for the number of the match that stands out, -1 for none.
    marks:   asked for what the person marked."""

    def __init__(
        self,
        bar: QScrollBar,
        theme: Theme,
        places: Callable[[], Sequence[float]],
        current: Callable[[], int],
        marks: Callable[[], Sequence[Marker]],
    ) -> None:
        super().__init__(bar)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._places, self._current, self._marks = places, current, marks
        self.theme = theme
        self._drawn: tuple[object, QPixmap] | None = None  # the signs of marks, and for which marks, size and colours
        self.setGeometry(bar.rect())
        bar.installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            bar = self.parentWidget()
            if bar is not None:
                self.setGeometry(bar.rect())
        return False

    def boxes(self) -> list[QRectF]:
        """Where each tick is painted, in this widget's pixels; ticks of matches side by side lie on each other."""
        room = self.height() - HEIGHT
        return [QRectF(GAP, place * room, self.width() - 2 * GAP, HEIGHT) for place in self._places()]

    def paintEvent(self, event: QPaintEvent) -> None:
        boxes, current = self.boxes(), self._current()
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        edge, drawn = QColor(self.theme.page), -1
        for box in boxes:
            if round(box.top()) != drawn:  # hundreds of matches share a few hundred pixels
                drawn = round(box.top())
                painter.fillRect(box.adjusted(-1, -1, 1, 1), edge)  # stands out from the handle as well
                painter.fillRect(box, QColor(self.theme.tick))
        if 0 <= current < len(boxes):
            box = boxes[current].adjusted(-GAP, -1, GAP, 1)
            painter.fillRect(box.adjusted(0, -1, 0, 1), edge)
            painter.fillRect(box, QColor(self.theme.accent))
        if self._marks():
            painter.drawPixmap(0, 0, self._picture_of_marks())
        painter.end()

    def signs(self) -> list[tuple[QRectF, Shape]]:
        """Where signs of marks are painted, at the left edge of the scroll bar: in rows, so that none lies on another.

        Of the marks in one row, that with the most to say has its sign there."""
        last = max(0, int(self.height() // SIZE) - 1)
        rows: dict[int, Shape] = {}
        for place, shape in self._marks():
            row = min(last, int(place * (last + 1)))
            rows[row] = max(shape, rows.get(row, shape))
        return [(QRectF(0, row * SIZE, SIZE, SIZE), shape) for row, shape in sorted(rows.items())]

    def _picture_of_marks(self) -> QPixmap:
        """The signs of all marks: hundreds of them are not drawn again with each step of scrolling."""
        ratio = self.devicePixelRatioF()
        drawn_for = (self._marks(), self.size(), ratio, self.theme)
        if self._drawn is None or self._drawn[0] != drawn_for:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._paint_signs(painter)
            painter.end()
            self._drawn = (drawn_for, picture)
        return self._drawn[1]

    def _paint_signs(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.page), 1))  # stands out from the handle and from ticks
        painter.setBrush(QColor(self.theme.text))
        for box, shape in self.signs():
            left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
            if shape is Shape.DOT:
                painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
            elif shape is Shape.RIBBON:
                middle = QPointF((left + right) / 2, bottom - 3)
                painter.drawPolygon(
                    [QPointF(left, top), QPointF(right, top), QPointF(right, bottom), middle, QPointF(left, bottom)]
                )
            else:
                painter.drawRect(box)
                painter.fillRect(box.adjusted(2, 2, -2, -2), QColor(self.theme.page))
