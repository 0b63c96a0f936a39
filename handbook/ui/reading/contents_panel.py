"""The contents: parts, groups, chapters and sections as a tree that follows the reader.

Belongs here: the model of the handbook's structure (the print dialog ticks in it too), its view, and the column with
both the tree and the button to its filter. Not here: the second line of a row (facts_delegate.py), the filter itself
(contents_filter.py)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QAbstractItemView, QToolButton, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook, Part
from handbook.content.metadata import SHEETS
from handbook.ui.reading import passages
from handbook.ui.reading.sheet_facts import short_facts
from handbook.ui.widgets import scale
from handbook.ui.widgets.colours import Theme
from handbook.ui.widgets.theme import OPENS
from handbook.ui.widgets.tool_icons import kind_icon
from handbook.ui.widgets.tree import Tree

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent

    from handbook.ui.reading.contents_filter import ContentsFilter

Index = QModelIndex | QPersistentModelIndex
INDENT = 16  # pixels of a level, in a window of its usual size
ICON = 16  # pixels of the drawing before a chapter's title
ADDRESS = Qt.ItemDataRole.UserRole
FACTS = Qt.ItemDataRole.UserRole + 1  # minutes, people and level of a session plan or an exercise
# What can be done with a row; asked for 2,000 times when the theme changes.
_HEAD = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_PLACE = _HEAD | Qt.ItemFlag.ItemIsDragEnabled  # into the workshop

LEAST_HEIGHT = 90  # pixels of the tree; Qt's own least grows with the scroll bar


class Node:
    """A row: `address` is "" for a part or a group. Children of a chapter are made when first asked for."""

    __slots__ = ("address", "chapter", "children", "filled", "parent", "row", "title", "unopened")

    def __init__(self, title: str, address: str, parent: Node | None, row: int, chapter: Chapter | None) -> None:
        self.title, self.address, self.parent, self.row, self.chapter = title, address, parent, row, chapter
        self.children: list[Node] = []
        self.filled = chapter is None
        self.unopened: bool | None = None  # does an unfilled one hold sections? None: not looked yet

    def add(self, title: str, address: str, chapter: Chapter | None = None) -> Node:
        """Append a child."""
        child = Node(title, address, self, len(self.children), chapter)
        self.children.append(child)
        return child


class ContentsModel(QAbstractItemModel):
    """The handbook's structure for Qt's views; ADDRESS gives a row's address.

    tickable: each row has a box, and ticking one ticks all below it (the print dialog)."""

    ticked = Signal()

    def __init__(self, handbook: Handbook, *, tickable: bool = False) -> None:
        super().__init__()
        self._root = Node("", "", None, 0, None)
        self._tickable = tickable
        self._markers: set[str] = set()
        self._theme: Theme | None = None
        self._sharpness = 1.0
        self._icons: dict[str, QIcon] = {}
        self._nodes: dict[str, Node] = {}
        for part in handbook.parts:
            self._add_part(part)

    def _add_part(self, part: Part) -> None:
        top = self._root.add(part.title, "")
        for group in part.groups:
            above = top.add(group.title, "") if group.title else top
            for chapter in group.chapters:
                self._nodes[chapter.id] = above.add(chapter.title, chapter.id, chapter)

    def _fill(self, node: Node) -> None:
        """Make a chapter's sections: 14,000 at the start would be felt."""
        if node.filled or node.chapter is None:
            return
        node.filled = True
        made = {node.chapter.sections[0].address: node}
        for section in node.chapter.sections[1:]:
            above = made.get(section.parent, node) if section.parent else node
            made[section.address] = self._nodes[str(section.address)] = above.add(section.title, str(section.address))

    def _node(self, index: Index) -> Node:
        if not index.isValid():
            return self._root
        node: Node = index.internalPointer()
        return node

    # -- What Qt asks --------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Qt: the index of a child row."""
        node = self._node(parent)
        self._fill(node)
        if column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # Qt has two parent()
        """Qt: the index above."""
        above = self._node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        node = self._node(parent)
        self._fill(node)
        return len(node.children)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        """Qt: is there something below? Asked of every row in view, so a chapter is not looked through for it."""
        node = self._node(parent)
        if node.filled or node.chapter is None:
            return bool(node.children)
        if node.unopened is None:
            headings = sum(1 for line in node.chapter.lines if "#" in line[:6] or line.startswith(("==", "--")))
            node.unopened = headings > 1
        return node.unopened

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            facts = self._facts(node)
            return f"{node.title}, {facts}" if facts else node.title
        if role == ADDRESS:
            return node.address
        if role == FACTS:
            return self._facts(node)
        return self._look(node, role)

    def _look(self, node: Node, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and self._theme is not None:
            return self._icon(node, self._theme)
        if role == Qt.ItemDataRole.FontRole and node.parent is self._root:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.CheckStateRole and self._tickable:
            return self._state(node)
        return None

    def _icon(self, node: Node, theme: Theme) -> QIcon | None:
        """The drawing of a chapter's kind, or of a group; parts and sections have none."""
        if node.chapter is not None and node.address == node.chapter.id:
            kind = node.chapter.front.kind
        elif not node.address and node.parent is not self._root:
            kind = "group"
        else:
            return None
        if kind not in self._icons:
            self._icons[kind] = kind_icon(kind, theme, scale.px(ICON), self._sharpness)
        return self._icons[kind]

    @staticmethod
    def _facts(node: Node) -> str:
        is_chapter = node.chapter is not None and node.address == node.chapter.id
        return short_facts(node.chapter.front) if is_chapter and node.chapter is not None else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = _PLACE if self._node(index).address else _HEAD
        return base | Qt.ItemFlag.ItemIsUserCheckable if self._tickable else base

    def mimeTypes(self) -> list[str]:
        return [passages.MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return passages.as_mime(self._node(index).address for index in indexes)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._tickable:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        for node in self._leaves(self._node(index)):
            (self._markers.add if on else self._markers.discard)(node.address)
        self.layoutChanged.emit()
        self.ticked.emit()
        return True

    # -- What we ask ---------------------------------------------------------------------------------------

    def draw(self, theme: Theme, sharpness: float) -> None:
        """Have a drawing before each chapter. sharpness: pixels of the screen for one of the window."""
        self._theme, self._sharpness = theme, sharpness
        self._icons.clear()

    def index_of(self, address: str) -> QModelIndex:
        """The index of an address; invalid when there is none."""
        chapter = self._nodes.get(address.partition("#")[0])
        if chapter is not None:
            self._fill(chapter)
        node = self._nodes.get(address)
        return self.createIndex(node.row, 0, node) if node is not None else QModelIndex()

    def tick(self, addresses: tuple[str, ...]) -> None:
        """Tick these and what is below them, and nothing else."""
        self._markers.clear()
        for address in addresses:
            self.index_of(address)
            if address in self._nodes:
                self._markers.update(node.address for node in self._leaves(self._nodes[address]))
        self.layoutChanged.emit()
        self.ticked.emit()

    def ticked_addresses(self) -> tuple[str, ...]:
        """What is ticked, in the handbook's order: a section whose subsections are all ticked stands for them."""
        found: list[str] = []

        def walk(node: Node) -> None:
            if node.address and self._state(node) == Qt.CheckState.Checked:
                found.append(node.address)
                return
            self._fill(node)
            for child in node.children:
                walk(child)

        walk(self._root)
        return tuple(found)

    def _leaves(self, node: Node) -> Iterator[Node]:
        """A section's own text counts as ticked with all its subsections: it is not a choice of its own."""
        self._fill(node)
        if not node.children:
            yield node
        for child in node.children:
            yield from self._leaves(child)

    def _state(self, node: Node) -> Qt.CheckState:
        ticked = [leaf.address in self._markers for leaf in self._leaves(node)]
        if ticked and all(ticked):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if any(ticked) else Qt.CheckState.Unchecked


class ContentsPanel(Tree):
    """The tree on the left. Choosing a row opens it; the row being read is the current one."""

    chosen = Signal(str)  # address
    escaped = Signal()  # Esc: back to the page
    menu_wanted = Signal(str, QPoint)  # for the address of a row; where, on the screen

    def __init__(self, handbook: Handbook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contents")
        # Translators: the list of the handbook's parts and chapters at the left
        self.setAccessibleName(tr("Contents"))
        self._model = ContentsModel(handbook)
        self.setModel(self._model)
        self.setHeaderHidden(True)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setUniformRowHeights(True)
        self._dress(theme)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.choose)
        self._has_facts = False
        self.expanded.connect(self._show_facts)
        for row in range(self._model.rowCount()):
            self.expand(self._model.index(row, 0))

    def restyle(self, theme: Theme) -> None:
        """Take other colours, and the size of the window's letters."""
        self._dress(theme)
        self.viewport().update()  # not at the start: see Reader

    def _dress(self, theme: Theme) -> None:
        self.setIndentation(scale.px(INDENT))
        self.setIconSize(QSize(scale.px(ICON), scale.px(ICON)))
        self._model.draw(theme, self.devicePixelRatioF())

    def show_only(self, chapters: frozenset[str] | None) -> None:
        """Show the rows of some chapters, by their ids, and those above them; None shows all."""

        def show(above: QModelIndex) -> bool:
            there = False
            for row in range(self._model.rowCount(above)):
                index = self._model.index(row, 0, above)
                address = index.data(ADDRESS)
                wanted = chapters is None or (address in chapters if address else show(index))
                if chapters is None and not address:
                    show(index)
                self.setRowHidden(row, above, not wanted)
                there = there or wanted
            if there and chapters is not None and above.isValid():
                self.expand(above)
            return there

        show(QModelIndex())
        if self.visualRect(self.currentIndex()).isEmpty():
            self.scrollToTop()  # the row being read is not among them
        else:
            self.scrollTo(self.currentIndex())

    def _show_facts(self, index: QModelIndex) -> None:
        """Rows have a second line from the first time on that some of them say something in it."""
        first = self._model.index(0, 0, index)
        if self._has_facts or not first.data(FACTS):
            return
        from handbook.ui.reading.facts_delegate import FactsDelegate  # a start shows none

        self._has_facts = True
        self.setUniformRowHeights(False)
        self.setItemDelegate(FactsDelegate(self))

    def _expand_all(self, index: QModelIndex) -> None:
        """Show all that is in a row. What is within goes first: then Qt asks for the heights of these rows alone.

        expandRecursively() has the whole tree laid out anew: some 700 rows for each chapter that is opened."""
        for row in range(self._model.rowCount(index)):
            self._expand_all(self._model.index(row, 0, index))
        if self._model.hasChildren(index):
            self.expand(index)

    def choose(self, index: QModelIndex) -> None:
        """Open what a row stands for; of a part or a group, show or hide the rows in it."""
        address = index.data(ADDRESS)
        if address:
            self.chosen.emit(address)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the right button chooses no row: the one being read stays the current one."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == event.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.data(ADDRESS):
            below = self.visualRect(index).bottomLeft()
            self.menu_wanted.emit(
                index.data(ADDRESS), self.viewport().mapToGlobal(below) if by_key else event.globalPos()
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the row of what is being read stays in sight if it was, as where the filter takes room above it."""
        row = self.visualRect(self.currentIndex())
        super().resizeEvent(event)
        if row.isValid() and row.top() >= 0 and self.viewport().height() <= row.bottom() < event.oldSize().height():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def follow(self, address: str) -> None:
        """Show where the reader is: open the chapter, make its row current, keep it in view."""
        index = self._model.index_of(address)
        if not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        if index == self.currentIndex():
            return
        chapter = self._model.index_of(address.partition("#")[0])
        if not self.isExpanded(chapter):
            self._expand_all(chapter)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)


class ContentsColumn(QWidget):
    """The tree with a button above it that opens the filter, where there are plans or exercises to be filtered."""

    def __init__(self, handbook: Handbook, theme: Theme) -> None:
        super().__init__()
        self._handbook, self.tree = handbook, ContentsPanel(handbook, theme)
        self._filter: ContentsFilter | None = None
        self.button = QToolButton()
        self.button.setObjectName("filter")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.toggled.connect(self._open)
        self._name(())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.button)
        self._column.addWidget(self.tree, 1)
        # Now that it is in the column: without a parent it would be a window of its own.
        self.button.setVisible(any(one.front.kind in SHEETS for one in handbook.chapters.values()))

    def to_filter(self) -> None:
        """Open the filter and put the keyboard into it."""
        if not self.button.isHidden():
            self.button.setChecked(True)
            if self._filter is not None:
                self._filter.minutes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, wanted: bool) -> None:
        if self._filter is None:
            from handbook.ui.reading.contents_filter import ContentsFilter  # a start shows none

            self._filter = ContentsFilter(self._handbook)
            self._filter.chosen.connect(lambda fit: self.tree.show_only(fit))  # noqa: PLW0108 - of any type, for Qt
            self._filter.told.connect(self._name)
            self._filter.escaped.connect(self.tree.escaped)
            self._column.insertWidget(1, self._filter)
            for first, second in itertools.pairwise((self.button, *self._filter.stops, self.tree)):
                QWidget.setTabOrder(first, second)
        self._filter.setVisible(wanted)
        self._name(self._limits)

    _limits: Sequence[str] = ()

    def _name(self, limits: Sequence[str]) -> None:
        """Name the button after what is filtered, so that a closed filter is not forgotten."""
        # Translators: button above the contents
        text = " · ".join(limits) or tr("Filter plans and exercises")
        closed = "◂" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "▸"
        self.button.setText(" ".join((OPENS if self.button.isChecked() else closed, text)))
        self._limits = limits
        self.button.setAccessibleName(tr("Filter: {limits}").format(limits=text) if limits else text)
        self.button.setToolTip(self.button.accessibleName())
