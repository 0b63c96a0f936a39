"""What is marked on the page and the way from one match to the next: a query's words, or those of the find bar.

Belongs here: which of the two marks the page, and what F3 does. Not here: painting marks (marking.py), asking
the index (searching/controller.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.ui.reading.letters import Spans, spans_of_words
from handbook.ui.reading.reader import Reader
from handbook.ui.widgets.bars import FindBar

Marker = Callable[[str], Spans]  # the stretches of any paragraph that a query matches


class Matches(QObject):
    """The matches on the page of one reader.

    beyond: asked for the page after (+1) or before (-1) this one when its matches are at an end; it answers
        False where there is no other, and then F3 goes round on this one."""

    bar_made = Signal(QWidget)  # the find bar, when it is first wanted: place it
    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds
    stood_on = Signal(str)  # a match is the current one: which of how many
    outdated = Signal(str)  # such a line is no longer true

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._reader = reader
        self._marker: Marker | None = None  # of the query whose words are marked
        self._fresh = True  # is the page marked with it?
        self._begin = -1  # position in the page from which what is typed is sought; -1: from what is in view
        self._left_at = 0  # scroll value at which finding left the page
        self._told = ""  # which match of how many
        self.beyond: Callable[[int], bool] = lambda _: False

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar for finding in the page, under it."""
        bar = FindBar()
        bar.changed.connect(self._find_typed)
        bar.step.connect(self.step)
        bar.closed.connect(self._find_closed)
        self.bar_made.emit(bar)
        return bar

    # -- A query's words ---------------------------------------------------------------------------------------

    def expect(self, marker: Marker) -> None:
        """Take a query's words for the page that is opened next, or for this one if it is the same."""
        self._marker, self._fresh = marker, False
        self.hide_find()

    def clear(self) -> None:
        """Mark nothing any more."""
        self._marker, self._fresh = None, True
        self._clear_marks()

    def page_changed(self, *, chapter: bool) -> None:
        """Mark a page that is new in the reader; a query's words are marked in chapters only."""
        if chapter:
            self._mark()
        else:
            self._tell_no_more()
        self._begin = -1
        if self._finding:
            self._reader.found.mark(spans_of_words(self.find_bar.field.text()))
            self.find_bar.show_count(self._reader.found.current, self._reader.found.count)

    def _mark(self) -> None:
        self._fresh = True
        self._tell_no_more()
        if self._marker is None:
            self._reader.found.clear()
        else:
            self._reader.found.mark(self._marker)

    def _clear_marks(self) -> None:
        self._reader.found.clear()
        self._tell_no_more()

    def stand_on_first(self, anchor: str, passage: str) -> None:
        """Stand on the first match of a section's passage, or of the section."""
        if not self._fresh:
            self._mark()
        self._reader.found.to_first_in(anchor, passage)
        self._tell()

    def stand_at_end(self, way: int) -> None:
        """Stand on the page's first match (+1) or on its last (-1)."""
        self._reader.found.stand_outside()
        self._reader.found.step(way)
        self._begin_here()
        self._tell()

    def step(self, way: int) -> None:
        """F3: to the next match on the page; at its end to the next page with hits, or round."""
        if self._reader.found.step(way):
            self._begin_here()
            self._tell()
        elif self._finding or not self.beyond(way):
            if self._reader.found.count:
                self.stand_at_end(way)
            else:
                self.said.emit(tr("No marked words on this page."), 4000)

    def _tell(self) -> None:
        current, total = self._reader.found.current, self._reader.found.count
        if "find_bar" in self.__dict__:
            self.find_bar.show_count(current, total)
        if total and current >= 0:
            self._told = tr("Match {k} of {n} on this page").format(k=current + 1, n=total)
            self.stood_on.emit(self._told)

    def _tell_no_more(self) -> None:
        """Take the line about the current match back."""
        if self._told:
            self.outdated.emit(self._told)
            self._told = ""

    # -- Finding in the page -----------------------------------------------------------------------------------

    def find(self) -> None:
        """Show the bar, with the selected words in it; what is typed is sought from here, and from them if there are.

        The place is kept while one types: each letter may scroll the page, and the next is not sought from there."""
        words = self._reader.selected_text()
        if not self._finding or (words and words != self.find_bar.field.text()):
            self._begin = self._reader.textCursor().selectionStart() if words else -1
            self._left_at = self._scrolled
        self.find_bar.open_bar(words)

    def hide_find(self) -> None:
        """Put the bar away; what is marked stays."""
        if "find_bar" in self.__dict__:
            self.find_bar.hide()

    @property
    def _finding(self) -> bool:
        return "find_bar" in self.__dict__ and not self.find_bar.isHidden()

    @property
    def _scrolled(self) -> int:
        return self._reader.verticalScrollBar().value()

    def _begin_here(self) -> None:
        """The person went on to a match: letters typed after that are sought from it."""
        self._begin, self._left_at = self._reader.found.position, self._scrolled

    def _find_typed(self, words: str) -> None:
        self._marker = None
        if self._begin < 0 or self._left_at != self._scrolled:  # scrolled by hand since
            self._begin = self._reader.first_in_view()
        self._tell_no_more()
        self._reader.found.mark(spans_of_words(words))
        if words:
            self._reader.found.to_first_from(self._begin)
        self._left_at = self._scrolled
        self.find_bar.show_count(self._reader.found.current, self._reader.found.count)

    def _find_closed(self) -> None:
        self._clear_marks()
        self._reader.setFocus()
