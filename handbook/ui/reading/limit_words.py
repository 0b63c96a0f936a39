"""The limits that plans and exercises may have to fit, in words: "up to 30 minutes", "18 people".

Belongs here: those words and the values that are offered. Not here: the fields in which they are chosen
(contents_filter.py, ui/searching/chips.py)."""

from __future__ import annotations

from handbook.base.catalogue import ngettext, tr
from handbook.content.fitting_sheets import Limits

MINUTES = (10, 15, 20, 30, 45, 60, 90)
PEOPLE = (6, 8, 10, 12, 15, 18, 20, 24)
LEVELS = (1, 2, 3)


def minutes(n: int) -> str:
    """At most so many minutes."""
    return ngettext("up to {n} minute", "up to {n} minutes", n).format(n=n)


def people(n: int) -> str:
    """A group of so many."""
    return ngettext("{n} person", "{n} people", n).format(n=n)


def level(n: int) -> str:
    """So much experience at most."""
    return tr("level {n}").format(n=n) if n == 1 else tr("up to level {n}").format(n=n)


def no_paper() -> str:
    """Without a printer."""
    return tr("nothing to print")


def online() -> str:
    """In a video call."""
    # Translators: of an exercise: it can be done in a video call
    return tr("online")


def words_of(limits: Limits) -> tuple[str, ...]:
    """All that is asked for."""
    said = (
        minutes(limits.minutes) if limits.minutes else "",
        people(limits.people) if limits.people else "",
        level(limits.level) if limits.level else "",
        no_paper() if limits.no_paper else "",
        online() if limits.online else "",
    )
    return tuple(one for one in said if one)


def as_typed(name: str, value: str) -> str:
    """A limit of a query in words; as it is written where it is none."""
    number = int(value) if value.isdecimal() else 0
    if name in ("minutes", "people", "level"):
        words = {"minutes": minutes, "people": people, "level": level}[name]
        return words(number) if number else f"{name}:{value}"
    if (name, value) == ("paper", "no"):
        return no_paper()
    return online() if (name, value) == ("online", "yes") else f"{name}:{value}"
