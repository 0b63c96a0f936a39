"""Which session plans, exercises and sheets to hand out fit what a trainer has: so many minutes, people, no printer.

Belongs here: the limits, and what fits them, by the facts that a sheet's front matter states. Not here: where they are
chosen (ui/reading/contents_filter.py, ui/searching/chips.py), how they are written in a query (search/query.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handbook.content.chapter import Chapter
from handbook.content.facts_of_sheets import people_of
from handbook.content.handbook import Handbook
from handbook.content.metadata import PRINTABLES, SHEETS

_ONLINE = re.compile(r"[-*+][ \t]+[*_]{1,2}Online:")  # the form in the variations of a sheet, see check/training.py
MOST_MINUTES, MOST_PEOPLE, MOST_LEVEL = 24 * 60, 999, 3


class Limits(NamedTuple):
    """What a trainer has. 0 and False ask for nothing.

    minutes:  as many at most.
    people:   the group is as large.
    level:    as much experience at most, from 1 to 3.
    no_paper: nothing of the handbook has to be printed.
    online:   it says how it is done in a video call."""

    minutes: int = 0
    people: int = 0
    level: int = 0
    no_paper: bool = False
    online: bool = False


def fitting(handbook: Handbook, limits: Limits) -> frozenset[str]:
    """The ids of the chapters that fit: plans and exercises, and what is handed out for one of those that do.

    A plan that does not say what is asked for does not fit."""
    sheets = [one for one in sheets_of(handbook) if _fits(handbook, one, limits)]
    printed = set[str]()
    if not limits.no_paper:
        printed = {name for sheet in sheets for name in _printed_for(handbook, sheet)}
    return frozenset({sheet.id for sheet in sheets} | printed)


def sheets_of(handbook: Handbook) -> Iterator[Chapter]:
    """The session plans and exercises."""
    return (one for one in handbook.chapters.values() if one.front.kind in SHEETS)


def counted(handbook: Handbook, found: frozenset[str]) -> Mapping[str, int]:
    """How many of some chapters are of each kind."""
    kinds = [handbook.chapters[name].front.kind for name in found]
    return {kind: kinds.count(kind) for kind in kinds}


def _fits(handbook: Handbook, sheet: Chapter, limits: Limits) -> bool:
    front = sheet.front
    least, most = people_of(front)
    return (
        (not limits.minutes or 0 < front.minutes <= limits.minutes)
        and (not limits.people or least <= limits.people <= most)
        and (not limits.level or 0 < front.level <= limits.level)
        and not (limits.no_paper and any(handbook.find(one.item) is not None for one in front.materials))
        and (not limits.online or _is_online(handbook, sheet))
    )


def _is_online(handbook: Handbook, sheet: Chapter) -> bool:
    """Does a sheet say how it is done online? Of a translation the words that it was made from are asked."""
    original = handbook.chapters.get(sheet.original, sheet)
    return any(_ONLINE.match(line) for line in original.lines)


def _printed_for(handbook: Handbook, sheet: Chapter) -> Iterator[str]:
    """The ids of the printables that a sheet needs."""
    for material in sheet.front.materials:
        section = handbook.find(material.item)
        if section is not None and handbook.chapters[section.address.chapter].front.kind in PRINTABLES:
            yield section.address.chapter
