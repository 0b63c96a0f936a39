"""The link of a page that the keyboard is on: its look, what is said of it.

Belongs here: which link that is. Not here: going from one to the next, which Qt does, and opening it (reader.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from handbook.base.catalogue import tr
from handbook.ui.reading.picture_words import number_in
from handbook.ui.widgets import announce

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader
    from handbook.ui.widgets.theme import Theme


class FocusedLink:
    """That of one reader. Call forget() when its text changes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._link: QTextCursor | None = None  # Qt selects it

    @property
    def href(self) -> str:
        """Its href; "" for none."""
        return self._link.charFormat().anchorHref() if self._link is not None else ""

    @property
    def words(self) -> QTextCursor | None:
        """What it selects; None for none."""
        return self._link

    def forget(self) -> None:
        """Be on none; the page is painted by whoever calls this."""
        self._link = None

    def show(self, link: QTextCursor | None) -> None:
        """Be on another one, or on none, and paint the page; a screen reader is told which one it is."""
        if link is not None and QAccessible.isActive():
            announce.announce(self._reader, self._said(link))
        if link != self._link:
            self._link = link
            self._reader.marking.paint()

    def _said(self, link: QTextCursor) -> str:
        number, pictures = number_in(link), self._reader.shown.pictures
        if 0 <= number < len(pictures):
            words = pictures[number].alternative or pictures[number].caption
            return tr("Picture: {words}. Enter shows it larger.").format(words=words.rstrip("."))
        from handbook.ui.reading.page_text import PageText  # a start can do without

        words = PageText(self._reader.document()).between(link.selectionStart(), link.selectionEnd())
        return tr("Link: {words}").format(words=words)

    def follow_selection(self) -> None:
        """Something else may be selected now: then the keyboard is on no link."""
        cursor = self._reader.textCursor()
        if self._link is None or cursor == self._link:
            return
        if cursor.hasSelection() or cursor.position() != self._link.selectionStart():  # else K put the caret there
            self.show(None)

    def selections(self, theme: Theme, rings: dict[int, QColor]) -> list[QTextEdit.ExtraSelection]:
        """Its look, for Qt, which draws a dotted line around it that is hardly seen. rings: see PageMatches."""
        if self._link is None:
            return []
        picture = number_in(self._link)
        if picture >= 0:
            rings[picture] = QColor(theme.accent)
            return []
        form = QTextCharFormat()
        form.setBackground(QColor(theme.accent))
        form.setForeground(QColor(theme.on_accent))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = self._link, form
        return [selection]
