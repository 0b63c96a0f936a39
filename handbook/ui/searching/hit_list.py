"""The list of hits: title, path and a snippet with the matched words marked; a glossary entry as a card on top.

Belongs here: the model, the rows and how they are painted. Not here: what stands around the list
(hits_panel.py), and searching.

A row is laid out when it first comes into view and kept, for the next letter often finds the same passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QStaticText,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from handbook.base.catalogue import tr
from handbook.ui.reading import passages
from handbook.ui.reading.letters import as_qt_counts
from handbook.ui.widgets import scale
from handbook.ui.widgets.elided_lines import elided_lines
from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from handbook.search.results import Card, Hit

Index = QModelIndex | QPersistentModelIndex
HIT, IS_CARD = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
SNIPPET_LINES, CARD_LINES, TITLE_LINES = 3, 7, 2  # at most
PAD, EDGE = (
    10,
    4,
)  # pixels, in a window of its usual size: around a row's words, and of the stripe at the left of the chosen one
KEPT = 200  # rows laid out


class HitModel(QAbstractListModel):
    """The hits of the newest answer; the first may be a card."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._rows = 0
        self._carded = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is listed, from the top down."""
        return self._hits

    def show(self, hits: tuple[Hit, ...], card: Card | None, rows: int) -> bool:
        """Take the place of what was shown; False if nothing moves, because it begins with the same.

        rows: how many there will be; those whose hits have not come yet are empty."""
        if card is not None:
            hits = (_as_hit(card, hits), *(hit for hit in hits if hit.address != card.address))
        rows = max(rows, len(hits))
        old, begins = len(self._hits), (self._rows, self._carded) == (rows, card is not None)
        if begins and 0 < old <= len(hits) and all(map(_same, self._hits, hits)):
            self._hits = hits
            if len(hits) > old:
                self.dataChanged.emit(self.index(old, 0), self.index(len(hits) - 1, 0), [])
            return False
        self.beginResetModel()
        self._hits, self._rows, self._carded = hits, rows, card is not None
        self.endResetModel()
        return True

    def row_of(self, address: str) -> int:
        """The row of a hit, -1 if it is not listed."""
        return next((row for row, hit in enumerate(self._hits) if hit.address == address), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role == IS_CARD:
            return self._carded and index.row() == 0
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}. {', '.join(hit.path)}. {hit.snippet}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled  # into the workshop

    def mimeTypes(self) -> list[str]:
        return [passages.MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        hits: list[Hit | None] = [index.data(HIT) for index in indexes]
        return passages.as_mime(hit.address for hit in hits if hit is not None)


def _same(one: Hit, other: Hit) -> bool:
    """Do two hits look the same? Scores differ from query to query."""
    return (one.address, one.snippet, one.marks) == (other.address, other.snippet, other.marks)


def _as_hit(card: Card, hits: Sequence[Hit]) -> Hit:
    """A card as a row: the hit of the same entry, or one made up, with the definition for its snippet."""
    from handbook.search.results import Hit

    found = next((hit for hit in hits if hit.address == card.address), None)
    path, score = (found.path, found.score) if found else ((), 0.0)
    title = f"{card.title} · {card.own}" if card.own else card.title
    return Hit(card.address, title, path, score, card.definition, card.marks)


class _Laid(NamedTuple):
    """A row ready to be painted; `ends` is where the ellipsis of a cut snippet stands.

    path: None for a hit without one. top: pixels above the snippet. height: of the whole row."""

    title: tuple[QStaticText, ...]
    path: QStaticText | None
    snippet: QTextLayout
    ends: QPointF | None
    top: int
    height: int


class HitDelegate(QStyledItemDelegate):
    """Paints one hit in a row as high as its words need.

    width: of a row, in pixels; the list keeps it up to date.
    least: the height of a row with a line of title, path and snippet.

    A row whose hit has not come yet is taken to be as high as the last one that has."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._laid: dict[tuple[object, ...], _Laid] = {}
        self.width = 0
        self._anywhere = QTextOption()
        self._anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.set_fonts(parent.font())
        self.restyle(theme)

    def set_fonts(self, base: QFont) -> None:
        """Take the list's typeface, or another size of it."""
        self._base, self._bold, self._small = QFont(base), QFont(base), QFont(base)
        self._bold.setBold(True)
        self._small.setPointSizeF(base.pointSizeF() * 0.86)
        self._line = QFontMetrics(self._base).lineSpacing()
        self._title_height, self._path_height = QFontMetrics(self._bold).height(), QFontMetrics(self._small).height()
        self._gap = scale.px(4)
        self._pad, self._stripe = scale.px(PAD), scale.px(EDGE)
        self.least = self._title_height + self._path_height + self._gap + self._line + 2 * self._pad
        self._usual = self.least
        self._ellipsis = QFontMetrics(self._base).horizontalAdvance(" …")
        self._laid.clear()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._marked = QTextCharFormat()
        self._marked.setBackground(QColor(theme.mark))
        self._marked.setForeground(QColor(theme.mark_text))
        if theme.contrast:  # its ground is the page's
            self._marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self._text, self._faint, self._edge = QColor(theme.text), QColor(theme.faint), QColor(theme.line)
        self._laid.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return QSize(200, self._usual)
        card = bool(index.data(IS_CARD))
        height = self._lay(hit, card=card).height
        if not card:
            self._usual = height
        return QSize(200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        card = bool(index.data(IS_CARD))
        laid = self._lay(hit, card=card)
        ground = self._theme.box if card else ""
        if state & QStyle.StateFlag.State_Selected:
            ground = ground or self._theme.page
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = self._theme.hover
        if ground:
            painter.fillRect(rect, QColor(ground))
        if state & QStyle.StateFlag.State_Selected:
            stripe = QRect(rect.left(), rect.top(), self._stripe, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, stripe), QColor(self._theme.accent))
            if self._theme.contrast:
                painter.setPen(QPen(self._text, 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._edge)
        # From right to left, the words are laid out in the same room, which begins at the row's other side.
        backwards = option.direction == Qt.LayoutDirection.RightToLeft
        left, top = rect.left() + self._pad + (0 if backwards else self._stripe), rect.top() + self._pad
        painter.setFont(self._bold)
        painter.setPen(self._text)
        for number, line in enumerate(laid.title):
            painter.drawStaticText(left, top + number * self._title_height, line)
        if laid.path is not None:
            painter.setFont(self._small)
            painter.setPen(self._faint)
            painter.drawStaticText(left, top + len(laid.title) * self._title_height, laid.path)
            painter.setPen(self._text)
        at = QPointF(left, top + laid.top - self._pad)
        laid.snippet.draw(painter, at)
        if laid.ends is not None:
            painter.setFont(self._base)
            painter.drawText(at + laid.ends, " …")

    def _lay(self, hit: Hit, *, card: bool) -> _Laid:
        key = (hit.address, hit.snippet, hit.marks, card, self.width)
        laid = self._laid.get(key)
        if laid is None:
            if len(self._laid) >= KEPT:
                self._laid.clear()
            laid = self._laid[key] = self._lay_out(hit, card=card)
        return laid

    def _lay_out(self, hit: Hit, *, card: bool) -> _Laid:
        room = max(40, self.width - 2 * self._pad - self._stripe)
        path = " › ".join(hit.path)
        if card:
            path = tr("The handbook's glossary says:")
        text = hit.snippet.replace("\n", " ")
        layout = QTextLayout(text, self._base)
        layout.setTextOption(self._anywhere)  # for a word longer than a line
        layout.setFormats([self._mark(start, end) for start, end in as_qt_counts(text, hit.marks)])
        layout.setCacheEnabled(True)
        most, lines, end = CARD_LINES if card else SNIPPET_LINES, 0, 0
        ends = None
        layout.beginLayout()
        while lines < most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room - (self._ellipsis if lines == most - 1 else 0))
            line.setPosition(QPointF(0, lines * self._line))
            end = line.textStart() + line.textLength()
            ends = QPointF(line.naturalTextWidth(), line.y() + line.ascent())
            lines += 1
        layout.endLayout()
        title = self._title(hit.title, room)
        top = self._pad + len(title) * self._title_height + self._gap + (self._path_height if path else 0)
        return _Laid(
            title,
            _static(self._small, path, room, Qt.TextElideMode.ElideMiddle) if path else None,
            layout,
            ends if end < as_qt_length(text) else None,
            top,
            top + lines * self._line + self._pad,
        )

    def _title(self, title: str, room: int) -> tuple[QStaticText, ...]:
        """A title in the lines that it needs; the last one may be cut."""
        return tuple(_as_static(self._bold, line) for line in elided_lines(title, self._bold, room, TITLE_LINES))

    def _mark(self, start: int, end: int) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, end - start, self._marked
        return span


def as_qt_length(text: str) -> int:
    """The length of a text by Qt's count."""
    return as_qt_counts(text, ((0, len(text)),))[0][1] if text else 0


def _static(font: QFont, text: str, room: int, elide: Qt.TextElideMode) -> QStaticText:
    return _as_static(font, QFontMetrics(font).elidedText(text, elide, room))


def _as_static(font: QFont, text: str) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font)
    return made


class HitList(QListView):
    """The list; what can be done with a hit is in the menu of the right mouse button and the menu key."""

    chosen_by_hand = Signal()  # Enter or a click
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hits")
        self.setAccessibleName(tr("Passages found"))
        self.hits = HitModel()
        self.setModel(self.hits)
        self._delegate = HitDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its place is kept also while it has nothing to show: a row never changes its width while one types.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.hit_actions: Sequence[QAction] = ()
        self._view = 600  # height in pixels; kept here, see Reader
        self.clicked.connect(lambda _: self.chosen_by_hand.emit())
        self.activated.connect(lambda _: self.chosen_by_hand.emit())

    @property
    def rows_in_view(self) -> int:
        """How many hits fill the view, and one more."""
        return self._view // self._delegate.least + 2

    def show_hits(self, hits: tuple[Hit, ...], card: Card | None, rows: int) -> None:
        """Show an answer, the first row chosen; the same answer again leaves choice and scroll as they are."""
        if self.hits.show(hits, card, rows) and self.hits.hits:
            self.choose(0)
            self.scrollToTop()

    def choose(self, row: int) -> None:
        """Choose a row."""
        self.setCurrentIndex(self.hits.index(row, 0))

    def current(self) -> Hit | None:
        """The chosen hit."""
        hit: Hit | None = self.currentIndex().data(HIT)
        return hit

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._delegate.restyle(theme)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the letters may be larger now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._delegate.set_fonts(self.font())
            self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._view = event.size().height()
        self._delegate.width = event.size().width()  # of the viewport: that is what a scroll area is told
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # at once: rows of other heights would be painted over each other

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current() is None or not self.hit_actions:
            return
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(list(self.hit_actions))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
