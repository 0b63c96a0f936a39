"""Quotation marks of one kind, and notes that stand alone."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from handbook.content.address import Address
from handbook.content.loading import load
from handbook.printing.typeset import citations, quotes
from handbook.workshop.model import CustomPage, Passage, Workshop
from tests.helpers import CONTENT, handbook_of
from tests.printed import Pdf, printed
from tests.workshops import everything


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('Say "pass".', "Say “pass”."),
        ("GRETA's pages", "GRETA’s pages"),
        ('("Why?")', "(“Why?”)"),
        ("'Now,' she said", "‘Now,’ she said"),
        ("“as it is”", "“as it is”"),
        ('"', "“"),
        ("", ""),
    ],
)
def test_marks_are_curved(written: str, shown: str) -> None:
    assert quotes.curved(written) == shown
    assert quotes.straight(shown) == quotes.straight(written)


def test_marks_see_across_a_change_of_letters_and_leave_code_alone() -> None:
    tree = ET.fromstring(  # noqa: S314 - our own text
        '<div><p>He said "<em>no</em>" and <code>"x"</code>.</p><p>"Yes"<br />"No"</p></div>'
    )
    quotes.curve(tree)
    assert "".join(tree.itertext()) == 'He said “no” and "x".“Yes”“No”'


def test_the_statement_keeps_its_marks() -> None:
    handbook = handbook_of(
        {
            "statement.md": '+++\nkind = "statement"\ntitle = "S"\n+++\n\nThe "old" words.\n',
            "text.md": '# Text\n\nThe "new" words.\n',
        }
    )
    words = " ".join(printed(handbook, "statement", "text").body.split())
    assert 'The "old" words.' in words
    assert "The “new” words." in words


def test_a_note_says_who_published_what_and_when() -> None:
    handbook = load(CONTENT)

    def cited(anchor: str) -> str:
        section = handbook.find(Address("sources", anchor))
        assert section is not None
        return citations.of_source(handbook, section)

    assert cited("greta") == "Council of Europe, GRETA's own pages, without a date"
    assert cited("palermo-protocol") == "United Nations, UN Trafficking Protocol, 2000"
    assert cited("greta-war-2022") == "GRETA on war and trafficking, 2022"
    words = " ".join(printed(handbook, "before-you-start#safety").body.split())
    assert "World Health Organization, WHO recommendations, 2003." in words


def test_a_custom_page_keeps_its_line_ends_and_its_boxes() -> None:
    text = "Anna\nBogdan\n\n- [ ] paper\n- [ ] pens\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    from handbook.printing.typeset import missing_letters, print_workshop

    workshop = Workshop(items=(CustomPage("Lists", text), Passage("text")))
    read = Pdf(print_workshop(handbook_of({"text.md": "# Text\n\nWords.\n"}), workshop, ["participants"]).pdf)
    lines = [line.strip() for line in everything(read).split("\n")]
    assert "Anna" in lines
    assert "Bogdan" in lines
    assert "[ ]" not in everything(read)
    assert missing_letters("a \U0001f600 ა") == "ა\U0001f600"
