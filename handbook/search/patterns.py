"""What the words of a query stand for in this index: forms, completions, compounds, full names, synonyms.

Belongs here: which terms may answer a word, and of which kind each is. Not here: what a kind counts (kinds.py), the
score of sections (ranking.py), what one word is (tokens.py), what else is said for it (synonyms.py), typing errors
(spelling.py), words of other languages (languages/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from handbook.search import tokens
from handbook.search.kinds import COMPLETION, INFLECTED, ITSELF, LONGER, OTHER_COMPLETION, SAID, Kind
from handbook.search.languages.inflections import Inflections
from handbook.search.query import Query, Run, cuts, letter_cut
from handbook.search.real_words import RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import COMPLETIONS, Vocabulary

LIKELIER = 3  # times as often as a word itself must one stand in the handbook that begins so, to be meant as well
STARTED = 3  # letters of a last word, beside others, from which on it is searched before the handbook has it
LONGEST_NAME = 8  # words of a name that has a short form

Patterns = tuple[tuple[Run, Kind], ...]  # terms side by side, often one only, and what each is to the word


class Unit(NamedTuple):
    """One word of a query, or several that OR makes one: where it stands there, and what it stands for."""

    places: tuple[int, ...]
    patterns: Patterns


class Words(Protocol):
    """What is known of the handbook's words."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All forms."""

    @property
    def other_names(self) -> Mapping[Run, Sequence[Run]]:
        """Short names by full ones and the other way round, all in terms."""


class Meanings:
    """What words stand for, remembered for a while: one search asks several times for each word."""

    def __init__(
        self, source: Words, synonyms: Synonyms, real: RealWords, inflections: Inflections | None = None
    ) -> None:
        self._source, self._synonyms, self._real, self._inflections = source, synonyms, real, inflections
        self.of = lru_cache(maxsize=512)(self._read_patterns)
        self._terms = lru_cache(maxsize=8)(self._read_terms)

    def units(self, query: Query) -> list[Unit]:
        """The words that are searched, and names that several of them make."""
        telling = self.searched(query)
        grouped = {place: tuple(p for p in group if p in telling) for group in query.either for place in group}
        units: list[Unit] = []
        for place in telling:
            group = grouped.get(place, (place,))
            if place == group[0]:
                patterns: dict[Run, Kind] = {}
                for other in group:
                    patterns |= dict(self.of(query, other))
                units.append(Unit(group, tuple(patterns.items())))
        return units + list(self._full_names(query))

    def searched(self, query: Query) -> list[int]:
        """Which words are searched, by their place."""
        last = len(query.words) - 1
        if not self.just_begun(query, last):
            return query.telling
        return [place for place in query.telling if place != last] or list(range(last))

    def just_begun(self, query: Query, place: int) -> bool:
        """Has the last word, beside others, so few letters that nobody can tell what it will be?

        A small letter by itself is hardly ever meant as a word; the handbook has some, such as the e of "e-mail"."""
        if not (place > 0 and query.grows(place) and query.words[place].isalpha()):
            return False
        form, (start, _) = query.words[place], query.spans[place]
        if len(form) == 1:
            return query.text[start].islower()
        short = len(form) < STARTED or (query.begins_stop(form) and not self._source.vocabulary.uses(form))
        return short and self.grows(query, place)

    def grows(self, query: Query, place: int) -> bool:
        """Is a word taken for the beginning of others? Not if the handbook has it as it is and no other more often."""
        vocabulary, form = self._source.vocabulary, query.words[place]
        return query.grows(place) and (not vocabulary.uses(form) or vocabulary.more_often_begins(form, LIKELIER))

    def begun(self, query: Query) -> list[str]:
        """The terms of what the last word may become, the likeliest first; none if it has too few letters."""
        last = len(query.words) - 1
        if last < 0 or len(query.words[last]) < STARTED or not self.grows(query, last) or self.just_begun(query, last):
            return []
        form = query.words[last]
        return self._source.vocabulary.completions(form) or self._other_ends(form)

    def _full_names(self, query: Query) -> Iterable[Unit]:
        """A name of several words that has a short form, as one more word: "human rights" as such, and "HR"."""
        names = self._source.other_names
        if not names:
            return
        terms = tuple(map(tokens.term, query.words))
        for first in range(len(terms)):
            for stop in range(first + 2, min(first + LONGEST_NAME, len(terms)) + 1):
                others = names.get(terms[first:stop])
                if others and not query.is_exact(first):
                    yield Unit((first,), tuple((run, ITSELF) for run in (terms[first:stop], *others)))

    def _read_patterns(self, query: Query, place: int) -> Patterns:
        """A word's term, its completions if it is being typed, compounds in another spelling, full names."""
        form, grows = query.words[place], self.grows(query, place)
        if query.is_exact(place):
            return (((tokens.term(form),), ITSELF),)
        found: dict[Run, Kind] = {(term,): kind for term, kind in self._ends(form, grows=grows).items()}
        for term in self._inflections.others(form) if self._inflections else ():
            found[(term,)] = max(INFLECTED, found.get((term,), INFLECTED))
        stop = not self._source.vocabulary.uses(form)  # "not ice"
        for joined in (query.joined(place - 1, stop=stop), query.joined(place, stop=stop)):
            if joined in self._source.vocabulary:
                found[(tokens.term(joined),)] = ITSELF
        for head, tail in (*cuts(form), *letter_cut(form)):
            if head in self._source.vocabulary:
                found |= self._split(head, self._ends(tail, grows=grows))
        for name in self._source.other_names.get((tokens.term(form),), ()):
            found[name] = ITSELF
        for run, kind in self._said_otherwise(query, place, grows=grows):
            found.setdefault(run, kind)
        return tuple(found.items())

    def _said_otherwise(self, query: Query, place: int, *, grows: bool) -> Iterator[tuple[Run, Kind]]:
        """What other words stand for a word, and of which kind they are; of two of the same, the first counts."""
        yield from self._synonyms.of(self._terms(query), place)
        form = query.words[place]
        if grows and not self._source.vocabulary.completions(form):
            for term in self._other_ends(form):
                yield from self._synonyms.of((term,), 0)
        for first, forms in query.also:
            if first == place:
                yield tuple(map(tokens.term, forms)), SAID
                for run in self._inflections.runs(forms) if self._inflections else ():
                    yield run, SAID

    def _read_terms(self, query: Query) -> Run:
        return tuple(map(tokens.term, query.words))

    def _ends(self, form: str, *, grows: bool) -> dict[str, Kind]:
        """The term of a form and, if it is being typed, of what it may become."""
        vocabulary = self._source.vocabulary
        ends = (vocabulary.completions(form) or self._other_ends(form)) if grows else None
        likeliest, *others = ends or ("",)
        best, rest = COMPLETION if others else ITSELF, OTHER_COMPLETION
        if vocabulary.uses(form):
            best = rest = LONGER
        found = dict.fromkeys(others, rest) | {likeliest: best, tokens.term(form): ITSELF}
        found.pop("", None)
        return found

    def _other_ends(self, form: str) -> list[str]:
        """Where no word of the handbook begins so: the terms of English words that do, and that mean something here.

        "Penalisa" is on its way to "penalisation", which has the stem of what the handbook says."""
        if len(form) <= STARTED:
            return []
        found = dict.fromkeys(tokens.term(word) for word in self._real.beginning(form))
        known = self._source.vocabulary.terms
        return [term for term in found if term in known or any(self._synonyms.of((term,), 0))][:COMPLETIONS]

    def _split(self, head: str, ends: Mapping[str, Kind]) -> dict[Run, Kind]:
        """Two words side by side, for one: "watchdog" finds "watch dog"."""
        start, known = tokens.term(head), self._source.vocabulary.terms
        return {(start, end): kind for end, kind in ends.items() if end in known}
