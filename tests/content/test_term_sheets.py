"""The glossary's terms in other languages, on paper."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from handbook.base.network_languages import LANGUAGES
from handbook.content import term_sheets, terms
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import Paper, PrintOptions
from tests.helpers import CONTENT
from tests.printed import printed


@pytest.fixture(scope="module")
def book() -> Handbook:
    return load(CONTENT)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("pair", list(itertools.combinations(LANGUAGES, 2)), ids="-".join)
def test_the_main_terms_in_two_languages_are_on_one_page(pair: tuple[str, str], paper: Paper, book: Handbook) -> None:
    main = terms.main_terms(book.folder)
    assert len(main) == 40
    sheets = term_sheets.made(book, pair, cards=False, only=main)
    pages = printed(sheets, term_sheets.NAME, options=PrintOptions(paper))
    assert len(pages) == 1
    assert min(pages.letter_heights(0, "aeао")) >= 8
    text = " ".join(pages.body.split())
    assert [one for one in main if one not in text] == []


def test_each_main_term_is_one_of_the_files(book: Handbook) -> None:
    main = terms.main_terms(book.folder)
    for code in LANGUAGES:
        assert main <= {entry.english for entry in terms.read(book.folder, code).entries}, code


def test_a_handbook_need_not_say_which_terms_are_the_main_ones(tmp_path: Path) -> None:
    assert terms.main_terms(tmp_path) == frozenset()


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
