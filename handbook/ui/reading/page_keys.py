"""Keys on the page: from heading to heading, link to link, table to table, as screen readers have them in a browser.

Belongs here: which key goes where, and what is said there. Not here: the caret (caret.py), Tab (reader.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from handbook.base.catalogue import tr
from handbook.ui.reading.caret import Caret
from handbook.ui.reading.page_structure import Kind, Part, read_parts, table_size
from handbook.ui.reading.page_text import PageText
from handbook.ui.widgets import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from handbook.ui.reading.reader import Reader

DEEPEST = 4  # level of headings with a key of its own


class PageKeys:
    """The keys of one reader. highlight: what H does while words are selected."""

    def __init__(self, reader: Reader, caret: Caret, highlight: Callable[[], object]) -> None:
        self._reader, self._caret, self._highlight = reader, caret, highlight
        self._parts: list[Part] | None = None
        reader.replaced.connect(self._forget)

    def _forget(self) -> None:
        self._parts = None

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False for one that means nothing here."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        back = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_H and not back and self._reader.textCursor().hasSelection():
            self._highlight()
        elif key == Qt.Key.Key_H:
            self._go(Kind.HEADING, back=back)
        elif key == Qt.Key.Key_K:
            self._go(Kind.LINK, back=back)
        elif key == Qt.Key.Key_T:
            self._go(Kind.TABLE, back=back)
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + DEEPEST and not back:
            self._go(Kind.HEADING, level=int(key - Qt.Key.Key_1) + 1)
        elif self._caret.on:
            return self._take_for_caret(event)
        else:
            return False
        return True

    def _take_for_caret(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._caret.link():
            self._reader.link_chosen.emit(self._caret.link())
            return True
        return False

    def _all(self) -> list[Part]:
        if self._parts is None:
            top = read_parts(self._reader.document(), quoted=bool(self._reader.shown.quoted))
            self._parts = [one for part in top for one in (part, *part.walk())]
        return self._parts

    def _go(self, kind: Kind, *, back: bool = False, level: int = 0) -> None:
        """To the next part of a kind, or the one before; what is there is said, or that there is none."""
        here = self._reader.here()
        found = [part for part in self._all() if part.kind is kind and level in (0, part.level)]
        ahead = [part for part in found if (part.start < here if back else part.start > here)]
        if not ahead:
            announce.announce(self._reader, self._none(kind, back=back, level=level))
            return
        part = min(ahead, key=lambda one: one.start) if not back else max(ahead, key=lambda one: one.start)
        self._reader.go_to_position(part.start)
        if kind is Kind.LINK:  # its words are not selected: H would highlight them
            link = QTextCursor(self._reader.document())
            link.setPosition(part.start)
            link.setPosition(part.end, QTextCursor.MoveMode.KeepAnchor)
            self._reader.link.show(link)  # says it
            return
        announce.announce(self._reader, self._said(part))

    def _said(self, part: Part) -> str:
        if part.kind is Kind.TABLE:
            return table_size(part)
        words = PageText(self._reader.document()).between(part.start, part.end)
        return tr("{words}. Heading of level {n}").format(words=words, n=part.level)

    @staticmethod
    def _none(kind: Kind, *, back: bool, level: int) -> str:
        if level:
            return tr("No further heading of level {n}.").format(n=level)
        return {
            (Kind.HEADING, False): tr("No further heading."),
            (Kind.HEADING, True): tr("No heading before this one."),
            (Kind.LINK, False): tr("No further link."),
            (Kind.LINK, True): tr("No link before this one."),
            (Kind.TABLE, False): tr("No further table."),
            (Kind.TABLE, True): tr("No table before this one."),
        }[kind, back]
