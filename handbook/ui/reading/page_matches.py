"""The matches on a page: where they are, which one stands out, how they look.

Belongs here: the way from one to the next. Not here: which words are sought (matches.py), what the person marked
(page_marks.py), giving their looks to Qt (marking.py)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from handbook.ui.reading.letters import Spans, as_qt_counts, letters_of
from handbook.ui.reading.selected import in_margin

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader
    from handbook.ui.widgets.theme import Theme


class PageMatches:
    """The matches of one reader. Call forget() when its text changes, and laid_out_anew() when only the layout does."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._spans: list[tuple[int, int]] = []  # positions in the document
        self._current = -1
        self._heights: tuple[float, ...] | None = None  # made when asked for

    @property
    def count(self) -> int:
        """How many stretches of the page are marked."""
        return len(self._spans)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The positions in the document of what is marked."""
        return tuple(self._spans)

    @property
    def current(self) -> int:
        """The match that stands out, counted from 0; -1 when there is none."""
        return self._current

    @property
    def position(self) -> int:
        """The position in the document of the match that stands out; -1 when there is none."""
        return self._spans[self._current][0] if self._current >= 0 else -1

    @property
    def heights(self) -> tuple[float, ...]:
        """How far down the page each match stands: 0 is the top, 1 the foot."""
        if self._heights is None:
            whole = self._reader.whole_height()
            self._heights = tuple(self._reader.height_of(start) / whole for start, _ in self._spans)
        return self._heights

    def forget(self) -> tuple[list[tuple[int, int]], int]:
        """Have no matches; gives those that were there, for restore(). The page is painted by whoever calls this."""
        before = self._spans, self._current
        self._spans, self._current, self._heights = [], -1, None
        return before

    def restore(self, before: tuple[list[tuple[int, int]], int]) -> None:
        """Have the matches again that forget() gave, as the same text was put in anew."""
        (self._spans, self._current), self._heights = before, None

    def laid_out_anew(self) -> None:
        """Note that all stands at other heights."""
        self._heights = None

    # -- Marking ---------------------------------------------------------------------------------------------

    def mark(self, spans_of: Callable[[str], Spans]) -> None:
        """Mark what `spans_of` finds in each paragraph, and stand on none of it yet."""
        self.forget()
        block = self._reader.document().begin()
        while block.isValid():
            start = block.position()
            if in_margin(block):
                block = block.next()
                continue
            # U+2028 is a line break and U+FFFC an object in Qt's text: one letter each, as in ours.
            spans = as_qt_counts(block.text(), spans_of(block.text()))
            self._spans.extend((start + first, start + last) for first, last in spans)
            block = block.next()
        self._reader.marking.paint()

    def clear(self) -> None:
        """Take all marks off the page."""
        self.forget()
        self._reader.marking.paint()

    def selections(self, theme: Theme, rings: dict[int, QColor]) -> list[QTextEdit.ExtraSelection]:
        """Their looks, for Qt. rings: takes the colour of a frame around each picture that has matches in its words."""
        made: list[QTextEdit.ExtraSelection] = []
        for number, (start, end) in enumerate(self._spans):
            here = number == self._current
            picture = self._reader.picture_words.picture_at(start)
            if picture is not None:  # its words are drawn: a frame around it stands for the mark
                if here or picture[0] not in rings:
                    rings[picture[0]] = QColor(theme.tick if here else theme.mark)
                continue
            cursor = QTextCursor(self._reader.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, _look(theme, here=here)
            made.append(selection)
        return made

    # -- From one to the next --------------------------------------------------------------------------------

    def step(self, way: int) -> bool:
        """Go to the next (+1) or previous (-1) match and bring it into view; False at the end of them."""
        if not self._spans:
            return False
        following = self._current + way
        if self._current < 0:
            following = 0 if way > 0 else len(self._spans) - 1
        if not 0 <= following < len(self._spans):
            return False
        self._stand_on(following)
        return True

    def stand_outside(self) -> None:
        """Stand on no match, so that the next step goes to the first or, backwards, to the last."""
        self._current = -1

    def to_first_from(self, position: int) -> None:
        """Go to the first match from a position in the document on, or to the first of all."""
        index = bisect_right([start for start, _ in self._spans], position - 1)
        if self._spans:
            self._stand_on(index if index < len(self._spans) else 0)

    def to_first_in(self, anchor: str, passage: str = "") -> None:
        """Go to the first match of a section, by its anchor; without one, to the anchor itself.

        passage: words of one of its paragraphs; where they are found, the first match from there on counts."""
        self._reader.go_to(anchor)
        first, end = self._reader.places.section_span(anchor)
        starts = [start for start, _ in self._spans]
        for position in (self._position_of(passage, first, end), first):
            index = bisect_right(starts, position - 1)
            if position >= 0 and index < len(starts) and starts[index] < end:
                self._stand_on(index)
                return

    def _position_of(self, passage: str, first: int, end: int) -> int:
        """Where a passage begins between two positions of the document; -1 if it is not there.

        By its letters alone: the page has its own line breaks and quotes, and numbers of footnotes."""
        wanted, _ = letters_of(passage)
        block = self._reader.document().findBlock(first)
        while wanted and block.isValid() and block.position() < end:
            there, places = letters_of(block.text())
            at = there.find(wanted)
            if at >= 0:
                return block.position() + places[at]
            block = block.next()
        return -1

    def _stand_on(self, index: int) -> None:
        self._current = index
        self._reader.marking.paint()
        self._reader.places.go_to_match(self._spans[index][0])


def _look(theme: Theme, *, here: bool) -> QTextCharFormat:
    """The look of a match. here: of the one that stands out."""
    form = QTextCharFormat()
    form.setBackground(QColor(theme.current if here else theme.mark))
    form.setForeground(QColor(theme.current_text if here else theme.mark_text))
    if theme.contrast and not here:  # its ground is the page's
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    if here:  # more than another colour, for those who can't tell the two apart
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(QColor(theme.current_text))
    return form
