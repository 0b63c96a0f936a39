"""A second window to read in, beside the first: a plan beside the statement, a translation beside its original.

Belongs here: its page, its own history, its keys. Not here: when it is opened and what it shares with the first
(window/beside.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QToolButton, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.html import BESIDE, PICTURE
from handbook.content.markup import is_external
from handbook.ui.reading.caret import Caret
from handbook.ui.reading.outside import copy_outside
from handbook.ui.reading.page_keys import PageKeys
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shown import Shown
from handbook.ui.reading.spoken_place import SpokenPlace
from handbook.ui.reading.travel import Travel
from handbook.ui.widgets.messages import Messages
from handbook.ui.widgets.theme import PageLook, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent


class SecondWindow(QMainWindow):
    """One page and its history. page_of: makes the page of a chapter, None when the person did not want to wait."""

    closed = Signal()
    turned = Signal()  # the page of another chapter is shown

    def __init__(
        self,
        handbook: Handbook,
        page_of: Callable[[Chapter], Shown | None],
        theme: Theme,
        points: int,
        look: PageLook,
    ) -> None:
        super().__init__()
        self.setObjectName("secondWindow")
        self._handbook, self._page_of, self._theme = handbook, page_of, theme
        self.chapter = ""  # id of the chapter in view
        self.reader = Reader(theme, points, look)
        self._caret = Caret(self.reader)
        self._place = SpokenPlace(self.reader, self._title_of)
        self._travel = Travel(self.reader, self._place, lambda: self.address, self._show)
        self._keys = PageKeys(self.reader, self._caret, lambda: None)
        self.reader.on_keys(self._keys.take)
        self.reader.link_chosen.connect(self.follow)
        self.reader.travel_wanted.connect(self._go)
        self.reader.escape_pressed.connect(self.close)
        self.back = self._action(tr("&Back"), ("Alt+Left", "Back"), lambda: self._go(-1))
        self.forward = self._action(tr("&Forward"), ("Alt+Right", "Forward"), lambda: self._go(1))
        self.copy = self._action(tr("&Copy"), ("Ctrl+C",), self.reader.copy_plain)
        self.end = self._action(tr("&Close"), ("Ctrl+W",), self.close)
        self.reader.on_context_menu(lambda menu: menu.addActions([self.copy, self.back, self.forward, self.end]))
        self.setCentralWidget(self._lay_out())
        self.messages = Messages(self.statusBar())
        self.statusBar().setSizeGripEnabled(False)

    def _action(self, text: str, keys: tuple[str, ...], handler: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda *_: handler())
        self.addAction(action)
        return action

    def _lay_out(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 4, 10, 4)
        for action, text in ((self.back, "←"), (self.forward, "→"), (self.end, tr("Close"))):
            button = QToolButton()
            label = action.text().replace("&", "")
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setText(text)
            button.setAccessibleName(label)
            button.setToolTip(f"{label} ({key})")
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            if action is self.end:
                row.addStretch(1)
            row.addWidget(button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.reader, 1)
        return whole

    # -- Places ----------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """The address of the section in view."""
        return str(Address(self.chapter, self.reader.place)) if self.chapter else ""

    def open_address(self, address: str) -> bool:
        """Go to an address and note it in the history; an unknown one is told, and nothing changes."""
        if self._handbook.find(address) is None:
            self.messages.say(tr("There is nothing at '{address}'.").format(address=address), 6000)
            return False
        if self.chapter:
            self._travel.leave()
        if not self._show(address):
            return False
        self._travel.arrive(str(self._handbook.current(Address.parse(address))))
        self._place.announce()
        self._update()
        return True

    def _show(self, address: str) -> bool:
        target = self._handbook.current(Address.parse(address))
        chapter = self._handbook.chapter(target)
        if chapter is None:
            return False
        if chapter.id != self.chapter:
            page = self._page_of(chapter)
            if page is None:
                return False
            self.chapter = chapter.id
            self.reader.show_page(page)
            self.turned.emit()
        self.reader.go_to(target.anchor)
        self.setWindowTitle(f"{self.reader.shown.title} - {self._handbook.manifest.title}")
        return True

    def _title_of(self, anchor: str) -> str:
        section = self._handbook.find(Address(self.chapter, anchor)) if self.chapter else None
        return self.reader.shown.title if section is None else section.title

    def _go(self, way: int) -> None:
        self._travel.step(way)
        self._update()

    def _update(self) -> None:
        self.back.setEnabled(self._travel.can_go_back)
        self.forward.setEnabled(self._travel.can_go_forward)

    def follow(self, href: str) -> None:
        """A link on the page: inside the handbook it is opened here, outside it is only copied."""
        href = href.removeprefix(BESIDE)
        if href.startswith(PICTURE):
            self._show_picture(href.removeprefix(PICTURE))
        elif is_external(href):
            self.messages.say(copy_outside(href), 8000)
        elif href.startswith("#note-"):
            self.reader.go_to(href[1:])
            self._place.announce(words=True)
        else:
            self.open_address(href)

    def _show_picture(self, number: str) -> None:
        shown = self.reader.shown.pictures
        if number.isdecimal() and int(number) < len(shown):
            from handbook.ui.reading.picture_window import PictureWindow

            window = PictureWindow(shown[int(number)], self._theme, self.reader.points, self)
            window.exec()
            window.deleteLater()

    # -- Looks and end ---------------------------------------------------------------------------------------

    def restyle(self, theme: Theme, points: int, look: PageLook) -> None:
        """Take other colours and sizes."""
        self._theme = theme
        self.reader.restyle(theme, points, look)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reader.close_pictures()
        super().closeEvent(event)
        self.closed.emit()
