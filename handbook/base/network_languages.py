"""The languages beside English in which people of the network ask, and in which the glossary's terms are known.

Belongs here: their codes, English names and letters. Not here: which languages the program speaks (languages.py), how
their words are inflected (search/languages/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from handbook.base.catalogue import N_

Script = Literal["Latin", "Cyrillic"]


class Language(NamedTuple):
    """One language.

    name: in English, to be looked up by tr().
    letters: that no other of these languages has, or hardly any: they tell it at a glance."""

    code: str
    name: str
    script: Script
    letters: str = ""


ENGLISH = "en"

# All but English, in the order in which they are listed.
LANGUAGES: Mapping[str, Language] = {
    one.code: one
    for one in (
        Language("be", N_("Belarusian"), "Cyrillic", "ў"),
        Language("bg", N_("Bulgarian"), "Cyrillic"),
        Language("cs", N_("Czech"), "Latin", "ěřůýťďň"),
        Language("mk", N_("Macedonian"), "Cyrillic", "ѓќљњџѕј"),
        Language("nl", N_("Dutch"), "Latin"),
        Language("pl", N_("Polish"), "Latin", "łżąęćśńź"),
        Language("ro", N_("Romanian"), "Latin", "șțăâîşţ"),
        Language("ru", N_("Russian"), "Cyrillic"),
        Language("uk", N_("Ukrainian"), "Cyrillic", "їєґ"),
    )
}
