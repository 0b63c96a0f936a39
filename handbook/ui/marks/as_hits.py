"""The person's marks as an answer of the search: which of them have the words that are asked for, as hits.

Belongs here: finding marks by what is typed in the search field. Not here: the list of marks with its own search
(marks_window.py), the field and the list of hits (ui/searching/).

Words are taken as the handbook's own search takes them: other forms and spellings of a word are the same word."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handbook.base import dates
from handbook.base.catalogue import tr
from handbook.marks.model import Mark
from handbook.search import tokens
from handbook.search.query import Query, Run
from handbook.search.results import Answer, Hit

SNIPPET = 240  # letters
LEAD = 60  # of them before the first word found


class WordsOfMark(NamedTuple):
    """The words of a mark: their forms with blanks around each, and what they are for a search."""

    forms: str
    terms: frozenset[str]


class MarksAsHits:
    """Some marks, to be asked from any thread. known: what was read of marks before; the same for all."""

    def __init__(self, marks: Sequence[Mark], known: dict[Mark, WordsOfMark]) -> None:
        self._marks, self._known = marks, known

    def count(self, words: str) -> int:
        """How many marks have the words; without words they are only read, for the next question."""
        query = Query.parse(words)
        found = sum(1 for _ in self._found(query))
        return found if query.words else 0

    def answer(self, words: str, most: int) -> Answer:
        """The marks that have the words, the newest first; all of them without words."""
        begin = time.monotonic()
        query = Query.parse(words)
        found = sorted(self._found(query), key=lambda mark: mark.made, reverse=True)
        hits = tuple(_as_hit(mark, query) for mark in found[:most])
        return Answer(words, hits, (time.monotonic() - begin) * 1000, "", total=len(found))

    def _found(self, query: Query) -> Iterable[Mark]:
        wanted = _Wanted(query)
        return (mark for mark in self._marks if wanted.stands_in(self._read(mark)))

    def _read(self, mark: Mark) -> WordsOfMark:
        read = self._known.get(mark)
        if read is None:
            forms = tokens.forms(_words_of(mark))
            read = self._known[mark] = WordsOfMark(f" {' '.join(forms)} ", frozenset(map(tokens.term, forms)))
        return read


class _Wanted:
    """A query as what must stand in a mark, and what must not."""

    def __init__(self, query: Query) -> None:
        self._without = [_side_by_side(run) for run in query.without]
        self._exact = [_side_by_side(query.words[first:stop]) for first, stop in query.exact if first < stop]
        grouped = {place: group for group in query.either for place in group}
        groups = {grouped.get(place, (place,)) for place in query.telling if not query.is_exact(place)}
        self._choices = [[_choice(query, place) for place in group] for group in groups]

    def stands_in(self, read: WordsOfMark) -> bool:
        """Do the words of a mark have all that is wanted?"""
        if any(run in read.forms for run in self._without) or not all(run in read.forms for run in self._exact):
            return False
        return all(any(form in read.forms or term in read.terms for form, term in group) for group in self._choices)


def _side_by_side(run: Run) -> str:
    return f" {' '.join(run)} "


def _choice(query: Query, place: int) -> tuple[str, str]:
    """A word as it would stand among forms, whole or as a beginning, and as a term."""
    form = query.words[place]
    return (f" {form}" if query.grows(place) else f" {form} "), tokens.term(form)


def _words_of(mark: Mark) -> str:
    return f"{mark.note}\n{mark.quote}\n{mark.title}"


def _as_hit(mark: Mark, query: Query) -> Hit:
    """A mark as a hit: its note, then its words; the words that were asked for are marked."""
    note = " ".join(mark.note.split())
    # Translators: stands between the person's note and the words of the handbook that it is a note to
    text = tr("{note} — “{quote}”").format(note=note, quote=mark.quote) if note and mark.quote else note or mark.quote
    found = _spans(text, query)
    first = found[0][0] if found else 0
    start = text.rfind(" ", 0, max(0, first - LEAD)) + 1 if first > SNIPPET - LEAD else 0
    end = start + SNIPPET
    cut = f"{'… ' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    shift = (2 if start else 0) - start
    marks = tuple((a + shift, b + shift) for a, b in found if start <= a and b <= end)
    return Hit(mark.address, mark.title, (_kind(mark), dates.written(mark.made)), 1.0, cut, marks, mark.id)


def _kind(mark: Mark) -> str:
    if mark.note:
        return tr("My note")
    return tr("My highlight") if mark.quote else tr("My bookmark")


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    forms = set(query.words)
    terms = {tokens.term(form) for form in forms}
    growing = query.words[-1] if query.words and query.grows(len(query.words) - 1) else ""
    return [
        (word.start, word.end)
        for word in tokens.scan(text)
        if word.form in forms or tokens.term(word.form) in terms or (growing and word.form.startswith(growing))
    ]
