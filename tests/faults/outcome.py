"""What a trial of faults came to: a row of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_SHOWN = 10  # faults that are written out under the table


@dataclass
class Outcome:
    """The tries of one trial, and those in which something was lost, crashed or stood still.

    hit: how many tries met what they were made for, such as a kill in the middle of a writing; None where all do."""

    name: str
    tried: int = 0
    hit: int | None = None
    lost: list[str] = field(default_factory=list)

    @property
    def survived(self) -> int:
        """Tries in which all was well."""
        return self.tried - len(self.lost)


def table(outcomes: Iterable[Outcome]) -> str:
    """A Markdown table of trials, and below it what was lost."""
    lines = ["| trial | tried | met the moment | survived | lost |", "|---|---|---|---|---|"]
    lost: list[str] = []
    for one in outcomes:
        hit = "all" if one.hit is None else str(one.hit)
        lines.append(f"| {one.name} | {one.tried} | {hit} | {one.survived} | {len(one.lost)} |")
        lost += [f"- {one.name}: {what}" for what in one.lost[:MOST_SHOWN]]
    return "\n".join([*lines, "", *lost]).rstrip()
