"""How many copies of each sheet a workshop needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import Kind
from handbook.handout.selection import Piece
from handbook.workshop import file, ready_files
from handbook.workshop.copies import usual
from handbook.workshop.model import Passage, Workshop
from handbook.workshop.packet import packet
from tests.helpers import CONTENT, handbook_of


def plan(materials: str, used: str = "") -> str:
    return f"""+++
kind = "session-plan"
minutes = 30
materials = [{materials}]
+++
# A plan

## Exercises used

{used}
"""


FILES = {
    "plan-a.md": plan(
        '{ item = "sheet", per = "pair" }, { item = "form", per = "each" }, { item = "deck#one", per = "group of 5" },'
        ' { item = "poster" }, { item = "cases#first", per = "each" }',
        "-   [An exercise](ex)",
    ),
    "plan-b.md": plan(
        '{ item = "sheet", per = "group of 4", number = 2 }, { item = "deck#one", per = "group of 8" },'
        ' { item = "deck#two" }, { item = "poster" }'
    ),
    "ex.md": plan('{ item = "sheet", per = "each" }').replace("session-plan", "exercise"),
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# Sheet\n\n## Front {#front}\n\nA.\n\n## Back {#back}\n\nB.\n',
    "form.md": '+++\nkind = "form"\n+++\n# Form\n\nWords.\n',
    "other.md": '+++\nkind = "form"\n+++\n# Other\n\nWords.\n',
    "poster.md": '+++\nkind = "poster"\n+++\n# Poster\n\nWords.\n',
    "deck.md": '+++\nkind = "cards"\n+++\n# Deck\n'
    + "".join(f'\n## {name.title()} {{#{name}}}\n\n!!! card ""\n    Words.\n' for name in ("one", "two", "three")),
    "cases.md": '+++\nkind = "cards"\n+++\n# Cases\n\n## First {#first}\n\n!!! case ""\n    Words.\n\n'
    '## Second {#second}\n\n!!! case ""\n    Words.\n',
}


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def of(*items: str | Passage, participants: int = 17) -> Workshop:
    passages = (item if isinstance(item, Passage) else Passage(item) for item in items)
    return Workshop(participants=participants, items=tuple(passages))


def named(piece: Piece) -> str:
    return " ".join(str(section.address) for section in piece.sections)


def printed(handbook: Handbook, workshop: Workshop, kind: Kind) -> list[tuple[str, int]]:
    """Each piece, by the addresses of its sections, and its copies."""
    one = packet(handbook, workshop, kind)
    return list(zip(map(named, one.pieces), one.copies, strict=True))


def copies(handbook: Handbook, workshop: Workshop, address: str) -> int:
    section = handbook.find(address)
    assert section is not None
    return usual(handbook, workshop, section)


@pytest.mark.parametrize(
    ("address", "count"),
    [("sheet", 9), ("form", 17), ("deck#one", 4), ("deck", 4), ("deck#two", 1), ("poster", 1), ("cases#first", 17)],
)
def test_a_plan_says_how_many_for_how_many_people(small: Handbook, address: str, count: int) -> None:
    assert copies(small, of("plan-a"), address) == count


@pytest.mark.parametrize(
    ("address", "count"),
    [("sheet", 9 + 10), ("deck#one", 4), ("deck#two", 1), ("poster", 1)],
)
def test_sheets_are_needed_by_each_plan_and_cards_are_used_again(small: Handbook, address: str, count: int) -> None:
    assert copies(small, of("plan-a", "plan-b"), address) == count


def test_what_no_plan_names_is_for_each_person_or_once(small: Handbook) -> None:
    assert copies(small, of("plan-b"), "other") == 17
    assert (
        copies(small, of("plan-b"), "cases#second") == copies(small, of(), "poster") == copies(small, of(), "deck") == 1
    )
    assert copies(small, of(participants=0), "other") == copies(small, of("plan-a", participants=0), "sheet") == 1


def test_an_exercise_asks_for_its_sheets_only_where_it_is_run_by_itself(small: Handbook) -> None:
    assert copies(small, of("plan-a", Passage("ex", minutes=0)), "sheet") == 9
    assert copies(small, of("plan-a", "ex"), "sheet") == 9 + 17


def test_an_items_own_copies_win(small: Handbook) -> None:
    assert printed(small, of("plan-a", Passage("form", copies=3)), "worksheets") == [("form", 3)]
    assert printed(small, of("plan-a", Passage("deck#one", copies=1)), "cards") == [("deck#one", 1)]
    assert printed(small, of(Passage("form", copies=2), Passage("form", copies=5)), "worksheets") == [("form", 7)]
    assert printed(small, of("plan-a", Passage("form", copies=2), "form"), "worksheets") == [("form", 2 + 17)]


def test_two_sections_of_one_sheet_do_not_double_it(small: Handbook) -> None:
    assert printed(small, of("sheet#front", "sheet#back"), "worksheets") == [("sheet#front sheet#back", 17)]
    assert printed(small, of("plan-a", "sheet#back", "sheet#front"), "worksheets") == [("sheet#front sheet#back", 9)]
    assert printed(small, of("sheet", "sheet#back"), "worksheets") == [("sheet sheet#front sheet#back", 17)]
    more = of(Passage("sheet", copies=2), Passage("sheet#back", copies=5))
    assert printed(small, more, "worksheets") == [("sheet sheet#front sheet#back", 5)]


def test_the_same_sheet_twice_is_wanted_twice_unless_a_plan_says_how_often(small: Handbook) -> None:
    assert printed(small, of("other", "other"), "worksheets") == [("other", 34)]
    assert printed(small, of("plan-a", "form", "form"), "worksheets") == [("form", 17)]


def test_what_is_cut_out_stands_with_its_like(small: Handbook) -> None:
    workshop = of("plan-a", "plan-b", "deck#three", "cases#first", "deck#one", "deck#two", "poster")
    assert printed(small, workshop, "cards") == [
        ("deck#one", 4),
        ("deck#two deck#three", 1),  # as often as each other
        ("cases#first", 17),
    ]
    assert printed(small, workshop, "posters") == [("poster", 1)]


def test_no_copies_are_none(small: Handbook) -> None:
    assert printed(small, of("plan-a", Passage("deck", copies=0), Passage("sheet", copies=0)), "cards") == []


def test_an_agenda_names_what_its_whole_day_needs() -> None:
    agenda = plan(
        '{ item = "sheet", per = "group of 4" }, { item = "form", per = "each", number = 2 },'
        ' { item = "deck", per = "group of 16" }'
    ).replace('"session-plan"\nminutes = 30', '"text"')
    book = handbook_of({**FILES, "day.md": agenda + "\n## Morning {#morning}\n\nWords.\n"})
    alone, with_plan = of("day#morning", "day"), of("day#morning", "plan-a")
    assert [copies(book, alone, one) for one in ("sheet", "form", "deck", "other")] == [5, 34, 2, 17]
    assert [copies(book, with_plan, one) for one in ("sheet", "form", "deck")] == [9, 34, 4]  # the most, no sum
    assert printed(book, of("day", "form", "form"), "worksheets") == [("form", 34)]  # first and last


@pytest.mark.parametrize(("people", "decks"), [(8, 1), (16, 1), (24, 2)])
def test_the_training_of_trainers_has_cards_for_each_group(real: Handbook, people: int, decks: int) -> None:
    path = next(path for path in ready_files(CONTENT) if path.stem == "training-of-trainers")
    workshop = replace(file.read(path).workshop, participants=people)
    assert ("cards-hard-moments", decks) in [(name.split()[0], n) for name, n in printed(real, workshop, "cards")]
