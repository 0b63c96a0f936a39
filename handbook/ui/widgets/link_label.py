"""A label with links that shows which of them has the keyboard's focus.

Belongs here: showing and reading out the link that Tab has come to. Not here: where it leads (the label's owner)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from handbook.base.catalogue import tr
from handbook.ui.widgets.announce import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent


class Link(NamedTuple):
    """A link in a label."""

    href: str
    words: str


class LinkLabel(QLabel):
    """Rich text whose links can be reached by Tab; the one reached is shown in the colours of what is chosen.

    Qt itself draws a dotted line around it that is hardly seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._reached: list[tuple[QTextCursor, QTextCharFormat]] = []  # each letter of the link, its usual look

    def setText(self, text: str) -> None:
        """Show another text."""
        self._reached = []  # it goes with the old text
        super().setText(text)

    def words(self) -> str:
        """The text as plain words, as a screen reader reads it."""
        return self._read().toPlainText().replace("\xa0", " ")

    def links(self) -> tuple[Link, ...]:
        """The links, in their order."""
        found: list[Link] = []
        document = self._read()  # kept, as its blocks end with it
        block = document.begin()
        while block.isValid():
            place = block.begin()
            while not place.atEnd():
                href, words = place.fragment().charFormat().anchorHref(), place.fragment().text()
                if href and found and found[-1].href == href:
                    found[-1] = Link(href, found[-1].words + words)
                elif href:
                    found.append(Link(href, words))
                place += 1
            block = block.next()
        return tuple(found)

    def _read(self) -> QTextDocument:
        document = QTextDocument()
        document.setHtml(self.text())
        return document

    def focusNextPrevChild(self, following: bool) -> bool:
        moved = super().focusNextPrevChild(following)
        self._show_reached()
        return moved

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ways = {Qt.FocusReason.TabFocusReason: True, Qt.FocusReason.BacktabFocusReason: False}
        if event.reason() in ways and "<a " in self.text():
            if not self.hasSelectedText():
                super().focusNextPrevChild(ways[event.reason()])  # to a link at once: the label itself does nothing
            self._show_reached()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._restore()

    def _restore(self) -> None:
        for cursor, usual in self._reached:
            cursor.setCharFormat(usual)
        self._reached = []

    def _show_reached(self) -> None:
        self._restore()
        document = self.findChild(QTextDocument)
        if not self.hasFocus() or not self.hasSelectedText() or document is None:
            return
        look = QTextCharFormat()
        look.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
        look.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        announce(self, tr("Link: {words}").format(words=self.selectedText()))
        start = self.selectionStart()
        for position in range(start, start + len(self.selectedText())):
            cursor = QTextCursor(document)
            cursor.setPosition(position)
            cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
            self._reached.append((cursor, cursor.charFormat()))
            cursor.mergeCharFormat(look)
