"""How much paper a workshop takes.

Belongs here: pages to sheets, times the people in the room, and the line that says it. Not here: how many pages
there are (that is known when they are set), printers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.base.catalogue import ngettext, tr
from handbook.handout.options import KINDS, Kind, Print, PrintOptions, sides_for
from handbook.workshop.model import Workshop


@dataclass(frozen=True, slots=True)
class Run:
    """Pages that are printed together: a packet, or one worksheet. copies: how often, 0 or more."""

    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class Count:
    """The paper of one of the things that a workshop prints.

    runs: (sheets of one copy, copies) of each, in order."""

    kind: Kind
    runs: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        """All sheets of all copies."""
        return sum(each * copies for each, copies in self.runs)

    @property
    def set_and_copies(self) -> tuple[int, int]:
        """The sheets of a set and how many sets there are; (total, 1) where copies differ within it."""
        many = {copies for _, copies in self.runs}
        if len(many) != 1:
            return self.total, 1
        return sum(each for each, _ in self.runs), next(iter(many))


def sheets(pages: int, options: PrintOptions, kind: Print = "participants") -> int:
    """The sheets that so many pages of a PDF take; those of a folded booklet are the sides of its sheets."""
    return pages if sides_for(options, kind) == "one" else -(-pages // 2)


def count(workshop: Workshop, runs: Mapping[Kind, Sequence[Run]]) -> tuple[Count, ...]:
    """The paper of what is printed, in the order of KINDS; a kind without runs is left out."""
    return tuple(
        Count(kind, tuple((sheets(run.pages, workshop.options_for(kind), kind), run.copies) for run in runs[kind]))
        for kind in KINDS
        if runs.get(kind)
    )


def _sheets(kind: Kind, n: int) -> str:
    """So many sheets of one kind, in words."""
    if kind == "trainer":
        return ngettext("{n} sheet for the trainer", "{n} sheets for the trainer", n).format(n=n)
    if kind == "cards":
        return ngettext("{n} sheet of cards", "{n} sheets of cards", n).format(n=n)
    if kind == "posters":
        return ngettext("{n} sheet of posters", "{n} sheets of posters", n).format(n=n)
    if kind == "worksheets":
        return ngettext("{n} sheet of worksheets", "{n} sheets of worksheets", n).format(n=n)
    return ngettext("{n} sheet", "{n} sheets", n).format(n=n)


def in_words(workshop: Workshop, counts: Sequence[Count]) -> str:
    """One line: "24 participants: 24 × 7 sheets, 6 sheets of cards".

    >>> in_words(Workshop(participants=2), (Count("participants", ((7, 2),)), Count("cards", ((1, 1),))))
    '2 participants: 2 × 7 sheets, 1 sheet of cards'"""
    parts: list[str] = []
    for one in counts:
        each, copies = one.set_and_copies
        sheets = _sheets(one.kind, each)
        # Translators: so many copies of a set of sheets, as "24 × 7 sheets"
        parts.append(tr("{copies} × {sheets}").format(copies=copies, sheets=sheets) if copies != 1 else sheets)
    said = ", ".join(parts) or tr("nothing to print")
    if not workshop.participants:
        return said
    return ngettext("{n} participant: {paper}", "{n} participants: {paper}", workshop.participants).format(
        n=workshop.participants, paper=said
    )
