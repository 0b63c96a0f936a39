"""Writes a table as Typst: its grid, its parts with their notes, or a list for each row where it is too wide.

Belongs here: which of these it becomes, and the calls for it. Not here: widths and sizes (tables.py), the words of a
cell (walk.py), how it looks (blocks.typ)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.content.markup import TICK
from handbook.printing.typeset import tables
from handbook.printing.typeset.expressions import Code, array, labelled, literal, string, truth
from handbook.printing.typeset.tables import Cells, Column, Room
from handbook.printing.typeset.words import words_in

_TURNED = 0.84  # of the height of a page's text, that a turned table is wide: its heading stands above it
_MOST_BROKEN = 100  # long words in a cell: Typst gives up on some hundred matches of a rule
_LONG_WORD = re.compile(r"[\w.@]{12,}+")
_LONG_ROW = 1200  # letters from which a row may go on overleaf
_LAST_ROWS, _MOST_LAST = 2, 0.4  # rows that end a table together; of a page, up to which they do

Row = Sequence[Element]
Notes = dict[str, Code]  # by their labels


class Writer(NamedTuple):
    """What writes the words of a table.

    flow: the blocks in a cell. said: its words, with those that paper adds to links. noted: gives what it calls, with
    the notes that this referred to. room_to_write: what the height of an empty cell is called."""

    flow: Callable[[Element], Code]
    said: Callable[[Element], str]
    noted: Callable[[Callable[[], list[Code]]], tuple[list[Code], Notes]]
    room_to_write: str


class Written(NamedTuple):
    """A table in calls. is_reshaped: was it too wide, and turned or made a list?"""

    codes: list[Code]
    is_reshaped: bool


def written(element: Element, room: Room, writer: Writer, *, may_turn: bool) -> Written:
    """A table; nothing for one without a cell. may_turn: may it stand on a turned page?"""
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in element.iter("tr")]
    count = max((len(row) for row in rows), default=0)
    if not count:
        return Written([], is_reshaped=False)
    has_head = all(cell.tag == "th" for cell in rows[0])
    words = [[words_in(cell) for cell in row] + [""] * (count - len(row)) for row in rows]
    columns = [_column([row[at] for row in words[has_head:]]) for at in range(count)]
    said = [[writer.said(cell) for cell in row] + [""] * (count - len(row)) for row in rows]
    cells = Cells(said, has_head, columns)
    plan = tables.plan(cells, room)
    if plan is not None:
        return Written(_grids(rows, cells, plan, room, writer, is_turned=False), is_reshaped=False)
    turned = Room(room.height * _TURNED, room.width, room.size)
    plan = tables.plan(cells, turned) if may_turn else None
    if plan is not None:
        return Written(_grids(rows, cells, plan, turned, writer, is_turned=True), is_reshaped=True)
    return Written(_rows_as_lists(rows, words, writer, has_head=has_head), is_reshaped=True)


def _grids(
    rows: Sequence[Row], cells: Cells, plan: tables.Plan, room: Room, writer: Writer, *, is_turned: bool
) -> list[Code]:
    """A table's grid, in parts where notes are to stand below the rows that refer to them."""
    words, has_head, columns = cells
    body = [_cells(row, columns, writer, is_head=False) for row in rows[has_head:]]
    noted = [notes for _, notes in body]
    head, head_notes = _cells(rows[0], columns, writer, is_head=True) if has_head else ([], {})
    look = (
        array(f"{100 * share:.2f}%" for share in plan.widths),
        array(_alignment(cell, column) for cell, column in zip_longest(rows[0], columns)),
        f"{plan.scale:.2f}",
        str(0 if any(_has_many(text) for row in words for text in row) else plan.breaking),
        array(head),
        truth(any(len(text) > _LONG_ROW for row in words for text in row)),
        truth(any(column != "words" for column in columns)),
    )

    def grid(some: range, last: int = 0) -> str:
        lines = ", ".join((*look, str(last))), *(", ".join(body[number][0]) for number in some)
        return f"grid-table({(',' + chr(10)).join(lines)})"

    has_notes = bool(head_notes) or any(noted)
    if not has_notes and not is_turned:
        begin = sum(tables.heights(cells, plan, room)[: 2 + has_head])
        last = _LAST_ROWS if _end_together(cells, plan, room) else 0
        return [Code(f"begun-table({begin:.1f}pt, {grid(range(len(body)), last)})")]
    high = [sum(1.25 * 0.75 * room.size for _ in notes) for notes in noted]
    out: list[Code] = []
    for number, some in enumerate(tables.parts(cells, high, plan, room)):
        below = dict(head_notes) if number == 0 else {}
        for row in some:
            below |= noted[row]
        part = f"noted-table({grid(some)}, {labelled(below)})" if below else grid(some)
        out.append(Code(f"turned({room.width:.1f}pt, {part})" if is_turned else part))
    return out


def _end_together(cells: Cells, plan: tables.Plan, room: Room) -> bool:
    """Do the last rows go overleaf together? A row alone below the repeated head is hardly found."""
    high = tables.heights(cells, plan, room)[cells.has_head :]
    return len(high) > _LAST_ROWS and sum(high[-_LAST_ROWS:]) < _MOST_LAST * room.height


def _cells(row: Row, columns: Sequence[Column], writer: Writer, *, is_head: bool) -> tuple[list[Code], Notes]:
    """A row's cells, as many as there are columns, and the notes that it refers to."""

    def written_cells() -> list[Code]:
        found: list[Code] = []
        for cell, column in zip_longest(row, columns):
            if is_head or column == "words":
                found.append(writer.flow(cell) if cell is not None else Code("{}"))
            else:
                found.append(Code("tick-box" if column == "tick" else f"cell-room({writer.room_to_write})"))
        return found

    return writer.noted(written_cells)


def _rows_as_lists(
    rows: Sequence[Row], words: Sequence[Sequence[str]], writer: Writer, *, has_head: bool
) -> list[Code]:
    """A table too wide at any size, as a list for each row: the head of the column, then the cell."""
    heads = words[0] if has_head else [""] * len(words[0])
    out: list[Code] = []
    for row, texts in zip(rows[has_head:], words[has_head:], strict=True):
        bodies = (
            writer.flow(cell) if text.strip() else Code("line-to-write") for cell, text in zip(row, texts, strict=False)
        )
        pairs = (f"({string(head) or literal('')}, {body})" for head, body in zip(heads, bodies, strict=False))
        out.append(Code(f"row-as-list({', '.join(pairs)},)"))
    return out


def _column(texts: Sequence[str]) -> Column:
    """What a column is for: to be written in, if its cells are empty, else to be read or ticked."""
    if texts and not any(text.strip() for text in texts):
        return "room"
    return "tick" if texts and all(text.strip() == TICK for text in texts) else "words"


def _has_many(text: str) -> bool:
    return len(text) > 12 * _MOST_BROKEN and len(_LONG_WORD.findall(text)) > _MOST_BROKEN


def _alignment(cell: Element | None, column: Column) -> str:
    if column == "tick":
        return "center + horizon"
    if cell is None:
        return "left"
    found = re.search(r"text-align:\s*(right|center)", cell.get("style", ""))
    return found.group(1) if found else "left"
