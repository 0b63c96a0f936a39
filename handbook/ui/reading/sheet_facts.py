"""What a trainer has to know of a session plan or an exercise at once, in words.

Belongs here: minutes, people and level of a chapter as the page and the contents say them. Not here: where they
stand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from handbook.content.handbook import FrontMatter


def tr(text: str) -> str:
    """A text of this module in the person's language."""
    return QCoreApplication.translate("SheetFacts", text)


def sheet_facts(front: FrontMatter) -> str:
    """Below the title of its page: "45 minutes · 8 to 24 people · level 1 of 3"."""
    return _joined(
        (tr("1 minute") if front.minutes == 1 else tr("{n} minutes").format(n=front.minutes)) if front.minutes else "",
        tr("{n} people").format(n=front.group_size) if front.group_size else "",
        tr("level {n} of 3").format(n=front.level) if front.level else "",
    )


def short_facts(front: FrontMatter) -> str:
    """In a narrow list: "45 min · 8 to 24 people · level 1"."""
    return _joined(
        tr("{n} min").format(n=front.minutes) if front.minutes else "",
        tr("{n} people").format(n=front.group_size) if front.group_size else "",
        tr("level {n}").format(n=front.level) if front.level else "",
    )


def _joined(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)
