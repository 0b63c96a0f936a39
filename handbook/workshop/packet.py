"""Sorts the items of a workshop into packets: for the participants, for the trainer, cards, posters, worksheets.

Belongs here: which kind of chapter is in which packet, what is left out for whom, what is added by itself. Not here:
how many copies (copies.py), how a page looks (printing/typeset/), the workshop itself (model.py).

| packet       | contains                                                                               |
|--------------|----------------------------------------------------------------------------------------|
| participants | texts and custom pages; nothing that is for the trainer only                           |
| trainer      | the same, session plans, exercises; at the end the words of cards, cases and their keys |
| cards        | cards and cases, without their keys                                                    |
| posters      | posters                                                                                |
| worksheets   | worksheets and forms                                                                   |

At the end of the trainer's packet is what its plans and exercises refer to and the workshop does not contain: chapters
named in their materials, such as the key of a case, and what they say is read aloud, such as the content note."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.content.address import Address
from handbook.content.bounds import within_limits
from handbook.content.callouts import CALLOUTS
from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Handbook
from handbook.content.headings import fenced_lines
from handbook.content.metadata import SHEETS, FrontMatter
from handbook.handout.options import Kind
from handbook.handout.selection import Piece, chosen, join, nearest
from handbook.workshop.copies import copies
from handbook.workshop.model import CustomPage, Passage, Workshop, is_gone, run_by_themselves

if TYPE_CHECKING:
    from handbook.marks.model import Mark

    OwnMarks = Mapping[str, tuple[tuple[Address, Mark], ...]]  # the person's, with their sections, by chapter

_TEXTS = ("text", "statement", "screen", "glossary", "sources")
_PRINTED: Mapping[Kind, tuple[str, ...]] = {
    "participants": _TEXTS,
    "trainer": (*_TEXTS, *SHEETS, "cards"),
    "cards": ("cards",),
    "posters": ("poster",),
    "worksheets": ("worksheet", "form"),
}
_IN_COPIES: tuple[Kind, ...] = ("cards", "posters", "worksheets")
_NEEDED, _DONE = "Materials", "Steps"  # sections of a plan or an exercise
_FOR_THE_TRAINER = re.compile(rf"!!! ?({'|'.join(one.name for one in CALLOUTS.values() if one.own_page)})\b")
_BOX = re.compile(r"^(\s{0,12}[-*+]\s{1,4})\[ ?\]\s")
_APART = re.compile(r"\s{0,3}(#{1,6}\s|\||!!!|:\s|=+\s*$|-+\s*$)")  # lines that are no text that goes on
_NEW_BLOCK = re.compile(r"\s{0,12}([-*+]\s|[0-9]{1,9}[.)]\s|#{1,6}\s|>|\||!!!|```|~~~|:\s|=+\s*$|-+\s*$)")
_READ_ALOUD = re.compile(r"!!! ?safety\b")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that is not printed, as its address does not exist.

    item: its position in the workshop. nearest: the most similar address that exists."""

    item: int
    address: str
    nearest: str


@dataclass(frozen=True)
class Packet:
    """The contents of one packet.

    pieces: in order. places: the address at which each item begins, by the item's position in the workshop.
    copies: of each piece. notes: the trainer's notes by the address below which they are printed.
    own: what the trainer marked in the handbook, where that is asked for."""

    kind: Kind
    pieces: tuple[Piece, ...]
    places: Mapping[int, Address]
    copies: tuple[int, ...]
    notes: Mapping[Address, str]
    skipped: tuple[Skipped, ...]
    own: OwnMarks = field(default_factory=lambda: MappingProxyType({}))


def packet(handbook: Handbook, workshop: Workshop, kind: Kind) -> Packet:
    """A packet of a workshop; without pieces if the workshop has nothing of that kind."""
    wanted = dict(_wanted(handbook, workshop, kind))
    passages = [section for section in wanted.values() if section is not None]
    once = {one.address for one in chosen(handbook, (str(one.address) for one in passages))}
    in_copies = kind in _IN_COPIES
    order = _by_chapter(wanted) if in_copies else list(wanted)
    pieces: list[Piece] = []
    places: dict[int, Address] = {}
    notes: dict[Address, str] = {}
    counted: list[int] = []
    for number in order:
        section, item = wanted[number], workshop.items[number]
        if section is not None:
            if section.address in once:
                count = _copies(handbook, workshop, wanted, section) if in_copies else 1
                join(handbook, pieces, section, apart=bool(counted) and counted[-1] != count)
                counted += [count] * (len(pieces) - len(counted))
                once.discard(section.address)
            places[number] = section.address
        elif isinstance(item, CustomPage):
            pieces.append(custom_piece(number, item))
            counted.append(1)
            places[number] = pieces[-1].sections[0].address
        note = getattr(item, "note", "").strip()
        if kind == "trainer" and note:
            at = places[number]
            notes[at] = f"{notes[at]}\n\n{note}" if at in notes else note
    if kind == "trainer":
        for section in _brought(handbook, workshop, passages):
            join(handbook, pieces, section)
        pieces = _decks_last(pieces)
        counted = [1] * len(pieces)
    return Packet(kind, tuple(pieces), places, tuple(counted), notes, tuple(skipped(handbook, workshop)))


def _decks_last(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, and behind them the cards to look things up in: of each deck all that there is, in its order."""
    decks: dict[str, dict[Address, Section]] = {}
    for piece in pieces:
        if piece.chapter.front.kind == "cards":
            decks.setdefault(piece.chapter.id, {}).update((one.address, one) for one in piece.sections)
    of = {piece.chapter.id: piece.chapter for piece in pieces}
    return [
        *(piece for piece in pieces if piece.chapter.id not in decks),
        *(Piece(of[deck], tuple(sorted(some.values(), key=lambda one: one.start))) for deck, some in decks.items()),
    ]


def skipped(handbook: Handbook, workshop: Workshop) -> Iterator[Skipped]:
    """The items whose address does not exist in the handbook; they are in no packet."""
    for number, item in enumerate(workshop.items):
        if is_gone(item, handbook):
            yield Skipped(number, item.address, nearest(handbook, item.address))


def custom_piece(number: int, page: CustomPage) -> Piece:
    """A custom page as a piece of a handout: a chapter made for it, with the page's title.

    The heading that stands for the title is replaced by its words when the page is set."""
    text, _ = within_limits(page.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    title = " ".join(page.title.split()) or "…"
    lines = ("# …", "", *_as_written(text.split("\n")))
    chapter = Chapter(f"own page {number + 1}", "", "", title, FrontMatter(title=title), "", lines, 0)
    return Piece(chapter, chapter.sections)


def _as_written(lines: list[str]) -> Iterator[str]:
    """The lines of a custom page, so that each ends where the trainer ended it, and `- [ ]` is a box to tick."""
    fenced = fenced_lines(lines)
    for number, line in enumerate(lines):
        if fenced[number]:
            yield line
            continue
        after = lines[number + 1] if number + 1 < len(lines) else ""
        goes_on = line.strip() and after.strip() and not _APART.match(line) and not _NEW_BLOCK.match(after)
        yield _BOX.sub(r"\1☐ ", line) + ("  " if goes_on else "")


def is_custom(chapter: Chapter) -> bool:
    """Is a piece a page that the trainer wrote, and no part of the handbook? Those are read from files."""
    return not chapter.file


def _wanted(handbook: Handbook, workshop: Workshop, kind: Kind) -> Iterator[tuple[int, Section | None]]:
    """The sections of the items that are in a packet, by the item's position; None for a custom page."""
    for number, item in enumerate(workshop.items):
        if kind == "participants" and getattr(item, "trainer_only", False):
            continue
        if isinstance(item, CustomPage) and kind in ("participants", "trainer"):
            yield number, None
        elif isinstance(item, Passage):
            section = handbook.find(item.address)
            if section is None or (kind in _IN_COPIES and item.copies == 0):
                continue
            chapter = handbook.chapters[section.address.chapter]
            if chapter.front.kind not in _PRINTED[kind]:
                continue
            if kind == "participants" and chapter.front.audience == "trainer":
                continue
            yield number, section


def _is_read(chapter: Chapter, section: Section) -> bool:
    """Has a section something for the trainer to read, apart from cards to cut out?"""
    return chapter.front.kind != "cards" or _has(chapter, section, _FOR_THE_TRAINER)


def _has(chapter: Chapter, section: Section, what: re.Pattern[str]) -> bool:
    """Does a section contain a call-out of some kind?"""
    return any(what.match(line) for line in chapter.lines[section.body : section.end])


def _by_chapter(wanted: Mapping[int, Section | None]) -> list[int]:
    """The items with those of one chapter next to each other, in its order, so that they share sheets when printed."""
    sections = {number: section for number, section in wanted.items() if section is not None}
    first: dict[str, int] = {}
    for number, section in sections.items():
        first.setdefault(section.address.chapter, number)
    return sorted(sections, key=lambda number: (first[sections[number].address.chapter], sections[number].start))


def _copies(handbook: Handbook, workshop: Workshop, wanted: Mapping[int, Section | None], section: Section) -> int:
    """The copies of what is printed, by all items that are in it."""
    inside = (number for number, other in wanted.items() if other is not None and section.holds(other))
    items = [item for number in inside if isinstance(item := workshop.items[number], Passage)]
    return copies(handbook, workshop, items)


# -- What comes along -----------------------------------------------------------------------------------------


def _brought(handbook: Handbook, workshop: Workshop, there: Sequence[Section]) -> list[Section]:
    """The sections that plans and exercises of the workshop need and that no item contains; in their order."""
    found = [one for sheet in run_by_themselves(handbook, workshop) for one in _needed(handbook, sheet)]
    new = [section for section in found if not any(other.holds(section) for other in there)]
    return chosen(handbook, (str(section.address) for section in new))


def _needed(handbook: Handbook, sheet: Chapter) -> Iterator[Section]:
    """The sections that a trainer needs on paper to run a plan or an exercise."""
    materials = [section for one in sheet.front.materials if (section := handbook.find(one.item)) is not None]
    for line, target in sheet.references.links:
        at, section = sheet.section_at(line), handbook.find(sheet.resolve(target))
        if section is None:
            continue
        chapter = handbook.chapters[section.address.chapter]
        if at.title == _NEEDED and at.level:
            # "Two of the cases" links to all of them; the materials say which.
            for one in [one for one in materials if section.holds(one)] or [section]:
                if chapter.front.kind in _PRINTED["trainer"] and _is_read(chapter, one):
                    yield one
        elif _DONE in (*at.path[1:], at.title) and _is_read_aloud(chapter, section):
            yield section


def _is_read_aloud(chapter: Chapter, section: Section) -> bool:
    return chapter.front.audience == "trainer" and _has(chapter, section, _READ_ALOUD)


def custom_source(owner: str, said: gettext.NullTranslations) -> str:
    """The source line of a page that the trainer wrote. owner: who gives the workshop; "" if it does not say."""
    if not owner:
        return said.gettext("Own page, not part of the handbook")
    return said.gettext("Own page, not part of the handbook: {owner}").format(owner=owner)
