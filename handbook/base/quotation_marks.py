"""Words in the quotation marks of a language: “word” in English, „word” in Polish, «word» in Ukrainian.

Belongs here: which marks a language has. Not here: texts of the catalogue, which have their own; the marks of a page's
text, which are curved when it is set (printing/typeset/quotes.py).

They are those of the Unicode CLDR, of which Qt has a copy that a test compares them with: https://cldr.unicode.org."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.base import catalogue

_MARKS: Mapping[str, str] = {
    "be": "«»",
    "bg": "„“",
    "bs": "„”",
    "cs": "„“",
    "en": "“”",
    "mk": "„“",
    "nl": "‘’",
    "pl": "„”",
    "ro": "„”",
    "ru": "«»",
    "uk": "«»",
}


def of(language: str) -> tuple[str, str]:
    """The mark before and the mark behind quoted words; those of English for a language that is not known."""
    marks = _MARKS.get(language, _MARKS["en"])
    return marks[0], marks[1]


def quoted(words: str) -> str:
    """Words in the marks of the language that is spoken."""
    return words.join(of(catalogue.language()))
