"""What screen readers are told of things that Qt tells them nothing of, or the wrong thing: the groundwork.

Belongs here: elements, a press, their end. Not here: what any widget tells (accessible_text.py, accessible_rows.py,
reading/accessible_page.py, …), and who is asked (ui/screen_readers.py).

What PySide (6.11) asks of the code here:
- Python has no class for some of Qt's interfaces (tables, hyperlinks). Functions of the text interface that give
  several values (`selection`, `attributes`, `textAtOffset`) cannot be written in Python.
- `interface_cast` must give NOTHING for an interface that is not there: None, as PySide has it elsewhere, ends the
  process with a segmentation fault.
- An object of two of Qt's interfaces has two addresses, and `interface_cast` would always give the first. So each
  interface is an object of its own, kept by its element.
- Qt keeps an element for ever once a screen reader has asked for it, and neither side knows when the other is done.
  So an element is kept in Python, and ended by `release` alone, which has Qt forget and delete it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias, cast

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from shiboken6 import VoidPtr, isValid

if TYPE_CHECKING:
    from collections.abc import Sequence

Role: TypeAlias = QAccessible.Role
Text: TypeAlias = QAccessible.Text
Face: TypeAlias = QAccessible.InterfaceType
NOTHING = VoidPtr(0)  # the address of no object


class Element(QAccessibleInterface):
    """Something in a widget, or a widget itself, of which we tell. Without children, text or actions as it is.

    about: the widget, where it is one. around: what it is in; of a widget, Qt knows."""

    def __init__(self, role: Role, *, about: QWidget | None = None, around: QAccessibleInterface | None = None) -> None:
        super().__init__()
        self._role, self._about, self._around = role, about, around
        self._faces: dict[Face, object] = {}

    def offer(self, face: Face, does: object) -> None:
        """Take an object that answers for one more of Qt's interfaces."""
        self._faces[face] = does

    @property
    def _widget(self) -> QWidget | None:
        """The widget, as long as it is there: Qt asks once more while it goes."""
        return self._about if self._about is not None and isValid(self._about) else None  # type: ignore[no-untyped-call]

    # -- What Qt asks ------------------------------------------------------------------------------------------

    def isValid(self) -> bool:
        return self._about is None or self._widget is not None

    def object(self) -> QObject:
        return cast(QObject, self._widget)  # None for what is no widget

    def role(self) -> Role:
        return self._role

    def parent(self) -> QAccessibleInterface:
        above = self._widget.parentWidget() if self._around is None and self._widget is not None else None
        if above is not None:
            return QAccessible.queryAccessibleInterface(above)
        return cast(QAccessibleInterface, self._around)

    def children(self) -> Sequence[QAccessibleInterface]:
        """What is in it."""
        return ()

    def childCount(self) -> int:
        return len(self.children())

    def child(self, index: int) -> QAccessibleInterface:
        inside = self.children()
        return cast(QAccessibleInterface, inside[index] if 0 <= index < len(inside) else None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((number for number, one in enumerate(self.children()) if one is child or one == child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        found = next((one for one in self.children() if one.rect().contains(x, y)), None)
        return cast(QAccessibleInterface, found)

    def text(self, kind: Text) -> str:
        if self._widget is None:
            return ""
        if kind == Text.Name:
            return self._widget.accessibleName()
        return self._widget.accessibleDescription() if kind == Text.Description else ""

    def setText(self, kind: Text, text: str) -> None:
        """Qt: a screen reader would like to write; nothing of ours is written that way."""

    def rect(self) -> QRect:
        if self._widget is None:
            return QRect()
        return QRect(self._widget.mapToGlobal(QPoint(0, 0)), self._widget.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if self._widget is not None:
            setattr(state, "invisible", not self._widget.isVisible())  # noqa: B010 - a bit field that mypy has as int
        return state

    def interface_cast(self, face: Face) -> int:
        return cast(int, self._faces.get(face, NOTHING))  # PySide makes the address of the object of it


class Press(QAccessibleActionInterface):
    """The one action of a link, a row, a button: to press it.

    It is carried out when Qt's loop goes on: what is pressed may be gone afterwards, or a dialog may have opened, and
    the screen reader waits for an answer."""

    def __init__(self, press: Callable[[], object]) -> None:
        super().__init__()
        self._press = press

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.pressAction():
            QTimer.singleShot(0, self._press)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


def release(elements: Iterable[QAccessibleInterface]) -> None:
    """Have Qt forget elements and delete them. Never while Qt is inside one of them."""
    for one in elements:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(one))
