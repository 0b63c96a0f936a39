"""A mark as an immutable value, and the order of a list of marks.

Belongs here: what a mark is. Not here: where its words are now (anchoring.py).

A mark is held to words and not to a position, as the Web Annotation Data Model has it (W3C Recommendation of 23
February 2017, section 4.2.4, Text Quote Selector): the exact quote, and what stood before and after it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from handbook.content.address import Address, library_name
from handbook.content.handbook import Handbook

Kind = Literal["bookmark", "highlight"]
STYLES = 4  # of highlights, each with a look of its own
_BEGINS = 24  # letters of a mark's words by which they are found for the order of a list
CONTEXT = 40  # letters kept before and after a quote
LONGEST_QUOTE, LONGEST_NOTE = 20_000, 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark or highlighted words, with or without a note.

    address: of the section that it was made in, "chapter#anchor".
    title:   of that section then.
    quote:   the words, "" for a bookmark, with one space between words; before, after: what stood around them.
    style:   of a highlight, 1 to STYLES.
    made:    the day.
    id:      tells it from all others."""

    kind: Kind
    address: str
    title: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    style: int = 1
    made: datetime.date = datetime.date(1970, 1, 1)
    id: str = field(default_factory=lambda: os.urandom(8).hex())

    @property
    def chapter(self) -> str:
        """The id of the chapter that it was made in."""
        return Address.parse(self.address).chapter


def by_place(handbook: Handbook, marks: Iterable[Mark], where: Callable[[Mark], str] | None = None) -> list[Mark]:
    """Marks in the order of the handbook, then those of others in theirs; in each, those whose section is gone last.

    A bookmark, which is for the whole of its section, is before what is highlighted in it, and that in the order of
    the section's words.
    where: tells the address that a mark's section has now; without, it is that of the mark."""
    orders: dict[str, dict[str, int]] = {}
    texts: dict[str, str] = {}

    def place(mark: Mark) -> tuple[bool, str, int, int, datetime.date, str]:
        name = library_name(mark.address)
        if name not in orders:
            there = handbook.of(mark.address)
            orders[name] = {str(section.address): number for number, section in enumerate(there.sections)}
        order = orders[name]
        address = where(mark) if where is not None else mark.address
        number = order.get(address, len(order))
        if mark.quote and address not in texts:
            texts[address] = _written(handbook, address)
        in_section = _place_in(texts[address], mark) if mark.quote else -1
        return name != handbook.name, name, number, in_section, mark.made, mark.id

    return sorted(marks, key=place)


def _written(handbook: Handbook, address: str) -> str:
    """The words of a section as its file has them; "" where there is none. To read them as a page would take longer."""
    chapter, section = handbook.chapter(Address.parse(address)), handbook.find(address)
    if chapter is None or section is None:
        return ""
    return " ".join(" ".join(chapter.lines[section.body : section.end]).split())


def _place_in(text: str, mark: Mark) -> int:
    """About where the words of a mark stand in a section; behind all others where they stand otherwise in its file."""
    begins = mark.quote[:_BEGINS]
    tries = (f"{mark.before[-_BEGINS:].rstrip()} {begins}", begins, begins.partition(" ")[0])
    return next((at for words in tries if (at := text.find(words)) >= 0), len(text))


def by_day(marks: Iterable[Mark]) -> list[Mark]:
    """Marks with the newest day first."""
    return sorted(marks, key=lambda mark: mark.made, reverse=True)


def matching(marks: Iterable[Mark], words: str) -> list[Mark]:
    """Marks whose title, quote or note has all words that are asked for, in any order."""
    wanted = words.casefold().split()
    return [
        mark for mark in marks if all(word in f"{mark.title}\n{mark.quote}\n{mark.note}".casefold() for word in wanted)
    ]
