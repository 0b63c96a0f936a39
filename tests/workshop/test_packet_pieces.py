"""Who gets what, as pieces: before anything is set. What is printed of them is read back in test_packet.py."""

from __future__ import annotations

import gettext

import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind
from handbook.workshop.model import CustomPage, Entry, Item, Passage, Workshop
from handbook.workshop.packet import Packet, custom_piece, custom_source, is_custom, packet
from tests.helpers import handbook_of

PLAN = """+++
kind = "session-plan"
minutes = 30
materials = [{ item = "cases#wash", per = "each" }]
+++
# Plan

See [Words](text#later), which nobody needs on paper.

## Materials

A case of [Cases](cases), [Cards](deck), [Poster](poster), a [link](no-such), [Words](text#part).

## Steps

### 1. Begin (30 minutes)

Read the [note](before#note) and [another](before#more), and [one for all](aloud#note).

## Exercises used

-   [Exercise](ex)
"""
CASE = '!!! case ""\n    A person came.\n\n!!! key "Key"\n    The answer.\n'
FILES = {
    "text.md": "# Text\n\nWords.\n\n## Part {#part}\n\nMore.\n\n## Later {#later}\n\nThe end.\n",
    "statement.md": '+++\nkind = "statement"\n+++\n# Statement\n\nTheir words.\n',
    "plan.md": PLAN,
    "ex.md": '+++\nkind = "exercise"\nminutes = 20\n+++\n# Exercise\n\nDo it.\n',
    "deck.md": '+++\nkind = "cards"\n+++\n# Cards\n\n'
    + "".join(f'## {name} {{#{name}}}\n\n!!! card ""\n    Words of {name}.\n\n' for name in ("one", "two", "three")),
    "cases.md": f'+++\nkind = "cards"\n+++\n# Cases\n\n## Wash {{#wash}}\n\n{CASE}\n## Farm {{#farm}}\n\n{CASE}',
    "poster.md": '+++\nkind = "poster"\n+++\n# Poster\n\n-   One.\n',
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# Sheet\n\nWhat?\n',
    "form.md": '+++\nkind = "form"\n+++\n# Form\n\nTo fill in.\n',
    "before.md": '+++\naudience = "trainer"\n+++\n# Before\n\n## Note {#note}\n\n!!! safety "Aloud"\n    Be kind.\n\n'
    "## More {#more}\n\nNot aloud.\n",
    "aloud.md": '# Aloud\n\n## Note {#note}\n\n!!! safety "For all"\n    Be kind.\n',
}
EVERYTHING = (
    Passage("sheet"),
    Passage("text"),
    Entry("Lunch", 60),
    CustomPage("Ours", "We meet."),
    CustomPage("Mine", "A secret.", trainer_only=True),
    Passage("poster"),
    Passage("plan"),
    Passage("gone#x", "Gone"),
    Passage("before#more"),
    Passage("deck#two"),
    Passage("form"),
    Passage("statement"),
    Passage("ex"),
)


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def made(book: Handbook, kind: Kind, *items: Item) -> Packet:
    return packet(book, Workshop("A day", participants=6, items=items), kind)


def pieces(found: Packet) -> list[str]:
    """The addresses of all sections, those of one piece in one line."""
    return [" ".join(str(section.address) for section in piece.sections) for piece in found.pieces]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("participants", ["text text#part text#later", "own page 4", "statement"]),
        ("cards", ["deck#two"]),
        ("posters", ["poster"]),
        ("worksheets", ["sheet", "form"]),
    ],
)
def test_each_kind_of_chapter_is_in_its_packet(small: Handbook, kind: Kind, wanted: list[str]) -> None:
    found = made(small, kind, *EVERYTHING)
    assert pieces(found) == wanted
    assert found.kind == kind


def test_the_trainer_has_texts_plans_exercises_and_pages_of_their_own(small: Handbook) -> None:
    found = pieces(made(small, "trainer", *EVERYTHING))
    assert found[:4] == ["text text#part text#later", "own page 4", "own page 5", found[3]]
    assert found[3].startswith("plan plan#")
    assert {"before#more", "statement", "ex"} <= set(found)
    assert found[-1] == "cases#wash"  # what its plan needs; cards come last
    assert "deck#two" not in found[:-2]
    assert not {"poster", "sheet", "form"} & set(found)


def test_what_a_plan_needs_comes_along_once(small: Handbook) -> None:
    """Its case is named in the materials; cards have nothing to read; the note is read aloud by the trainer alone."""
    assert pieces(made(small, "trainer", Passage("plan")))[1:] == ["text#part", "before#note", "cases#wash"]
    there = pieces(made(small, "trainer", Passage("before"), Passage("plan"), Passage("cases"), Passage("text")))
    assert there[0].startswith("before before#note")
    assert there[2:] == ["text text#part text#later", "cases cases#wash cases#farm"]
    assert pieces(made(small, "participants", Passage("plan"))) == []


def test_cards_of_the_trainer_come_after_all_else(small: Handbook) -> None:
    found = pieces(made(small, "trainer", Passage("cases#farm"), Passage("text#part"), Passage("deck#one")))
    assert found == ["text#part", "cases#farm", "deck#one"]


def test_what_no_copy_is_wanted_of_is_for_the_trainer_alone(small: Handbook) -> None:
    items = (Passage("cases", copies=0), Passage("sheet", copies=0), Passage("poster", copies=1))
    assert pieces(made(small, "cards", *items)) == []
    assert pieces(made(small, "worksheets", *items)) == []
    assert pieces(made(small, "posters", *items)) == ["poster"]
    assert pieces(made(small, "trainer", *items)) == ["cases cases#wash cases#farm"]


def test_copies_are_those_of_each_piece_and_of_all_items_in_it(small: Handbook) -> None:
    items = (Passage("sheet", copies=4), Passage("deck#one", copies=2), Passage("form", copies=4), Passage("sheet"))
    assert made(small, "worksheets", *items).copies == (10, 4)  # the second time, one for each of six
    some = [Passage(f"deck#{name}", copies=number) for name, number in (("three", 3), ("one", 2), ("two", 2))]
    found = made(small, "cards", *some)
    assert (pieces(found), found.copies) == (["deck#one deck#two", "deck#three"], (2, 3))
    found = made(small, "trainer", *some, Passage("text"), CustomPage("Ours"))
    decks = "deck#one deck#two deck#three"  # once, however many copies of each are handed out
    assert (pieces(found), found.copies) == (["text text#part text#later", "own page 5", decks], (1, 1, 1))
    assert made(small, "trainer", Passage("plan")).copies == (1, 1, 1, 1)


def test_what_is_cut_out_is_in_the_order_of_its_chapter(small: Handbook) -> None:
    items = (Passage("deck#three", copies=1), Passage("cases#farm", copies=1), Passage("deck#one", copies=1))
    assert pieces(made(small, "cards", *items)) == ["deck#one deck#three", "cases#farm"]


def test_what_is_in_another_item_comes_once(small: Handbook) -> None:
    found = made(small, "participants", Passage("text#part"), Passage("text"), Passage("text#part"))
    assert pieces(found) == ["text text#part text#later"]
    assert {number: str(one) for number, one in found.places.items()} == {0: "text#part", 1: "text", 2: "text#part"}


def test_items_have_their_places_and_notes_stand_below_them(small: Handbook) -> None:
    items = (
        CustomPage("Ours", "Words.", note=" Smile. "),
        Passage("text", note="First."),
        Passage("gone", note="Lost."),
        Passage("text", note="Again.\n"),
        Passage("statement", note=" \n"),
        Entry("Lunch", 60, note="In the yard."),
    )
    found = made(small, "trainer", *items)
    assert {number: str(one) for number, one in found.places.items()} == {
        0: "own page 1",
        1: "text",
        3: "text",
        4: "statement",
    }
    assert {str(at): note for at, note in found.notes.items()} == {"own page 1": "Smile.", "text": "First.\n\nAgain."}
    assert made(small, "participants", *items).notes == {}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_gone_is_told_in_every_packet(small: Handbook, kind: Kind) -> None:
    items = (Passage("text"), Passage("text#latter", "Later"), Passage("form"))
    (gone,) = made(small, kind, *items).skipped
    assert (gone.item, gone.address, gone.nearest) == (1, "text#latter", "text#later")


# -- Pages of the trainer's own -------------------------------------------------------------------------------


def lines_of(text: str) -> list[str]:
    """The lines of a page below the line that stands for its title."""
    found = custom_piece(0, CustomPage("Ours", text)).chapter.lines
    assert found[:2] == ("# …", "")
    return list(found[2:])


@pytest.mark.parametrize(("title", "shown"), [("Ours", "Ours"), (" Our \n own  page ", "Our own page"), (" ", "…")])
def test_a_page_has_its_title_and_number(title: str, shown: str) -> None:
    piece = custom_piece(2, CustomPage(title, "Words."))
    assert (piece.chapter.id, piece.chapter.title, piece.chapter.front.title) == ("own page 3", shown, shown)
    assert is_custom(piece.chapter)
    assert [str(one.address) for one in piece.sections] == ["own page 3"]


def test_a_chapter_of_the_handbook_is_none(small: Handbook) -> None:
    assert not any(map(is_custom, small.chapters.values()))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\r\nb\rc\n\0", ["a  ", "b  ", "c  ", "\ufffd"]),
        ("a\n\nb", ["a", "", "b"]),
        ("a\n- b\n- c", ["a", "- b", "- c"]),
        ("- b\n  c", ["- b  ", "  c"]),
        ("a\n# b\nc", ["a", "# b", "c"]),
        ("a\n1. b", ["a", "1. b"]),
        ("a\n> b", ["a", "> b"]),
        ("| a |\n| b |", ["| a |", "| b |"]),
        ("a\n---\nb", ["a", "---", "b"]),
        ("!!! tip\n    b\n    c", ["!!! tip", "    b  ", "    c"]),
        ("```\na\nb\n- [ ] c\n```\nd\ne", ["```", "a", "b", "- [ ] c", "```", "d  ", "e"]),
        ("- [ ] a\n  * [] b\n- [x] c\n[ ] d", ["- ☐ a", "  * ☐ b", "- [x] c  ", "[ ] d"]),
    ],
)
def test_lines_end_where_the_trainer_ended_them_and_boxes_can_be_ticked(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_whose_page_it_is() -> None:
    said = gettext.NullTranslations()
    assert custom_source("", said) == "Own page, not part of the handbook"
    assert custom_source("La Strada", said) == "Own page, not part of the handbook: La Strada"
