"""The items of a workshop for Qt's views, in the order in which they are printed.

Belongs here: rows, and what is dragged and dropped. Not here: what is said of an item (rows.py), changing the
workshop: a drop is only told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from handbook.ui.reading import passages
from handbook.ui.workshop.rows import Row

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
MOVED = "application/x-field-handbook-items"  # places of items as ASCII, with commas between


class ItemsModel(QAbstractListModel):
    """A row an item."""

    moved = Signal(object, int)  # places (tuple of int), and before which place they were dropped
    dropped = Signal(object, int)  # addresses (tuple of str), and before which place

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows. What is the same at both ends stays: a chosen row too, and the place in the list."""
        new = tuple(rows)
        old = self._rows
        start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        more = len(new) - len(old)
        nowhere = QModelIndex()
        if more > 0:
            first = len(old) - end
            self.beginInsertRows(nowhere, first, first + more - 1)
            self._rows = new
            self.endInsertRows()
        elif more < 0:
            first = len(new) - end
            self.beginRemoveRows(nowhere, first, first - more - 1)
            self._rows = new
            self.endRemoveRows()
        else:
            self._rows = new
        if new:
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, 0), [])

    @property
    def rows(self) -> tuple[Row, ...]:
        """All that is shown."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return None

    # -- Dragging --------------------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between rows, and below them
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MOVED, passages.MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MOVED, ",".join(str(index.row()) for index in indexes).encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        before = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
        if data.hasFormat(MOVED):
            places = tuple(int(place) for place in bytes(data.data(MOVED).data()).split(b",") if place)
            self.moved.emit(places, before)
            return False  # else the view would have the rows removed from where they were
        addresses = passages.of_mime(data)
        if addresses:
            self.dropped.emit(addresses, before)
        return bool(addresses)
