"""For tests of packets: a small handbook, a workshop of it with everything in it, and its prints read back."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache, lru_cache

from handbook.base import catalogue
from handbook.content.handbook import Handbook
from handbook.handout.options import Kind, PrintOptions
from handbook.printing.typeset import Printed, print_workshop
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from tests.helpers import handbook_of
from tests.printed import Pdf

FILLER = "\n\n".join(f"Sentence number {n} of a longer text that goes over several lines of a page." for n in range(60))
FILES = {
    "handbook.toml": 'title = "Our handbook"\nedition = "7"\nas_of = 2026-11-23\npublisher = "Ours"\n'
    'statement = "Theirs"\n[[parts]]\nid = "all"\ntitle = "All"\nchapters = ["statement", "text", "plan", "ex", "deck",'
    ' "words", "poster", "sheet", "form"]\n',
    "statement.md": '+++\nkind = "statement"\ntitle = "The statement"\n+++\n\nTheir first words.\n\n## Theirs {#a}\n\n'
    + FILLER.replace("Sentence", "Their sentence"),
    "text.md": "# Ground rules\n\nSee [the plan](plan), [the statement](statement#a) and [Later](#later).\n\n"
    f"{FILLER}\n\n"
    "## A table {#table}\n\n| Head one | Head two |\n|---|---|\n"
    + "".join(f"| cell {n} | other {n}[^n] |\n" for n in range(50))
    + "\n## Later {#later}\n\nThe end.\n\n!!! key\n    The answer of the text.\n\n[^n]: The note of all.\n",
    "plan.md": '+++\nkind = "session-plan"\nminutes = 45\ngroup_size = "8 to 20"\n'
    'materials = [{ item = "sheet", per = "each" }]\n+++\n'
    "# Opening\n\n"
    "## Steps\n\n### 1. Welcome (5 minutes)\n\nSay hello.\n\n### 2. Names (40 minutes)\n\nUse [Walk](ex).\n\n"
    "## Tips\n\nA tip for trainers.\n\n## Exercises used\n\n-   [Walk](ex)\n",
    "ex.md": '+++\nkind = "exercise"\nminutes = 30\n+++\n# Walk\n\nHow to walk.\n',
    "deck.md": '+++\nkind = "cards"\n+++\n# Role cards\n\nAn introduction.[^s]\n\n'
    + "".join(f'!!! card "Role {n}"\n    You are person {n}.\n\n' for n in range(1, 12))
    + '!!! key "Key"\n    The answer of the cards.\n\n[^s]: The source.\n',
    "words.md": '+++\nkind = "cards"\n+++\n# Word cards\n\n!!! card "One"\n    First.\n\n'
    '!!! back ""\n    Back of one.\n\n'
    '!!! card "Two"\n    Second.\n\n!!! back ""\n    Back of two.\n\n!!! card "Three"\n    Third.\n\n'
    '!!! case "Case one"\n'
    '    A person came.\n\n!!! key "Key"\n    The answer of the case.\n',
    "poster.md": '+++\nkind = "poster"\n+++\n# How we work\n\n-   One speaks.\n-   *All* listen.\n-   No photos.\n',
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# My sheet\n\n!!! lines "5"\n    What next?\n\n-   ☐ Done.\n\n'
    '!!! lines "60 mm"\n    And then?\n\n| Who | What |\n|---|---|\n| Me |  |\n',
    "form.md": '+++\nkind = "form"\n+++\n# My form\n\nFill it in.\n',
}
ITEMS = (
    Passage("plan", note="Bring the key.\nCome early."),
    Entry("Lunch", 60, note="In the yard"),
    CustomPage("Our own page", "We meet *here*.\n\n## Inside\n\n- one\n- [rules](text)\n"),
    CustomPage("For me", "A secret.", trainer_only=True),
    Passage("statement"),
    Passage("text"),
    Passage("gone#x", "Gone"),
    Passage("ex", minutes=0),
    Passage("deck"),
    Passage("words", copies=3),
    Passage("poster"),
    Passage("sheet"),
    Passage("form", copies=2),
)
WORKSHOP = Workshop(
    "One day",
    datetime.date(2026, 12, 1),
    "Skopje",
    ("Ana", "Бојан"),
    "La Strada",
    participants=12,
    items=ITEMS,
)
NOTHING = Workshop("Nothing")


def with_options(**options: object) -> Workshop:
    return replace(WORKSHOP, options=PrintOptions(**options))  # type: ignore[arg-type]


@cache
def small() -> Handbook:
    """The small handbook; tests only read it."""
    return handbook_of(FILES)


def made(handbook: Handbook, kind: Kind, workshop: Workshop = WORKSHOP) -> Printed:
    """A packet; one that was made of the same handbook before is not made again."""
    return _made(handbook, kind, workshop, catalogue.language())


@lru_cache(maxsize=100)
def _made(handbook: Handbook, kind: Kind, workshop: Workshop, language: str) -> Printed:
    return print_workshop(handbook, workshop, [kind])


def pdf(handbook: Handbook, kind: Kind, **options: object) -> Pdf:
    """The same, read back."""
    return _read(made(handbook, kind, with_options(**options)).pdf)


@lru_cache(maxsize=100)
def _read(data: bytes) -> Pdf:
    return Pdf(data)


def everything(read: Pdf) -> str:
    return "\n".join(read.text(page, 0, 0) for page in range(len(read)))


PAGES = [
    {},
    {"paper": "letter"},
    {"size": 18},
    {"notes": "column"},
    {"chapters_right": True},
    {"booklet": True, "single": True},
    {"saving": True, "size": 14},
]
LAYOUTS = [*PAGES, {"booklet": True}, {"notes": "pages"}, {"notes": "pages", "booklet": True, "paper": "letter"}]


def name_of(options: object) -> str:
    return "-".join(f"{key}={value}" for key, value in options.items()) or "usual" if isinstance(options, dict) else ""
