"""The labels by which the pieces of a document, its headings and other places are found.

Belongs here: their names. They are made by the program and never from content: c2s1 is a heading of the handbook's
second chapter, c2a1 another place in it, c2n1 a footnote, c2b and c2e the beginning and the end of its text; a custom
page has o and a checksum in place of c2. In an all-in-one document a prefix tells the parts apart."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.selection import Piece
from handbook.printing.typeset.expressions import Code
from handbook.printing.typeset.job import Job
from handbook.workshop.packet import is_custom


def names_of(handbook: Handbook, chosen: Iterable[Piece]) -> Iterator[str]:
    """What each piece is called in labels and files, whatever stands before it.

    A chapter by its place in the handbook; an own page, which has none, by a number drawn from its words."""
    numbers = {name: number for number, name in enumerate(handbook.chapters, 1)}
    seen: Counter[str] = Counter()
    for piece in chosen:
        chapter = piece.chapter
        own = zlib.crc32("\n".join((chapter.title, *chapter.lines)).encode("utf-8", "replace"))
        name = f"o{own:08x}" if is_custom(chapter) else _name_of(chapter.id, numbers)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _name_of(chapter: str, numbers: Mapping[str, int]) -> str:
    """What the labels of a chapter begin with; one of another handbook has no number in this."""
    return f"c{numbers[chapter]}" if chapter in numbers else f"x{zlib.crc32(chapter.encode()):08x}"


def labels_of(
    chosen: Iterable[tuple[Piece, Element]], names: Iterable[str], places: Iterable[Address]
) -> dict[Address, str]:
    """A label for each heading, and for each other place that a link of this handout leads to or that is asked for."""
    chosen = list(chosen)
    wanted = {link.get("href", "") for _, root in chosen for link in root.iter("a")} | set(map(str, places))
    found: dict[Address, str] = {}
    for name, (piece, root) in zip(names, chosen, strict=True):
        anchored = (element for element in root.iter() if element.get("id") is not None)
        for number, element in enumerate(anchored, 1):
            address, is_heading = Address(piece.chapter.id, element.get("id", "")), element.tag in markup.HEADINGS
            if is_heading:  # it has one label: it stands in the contents too, where another would be there twice
                label = found.setdefault(address, f"{name}s{number}")
                for inner in element.iterfind(".//*[@id]"):
                    found.setdefault(Address(piece.chapter.id, inner.get("id", "")), label)
            elif str(address) in wanted:
                found.setdefault(address, f"{name}a{number}")
    return found


def places(job: Job, marks: Mapping[Address, str]) -> Code:
    """The marks of the places whose pages are asked for, on sheets; "" for one that is not there."""
    return Code("(" + " ".join(f'"{marks.get(place, "")}",' for place in job.places) + ")")
