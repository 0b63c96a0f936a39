"""Whatever a trainer types is printed as the words it is, and reaches nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.printing.typeset import print_workshop
from handbook.printing.typeset.trees import tree
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from handbook.workshop.packet import packet
from tests import workshops
from tests.helpers import examples, handbook_of
from tests.printed import MM, Pdf, within_page
from tests.workshops import (
    ITEMS,
    WORKSHOP,
    everything,
    made,
)


@pytest.fixture
def small() -> Handbook:
    return workshops.small()


# -- Any text -------------------------------------------------------------------------------------------------

NASTY = "# $ _ * @ < \\ \" ' [ ] ` ~ = - + / { } & % ^ |"
anything = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]) | st.sampled_from(NASTY), max_size=60
)


def visible(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


@given(anything, anything, anything)
@example('#read("/etc/passwd")', '#import "@preview/example:0.1.0": *', '#image("logo.png")')
@example("\\", '"', "#{panic()}")
@example("مرحبا", "Здраво", "🙂 emoji")
@example("x" * 10_000, "y" * 10_000, "z" * 400)
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_of_the_trainer_are_printed_as_words(title: str, place: str, name: str) -> None:
    handbook = handbook_of({"a.md": "# A\n\nWords.\n"})
    workshop = Workshop(
        title,
        place=place,
        trainers=(name,),
        organisation=name,
        items=(CustomPage(name, "Text."), Entry(title, 5, note=place), Passage("a", note=title)),
        options=PrintOptions(cover="yes"),  # its pages have no heads, which would stand between the words
    )
    for kind in ("participants", "trainer"):
        printed = print_workshop(handbook, workshop, [kind])
        read = Pdf(printed.pdf)
        within_page(read, 3 * MM)
        shown = visible(everything(read))
        for words in (title, place, name):
            assert visible(" ".join(words.split())) in shown


code = st.sampled_from(
    [
        "```\n#read(\"/etc/passwd\")\n```",
        "<b onclick='x'>raw</b>",
        "<script>#panic()</script>",
        "![picture](/etc/passwd)",
        "#import \"@preview/x:0.1.0\"",
        "$ x^2 $ and `#code`",
        "\\\\ \\\" ' [x](#y) [z](plan)",
        "| a | # |\n|---|---|\n| $ | \" |",
        "x" * 10_000,
        "مرحبا بالعالم",
        "Бојан и Ана",
        "🙂 text",
        "[^n]\n\n[^n]: note #x",
        "```",
        "~~~ {.x #y}",
        "+++\nkind = 'x'\n+++",
    ]
)  # fmt: skip


@given(st.lists(code | anything, max_size=5).map("\n\n".join))
@settings(max_examples=examples(40))
def test_any_own_page_is_printed_as_text(text: str) -> None:
    handbook = handbook_of({"a.md": "# A\n\nWords.\n"})
    workshop = Workshop("W", items=(CustomPage("Mine", text), Passage("a")))
    read = Pdf(print_workshop(handbook, workshop, ["participants"]).pdf)
    within_page(read, 3 * MM)
    piece = packet(handbook, workshop, "participants").pieces[0]
    shown = visible(everything(read))
    for word in markup.words_of(tree(piece)).split():
        assert visible(word)[:200] in shown
    assert "root:" not in everything(read)


def test_letters_that_no_typeface_has_are_told(small: Handbook) -> None:
    workshop = replace(WORKSHOP, title="Day 🙂", items=(*ITEMS, CustomPage("Мир", "مرحبا")))
    assert made(small, "cards", workshop).missing == ""
    assert set("🙂مرحبا") <= set(made(small, "participants", workshop).missing)
    assert made(small, "participants").missing == ""
