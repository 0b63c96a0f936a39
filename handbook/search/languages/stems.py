"""The inflected forms of one word, in each language: what they have in common.

Belongs here: endings. Not here: letters that are typed for each other (letters.py), which words are known (tables.py).

A word has several keys; two words that share one are taken for forms of the same. One is the word itself, one
Snowball's stem where Snowball has the language, one is made by the rules below: the longest ending goes, then the vowel
that comes and goes between the last consonants (жінка, жінок), then a consonant that changes before some endings (ruka,
ruce) is brought to one of its kind. So rough a rule would be wrong for a whole dictionary; it is tried with the words
of tables.py only."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Protocol

from handbook.search import tokens
from handbook.search.languages import letters

LEAST = 3  # letters of a stem

_SNOWBALL = {"cs": "czech", "nl": "dutch", "pl": "polish", "ro": "romanian", "ru": "russian"}


def _endings(text: str) -> tuple[str, ...]:
    return tuple(sorted({letters.loose(ending) for ending in text.split()}, key=len, reverse=True))


# Of nouns, adjectives and the common verbs; Latin letters without accents.
_EAST = (
    "а я у ю и е о й ам ям ами ями ах ях ов ев ив ей ий ови еви ом ем им ой ею ою ого ого ому их ими ая яя ое ее ие ую"
    " юю ия ию ии ием ией ею ию иях иям иями ости остю остей остям ость ми"
)
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "uk": _endings(_EAST + " иею ату ення енню енням ати ає аю аєш ають ав ить иш ять ив уть ють"),
    "ru": _endings(_EAST + " иями ый ого его ему ым ыми ает ют"),
    "be": _endings(
        _EAST + " ау яу оу еу ай ей уй ага яга аму яму ога ае яе аю яю асц асци асцю осц осци осцю ацца ць аць аеш"
        " аюць іць іш яць уць юць"
    ),
    "bg": _endings(
        "а я о е и у ът та то те ят а ата ята ото ето ите ия ият ове овете еве евете ища ищата ам им не нето ния нията"
        " ам аме ам ване ването ането"
    ),
    "mk": _endings(
        "а о е и у от та то те ата ото ето ите ови овите иот иов ион ње њето не нето ее ам аме"
        " ост оста ости остите ција цијата ции циите аат ат им иш ува увам уваат"
    ),
    "pl": _endings(
        "a e i o u y ie ia iu io ii ami iami owi iowi ach iach om iom ow iow em iem ego iego emu iemu ej iej ym im ych"
        " ich ymi imi owie ac ic ec owac mi aja uje uja"
    ),
    "cs": _endings(
        "a e i o u y ou ami emi ach ech ich um am em ovi ove ho mu eho emu ym im ych ymi imi im at it et ovat nout ovy"
        " uje uji aji eji"
    ),
    "ro": _endings(
        "a e i o u ul ului le lui ii ei iei ele elor ile ilor lor uri urile urilor ea ia ie iile iilor esc este eaza"
    ),
}  # fmt: skip
_VOWELS = frozenset("аеиоуюяaeiouy")
_CHANGED = (  # consonants that stand for each other at the end of a stem: (language's letters, one of the kind)
    ("рж", "р"), ("дз", "д"), ("ждж", "д"), ("ц", "к"), ("ч", "к"), ("ж", "г"), ("з", "г"), ("ш", "с"), ("х", "с"),
    ("щ", "ст"), ("rz", "r"), ("dz", "d"), ("cz", "k"), ("sz", "s"), ("ch", "s"), ("c", "k"), ("z", "g"), ("h", "g"),
)  # fmt: skip


def keys(word: str, language: str) -> tuple[str, ...]:
    """What a word, as written, has in common with its other forms; the first is the word itself, folded."""
    return _keys(word[: tokens.MAX_LETTERS], language)


@lru_cache(maxsize=1 << 15)
def _keys(word: str, language: str) -> tuple[str, ...]:
    form = tokens.fold(word)
    found = {letters.loose(form): None}
    if language in _SNOWBALL:
        for one in {word.casefold(), form}:
            found[letters.loose(tokens.fold(_snowball(language, one)))] = None
    if language in _ENDINGS:
        found[_by_rule(letters.loose(form), language)] = None
    return tuple(found)


def _by_rule(form: str, language: str) -> str:
    """The stem of a folded form; marked, so that it is never taken for a word."""
    stem = form
    for ending in _ENDINGS[language]:
        if form.endswith(ending) and len(form) - len(ending) >= LEAST:
            stem = form.removesuffix(ending)
            break
    if language == "uk" and stem.endswith("ист"):  # вразливість, вразливості
        stem = stem[:-3] + "ост"
    if len(stem) > LEAST and stem[-1] == stem[-2]:
        stem = stem[:-1]  # навчання, навчань
    if len(stem) > LEAST and stem[-2] in _VOWELS and stem[-1] not in _VOWELS and stem[-3] not in _VOWELS:
        stem = stem[:-2] + stem[-1]
    for changed, one in _CHANGED:
        if stem.endswith(changed):
            stem = stem.removesuffix(changed) + one
            break
    return f"{stem}~"


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its name in PyStemmer


_STEMMING = threading.Lock()  # a stemmer keeps its word in itself


def _snowball(language: str, word: str) -> str:
    with _STEMMING:
        return _stemmer(language).stemWord(word)


@cache
def _stemmer(language: str) -> _Stemmer:
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer(_SNOWBALL[language])
    return stemmer
