"""What people ask for, and the sections that are about it: like the index at the back of a printed book.

Belongs here: which lines of words/subjects.txt a query means. Not here: what that is worth (index.py), what else is
said for a word (synonyms.py), questions in other languages (languages/).

A subject is asked when all words of one of its choices are, or what else is said for them, in any order and form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from handbook.search import tokens
from handbook.search.real_words import FOLDER

_START = 3  # letters that the forms of a word share, for a first look
# Words that no choice needs.
_LIGHT = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


class Subject(NamedTuple):
    """The words by which a subject was asked, in terms, and the sections that are about it, the best first."""

    terms: frozenset[str]
    addresses: tuple[str, ...]


class Subjects:
    """The table, read when a query is first asked; a line's words are stemmed when one is first like a query's."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._choices = lru_cache(maxsize=None)(self._read_choices)

    def of(self, forms: Sequence[str], others: Collection[str] = (), begun: Collection[str] = ()) -> list[Subject]:
        """The subjects of a query with these words, without those that are part of another one.

        others: terms of what else is said for the words. Some of a choice's words may be among them, but not all.
        begun:  terms of what the last word may become; and it may become a word of the table that begins so."""
        own = frozenset(map(tokens.term, forms))
        beginning = forms[-1] if begun else None
        likely = own.union(begun)
        every = likely.union(others)
        found: list[Subject] = []
        for number in self._like((*forms, *others, *begun)):
            choices, addresses = self._choices(number)
            for choice in choices:
                rest = choice - every
                begins = beginning and len(rest) == 1 and next(iter(rest)).startswith(beginning)
                if (not rest and choice & likely) or (begins and (len(choice) == 1 or choice & own)):
                    found.append(Subject(choice, addresses))
        literal = [one.terms for one in found if one.terms <= own]
        return [one for one in found if not any(one.terms < terms for terms in literal)]

    def beside(self, forms: Sequence[str], begun: Collection[str] = ()) -> list[Subject]:
        """The lines that have two words or more of a query's, though perhaps in several choices; those words, in terms.

        Whoever asks in other words than any choice has may still mean what several choices are about.
        begun: terms of what the last word may become."""
        own = frozenset(tokens.term(form) for form in forms if form not in _LIGHT).union(begun)
        starts = {form[:_START] for form in forms if form not in _LIGHT}
        times = Counter(number for start in starts for number in self._starts.get(start, ()))
        found = []
        for number in sorted(number for number, count in times.items() if count > 1):
            choices, addresses = self._choices(number)
            shared = own.intersection(frozenset().union(*choices))
            if len(shared) > 1:
                found.append(Subject(shared, addresses))
        return found

    def _like(self, forms: Iterable[str]) -> list[int]:
        """The lines with a word that begins like one of the forms."""
        starts = {form[:_START] for form in forms if form not in _LIGHT}
        return sorted({number for start in starts for number in self._starts.get(start, ())})

    @cached_property
    def _lines(self) -> Sequence[str]:
        try:
            lines = (self._folder / "subjects.txt").read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        return [line for line in lines if "→" in line and not line.startswith("#")]

    @cached_property
    def _starts(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = {}
        for number, line in enumerate(self._lines):
            for word in line.partition("→")[0].replace(",", " ").replace("-", " ").split():
                found.setdefault(word[:_START].lower(), set()).add(number)
        return found

    def _read_choices(self, number: int) -> tuple[tuple[frozenset[str], ...], tuple[str, ...]]:
        asked, _, addresses = self._lines[number].partition("→")
        return tuple(_terms(asked)), tuple(addresses.split())


def _terms(asked: str) -> Iterator[frozenset[str]]:
    for choice in asked.split(","):
        terms = frozenset(tokens.term(form) for form in tokens.forms(choice) if form not in _LIGHT)
        if terms:
            yield terms
