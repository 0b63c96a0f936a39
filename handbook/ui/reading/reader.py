"""The page that is read: shows HTML in a column of readable width.

Belongs here: the widget, which puts its parts together: what Qt tells it, keys and mouse. Not here: what a page says
(page_source.py), how it is set in the view's width (page_layout.py), what is marked on it (marking.py), where it is
scrolled to (page_places.py, room_below.py), what is selected (selected.py), where a link leads (window/links.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
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
from handbook.ui.reading import selected
from handbook.ui.reading.focused_link import FocusedLink
from handbook.ui.reading.marking import Marking
from handbook.ui.reading.page_layout import PageLayout
from handbook.ui.reading.page_matches import PageMatches
from handbook.ui.reading.page_places import PagePlaces, WentTo, Words
from handbook.ui.reading.picture_words import PictureWords
from handbook.ui.reading.room_below import RoomBelow
from handbook.ui.reading.shown import Shown, Target
from handbook.ui.widgets.theme import USUAL_LOOK, PageLook, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QWheelEvent,
    )

    from handbook.ui.reading.page_pictures import PagePictures

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
        self.changing = True  # is another text being put in? From the next line on, a screen reader is told of the page
        self._shown = Shown("", "")
        self.setObjectName("reader")
        self.setMinimumHeight(LEAST_HEIGHT)  # Qt's own grows with the scroll bar: too much for large letters
        # Translators: said by a screen reader, of the text that is read
        self.setAccessibleName(tr("Page"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._layout = PageLayout(self, theme, points, look)
        self.places = PagePlaces(self)
        self.room = RoomBelow(self)
        self.found = PageMatches(self)
        self.link = FocusedLink(self)
        self.marking = Marking(self)
        self._is_painted = False
        self._pictures: PagePictures | None = None  # made for the first page that has some
        self.picture_words = PictureWords(self.document(), ())
        self._menu_actions: Callable[[QMenu], None] = lambda _: None
        self.menu_link = ""  # the href of the link that the menu was opened on
        self.menu_mark = ""  # the id of the mark of words that it was opened on
        self._pressed_aside = False  # did the press open a link beside?
        self._take_key: Callable[[QKeyEvent], bool] = lambda _: False
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.laid_out_anew())
        self.selectionChanged.connect(self.link.follow_selection)
        self.cursorPositionChanged.connect(self.link.follow_selection)
        self.selectionChanged.connect(self.places.note_target)
        self.changing = False

    # -- Showing -----------------------------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        """The colours of the page."""
        return self._layout.theme

    @property
    def points(self) -> int:
        """Size of the text in points."""
        return self._layout.points

    @property
    def shown(self) -> Shown:
        """The page as it was given."""
        return self._shown

    def wait_for_size(self) -> None:
        """Have the first page laid out when the window is shown: its width is not known before."""
        self._layout.wait_for_size()

    def show_page(self, shown: Shown) -> None:
        """Show a page from its top, without marks."""
        self._shown = shown
        self._layout.take(shown.html)
        self.marking.forget()
        self.setAccessibleDescription(shown.title)
        self.room.forget()
        self._set_html()
        self.places.begin()

    def restyle(self, theme: Theme, points: int, look: PageLook | None = None) -> None:
        """Take other colours, another size or another look, and stay at the same words."""
        layout = self._layout
        look = look or layout.look
        if (theme, points, look) == (layout.theme, layout.points, layout.look):
            return
        layout.theme, layout.points, layout.look = theme, points, look
        self.set_anew(self.places.words_at_top(), self.places.went_to)

    def set_anew(self, keep: Words, went: WentTo | None) -> None:
        """Set the page again, and stay at the same words: see PagePlaces.return_to()."""
        matches = self.found.forget()
        caret, end = self.textCursor().position(), self.textCursor().anchor()
        self._set_html()
        if self.caret_on or QAccessible.isActive():  # a screen reader reads on from it, also where it is not shown
            self.select(end, caret)
        self.found.restore(matches)
        self.marking.restyle()
        self.places.return_to(keep, went)

    def _set_html(self) -> None:
        self.changing = True
        try:
            with self._layout.held():
                self.found.forget()
                self.link.forget()
                self.picture_words = PictureWords(self.document(), self._shown.pictures)
                if self._shown.pictures or self._pictures is not None:
                    self._page_pictures().show(self._shown.pictures, self.theme)
                self._layout.put()
                self.places.take(self._shown.anchors)
                self._layout.fit()
        finally:
            self.changing = False
        if self.marking.highlights:
            self.marking.paint()
        self.replaced.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout.resize(event, super().resizeEvent)

    def laid_out_anew(self) -> None:
        """All stands at other heights now."""
        self.places.sections.laid_out_anew()
        self.marking.laid_out_anew()

    def sizeHint(self) -> QSize:
        return QSize(760, 800)

    def readable_width(self) -> int:
        """Pixels that a line of the shortest length takes at this text size, with its margins."""
        return self._layout.column.least_view

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load nothing: a page's pictures come by PagePictures, and no address of a content file is followed."""
        return None

    # -- Pictures ----------------------------------------------------------------------------------------

    def _page_pictures(self) -> PagePictures:
        if self._pictures is None:
            from handbook.ui.reading.page_pictures import PagePictures

            self._pictures = PagePictures(
                self.document(),
                lambda: self._layout.column_width,
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

    def frame_pictures(self, rings: dict[int, QColor]) -> None:
        """Paint frames of these colours around pictures, by their numbers on the page."""
        if self._pictures is not None and rings != self._pictures.rings:
            self._pictures.rings = rings
            self._repaint()

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
        return self._layout.view.height()

    @property
    def view_width(self) -> int:
        """The width of what is in view, in pixels."""
        return self._layout.view.width()

    def lay_out(self) -> None:
        """Have the page laid out to its end now: Qt does it bit by bit, and till then the scroll bar is too short."""
        self.document().size()
        self.room.keep()

    def top_of(self, position: int) -> float:
        """The upper edge, in the document, of the block that holds a position."""
        block = self.document().findBlock(position)
        return self.document().documentLayout().blockBoundingRect(block).top()

    def _scrolled(self, value: int) -> None:
        self.marking.follow()
        self.places.scrolled(value)

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

    # -- Words -------------------------------------------------------------------------------------------

    def select(self, start: int, end: int) -> None:
        """Select what is between two positions; the same twice puts the caret there."""
        most = self.document().characterCount() - 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(max(0, start), most))
        cursor.setPosition(min(max(0, end), most), QTextCursor.MoveMode.KeepAnchor)
        if cursor != self.textCursor() or cursor.anchor() != self.textCursor().anchor():
            self.setTextCursor(cursor)

    def selection(self) -> tuple[int, int]:
        """Where the selected words begin and end in toPlainText(); two equal numbers for none."""
        return selected.in_text(self)

    def first_in_view(self) -> int:
        """The position in the document of the first line that is in view to its upper edge."""
        self.lay_out()  # or Qt answers with any line of a page that was just opened
        # Left of a table, as the statement is one, Qt answers with its beginning, and in it with the words of the cell
        # that goes on there, however far above these are: of some places one has its words at the edge.
        edge = [self.cursorForPosition(QPoint(self.view_width * part // 8, 0)) for part in (0, 2, 3, 4)]
        cursor = min(edge, key=lambda one: abs(self.cursorRect(one).top()))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        while self.cursorRect(cursor).top() < 0:  # again where the next cell of a row begins higher than its last line
            cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
            if not cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
                break
        return cursor.position()

    @property
    def caret_on(self) -> bool:
        """Is a caret shown, that the arrows move?"""
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def here(self) -> int:
        """The position in the document where one is: the caret's, or that of the first line in view."""
        if self.textCursor().position() and self._sees_caret():
            return self.textCursor().position()
        return 0 if self.verticalScrollBar().value() == 0 else self.first_in_view()

    def _sees_caret(self) -> bool:
        box = self.cursorRect()
        return box.bottom() > 0 and box.top() < self.view_height

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.marking.paint_signs()
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def whole_height(self) -> int:
        """The height of all that can be scrolled over, with the room below the page; lays all of it out."""
        self.lay_out()
        return max(1, self.verticalScrollBar().maximum() + self.view_height)

    def height_of(self, position: int) -> float:
        """The upper edge, in the document, of the line that holds a position."""
        position = self.picture_words.seen(position)
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        return self.top_of(position) + (line.y() if line.isValid() else 0.0)

    # -- The link that the keyboard is on ----------------------------------------------------------------

    def focusNextPrevChild(self, following: bool) -> bool:
        """Qt: Tab goes to the next link from where one reads, or from one in view.

        Qt itself would begin at an end of the page, or at a link that is out of sight."""
        selected, on = self.textCursor().hasSelection(), self.link.words
        seen = self._sees_caret()
        if seen and on is not None and not selected:  # K came to it, or Tab from the words before it
            self._select_quietly(on.selectionStart(), on.selectionEnd())
        elif not (seen and selected):
            here = self.here()
            link = self._link_at(here) if here else None
            if link is not None and (following or link.selectionStart() < here):
                self._select_quietly(link.selectionStart(), link.selectionStart())
                self.link.show(link)
                return True
            self._select_letter(here)
        moved = super().focusNextPrevChild(following)
        cursor = self.textCursor()
        self.link.show(cursor if moved and cursor.hasSelection() else None)
        return moved

    def _select_quietly(self, start: int, end: int) -> None:
        blocked = self.blockSignals(True)
        self.select(start, end)
        self.blockSignals(blocked)

    def _select_letter(self, position: int) -> None:
        """Select the letter at a position, as Qt goes on from what is selected; none at the top of the page."""
        block = self.document().findBlock(position)
        while block.length() == 1 and block.next().isValid():  # an empty line
            block = block.next()
        letters = range(block.position(), block.position() + block.length() - 1)
        start = end = max(position, block.position())
        if position and not letters:  # at the end of the page
            start = position - 1
        elif position:
            start = min(start, letters[-1])
            end = start + 1
        self._select_quietly(start, end)

    def _link_at(self, position: int) -> QTextCursor | None:
        """The words of the link that has the letter at a position."""
        block = self.document().findBlock(position)

        def href(of: int) -> str:
            letter = QTextCursor(self.document())
            letter.setPosition(of + 1)  # Qt tells of the letter before a cursor
            return letter.charFormat().anchorHref()

        start, end = position, position + 1
        if end > block.position() + block.length() - 1 or not href(position):
            return None
        while start > block.position() and href(start - 1) == href(position):
            start -= 1
        while end < block.position() + block.length() - 1 and href(end) == href(position):
            end += 1
        words = QTextCursor(self.document())
        words.setPosition(start)
        words.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return words

    @property
    def focused_link(self) -> str:
        """The href of the link that the keyboard is on; "" for none."""
        return self.link.href

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.link.show(None)  # as Qt has it

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
        self.menu_mark = self.marking.at(position)
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
        by_letter = self.focused_link and not self.textCursor().hasSelection()  # Qt opens those that Tab came to
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and by_letter:
            self.link_chosen.emit(self.focused_link)
            return
        if self._take_key(event):
            return
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            # A page less two lines, so that the eye finds its line again.
            way = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            bar.setValue(bar.value() + way * (bar.pageStep() - 3 * self.points))
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else self.room.foot())
            return
        super().keyPressEvent(event)
