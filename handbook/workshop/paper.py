"""How much paper a workshop takes.

Belongs here: pages to sheets, times the people in the room, and the line that says it. Not here: how many pages
there are (that is known when they are set), printers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


_OF = {
    "participants": "",
    "trainer": " for the trainer",
    "cards": " of cards",
    "posters": " of posters",
    "worksheets": " of worksheets",
}


def in_words(workshop: Workshop, counts: Sequence[Count]) -> str:
    """One line: "24 participants: 24 × 7 sheets, 6 sheets of cards".

    >>> in_words(Workshop(participants=2), (Count("participants", ((7, 2),)), Count("cards", ((1, 1),))))
    '2 participants: 2 × 7 sheets, 1 sheet of cards'"""
    parts: list[str] = []
    for one in counts:
        each, copies = one.set_and_copies
        times = f"{copies} × " if copies != 1 else ""
        parts.append(f"{times}{'1 sheet' if each == 1 else f'{each} sheets'}{_OF[one.kind]}")
    said = ", ".join(parts) or "nothing to print"
    if not workshop.participants:
        return said
    people = "1 participant" if workshop.participants == 1 else f"{workshop.participants} participants"
    return f"{people}: {said}"
