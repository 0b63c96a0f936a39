"""The list of hits: title, path and a snippet with the matched words marked.

Belongs here: model, painting and the panel around the list. Not here: searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from handbook.ui.reader import as_qt_counts
from handbook.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from handbook.search import Hit

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
SNIPPET_LINES = 3
PAD = 10


class HitModel(QAbstractListModel):
    """The hits of the newest answer."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Take the place of what was shown."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}. {', '.join(hit.path)}. {hit.snippet}"
        return None


class HitDelegate(QStyledItemDelegate):
    """Paints one hit in a row of fixed height, so that long lists scroll evenly."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def _fonts(self, base: QFont) -> tuple[QFont, QFont]:
        bold, small = QFont(base), QFont(base)
        bold.setBold(True)
        small.setPointSizeF(base.pointSizeF() * 0.86)
        return bold, small

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        base = option.font
        bold, small = self._fonts(base)
        height = QFontMetrics(bold).height() + QFontMetrics(small).height()
        height += QFontMetrics(base).lineSpacing() * SNIPPET_LINES
        return QSize(200, height + 2 * PAD + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        base: QFont = option.font
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        bold, small = self._fonts(base)
        painter.save()
        painter.setClipRect(rect)
        if chosen:
            painter.fillRect(rect, QColor(self.theme.page))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), QColor(self.theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(self.theme.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(self.theme.line))
        inner = rect.adjusted(PAD + 4, PAD, -PAD, -PAD)
        top = inner.top()
        top = self._line(painter, inner, top, bold, self.theme.text, hit.title, Qt.TextElideMode.ElideRight)
        path = " › ".join(hit.path)
        top = self._line(painter, inner, top, small, self.theme.faint, path, Qt.TextElideMode.ElideMiddle)
        self._snippet(painter, QRectF(inner.left(), top + 4, inner.width(), inner.bottom() - top), base, hit)
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        inner: QRect,
        top: int,
        font: QFont,
        colour: str,
        text: str,
        elide: Qt.TextElideMode,
    ) -> int:
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(
            QRect(inner.left(), top, inner.width(), metrics.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            metrics.elidedText(text, elide, inner.width()),
        )
        return top + metrics.height()

    def _snippet(self, painter: QPainter, box: QRectF, font: QFont, hit: Hit) -> None:
        """The snippet in a few lines; when it is longer, the last line ends in an ellipsis."""
        text = hit.snippet.replace("\n", " ")
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats([self._mark(start, end) for start, end in as_qt_counts(text, hit.marks)])
        ellipsis = QFontMetrics(font).horizontalAdvance(" …")
        layout.beginLayout()
        height, lines = 0.0, 0
        while lines < SNIPPET_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            room = box.width() - (ellipsis if lines == SNIPPET_LINES - 1 else 0)
            line.setLineWidth(room)
            line.setPosition(QPointF(0, height))
            height += line.height()
            lines += 1
        layout.endLayout()
        painter.setPen(QColor(self.theme.text))
        layout.draw(painter, box.topLeft())
        last = layout.lineAt(lines - 1) if lines else None
        if last is not None and last.textStart() + last.textLength() < len(text):
            painter.setFont(font)
            at = box.topLeft() + QPointF(last.naturalTextWidth(), last.y() + last.ascent())
            painter.drawText(at, " …")

    def _mark(self, start: int, end: int) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        form.setBackground(QColor(self.theme.mark))
        form.setForeground(QColor(self.theme.mark_text))
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, end - start, form
        return span


class HitsPanel(QWidget):
    """The list with a line above it that says how many, or what to try when there are none."""

    opened = Signal(str)  # address of the hit chosen by Enter or a click
    escaped = Signal()  # Esc, the keyboard being in the list

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HitModel()
        self._head = QLabel()
        self._head.setObjectName("hint")
        self._head.setWordWrap(True)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._list = QListView()
        self._list.setObjectName("hits")
        self._list.setAccessibleName(self.tr("Passages found"))
        self._list.setModel(self._model)
        self._delegate = HitDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(lambda _: self.open_current())
        self._list.activated.connect(lambda _: self.open_current())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._list, 1)

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show an answer, the first hit chosen."""
        self._model.show(hits)
        if hits:
            self._list.setCurrentIndex(self._model.index(0, 0))
            self._list.scrollToTop()
            self._head.setText(self.tr("Passages found: {n} · Enter opens, Esc goes back").format(n=len(hits)))
        else:
            self._head.setText(
                self.tr("Nothing found. Try fewer words, another word for the same thing, or only the first letters.")
            )

    def say(self, text: str) -> None:
        """A line in place of the count: the index is being made, or can't be."""
        self._head.setText(text)

    def step(self, rows: int) -> None:
        """Choose another hit, staying in the list."""
        count = self._model.rowCount()
        if count:
            row = min(max(self._list.currentIndex().row() + rows, 0), count - 1)
            self._list.setCurrentIndex(self._model.index(row, 0))

    def current(self) -> Hit | None:
        """The chosen hit."""
        hit: Hit | None = self._list.currentIndex().data(HIT)
        return hit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def open_current(self) -> None:
        """Open the chosen hit."""
        hit = self.current()
        if hit is not None:
            self.opened.emit(hit.address)
