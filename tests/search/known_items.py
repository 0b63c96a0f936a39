"""Sections that are asked for by a few words of their titles, as they are and with the errors that people make."""

from __future__ import annotations

import random

from handbook.content.handbook import Handbook
from handbook.search import tokens

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_error(word: str, chance: random.Random) -> str:
    """A word with one letter wrong, missing, doubled, too much or swapped."""
    at, kind = chance.randrange(len(word)), chance.randrange(5)
    letter = chance.choice(LETTERS)
    made = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at:],
        word[: max(at - 1, 0)] + word[max(at - 1, 0) : at + 1][::-1] + word[at + 1 :],
    )[kind]
    return made if made != word else with_error(word, chance)


def titles(handbook: Handbook) -> list[tuple[str, list[str]]]:
    """Addresses with two to four telling words of their titles, which no other title has all of."""
    known = [(str(s.address), [w for w in tokens.forms(s.title) if not tokens.is_stop(w)]) for s in handbook.sections]
    sets = [set(map(tokens.term, telling)) for _, telling in known]
    found = []
    for address, telling in known:
        some = list(dict.fromkeys(telling))[:4]
        wanted = set(map(tokens.term, some))
        if (
            len(some) > 1
            and max(map(len, some)) > 4
            and all(map(str.isalpha, some))
            and min(map(len, some)) > 1  # "Meaning C" is no two words to be joined
            and sum(wanted <= other for other in sets) == 1
        ):
            found.append((address, some))
    return found


def typo(some: list[str], chance: random.Random) -> str:
    at = chance.choice([n for n, word in enumerate(some) if len(word) > 3])
    return " ".join([*some[:at], with_error(some[at], chance), *some[at + 1 :]])


def joined(some: list[str], chance: random.Random) -> str:
    at = chance.randrange(len(some) - 1)
    return " ".join([*some[:at], some[at] + some[at + 1], *some[at + 2 :]])


def split(some: list[str], chance: random.Random) -> str:
    at = chance.choice([n for n, word in enumerate(some) if len(word) > 4])
    cut = chance.randrange(2, len(some[at]) - 1)
    return " ".join([*some[:at], some[at][:cut], some[at][cut:], *some[at + 1 :]])
