"""Names and titles in the order of a language's alphabet, as a person looks for them in a list.

Belongs here: the alphabets of the languages that the program speaks, and a key to sort by. Not here: what is sorted.

One order for window, command line and paper, the same on every computer: docs/decisions.md says why it is our own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from handbook.base import catalogue

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_CYRILLIC = "а б в г ґ д ђ ѓ е є ж з ѕ и і ї й ј к л љ м н њ о п р с т ћ ќ у ў ф х ц ч џ ш щ ъ ы ь э ю я"
# Letters that are no letters of their own in a language are sorted with those that they are made of: á with a.
_OWN: Mapping[str, str] = {
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "bs": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "ru": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
}
_PIECE = re.compile(r"\d+|\s+|.", re.DOTALL)
_SPACE, _NUMBER, _OWN_LETTER, _OTHER_LETTER, _ELSE = range(5)
_MOST_DIGITS = 18

Key = tuple[Sequence[tuple[int, int]], str, str]


def key(text: str, language: str = "") -> Key:
    """What to sort a text by: letters without regard to case, then accents, then case; numbers by their value.

    Letters of the language's own script come first. language: a code; "" is the one that the program speaks."""
    ranks, most = _ranks(language or catalogue.language())
    folded = unicodedata.normalize("NFC", text.casefold())
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(folded):
        for length in range(most, 0, -1):
            rank = ranks.get(folded[at : at + length])
            if rank is not None:
                found.append(rank)
                at += length
                break
        else:
            piece = _PIECE.match(folded, at)
            assert piece is not None  # noqa: S101 - every letter is a piece
            found += _of(piece[0], ranks)
            at = piece.end()
    return found, folded, text


def _of(piece: str, ranks: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """The place of what is no letter of the alphabet; none for signs between words."""
    if piece.isspace():
        return [(_SPACE, 0)]
    if piece.isdecimal():
        return [(_NUMBER, int(piece[:_MOST_DIGITS]))]
    bare = unicodedata.normalize("NFD", piece)[0]
    if bare in ranks:
        return [ranks[bare]]
    return [(_ELSE, ord(bare))] if bare.isalpha() else []


@lru_cache(maxsize=16)
def _ranks(language: str) -> tuple[Mapping[str, tuple[int, int]], int]:
    """The place of each letter of both scripts, and how many signs the longest letter has."""
    own = _OWN.get(language, _LATIN).split()
    other = (_LATIN if own[0] == "а" else _CYRILLIC).split()
    ranks = {letter: (_OWN_LETTER, number) for number, letter in enumerate(own)}
    for number, letter in enumerate(other):
        ranks.setdefault(letter, (_OTHER_LETTER, number))
    if own[0] == "а":  # letters of other languages in the same script, after those that they follow there
        for before, letter in zip(_CYRILLIC.split(), _CYRILLIC.split()[1:], strict=False):
            decomposed = unicodedata.normalize("NFD", letter)[0]
            if letter not in ranks and decomposed not in ranks:
                ranks[letter] = ranks[before]
    return ranks, max(map(len, own))
