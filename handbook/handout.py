"""What to print: chosen sections, their order and the options of the page.

Belongs here: which words a handout holds. Not here: how they are set (typeset/), who chose them (ui/)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from handbook.content import Address, Chapter, Handbook, Section
from handbook.errors import HandbookError

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
SIZES = (11, 14, 18)  # points; 18 is large print


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How the pages look.

    paper:   the sheet in the printer.
    size:    of the running text, in points: one of SIZES.
    booklet: pages of half a sheet, two to a side in folding order, for turning on the short edge.
    notes:   the outer third of each page is ruled for writing.
    Raises ValueError for a paper or a size that is not offered."""

    paper: Paper = "a4"
    size: int = 11
    booklet: bool = False
    notes: bool = False

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise ValueError(f"paper must be one of {', '.join(PAPERS)}, not {self.paper!r}")
        if self.size not in SIZES:
            raise ValueError(f"size must be one of {', '.join(map(str, SIZES))}, not {self.size!r}")


@dataclass(frozen=True, slots=True)
class Handout:
    """An ordered choice of sections. `title` is the one given by hand; "" lets title_of() find one."""

    addresses: tuple[str, ...]
    options: PrintOptions = PrintOptions()
    title: str = ""


class UnknownAddress(HandbookError):
    """A handout asks for a section that the handbook does not have; `nearest` is the likest that it has."""

    def __init__(self, address: str, nearest: str) -> None:
        super().__init__(f"There is no section '{address}' in this handbook. The nearest is '{nearest}'.")
        self.address = address
        self.nearest = nearest


@dataclass(frozen=True)
class Piece:
    """Sections of one chapter that stand together in a handout, in the handbook's order.

    sections: the chosen ones, each followed by all its subsections."""

    chapter: Chapter
    sections: tuple[Section, ...]


def pieces(handbook: Handbook, handout: Handout) -> tuple[Piece, ...]:
    """The sections of a handout in the order chosen, each once and whole.

    Neighbours of one chapter make one piece as long as they follow the handbook's order. A section that is
    chosen beside one it belongs to is printed there only, wherever it was chosen: taking it out would leave
    a hole in the text around it. Raises UnknownAddress."""
    found: list[Piece] = []
    for section in _chosen(handbook, handout):
        chapter = handbook.chapters[section.address.chapter]
        whole = tuple(_whole(chapter, section))
        last = found[-1] if found else None
        if last is not None and last.chapter is chapter and last.sections[-1].start < section.start:
            found[-1] = Piece(chapter, last.sections + whole)
        else:
            found.append(Piece(chapter, whole))
    return tuple(found)


def title_of(handbook: Handbook, handout: Handout) -> str:
    """What a handout is called: its own title, that of its one section, or the handbook's."""
    if handout.title.strip():
        return handout.title.strip()
    chosen = _chosen(handbook, handout)
    return chosen[0].title if len(chosen) == 1 else handbook.manifest.title


def _chosen(handbook: Handbook, handout: Handout) -> list[Section]:
    """The chosen sections in order, without repetition and without those that another one holds."""
    found = {section.address: section for section in (_find(handbook, text) for text in handout.addresses)}
    return [one for one in found.values() if not any(above in found for above in _above(handbook, one))]


def _find(handbook: Handbook, text: str) -> Section:
    section = handbook.find(text)
    if section is None:
        known = [str(section.address) for section in handbook.sections]
        raise UnknownAddress(text, difflib.get_close_matches(text, known, n=1, cutoff=0.0)[0])
    return section


def _above(handbook: Handbook, section: Section) -> Iterator[Address]:
    """The sections that a section belongs to, the nearest first."""
    known = handbook.chapters[section.address.chapter].anchors
    while section.parent is not None:
        yield section.parent
        section = known[section.parent.anchor]


def _whole(chapter: Chapter, section: Section) -> Iterator[Section]:
    """A section and its subsections."""
    if section.level == 0:
        yield from chapter.sections
        return
    for other in chapter.sections:
        if other.level and section.start <= other.start < section.end:
            yield other
