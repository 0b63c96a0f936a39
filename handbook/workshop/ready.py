"""The workshops that come with a handbook, for a list to choose from.

Belongs here: which there are, their titles, how long they are. Not here: reading a file (file.py)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handbook.base import bounded
from handbook.base.catalogue import ngettext, tr
from handbook.workshop import file
from handbook.workshop.model import Entry, NewDay, Workshop

# How many, and the size of a file: the window waits for them.
MOST_READY, READY_BYTES = 24, 256 * 1024


class Ready(NamedTuple):
    """A workshop that comes with the handbook. about: how long it is, in words."""

    path: Path
    title: str
    about: str


def ready_workshops(content: Path) -> list[Ready]:
    """Those of a handbook's content that can be read, shortest first."""
    found: list[tuple[int, Ready]] = []
    for path in file.ready(content)[:MOST_READY]:
        if bounded.size(path) > READY_BYTES:
            continue
        try:
            workshop = file.read(path).workshop
        except file.BadWorkshop:
            continue  # 'handbook check' tells whoever writes the handbook
        found.append((_order(workshop), Ready(path, workshop.title, _about(workshop))))
    found.sort(key=lambda one: one[0])
    return [ready for _, ready in found]


def _days(workshop: Workshop) -> int:
    return 1 + sum(isinstance(item, NewDay) for item in workshop.items)


def _about(workshop: Workshop) -> str:
    days = _days(workshop)
    if days > 1:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    end = f"{workshop.end:%H:%M}" if workshop.end else ""
    return tr("{start} to {end}").format(start=f"{workshop.start:%H:%M}", end=end)


def _order(workshop: Workshop) -> int:
    long = sum(item.minutes or 0 for item in workshop.items if isinstance(item, Entry))
    return _days(workshop) * 10_000 + (workshop.end.hour * 60 if workshop.end else long)
