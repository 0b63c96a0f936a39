"""What the person marked on a page: highlighted words, ribbons of bookmarks, signs of notes.

Belongs here: their looks, in the text and in its left margin, and which of them are near the view. Not here: what is
marked (ui/marks/), the marks of a search (page_matches.py), painting in the scroll bar (scrollbar_markers.py).

Hundreds of marks may be on one page, so only those near the view are given to Qt, and painted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from handbook.ui.reading.scrollbar_markers import Marker, Shape

if TYPE_CHECKING:
    from handbook.ui.reading.shown import Highlight
    from handbook.ui.widgets.theme import Theme

_UNDERLINES = (
    QTextCharFormat.UnderlineStyle.NoUnderline,
    QTextCharFormat.UnderlineStyle.SingleUnderline,
    QTextCharFormat.UnderlineStyle.DashUnderline,
    QTextCharFormat.UnderlineStyle.WaveUnderline,
)
# Where all grounds are alike: none of them may have no line, nor that of a word found.
_UNDERLINES_ALONE = (
    QTextCharFormat.UnderlineStyle.SingleUnderline,
    QTextCharFormat.UnderlineStyle.DotLine,
    QTextCharFormat.UnderlineStyle.DashDotLine,
    QTextCharFormat.UnderlineStyle.WaveUnderline,
)


class PageMarks:
    """The marks of the page that a text widget shows.

    height_of: the height in the document of a position in it. Call laid_out_anew() when the layout changes."""

    def __init__(self, page: QTextEdit, theme: Theme, height_of: Callable[[int], float]) -> None:
        self.theme = theme
        self._page, self._height_of = page, height_of
        self.all: tuple[Highlight, ...] = ()
        self._words: list[Highlight] = []  # by where they end
        self._ends: list[int] = []
        self._longest = 0
        self._signs: list[tuple[int, Highlight]] = []  # (position, mark), by position
        self._near = (0.0, 0.0)  # heights in the document between which words have been given to Qt
        self.markers: tuple[Marker, ...] = ()  # what the scroll bar shows, as measure() found it
        self.is_measured = True

    def show(self, marks: Iterable[Highlight], position_of: Callable[[str], int | None]) -> None:
        """Take other marks. position_of: where an anchor stands in the document."""
        self.all = tuple(marks)
        self._words = sorted((one for one in self.all if one.start >= 0), key=lambda one: one.end)
        self._ends = [one.end for one in self._words]
        self._longest = max((one.end - one.start for one in self._words), default=0)
        self._signs = []
        for one in self.all:
            position = position_of(one.anchor) if one.start < 0 else one.start if one.noted else None
            if position is not None:
                self._signs.append((position, one))
        self._signs.sort(key=lambda sign: sign[0])
        self.markers = ()
        self.laid_out_anew()

    def laid_out_anew(self) -> None:
        """Note that all stands at other heights."""
        self._near = (0.0, 0.0)
        self.is_measured = not self.all

    # -- Near the view ---------------------------------------------------------------------------------------

    def follows(self) -> bool:
        """Have the words in view been given to Qt?"""
        top = self._page.verticalScrollBar().value()
        return not self._words or (self._near[0] <= top and top + self._page.viewport().height() <= self._near[1])

    def selections(self) -> list[QTextEdit.ExtraSelection]:
        """The marked words in the view, and as far above and below it as the view is high."""
        if not self._words:
            return []
        top, view = self._page.verticalScrollBar().value(), self._page.viewport().height()
        self._near = (float(top - view), float(top + 2 * view))
        first, last = self._positions(*self._near)
        found: list[QTextEdit.ExtraSelection] = []
        for one in self._words[bisect_left(self._ends, first) :]:
            if one.end - self._longest > last:
                break
            if one.start <= last:
                found.append(self._selection_of(one))
        return found

    def _positions(self, top: float, bottom: float) -> tuple[int, int]:
        """The positions in the document between two heights in it."""
        layout = self._page.document().documentLayout()
        width = self._page.document().size().width()  # which lays it out to its end, or Qt answers with any line
        first = layout.hitTest(QPointF(0, max(0.0, top)), Qt.HitTestAccuracy.FuzzyHit)
        last = layout.hitTest(QPointF(width, bottom), Qt.HitTestAccuracy.FuzzyHit)
        return first, last if last >= 0 else self._page.document().characterCount()

    def _selection_of(self, mark: Highlight) -> QTextEdit.ExtraSelection:
        """Four looks that differ by more than their colour: by the line under the words."""
        form = QTextCharFormat()
        form.setBackground(QColor(self.theme.highlights[(mark.style - 1) % len(self.theme.highlights)]))
        lines = _UNDERLINES_ALONE if self.theme.contrast else _UNDERLINES
        form.setUnderlineStyle(lines[(mark.style - 1) % len(lines)])
        form.setUnderlineColor(QColor(self.theme.text))
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, form
        return selection

    # -- In the margin ---------------------------------------------------------------------------------------

    def paint_signs(self) -> None:
        """In the left margin, a ribbon for a bookmark and a small sheet for a note; while the page is painted."""
        if not self._signs:
            return
        top = self._page.verticalScrollBar().value()
        first, last = self._positions(top, top + self._page.viewport().height())
        painter = QPainter(self._page.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        for position, one in self._signs[bisect_left(self._signs, first, key=lambda sign: sign[0]) :]:
            if position > last:
                break
            self._paint_sign(painter, position, one)
        painter.end()

    def _paint_sign(self, painter: QPainter, position: int, mark: Highlight) -> None:
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(position)
        box = self._page.cursorRect(cursor)
        left, top = 6, box.top() + max(0, box.height() - 16) // 2
        both = mark.start < 0 and mark.noted
        below = both and box.left() < left + 26  # in a narrow page the two have no room beside each other
        if below:
            top -= 8
        if mark.start < 0:
            ribbon = [QPoint(left, top), QPoint(left + 10, top), QPoint(left + 10, top + 16),
                      QPoint(left + 5, top + 11), QPoint(left, top + 16)]  # fmt: skip
            painter.drawPolygon(ribbon)
        if mark.noted:
            at = left + 13 if both and not below else left
            top += 17 if below else 0
            painter.drawRect(at, top + 1, 11, 14)
            painter.fillRect(at + 2, top + 5, 7, 2, QColor(self.theme.page))
            painter.fillRect(at + 2, top + 9, 7, 2, QColor(self.theme.page))

    # -- In the scroll bar -----------------------------------------------------------------------------------

    def measure(self, whole: float) -> None:
        """Find out how far down each mark stands. whole: the height of all that can be scrolled over."""
        made = {Marker(self._height_of(one.start) / whole, _shape_of(one)) for one in self._words}
        made |= {Marker(self._height_of(position) / whole, _shape_of(one)) for position, one in self._signs}
        self.markers, self.is_measured = tuple(sorted(made)), True


def _shape_of(mark: Highlight) -> Shape:
    if mark.start < 0:
        return Shape.RIBBON
    return Shape.SHEET if mark.noted else Shape.DOT
