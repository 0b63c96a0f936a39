"""Which sections a handout holds, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout, UnknownAddress, pieces, title_of

ONE = """# One

Of the chapter itself.

## Alpha {#alpha}

### Alpha's child {#child}

#### Its child {#grandchild}

## Beta {#beta}

## Gamma {#gamma}
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    (tmp_path / "one.md").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\n## Delta {#delta}\n", encoding="utf-8")
    return load(tmp_path)


def chosen(handbook: Handbook, *addresses: str) -> list[list[str]]:
    """The addresses of each piece."""
    return [[str(one.address) for one in piece.sections] for piece in pieces(handbook, Handout(addresses))]


def test_a_section_brings_its_subsections(handbook: Handbook) -> None:
    assert chosen(handbook, "one#alpha") == [["one#alpha", "one#child", "one#grandchild"]]


def test_a_chapter_is_all_its_sections(handbook: Handbook) -> None:
    whole = ["one", "one#alpha", "one#child", "one#grandchild", "one#beta", "one#gamma"]
    assert chosen(handbook, "one") == [whole]


def test_neighbours_of_one_chapter_are_one_piece(handbook: Handbook) -> None:
    assert chosen(handbook, "one#beta", "one#gamma", "two#delta") == [
        ["one#beta", "one#gamma"],
        ["two#delta"],
    ]


def test_the_order_chosen_is_kept_across_and_within_chapters(handbook: Handbook) -> None:
    assert chosen(handbook, "two", "one#gamma", "one#beta") == [
        ["two", "two#delta"],
        ["one#gamma"],
        ["one#beta"],
    ]


@pytest.mark.parametrize(
    "addresses",
    [
        ("one#alpha", "one#child"),
        ("one#child", "one#alpha"),
        ("one#grandchild", "one#alpha"),
        ("one#alpha", "one#alpha"),
    ],
)
def test_each_section_is_printed_once_and_whole(handbook: Handbook, addresses: tuple[str, ...]) -> None:
    assert chosen(handbook, *addresses) == [["one#alpha", "one#child", "one#grandchild"]]


def test_a_section_chosen_beside_its_chapter_stays_in_it(handbook: Handbook) -> None:
    assert chosen(handbook, "two#delta", "one#beta", "two") == [["one#beta"], ["two", "two#delta"]]


def test_an_unknown_address_is_named_with_the_nearest(handbook: Handbook) -> None:
    with pytest.raises(UnknownAddress, match=r"'one#betta'.*'one#beta'") as caught:
        chosen(handbook, "one#alpha", "one#betta")
    assert (caught.value.address, caught.value.nearest) == ("one#betta", "one#beta")


def test_an_address_like_no_other_gets_no_nearest_one(handbook: Handbook) -> None:
    with pytest.raises(UnknownAddress, match="'handbook search' finds addresses") as caught:
        chosen(handbook, "☃")
    assert caught.value.nearest == ""


def test_in_a_chapter_that_is_there_the_nearest_is_at_least_the_chapter(handbook: Handbook) -> None:
    with pytest.raises(UnknownAddress) as caught:
        chosen(handbook, "one#☃☃☃☃☃☃☃☃☃☃☃☃")
    assert caught.value.nearest == "one"


@pytest.mark.parametrize(
    ("handout", "title"),
    [
        (Handout(("one#beta",)), "Beta"),
        (Handout(("one#alpha", "one#child")), "Alpha"),
        (Handout(("one",)), "One"),
        (Handout(("one#beta",), title="  For Monday "), "For Monday"),
    ],
)
def test_the_title_is_the_given_one_or_that_of_the_one_section(
    handbook: Handbook, handout: Handout, title: str
) -> None:
    assert title_of(handbook, handout) == title


def test_the_title_of_several_sections_is_the_handbooks(handbook: Handbook) -> None:
    assert title_of(handbook, Handout(("one#alpha", "two"))) == handbook.manifest.title


def test_options_that_are_not_offered_are_refused() -> None:
    with pytest.raises(ValueError, match="a4, letter"):
        PrintOptions(paper="a3")  # type: ignore[arg-type]  # what a damaged setting would bring
    with pytest.raises(ValueError, match="11, 14, 18"):
        PrintOptions(size=12)
