"""What is marked on the page and the way from one match to the next: a query's words, or those of the find bar.

Belongs here: which of the two marks the page, and what F3 does. Not here: painting marks (reader.py), asking
the index (searching.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from handbook.ui.bars import FindBar
from handbook.ui.reader import Reader, spans_of_words


class Matches(QObject):
    """The matches on the page of one reader.

    place_bar: puts the find bar into the window when it is made, which is when it is first wanted."""

    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds

    def __init__(self, reader: Reader, place_bar: Callable[[QWidget], object]) -> None:
        super().__init__(reader)
        self._reader, self._place_bar = reader, place_bar
        self._query = ""  # the query whose words are marked

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar for finding in the page, under it."""
        bar = FindBar()
        bar.changed.connect(self._find_typed)
        bar.step.connect(self.step)
        bar.closed.connect(self._find_closed)
        self._place_bar(bar)
        return bar

    def mark_query(self, query: str) -> None:
        """Mark a query's words on this page and on those opened after it; "" marks nothing any more."""
        self._query = query
        if query.strip():
            from handbook import search

            self._reader.mark(search.matcher(query, typing=True))
        else:
            self._reader.clear_marks()

    def page_changed(self, *, chapter: bool) -> None:
        """Mark a page that is new in the reader; a query's words are marked in chapters only."""
        if chapter:
            self.mark_query(self._query)
        if self._finding:
            self._reader.mark(spans_of_words(self.find_bar.field.text()))
            self.find_bar.show_count(self._reader.current_match, self._reader.matches)

    def stand_on_first(self, anchor: str) -> None:
        """Stand on the first match of a section."""
        self._reader.to_first_match(anchor)
        self._tell()

    def step(self, way: int) -> None:
        """F3: to the next match on the page, going round at its end."""
        if not self._reader.to_match(way):
            if not self._reader.matches:
                self.said.emit(self.tr("No marked words on this page."), 4000)
                return
            self._reader.stand_outside()
            self._reader.to_match(way)
        self._tell()

    def _tell(self) -> None:
        current, total = self._reader.current_match, self._reader.matches
        if "find_bar" in self.__dict__:
            self.find_bar.show_count(current, total)
        if total and current >= 0:
            self.said.emit(self.tr("Match {k} of {n} on this page").format(k=current + 1, n=total), 6000)

    # -- Finding in the page -----------------------------------------------------------------------------------

    def find(self) -> None:
        """Show the bar, with the selected words in it."""
        self.find_bar.open_bar(self._reader.selected_text())

    def hide_find(self) -> None:
        """Put the bar away; what is marked stays."""
        if "find_bar" in self.__dict__:
            self.find_bar.hide()

    @property
    def _finding(self) -> bool:
        return "find_bar" in self.__dict__ and not self.find_bar.isHidden()

    def _find_typed(self, words: str) -> None:
        self._query = ""
        self._reader.mark(spans_of_words(words))
        if words:
            self._reader.to_match_in_view()
        self.find_bar.show_count(self._reader.current_match, self._reader.matches)

    def _find_closed(self) -> None:
        self._reader.clear_marks()
        self._reader.setFocus()
