"""Scores how well sections answer a query: the whole formula in one place, with the papers that it is from.

Belongs here: how the occurrences of a query's words add up. Not here: what a word stands for (patterns.py), where
postings come from (whoosh_store.py), what a query is (query.py), typing errors (spelling.py)."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol, get_args

from handbook.search import tokens
from handbook.search.highlight import Matching
from handbook.search.kinds import ENGLISH, ITSELF
from handbook.search.languages.inflections import Inflections
from handbook.search.patterns import Meanings, Patterns
from handbook.search.query import FEW, Query, Run
from handbook.search.real_words import RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import Vocabulary, grams

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); Lucene's values.
K1 = 1.2
B = 0.75

# What counts beside a word's BM25 in the whole section: (in a query of FEW words or fewer, in a longer one).
TITLE = (1.5, 0.4)  # BM25 in the title
NEAR = (1.0, 0.3)  # two words side by side, as one word more
GRAMS = (0.1, 0.1)  # BM25 of the pieces of four letters: words of one family that stemming keeps apart

COVER = (1.0, 0.0)  # how far the score is scaled by the share of the query's words, weighted by idf, that a section has
WHOLE = 0.5  # by how much more the score of a section is multiplied that has them all
Role = Literal["text", "sources", "links"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE = {"sources": 0.5, "links": 0.5}  # factors: lists of sources and lists of links come after texts

AMONG = (100, 50)  # how many of the best sections GRAMS and NEAR are added to

QUOTED = 0.4  # the factor of `favoured` in best(), if a section has a query of three words or more word by word
ADDRESSED = 100  # the rank of a section whose address is asked; far above that of any name
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


class Source(Protocol):
    """What is known of the sections, which are numbered in reading order from 0."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All forms."""

    @property
    def gram_sections(self) -> Mapping[str, int]:
        """In how many sections each gram stands."""

    @property
    def other_names(self) -> Mapping[Run, Sequence[Run]]:
        """Short names by full ones and the other way round, all in terms."""

    def postings(self, field: str, term: str) -> Postings:
        """Of a term in the field "all", "title" or "name"; empty for an unknown term."""

    @property
    def roles(self) -> Sequence[Role]:
        """What each section is to the reader."""

    def lengths(self, field: str) -> Sequence[int]:
        """Words in the field "all" or "title" of each section; at least one section."""

    def sequence(self, number: int) -> Sequence[int]:
        """The numbers of a section's forms in the order they stand in, with GAP between paragraphs."""


GAP = 0xFFFFFFFF


class _Weighed(NamedTuple):
    """What a word adds to the score of sections.

    sections: those that have it. scores: what it adds to each.
    covers:   how far each section has it: 1 for the word itself, less for a synonym."""

    idf: float
    sections: Sequence[int]
    scores: Sequence[float]
    covers: Sequence[float]


class Ranked(NamedTuple):
    """The best sections, best first, and the numbers of all that were found."""

    best: list[tuple[int, float]]
    found: Collection[int]


def name_of(forms: Iterable[str]) -> str:
    """The name of what is called by these words, in the singular or the plural."""
    return " ".join(map(tokens.singular, forms))


def to_the_letter(forms: Iterable[str]) -> str:
    """The name of what is called by these very words."""
    return "=" + " ".join(forms)


class Ranking:
    """Scores the sections of a source, and remembers what it worked out."""

    def __init__(
        self, source: Source, synonyms: Synonyms, real: RealWords, inflections: Inflections | None = None
    ) -> None:
        self._source, self._meanings = source, Meanings(source, synonyms, real, inflections)
        self._postings_known: dict[tuple[str, str], Postings] = {}
        self._weighed_known: dict[tuple[str, Patterns], _Weighed] = {}

    def best(
        self,
        query: Query,
        limit: int,
        allowed: Collection[int] | None = None,
        addressed: Sequence[int] = (),
        favoured: Mapping[int, float] | None = None,
    ) -> Ranked:
        """The best sections with their scores, best first; equal ones in reading order.

        allowed:   the only ones to look at; all, if None.
        addressed: those whose address the query is, the nearest first; they come before all others.
        favoured:  those that are known to be about the query, and what that adds, as a share of the best score; only
                   QUOTED of that if some section has the very words, as they may be remembered from there.

        The score is a sum over the query's words, each as often as it is asked: BM25 in the whole section,
        and TITLE times BM25 in its title, by ROLE. So any word counts; that more words count more is the work of
        COVER and WHOLE, after the coordination factor of Lucene's classic similarity. The best AMONG of these are
        looked at more closely: GRAMS times BM25 of the pieces of their words is added, and NEAR for every two words
        that follow each other in the query and in the section. Then the order has steps: a section that is called as
        the query is comes first, and a glossary's entry of that name before any other; to a query of FEW words, those
        follow in which it stands as a phrase.

        What may stand in a word's place (a compound written otherwise, a completion of the last word, a short or full
        name) counts as an occurrence of the word, so that a rare one does not outweigh the word itself. So does a
        synonym (synonyms.py), but it counts less, for COVER too, and not at all for NEAR."""
        units = self._meanings.units(query)
        asked = Counter(unit.patterns for unit in units)
        kind = int(len(query.telling) > FEW)
        scores = self._with_own(asked, self._summed(asked, TITLE[kind], allowed))
        self._apply_roles(scores)
        if COVER[kind]:
            self._apply_cover(asked, scores, COVER[kind])
        among = dict(_highest(scores, max(limit, AMONG[kind])))
        self._add_grams(query, among, GRAMS[kind])
        phrased = self._add_nearness(query, among, NEAR[kind])
        if not kind:
            scattered = max((score for number, score in among.items() if number not in phrased), default=0.0)
            for number in phrased - self._roles.keys():
                among[number] += scattered
        called = self._called(query, allowed)
        for rank, number in enumerate(reversed([one for one in addressed if allowed is None or one in allowed]), 1):
            called[number] += rank * ADDRESSED
        top = max(among.values(), default=0.0)
        favour = QUOTED if phrased and len(query.words) > 2 else 1.0
        for number, share in (favoured or {}).items():
            if allowed is None or number in allowed:
                among[number] = among.get(number, scores.get(number, 0.0)) + share * favour * (top or 1.0)
        for number, rank in called.items():
            among[number] = rank * top + among.get(number, scores.get(number, 0.0))
        found = scores.keys() | called.keys() | (favoured or {}).keys() if called or favoured else scores.keys()
        return Ranked(_highest(among, limit), found)

    def called(self, query: Query, allowed: Collection[int] | None = None) -> list[int]:
        """The sections that are called as the query is, best first."""
        return [number for number, _ in _highest(self._called(query, allowed), 20)]

    def worth(self, query: Query) -> dict[int, float]:
        """How much each word of the query tells (its idf), by its position in the query; for choosing a passage."""
        found: dict[int, float] = {}
        for unit in self._meanings.units(query):
            idf = self._weighed("all", unit.patterns).idf
            for place in unit.places:
                found[place] = max(idf, found.get(place, 0.0))
        for first, stop in query.exact:
            found[first] = sum(found.get(place, 0.0) for place in range(first, stop))
        return found

    def begun(self, query: Query) -> list[str]:
        """The terms that the last word may be completed to, if it is only the beginning of words."""
        return self._meanings.begun(query)

    def evidence(self, query: Query, places: Iterable[int]) -> dict[int, float]:
        """The score of sections by some words of a query alone."""
        patterns = [self._meanings.of(query, place) for place in places]
        return self._summed(Counter(patterns), TITLE[0], None)

    def best_with(self, forms: Run, beside: Mapping[int, float]) -> float:
        """The score of the best section by some words, added to what sections have already."""
        scores: dict[int, float] = {}
        for form in forms:
            for field, factor in (("all", 1.0), ("title", TITLE[0])):
                _, numbers, values, _ = self._weighed(field, (((tokens.term(form),), ITSELF),))
                for number, value in zip(numbers, values, strict=True):
                    scores[number] = scores.get(number, 0.0) + factor * value / len(forms)
        return max((score + beside.get(number, 0.0) for number, score in scores.items()), default=0.0)

    def matching(self, query: Query) -> Matching:
        """What the query's words stand for, to be marked in texts."""
        terms: dict[str, int] = {}
        runs: dict[Run, int] = {}
        for unit in self._meanings.units(query):
            for run in self._marked(unit.patterns):
                if len(run) == 1:
                    terms.setdefault(run[0], unit.places[0])
                else:
                    runs.setdefault(run, unit.places[0])
        exact = tuple((query.words[first:stop], first) for first, stop in query.exact)
        telling = self._meanings.searched(query)
        loose = {tokens.term(query.words[place]) for place in telling if not query.is_exact(place)}
        for first, stop in query.exact:
            for form in query.words[first:stop]:
                if tokens.term(form) not in loose:
                    terms.pop(tokens.term(form), None)
        growing = next((place for place in telling if self._meanings.grows(query, place)), -1)
        beginning = query.words[growing] if growing >= 0 else ""
        return Matching(terms, tuple(runs.items()), exact, beginning, growing)

    def _marked(self, patterns: Patterns) -> list[Run]:
        """What is marked for a word: its own occurrences; its synonyms only if it has none."""
        own = [run for run, kind in patterns if kind.own]
        if any(self._source.vocabulary.frequency_of_term(run[0]) for run in own):
            return own
        return [run for run, _ in patterns]

    def having(self, run: Run, *, exact: bool) -> set[int]:
        """The sections in which forms stand side by side: as these very words, or in any of their forms."""
        terms = tuple(map(tokens.term, run))
        if not exact:
            return (
                set(self._side_by_side("all", terms)) if len(run) > 1 else set(self._postings("all", terms[0]).sections)
            )
        numbers = [self._source.vocabulary.number(form) for form in run]
        if None in numbers:
            return set()
        wanted = array("I", (number for number in numbers if number is not None)).tobytes()
        some = min((self._postings("all", term).sections for term in terms), key=len)
        return {number for number in some if _holds(self._source.sequence(number), wanted)}

    def _called(self, query: Query, allowed: Collection[int] | None) -> Counter[int]:
        """The sections that the query names, with the rank that index_builder.py gave the name."""
        ranks: Counter[int] = Counter()
        for name in (name_of(query.words), to_the_letter(query.words)):
            called = self._postings("name", name)
            for number, rank in zip(called.sections, called.counts, strict=True):
                if allowed is None or number in allowed:
                    ranks[number] += int(rank)
        return ranks

    # -- What a word adds --

    def _summed(self, asked: Mapping[Patterns, int], title: float, allowed: Collection[int] | None) -> dict[int, float]:
        """BM25 in the whole section and in the title, over some words, each as often as it is asked."""
        scores: dict[int, float] = {}
        for field, factor in (("all", 1.0), ("title", title)):
            for word, times in asked.items():
                _, numbers, values, _ = self._weighed(field, word)
                weight = factor * times
                _add(scores, numbers, values, weight)
        if allowed is not None:
            scores = {number: score for number, score in scores.items() if number in allowed}
        return scores

    def _with_own(self, asked: Iterable[Patterns], scores: dict[int, float]) -> dict[int, float]:
        """The sections that have a word of the query or what trainers say for it; if none, those with a synonym."""
        own: set[int] = set()
        for word in asked:
            _, numbers, _, covers = self._weighed("all", word)
            if covers and min(covers) > ENGLISH.cover:
                own.update(numbers)
            else:
                own.update(number for number, share in zip(numbers, covers, strict=True) if share > ENGLISH.cover)
        if not own or own.issuperset(scores):
            return scores
        return {number: score for number, score in scores.items() if number in own}

    def _apply_roles(self, scores: dict[int, float]) -> None:
        for number, role in self._roles.items():
            if number in scores:
                scores[number] *= role

    @cached_property
    def _roles(self) -> dict[int, float]:
        """The sections whose score is weighed by their role."""
        return {number: ROLE[role] for number, role in enumerate(self._source.roles) if role in ROLE}

    def _apply_cover(self, asked: Mapping[Patterns, int], scores: dict[int, float], factor: float) -> None:
        covered: dict[int, float] = {}
        whole = 0.0
        for word in asked:
            idf, numbers, _, covers = self._weighed("all", word)
            whole += idf
            _add(covered, numbers, covers, idf)
        get, several = covered.get, len(asked) > 1
        for number, score in scores.items():  # most of the time of a letter in a large handbook
            share = get(number, 0.0) / whole
            weighed = score * (1 - factor * (1 - share))
            scores[number] = weighed * (1 + WHOLE) if several and share > 1 - 1e-9 else weighed

    def _weighed(self, field: str, patterns: Patterns) -> _Weighed:
        key = (field, patterns)
        if key not in self._weighed_known:
            if len(self._weighed_known) >= _KEPT:
                self._weighed_known.clear()
            self._weighed_known[key] = self._weigh(field, patterns)
        return self._weighed_known[key]

    def _weigh(self, field: str, patterns: Patterns) -> _Weighed:
        """BM25 of a word in one field of every section that has it there.

        Its idf is that of its own occurrences or, if it has none, of its synonyms."""
        counts: dict[int, float] = {}
        covers: dict[int, float] = {}
        own = 0
        for pattern, kind in sorted(patterns, key=lambda one: -one[1].worth):
            if not (kind.own or own):
                own = len(counts)
            for number, count in self._occurrences(field, pattern):
                counts[number] = counts.get(number, 0.0) + count * kind.worth
                covers.setdefault(number, kind.cover)
        damping = self._damping[field]
        idf = _idf(own or len(counts), len(damping))
        values = array("d", (idf * _saturated(count, damping[number]) for number, count in counts.items()))
        return _Weighed(idf, array("I", counts), values, array("d", covers.values()))

    @cached_property
    def _damping(self) -> dict[str, list[float]]:
        """BM25's k1 × (1 - b + b × length ÷ average length), by field and section."""
        found = {}
        for field in ("all", "title"):
            lengths = self._source.lengths(field)
            average = sum(lengths) / len(lengths) or 1.0
            found[field] = [K1 * (1 - B + B * length / average) for length in lengths]
        return found

    def _occurrences(self, field: str, pattern: Run) -> Iterable[tuple[int, float]]:
        """(section, how often) of a term, or of several that stand side by side."""
        if len(pattern) == 1:
            postings = self._postings(field, pattern[0])
            return zip(postings.sections, postings.counts, strict=True)
        return self._side_by_side(field, pattern).items()

    def _side_by_side(self, field: str, run: Run) -> dict[int, float]:
        """How often terms follow each other, by section: the positions of the first, narrowed word by word."""
        first, *others = (self._postings(field, term) for term in run)
        behind = [({number: at for at, number in enumerate(other.sections)}, other) for other in others]
        found = {}
        for at, number in enumerate(first.sections):
            if all(number in places for places, _ in behind):
                standing = set(first.positions(at))
                for places, other in behind:
                    standing = {position + 1 for position in standing} & set(other.positions(places[number]))
                if standing:
                    found[number] = float(len(standing))
        return found

    def _postings(self, field: str, term: str) -> Postings:
        key = (field, term)
        if key not in self._postings_known:
            if len(self._postings_known) >= _KEPT:
                self._postings_known.clear()
            self._postings_known[key] = self._source.postings(field, term)
        return self._postings_known[key]

    # -- A closer look at the best --

    def _add_grams(self, query: Query, among: dict[int, float], factor: float) -> None:
        """BM25 over the query's grams, as if they were words.

        After McNamee and Mayfield, "Character N-Gram Tokenization for European Language Text Retrieval"
        (2004): grams find what stemming misses, and are best used beside words."""
        known, vocabulary = self._source.gram_sections, self._source.vocabulary
        terms = (tokens.term(query.words[place]) for place in self._meanings.searched(query))
        asked = Counter(gram for term in terms for gram in grams(term) if gram in known)
        damping = self._damping["all"]
        weights = {gram: factor * times * _idf(known[gram], len(damping)) for gram, times in asked.items()}
        shared: dict[int, list[str]] = {}  # number of a form → which of the grams it has
        for gram in weights:
            for number in vocabulary.with_gram(gram):
                shared.setdefault(number, []).append(gram)
        for section in among:
            counts: dict[str, int] = {}
            for number in filter(shared.__contains__, self._source.sequence(section)):
                for gram in shared[number]:
                    counts[gram] = counts.get(gram, 0) + 1
            damped = damping[section]
            among[section] += sum(weights[gram] * _saturated(count, damped) for gram, count in counts.items())

    def _add_nearness(self, query: Query, among: dict[int, float], factor: float) -> set[int]:
        """Add what pairs of words are worth that stand side by side in the query and in a section.

        Each pair is a word of its own with the mean idf of the two, in the manner of Metzler and Croft, "A
        Markov Random Field Model for Term Dependencies" (2005). Two stop words are no pair. Returns the
        sections in which all words stand side by side, in the query's order."""
        count = len(query.words) - self._meanings.just_begun(query, len(query.words) - 1)
        while count and query.growing and count - 1 not in query.telling:
            count -= 1  # an "an" may become "and", and what will follow is not known
        if count < 2:
            return set()
        patterns = [self._meanings.of(query, place) for place in range(count)]
        standing = [self._positions(word, sorted(among)) for word in patterns]
        damping = self._damping["all"]
        run = standing[0]  # where the words up to this one stand side by side, by the last one's position
        for place, (left, right) in enumerate(pairwise(standing)):
            run = _followed(run, right, same=left == right)
            if tokens.is_stop(query.words[place]) and tokens.is_stop(query.words[place + 1]):
                continue
            idf = sum(self._weighed("all", word).idf for word in patterns[place : place + 2]) / 2
            for number, places in _followed(left, right, same=left == right).items():
                among[number] += factor * idf * _saturated(len(places), damping[number])
        return set(run)

    def _positions(self, patterns: Patterns, numbers: Sequence[int]) -> dict[int, set[int]]:
        """Where in some sections (ascending) a word itself stands; a compound in two pieces stands at both."""
        found: dict[int, set[int]] = {}
        for pattern, kind in patterns:
            if not kind.in_phrases:
                continue
            if len(pattern) == 2:
                for number, starts in self._starts(pattern, numbers).items():
                    found.setdefault(number, set()).update(starts, (start + 1 for start in starts))
            elif len(pattern) == 1:
                for number, positions in self._standing(pattern[0], numbers):
                    found.setdefault(number, set()).update(positions)
        return found

    def _starts(self, pair: Run, numbers: Sequence[int]) -> dict[int, set[int]]:
        """Where in some sections two terms begin to stand side by side."""
        left, right = (dict(self._standing(term, numbers)) for term in pair)
        found = {number: {at for at in left[number] if at + 1 in set(right[number])} for number in left.keys() & right}
        return {number: starts for number, starts in found.items() if starts}

    def _standing(self, term: str, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """The positions of a term in each of some sections (ascending) that has it."""
        postings = self._postings("all", term)
        sections, at = postings.sections, 0
        for number in numbers:
            at = bisect_left(sections, number, at)
            if at == len(sections):
                return
            if sections[at] == number:
                yield number, postings.positions(at)


def _idf(sections: int, of: int) -> float:
    """Lucene's idf: above 0 even for a word that stands in every section."""
    return math.log(1 + (of - sections + 0.5) / (sections + 0.5))


def _saturated(count: float, damping: float) -> float:
    """BM25's damped count: each further occurrence adds less, and less in a long section."""
    return count * (K1 + 1) / (count + damping)


def _holds(sequence: Sequence[int], wanted: bytes) -> bool:
    """Do some numbers, as bytes, stand side by side in a sequence?"""
    held = array("I", sequence).tobytes()
    at = held.find(wanted)
    while at >= 0 and at % 4:
        at = held.find(wanted, at + 1)
    return at >= 0


def _followed(left: Mapping[int, set[int]], right: Mapping[int, set[int]], *, same: bool) -> dict[int, set[int]]:
    """Where in each section the right word follows the left one; `same`: the two are one word.

    Both at one place are a compound that is written as one word there, and stands for either ("watchdog")."""
    found = {}
    for number in left.keys() & right.keys():
        places = {place + 1 for place in left[number]} & right[number]
        if not same:
            places |= left[number] & right[number]
        if places:
            found[number] = places
    return found


def _add(sums: dict[int, float], numbers: Sequence[int], values: Iterable[float], weight: float) -> None:
    """Add the values of sections, each times a weight, to the sums."""
    weighted = [value * weight for value in values]
    if not sums:  # nothing to look up: several times as fast, and the first word is often the one that many have
        sums.update(zip(numbers, weighted, strict=True))
        return
    get = sums.get
    for number, value in zip(numbers, weighted, strict=True):
        sums[number] = get(number, 0.0) + value


def _highest(scores: Mapping[int, float], limit: int) -> list[tuple[int, float]]:
    """The highest scores, highest first; equal ones in the order of their numbers."""
    if len(scores) > limit:
        least = sorted(scores.values(), reverse=True)[limit - 1]
        scores = {number: score for number, score in scores.items() if score >= least}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
