"""Ticks beside the page, in its scroll bar: where on the whole page the matches are.

Belongs here: painting them. Not here: which matches there are and how far down they stand (reader.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollBar, QWidget

from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

HEIGHT = 3.0  # pixels of a tick
GAP = 3.0  # pixels at its left and right; the tick of the match that F3 stands on has none


class ScrollbarMarkers(QWidget):
    """Lies over a scroll bar, lets the mouse through, and paints a tick for every match.

    places:  asked at each painting for how far down each match stands, from 0 (top of the page) to 1.
    current: asked for the number of the match that stands out, -1 for none."""

    def __init__(
        self, bar: QScrollBar, theme: Theme, places: Callable[[], Sequence[float]], current: Callable[[], int]
    ) -> None:
        super().__init__(bar)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._places, self._current = places, current
        self.theme = theme
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
        painter.end()
