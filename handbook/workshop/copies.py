"""How many copies of each sheet to print for a workshop.

Belongs here: the numbers in the materials of session plans and exercises, multiplied by the participants. Not here:
which sheet is in which packet (packet.py), which other chapters a plan needs (model.companions).

The copies set for an item by hand count first. Otherwise the plans and exercises of the workshop decide: each of them
needs new copies of what is written on, while cards and posters can be used again. What none of them names is printed
once; a worksheet or a form once for each participant. For an exercise that is part of a session plan in the workshop,
only the plan counts. Another text with materials, such as the agenda of a day, names all that its day needs: its
numbers hold for the whole day, and are not added to those of the plans and exercises in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Handbook
from handbook.content.metadata import SHEETS
from handbook.workshop.model import Passage, Workshop, run_by_themselves

WRITTEN_ON = ("worksheet", "form")  # kinds of chapter


def usual(handbook: Handbook, workshop: Workshop, section: Section) -> int:
    """The copies of a sheet when no number is set by hand."""
    kind = handbook.chapters[section.address.chapter].front.kind
    asked = list(_asked_for(handbook, workshop, section, run_by_themselves(handbook, workshop)))
    by_plans = sum(asked) if kind in WRITTEN_ON else max(asked, default=0)
    if most := max((by_plans, *_asked_for(handbook, workshop, section, _agendas(handbook, workshop)))):
        return most
    return max(1, workshop.participants) if kind in WRITTEN_ON else 1


def copies(handbook: Handbook, workshop: Workshop, items: Iterable[Passage]) -> int:
    """The copies of a sheet for the items that are this sheet, or parts of it.

    Several parts of a sheet count once. The same passage twice counts twice, unless a plan says how many it needs."""
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
    asking = (*run_by_themselves(handbook, workshop), *_agendas(handbook, workshop))
    if silent and any(True for _ in _asked_for(handbook, workshop, section, asking)):
        silent = 1
    return own + silent * usual(handbook, workshop, section)


def _agendas(handbook: Handbook, workshop: Workshop) -> Iterator[Chapter]:
    """The other texts of a workshop that name materials, each once: an agenda is there if any section of it is."""
    found = (handbook.find(item.address) for item in workshop.items if isinstance(item, Passage))
    for name in dict.fromkeys(section.address.chapter for section in found if section is not None):
        chapter = handbook.chapters[name]
        if chapter.front.kind not in SHEETS:
            yield chapter


def _asked_for(handbook: Handbook, workshop: Workshop, section: Section, asking: Iterable[Chapter]) -> Iterator[int]:
    """The copies of a sheet that each of some chapters asks for: of all of it, or most of any part."""
    for chapter in asking:
        needed = (
            material.copies(workshop.participants)
            for material in chapter.front.materials
            if (found := handbook.find(material.item)) is not None and (found.holds(section) or section.holds(found))
        )
        most = max(needed, default=0)
        if most:
            yield most
