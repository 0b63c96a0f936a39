"""The facts of a session plan or an exercise in words: how long it takes, for how many people it is, how hard it is.

Belongs here: the words. Not here: where they stand on the screen (ui/reading/sheet_facts.py) and on paper
(printing/typeset/plans.py, trees.py)."""

from __future__ import annotations

import gettext

from handbook.base.late_patterns import late_pattern
from handbook.content.metadata import FrontMatter

_TWO = late_pattern(r"([0-9]{1,4})\s*(?:to|–|-)\s*([0-9]{1,4})")
_ONE = late_pattern(r"[0-9]{1,4}")
_MORE = late_pattern(r"([0-9]{1,4})\s*(?:\+|or more\b)")
MANY = 9999  # people: where a sheet says "12 or more"


def minutes(front: FrontMatter, said: gettext.NullTranslations) -> str:
    """How long it takes; "" if it does not say. said: the translations to use, here and below."""
    n = front.minutes
    return said.ngettext("{n} minute", "{n} minutes", n).format(n=n) if n else ""


def people(front: FrontMatter, said: gettext.NullTranslations) -> str:
    """For how many people; "" if it does not say."""
    size = front.group_size.strip()
    if found := _TWO.fullmatch(size):
        least, most = map(int, found.groups())
        # Translators: the size of a group; the form goes with {most}
        form = said.ngettext("{least} to {most} person", "{least} to {most} people", most)
        return form.format(least=least, most=most)
    if _ONE.fullmatch(size):
        return said.ngettext("{n} person", "{n} people", int(size)).format(n=size)
    # Translators: {people} is a number of people that is written otherwise, as "12 or more"
    return said.gettext("{people} people").format(people=size) if size else ""


def people_of(front: FrontMatter) -> tuple[int, int]:
    """The fewest and the most people for whom it is; (0, 0) if it does not say that in numbers."""
    size = front.group_size.strip()
    if found := _TWO.fullmatch(size):
        return int(found.group(1)), int(found.group(2))
    if found := _MORE.match(size):
        return int(found.group(1)), MANY
    return (int(size), int(size)) if _ONE.fullmatch(size) else (0, 0)


def level(front: FrontMatter, said: gettext.NullTranslations) -> str:
    """How hard it is, from 1 to 3; "" if it does not say."""
    return said.gettext("level {n} of 3").format(n=front.level) if front.level else ""
