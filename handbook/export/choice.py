"""What is exported: sections by their addresses, a workshop's packet, or everything.

Belongs here: the choice as a value, and which pieces it means. Not here: the pieces' trees (book.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.options import Kind
from handbook.handout.selection import Handout, Piece, pieces, title_of
from handbook.workshop.model import Passage, Workshop
from handbook.workshop.packet import Skipped, packet
from handbook.workshop.timetable import clock, timetable

ALL = "all"  # the word for everything, in place of an address
Readers = Literal["all", "participants", "trainer"]


class NothingToExport(HandbookError):
    """A choice has no text for its readers."""


@dataclass(frozen=True)
class Choice:
    """What is exported, and for whom.

    addresses: of sections and chapters, in order; none: everything, or what `workshop` holds.
    workshop:  whose packet is exported; needs `readers` other than "all".
    readers:   participants get nothing that is for the trainer alone, by the same rules as on paper."""

    addresses: tuple[str, ...] = ()
    workshop: Workshop | None = None
    readers: Readers = "all"

    @property
    def is_everything(self) -> bool:
        """Is it the whole handbook?"""
        return not self.addresses and self.workshop is None


@dataclass(frozen=True)
class Chosen:
    """The pieces of a choice, in order.

    notes, times: the trainer's notes, and from when to when a session is, by address.
    skipped: items of the workshop that the handbook does not have any more."""

    title: str
    pieces: tuple[Piece, ...]
    notes: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    times: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    skipped: tuple[Skipped, ...] = ()


def chosen(handbook: Handbook, choice: Choice) -> Chosen:
    """The pieces that a choice means. Raises UnknownAddress, NothingToExport."""
    if choice.workshop is not None:
        found = _of_workshop(handbook, choice.workshop, "trainer" if choice.readers == "trainer" else "participants")
    else:
        addresses = choice.addresses or tuple(handbook.chapters)
        handout = Handout(addresses)
        title = title_of(handbook, handout) if choice.addresses else handbook.manifest.title
        found = Chosen(title, pieces(handbook, handout))
        if choice.readers == "participants":
            found = _for_participants(handbook, found)
    if not found.pieces:
        raise NothingToExport(_nothing(handbook, choice, found))
    return found


def _nothing(handbook: Handbook, choice: Choice, found: Chosen) -> str:
    if found.skipped:
        return tr("There is nothing to export: what this workshop holds is gone from the handbook.")
    workshop = choice.workshop
    if choice.readers == "participants" and (workshop is None or packet(handbook, workshop, "trainer").pieces):
        return tr("There is nothing to export: all of this is for trainers alone. Choose the trainer's version.")
    return tr("There is nothing to export. Add something to the workshop first.")


def _of_workshop(handbook: Handbook, workshop: Workshop, kind: Kind) -> Chosen:
    made = packet(handbook, workshop, kind)
    title = " ".join(workshop.title.split()) or handbook.manifest.title
    times: dict[Address, str] = {}
    if kind == "trainer":
        rows = (row for day in timetable(handbook, workshop) for row in day.rows)
        times = {
            made.places[row.item]: f"{clock(row.start)}–{clock(row.end)}" for row in rows if row.item in made.places
        }
    return Chosen(title, made.pieces, made.notes, times, made.skipped)


def _for_participants(handbook: Handbook, found: Chosen) -> Chosen:
    """What of some pieces a participants' packet would hold: worksheets and forms too, as they are given them."""
    kept: list[Piece] = []
    for piece in found.pieces:
        items = tuple(Passage(str(section.address)) for section in piece.sections)
        workshop = Workshop(items=items)
        if any(packet(handbook, workshop, kind).pieces for kind in _GIVEN):
            kept.append(piece)
    return Chosen(found.title, tuple(kept))


_GIVEN: tuple[Kind, ...] = ("participants", "worksheets")  # what participants are handed whole
