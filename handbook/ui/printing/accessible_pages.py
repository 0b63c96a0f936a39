"""What screen readers are told of a preview: its pages, each with the words that will be printed on it.

Belongs here: that. Not here: drawing pages (preview.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.ui.printing.preview import Preview
from handbook.ui.widgets.accessible import Element, Face, Role, Text, release
from handbook.ui.widgets.accessible_text import StillText


class AccessiblePages(Element):
    """A preview."""

    def __init__(self, preview: QWidget) -> None:
        super().__init__(Role.Document, about=preview)
        self.preview = cast(Preview, preview)
        self._pages: list[AccessibleSheet] = []
        self.preview.replaced.connect(self._end)
        preview.destroyed.connect(self._end)

    def _end(self) -> None:
        pages, self._pages = self._pages, []
        for page in pages:
            page.end()
        release(pages)

    def children(self) -> Sequence[QAccessibleInterface]:
        if not self._pages:
            self._pages = [AccessibleSheet(self, number) for number in range(self.preview.pages)]
        return self._pages

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = state.readOnly = 1
        state.focused = int(self.preview.hasFocus())
        return state


class AccessibleSheet(Element):
    """A page of it, by its number from 0."""

    def __init__(self, pages: AccessiblePages, number: int) -> None:
        super().__init__(Role.Section, around=pages)
        self._pages, self._number, self._ended = pages, number, False
        self._words: str | None = None  # read when they are wanted
        self.offer(Face.TextInterface, StillText(self._read, self.rect))

    def end(self) -> None:
        """The preview shows other pages now."""
        self._ended = True

    def isValid(self) -> bool:
        return not self._ended

    def _read(self) -> str:
        if self._words is None:
            self._words = "" if self._ended else self._pages.preview.words_of(self._number).replace("\r\n", "\n")
        return self._words

    def text(self, kind: Text) -> str:
        if kind != Text.Name or self._ended:
            return ""
        return tr("Page {k} of {n}").format(k=self._number + 1, n=self._pages.preview.pages)

    def rect(self) -> QRect:
        return QRect() if self._ended else self._pages.preview.place_of(self._number)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.readOnly = 1
        state.offscreen = int(not self.rect().intersects(self._pages.rect()))
        return state
