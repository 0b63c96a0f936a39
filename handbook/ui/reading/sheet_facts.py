"""What a trainer has to know of a session plan or an exercise at once, in words.

Belongs here: minutes, people and level of a chapter as the page and the contents say them. Not here: where they
stand."""

from __future__ import annotations

from handbook.base import catalogue
from handbook.base.catalogue import tr
from handbook.content import facts_of_sheets
from handbook.content.metadata import FrontMatter


def sheet_facts(front: FrontMatter) -> str:
    """Below the title of its page: "45 minutes · 8 to 24 people · level 1 of 3"."""
    said = catalogue.in_use()
    return _joined(
        *(fact(front, said) for fact in (facts_of_sheets.minutes, facts_of_sheets.people, facts_of_sheets.level))
    )


def short_facts(front: FrontMatter) -> str:
    """In a narrow list: "45 min · 8 to 24 people · level 1"."""
    return _joined(
        tr("{n} min").format(n=front.minutes) if front.minutes else "",
        facts_of_sheets.people(front, catalogue.in_use()),
        tr("level {n}").format(n=front.level) if front.level else "",
    )


def _joined(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)
