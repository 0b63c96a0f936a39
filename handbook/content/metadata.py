"""What a chapter's front matter may say: its kind, whom it is for, what a plan or an exercise takes and needs.

Belongs here: the keys, and the values that they may have. Not here: reading them from a file (front_matter.py), telling
them in words (facts_of_sheets.py)."""

from __future__ import annotations

from typing import NamedTuple

PRINTABLES = ("cards", "poster", "worksheet", "form")  # sheets to hand out
SHEETS = ("session-plan", "exercise")  # kinds of chapter that a trainer can run as a session
KINDS = ("text", "statement", *SHEETS, *PRINTABLES, "screen", "glossary", "sources")
TERMS = "terms"  # a kind that no file has: a list of terms that the program makes, to be printed
AUDIENCES = ("everyone", "trainer")


class Material(NamedTuple):
    """Something that a session plan or an exercise needs, with how many of it for how many people.

    item:   the address of a chapter to print, or a description of anything else.
    people: how many people share `number` of it: 1 is each person, 2 a pair, more a group; 0 is everybody together."""

    item: str
    people: int = 0
    number: int = 1

    def copies(self, participants: int) -> int:
        """How many are needed for a number of people; an unknown number (0) counts as one person."""
        shares = -(-max(1, participants) // self.people) if self.people else 1
        return shares * self.number


class FrontMatter(NamedTuple):
    """The front matter of a chapter: TOML between `+++` lines at its top. Every key may be left out.

    minutes:    length of a session plan or exercise, in minutes, above 0.
    group_size: the people for whom the minutes were worked out, such as "8 to 20".
    level:      1 (no experience needed) to 3.
    materials:  what the trainer brings along.
    audience:   one of AUDIENCES; a chapter for the trainer alone is not handed out.
    source:     of a translation: who made it, and when. It stands in the source line of what is copied and printed.
    order:      where it stands among the files of its folder, if there is no manifest; 0 for a file without.
    language:   of a chapter of somebody else's, such as "pl"; a folder without a manifest takes its own from it."""

    title: str = ""
    kind: str = "text"
    minutes: int = 0
    group_size: str = ""
    level: int = 0
    materials: tuple[Material, ...] = ()
    audience: str = "everyone"
    source: str = ""
    order: int = 0
    language: str = ""
