"""Marks whose section moved to another chapter without a word about it: to the only right place, or to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.loading import load
from handbook.marks.model import Mark
from handbook.marks.moved import Elsewhere
from handbook.printing.typeset.own_marks import gathered

ONE = """# One

## A title for one section

The law was changed in the spring, and nobody was told. Yes.

## Aim

Short words: one law.
"""
TWO = """# Two

## Another section

One law. In the autumn it was changed once more, and everybody was told.

## A title for two sections

Words about this and that.
"""
THREE = """# Three

## A title for two sections

Before. Words about this and that. After them came more.
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    for name, text in (("one", ONE), ("two", TWO), ("three", THREE)):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    return Elsewhere(load(tmp_path))


@pytest.mark.parametrize(
    ("title", "quote", "before", "after", "address"),
    [
        ("Gone", "the law was changed in the", "", "", ""),  # not these letters
        ("Gone", "The law was changed in the spring", "", "", "one#a-title-for-one-section"),
        ("Gone", "everybody was told", "", "", "two#another-section"),
        ("Gone", "was told.", "", "", ""),  # it stands twice
        ("Another section", "was told.", "", "", "two#another-section"),
        ("Gone", "was told.", "and nobody", "Yes.", "one#a-title-for-one-section"),
        ("Gone", "Yes.", "", "", ""),  # too few letters to be sure
        ("Aim", "gone are these words", "", "", ""),  # a short title
        ("A title for one section", "gone are these words", "", "", "one#a-title-for-one-section"),
        ("A title for two sections", "gone are these words", "", "", ""),
        ("Gone", "Words about this and that.", "", "", ""),
        ("Gone", "Words about this and that.", "Before.", "After them", "three#a-title-for-two-sections"),
        ("A title for one section", "", "", "", "one#a-title-for-one-section"),
        ("Aim", "", "", "", ""),
    ],
)
def test_a_mark_comes_to_the_only_place_or_to_none(
    elsewhere: Elsewhere, title: str, quote: str, before: str, after: str, address: str
) -> None:
    mark = Mark("highlight" if quote else "bookmark", "gone#x", title, quote, before, after)
    assert str(elsewhere.find(mark) or "") == address


def test_what_is_printed_has_them_too(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(ONE, "utf-8")
    mark = Mark("highlight", "gone#x", "Gone", "The law was changed in the spring")
    (found,) = gathered(load(tmp_path), [mark, Mark("highlight", "gone#x", "Gone", "words of old times")]).values()
    assert [(str(address), one) for address, one in found] == [("one#a-title-for-one-section", mark)]
