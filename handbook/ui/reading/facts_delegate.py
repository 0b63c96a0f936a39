"""A row of the contents with a second line: minutes, people and level of a session plan or an exercise.

Belongs here: painting. Not here: what the line says (sheet_facts.py)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from handbook.ui.reading.contents_panel import FACTS
from handbook.ui.widgets import scale

Index = QModelIndex | QPersistentModelIndex
PAD = 4  # pixels above, below and before the words, as the style sheet has it for one line
SMALL = 0.86  # of the title's size


def _small(base: QFont) -> QFont:
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * SMALL)
    return font


class FactsDelegate(QStyledItemDelegate):
    """Paints rows that say something in FACTS on two lines, and all others as usual."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        if index.data(FACTS):
            size.setHeight(size.height() + QFontMetrics(_small(option.font)).height())
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        facts: str = index.data(FACTS)
        if not facts:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        palette: QPalette = option.palette
        pad = scale.px(PAD)
        rect: QRect = option.rect.adjusted(pad, pad, -pad, -pad)
        if not option.icon.isNull():
            drawn = option.decorationSize.width() + pad + scale.px(3)
            to_left = option.direction == Qt.LayoutDirection.RightToLeft
            rect.adjust(0 if to_left else drawn, 0, -drawn if to_left else 0, 0)
        painter.save()
        lines = ((title, option.font, role.Text), (facts, _small(option.font), role.PlaceholderText))
        for words, font, usual in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(palette.color(role.HighlightedText if chosen else usual))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
            painter.setLayoutDirection(option.direction)
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
            rect.setTop(rect.top() + metrics.height())
        painter.restore()
