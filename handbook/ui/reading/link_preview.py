"""A look at what a link leads to, beside the link: when the pointer rests on it, or by a key.

Belongs here: when it is shown, where, and what it says. Not here: following links (window/links.py), and who switches
it off (reading_dialog.py).

It is a window that takes neither the keyboard nor the mouse, and it never lies on the link."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Section
from handbook.content.handbook import Handbook
from handbook.content.html import BESIDE, PICTURE
from handbook.ui.reading.reader import Reader
from handbook.ui.widgets import scale
from handbook.ui.widgets.announce import announce

PAUSE = 600  # ms that the pointer rests on a link
LONGEST = 320  # letters of what is shown
SHORTEST = 40  # of them where there is hardly room
WIDTH, GAP = 420, 6  # pixels in a window of its usual size; from the link
_NOTE = "#note-"
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_ENDING = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.WindowDeactivate)


class Preview(NamedTuple):
    """What is said of a link. path: where that stands, one step after the other; "" for none."""

    title: str
    path: str
    words: str

    @property
    def spoken(self) -> str:
        """The same for a screen reader."""
        return ". ".join(filter(None, (self.title, self.words)))


def preview_of(handbook: Handbook, chapter: str, href: str, read: Callable[[str], Element]) -> Preview | None:
    """What a link on the page of a chapter leads to; None for what is no place of the handbook.

    read: gives a chapter's element tree, from its source."""
    href = href.removeprefix(BESIDE)
    if not href or href.startswith(PICTURE):
        return None
    if markup.is_external(href):
        return Preview("", "", QUrl(href).toDisplayString())
    if href.startswith(_NOTE):
        return _note(handbook, chapter, href.removeprefix(_NOTE), read)
    section = handbook.find(href)
    if section is None:
        return None
    path = " › ".join(title for title, _ in handbook.of(section.address).steps_to(section)[:-1])
    return Preview(section.title, path, _shortened(_words(handbook, section, href, read), LONGEST))


def _note(handbook: Handbook, chapter: str, name: str, read: Callable[[str], Element]) -> Preview | None:
    there = handbook.chapter(Address(chapter, ""))
    if there is None:
        return None
    notes = (one for one in markup.parse(there, read).iter("li") if one.get("data-note") == name)
    words = next((_flat(one) for one in notes), "")
    return Preview(tr("Note"), "", _shortened(words, LONGEST)) if words else None


def _words(handbook: Handbook, section: Section, href: str, read: Callable[[str], Element]) -> str:
    """The definition of a term, the paragraph of an address, else the first words of a section."""
    from handbook.content.glossary import definition  # a start can do without

    chapter = handbook.chapters[section.address.chapter]
    if said := definition(chapter, section):
        return said
    anchor = handbook.current(Address.parse(href)).anchor
    if anchor not in ("", section.address.anchor):
        named = next((one for one in markup.parse(chapter, read).iter() if one.get("id") == anchor), None)
        if named is not None and (words := _flat(named)):
            return words
    own = chapter.read_text(section)
    if own.strip():
        return own
    return " · ".join(one.title for one in chapter.sections if one.parent == section.address)


def _flat(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _shortened(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


class LinkPreview(QObject):
    """The previews of one reader. describe: what a link leads to. wanted: are they shown when the pointer rests?"""

    missed = Signal(str)  # no link is chosen that could be shown: why, for the status bar

    def __init__(self, reader: Reader, describe: Callable[[str], Preview | None], wanted: Callable[[], bool]) -> None:
        super().__init__(reader)
        self._reader, self._describe, self._wanted = reader, describe, wanted
        self.shown: Box | None = None
        self._rest = QTimer(self, singleShot=True, interval=PAUSE)
        self._rest.timeout.connect(self._show_under_pointer)
        reader.verticalScrollBar().valueChanged.connect(lambda _: self.hide())
        reader.replaced.connect(self.hide)

    def hover(self, url: QUrl) -> None:
        """The pointer, or the keyboard, has come to a link, or has left one: then the address is empty."""
        self._rest.stop()
        self.hide()
        if not url.isEmpty() and self._wanted():
            self._rest.start()

    def show_chosen(self) -> None:
        """Show what the link leads to that the keyboard is on, or else the pointer; put it away if it is shown."""
        if self.shown is not None:
            self.hide()
            return
        position = self._reader.textCursor().selectionStart()
        in_view = self._reader.viewport().rect().contains(self._box_at(position).center())
        if in_view and self._href_at(position):
            if not self._show(position):
                self.missed.emit(tr("There is nothing to preview behind this link."))
            return
        if not self._show_under_pointer():
            self.missed.emit(tr("Go to a link first: K goes to the next one, Tab too."))

    def hide(self) -> None:
        """Put the preview away."""
        if self.shown is not None:
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None

    def _show_under_pointer(self) -> bool:
        viewport = self._reader.viewport()
        at = viewport.mapFromGlobal(QCursor.pos())
        if not viewport.rect().contains(at) or not self._reader.anchorAt(at) or self.shown is not None:
            return False
        position = self._reader.cursorForPosition(at).position()
        # The nearest gap between letters may be the one behind the link.
        return self._show(position if self._href_at(position) == self._reader.anchorAt(at) else position - 1)

    def _show(self, position: int) -> bool:
        """Show what the link at a position leads to; False where that is nothing that can be shown."""
        found = self._describe(self._href_at(position))
        if found is None:
            return False
        box = self._box_of_link(position)
        viewport = self._reader.viewport()
        self.shown = Box(found, self._reader.window())
        self.shown.place(QRect(viewport.mapToGlobal(box.topLeft()), box.size()))
        self.shown.show()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        announce(self._reader, found.spoken)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Esc puts the preview away and does nothing else; other keys, clicks and wheels put it away as well.

        So does a pointer that leaves the page at once, from the link: of that, Qt tells nothing by `highlighted`."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() not in _MODIFIERS:
                self.hide()
            return event.key() == Qt.Key.Key_Escape
        has_left = event.type() == QEvent.Type.Leave and watched is self._reader.viewport()
        if has_left or event.type() in _ENDING:
            self.hide()
        return False

    # -- Where the link is -----------------------------------------------------------------------------------

    def _href_at(self, position: int) -> str:
        cursor = QTextCursor(self._reader.document())
        cursor.setPosition(min(position + 1, self._reader.document().characterCount() - 1))
        return cursor.charFormat().anchorHref()  # of the letter before the cursor

    def _box_at(self, position: int) -> QRect:
        cursor = QTextCursor(self._reader.document())
        cursor.setPosition(position)
        return self._reader.cursorRect(cursor)

    def _box_of_link(self, position: int) -> QRect:
        """All lines of the link at a position, in the viewport: as wide as these where there are several."""
        href = self._href_at(position)
        block = self._reader.document().findBlock(position)
        first = last = position
        while first > block.position() and self._href_at(first - 1) == href:
            first -= 1
        while last + 1 < block.position() + block.length() and self._href_at(last + 1) == href:
            last += 1
        one, other = self._box_at(first), self._box_at(last + 1)
        if other.top() > one.top():
            return QRect(QPoint(min(one.left(), other.left()), one.top()), QPoint(one.left(), other.bottom()))
        return one.united(other)


class Box(QFrame):
    """What is said of a link, in a frame."""

    def __init__(self, preview: Preview, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(preview.spoken)
        self._preview = preview
        column = QVBoxLayout(self)
        column.setContentsMargins(*(scale.px(side) for side in (12, 9, 12, 10)))
        column.setSpacing(scale.px(3))
        self.words = QLabel()
        for label, words, name in (
            (QLabel(), preview.title, "previewTitle"),
            (QLabel(), preview.path, "faint"),
            (self.words, preview.words, ""),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setObjectName(name)
            label.setText(words)
            if words:
                column.addWidget(label)

    def place(self, link: QRect) -> None:
        """Below a link, or above it where there is more room, both in pixels of the screen; never on it."""
        room = self.screen().availableGeometry()
        screen = QApplication.screenAt(link.center())
        if screen is not None:
            room = screen.availableGeometry()
        gap = scale.px(GAP)
        below = QRect(QPoint(room.left(), link.bottom() + 1 + gap), room.bottomRight())
        above = QRect(room.topLeft(), QPoint(room.right(), link.top() - 1 - gap))
        size = self._size(room.width())
        place = below if size.height() <= below.height() or below.height() >= above.height() else above
        most = LONGEST
        while size.height() > place.height() and most > SHORTEST:
            most //= 2
            self.words.setText(_shortened(self._preview.words, most))
            size = self._size(room.width())
        left = max(room.left(), min(link.left(), room.right() - size.width()))
        top = place.top() if place is below else place.bottom() + 1 - size.height()
        self.setGeometry(QRect(QPoint(left, top), size))

    def _size(self, widest: int) -> QSize:
        width = min(scale.px(WIDTH), widest)
        self.ensurePolished()
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        return QSize(width, max(1, height))
