"""A tree whose arrows grow with the window's letters, as Qt's own are nine pixels large at every size.

Belongs here: the arrow before a row that has others in it. Not here: what any tree holds."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPolygonF
from PySide6.QtWidgets import QTreeView

from handbook.ui.widgets import scale

SIDE = 8  # pixels of an arrow, in a window of the usual size


class Tree(QTreeView):
    """Such a tree."""

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Qt: paint what stands before a row. rect: the room for it."""
        if not self.model().hasChildren(index):
            return
        step = self.indentation()
        backwards = self.isRightToLeft()
        left = rect.left() if backwards else rect.right() - step + 1
        middle = QPointF(left + step / 2, rect.center().y() + 0.5)
        long, wide = scale.px(SIDE) / 4, scale.px(SIDE) / 2  # from the middle to the point, and to the sides
        if self.isExpanded(index):
            corners = [QPointF(-wide, -long), QPointF(wide, -long), QPointF(0, long)]
        else:
            way = -1 if backwards else 1
            corners = [QPointF(-long * way, -wide), QPointF(-long * way, wide), QPointF(long * way, 0)]
        chosen = self.selectionModel().isSelected(index)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(group, role))
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
        painter.restore()


class TickTree(Tree):
    """One whose rows have boxes to tick."""

    def __init__(self) -> None:
        super().__init__()
        self.setIndentation(scale.px(20))
