"""The Qt model of a workshop's items, in the order in which they are printed.

Belongs here: rows, and the data of drag and drop. Not here: the text of a row (rows.py), changing the workshop: after a
drop the model only sends a signal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from handbook.ui.reading import passages
from handbook.ui.workshop.rows import Row

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
MOVED = "application/x-field-handbook-items"  # positions of items as ASCII digits, separated by commas


class ItemsModel(QAbstractListModel):
    """One row for each item."""

    moved = Signal(object, int)  # positions of items (tuple of int), and the position before which they were dropped
    dropped = Signal(object, int)  # addresses (tuple of str), and the position before which they were dropped

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows. Equal rows at both ends are not touched, so the selection and the scroll position stay."""
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
        """All rows that are shown."""
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
            return False  # True would make the view remove the rows at their old positions
        addresses = passages.of_mime(data)
        if addresses:
            self.dropped.emit(addresses, before)
        return bool(addresses)
