"""All that is marked on a page, brought together for Qt and for the scroll bar.

Belongs here: what the person marked, the matches of a search and the link that the keyboard is on, one over the other.
Not here: each of these by itself (page_marks.py, page_matches.py, focused_link.py), painting in the scroll bar
(scrollbar_markers.py)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor

from handbook.ui.reading.letters import as_qt_counts

if TYPE_CHECKING:
    from handbook.ui.reading.page_marks import PageMarks
    from handbook.ui.reading.reader import Reader
    from handbook.ui.reading.scrollbar_markers import ScrollbarMarkers
    from handbook.ui.reading.shown import Highlight


class Marking:
    """What is marked on the page of one reader, which calls forget(), laid_out_anew() and restyle()."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._own: PageMarks | None = None  # the person's; made for the first page that has some

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """What the person marked on this page."""
        return self._own.all if self._own is not None else ()

    def show_highlights(self, highlights: Sequence[Highlight], text: str = "") -> None:
        """Show the words and sections that the person marked, under the matches of a search.

        text: the page's, as toPlainText() gives it, where words are among them."""
        reader = self._reader
        if self._own is None:
            if not highlights:
                return
            from handbook.ui.reading.page_marks import PageMarks  # for pages with marks: a start can do without

            self._own = PageMarks(reader, reader.theme, reader.height_of)
        if reader.document().characterCount() - 1 != len(text):  # Qt counts some letters twice
            spans = as_qt_counts(text, tuple((max(0, one.start), max(0, one.end)) for one in highlights))
            highlights = [
                one if one.start < 0 else one._replace(start=first, end=last)
                for one, (first, last) in zip(highlights, spans, strict=True)
            ]
        self._own.show(highlights, reader.places.position_of_section)
        self.paint()
        reader.viewport().update()
        self.scrollbar.update()

    def go_to(self, highlight: str) -> None:
        """Bring the words of a highlight, by its id, into view and select them; nothing where they are not here."""
        for one in self.highlights:
            if one.id == highlight and one.start >= 0:
                self._reader.select(one.start, one.start)
                self._reader.ensureCursorVisible()
                self._reader.select(one.start, one.end)
                return

    def at(self, position: int) -> str:
        """The id of the highlight at a position in the document, the last one put there; "" where there is none."""
        there = [one.id for one in self.highlights if one.start <= position <= one.end]
        return there[-1] if there else ""

    # -- When the page changes -------------------------------------------------------------------------------

    def forget(self) -> None:
        """Have no highlights, as another page comes."""
        if self._own is not None:
            self._own.show((), self._reader.places.position_of_section)

    def laid_out_anew(self) -> None:
        """Note that all stands at other heights."""
        self._reader.found.laid_out_anew()
        if self._own is not None:
            self._own.laid_out_anew()

    def restyle(self) -> None:
        """Take the colours that the page has now."""
        if "scrollbar" in self.__dict__:
            self.scrollbar.theme = self._reader.theme
        if self._own is not None:
            self._own.theme = self._reader.theme
        self.paint()

    def follow(self) -> None:
        """Give Qt the highlighted words that have come near the view."""
        if self._own is not None and not self._own.follows():
            self.paint()

    # -- Painting --------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Give Qt all that is marked now."""
        reader = self._reader
        rings: dict[int, QColor] = {}  # frames around pictures, by their numbers
        selections = self._own.selections() if self._own is not None else []
        selections += reader.found.selections(reader.theme, rings)
        selections += reader.link.selections(reader.theme, rings)
        reader.setExtraSelections(selections)
        reader.frame_pictures(rings)
        if "scrollbar" in self.__dict__ or reader.found.count:
            self.scrollbar.update()

    def paint_signs(self) -> None:
        """Paint what stands in the margin, after the page itself."""
        if self._own is not None:
            self._own.paint_signs()
            if not self._own.is_measured:
                QTimer.singleShot(0, self._reader, self._measure)

    def _measure(self) -> None:
        """Let the scroll bar show where highlights are; when the page has been painted, as it takes a moment."""
        if self._own is not None and not self._own.is_measured:
            self._own.measure(self._reader.whole_height())
            self.scrollbar.update()

    @cached_property
    def scrollbar(self) -> ScrollbarMarkers:
        """What is painted beside the page's scroll bar; made for the first page that has something marked."""
        from handbook.ui.reading.scrollbar_markers import ScrollbarMarkers

        return ScrollbarMarkers(
            self._reader.verticalScrollBar(),
            self._reader.theme,
            lambda: self._reader.found.heights,
            lambda: self._reader.found.current,
            lambda: self._own.markers if self._own is not None else (),
        )
