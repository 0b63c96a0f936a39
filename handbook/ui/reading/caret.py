"""The caret on the page: on or off, where it stands, and Enter on a link under it.

Belongs here: these. Not here: moving and selecting by arrows, which Qt does; going from heading to heading
(page_keys.py)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QTextCursor

from handbook.ui.reading.reader import Reader

THICK = 2  # pixels: one is hardly seen


class Caret(QObject):
    """The caret of a reader. Off, it still stands where one has gone, for screen readers."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._reader = reader
        reader.went.connect(self._follow)

    @property
    def on(self) -> bool:
        """Is it shown, and do the arrows move it?"""
        return self._reader.caret_on

    def switch(self, *, on: bool) -> None:
        """Show it, at what is in view, or take it away."""
        if on == self.on:
            return
        flags = self._reader.textInteractionFlags()
        by_keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        place = self._reader.textCursor()
        self._reader.setTextInteractionFlags(flags | by_keys if on else flags & ~by_keys)
        self._reader.setCursorWidth(THICK)
        if on and self._reader.isVisible():
            box, view = self._reader.cursorRect(place), self._reader.viewport().rect()
            if not view.contains(box.center()):
                self.put(self._reader.first_in_view())

    def put(self, position: int) -> None:
        """Put it at a position in the document."""
        self._reader.select(position, position)

    def link(self) -> str:
        """The link that it stands on or before, "" for none."""
        cursor = QTextCursor(self._reader.textCursor())
        if cursor.hasSelection():
            return ""
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)  # Qt tells of the letter before a cursor
        return cursor.charFormat().anchorHref()

    def _follow(self, position: int) -> None:
        # Where nobody sees or hears of it, selected words stay selected.
        if self.on or QAccessible.isActive():
            self.put(position)
