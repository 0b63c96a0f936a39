"""Plans how a table fits on its page: the widths of its columns, the size of its text, and what to do if it can't fit.

Belongs here: numbers, worked out from the text in the cells. Not here: Typst (walk.py), lines and grey (blocks.typ).

The width of a word is estimated from its letters, in em of the table's text, rather too wide than too narrow, so that
no word extends into the next cell. Typst's automatic columns do not consider the longest word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Column = Literal["words", "room", "tick"]  # to read; to write in; with a box to tick
SMALLEST = 8.0  # points: the least that a table's text may be
LARGEST = 0.95  # of the text around it
TICK_WIDTH = 14.0  # mm of a column of boxes
ROOM_WIDTH = 26.0  # mm that a column to write in has at the least,
_NARROW_ROOM = 0.18  # and this share of a narrow page: to write across half a sheet is better than to turn it
_SIDES = 1.2  # em that a cell keeps free at its two sides
_WHOLE, _HYPHENATED, _BROKEN = 24, 11, 6  # letters of a word that stay together: glyphs.py, hyphenation, every letter
_LONGEST_LINE = 32.0  # em, beyond which a cell asks for no more width
_CHUNK = 0.6  # of a page, that a part of a long table with notes takes
_REGULAR = 0.88  # of the width of bold words
_WHOLE_PAGE = 0.85  # of a page, up to which a table with notes stays in one piece


class Cells(NamedTuple):
    """A table's words: rows of cells, the first row the head where there is one; what each column is for."""

    rows: Sequence[Sequence[str]]
    has_head: bool
    columns: Sequence[Column]


class Room(NamedTuple):
    """What a table has: its width and a page's height in points, and the size of the text around it."""

    width: float
    height: float
    size: float

    @property
    def letters(self) -> int:
        """About how many letters of text a page holds."""
        return int(self.height / (1.42 * self.size) * self.width / (0.5 * self.size))


class Plan(NamedTuple):
    """How a table is set.

    scale:    of its text against that around it. widths: of the columns, as shares of the whole.
    breaking: after how many letters a word may be broken; 0 for not at all but where it always may."""

    scale: float
    widths: tuple[float, ...]
    breaking: int = 0


def plan(cells: Cells, room: Room) -> Plan | None:
    """The largest text with the fewest broken words at which a table fits; None where it fits at no size."""
    for letters in (_WHOLE, _HYPHENATED, _BROKEN):
        least = [_least(cells, number, letters, room) for number in range(len(cells.columns))]
        fixed = sum(_fixed(column, room) for column in cells.columns)
        # `least` is in em, what is fixed in points: the text may be as large as what is left allows.
        scale = min(LARGEST, (room.width - fixed) / (sum(least) * room.size)) if sum(least) else LARGEST
        if scale * room.size >= SMALLEST or scale == LARGEST:
            return Plan(scale, tuple(_shares(cells, room, scale, least)), 0 if letters == _WHOLE else letters)
    return None


def _shares(cells: Cells, room: Room, scale: float, least: Sequence[float]) -> Iterator[float]:
    em = scale * room.size
    wanted = [max(low, _natural(cells, number)) for number, low in enumerate(least)]
    taken = [low * em + _fixed(column, room) for low, column in zip(least, cells.columns, strict=True)]
    free = room.width - sum(taken)
    more = [(want - low) * em for want, low in zip(wanted, least, strict=True)]
    rooms = [width for width, column in zip(taken, cells.columns, strict=True) if column == "room"]
    # Words get what they ask for, up to half of what is free; the columns to write in share the rest.
    for_words = min(sum(more), free / 2)
    alike = _level(rooms, free - for_words) if rooms else 0.0
    for number, width in enumerate(taken):
        if cells.columns[number] == "room":
            extra = max(0.0, alike - width)
        elif rooms:
            extra = more[number] / sum(more) * for_words if sum(more) else 0.0
        elif "tick" in cells.columns:
            words = [column == "words" for column in cells.columns]
            share = more[number] / sum(more) if sum(more) else words[number] / max(1, sum(words))
            extra = share * free
        elif sum(more) > 0:
            extra = more[number] / sum(more) * min(free, sum(more))
        else:
            extra = 0.0
        yield (width + extra) / room.width


def _level(widths: Sequence[float], free: float) -> float:
    """How wide columns become that share so much more room, the narrowest first, so that they are alike."""
    rising = sorted(widths)
    levels = ((sum(rising[:count]) + free) / count for count in range(1, len(rising) + 1))
    return next(level for level, following in zip(levels, [*rising[1:], math.inf], strict=True) if level <= following)


def _fixed(column: Column, room: Room) -> float:
    """Points that a column takes whatever its words are."""
    narrow = min(ROOM_WIDTH / 25.4 * 72, _NARROW_ROOM * room.width)
    return {"words": 0.0, "room": narrow, "tick": TICK_WIDTH / 25.4 * 72}[column]


def _least(cells: Cells, number: int, letters: int, room: Room) -> float:
    """The width of a column's longest word, in em; what is fixed already holds a short head."""
    column = cells.columns[number]
    words = (word for row in cells.rows for word in row[number].split()) if column == "words" else ()
    heads = cells.rows[0][number].split() if cells.has_head else ()
    read = max((width(word[:letters]) for word in (*words, *heads)), default=0.0) + _SIDES
    return read if column == "words" else max(0.0, read - _fixed(column, room) / (LARGEST * room.size))


def _natural(cells: Cells, number: int) -> float:
    """The width that a column's longest cell asks for, in em."""
    if cells.columns[number] != "words":
        return 0.0
    return min(_LONGEST_LINE, max((width(row[number]) for row in cells.rows), default=0.0) + _SIDES)


def width(words: str) -> float:
    """About how wide words are, in em, in bold; rather too wide than too narrow."""
    return sum(_letter(letter) for letter in words)


def _letter(letter: str) -> float:
    if letter in "iljtfrI.,:;'|!()[]- ":
        return 0.36
    if letter in "mwMW%@—" or ord(letter) > 0x2E7F:
        return 0.92
    return 0.66 if letter.isupper() or ord(letter) > 0x24F else 0.57


def heights(cells: Cells, made: Plan, room: Room) -> list[float]:
    """About how high each row is, in points, the head among them."""
    em = made.scale * room.size
    found: list[float] = []
    for row in cells.rows:
        lines = 1.0
        for text, share in zip(row, made.widths, strict=True):
            free = max(1.0, share * room.width / em - _SIDES)
            lines = max(lines, -(-width(text) * _REGULAR // free))
        found.append((lines * 1.25 + 1.0) * em if any(row) else 8 / 25.4 * 72)
    return found


def parts(cells: Cells, notes: Sequence[float], made: Plan, room: Room) -> list[range]:
    """The rows, without the head, of each part of a table with notes below it.

    notes: how high the notes of each row are, in points. A part and its notes stay on one page."""
    high = heights(cells, made, room)
    head, body = (high[0], high[1:]) if cells.has_head else (0.0, high)
    whole = head + sum(body) + sum(notes)
    if whole <= room.height * _WHOLE_PAGE:
        return [range(len(body))]
    found: list[range] = []
    start, filled = 0, head
    for number, (row, note) in enumerate(zip(body, notes, strict=True)):
        if number > start and filled + row + note > room.height * _CHUNK:
            found.append(range(start, number))
            start, filled = number, head
        filled += row + note
    found.append(range(start, len(body)))
    return found
