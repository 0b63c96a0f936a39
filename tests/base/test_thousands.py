"""Large numbers are written as the Unicode CLDR has them for each language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from handbook.base import catalogue
from handbook.base.languages import LANGUAGES
from handbook.base.thousands import Number, written

# Qt's copy of the CLDR has narrow blanks for some languages in some versions; on paper and screen they mean the same.
_NARROW = {"\u202f": "\u00a0"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_is_that_of_the_language(language: str) -> None:
    for number in (0, 7, 999, 20_000, 1_234_567, -45_678):
        theirs = QLocale(language).toString(number)
        assert written(number, language) == "".join(_NARROW.get(sign, sign) for sign in theirs).replace("\u2212", "-")


def test_four_figures_stay_together_where_the_language_has_it_so() -> None:
    shown = [written(2_000, code) for code in ("en", "nl", "cs", "pl", "bg")]
    assert shown == ["2,000", "2.000", "2\u00a0000", "2000", "2000"]


def test_a_text_is_filled_in_by_the_language_in_use() -> None:
    assert f"{Number(20_000):,} and {Number(20_000)}" == "20,000 and 20000"
    catalogue.use(catalogue.of("uk"), "uk")
    assert f"{Number(20_000):,}" == "20\u00a0000"
    assert f"{Number(7):>3}" == "  7"
