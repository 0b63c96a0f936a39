"""The signs of a precise query, put into its text and taken out again, as the chips do it by mouse.

Belongs here: text in, text out. Not here: what the signs mean to the index (search/query.py), the chips
themselves (chips.py).

    "exact words"   in quotes of any style        -word   passages without it
    in:glossary     one part or chapter           a OR b  either
    minutes:30  people:18  level:1  paper:no  online:yes  plans and exercises that fit
    in:my-marks     the person's marks"""

from __future__ import annotations

import re

from handbook.base.late_patterns import late_pattern

MARKS = "my-marks"  # the name of the person's marks as a place to search in
_QUOTES = '"“”„«»'
_SCOPE = late_pattern(rf"(?<!\S)in:(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+))")
_WITHOUT = late_pattern(rf"(?<!\S)-(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[^\W_][^\s{_QUOTES}]*|\s*$)")
LIMITS = ("minutes", "people", "level", "paper", "online")
_LIMIT = late_pattern(rf"(?<!\S)({'|'.join(LIMITS)}):([0-9]{{1,4}}|yes|no)(?!\S)")
_OR = late_pattern(r"(?<!\S)OR(?!\S)")


def _tidy(*pieces: str) -> str:
    return " ".join(" ".join(pieces).split())


def scope_of(text: str) -> str:
    """The part or chapter that a query is kept to, as written; "" when it is kept to none."""
    found = _SCOPE.search(text)
    return (found.group(1) or found.group(2) or "") if found else ""


def with_scope(text: str, scope: str) -> str:
    """The query kept to another part or chapter; "" lifts the limit.

    The sign stands first, so that one can go on typing at the end."""
    words = _tidy(_SCOPE.sub(" ", text))
    return f"in:{scope} {words}" if scope else words


def is_exact(text: str) -> bool:
    """Does a query ask for words in their order?"""
    return any(sign in _SCOPE.sub(" ", text) for sign in _QUOTES)


def exact(text: str, *, wanted: bool) -> str:
    """The query with its words in quotes, or without any quotes; an empty one gets a pair to type between."""
    scopes = [match[0] for match in _SCOPE.finditer(text)]
    bare = re.sub(f"[{_QUOTES}]", " ", _SCOPE.sub(" ", text))
    if not wanted:
        return _tidy(*scopes, bare)
    without = [match[0] for match in _WITHOUT.finditer(bare)]
    sides = (_tidy(side) for side in _OR.split(_WITHOUT.sub(" ", bare)))
    phrases = " OR ".join(f'"{side}"' for side in sides if side)
    return _tidy(*scopes, phrases, *without) if phrases else _tidy(*scopes, *without, '""')


def has_without(text: str) -> bool:
    """Does a query leave out passages with some word?"""
    return bool(_WITHOUT.search(text))


def without(text: str, *, wanted: bool) -> str:
    """The query ending in a minus, for the word to be typed, or without any word that was to be left out."""
    if wanted:
        return f"{_tidy(text)} -".lstrip()
    while has_without(text):  # taking one away may make the one before it last
        text = _tidy(_WITHOUT.sub(" ", text))
    return _tidy(text)


def has_or(text: str) -> bool:
    """Does a query ask for one or the other?"""
    return bool(_OR.search(text))


def either(text: str, *, wanted: bool) -> str:
    """The query ending in OR, for the other words to be typed, or with all words side by side."""
    return f"{_tidy(text)} OR " if wanted else _tidy(_OR.sub(" ", text))


def limits_of(text: str) -> dict[str, str]:
    """What plans and exercises have to fit: the values by the names of LIMITS; of two of a kind the last."""
    return {match[1]: match[2] for match in _LIMIT.finditer(text)}


def with_limit(text: str, name: str, value: str) -> str:
    """The query with another limit of a name; "" lifts it. It stands first, so that one can go on typing."""
    words = _tidy(_LIMIT.sub(lambda match: " " if match[1] == name else match[0], text))
    return f"{name}:{value} {words}" if value else words


def without_limits(text: str) -> str:
    """The query without anything that plans and exercises have to fit."""
    return _tidy(_LIMIT.sub(" ", text))
