"""Which sections answer a query best: the score, in one place, with its sources.

Belongs here: what a word of the query stands for in this index, how its occurrences add up. Not here: where
postings come from (search.py), what a query is (query.py), what one word is (words.py)."""

from __future__ import annotations

import heapq
import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from handbook import words
from handbook.query import Query, cuts

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); Lucene's values.
K1 = 1.2
B = 0.75

# What counts beside a word's BM25 in the whole section: (in a query of FEW words or fewer, in a longer one).
# The first is a name or two, the second a question, where whole sentences are rarely met again.
FEW = 5
TITLE = (1.5, 0.4)  # BM25 in the title
NEAR = (1.0, 0.3)  # two words side by side, as one word more: a phrase comes before scattered words

COMPLETIONS = 12  # of the word being typed: the most frequent ones that begin so
COMPLETION = 0.6  # what one occurrence of them counts
NEAR_AMONG = 100  # of the best sections are looked at for words side by side

_KEPT = 2000  # terms, and words of queries, that are remembered for the next keystroke


class Postings(NamedTuple):
    """Where a term stands, section by section, ascending.

    sections: their numbers.
    counts:   how often it stands there.
    starts:   where its positions in that section begin in `places`, which all postings share."""

    sections: Sequence[int]
    counts: Sequence[float]
    starts: Sequence[int]
    places: Sequence[int]

    def positions(self, at: int) -> Sequence[int]:
        """Its positions in the section number `at` of these, counted in words."""
        return self.places[self.starts[at] : self.starts[at] + int(self.counts[at])]


class Lexicon:
    """Every form in the handbook with its term and the number of sections it stands in, sorted by form.

    What words.spelled() makes of a form is there too, with the number 0 if the handbook never uses it."""

    def __init__(self, data: bytes) -> None:
        rows = [line.split("\t") for line in data.decode().split("\n") if line]
        self._forms = [row[0] for row in rows]
        self._terms = [row[1] for row in rows]
        self._counts = [int(row[2]) for row in rows]
        self.terms = frozenset(self._terms)

    @staticmethod
    def pack(sections_with: Mapping[str, int]) -> bytes:
        """What the constructor reads: lines of form, term and number of sections."""
        rows = {form: (words.term(form), count) for form, count in sections_with.items()}
        for form, (term, _) in list(rows.items()):
            rows.setdefault(words.spelled(form), (term, 0))
        return "\n".join(f"{form}\t{term}\t{count}" for form, (term, count) in sorted(rows.items())).encode()

    def __contains__(self, form: str) -> bool:
        at = bisect_left(self._forms, form)
        return at < len(self._forms) and self._forms[at] == form

    def completions(self, beginning: str) -> list[str]:
        """The terms of the most frequent forms that begin so, in either spelling."""
        best: dict[str, int] = {}
        for start in {beginning, words.spelled(beginning)}:
            for at in range(bisect_left(self._forms, start), bisect_left(self._forms, start + "\U0010ffff")):
                best[self._terms[at]] = max(self._counts[at], best.get(self._terms[at], 0))
        return heapq.nsmallest(COMPLETIONS, best, key=lambda term: (-best[term], term))


class Source(Protocol):
    """What is known of the sections, which are numbered in reading order from 0."""

    @property
    def lexicon(self) -> Lexicon:
        """All forms."""

    def postings(self, field: str, term: str) -> Postings:
        """Of a term in the field "all", "title" or "name"; empty for an unknown term."""

    def lengths(self, field: str) -> Sequence[int]:
        """Words in the field "all" or "title" of each section; at least one section."""


_Pattern = tuple[str, ...]  # one term, or two that stand side by side
_Patterns = tuple[tuple[_Pattern, float], ...]  # what one word of a query stands for, and what each is worth


class _Weighed(NamedTuple):
    """A word's idf, and what it adds to the score of each section that has it."""

    idf: float
    sections: Sequence[int]
    scores: Sequence[float]


def to_the_letter(forms: Iterable[str]) -> str:
    """The name of what is called by these very words, and not by others of the same stems."""
    return "=" + " ".join(forms)


class Ranking:
    """Scores the sections of a source, and remembers what it worked out."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._postings_known: dict[tuple[str, str], Postings] = {}
        self._weighed_known: dict[tuple[str, _Patterns], _Weighed] = {}

    def best(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """The best sections with their scores, best first; equal ones in reading order.

        The score is a sum over the query's words, each as often as it is asked: BM25 in the whole section,
        and TITLE times BM25 in its title. So any word counts, and more words count more. NEAR is added for
        every two words that follow each other in the query and in the section. A section that is called as
        the query is comes first, and a glossary's entry of that name before any other.

        What may stand in a word's place (a compound written otherwise, a completion of the word being typed)
        counts as an occurrence of the word, so that a rare one does not outweigh the word itself."""
        patterns = [self._patterns(query, place) for place in range(len(query.words))]
        asked = Counter(patterns[place] for place in query.telling)
        kind = int(asked.total() > FEW)
        scores: dict[int, float] = {}
        for field, factor in (("all", 1.0), ("title", TITLE[kind])):
            for word, times in asked.items():
                _, numbers, values = self._weighed(field, word)
                weight = factor * times
                for number, value in zip(numbers, values, strict=True):
                    scores[number] = scores.get(number, 0.0) + value * weight
        among = dict(_highest(scores, max(limit, NEAR_AMONG)))
        for number, value in self._nearness(query, patterns, sorted(among)).items():
            among[number] += NEAR[kind] * value
        top = max(among.values(), default=0.0)
        ranks: Counter[int] = Counter()
        for name in (" ".join(map(words.term, query.words)), to_the_letter(query.words)):
            called = self._postings("name", name)
            for number, rank in zip(called.sections, called.counts, strict=True):
                ranks[number] += int(rank)
        for number, rank in ranks.items():
            among[number] = rank * top + among.get(number, scores.get(number, 0.0))
        return _highest(among, limit)

    def worth(self, query: Query) -> dict[int, float]:
        """How telling each word of the query is (its idf), by its place; for choosing a passage."""
        return {place: self._weighed("all", self._patterns(query, place)).idf for place in query.telling}

    # -- What a word of the query stands for --

    def _patterns(self, query: Query, place: int) -> _Patterns:
        """A word's term, its completions if it is being typed, and compounds in another spelling."""
        form, grows = query.words[place], query.grows(place)
        found: dict[_Pattern, float] = {(term,): worth for term, worth in self._ends(form, grows=grows).items()}
        for joined in (query.joined(place - 1), query.joined(place)):
            if joined in self._source.lexicon:
                found[(words.term(joined),)] = 1.0
        for head, tail in cuts(form):
            if head in self._source.lexicon:
                found |= self._split(head, self._ends(tail, grows=grows))
        return tuple(found.items())

    def _ends(self, form: str, *, grows: bool) -> dict[str, float]:
        """The term of a form and, if it is being typed, of what it may become; with their worth."""
        known = self._source.lexicon.completions(form) if grows else ()
        return dict.fromkeys(known, COMPLETION) | {words.term(form): 1.0}

    def _split(self, head: str, ends: Mapping[str, float]) -> dict[_Pattern, float]:
        """Two words side by side, for one: "watchdog" finds "watch dog"."""
        start, known = words.term(head), self._source.lexicon.terms
        return {(start, end): worth for end, worth in ends.items() if end in known}

    # -- What a word adds --

    def _weighed(self, field: str, patterns: _Patterns) -> _Weighed:
        key = (field, patterns)
        if key not in self._weighed_known:
            if len(self._weighed_known) >= _KEPT:
                self._weighed_known.clear()
            self._weighed_known[key] = self._weigh(field, patterns)
        return self._weighed_known[key]

    def _weigh(self, field: str, patterns: _Patterns) -> _Weighed:
        """BM25 of a word in one field of every section that has it there."""
        counts: dict[int, float] = {}
        for pattern, worth in patterns:
            for number, count in self._occurrences(field, pattern):
                counts[number] = counts.get(number, 0.0) + count * worth
        damping = self._damping[field]
        # Lucene's idf: above 0 even for a word that stands in every section.
        idf = math.log(1 + (len(damping) - len(counts) + 0.5) / (len(counts) + 0.5))
        values = array("d", (idf * _saturated(count, damping[number]) for number, count in counts.items()))
        return _Weighed(idf, array("I", counts), values)

    @cached_property
    def _damping(self) -> dict[str, list[float]]:
        """BM25's k1 × (1 - b + b × length ÷ average length), by field and section."""
        found = {}
        for field in ("all", "title"):
            lengths = self._source.lengths(field)
            average = sum(lengths) / len(lengths) or 1.0
            found[field] = [K1 * (1 - B + B * length / average) for length in lengths]
        return found

    def _occurrences(self, field: str, pattern: _Pattern) -> Iterable[tuple[int, float]]:
        """(section, how often) of a term, or of two that stand side by side."""
        if len(pattern) == 1:
            postings = self._postings(field, pattern[0])
            return zip(postings.sections, postings.counts, strict=True)
        return self._side_by_side(field, pattern).items()

    def _side_by_side(self, field: str, pair: _Pattern) -> dict[int, float]:
        left, right = (self._postings(field, term) for term in pair)
        behind = {number: at for at, number in enumerate(right.sections)}
        found = {}
        for at, number in enumerate(left.sections):
            if number in behind:
                count = _followed(left.positions(at), set(right.positions(behind[number])))
                if count:
                    found[number] = float(count)
        return found

    def _postings(self, field: str, term: str) -> Postings:
        key = (field, term)
        if key not in self._postings_known:
            if len(self._postings_known) >= _KEPT:
                self._postings_known.clear()
            self._postings_known[key] = self._source.postings(field, term)
        return self._postings_known[key]

    # -- What neighbours add --

    def _nearness(self, query: Query, patterns: Sequence[_Patterns], numbers: Sequence[int]) -> dict[int, float]:
        """What the query's neighbours are worth that are neighbours in some sections (ascending) as well.

        Each pair is a word of its own with the mean idf of the two, in the manner of Metzler and Croft, "A
        Markov Random Field Model for Term Dependencies" (2005). Two stop words are no pair."""
        found: dict[int, float] = {}
        if len(patterns) < 2:
            return found
        standing = [self._positions(word, numbers) for word in patterns]
        damping = self._damping["all"]
        for place in range(len(patterns) - 1):
            if not (words.is_stop(query.words[place]) and words.is_stop(query.words[place + 1])):
                idf = sum(self._weighed("all", word).idf for word in patterns[place : place + 2]) / 2
                for number, count in _neighbours(standing[place], standing[place + 1]).items():
                    found[number] = found.get(number, 0.0) + idf * _saturated(count, damping[number])
        return found

    def _positions(self, patterns: _Patterns, numbers: Sequence[int]) -> dict[int, set[int]]:
        """Where in some sections a word stands."""
        found: dict[int, set[int]] = {}
        for pattern, _ in patterns:
            if len(pattern) == 1:
                postings = self._postings("all", pattern[0])
                for number in numbers:
                    at = bisect_left(postings.sections, number)
                    if at < len(postings.sections) and postings.sections[at] == number:
                        found.setdefault(number, set()).update(postings.positions(at))
        return found


def _saturated(count: float, damping: float) -> float:
    """BM25's damped count: each further occurrence adds less, and less in a long section."""
    return count * (K1 + 1) / (count + damping)


def _followed(left: Iterable[int], right: set[int]) -> int:
    """How many of the left positions are followed by one of the right."""
    return sum(position + 1 in right for position in left)


def _neighbours(left: Mapping[int, set[int]], right: Mapping[int, set[int]]) -> dict[int, int]:
    """In how many places of each section the left word is followed by the right one.

    Both at one place are a compound that is written as one word there, and stands for either ("watchdog")."""
    if left == right:
        return {number: _followed(places, places) for number, places in left.items()}
    return {
        number: _followed(left[number], right[number]) + len(left[number] & right[number])
        for number in left.keys() & right.keys()
    }


def _highest(scores: Mapping[int, float], limit: int) -> list[tuple[int, float]]:
    """The highest scores, highest first; equal ones in the order of their numbers."""
    if len(scores) > limit:
        least = sorted(scores.values(), reverse=True)[limit - 1]
        scores = {number: score for number, score in scores.items() if score >= least}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
