"""How many copies of its sheets a workshop needs.

Belongs here: what session plans and exercises say of their materials, times the people in the room. Not here: which
sheet is in which packet (packet.py), what plans need beside themselves (model.companions).

An item's own copies win. Else it is what the plans and exercises of the workshop ask for: sheets that are written on
are needed again by each of them, cards and posters are used again. What none of them names is printed once, a
worksheet or a form once for each person. An exercise that a plan holds asks for nothing: the plan says what it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.content.handbook import Handbook, Section
from handbook.workshop.model import Passage, Workshop, run_by_themselves

WRITTEN_ON = ("worksheet", "form")  # kinds of chapter


def usual(handbook: Handbook, workshop: Workshop, section: Section) -> int:
    """The copies of a sheet of which no item says how many."""
    kind = handbook.chapters[section.address.chapter].front.kind
    asked = list(_asked_for(handbook, workshop, section))
    if asked:
        return sum(asked) if kind in WRITTEN_ON else max(asked)
    return max(1, workshop.participants) if kind in WRITTEN_ON else 1


def copies(handbook: Handbook, workshop: Workshop, items: Iterable[Passage]) -> int:
    """The copies of a sheet that is printed for these items: they name the sheet itself, or parts of it.

    Parts do not double it. The same passage twice is wanted twice, unless a plan says how often it is needed."""
    each: dict[Section, list[Passage]] = {}
    for item in items:
        found = handbook.find(item.address)
        if found is not None:
            each.setdefault(found, []).append(item)
    return max((_of_place(handbook, workshop, place, some) for place, some in each.items()), default=1)


def _of_place(handbook: Handbook, workshop: Workshop, section: Section, items: Iterable[Passage]) -> int:
    said = [item.copies for item in items]
    own = sum(number for number in said if number is not None)
    silent = sum(1 for number in said if number is None)
    if silent and any(True for _ in _asked_for(handbook, workshop, section)):
        silent = 1
    return own + silent * usual(handbook, workshop, section)


def _asked_for(handbook: Handbook, workshop: Workshop, section: Section) -> Iterator[int]:
    """The copies of a sheet that each plan and exercise asks for: of all of it, or most of any part."""
    for chapter in run_by_themselves(handbook, workshop):
        needed = (
            material.copies(workshop.participants)
            for material in chapter.front.materials
            if (found := handbook.find(material.item)) is not None and (found.holds(section) or section.holds(found))
        )
        most = max(needed, default=0)
        if most:
            yield most
