"""Quotation marks in the languages of the program, compared with Qt's copy of the Unicode CLDR."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from handbook.base import catalogue, quotation_marks
from handbook.base.languages import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_are_those_of_the_unicode_cldr(language: str) -> None:
    locale = QLocale("bs_Latn_BA" if language == "bs" else language)
    assert "word".join(quotation_marks.of(language)) == locale.quoteString("word")


def test_an_unknown_language_has_those_of_english() -> None:
    assert quotation_marks.of("xx") == ("“", "”")


def test_words_are_quoted_in_the_language_that_is_spoken() -> None:
    before, spoken = catalogue.in_use(), catalogue.language()
    assert quotation_marks.quoted("word") == "“word”"
    catalogue.use(before, "pl")
    assert quotation_marks.quoted("słowo") == "„słowo”"
    catalogue.use(before, spoken)
