"""The glossary's terms in other languages, on paper."""

from __future__ import annotations

import pytest

from handbook.base.network_languages import LANGUAGES
from handbook.content import term_sheets
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.helpers import CONTENT
from tests.printed import printed


@pytest.fixture(scope="module")
def book() -> Handbook:
    return load(CONTENT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_language_is_on_one_page(language: str, book: Handbook) -> None:
    sheets = term_sheets.made(book, (language,), cards=False)
    assert len(printed(sheets, term_sheets.NAME)) == 1


def test_two_languages_are_on_one_sheet_in_the_order_that_was_chosen(book: Handbook) -> None:
    sheets = term_sheets.made(book, ("uk", "pl"), cards=False)
    pages = printed(sheets, term_sheets.NAME)
    assert len(pages) == 2
    text = " ".join(pages.body.split())
    assert "торгівля людьми* · handel ludźmi*" in text
    assert "* official text, ? not certain" in text
    assert text.index("Accountability") < text.index("Watchdog")


def test_more_languages_are_a_table_and_then_a_list(book: Handbook) -> None:
    three = term_sheets.made(book, ("uk", "pl", "ro"), cards=False).chapters[term_sheets.NAME]
    assert any(line.startswith("| English |") for line in three.lines)
    assert any("[official text]" in line.replace("\\", "") for line in three.lines)
    four = term_sheets.made(book, ("uk", "pl", "ro", "nl"), cards=False).chapters[term_sheets.NAME]
    assert not any(line.startswith("|") for line in four.lines)
