"""Dates in the languages of the program, compared with Qt's copy of the Unicode CLDR."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QDate, QLocale

from handbook.base import catalogue, dates
from handbook.base.languages import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_those_of_the_unicode_cldr(language: str) -> None:
    locale = QLocale("bs_Latn_BA" if language == "bs" else language)
    for month, name in enumerate(dates.months(catalogue.of(language)), 1):
        assert locale.toString(QDate(2026, month, 1), "d MMMM").split(maxsplit=1)[1].casefold() == name.casefold()


def test_a_day_is_written_in_words() -> None:
    day = datetime.date(2026, 11, 24)
    assert dates.written(day, catalogue.of("en")) == "24 November 2026"
    assert dates.written(day, catalogue.of("cs")) == "24. listopadu 2026"
    assert dates.written(day, catalogue.of("xx")) == "24 November 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_in_a_field_is_written_as_elsewhere(language: str) -> None:
    said = catalogue.of(language)
    locale = QLocale("bs_Latn_BA" if language == "bs" else language)
    field = dates.form(said).format(day="d", month="MMMM", year="yyyy")
    day = datetime.date(2026, 11, 24)
    assert locale.toString(QDate(2026, 11, 24), field).casefold() == dates.written(day, said).casefold()
