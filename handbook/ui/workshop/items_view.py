"""The list of a workshop's items: times on the left, title and facts beside them, warnings below.

Belongs here: painting, keys, dragging. Not here: the text of a row (rows.py), changing the workshop (editing.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.ui.widgets.elided_lines import elided_lines
from handbook.ui.widgets.theme import Theme
from handbook.ui.workshop.items_model import ROW, ItemsModel
from handbook.ui.workshop.rows import Row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

Index = QModelIndex | QPersistentModelIndex
PAD, GAP = 6, 10
WRAP = Qt.TextFlag.TextWordWrap
LEFT_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
MOST_LINES = 2  # of a title


class RowDelegate(QStyledItemDelegate):
    """Paints a row; its height depends on its text and on the width of the list."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme, self._view = theme, view

    def _fonts(self, base: QFont, row: Row) -> tuple[QFont, QFont]:
        title, small = QFont(base), QFont(base)
        title.setBold(row.look == "day")
        title.setItalic(row.look == "entry")
        small.setPointSizeF(base.pointSizeF() * 0.86)
        return title, small

    def _times_width(self, base: QFont) -> int:
        small = QFont(base)
        small.setPointSizeF(base.pointSizeF() * 0.86)
        return QFontMetrics(small).horizontalAdvance("00:00–00:00") + GAP

    def _above(self, base: QFont, row: Row) -> int:
        """The height of the heading above a row."""
        return QFontMetrics(self._fonts(base, row)[1]).height() + PAD if row.above else 0

    def _boxes(self, rect: QRect, base: QFont, row: Row) -> tuple[QRect, QRect, QRect, QRect]:
        """The rectangles of times, title, facts and warning."""
        title_font, small_font = self._fonts(base, row)
        title, small = QFontMetrics(title_font), QFontMetrics(small_font)
        inner = rect.adjusted(PAD + 4, PAD + self._above(base, row), -PAD, -PAD)
        left = 0 if row.look == "day" else self._times_width(base)
        words = inner.adjusted(left, 0, 0, 0)
        height = len(_title_lines(row.title, title_font, words.width())) * title.lineSpacing()
        title_box = QRect(words.left(), words.top(), words.width(), height)
        facts_box = QRect(words.left(), title_box.bottom() + 1, words.width(), small.height() if row.facts else 0)
        below = facts_box.top() + facts_box.height()
        room = QRect(0, 0, max(40, words.width()), 10_000)
        height = small.boundingRect(room, int(WRAP), row.warning).height() if row.warning else 0
        warning_box = QRect(words.left(), below, words.width(), height)
        drop = title.ascent() - small.ascent()  # so that times and title share a baseline
        times_box = QRect(inner.left(), inner.top() + drop, left, small.height())
        return times_box, title_box, facts_box, warning_box

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row | None = index.data(ROW)
        width = self._view.viewport().width()
        if row is None:
            return QSize(width, 20)
        *_, warning = self._boxes(QRect(0, 0, width, 0), option.font, row)
        return QSize(width, warning.top() + warning.height() + PAD + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW)
        if row is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        base: QFont = option.font
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect)
        if row.above:
            rect = self._paint_above(painter, rect, base, row)
        self._ground(painter, rect, row, state)
        text = self.theme.on_accent if chosen else self.theme.text
        faint = self.theme.on_accent if chosen else self.theme.faint
        title_font, small_font = self._fonts(base, row)
        times, title, facts, warning = self._boxes(option.rect, base, row)
        painter.setFont(small_font)
        painter.setPen(QColor(faint))
        painter.drawText(times, LEFT_TOP, row.times)
        shown = QFontMetrics(small_font).elidedText(row.facts, Qt.TextElideMode.ElideRight, facts.width())
        painter.drawText(facts, LEFT_TOP, shown)
        painter.setFont(title_font)
        painter.setPen(QColor(text if not row.gone else faint))
        painter.drawText(title, LEFT_TOP, "\n".join(_title_lines(row.title, title_font, title.width())))
        if row.warning:
            painter.setFont(small_font)
            ground = warning.adjusted(-4, 0, 4, 1)
            painter.fillRect(ground, QColor(self.theme.warning))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(warning, int(LEFT_TOP) | int(WRAP), row.warning)
        painter.restore()

    def _paint_above(self, painter: QPainter, rect: QRect, base: QFont, row: Row) -> QRect:
        """Paint the heading above a row; gives what is left below it."""
        height = self._above(base, row)
        band = QRect(rect.left(), rect.top(), rect.width(), height)
        painter.fillRect(band, QColor(self.theme.frame))
        font = QFont(self._fonts(base, row)[1])
        font.setBold(True)
        font.setItalic(False)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(band.adjusted(PAD + 4, 0, -PAD, 0), middle, row.above)
        return rect.adjusted(0, height, 0, 0)

    def _ground(self, painter: QPainter, rect: QRect, row: Row, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self.theme.accent))
        elif row.look == "day" or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self.theme.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(self.theme.line))
        if row.look == "own" and not state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), QColor(self.theme.statement_line))
        if state & QStyle.StateFlag.State_HasFocus:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            ring = self.theme.on_accent if chosen and self.theme.contrast else self.theme.current
            painter.setPen(QPen(QColor(ring), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def _title_lines(title: str, font: QFont, room: int) -> list[str]:
    return elided_lines(title, font, max(40, room), MOST_LINES)


class ItemsView(QListView):
    """The list. Keys and menus only send signals; editing.py makes the changes."""

    step = Signal(int)  # move the selected items: -1 up, +1 down
    remove = Signal()
    edit_wanted = Signal()
    read_wanted = Signal()
    menu_wanted = Signal(object)  # QPoint on the screen
    escaped = Signal()

    def __init__(self, model: ItemsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("items")
        self.setAccessibleName(tr("What the workshop holds, in order"))
        self.setModel(model)
        self._model = model
        self._delegate = RowDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.doubleClicked.connect(lambda _: self.read_wanted.emit())

    def restyle(self, theme: Theme) -> None:
        """Change to the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The positions of the selected items, in order."""
        return tuple(sorted(index.row() for index in self.selectedIndexes()))

    def choose(self, places: tuple[int, ...]) -> None:
        """Select some items and scroll to them; the last one becomes current and is visible in any case."""
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        chooser = self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()  # of hundreds, told once
        for place in places:
            chosen.select(self._model.index(place, 0), self._model.index(place, 0))
        if places:
            chooser.setCurrentIndex(self._model.index(places[-1], 0), flag.NoUpdate)
        chooser.select(chosen, flag.ClearAndSelect)
        for place in places[:1] + places[-1:]:
            self.scrollTo(self._model.index(place, 0))

    def event(self, event: QEvent) -> bool:
        # The window has shortcuts with these keys for the page; in the list they act on its items.
        if event.type() == QEvent.Type.ShortcutOverride and self._command(event):  # type: ignore[arg-type]  # of this type
            event.accept()
            return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> str:
        """The name of what a key does in this list; "" for a key that the list does not use."""
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return "up" if key == Qt.Key.Key_Up else "down"
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            return "all" if control and key == Qt.Key.Key_A else ""
        return {
            Qt.Key.Key_Delete: "remove",
            Qt.Key.Key_Backspace: "remove",
            Qt.Key.Key_Return: "read",
            Qt.Key.Key_Enter: "read",
            Qt.Key.Key_F2: "edit",
            Qt.Key.Key_Escape: "leave",
        }.get(key, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command in ("up", "down"):
            self.step.emit(1 if command == "down" else -1)
        elif command == "all":
            self.selectAll()
        elif command == "remove":
            self.remove.emit()
        elif command == "edit":
            self.edit_wanted.emit()
        elif command == "read":
            self.read_wanted.emit()
        elif command == "leave":
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        current = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and current.isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(current).center()))
        else:
            self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # row heights depend on the width

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._delegate.theme.faint))
            painter.drawText(
                self.viewport().rect().adjusted(16, 16, -16, -16),
                int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(WRAP),
                tr("Nothing in it yet. Drag passages here from the contents."),
            )
            painter.end()
