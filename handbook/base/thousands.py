"""Large numbers as the person's language writes them: 1,000 in English, 1 000 in Czech, 1.000 in Dutch.

Belongs here: what stands between thousands. Not here: plural forms (catalogue.py), dates (dates.py), fields for numbers
(Qt's widgets).

The signs are those of the Unicode CLDR, of which Qt has a copy that a test compares them with: https://cldr.unicode.org."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.base import catalogue

_BLANK = "\u00a0"  # at which a line does not break
_SIGNS: Mapping[str, str] = {
    "en": ",",
    "be": _BLANK,
    "bg": _BLANK,
    "bs": ".",
    "cs": _BLANK,
    "mk": ".",
    "nl": ".",
    "pl": _BLANK,
    "ro": ".",
    "ru": _BLANK,
    "uk": _BLANK,
}
_FROM_FIVE = frozenset(("bg", "pl"))  # languages that write four figures together: 1000, but 10 000


class Number(int):
    """A number that a text's place `{n:,}` fills in as the language in use writes it; otherwise a plain one."""

    def __format__(self, how: str) -> str:
        return written(int(self)) if how == "," else super().__format__(how)


def written(number: int, language: str = "") -> str:
    """A number in figures. language: the code of the one to write it in; the one in use for ""."""
    language = language or catalogue.language()
    if language in _FROM_FIVE and abs(number) < 10_000:
        return str(number)
    return f"{number:,}".replace(",", _SIGNS.get(language, ","))
