"""The texts of the program in the person's language.

Belongs here: looking a text up, with plural forms and contexts, and which translations are in use. Not here: the
translations (handbook/translations/), and what is written in a handbook.

A text is a whole sentence in English with named places: `tr("Could not save '{name}'.").format(name=name)`. The four
functions have the meaning that the standard library's gettext gives to theirs:
https://docs.python.org/3/library/gettext.html. `tr` stands for `gettext.gettext`: `_` would be hidden by a loop's `_`.
"""

from __future__ import annotations

import gettext
import struct
import zlib
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "translations"


class _Active:
    """The translations in use: one for the process, as a person has one language at a time."""

    translations: gettext.NullTranslations = gettext.NullTranslations()
    language: str = "en"


def use(translations: gettext.NullTranslations, language: str = "en") -> None:
    """Look texts up in these translations from now on, which are in this language."""
    _Active.translations, _Active.language = translations, language


def language() -> str:
    """The code of the language in use."""
    return _Active.language


def in_use() -> gettext.NullTranslations:
    """The translations in use."""
    return _Active.translations


def file_of(language: str) -> Path:
    """The PO file of a language that comes with the program."""
    return _FOLDER / f"{language}.po"


@lru_cache(maxsize=16)
def of(language: str) -> gettext.NullTranslations:
    """The translations of a language, as paper may speak another one than the window; English for an unknown one."""
    if language == "en" or not language.isalpha():
        return gettext.NullTranslations()
    source = file_of(language)
    ready = source.with_suffix(".mo")
    if not source.is_file():
        return gettext.NullTranslations()
    text = source.read_bytes()
    made = _compiled(ready, text)
    if made is not None:
        return made
    from handbook.translations import po_file  # in a checkout whose PO file has changed since it was set up

    return po_file.catalogue(po_file.read(text.decode("utf-8")), language)


def _compiled(file: Path, source: bytes) -> gettext.GNUTranslations | None:
    """The compiled form of a PO file; None where there is none, or it was made of another text, or is damaged."""
    try:
        with file.open("rb") as opened:
            made = gettext.GNUTranslations(opened)
    except (OSError, ValueError, struct.error):  # UnicodeDecodeError is a ValueError
        return None
    return made if made.info().get("made-of") == f"{zlib.crc32(source):08x}" else None


def tr(text: str) -> str:
    """A text in the person's language; in English where it is not translated."""
    return _Active.translations.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a text that goes with a number; both forms have the place {n}, to be filled by the caller."""
    return _Active.translations.ngettext(one, many, n)


def pgettext(context: str, text: str) -> str:
    """A text that is said differently in other contexts, as "Open" of a file and "Open" of a shop."""
    return _Active.translations.pgettext(context, text)


def npgettext(context: str, one: str, many: str, n: int) -> str:
    """The form of a text with a context that goes with a number."""
    return _Active.translations.npgettext(context, one, many, n)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's documentation gives it
    """Mark a text for translation that is looked up later, by `tr` of the value."""
    return text
