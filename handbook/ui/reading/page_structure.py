"""What a page is made of: headings, paragraphs, lists, tables, quotation, links, as a tree with positions.

Belongs here: reading that tree off a QTextDocument. Not here: what screen readers are told of it
(accessible_page.py), and keys that go from one part to the next (page_keys.py)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
    QTextTableCell,
)

from handbook.base.catalogue import ngettext, tr
from handbook.content.html import PICTURE
from handbook.ui.reading.page_column import root_frame

_BOLD = 600


class Kind(Enum):
    """What a part of a page is."""

    HEADING = auto()
    PARAGRAPH = auto()
    LIST = auto()
    ITEM = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    QUOTATION = auto()  # the words of somebody else
    BESIDE = auto()  # our links in the margin of that
    BOX = auto()  # a call-out
    ROOM = auto()  # lines to write on
    LINK = auto()
    PICTURE = auto()


TEXTS = frozenset((Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.LINK))  # parts that are words


class Part:
    """A part of a page, with the parts in it.

    start, end: positions in the document, end excluded; of an item its first paragraph's, the others are in it.
    level:      of a heading, 1 to 6; of a list, how deep it lies, from 1.
    href:       of a link or a picture, as the page has it.
    row, column, rows, columns: where a cell is and how far it reaches; rows and columns of a table are its size.

    No dataclass, which would bring `inspect` into every window: 1.4 MiB."""

    __slots__ = ("column", "columns", "end", "head", "href", "inside", "kind", "level", "row", "rows", "start")

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        level: int = 0,
        href: str = "",
        head: bool = False,
        row: int = 0,
        column: int = 0,
        rows: int = 1,
        columns: int = 1,
        inside: list[Part] | None = None,
    ) -> None:
        self.kind, self.start, self.end = kind, start, end
        self.level, self.href, self.head = level, href, head
        self.row, self.column, self.rows, self.columns = row, column, rows, columns
        self.inside = inside if inside is not None else []

    def walk(self) -> Iterator[Part]:
        """The parts in it, in the order of the page, each before what is inside it."""
        for part in self.inside:
            yield part
            yield from part.walk()


def read_parts(document: QTextDocument, *, quoted: bool) -> list[Part]:
    """The parts of a page from its top down. quoted: does the first table hold somebody else's words?"""
    reader = _Reader(quoted)
    return reader.parts_of(root_frame(document))


class _Reader:
    def __init__(self, quoted: bool) -> None:
        self._quoted = quoted

    def parts_of(self, frame: QTextFrame | QTextTableCell) -> list[Part]:
        made = _Blocks()
        place = frame.begin()
        while not place.atEnd():
            inner: QTextFrame | None = place.currentFrame()  # the stubs forget that there may be none
            if isinstance(inner, QTextTable):
                for part in self._table(inner):
                    made.add(part)
            elif inner is not None:
                for part in self.parts_of(inner):
                    made.add(part)
            else:
                made.add_block(place.currentBlock())
            place += 1
        return made.parts

    def _table(self, table: QTextTable) -> list[Part]:
        start, end = table.firstPosition(), table.lastPosition() + 1
        if self._quoted:
            self._quoted = False
            theirs, ours = (
                [part for row in range(table.rows()) for part in self.parts_of(table.cellAt(row, column))]
                for column in (0, 1)
            )
            return [Part(Kind.QUOTATION, start, end, inside=theirs), Part(Kind.BESIDE, start, end, inside=ours)]
        if table.columns() == 1:  # a table of the page's look only
            cells = (table.cellAt(row, 0) for row in range(table.rows()))
            inside = [part for cell in cells for part in self.parts_of(cell)]
            return [Part(Kind.BOX if inside else Kind.ROOM, start, end, inside=inside)]
        head = table.format().headerRowCount() or int(_is_head(table))
        rows = [self._row(table, row, head=row < head) for row in range(table.rows())]
        return [Part(Kind.TABLE, start, end, rows=table.rows(), columns=table.columns(), inside=rows)]

    def _row(self, table: QTextTable, row: int, *, head: bool) -> Part:
        cells = []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) != (row, column):
                continue  # it reaches here from elsewhere
            first, last = cell.firstPosition(), cell.lastPosition()
            inside = self.parts_of(cell)
            if len(inside) == 1 and inside[0].kind is Kind.PARAGRAPH:
                inside = inside[0].inside  # the cell is that paragraph
            cells.append(
                Part(
                    Kind.CELL,
                    first,
                    last + 1,
                    head=head,
                    row=row,
                    column=column,
                    rows=cell.rowSpan(),
                    columns=cell.columnSpan(),
                    inside=inside,
                )
            )
        ends = (cells[0].start, cells[-1].end) if cells else (table.firstPosition(), table.firstPosition())
        return Part(Kind.ROW, *ends, row=row, inside=list(cells))


class _Blocks:
    """Puts the paragraphs of one frame together: those of a list into that list."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._lists: list[tuple[Part, int, object]] = []  # open lists: the part, its indent, Qt's list

    def add(self, part: Part) -> None:
        self._lists.clear()
        self.parts.append(part)

    def add_block(self, block: QTextBlock) -> None:
        start, end = block.position(), block.position() + block.length()
        inside = list(_links(block))
        if not block.text().strip("\xa0 \t\u2028") and not inside:
            return
        listed = block.textList()
        if listed is not None:
            self._add_item(Part(Kind.ITEM, start, end, inside=inside), listed.format().indent(), listed)
            return
        level = block.blockFormat().headingLevel()
        part = Part(Kind.HEADING if level else Kind.PARAGRAPH, start, end, level=level, inside=inside)
        indent = block.blockFormat().indent()
        while self._lists and (level or self._lists[-1][1] > indent):
            self._lists.pop()
        if self._lists:  # one more paragraph of an item
            self._lists[-1][0].inside[-1].inside.append(part)
            self._reach(end)
            return
        if _quoted(block):
            if self.parts and self.parts[-1].kind is Kind.QUOTATION and self.parts[-1].end == start:
                self.parts[-1].inside.append(part)
                self.parts[-1].end = end
            else:
                self.parts.append(Part(Kind.QUOTATION, start, end, inside=[part]))
        else:
            self.parts.append(part)

    def _add_item(self, item: Part, indent: int, listed: object) -> None:
        while self._lists and self._lists[-1][1] > indent:
            self._lists.pop()
        if self._lists and self._lists[-1][1] == indent and self._lists[-1][2] != listed:
            self._lists.pop()
        if not self._lists or self._lists[-1][1] < indent:
            made = Part(Kind.LIST, item.start, item.end, level=len(self._lists) + 1)
            (self._lists[-1][0].inside[-1].inside if self._lists else self.parts).append(made)
            self._lists.append((made, indent, listed))
        self._lists[-1][0].inside.append(item)
        self._reach(item.end)

    def _reach(self, end: int) -> None:
        for part, _, _ in self._lists:
            part.end = end


def _is_head(table: QTextTable) -> bool:
    """Are all cells of the first row bold? Qt keeps no other trace of `th`."""
    fonts = [table.cellAt(0, column).firstCursorPosition().block() for column in range(table.columns())]
    return all(block.text() and _first_format(block).fontWeight() >= _BOLD for block in fonts) and table.rows() > 1


def _first_format(block: QTextBlock) -> QTextCharFormat:
    place = block.begin()
    return place.fragment().charFormat() if not place.atEnd() else block.charFormat()


def _quoted(block: QTextBlock) -> bool:
    form = block.blockFormat()
    level = form.intProperty(QTextFormat.Property.BlockQuoteLevel.value)
    return level > 0 or (form.leftMargin() > 0 and form.rightMargin() > 0)  # as page_style has quotations


def _links(block: QTextBlock) -> Iterator[Part]:
    """The links and pictures of a block; pieces of a link in different letters are one."""
    link: Part | None = None  # it may go on in the next piece
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        form, start = fragment.charFormat(), fragment.position()
        end, href = start + fragment.length(), form.anchorHref()
        if link is not None and (link.href, link.end) == (href, start) and not form.isImageFormat():
            link.end = end
        else:
            if link is not None:
                yield link
            link = None
            if form.isImageFormat():
                yield Part(Kind.PICTURE, start, end, href=href or form.toImageFormat().name())
            elif href and not href.startswith(PICTURE):
                link = Part(Kind.LINK, start, end, href=href)
        place += 1
    if link is not None:
        yield link


def table_size(table: Part) -> str:
    """How large a table is, in words."""
    rows = ngettext("{n} row", "{n} rows", table.rows).format(n=table.rows)
    columns = ngettext("{n} column", "{n} columns", table.columns).format(n=table.columns)
    return tr("Table: {rows}, {columns}").format(rows=rows, columns=columns)
