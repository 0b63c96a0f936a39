"""Lists and trees as screen readers have them: each row can be pressed, which opens it, and ticked where it has a box.

Belongs here: rows as elements. Not here: what a row opens (the view's owner), what it says (its model's
AccessibleTextRole).

Qt's own elements of rows have no press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView, QWidget

from handbook.ui.widgets.accessible import Element, Face, Role, Text, release


class AccessibleRows(Element):
    """A list or a tree. press: opens the row of an index, which is the current one by then."""

    def __init__(self, view: QWidget, press: Callable[[QModelIndex], object]) -> None:
        self.view = cast(QAbstractItemView, view)
        self.tree = self.view if isinstance(self.view, QTreeView) else None
        super().__init__(Role.Tree if self.tree is not None else Role.List, about=view)
        self.press = press
        self._rows: dict[tuple[int, int], AccessibleRow] = {}
        # Qt counts a tree's header, hidden or not, as its first child.
        self._before = [Element(Role.ColumnHeader, around=self)] if self.tree is not None else []
        self._heard: QAbstractItemModel | None = None  # the model whose resets we hear of
        self._there = True  # the view; what tells of it stays in memory
        view.destroyed.connect(self._view_gone)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - there is no view without one
        app.focusChanged.connect(self._keyboard_moved)
        self._keyboard_moved(None, app.focusWidget())  # which may be why the list is first asked

    def _view_gone(self) -> None:
        self._there = False
        self._end()

    def _keyboard_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Tell which row has the keyboard when it comes to the list: Qt tells of the list alone, without its row."""
        # Not "now is self.view": of a list that was asked while it was made, Python has two objects.
        if self._there and now is not None and self.view.hasFocus():
            QTimer.singleShot(0, self._tell_row)

    def _tell_row(self) -> None:
        if self._there and self.view.hasFocus() and self.view.currentIndex().isValid():
            row = self.row(self.view.currentIndex())
            QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Focus))

    def _end(self) -> None:
        rows, self._rows = list(self._rows.values()), {}
        for row in rows:
            row.end()
        release(rows)

    @property
    def _model(self) -> QAbstractItemModel | None:
        """The view's model; none while the view is being made."""
        model: QAbstractItemModel | None = self.view.model()  # the stubs forget that there may be none
        if model is not None and model is not self._heard:
            self._heard = model
            model.modelReset.connect(self._end)
            model.dataChanged.connect(self._changed)
            model.layoutChanged.connect(lambda *_: self._tell_tick(self.view.currentIndex()))
        return model

    def _changed(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int] = ()) -> None:
        """Tell of boxes that were ticked, or are no more: Qt does not."""
        if roles and Qt.ItemDataRole.CheckStateRole.value not in [int(role) for role in roles]:
            return
        for number in range(first.row(), last.row() + 1):
            self._tell_tick(first.sibling(number, 0))

    def _tell_tick(self, index: QModelIndex) -> None:
        row = self._rows.get((index.internalId(), index.row()))
        if row is not None and row.isValid() and row.checked is not None:
            changed = QAccessible.State()
            changed.checked = 1
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(row, changed))

    def _indexes(self, above: QModelIndex) -> Iterator[QModelIndex]:
        model = self._model
        for row in range(model.rowCount(above) if model is not None else 0):
            index = self.view.model().index(row, 0, above)
            yield index
            if self.tree is not None and self.tree.isExpanded(index):
                yield from self._indexes(index)

    def row(self, index: QModelIndex) -> AccessibleRow:
        """The element of a row."""
        key = (index.internalId(), index.row())
        if key not in self._rows:
            self._rows[key] = AccessibleRow(self, index)
        return self._rows[key]

    def children(self) -> Sequence[QAccessibleInterface]:
        return [*self._before, *map(self.row, self._indexes(QModelIndex()))]

    def focusChild(self) -> QAccessibleInterface:
        index = self.view.currentIndex()
        there = self.view.hasFocus() and index.isValid()
        return self.row(index) if there else cast(QAccessibleInterface, None)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = 1
        state.focused = int(self.view.hasFocus())
        return state


class AccessibleRow(Element):
    """A row of such a list."""

    def __init__(self, rows: AccessibleRows, index: QModelIndex) -> None:
        super().__init__(Role.TreeItem if rows.tree is not None else Role.ListItem, around=rows)
        self._rows, self._index, self._ended = rows, QPersistentModelIndex(index), False
        self.offer(Face.ActionInterface, RowActions(self))
        if rows.tree is not None:
            self.offer(Face.AttributesInterface, Depth(self))

    def end(self) -> None:
        """The list holds other rows now."""
        self._ended = True

    def isValid(self) -> bool:
        return not self._ended and self._index.isValid()

    def text(self, kind: Text) -> str:
        if kind != Text.Name or not self.isValid():
            return ""
        said = self._index.data(Qt.ItemDataRole.AccessibleTextRole) or self._index.data()
        return str(said or "")

    @property
    def index(self) -> QModelIndex:
        """Where it is now."""
        return QModelIndex(self._index)

    @property
    def checked(self) -> Qt.CheckState | None:
        """Is its box ticked? None where it has none."""
        if not self.isValid() or not self._index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return None
        state = self._index.data(Qt.ItemDataRole.CheckStateRole)
        return None if state is None else Qt.CheckState(state)  # Qt lets every row be ticked, box or not

    def tick(self) -> None:
        """Tick its box, or no more, as the space bar does."""
        checked = self.checked
        if checked is not None and self._index.flags() & Qt.ItemFlag.ItemIsEnabled:
            now = Qt.CheckState.Unchecked if checked is Qt.CheckState.Checked else Qt.CheckState.Checked
            self._rows.view.model().setData(self.index, now, Qt.ItemDataRole.CheckStateRole)

    @property
    def expanded(self) -> bool | None:
        """Is it open? None where there is nothing in it."""
        tree = self._rows.tree
        if tree is None or not self.isValid() or not self._index.model().hasChildren(self.index):
            return None
        return tree.isExpanded(self.index)

    def press(self) -> None:
        """Open it, as Enter does."""
        if self.isValid():
            self._rows.view.setCurrentIndex(self.index)
            self._rows.press(self.index)

    def toggle(self) -> None:
        """Show or hide what is in it; tick what has nothing in it."""
        tree = self._rows.tree
        if tree is not None and self.expanded is not None:
            tree.setExpanded(self.index, not self.expanded)
        else:
            self.tick()

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        view = self._rows.view
        box = view.visualRect(self.index)
        return QRect(view.viewport().mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = 1
            return state
        view = self._rows.view
        state.focusable = state.selectable = 1
        state.selected = int(view.selectionModel().isSelected(self.index))
        state.focused = int(view.hasFocus() and view.currentIndex() == self.index)
        state.invisible = int(not view.isVisible())
        state.offscreen = int(not self.rect().intersects(self._rows.rect()))
        if (checked := self.checked) is not None:
            state.checkable = 1
            state.checked = int(checked is Qt.CheckState.Checked)
            state.checkStateMixed = int(checked is Qt.CheckState.PartiallyChecked)
        state.disabled = int(not (view.isEnabled() and self._index.flags() & Qt.ItemFlag.ItemIsEnabled))
        expanded = self.expanded
        if expanded is not None:
            state.expandable, state.expanded, state.collapsed = 1, int(expanded), int(not expanded)
        return state


class RowActions(QAccessibleActionInterface):
    """Opening a row and, in a tree, showing what is in it."""

    def __init__(self, row: AccessibleRow) -> None:
        super().__init__()
        self._row = row

    def actionNames(self) -> list[str]:
        names = [QAccessibleActionInterface.pressAction()]
        has_more = self._row.expanded is not None or self._row.checked is not None
        return [*names, QAccessibleActionInterface.toggleAction()] if has_more else names

    def doAction(self, name: str) -> None:
        # When Qt's loop goes on: see Press.
        if name == QAccessibleActionInterface.pressAction():
            QTimer.singleShot(0, self._row.press)
        elif name == QAccessibleActionInterface.toggleAction():
            QTimer.singleShot(0, self._row.toggle)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


class Depth(QAccessibleAttributesInterface):
    """How deep a row of a tree lies, from 1."""

    def __init__(self, row: AccessibleRow) -> None:
        super().__init__()
        self._row = row

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> Any:
        depth, index = 1, self._row.index
        while index.parent().isValid():
            depth, index = depth + 1, index.parent()
        return depth
