"""What to print: chosen sections, their order and the options of the page.

Belongs here: which sections a handout contains. Not here: their look (printing/typeset/), choosing them (ui/)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.content.address import Address
from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Handbook
from handbook.handout.options import AS_USUAL, PrintOptions

ALIKE = 0.6  # how similar, from 0 to 1, an address must be to be offered in place of a missing one


@dataclass(frozen=True, slots=True)
class Handout:
    """Chosen sections, in order. `title` is the person's own; with "" title_of() finds one."""

    addresses: tuple[str, ...]
    options: PrintOptions = AS_USUAL
    title: str = ""


class UnknownAddress(HandbookError):
    """A handout has an address that is not in the handbook. nearest: the most similar address, or ""."""

    def __init__(self, address: str, nearest: str) -> None:
        super().__init__(
            tr("There is no section '{address}' in this handbook. {hint}").format(address=address, hint=hint(nearest))
        )
        self.address = address
        self.nearest = nearest


@dataclass(frozen=True)
class Piece:
    """Sections of one chapter that follow each other in a handout, in the handbook's order.

    sections: the chosen ones, each followed by all its subsections."""

    chapter: Chapter
    sections: tuple[Section, ...]


def pieces(handbook: Handbook, handout: Handout) -> tuple[Piece, ...]:
    """The sections of a handout in the order chosen, each printed once.

    Sections of one chapter that follow each other in the handbook's order make one piece. If a section and one of its
    subsections are both chosen, the subsection is printed in its place inside the section only. Raises
    UnknownAddress."""
    found: list[Piece] = []
    for section in chosen(handbook, handout.addresses):
        join(handbook, found, section)
    return tuple(found)


def join(handbook: Handbook, found: list[Piece], section: Section, *, apart: bool = False) -> None:
    """Add a section to the pieces found so far: to the last one if it continues that, or else as a new piece.

    apart: as a new piece in any case."""
    chapter = handbook.chapters[section.address.chapter]
    whole = tuple(_whole(chapter, section))
    last = found[-1] if found else None
    follows = last is not None and last.chapter is chapter and last.sections[-1].start < section.start
    if last is not None and follows and not apart:
        found[-1] = Piece(chapter, last.sections + whole)
    else:
        found.append(Piece(chapter, whole))


def title_of(handbook: Handbook, handout: Handout) -> str:
    """The title of a handout: its own, or that of its only section, or the handbook's."""
    if handout.title.strip():
        return handout.title.strip()
    sections = chosen(handbook, handout.addresses)
    return sections[0].title if len(sections) == 1 else handbook.manifest.title


def chosen(handbook: Handbook, addresses: Iterable[str]) -> list[Section]:
    """The chosen sections in order, without repetition and without subsections of other chosen ones.

    Raises UnknownAddress."""
    found = {section.address: section for section in (_find(handbook, text) for text in addresses)}
    return [one for one in found.values() if not any(above in found for above in _above(handbook, one))]


def nearest(handbook: Handbook, address: str) -> str:
    """The address in a handbook that is most similar to a missing one; "" if none is similar enough.

    If the chapter exists, the most similar address in it; if none of them is similar enough, the chapter's own. None
    is like one of a handbook that is not in the library."""
    if handbook.lacking(address):
        return ""
    chapter = handbook.chapters.get(handbook.current(Address.parse(address)).chapter)
    sections = chapter.sections if chapter else handbook.sections
    found = difflib.get_close_matches(address, [str(one.address) for one in sections], n=1, cutoff=ALIKE)
    return found[0] if found else chapter.id if chapter else ""


def hint(nearest: str) -> str:
    """A sentence for a person who gave an address that does not exist: the one that may be meant."""
    return (
        tr("The nearest is '{nearest}'.").format(nearest=nearest)
        if nearest
        else tr("'handbook search' finds addresses.")
    )


def left_out(handbook: Handbook, address: str, nearest: str) -> str:
    """The sentence about an address that does not exist, and so is in nothing that was made."""
    name = handbook.lacking(address)
    if name:
        return tr(
            "'{address}' was left out: it is in the handbook '{name}', which is not in the library. "
            "'handbook add' adds it."
        ).format(address=address, name=name)
    return tr("'{address}' is not in this handbook and was left out. {hint}").format(
        address=address, hint=hint(nearest)
    )


def _find(handbook: Handbook, text: str) -> Section:
    section = handbook.find(text)
    if section is None:
        raise UnknownAddress(text, nearest(handbook, text))
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
