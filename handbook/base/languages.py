"""The languages that the program can speak, each by its own name.

Belongs here: their codes and names. Not here: translations (handbook/translations/), which one is in use
(catalogue.py)."""

from __future__ import annotations

from collections.abc import Mapping

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
SPOKEN: tuple[str, ...] = tuple(code for code in NAMES if code != "bs")  # Bosnian has the words on paper alone
