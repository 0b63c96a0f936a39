"""Text that a screen reader reads and nobody edits: of labels, of the pages of a preview.

Belongs here: that text, and a label with links as an element. Not here: the page that is read (reading/)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface
from PySide6.QtWidgets import QWidget

from handbook.ui.widgets.accessible import Element, Face, Press, Role, Text, release
from handbook.ui.widgets.link_label import Link, LinkLabel


class UnselectedText(QAccessibleTextInterface):
    """A text in which nothing is selected, as far as Qt may change that."""

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, first: int, last: int) -> None:
        """Qt: nothing is selected."""

    def setSelection(self, number: int, first: int, last: int) -> None:
        """Qt: nothing is selected."""

    def removeSelection(self, number: int) -> None:
        """Qt: nothing is selected."""


class StillText(UnselectedText):
    """A text to be read; `words` gives it."""

    def __init__(self, words: Callable[[], str], place: Callable[[], QRect]) -> None:
        super().__init__()
        self._words, self._rect = words, place

    def text(self, first: int, last: int) -> str:
        return self._words()[max(0, first) : max(0, last)]

    def characterCount(self) -> int:
        return len(self._words())

    def cursorPosition(self) -> int:
        return 0

    def setCursorPosition(self, place: int) -> None:
        """Qt: there is no caret."""

    def characterRect(self, place: int) -> QRect:
        return self._rect()

    def offsetAtPoint(self, point: QPoint) -> int:
        return 0

    def scrollToSubstring(self, first: int, last: int) -> None:
        """Qt: it is in view."""


class AccessibleLine(Element):
    """A widget that shows a line of text, which is its name."""

    def __init__(self, widget: QWidget, words: Callable[[], str]) -> None:
        super().__init__(Role.StaticText, about=widget)
        self._words = words
        self.offer(Face.TextInterface, StillText(words, self.rect))

    def text(self, kind: Text) -> str:
        return self._words() if kind == Text.Name else ""

    def state(self) -> QAccessible.State:
        state = super().state()
        state.readOnly = 1
        return state


class AccessibleLabel(AccessibleLine):
    """A label: its name is its text, and each link in it can be pressed."""

    def __init__(self, label: QWidget) -> None:
        super().__init__(label, cast(LinkLabel, label).words)
        self._label = cast(LinkLabel, label)
        self._links: list[AccessibleLink] = []
        self._known: tuple[Link, ...] = ()
        label.destroyed.connect(self._end)

    def _end(self) -> None:
        links, self._links, self._known = self._links, [], ()
        release(links)

    def children(self) -> Sequence[QAccessibleInterface]:
        links = self._label.links()
        if links != self._known:
            self._end()
            self._known = links
            self._links = [AccessibleLink(self, self._label, link) for link in links]
        return self._links

    def text(self, kind: Text) -> str:
        return self._label.accessibleDescription() if kind == Text.Description else super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = int(self._label.focusPolicy().value != 0)
        state.focused = int(self._label.hasFocus())
        return state


class AccessibleLink(Element):
    """A link of a label."""

    def __init__(self, around: AccessibleLabel, label: LinkLabel, link: Link) -> None:
        super().__init__(Role.Link, around=around)
        self._link = link
        self.offer(Face.ActionInterface, Press(lambda: label.linkActivated.emit(link.href)))

    def text(self, kind: Text) -> str:
        return self._link.words if kind == Text.Name else ""

    def rect(self) -> QRect:
        return self.parent().rect()

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.linked = state.readOnly = 1
        return state
