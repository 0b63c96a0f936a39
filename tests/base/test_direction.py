"""Which way a text is read."""

from __future__ import annotations

import pytest

from handbook.base.direction import direction_of


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Words", "ltr"),
        ("Слова", "ltr"),
        ("\u65e5\u672c", "ltr"),
        ("1. \u0645\u0631\u062d\u0628\u0627 and English", "rtl"),
        ("\u05e9\u05dc\u05d5\u05dd", "rtl"),
        ("English and \u0645\u0631\u062d\u0628\u0627", "ltr"),
        ("12 – 30", ""),
        ("", ""),
    ],
)
def test_a_paragraph_is_read_as_its_first_letter_is(text: str, way: str) -> None:
    assert direction_of(text) == way
