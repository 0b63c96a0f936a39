"""The page: shows HTML in a column of readable width, knows where its anchors lie, marks words.

Belongs here: scrolling, zooming, keys and mouse. Not here: what a page says (page_source.py), where a link leads
(window/links.py), matches (page_matches.py) and marks (page_marks.py) and what is selected (selected.py)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextBrowser, QWidget

from handbook.base.catalogue import tr
from handbook.ui.reading import narrow_page, page_column, selected
from handbook.ui.reading.focused_link import FocusedLink
from handbook.ui.reading.letters import as_qt_counts
from handbook.ui.reading.page_column import PageColumn
from handbook.ui.reading.page_matches import PageMatches
from handbook.ui.reading.page_places import PagePlaces, WentTo, Words
from handbook.ui.reading.picture_words import PictureWords
from handbook.ui.reading.shown import Highlight, Shown, Target
from handbook.ui.widgets.theme import USUAL_LOOK, PageLook, Theme, page_font, page_style

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QWheelEvent,
    )

    from handbook.ui.reading.page_marks import PageMarks
    from handbook.ui.reading.page_pictures import PagePictures
    from handbook.ui.reading.scrollbar_markers import ScrollbarMarkers

_LONG = 100_000  # letters of HTML from which a page is long whatever the size of the window
_SLOW = 0.1  # s to lay a long page out, from which that waits until the window has its width
_WIDTH_SOON = 150  # ms without another width, after which it has
LEAST_HEIGHT = 84  # pixels


class Reader(QTextBrowser):
    """A QTextBrowser that opens nothing by itself: it says what was chosen, and the window decides."""

    place_changed = Signal(str)  # the anchor being read, "" at the top; while scrolling
    target_changed = Signal()  # commands act on another section now
    link_chosen = Signal(str)  # href as written in the page
    link_beside = Signal(str)  # the same, to be opened beside this page
    zoom_wanted = Signal(int)  # +1 or -1
    travel_wanted = Signal(int)  # -1 or +1, by the mouse: back or forward
    escape_pressed = Signal()
    replaced = Signal()  # the text is another one, or has other positions
    went = Signal(int)  # to a position in the document, by an address or a match
    painted = Signal()  # for the first time

    def __init__(self, theme: Theme, points: int, look: PageLook = USUAL_LOOK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        # Kept here, because viewport() would have PySide set up every kind of widget there is, to find out
        # which this one is: 24 ms at the start.
        self._view = QSize(760, 800)
        self.setMinimumHeight(LEAST_HEIGHT)  # Qt's own grows with the scroll bar: too much for large letters
        self._fits: narrow_page.Fits | None = None  # how the page was set; None before there is one
        # Translators: said by a screen reader, of the text that is read
        self.setAccessibleName(tr("Page"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._theme, self._points, self._look = theme, points, look
        self._under = False  # do the links of the margin stand under the text, for want of width?
        self._shown = Shown("", "")
        self.places = PagePlaces(self)
        self._room = 0  # the maximum of the scroll bar, with the space below the page
        self.found = PageMatches(self)
        self._marked: PageMarks | None = None  # made for the first page that has some
        self._is_painted = False
        self._link = FocusedLink(self)
        self._pictures: PagePictures | None = None  # made for the first page that has some
        self.picture_words = PictureWords(self.document(), ())
        self._menu_actions: Callable[[QMenu], None] = lambda _: None
        self.menu_link = ""  # the href of the link that the menu was opened on
        self.menu_mark = ""  # the id of the mark of words that it was opened on
        self._pressed_aside = False  # did the press open a link beside?
        self.changing = False  # is another text being put in?
        self._waits = False  # for its size, before the first page is laid out?
        self._take_key: Callable[[QKeyEvent], bool] = lambda _: False
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._laid_out_anew())
        self._room_soon = QTimer(self)  # later, as the range changes while Qt lays the page out
        self._room_soon.setSingleShot(True)
        self._room_soon.setInterval(0)
        self._room_soon.timeout.connect(self._keep_room)
        self._took = 0.0  # s to lay the page out
        self._width_soon = QTimer(self)
        self._width_soon.setSingleShot(True)
        self._width_soon.setInterval(_WIDTH_SOON)
        self._width_soon.timeout.connect(self._take_width)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self.selectionChanged.connect(self._link.follow_selection)
        self.selectionChanged.connect(self.places.note_target)

    # -- Showing -----------------------------------------------------------------------------------------

    @property
    def points(self) -> int:
        """Size of the text in points."""
        return self._points

    @property
    def shown(self) -> Shown:
        """The page as it was given."""
        return self._shown

    def wait_for_size(self) -> None:
        """Have the first page laid out when the window is shown: its width is not known before."""
        self._waits = True

    def show_page(self, shown: Shown) -> None:
        """Show a page from its top, without marks."""
        self._shown = shown
        self._keep_bar()
        if self._marked is not None:
            self._marked.show((), self.places.position_of_section)
        self.setAccessibleDescription(shown.title)
        self._room = 0
        self._set_html()
        self.places.begin()

    def _keep_bar(self) -> None:
        """Have the scroll bar there from the first: if it came when a page is laid out, that would be done twice."""
        always, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        is_long = self._waits or self._is_long
        self.setVerticalScrollBarPolicy(always if is_long else as_needed)

    def restyle(self, theme: Theme, points: int, look: PageLook | None = None) -> None:
        """Take other colours, another size or another look, and stay at the same words."""
        look = look or self._look
        if (theme, points, look) == (self._theme, self._points, self._look):
            return
        self._theme, self._points, self._look = theme, points, look
        self._set_anew(self.places.words_at_top(), self.places.went_to)

    def _set_anew(self, keep: Words, went: WentTo | None) -> None:
        """Set the page again, and stay at the same words: see PagePlaces.return_to()."""
        matches = self.found.forget()
        caret, end = self.textCursor().position(), self.textCursor().anchor()
        self._set_html()
        if self.caret_on or QAccessible.isActive():  # a screen reader reads on from it, also where it is not shown
            self.select(end, caret)
        self.found.restore(matches)
        if "_markers" in self.__dict__:
            self._markers.theme = self._theme
        if self._marked is not None:
            self._marked.theme = self._theme
        self.paint_marks()
        self.places.return_to(keep, went)

    def _set_html(self) -> None:
        self.changing = True
        # Qt would lay the page out as it comes, once more with its bullets and once more in its column.
        self.document().setLayoutEnabled(False)
        try:
            self._put_html()
        finally:
            if self._width_soon.isActive():
                self._width_soon.stop()
                self.document().setPageSize(QSizeF(self._view.width(), -1))
            if not self._waits:
                self._lay_out_again()
            self.changing = False
        if self._marked is not None and self._marked.all:
            self.paint_marks()
        self.replaced.emit()

    def _lay_out_again(self) -> None:
        """Switch the layout on, which lays the page out."""
        begin = time.perf_counter()
        self.document().setLayoutEnabled(True)
        self._took = time.perf_counter() - begin

    def _put_html(self) -> None:
        fits = self._fits = self._column.fits
        font = page_font(fits.points, self._look.words)
        style = page_style(self._theme, fits.points, self._look, fits.inset)
        if self.document().defaultFont() != font:
            self.document().clear()  # or the old page would be laid out once more
            self.document().setDefaultFont(font)
        if self.document().defaultStyleSheet() != style:
            self.document().setDefaultStyleSheet(style)
        self.found.forget()
        self._link.forget()
        self.picture_words = PictureWords(self.document(), self._shown.pictures)
        if self._shown.pictures or self._pictures is not None:
            self._page_pictures().show(self._shown.pictures, self._theme)
        self._under = self._column.is_narrow
        self.setHtml(page_column.with_links_under(self._shown.html) if self._under else self._shown.html)
        if self._under:
            page_column.flatten_empty_rows(self.document())
        page_column.space_markers(self.document())
        narrow_page.shrink_headings(self.document(), fits)
        self.places.take(self._shown.anchors)
        self._fit_column()

    @property
    def _column(self) -> PageColumn:
        return PageColumn(self._points, self._look, self._view.width())

    def _fit_column(self) -> None:
        if self._column.fit(self.document()):
            self._laid_out_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_long and not self._waits and event.oldSize().width() not in (-1, event.size().width()):
            self._resize_long(event)
            return
        keep, went = self.places.words_at_top(), self.places.went_to
        self._view = event.size()  # of the viewport: that is what a scroll area is told
        self._laid_out_anew()
        wider = event.oldSize().width() != event.size().width()
        if wider:
            self._fit_column()  # before Qt lays the page out, or it would do it twice
        before = self.verticalScrollBar().value()
        super().resizeEvent(event)
        if self._waits:
            self._waits = False
            self._lay_out_again()
            self._keep_bar()
        if not self._width_soon.isActive():
            # As a window is shown, the scroll bar takes its room without a word of Qt's: lines have that width then.
            self._view.setWidth(round(self.document().textWidth()))
        if wider:
            self._follow_width(keep, went)
        elif before > self.verticalScrollBar().maximum():  # the view showed the space below the page
            self._keep_room()
            self.verticalScrollBar().setValue(before)
        self._follow_marks()

    def _resize_long(self, event: QResizeEvent) -> None:
        """Take another width with a long page: of a table of thousands of cells each layout takes half a second.

        Qt would lay it out for its margins and again for its width, and for each step while a border is dragged."""
        self._view = event.size()
        if self._took > _SLOW:
            self._width_soon.start()
        else:
            self._take_width()
        super().resizeEvent(QResizeEvent(event.size(), QSize(event.size().width(), event.oldSize().height())))
        self._follow_marks()

    def _take_width(self) -> None:
        """Set a long page in the width that the view has now."""
        keep, went = self.places.words_at_top(), self.places.went_to
        self._laid_out_anew()
        self.document().setLayoutEnabled(False)
        self._fit_column()
        self.document().setPageSize(QSizeF(self._view.width(), -1))
        self._lay_out_again()
        self._follow_width(keep, went)
        self._follow_marks()

    def _follow_width(self, keep: Words, went: WentTo | None) -> None:
        """The view has another width: stay at the same words, and set the page anew where that changes how it is."""
        column = self._column
        under = self._under != column.is_narrow and page_column.has_links_beside(self._shown.html)
        if under or (self._fits is not None and self._fits != column.fits):
            self._set_anew(keep, went)
        else:
            self.places.return_to(keep, went)

    @property
    def _is_long(self) -> bool:
        return len(self._shown.html) > _LONG

    def _laid_out_anew(self) -> None:
        self.places.sections.laid_out_anew()
        self.found.laid_out_anew()
        if self._marked is not None:
            self._marked.laid_out_anew()

    def sizeHint(self) -> QSize:
        return QSize(760, 800)

    def readable_width(self) -> int:
        """Pixels that a line of the shortest length takes at this text size, with its margins."""
        return self._column.least_view

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load nothing: a page's pictures come by PagePictures, and no address of a content file is followed."""
        return None

    # -- Pictures ----------------------------------------------------------------------------------------

    def _page_pictures(self) -> PagePictures:
        if self._pictures is None:
            from handbook.ui.reading.page_pictures import PagePictures

            self._pictures = PagePictures(
                self.document(),
                self._column_width,
                self._repaint,
                self.devicePixelRatioF,
                lambda why: tr("This picture can't be drawn: {why}.").format(why=why),
            )
        return self._pictures

    @property
    def pictures(self) -> PagePictures:
        """The pictures of the page."""
        return self._page_pictures()

    def close_pictures(self) -> None:
        """Draw no more pictures; before the window goes."""
        if self._pictures is not None:
            self._pictures.close()

    def _column_width(self) -> float:
        form = page_column.root_frame(self.document()).frameFormat()
        return self._view.width() - form.leftMargin() - form.rightMargin()

    def _repaint(self) -> None:
        self.document().markContentsDirty(0, self.document().characterCount())

    # -- Places ------------------------------------------------------------------------------------------

    def go_to(self, anchor: str) -> None:
        """Scroll an anchor to the top; "" is the page's top; an unknown anchor changes nothing."""
        self.places.go_to(anchor)

    def go_to_position(self, position: int) -> None:
        """Put the caret at a position in the document and bring it into view, its section being the one read."""
        self.places.go_to_position(position)

    @property
    def place(self) -> str:
        """The anchor of the section being read."""
        return self.places.place

    @property
    def target(self) -> Target:
        """The sections that commands act on."""
        return self.places.target

    def offset(self) -> int:
        """Pixels scrolled below the place's top."""
        return self.places.offset()

    def scroll_below(self, anchor: str, offset: int) -> None:
        """Return to a place: an anchor and the pixels below its top."""
        self.places.scroll_below(anchor, offset)

    @property
    def view_height(self) -> int:
        """The height of what is in view, in pixels."""
        return self._view.height()

    @property
    def view_width(self) -> int:
        """The width of what is in view, in pixels."""
        return self._view.width()

    def lay_out(self) -> None:
        """Have the page laid out to its end now: Qt does it bit by bit, and till then the scroll bar is too short."""
        self.document().size()
        self._keep_room()

    def _foot(self) -> int:
        """The scroll value at which the end of the page is at the lower edge of the view."""
        return max(0, round(self.document().size().height()) - self._view.height())

    def _keep_room(self) -> None:
        """Extend the scroll bar's range, so that the last section can be scrolled to the upper edge too."""
        self._room = max(self._foot(), round(self.places.sections.last_top) - self._points)
        self.verticalScrollBar().setMaximum(self._room)

    def _range_changed(self, _: int, maximum: int) -> None:
        if maximum < self._room:  # Qt knows nothing of the room: without it, the page would be scrolled up now
            self.verticalScrollBar().setMaximum(self._room)
        if maximum != self._room:
            self._room_soon.start()

    def top_of(self, position: int) -> float:
        """The upper edge, in the document, of the block that holds a position."""
        block = self.document().findBlock(position)
        return self.document().documentLayout().blockBoundingRect(block).top()

    def _scrolled(self, value: int) -> None:
        self._follow_marks()
        self.places.scrolled(value)

    def _follow_marks(self) -> None:
        """Give Qt the marked words that have come near the view."""
        if self._marked is not None and not self._marked.follows():
            self.paint_marks()

    # -- Mouse -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click chooses the section that commands act on; a link may be opened beside.

        The mouse's buttons for back and forward do that, and nothing here."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            self.travel_wanted.emit(-1 if event.button() == Qt.MouseButton.BackButton else 1)
            return
        aside = event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        href = self.anchorAt(event.position().toPoint()) if aside else ""
        self._pressed_aside = bool(href)
        if href:
            self.link_beside.emit(href)
            return
        self.places.click(self.cursorForPosition(event.position().toPoint()).position())
        super().mousePressEvent(event)
        self.places.note_target()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a link that was opened beside is not opened here too."""
        if self._pressed_aside:
            self._pressed_aside = False
            return
        super().mouseReleaseEvent(event)

    # -- Marks -------------------------------------------------------------------------------------------

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """What the person marked on this page."""
        return self._marked.all if self._marked is not None else ()

    def select(self, start: int, end: int) -> None:
        """Select what is between two positions; the same twice puts the caret there."""
        most = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(max(0, start), most))
        cursor.setPosition(min(max(0, end), most), QTextCursor.MoveMode.KeepAnchor)
        if cursor != self.textCursor() or cursor.anchor() != self.textCursor().anchor():
            self.setTextCursor(cursor)

    def show_highlights(self, highlights: Sequence[Highlight], text: str = "") -> None:
        """Show the words and sections that the person marked, under the matches of a search.

        text: the page's, as toPlainText() gives it, where words are among them."""
        if self._marked is None and not highlights:
            return
        if self.document().characterCount() - 1 != len(text):  # Qt counts some letters twice
            spans = as_qt_counts(text, tuple((max(0, one.start), max(0, one.end)) for one in highlights))
            highlights = [
                one if one.start < 0 else one._replace(start=first, end=last)
                for one, (first, last) in zip(highlights, spans, strict=True)
            ]
        self._page_marks.show(highlights, self.places.position_of_section)
        self.paint_marks()
        self.viewport().update()
        self._markers.update()

    @property
    def _page_marks(self) -> PageMarks:
        if self._marked is None:
            from handbook.ui.reading.page_marks import PageMarks  # for pages with marks: a start can do without

            self._marked = PageMarks(self, self._theme, self.height_of)
        return self._marked

    def _measure_marks(self) -> None:
        """Let the scroll bar show where the marks are; when the page has been painted, as it takes a moment."""
        if self._marked is not None and not self._marked.is_measured:
            self._marked.measure(self.whole_height())
            self._markers.update()

    def to_highlight(self, id_: str) -> None:
        """Bring the words of a mark into view and select them; nothing happens where they are not on the page."""
        for one in self.highlights:
            if one.id == id_ and one.start >= 0:
                self.select(one.start, one.start)
                self.ensureCursorVisible()
                self.select(one.start, one.end)
                return

    def selection(self) -> tuple[int, int]:
        """Where the selected words begin and end in toPlainText(); two equal numbers for none."""
        return selected.in_text(self)

    def first_in_view(self) -> int:
        """The position in the document of the first line that is in view to its upper edge."""
        self.lay_out()  # or Qt answers with any line of a page that was just opened
        cursor = self.cursorForPosition(QPoint(0, 0))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        if self.cursorRect(cursor).top() < 0:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return cursor.position()

    @property
    def caret_on(self) -> bool:
        """Is a caret shown, that the arrows move?"""
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def here(self) -> int:
        """The position in the document where one is: the caret's, or that of the first line in view."""
        box = self.cursorRect()
        if self.textCursor().position() and box.bottom() > 0 and box.top() < self._view.height():
            return self.textCursor().position()
        return 0 if self.verticalScrollBar().value() == 0 else self.first_in_view()

    def paint_marks(self) -> None:
        """Give Qt what is marked on the page: by the person, by the search, and the link that the keyboard is on."""
        rings: dict[int, QColor] = {}  # frames around pictures, by their numbers
        selections = self._marked.selections() if self._marked is not None else []
        selections += self.found.selections(self._theme, rings)
        selections += self._link.selections(self._theme, rings)
        self.setExtraSelections(selections)
        if self._pictures is not None and rings != self._pictures.rings:
            self._pictures.rings = rings
            self._repaint()
        if "_markers" in self.__dict__ or self.found.count:
            self._markers.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._marked is not None:
            self._marked.paint_signs()
            if not self._marked.is_measured:
                QTimer.singleShot(0, self, self._measure_marks)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    @cached_property
    def _markers(self) -> ScrollbarMarkers:
        from handbook.ui.reading.scrollbar_markers import ScrollbarMarkers

        return ScrollbarMarkers(
            self.verticalScrollBar(),
            self._theme,
            lambda: self.found.heights,
            lambda: self.found.current,
            lambda: self._marked.markers if self._marked is not None else (),
        )

    def whole_height(self) -> int:
        """The height of all that can be scrolled over, with the room below the page; lays all of it out."""
        self.lay_out()
        return max(1, self.verticalScrollBar().maximum() + self._view.height())

    def height_of(self, position: int) -> float:
        """The upper edge, in the document, of the line that holds a position."""
        position = self.picture_words.seen(position)
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        return self.top_of(position) + (line.y() if line.isValid() else 0.0)

    # -- The link that the keyboard is on ----------------------------------------------------------------

    def focusNextPrevChild(self, following: bool) -> bool:
        moved = super().focusNextPrevChild(following)
        cursor = self.textCursor()
        self._link.show(cursor if moved and cursor.hasSelection() else None)
        return moved

    @property
    def focused_link(self) -> str:
        """The href of the link that the keyboard is on; "" for none."""
        return self._link.href

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._link.show(None)  # as Qt has it

    # -- Hands -------------------------------------------------------------------------------------------

    def selected_text(self) -> str:
        """The selected words as plain text, paragraphs on lines of their own, without the links in the margin."""
        return selected.words_of(self)

    def copy_plain(self) -> None:
        """Copy the selection as plain text: colours and typefaces are of no use elsewhere."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def on_context_menu(self, fill: Callable[[QMenu], None]) -> None:
        """Let the window fill the menu of the right mouse button and the menu key."""
        self._menu_actions = fill

    def on_keys(self, take: Callable[[QKeyEvent], bool]) -> None:
        """Let somebody else take keys first; what is not taken is ours."""
        self._take_key = take

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_link = self.focused_link
            position = self.textCursor().selectionStart()
        else:
            self.menu_link = self.anchorAt(event.pos())
            position = self.cursorForPosition(event.pos()).position()
        there = [one.id for one in self.highlights if one.start <= position <= one.end]
        self.menu_mark = there[-1] if there else ""
        menu = QMenu(self)
        self._menu_actions(menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # Our own zoom: Qt's would scale the document's font past the setting and its limits.
            if event.angleDelta().y():
                self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
            return
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl and self.focused_link:
            self.link_beside.emit(self.focused_link)
            return
        if self._take_key(event):
            return
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            # A page less two lines, so that the eye finds its line again.
            way = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            bar.setValue(bar.value() + way * (bar.pageStep() - 3 * self._points))
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else self._foot())
            return
        super().keyPressEvent(event)
