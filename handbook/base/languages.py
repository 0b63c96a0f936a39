"""The languages that the program can speak, each by its own name.

Belongs here: their codes and names. Not here: translations (handbook/translations/), which one is in use
(catalogue.py)."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.base.late_patterns import late_pattern

# By their code (ISO 639-1); the names are those of the Unicode CLDR, in the language itself.
NAMES: Mapping[str, str] = {
    "en": "English",
    "be": "беларуская",
    "bg": "български",
    "bs": "bosanski",
    "cs": "čeština",
    "mk": "македонски",
    "nl": "Nederlands",
    "pl": "polski",
    "ro": "română",
    "ru": "русский",
    "uk": "українська",
}
LANGUAGES: tuple[str, ...] = tuple(NAMES)
_CODE = late_pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
SPOKEN: tuple[str, ...] = tuple(code for code in NAMES if code != "bs")  # Bosnian has the words on paper alone


def is_code(text: str) -> bool:
    """Has a text the form of a language's code, such as "pl" or "pt-BR"? Whether there is one is not known here."""
    return _CODE.fullmatch(text) is not None
