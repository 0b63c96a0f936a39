"""Opening a passage beside the one being read: the second window, and what it shares with the first.

Belongs here: making and closing that window, its marks and looks. Not here: the window itself
(reading/second_window.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.ui.reading.shown import Shown
from handbook.ui.window.looks import Looks

if TYPE_CHECKING:
    from handbook.ui.marks.controller import MarksController
    from handbook.ui.reading.second_window import SecondWindow


class Beside(QObject):
    """The second window of a first one: made when it is wanted, used again while it is open.

    marks: gives the marks of the first window, which both show."""

    made = Signal()  # the second window

    def __init__(
        self,
        owner: QWidget,
        handbook: Handbook,
        looks: Looks,
        page_of: Callable[[Chapter], Shown | None],
        marks: Callable[[], MarksController],
        zoom: Callable[[int], None],
    ) -> None:
        super().__init__(owner)
        self._owner, self._handbook, self._looks, self._page_of = owner, handbook, looks, page_of
        self._marks, self._zoom = marks, zoom
        self.window: SecondWindow | None = None
        looks.changed.connect(self._restyle)

    def open(self, address: str) -> None:
        """Show an address in the second window; nothing happens where there is none."""
        if self._handbook.find(address) is None:
            return
        window = self.window or self._make()
        window.open_address(address)
        window.show()
        window.raise_()
        window.activateWindow()
        window.reader.setFocus()
        # Only now is the page laid out in its real width.
        QTimer.singleShot(0, window, lambda: window.reader.go_to(window.reader.place))

    def _make(self) -> SecondWindow:
        from handbook.ui.reading.second_window import SecondWindow  # a start can do without

        looks = self._looks
        window = SecondWindow(self._handbook, self._page_of, looks.theme, looks.page_points, looks.page)
        room = self._owner.screen().availableGeometry()
        window.resize(max(480, room.width() // 2 - 16), min(self._owner.height(), room.height() - 40))
        window.move(room.right() - window.width(), max(room.top(), self._owner.y()))
        window.turned.connect(self._show_marks)
        window.closed.connect(self._closed)
        window.reader.zoom_wanted.connect(self._zoom)
        window.reader.link_beside.connect(window.follow)
        self._marks().changed.connect(self._show_marks)
        self.window = window
        self.made.emit()
        return window

    def original_of(self, chapter: str) -> str:
        """The chapter with the words that a chapter was translated from, or the translation of those; "" for none."""
        chapters = self._handbook.chapters
        if chapter in chapters and chapters[chapter].original:
            return chapters[chapter].original
        return self._handbook.translations.get(chapter, "")

    def open_original(self, address: str) -> str:
        """Show the original of a translated passage, or its translation; gives a sentence where there is neither."""
        chapter, _, anchor = address.partition("#")
        other = self.original_of(chapter)
        if not other:
            return tr("This page is no translation: there is no other text to show beside it.")
        there = f"{other}#{anchor}"
        self.open(there if anchor and self._handbook.find(there) else other)
        return ""

    def _show_marks(self) -> None:
        if self.window is not None:
            self._marks().show_in(self.window.chapter, self.window.reader)

    def _restyle(self) -> None:
        if self.window is not None:
            self.window.restyle(self._looks.theme, self._looks.page_points, self._looks.page)

    def _closed(self) -> None:
        if self.window is not None:
            self._marks().changed.disconnect(self._show_marks)
            self.window.deleteLater()
            self.window = None

    def close(self) -> None:
        """Close the second window, as the first one closes."""
        if self.window is not None:
            self.window.close()
