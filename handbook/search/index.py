"""Answers queries from an open index, and opens or makes the index of a handbook.

Belongs here: putting the parts of an answer together. Not here: any of the parts."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import network_languages
from handbook.base.catalogue import tr
from handbook.content import glossary
from handbook.content.address import Address
from handbook.content.fitting_sheets import fitting, sheets_of
from handbook.search import index_files, real_words, tokens
from handbook.search.highlight import Marker, Matching, Tokens, snippet, tokens_of
from handbook.search.index_files import IndexDamaged, IndexNotWritten
from handbook.search.languages import kept_tables
from handbook.search.languages.inflections import Inflections
from handbook.search.languages.tables import Tables
from handbook.search.languages.understanding import Translated, Understanding
from handbook.search.query import NO_LIMITS, Query
from handbook.search.ranking import Ranked, Ranking
from handbook.search.real_words import RealWords
from handbook.search.results import Answer, Card, Hit
from handbook.search.spelling import Correction, Speller
from handbook.search.subjects import Subject, Subjects
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import most_alike
from handbook.search.whoosh_store import Content, built

if TYPE_CHECKING:
    from handbook.content.chapter import Chapter, Section
    from handbook.content.handbook import Handbook


def _never() -> bool:
    return False


def _silent() -> None:
    pass


class Index:
    """An open index, all in memory; it never changes. To be asked from one thread at a time.

    Any thread may do the asking, and matcher() may be called from others meanwhile."""

    def __init__(self, handbook: Handbook, held: Mapping[str, bytes]) -> None:
        """Open the files of an index by their names, as whoosh_store.built() and index_files.read() give them.

        Raises IndexDamaged."""
        self._handbook = handbook
        self._places = [(one, section) for one in handbook.chapters.values() for section in one.sections]
        self._content = Content(index_files.name_of(handbook), len(self._places), held)
        self._language = handbook.manifest.language.partition("-")[0].lower()
        # The lists of words and synonyms are English; another language may have a folder of its own.
        known = self._language in network_languages.LANGUAGES
        self._words = real_words.FOLDER / self._language if known else real_words.FOLDER
        self._synonyms, self._real = Synonyms(self._words), RealWords(self._words)
        self._inflections = self._inflected()
        self._stops = self._inflections.stops if self._inflections and known else None
        self._ranking = Ranking(self._content, self._synonyms, self._real, self._inflections)
        self._texts: dict[int, tuple[str, Tokens]] = {}
        self._called_known = cache(self._within)

    @classmethod
    def open(cls, folder: Path, handbook: Handbook) -> Index:
        """The index in a folder. Raises IndexDamaged if it is not a whole one of this handbook and FORMAT."""
        return cls(handbook, index_files.read(folder, handbook))

    @classmethod
    def in_memory(cls, handbook: Handbook) -> Index:
        """An index that is kept nowhere."""
        return cls(handbook, built(handbook, _never))

    def close(self) -> None:
        """Let go of the memory; the index can't be asked any more."""
        self._content.close()
        self._ranking = Ranking(self._content, self._synonyms, self._real, self._inflections)
        self._texts.clear()

    def _inflected(self) -> Inflections | None:
        """The forms of the words of content that is not in English: of all of it, or of the chapters translated."""
        if self._language in network_languages.LANGUAGES:
            return Inflections(self._language, lambda: self._content.vocabulary.forms)
        language = self._handbook.manifest.translation
        return Inflections(language, self._translated_forms) if language in network_languages.LANGUAGES else None

    def _translated_forms(self) -> set[str]:
        places = [(one, section) for one, section in self._places if one.language]
        texts = (f"{section.title}\n{one.text(section)}" for one, section in places)
        return {form for text in texts for line in text.split("\n") for form in tokens.forms(line)}

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._content.vocabulary, self._ranking, self._real, self._synonyms, self._inflections)

    @cached_property
    def _understanding(self) -> Understanding | None:
        """What reads questions in other languages, if the handbook is in English."""
        if self._language != network_languages.ENGLISH:
            return None
        tables = Tables(self._handbook.folder, kept=kept_tables.of_program(self._handbook.folder))
        return Understanding(tables, self._content.vocabulary, self._real, self._synonyms, self._inflections)

    @cached_property
    def _subjects(self) -> Subjects | None:
        """What people ask for, if the handbook is in English."""
        return Subjects(self._words) if self._language == network_languages.ENGLISH else None

    @cached_property
    def _part_of(self) -> list[str]:
        """The id of each section's part."""
        return [chapter.part for chapter, _ in self._places]

    def prepare(self, stale: Callable[[], bool] = _never) -> None:
        """Read what the first questions would have to wait for: tables, patterns, lists of words.

        stale: asked between the steps; True ends this, as a query has come, which goes first."""
        titles = [section.title for _, section in self._places[:: max(1, len(self._places) // _AHEAD)]]
        steps: list[Callable[[], object]] = [partial(self.search, title, limit=_AHEAD) for title in titles]
        steps[1:1] = [
            lambda: "" in self._real,
            lambda: self._content.vocabulary.close(_UNKNOWN, 2),
            lambda: self._synonyms.words,
            lambda: self._understanding and self._understanding.is_unlikely(self._parse(_UNKNOWN)),
        ]
        for step in steps:
            if stale():
                return
            step()

    def search(self, query: str, *, limit: int = 50, typing: bool = False, correct: bool = True) -> Answer:
        """The best sections for a query, which may be any text; equally good ones in the handbook's order.

        limit:   number of hits at most, above 0.
        typing:  whether the query's last word is still being typed: the hits are the same, but it is not called missing
                 unless it is a word.
        correct: whether words that the handbook does not have are taken for others.
        Raises IndexDamaged if only now the index turns out to be none."""
        start = time.perf_counter()
        try:
            answer = self._answer(query, limit, typing=typing, correct=correct)
        except (IndexError, OverflowError) as exc:  # numbers of sections, forms or places that are none
            raise IndexDamaged(repr(exc)) from exc
        return answer._replace(ms=(time.perf_counter() - start) * 1000)

    def _answer(self, text: str, limit: int, *, typing: bool, correct: bool) -> Answer:
        addressed = self._addressed(text)
        query, understood, corrections = self._read(text, correct=correct and not addressed)
        suggestion = query.text
        if understood.address in self._numbers:
            addressed = [self._numbers[understood.address]]
        elif understood.rest:  # "handel ludźmi recommendation 3"
            rest = self._parse(understood.rest)
            addressed = self._addressed(understood.rest) or self._ranking.called(rest, None)[:1]
        if understood.text and self._inflections and not addressed:  # a translated section that is called so
            addressed = self._ranking.called(self._parse(text), None)[:1]
        allowed = self._allowed(query)
        loosened = allowed is not None and not allowed and bool(query.required)
        if loosened:
            query = self._parse(query.text, plain=True)
            allowed = self._allowed(query)
        ranked = self._ranking.best(query, limit, allowed, addressed, self._favoured(query, understood))
        if not query.words and (query.within or query.limits != NO_LIMITS):
            # Of plans and exercises that fit, their sections say no more than they do.
            whole = query.limits != NO_LIMITS
            every = sorted(one for one in allowed or () if not (whole and self._places[one][1].level))
            ranked = Ranked([(number, 0.0) for number in every[:limit]], every)
        matching = self._ranking.matching(query)
        marker, worth = Marker(matching), self._ranking.worth(query)
        hits = [self._hit(number, score, marker, worth) for number, score in self._translated_first(ranked.best)]
        return Answer(
            text,
            tuple(hits),
            0.0,
            suggestion if corrections else "",
            corrections,
            () if addressed else self._speller.missing(query, typing=typing),
            len(ranked.found),
            self._counts(ranked.found),
            self._card(query, marker, allowed, understood),
            () if hits else self._speller.nearest(query),
            () if hits else self._nearest_terms(query, marker, allowed),
            loosened,
            query.idle,
            query.limits != NO_LIMITS,
            understood.understood,
            matching,
            sum(worth.values()),
            at_rest=() if addressed else self._speller.missing(query, typing=typing, paused=True),
        )

    def _parse(self, text: str, *, plain: bool = False) -> Query:
        return Query.parse(text, places=self._is_place, plain=plain, stops=self._stops, limited=self._has_sheets)

    def _read(self, text: str, *, correct: bool) -> tuple[Query, Translated, tuple[Correction, ...]]:
        """What is searched for a text: what was understood of another language, and what was corrected.

        English goes first where only an error tells the two apart: "migracion" is corrected before it is Romanian."""
        query = self._parse(text)
        if not correct:
            return query, _ENGLISH, ()
        text, corrections = self._speller.correct(query)
        english = self._parse(text)
        mended = bool(corrections) and not self._speller.missing(english, typing=True)
        if self._understanding and mended and self._understanding.is_unlikely(query):
            return english, _ENGLISH, corrections
        understood = self._understanding.of(query) if self._understanding else None
        if mended and not (understood and understood.strong):
            return english, _ENGLISH, corrections
        if self._understanding and not understood and self._speller.missing(query, typing=False):
            understood = self._understanding.of(query, loosely=True)
        if not understood:
            return (english if corrections else query), _ENGLISH, corrections
        query = self._parse(understood.text).with_also(
            (*understood.also, *(understood.own if self._inflections else ()))
        )
        text, corrections = self._speller.correct(query)
        if corrections:
            corrected = self._parse(text)
            same = len(corrected.words) == len(query.words)  # then each word is where it was
            query = corrected._replace(also=query.also) if same else corrected
        return query, understood, corrections

    def _favoured(self, query: Query, understood: Translated) -> dict[int, float]:
        """What is added to the score of sections that are known to be about the query, as shares of the best score.

        English queries are looked up in the table of subjects; of a question in another language, the tables of that
        language say which sections its words are about, even if the handbook uses other words. The rarer a word of
        the query is in the handbook, the more its sections get."""
        places = {start: place for place, (start, _) in enumerate(query.spans)}
        found = self._of_subjects(query)
        worth = self._ranking.worth(query) if understood.about else {}
        told = {
            start: (worth.get(places.get(start, -1), 1.0) or 1.0) * (ENTRY if addresses[0] in self._entries else 1.0)
            for start, addresses in understood.about
        }
        for start, addresses in understood.about:
            for rank, number in enumerate(self._numbers[one] for one in addresses if one in self._numbers):
                share = ABOUT * told[start] / sum(told.values()) / (1 + rank * (4 if len(told) > 1 else 0.5))
                found[number] = found.get(number, 0.0) + share
        return found

    def _of_subjects(self, query: Query) -> dict[int, float]:
        """The same for an English query, by the share of its words that name the subject."""
        if not self._subjects:
            return {}
        terms = [tokens.term(form) for form in query.words]
        others = {
            other.run[0]: place
            for place in reversed(query.telling)
            for other in self._synonyms.of(terms, place)
            if len(other.run) == 1 and other.run[0] not in terms
        }
        begun = self._ranking.begun(query)
        last = len(terms) - 1
        asked = self._subjects.of(query.words, others, begun)
        worth = self._ranking.worth(query)
        whole = sum(worth.get(place, 0.0) for place in query.telling) or 1.0
        shares: list[tuple[float, Subject]] = []
        for subject in asked:
            said = {others[term] for term in subject.terms if term in others}
            if begun and any(one in begun or one.startswith(query.words[last]) for one in subject.terms):
                said.add(last)
            value = sum(
                worth.get(place, 0.0) * (1.0 if terms[place] in subject.terms else OTHERWISE if place in said else 0.0)
                for place in query.telling
            )
            shares.append((SUBJECT * value / whole, subject))
        places = {terms[place]: place for place in query.telling}
        for subject in self._subjects.beside([query.words[place] for place in query.telling], begun):
            value = sum(worth.get(places[term], 0.0) for term in subject.terms if term in places)
            value += OTHERWISE * worth.get(last, 0.0) * any(term not in places for term in subject.terms)
            shares.append((BESIDE * (OTHERWISE if asked else 1.0) * value / whole, subject))
        found: dict[int, float] = {}
        for share, subject in shares:
            for rank, number in enumerate(self._numbers[one] for one in subject.addresses if one in self._numbers):
                found[number] = max(share / (1 + rank / 2), found.get(number, 0.0))
        return found

    def _hit(self, number: int, score: float, marker: Marker, worth: Mapping[int, float]) -> Hit:
        section = self._places[number][1]
        text, found = self._text(number)
        passage, marks = snippet(text, list(marker.find(text, found)), worth)
        return Hit(str(section.address), self._titles[number], section.path, score, passage, marks)

    def _translated_first(self, best: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """The best sections, each translated one before its English original."""
        found = dict(best)
        ordered: dict[int, float] = {}
        for number, score in best:
            translated = self._translation_of.get(number, -1)
            if translated in found:
                ordered.setdefault(translated, score)  # not less than what follows
            ordered.setdefault(number, score)
        return list(ordered.items())

    @cached_property
    def _translation_of(self) -> dict[int, int]:
        """The number of each section's translation, by the number of the original."""
        found = {}
        for chapter in self._handbook.chapters.values():
            own = self._handbook.chapters.get(chapter.original) if chapter.language else None
            for section in own.sections if own else ():
                there = Address(chapter.id, section.address.anchor)
                if str(there) in self._numbers:
                    found[self._numbers[str(section.address)]] = self._numbers[str(there)]
        return found

    @cached_property
    def _titles(self) -> list[str]:
        """The title of each section; with its chapter's before it, if other sections are called the same."""
        times = Counter(section.title for _, section in self._places)
        return [
            f"{chapter.title}: {section.title}" if section.level and times[section.title] > 1 else section.title
            for chapter, section in self._places
        ]

    # -- Addresses --

    def _addressed(self, text: str) -> list[int]:
        """The sections that a query means by their address ("statement#r3") or its anchor alone ("R3", "P9")."""
        name = text.strip()
        if "#" in name:
            section = self._handbook.find(name.lower())
            return [self._numbers[str(section.address)]] if section else []
        return self._anchored.get(tokens.term(tokens.fold(name)), []) if name.isalnum() else []

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {str(section.address): number for number, (_, section) in enumerate(self._places)}

    @cached_property
    def _anchored(self) -> dict[str, list[int]]:
        """The sections at the short anchors of the statement, such as r3 and p09, then those of the page on it."""
        found: dict[str, list[int]] = {}
        reading = self._handbook.manifest.reading
        chapters = list(self._handbook.chapters.values())
        for chapter in (one for one in chapters if one.front.kind == "statement" or one.id == reading):
            for anchor, section in chapter.anchors.items():
                if _SHORT.fullmatch(anchor):
                    found.setdefault(tokens.term(anchor), []).append(self._numbers[str(section.address)])
        return found

    # -- Where to look --

    @cached_property
    def _has_sheets(self) -> bool:
        return any(True for _ in sheets_of(self._handbook))

    def _is_place(self, name: str) -> bool:
        return bool(self._chapters_called(name))

    def _chapters_called(self, name: str) -> frozenset[str]:
        """The chapters that are meant by the id of a part or chapter, or by the beginning of its or a group's title."""
        return self._called_known(" ".join(tokens.forms(name)))

    def _within(self, name: str) -> frozenset[str]:
        if not name:
            return frozenset()
        found: set[str] = set()
        for part in self._handbook.parts:
            ids = {chapter.id for chapter in part.chapters}
            if _is_called(name, part.id, part.title):
                found |= ids
            groups = (group for group in part.groups if _is_called(name, group.title, group.title))
            found |= {chapter.id for group in groups for chapter in group.chapters}
        found |= {
            chapter.id for chapter in self._handbook.chapters.values() if _is_called(name, chapter.id, chapter.title)
        }
        return frozenset(found)

    def _allowed(self, query: Query) -> set[int] | None:
        """The sections that quotation marks, minus signs, `in:` and limits of a query leave; None for all."""
        if not (query.within or query.exact or query.without or query.limits != NO_LIMITS):
            return None
        left = set(range(len(self._places)))
        if query.limits != NO_LIMITS:
            fit = fitting(self._handbook, query.limits)
            left = {number for number in left if self._places[number][0].id in fit}
        if query.within:
            chapters = frozenset().union(*map(self._chapters_called, query.within))
            left = {number for number in left if self._places[number][0].id in chapters}
        for choice in query.required:
            left &= set().union(*(self._ranking.having(run, exact=exact) for run, exact in choice))
        for run in query.without:
            left -= self._ranking.having(run, exact=False)
        return left

    def _counts(self, found: Collection[int]) -> tuple[tuple[str, int], ...]:
        counted = Counter(map(self._part_of.__getitem__, found))
        return tuple((part.id, counted[part.id]) for part in self._handbook.parts if counted[part.id])

    # -- The glossary --

    def _card(
        self, query: Query, marker: Marker, allowed: Collection[int] | None, understood: Translated
    ) -> Card | None:
        """The glossary's entry that the query names; none if another section is more surely meant by that name."""
        if understood.address in self._numbers and (allowed is None or self._numbers[understood.address] in allowed):
            card = self._card_of(self._numbers[understood.address], marker)
            return card._replace(own=understood.understood[0].own) if card else None
        for number in self._ranking.called(query, allowed)[:1]:
            return self._card_of(number, marker)
        return None

    def _card_of(self, number: int, marker: Marker) -> Card | None:
        chapter, section = self._places[number]
        definition = glossary.definition(chapter, section)
        if not definition:
            return None
        marks = tuple((mark.start, mark.end) for mark in marker.find(definition))
        return Card(str(section.address), section.title, definition, marks)

    @cached_property
    def _entries(self) -> frozenset[str]:
        """The addresses of the glossary's sections."""
        glossaries = (one for one in self._handbook.chapters.values() if one.front.kind == "glossary")
        return frozenset(str(section.address) for one in glossaries for section in one.sections)

    def _nearest_terms(self, query: Query, marker: Marker, allowed: Collection[int] | None) -> tuple[Card, ...]:
        """The glossary's entries whose titles look most like a query."""
        titles = {
            number: section.title.casefold()
            for number, (chapter, section) in enumerate(self._places)
            if chapter.front.kind == "glossary"
            and section.level == glossary.TERM_LEVEL
            and (allowed is None or number in allowed)
        }
        cards = (self._card_of(number, marker) for number in most_alike(query.text.casefold(), titles, 3))
        return tuple(card for card in cards if card is not None)

    def _text(self, number: int) -> tuple[str, Tokens]:
        """The text that a section's snippet is cut from, and its tokens, cached: the next letter asks for them too.

        It is the section's text; of a glossary's entry the definition, which says more than the lists under it; where
        there is no text, the titles of what stands below."""
        if number not in self._texts:
            if len(self._texts) >= 1000:  # some 4 MB
                self._texts.clear()
            chapter, section = self._places[number]
            text = glossary.definition(chapter, section) or chapter.text(section) or _titles_below(chapter, section)
            self._texts[number] = text, tokens_of(text)
        return self._texts[number]


_AHEAD = 5  # titles that prepare() searches for, and the hits of each that it takes
_UNKNOWN = "handbok"  # a word as it is mistyped
# What is added to the score of a section that is known to be about the query, as a share of the best score.
SUBJECT = 1.5  # if its subject is named by all words of an English query
BESIDE = 1.0  # if two words of the query or more are the subject's, perhaps of several of its choices
OTHERWISE = 0.5  # the factor for a word whose synonym or completion is the subject's; for BESIDE beside other subjects
ABOUT = 3.0  # if the words of a question in another language are about it
ENTRY = 0.7  # the factor for a word that leads to the glossary: a term beside an everyday word is seldom meant
_ENGLISH = Translated("", ())  # of a query that is not in another language
_SHORT = re.compile(r"[a-z]\d{1,2}")  # an anchor that people use as a name


def _titles_below(chapter: Chapter, section: Section) -> str:
    return " · ".join(one.title for one in chapter.sections if one.parent == section.address)


def _is_called(name: str, id_: str, title: str) -> bool:
    """Is a name, in forms, that of a part or chapter, or the beginning of its title?"""
    return name == " ".join(tokens.forms(id_)) or f"{' '.join(tokens.forms(title))} ".startswith(name)


def matcher(matching: Matching) -> Callable[[str], tuple[tuple[int, int], ...]]:
    """A function that tells which stretches (start, end) of any text an answer's words match.

    The stretches are whole words or names, sorted, and never overlap: other forms and spellings of the query's
    words, corrected ones, compounds joined, split or hyphenated, short and full names and, while typing, all
    that begins with the last word."""
    marker = Marker(matching)
    return lambda text: tuple((mark.start, mark.end) for mark in marker.find(text))


# -- Which index ------------------------------------------------------------------------------------------


def open_or_build(
    handbook: Handbook,
    shipped: Path,
    cache: Path,
    *,
    anew: bool = False,
    building: Callable[[], None] = _silent,
    cancelled: Callable[[], bool] = _never,
) -> tuple[Index, str]:
    """An index of the handbook, whatever the folders hold, and a sentence for the person, "" if all is well.

    The shipped index or the one in the cache: the one written later, as that may have been rebuilt in place of the
    other, and the other if that is not good. If neither is, or `anew`, a fresh one: building() is called first.
    That is kept in the cache or, where it can't be, in memory only, and then the sentence says so.
    Raises Cancelled when cancelled() says so."""
    ready = None if anew else open_ready(handbook, shipped, cache)
    if ready is not None:
        return ready, ""
    kept = cache_folder(cache, handbook)
    building()
    made = built(handbook, cancelled)
    index = Index(handbook, made)
    try:
        index_files.write(made, kept, private=True)
    except IndexNotWritten as exc:
        return index, tr("Search works, but its index can't be kept and is made at every start: {reason}.").format(
            reason=exc.reason
        )
    return index, ""


def open_ready(handbook: Handbook, shipped: Path, cache: Path) -> Index | None:
    """The index of the handbook that is in one of the folders; None where one has to be made."""
    for folder in sorted((shipped, cache_folder(cache, handbook)), key=index_files.written, reverse=True):
        try:
            return Index.open(folder, handbook)
        except IndexDamaged:
            continue
    return None


def cache_folder(cache: Path, handbook: Handbook) -> Path:
    """Where in a person's cache the index is: one for each handbook in the library, and one for all other content."""
    return cache / (f"index-{handbook.name}" if handbook.name else "index")


def build_index(
    handbook: Handbook, folder: Path, *, cancelled: Callable[[], bool] = _never, private: bool = False
) -> None:
    """Write the index of a handbook to a folder, in place of the one there; other files are left alone.

    The same content gives the same bytes, on any day and computer. private: the folder is for the person alone.
    Raises IndexNotWritten, or Cancelled when cancelled() says so."""
    index_files.write(built(handbook, cancelled), folder, private=private)
