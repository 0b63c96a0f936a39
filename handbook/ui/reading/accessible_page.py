"""What screen readers are told of the page: a document of headings, paragraphs, lists, tables, quotation and links.

Belongs here: the page and its parts as elements of accessibility, their text and the caret in it. Not here: finding the
parts (page_structure.py), the text (page_text.py, shadow_text.py), what is announced (spoken_place.py).

The text is that of the whole page; the caret is the reader's own. Nothing of it can be written: the page offers no
interface for editing, as a screen reader once changed what La Strada wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleTableCellInterface,
    QTextCursor,
)

from handbook.base.catalogue import tr
from handbook.content.html import PICTURE
from handbook.ui.reading.page_structure import TEXTS, Kind, Part, read_parts, table_size
from handbook.ui.reading.page_text import PageText
from handbook.ui.reading.shadow_text import ShadowText
from handbook.ui.widgets.accessible import Element, Face, Press, Role, Text, release
from handbook.ui.widgets.accessible_text import UnselectedText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from handbook.ui.reading.reader import Reader

ROLES = {
    Kind.HEADING: Role.Heading,
    Kind.PARAGRAPH: Role.Paragraph,
    Kind.LIST: Role.List,
    Kind.ITEM: Role.ListItem,
    Kind.TABLE: Role.Table,
    Kind.ROW: Role.Row,
    Kind.CELL: Role.Cell,
    Kind.QUOTATION: Role.BlockQuote,
    Kind.BESIDE: Role.Section,
    Kind.BOX: Role.Note,
    Kind.ROOM: Role.Whitespace,
    Kind.LINK: Role.Link,
    Kind.PICTURE: Role.Graphic,
}
_NAMED = frozenset((Kind.HEADING, Kind.ITEM, Kind.CELL, Kind.LINK))  # by their words; paragraphs have their text


class Marked(NamedTuple):
    """A marked stretch of the page, and what kind of mark it is."""

    start: int
    end: int
    what: str


class AccessiblePage(Element):
    """A reader's page. Its parts are read when they are asked for, and ended when another page is shown."""

    def __init__(self, reader: QWidget) -> None:
        super().__init__(Role.Document, about=reader)
        self.reader = cast("Reader", reader)
        self._parts: list[AccessiblePart] | None = None
        self._made: dict[int, Element] = {}  # all parts and marks that a screen reader may know, by their id
        self._shadow = ShadowText(self.reader)
        self._answers = QAccessible.queryAccessibleInterface(self._shadow)  # kept: its text interface is a part of it
        self.offer(Face.TextInterface, self._answers.textInterface())
        self.reader.replaced.connect(self._shadow.forget)
        self.reader.replaced.connect(self._end)
        reader.destroyed.connect(self._end)

    def _end(self) -> None:
        made, self._made, self._parts = self._made, {}, None
        for one in made.values():
            cast("AccessiblePart | AccessibleMark", one).end()
        release(made.values())

    def keep(self, element: Element) -> None:
        """Keep an element as long as the page is shown."""
        self._made[id(element)] = element

    def give_up(self, elements: Sequence[AccessibleMark]) -> None:
        """End elements before the page does."""
        for one in elements:
            one.end()
            del self._made[id(one)]
        release(elements)

    @property
    def words(self) -> PageText:
        """The text of the page."""
        return self._shadow.words

    def interface_cast(self, face: Face) -> int:
        if face == Face.TextInterface:
            self._shadow.follow()
        return super().interface_cast(face)

    @property
    def marked(self) -> tuple[Marked, ...]:
        """The words that are marked now: those of a search, and the person's own."""
        reader = self.reader
        spans, current = reader.found.spans, reader.found.current
        found = [
            Marked(start, end, _match(number, len(spans), current=number == current))
            for number, (start, end) in enumerate(spans)
        ]
        found += [
            Marked(one.start, one.end, tr("Highlighted, with a note") if one.noted else tr("Highlighted"))
            for one in reader.marking.highlights
            if one.start >= 0
        ]
        return tuple(sorted(found))

    def box_of(self, start: int, end: int) -> QRect:
        """Where the screen has what is between two positions."""
        reader, cursor = self.reader, QTextCursor(self.reader.document())
        most = reader.document().characterCount() - 1
        cursor.setPosition(min(start, most))
        box = reader.cursorRect(cursor)
        cursor.setPosition(min(max(start, end - 1), most))
        last = reader.cursorRect(cursor)
        if last.top() > box.top():  # more than one line: as wide as the view
            box = QRect(0, box.top(), reader.viewport().width(), last.bottom() - box.top())
        else:
            box = box.united(last)
        return QRect(reader.viewport().mapToGlobal(box.topLeft()), box.size())

    def children(self) -> Sequence[QAccessibleInterface]:
        if self.reader.changing:
            return ()
        if self._parts is None:
            parts = read_parts(self.reader.document(), quoted=bool(self.reader.shown.quoted))
            self._parts = [AccessiblePart(self, part, self) for part in parts]
            for one in self._parts:
                self.keep(one)
        return self._parts

    def text(self, kind: Text) -> str:
        if kind == Text.Description and not self.reader.caret_on:
            return tr("{title}. F7 puts a caret on the page.").format(title=self.reader.shown.title)
        return super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = state.readOnly = state.multiLine = state.selectableText = 1
        state.focused = int(self.reader.hasFocus())
        return state


def _match(number: int, count: int, *, current: bool) -> str:
    text = tr("The current match, {k} of {n}") if current else tr("Match {k} of {n}")
    return text.format(k=number + 1, n=count)


class AccessiblePart(Element):
    """A part of the page."""

    def __init__(self, page: AccessiblePage, part: Part, around: Element) -> None:
        super().__init__(ROLES[part.kind], around=around)
        self._page, self.part, self._ended = page, part, False
        self._inside: list[AccessiblePart] | None = None
        self._marked: tuple[tuple[Marked, ...], list[AccessibleMark]] = ((), [])
        if part.kind in TEXTS:
            self.offer(Face.TextInterface, PartWords(page, part))
        if part.kind in (Kind.LINK, Kind.PICTURE):
            self.offer(Face.ActionInterface, Press(self._press))
        if part.kind is Kind.CELL:
            if part.head:
                self._role = Role.ColumnHeader
            self.offer(Face.TableCellInterface, Cell(self))
        if part.kind is Kind.HEADING:
            self.offer(Face.AttributesInterface, Level(part.level))

    def end(self) -> None:
        """The page is another one: what a screen reader still asks of this part is answered with nothing."""
        self._ended = True

    def isValid(self) -> bool:
        return not self._ended

    def _press(self) -> None:
        if not self._ended:
            self._page.reader.link_chosen.emit(self.part.href)

    def window(self) -> Any:
        return self._page.window()

    def text(self, kind: Text) -> str:
        if self._ended:
            return ""
        part, reader = self.part, self._page.reader
        if kind == Text.Name:
            if part.kind in _NAMED:
                return self._page.words.between(part.start, part.end)
            if part.kind is Kind.QUOTATION:
                return reader.shown.quoted
            if part.kind is Kind.PICTURE:
                return _picture_name(reader, part.href)
            return {Kind.ROOM: tr("Room to write"), Kind.BESIDE: tr("Beside the statement")}.get(part.kind, "")
        if kind == Text.Description and part.kind is Kind.TABLE:
            # There is no interface of tables (docs/decisions.md, Screen readers).
            return table_size(part)
        return ""

    def children(self) -> Sequence[QAccessibleInterface]:
        if self._ended:
            return ()
        if self._inside is None:
            self._inside = [AccessiblePart(self._page, part, self) for part in self.part.inside]
            for one in self._inside:
                self._page.keep(one)
        return (*self._inside, *self._marks()) if self.part.kind in TEXTS - {Kind.LINK} else self._inside

    def _marks(self) -> Sequence[AccessibleMark]:
        """Words in this part that are marked."""
        marked = tuple(one for one in self._page.marked if self.part.start <= one.start < self.part.end)
        if marked != self._marked[0]:
            self._page.give_up(self._marked[1])
            made = [AccessibleMark(self._page, one, self) for one in marked]
            for one in made:
                self._page.keep(one)
            self._marked = marked, made
        return self._marked[1]

    def rect(self) -> QRect:
        return QRect() if self._ended else self._page.box_of(self.part.start, self.part.end)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.readOnly = 1
        if self._ended:
            state.invalid = 1
        elif not self.rect().intersects(self._page.rect()):
            state.offscreen = 1
        if self.part.kind is Kind.LINK:
            state.linked = 1
        return state


class AccessibleMark(Element):
    """Marked words; what kind of mark it is stands in the description."""

    def __init__(self, page: AccessiblePage, marked: Marked, around: Element) -> None:
        super().__init__(Role.StaticText, around=around)
        self._page, self._one, self._ended = page, marked, False

    def end(self) -> None:
        """The page is another one."""
        self._ended = True

    def isValid(self) -> bool:
        return not self._ended

    def text(self, kind: Text) -> str:
        if self._ended:
            return ""
        if kind == Text.Name:
            words = self._page.words  # without the bullet before them
            return words.of(words.place_of(self._one.start), words.place_of(self._one.end))
        return self._one.what if kind == Text.Description else ""

    def rect(self) -> QRect:
        return QRect() if self._ended else self._page.box_of(self._one.start, self._one.end)


class PartWords(UnselectedText):
    """The text of a part of the page; words are selected in the page, not in its parts."""

    def __init__(self, page: AccessiblePage, part: Part) -> None:
        super().__init__()
        self._page, self._part = page, part

    def _places(self) -> tuple[int, int]:
        words = self._page.words
        first, last = words.places(self._part.start, self._part.end)
        return first, first + len_as_qt(words.of(first, last).rstrip("\n"))

    def text(self, first: int, last: int) -> str:
        start, end = self._places()
        return self._page.words.of(start + max(0, first), min(start + last, end))

    def characterCount(self) -> int:
        start, end = self._places()
        return end - start

    def cursorPosition(self) -> int:
        start, end = self._places()
        place = self._page.words.place_of(self._page.reader.textCursor().position())
        return place - start if start <= place <= end else -1

    def setCursorPosition(self, place: int) -> None:
        start, _ = self._places()
        position = self._page.words.position_of(start + place)
        self._page.reader.select(position, position)

    def characterRect(self, place: int) -> QRect:
        position = self._page.words.position_of(self._places()[0] + place)
        return self._page.box_of(position, position + 1)

    def offsetAtPoint(self, point: QPoint) -> int:
        return -1

    def scrollToSubstring(self, first: int, last: int) -> None:
        self._page.reader.go_to_position(self._part.start)


def len_as_qt(text: str) -> int:
    """The length of a text by Qt's count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _picture_name(reader: Reader, href: str) -> str:
    number = href.removeprefix(PICTURE)
    pictures = reader.shown.pictures
    if not number.isdecimal() or int(number) >= len(pictures):
        return ""
    one = pictures[int(number)]
    return one.caption or one.alternative  # what is drawn stands below it, as text


class Level(QAccessibleAttributesInterface):
    """The level of a heading."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> Any:
        return self._level if key == QAccessible.Attribute.Level else None


class Cell(QAccessibleTableCellInterface):
    """Where a cell is in its table."""

    def __init__(self, cell: AccessiblePart) -> None:
        super().__init__()
        self._cell = cell

    def _table(self) -> AccessiblePart:
        return cast(AccessiblePart, self._cell.parent().parent())

    def table(self) -> QAccessibleInterface:
        return self._table()

    def rowIndex(self) -> int:
        return self._cell.part.row

    def columnIndex(self) -> int:
        return self._cell.part.column

    def rowExtent(self) -> int:
        return self._cell.part.rows

    def columnExtent(self) -> int:
        return self._cell.part.columns

    def isSelected(self) -> bool:
        return False

    def columnHeaderCells(self) -> list[QAccessibleInterface]:
        return list(self._heads())

    def _heads(self) -> Iterator[AccessiblePart]:
        for row in self._table().children():
            for cell in cast(AccessiblePart, row).children():
                part = cast(AccessiblePart, cell).part
                if part.head and part.column <= self._cell.part.column < part.column + part.columns:
                    yield cast(AccessiblePart, cell)

    def rowHeaderCells(self) -> list[QAccessibleInterface]:
        return []
