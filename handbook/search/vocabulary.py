"""Every word of the handbook, as a list that is read in one go: what is known, what begins or looks like a word.

Belongs here: looking words up by their letters. Not here: what counts as one word (tokens.py), where a word
stands (whoosh_store.py), which of several words was meant (spelling.py)."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TypeVar

from handbook.search import tokens

COMPLETIONS = 12  # of the word being typed: the most frequent ones that begin so
GRAM = 4  # letters of a gram


class Vocabulary:
    """Every form in the handbook with its term and the number of sections it stands in, sorted by form.

    What words.spelled() makes of a form is there too, with the number 0 if the handbook never uses it. A
    form's number is its place in that order, from 0."""

    def __init__(self, data: bytes) -> None:
        """Takes what pack() gives. Raises ValueError or IndexError for anything else."""
        rows = [line.split("\t") for line in data.decode().split("\n") if line]
        self.forms = [row[0] for row in rows]
        self._terms = [row[1] for row in rows]
        self._counts = [int(row[2]) for row in rows]
        self.terms = frozenset(self._terms)

    @staticmethod
    def pack(sections_with: Mapping[str, int]) -> bytes:
        """What the constructor reads: lines of form, term and number of sections."""
        rows = {form: (tokens.term(form), count) for form, count in sections_with.items()}
        for form, (term, _) in list(rows.items()):
            rows.setdefault(tokens.spelled(form), (term, 0))
        return "\n".join(f"{form}\t{term}\t{count}" for form, (term, count) in sorted(rows.items())).encode()

    def __contains__(self, form: str) -> bool:
        return self.number(form) is not None

    def number(self, form: str) -> int | None:
        """The number of a form, None for one that is not here."""
        at = bisect_left(self.forms, form)
        return at if at < len(self.forms) and self.forms[at] == form else None

    def with_gram(self, gram: str) -> Sequence[int]:
        """The numbers of the used forms whose terms have a gram; of a form twice, where it has it twice."""
        text, starts = self._marked
        found = array("I")
        at = text.find(gram)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            if self._counts[number]:
                found.append(number)
            at = text.find(gram, at + 1)
        return found

    @cached_property
    def _marked(self) -> tuple[str, array[int]]:
        """The terms in one text with their marks, and where each begins: made sooner than a table of all grams."""
        marked = [f"_{term}_" for term in self._terms]
        starts = accumulate((len(term) + 1 for term in marked[:-1]), initial=0)
        return "\n".join(marked), array("I", starts)

    def frequency(self, form: str) -> int:
        """In how many sections a form stands."""
        number = self.number(form)
        return 0 if number is None else self._counts[number]

    def uses(self, form: str) -> bool:
        """Does the handbook use a form, in either spelling?"""
        return self.number(tokens.spelled(form)) is not None

    def frequency_of_term(self, term: str) -> int:
        """In how many sections the most frequent form of a term stands."""
        return self._term_counts.get(term, 0)

    @cached_property
    def _term_counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for term, count in zip(self._terms, self._counts, strict=True):
            found[term] = max(count, found.get(term, 0))
        return found

    def completions(self, beginning: str) -> list[str]:
        """The terms of the most frequent forms that begin so, in either spelling; of stop words if no others do."""
        best: dict[str, int] = {}
        stops: dict[str, int] = {}
        for start in {beginning, tokens.spelled(beginning)}:
            for at in self._beginning(start):
                counts = stops if tokens.is_stop(self.forms[at]) else best
                counts[self._terms[at]] = max(self._counts[at], counts.get(self._terms[at], 0))
        best = best or stops
        return heapq.nsmallest(COMPLETIONS, best, key=lambda term: (-best[term], term))

    def more_often_begins(self, form: str, times: float) -> bool:
        """Does a form of another term that begins so stand in so many times as many sections, in either spelling?"""
        number = self.number(tokens.spelled(form))
        own = 0 if number is None else self.frequency_of_term(self._terms[number])
        starts = {form, tokens.spelled(form)}
        return any(self._counts[at] >= times * max(1, own) for start in starts for at in self._beginning(start))

    def likeliest(self, beginning: str) -> str:
        """The most frequent form that begins so, "" if there is none."""
        found = self._beginning(beginning)
        best = max(found, key=lambda at: (self._counts[at], -at), default=None)
        return "" if best is None else self.forms[best]

    def _beginning(self, start: str) -> range:
        return range(bisect_left(self.forms, start), bisect_left(self.forms, start + "\U0010ffff"))

    def close(self, form: str, errors: int) -> dict[str, int]:
        """The forms in use that are at most so many typing errors away, with the number of errors.

        One error is a letter that is wrong, missing, too much, or swapped with the next: the distance of
        optimal string alignment."""
        lengths = range(len(form) - errors, len(form) + errors + 1)
        return _close(form, (other for length in lengths for other in self._by_length.get(length, ())), errors)

    def close_beginnings(self, beginning: str, errors: int) -> dict[str, int]:
        """The beginnings of forms that are at most so many errors away, as close() counts them."""
        size = len(beginning)
        return _close(
            beginning, {start for length in (size - 1, size, size + 1) for start in self._starts(length)}, errors
        )

    def similar(self, form: str, most: int) -> list[str]:
        """The forms in use that look most like this one, by the share of letters in common; best first."""
        used = {other: other for other, count in zip(self.forms, self._counts, strict=True) if count and len(other) > 2}
        return most_alike(form, used, most)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for form, count in zip(self.forms, self._counts, strict=True):
            if count:
                found.setdefault(len(form), []).append(form)
        return found

    def _starts(self, length: int) -> set[str]:
        return {form[:length] for size, forms in self._by_length.items() if size >= length for form in forms}


_Key = TypeVar("_Key")
_ALIKE = 75  # per cent of letters in common, in the same order


def most_alike(text: str, others: Mapping[_Key, str], most: int) -> list[_Key]:
    """The keys of the texts that share most letters with one, most alike first; none that is not alike."""
    from rapidfuzz import fuzz, process

    found = process.extract(text, others, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE, limit=most)
    return [key for _, _, key in found]


def _close(form: str, others: Iterable[str], errors: int) -> dict[str, int]:
    from rapidfuzz import process  # when the first word is met that the handbook does not have
    from rapidfuzz.distance import OSA

    found = process.extract(form, list(others), scorer=OSA.distance, processor=None, score_cutoff=errors, limit=None)
    return {other: int(distance) for other, distance, _ in found}


@lru_cache(maxsize=1 << 15)
def grams(term: str) -> tuple[str, ...]:
    """The pieces of GRAM letters of a term with a mark at either end: "right" → "_rig", "righ", "ight", "ght_".

    A shorter one is one piece."""
    marked = f"_{term}_"
    return tuple(marked[at : at + GRAM] for at in range(max(1, len(marked) - GRAM + 1)))
