"""What each person in the room gets: the items of a workshop, sorted into the things that it prints.

Belongs here: which kind of chapter goes where, what is left out for whom. Not here: how it is set (typeset/), the
workshop itself (workshop/).

| printed      | holds                                                                                  |
|--------------|----------------------------------------------------------------------------------------|
| participants | texts, and own pages; nothing of a trainer's                                           |
| trainer      | the same, session plans, exercises; of cards what is not cut out: their keys, the cases |
| cards        | cards and cases, without their keys                                                    |
| posters      | posters                                                                                |
| worksheets   | worksheets and forms                                                                   |"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.content.handbook import Address, Chapter, FrontMatter, Handbook, Section
from handbook.handout.options import Kind
from handbook.handout.selection import Piece, chosen, join, nearest
from handbook.workshop.model import CustomPage, Passage, Workshop, is_gone

CUSTOM = "own"  # the part that own pages are in; no part of the handbook
_TEXTS = ("text", "statement", "glossary", "sources")
_PRINTED: Mapping[Kind, tuple[str, ...]] = {
    "participants": _TEXTS,
    "trainer": (*_TEXTS, "session-plan", "exercise", "cards"),
    "cards": ("cards",),
    "posters": ("poster",),
    "worksheets": ("worksheet", "form"),
}
_PER_PERSON = ("worksheet", "form")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that is not printed, as its address is gone. item: its place. nearest: the likest there is."""

    item: int
    address: str
    nearest: str


@dataclass(frozen=True)
class Packet:
    """What one kind of print holds.

    pieces: in order. places: where each item that is in it begins, by its place among the workshop's items.
    copies: of each piece. notes: the trainer's, by the address that they stand under; none for participants."""

    kind: Kind
    pieces: tuple[Piece, ...]
    places: Mapping[int, Address]
    copies: tuple[int, ...]
    notes: Mapping[Address, str]
    skipped: tuple[Skipped, ...]


def packet(handbook: Handbook, workshop: Workshop, kind: Kind) -> Packet:
    """One of the things that a workshop prints; without pieces where there is nothing of that kind."""
    wanted = dict(_wanted(handbook, workshop, kind))
    once = {one.address for one in chosen(handbook, (str(one.address) for one in wanted.values() if one is not None))}
    pieces: list[Piece] = []
    places: dict[int, Address] = {}
    notes: dict[Address, str] = {}
    copies: dict[str, int] = {}
    for number, section in wanted.items():
        item = workshop.items[number]
        if section is not None:
            if section.address in once:
                join(handbook, pieces, section)
                once.discard(section.address)
            places[number] = section.address
        elif isinstance(item, CustomPage):
            pieces.append(custom_piece(number, item))
            places[number] = pieces[-1].sections[0].address
        if isinstance(item, Passage):
            chapter = handbook.chapters[places[number].chapter]
            copies[chapter.id] = copies.get(chapter.id, 0) + _copies(workshop, item, chapter)
        note = getattr(item, "note", "").strip()
        if kind == "trainer" and note:
            at = places[number]
            notes[at] = f"{notes[at]}\n\n{note}" if at in notes else note
    return Packet(
        kind, tuple(pieces), places, tuple(copies.get(one.chapter.id, 1) for one in pieces), notes,
        tuple(skipped(handbook, workshop)),
    )  # fmt: skip


def skipped(handbook: Handbook, workshop: Workshop) -> Iterator[Skipped]:
    """The items whose address is gone from the handbook; no print has them."""
    for number, item in enumerate(workshop.items):
        if is_gone(item, handbook):
            yield Skipped(number, item.address, nearest(handbook, item.address))


def custom_piece(number: int, page: CustomPage) -> Piece:
    """An own page as a piece of a handout: a chapter that no handbook has, under the title given.

    The heading that stands for the title is replaced by its words when the page is set."""
    text = page.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    title = " ".join(page.title.split()) or "…"
    lines = ("# …", "", *text.split("\n"))
    chapter = Chapter(f"own page {number + 1}", CUSTOM, "", title, FrontMatter(title=title), "", lines, 0)
    return Piece(chapter, chapter.sections)


def is_custom(chapter: Chapter) -> bool:
    """Is it a page of the trainer's, and not of the handbook?"""
    return chapter.part == CUSTOM


def _wanted(handbook: Handbook, workshop: Workshop, kind: Kind) -> Iterator[tuple[int, Section | None]]:
    """The items that belong in a kind of print, by their place; None for an own page."""
    for number, item in enumerate(workshop.items):
        if kind == "participants" and getattr(item, "trainer_only", False):
            continue
        if isinstance(item, CustomPage) and kind in ("participants", "trainer"):
            yield number, None
        elif isinstance(item, Passage):
            section = handbook.find(item.address)
            sheets = kind in ("cards", "posters", "worksheets")
            if sheets and item.copies == 0:
                continue
            if section is not None and handbook.chapters[section.address.chapter].front.kind in _PRINTED[kind]:
                yield number, section


def _copies(workshop: Workshop, item: Passage, chapter: Chapter) -> int:
    if item.copies is not None:
        return item.copies
    return max(1, workshop.participants) if chapter.front.kind in _PER_PERSON else 1
