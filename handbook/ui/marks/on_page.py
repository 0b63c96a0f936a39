"""The marks of one page in one reader: where their words stand on it.

Belongs here: finding them without letting the person wait, and remembering where they were found. Not here: which marks
there are (controller.py), how they look (reading/page_marks.py).

What is found in a moment is shown at once. Where hundreds are to be looked for, or words that were reworded, the page
is painted first."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from handbook.marks.anchoring import Quote, Text, exactly, nearly
from handbook.marks.model import Mark
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shown import Highlight

FEW = 60  # marks of a page that was not read yet, up to which it is read before it is shown
AT_ONCE = 0.003  # seconds of looking before the page is shown
AT_A_TIME = 0.010  # and before the window answers again
MOST_PAGES = 8  # that are remembered
_Place = tuple[int, int] | None


class Known(NamedTuple):
    """A page's text, and where quotes were found in it; None for those that are not there."""

    text: Text
    places: dict[Quote, _Place]


_NOTHING = Known(Text(""), {})


class Places:
    """Where the quotes of pages stand, for all readers. A page says the same each time that it is opened."""

    def __init__(self) -> None:
        self._pages: dict[str, Known] = {}

    def has(self, chapter: str) -> bool:
        """Has the page of a chapter been read?"""
        return chapter in self._pages

    def of(self, chapter: str, text: str) -> Known:
        """What is known of the page of a chapter, which has this text."""
        known = self._pages.pop(chapter, None)
        if known is None or known.text.text != text:
            known = Known(Text(text), {})
        self._pages[chapter] = known  # the last one used
        if len(self._pages) > MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        return known


class MarksOnPage(QObject):
    """Finds the marks of the page that a reader shows. section_of: the anchor of a mark's section."""

    def __init__(self, reader: Reader, places: Places, section_of: Callable[[Mark], str]) -> None:
        super().__init__(reader)
        self._reader, self._places, self._section_of = reader, places, section_of
        self._chapter = ""
        self._marks: list[tuple[Mark, Quote]] = []
        self._known = _NOTHING
        self._unread: deque[Quote] = deque()  # not looked for yet
        self._absent: deque[Quote] = deque()  # whose very words are not there
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)

    def show(self, chapter: str, marks: Sequence[Mark]) -> None:
        """Show the marks of a chapter, whose page the reader has."""
        self._later.stop()
        self._chapter, self._marks = chapter, [(mark, _quote_of(mark)) for mark in marks]
        self._known = _NOTHING
        self._unread.clear()
        self._absent.clear()
        if len(marks) <= FEW or self._places.has(chapter):
            self._prepare()
            self._look(AT_ONCE)
        self._paint()
        if self._known is _NOTHING or self._unread or self._absent:
            self._later.start()

    def _prepare(self) -> None:
        """Read the page, and see which words are to be looked for."""
        quotes = [quote for _, quote in self._marks if quote.exact]
        if quotes:
            self._known = self._places.of(self._chapter, self._reader.toPlainText())
            self._unread.extend(dict.fromkeys(one for one in quotes if one not in self._known.places))

    def find(self, mark: Mark) -> None:
        """Find one mark now, if it has not been looked for yet."""
        if self._known is _NOTHING:
            self._prepare()
        if self._known is _NOTHING:
            return  # no words are marked on this page
        quote = _quote_of(mark)
        if quote not in self._known.places:
            text = self._known.text
            self._known.places[quote] = exactly(quote, text) or nearly(quote, text)
            self._paint()

    def _look(self, seconds: float) -> None:
        """Look for words for some time: first for those that stand there as they were."""
        end = time.monotonic() + seconds
        while self._unread and time.monotonic() < end:
            quote = self._unread.popleft()
            place = exactly(quote, self._known.text)
            if place is None:
                self._absent.append(quote)
            else:
                self._known.places[quote] = place

    def _go_on(self) -> None:
        if self._known is _NOTHING:
            self._prepare()
        if self._unread:
            self._look(AT_A_TIME)
            shown_anew = not self._unread
        elif not self._absent:
            return
        else:
            quote = self._absent.popleft()
            place = self._known.places[quote] = nearly(quote, self._known.text)
            shown_anew = place is not None
        if shown_anew:
            self._paint()
        if self._unread or self._absent:
            self._later.start()

    def _paint(self) -> None:
        shown: list[Highlight] = []
        for mark, quote in self._marks:
            if mark.kind == "bookmark":
                shown.append(Highlight(-1, -1, 0, noted=bool(mark.note), anchor=self._section_of(mark), id=mark.id))
                continue
            place = self._known.places.get(quote)
            if place is not None:
                shown.append(Highlight(*place, mark.style, noted=bool(mark.note), id=mark.id))
        self._reader.marking.show_highlights(shown, self._known.text.text)


def _quote_of(mark: Mark) -> Quote:
    return Quote(mark.quote, mark.before, mark.after)
