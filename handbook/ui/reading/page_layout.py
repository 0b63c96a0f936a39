"""How a page stands in its view: in a column, in letters that fit, laid out as seldom as can be.

Belongs here: putting HTML into the document, when Qt lays it out, which width that is for. Not here: the measures of
the column (page_column.py) and of letters on a narrow page (narrow_page.py), at which words the page stays
(page_places.py)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QResizeEvent

from handbook.ui.reading import narrow_page, page_column
from handbook.ui.reading.page_column import PageColumn
from handbook.ui.widgets.theme import PageLook, Theme, page_font, page_style

if TYPE_CHECKING:
    from handbook.ui.reading.page_places import WentTo, Words
    from handbook.ui.reading.reader import Reader

_LONG = 100_000  # letters of HTML from which a page is long whatever the size of the window
_SLOW = 0.1  # s to lay a long page out, from which that waits until the window has its width
_WIDTH_SOON = 150  # ms without another width, after which it has


class PageLayout:
    """The layout of the page of one reader, in a theme, with letters of some points, and a look.

    view: the size of what is in view. Kept here, because viewport() would have PySide set up every kind of widget
          there is, to find out which this one is: 24 ms at the start."""

    def __init__(self, reader: Reader, theme: Theme, points: int, look: PageLook) -> None:
        self._reader = reader
        self.theme, self.points, self.look = theme, points, look
        self.view = QSize(760, 800)
        self._html = ""
        self._fits: narrow_page.Fits | None = None  # how the page was set; None before there is one
        self._under = False  # do the links of the margin stand under the text, for want of width?
        self._waits = False  # for its size, before the first page is laid out?
        self._took = 0.0  # s to lay the page out
        self._width_soon = QTimer(reader)
        self._width_soon.setSingleShot(True)
        self._width_soon.setInterval(_WIDTH_SOON)
        self._width_soon.timeout.connect(self._take_width)

    @property
    def column(self) -> PageColumn:
        """The column that the view has room for."""
        return PageColumn(self.points, self.look, self.view.width())

    @property
    def column_width(self) -> float:
        """The width of the column that the page has, in pixels."""
        form = page_column.root_frame(self._reader.document()).frameFormat()
        return self.view.width() - form.leftMargin() - form.rightMargin()

    @property
    def _is_long(self) -> bool:
        return len(self._html) > _LONG

    # -- Putting a page in -----------------------------------------------------------------------------------

    def wait_for_size(self) -> None:
        """Have the first page laid out when the window is shown: its width is not known before."""
        self._waits = True

    def take(self, html: str) -> None:
        """Take another page, which put() is to put in."""
        self._html = html
        self._keep_bar()

    def _keep_bar(self) -> None:
        """Have the scroll bar there from the first: if it came when a page is laid out, that would be done twice."""
        always, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._reader.setVerticalScrollBarPolicy(always if self._waits or self._is_long else as_needed)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Have Qt lay the page out once, after the block: else as it comes, again with bullets, again in its column."""
        self._reader.document().setLayoutEnabled(False)
        try:
            yield
        finally:
            if self._width_soon.isActive():
                self._width_soon.stop()
                self._reader.document().setPageSize(QSizeF(self.view.width(), -1))
            if not self._waits:
                self._lay_out()

    def _lay_out(self) -> None:
        """Switch the layout on, which lays the page out."""
        begin = time.perf_counter()
        self._reader.document().setLayoutEnabled(True)
        self._took = time.perf_counter() - begin

    def put(self) -> None:
        """Put the page into the document, while the layout is held(). fit() is to follow."""
        document = self._reader.document()
        fits = self._fits = self.column.fits
        font = page_font(fits.points, self.look.words)
        style = page_style(self.theme, fits.points, self.look, fits.inset)
        if document.defaultFont() != font:
            document.clear()  # or the old page would be laid out once more
            document.setDefaultFont(font)
        if document.defaultStyleSheet() != style:
            document.setDefaultStyleSheet(style)
        self._under = self.column.is_narrow
        self._reader.setHtml(page_column.with_links_under(self._html) if self._under else self._html)
        if self._under:
            page_column.flatten_empty_rows(document)
        page_column.space_markers(document)
        narrow_page.shrink_headings(document, fits)

    def fit(self) -> None:
        """Set the page in the column that the view has room for."""
        if self.column.fit(self._reader.document()):
            self._reader.laid_out_anew()

    # -- Another width ---------------------------------------------------------------------------------------

    def resize(self, event: QResizeEvent, pass_on: Callable[[QResizeEvent], None]) -> None:
        """Follow the view's size. pass_on: what Qt does with the event."""
        reader, bar = self._reader, self._reader.verticalScrollBar()
        if self._is_long and not self._waits and event.oldSize().width() not in (-1, event.size().width()):
            self._resize_long(event, pass_on)
            return
        keep, went = reader.places.words_at_top(), reader.places.went_to
        self.view = event.size()  # of the viewport: that is what a scroll area is told
        reader.laid_out_anew()
        wider = event.oldSize().width() != event.size().width()
        if wider:
            self.fit()  # before Qt lays the page out, or it would do it twice
        before = bar.value()
        pass_on(event)
        if self._waits:
            self._waits = False
            self._lay_out()
            self._keep_bar()
        if not self._width_soon.isActive():
            # As a window is shown, the scroll bar takes its room without a word of Qt's: lines have that width then.
            self.view.setWidth(round(reader.document().textWidth()))
        if wider:
            self._follow_width(keep, went)
        elif before > bar.maximum():  # the view showed the room below the page
            reader.room.keep()
            bar.setValue(before)
        reader.marking.follow()

    def _resize_long(self, event: QResizeEvent, pass_on: Callable[[QResizeEvent], None]) -> None:
        """Take another width with a long page: of a table of thousands of cells each layout takes half a second.

        Qt would lay it out for its margins and again for its width, and for each step while a border is dragged."""
        self.view = event.size()
        if self._took > _SLOW:
            self._width_soon.start()
        else:
            self._take_width()
        pass_on(QResizeEvent(event.size(), QSize(event.size().width(), event.oldSize().height())))
        self._reader.marking.follow()

    def _take_width(self) -> None:
        """Set a long page in the width that the view has now."""
        reader = self._reader
        keep, went = reader.places.words_at_top(), reader.places.went_to
        reader.laid_out_anew()
        reader.document().setLayoutEnabled(False)
        self.fit()
        reader.document().setPageSize(QSizeF(self.view.width(), -1))
        self._lay_out()
        self._follow_width(keep, went)
        reader.marking.follow()

    def _follow_width(self, keep: Words, went: WentTo | None) -> None:
        """The view has another width: stay at the same words, and set the page anew where that changes how it is."""
        column = self.column
        under = self._under != column.is_narrow and page_column.has_links_beside(self._html)
        if under or (self._fits is not None and self._fits != column.fits):
            self._reader.set_anew(keep, went)
        else:
            self._reader.places.return_to(keep, went)
