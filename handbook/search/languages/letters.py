"""Other ways to write a word: letters of a neighbour's keyboard, Latin letters for Cyrillic ones, another layout.

Belongs here: what is done letter by letter. Not here: endings and stems (stems.py), accents on Latin letters
(search/tokens.py, which folds them for all languages)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# Letters that are typed for each other: a Ukrainian on a Russian keyboard has no і, ї, є, ґ, a Belarusian no ў, and
# many leave soft and hard signs out in haste. In the words that are known here, no two differ by these letters alone.
_LOOSE = str.maketrans(
    {
        "і": "и", "ї": "и", "ы": "и", "i": "и", "ѝ": "и", "є": "е", "э": "е", "ѐ": "е", "ґ": "г", "ѓ": "г", "ў": "у",
        "ј": "й", "љ": "л", "њ": "н", "ќ": "к", "ѕ": "з", "џ": "ж", "ь": "",
    }
)  # fmt: skip


def is_cyrillic(form: str) -> bool:
    """Is a form written in Cyrillic letters, or at least begun so?"""
    return any("\u0400" <= letter <= "\u04ff" for letter in form)


def loose(form: str) -> str:
    """A form with letters that are typed for each other as one. Latin forms stay as they are."""
    return form.translate(_LOOSE) if is_cyrillic(form) else form


# -- Latin letters for Cyrillic ones --

# Every habit of writing Cyrillic words in Latin letters is brought down to one: "torhivlia", "torgivlya" and
# "torgovlja" differ in what is dropped here. It is a key to compare by, never shown.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "ѓ": "h", "д": "d", "е": "e", "є": "e", "э": "e", "ё": "e",
    "ж": "z", "з": "z", "ѕ": "z", "и": "i", "і": "i", "ї": "i", "ы": "i", "й": "i", "ј": "i", "к": "k", "ќ": "k",
    "л": "l", "љ": "l", "м": "m", "н": "n", "њ": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ў": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "z", "ш": "s", "щ": "s", "ъ": "a", "ь": "", "ю": "u",
    "я": "a", "’": "", "'": "",
}  # fmt: skip
_SPELLINGS = (  # longer ones first
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("sht", "s"), ("dzh", "z"), ("zh", "z"), ("kh", "h"), ("ch", "c"),
    ("sh", "s"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("g", "h"), ("x", "h"), ("w", "v"), ("q", "k"), ("y", "i"),
    ("j", "i"),
)  # fmt: skip
_VOWELS = "aeiou"


@cache
def _latin_table() -> dict[int, str]:
    return str.maketrans(_LATIN)


def sound(form: str) -> str:
    """What a form sounds like, roughly, in Latin letters: the same for every way to write it."""
    if is_cyrillic(form):
        plain = form.translate(_latin_table())
    else:
        plain = form
        for spelling, one in _SPELLINGS:
            plain = plain.replace(spelling, one)
    out: list[str] = []
    for at, letter in enumerate(plain):
        if letter == "i" and plain[at + 1 : at + 2] and plain[at + 1] in _VOWELS:
            continue  # of ya, ia, ja, yu, ye
        if letter == "i" and out and out[-1] in "aeiou":
            continue  # of ий, yi, ay
        if not (out and out[-1] == letter):
            out.append(letter)
    return "".join(out)


# -- Another keyboard layout --

_KEYS = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_LAYOUTS: Mapping[str, str] = {  # what the same keys give, by language; Windows' layouts
    "ru": "ёйцукенгшщзхъ\\фывапролджэячсмитьбю.",
    "uk": "'йцукенгшщзхїґфівапролджєячсмитьбю.",
    "be": "ёйцукенгшўзх'\\фывапролджэячсмітьбю.",
    "bg": "`явертъуиопшщюасдфгхйкл;'зьцжбнм,./",  # the phonetic one
    "mk": "`љњертѕуиопшѓжасдфгхјклчќзџцвбнм,./",
}
_TRADITIONAL = {"bg": "(,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб"}  # the other Bulgarian one


@cache
def _tables(language: str) -> tuple[dict[int, int], ...]:
    """From Latin keys, in each layout of a language."""
    layouts = (_LAYOUTS[language], _TRADITIONAL.get(language, ""))
    return tuple(str.maketrans(_KEYS, layout) for layout in layouts if layout)


@cache
def _back(language: str) -> dict[int, int]:
    return str.maketrans(_LAYOUTS[language], _KEYS)


def as_typed_in(language: str, text: str) -> tuple[str, ...]:
    """What the keys of a Latin text give in the layouts of a language: "njhujdkz" → "торговля". Same length."""
    return tuple(_small(text).translate(table) for table in _tables(language))


def as_typed_in_latin(text: str) -> tuple[str, ...]:
    """What the keys of a Cyrillic text give in the Latin layout: "екфаасшлштп" → "trafficking". Same length."""
    return tuple(dict.fromkeys(_small(text).translate(_back(language)) for language in _LAYOUTS))


def _small(text: str) -> str:
    """A text in small letters, of the same length."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
