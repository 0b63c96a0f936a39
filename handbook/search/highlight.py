"""Finds the matches of a query in a text, and chooses the passage that is shown below a hit.

Belongs here: finding matches in any text of the handbook. Not here: which terms match a word of the query (ranking.py
says so, in a Matching), painting (ui/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from handbook.base.late_patterns import late_pattern
from handbook.search import tokens
from handbook.search.query import Run


class Matching(NamedTuple):
    """What the words of one query match in the handbook. Made by a search; can be used in any thread.

    Words of the query are known by their position in it, from 0.
    terms:     each term that matches, with the position of the query's word.
    runs:      terms side by side that match one word of the query ("watch", "dog" for "watchdog"), with its position.
    exact:     forms side by side, as in quotes, with the position of the first word.
    beginning: the word that is still being typed, in either spelling; "" if there is none.
    growing:   the position of that word."""

    terms: Mapping[str, int]
    runs: tuple[tuple[Run, int], ...] = ()
    exact: tuple[tuple[Run, int], ...] = ()
    beginning: str = ""
    growing: int = -1


class Tokens(NamedTuple):
    """The words of a text: text[starts[n]:ends[n]] has the form forms[n]; forms in parts[n], if any, match it too."""

    starts: Sequence[int]
    ends: Sequence[int]
    forms: Sequence[str]
    parts: Mapping[int, Run]


def tokens_of(text: str) -> Tokens:
    """The words of a text in order."""
    found = list(tokens.scan(text))
    return Tokens(
        [word.start for word in found],
        [word.end for word in found],
        [word.form for word in found],
        {number: word.parts for number, word in enumerate(found) if word.parts},
    )


class Mark(NamedTuple):
    """A piece of a text that matches the query's word at the position `place`."""

    start: int
    end: int
    place: int


_NONE, _OPENS = -1, -2  # instead of a position: no match; perhaps the first word of a run


class Marker:
    """Finds the matches of one query in texts."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._known: dict[str, int] = {}  # positions by form, a cache
        self._runs: dict[str, list[tuple[Run, int]]] = {}  # by the first term
        self._exact: dict[str, list[tuple[Run, int]]] = {}  # by the first form
        for run, place in matching.runs:
            self._runs.setdefault(run[0], []).append((run, place))
        for run, place in matching.exact:
            self._exact.setdefault(run[0], []).append((run, place))
        for choices in chain(self._runs.values(), self._exact.values()):
            choices.sort(key=lambda choice: -len(choice[0]))
        self._spelled = tokens.spelled(matching.beginning)

    def find(self, text: str, found: Tokens | None = None) -> Iterator[Mark]:
        """The matches in a text, in order; they never overlap. found: the tokens of the text, if known already."""
        starts, ends, forms, parts = tokens_of(text) if found is None else found
        known, past = self._known, 0
        for number, form in enumerate(forms):
            place = known.get(form)
            if place is None:
                place = known[form] = self._place(form)
            if place == _NONE and number in parts:
                place = max(map(self._single, parts[number]))
            if place == _NONE or number < past:
                continue
            last = number
            if place == _OPENS:
                place, last = self._run(text, starts, ends, forms, number)
                past = last + 1
            if place != _NONE:
                yield Mark(starts[number], ends[last], place)

    def _place(self, form: str) -> int:
        if form in self._exact or tokens.term(form) in self._runs:
            return _OPENS
        return self._single(form)

    def _single(self, form: str) -> int:
        place = self._matching.terms.get(tokens.term(form), _NONE)
        if place == _NONE and self._spelled and form[:1] == self._spelled[:1]:
            begins = form.startswith(self._matching.beginning) or tokens.spelled(form).startswith(self._spelled)
            return self._matching.growing if begins else _NONE
        return place

    def _run(
        self, text: str, starts: Sequence[int], ends: Sequence[int], forms: Sequence[str], number: int
    ) -> tuple[int, int]:
        """The position in the query that matches the text from a word on, and the number of the last matching word."""
        form = forms[number]
        for run, place in self._exact.get(form, ()):
            if tuple(forms[number : number + len(run)]) == run and _together(text, starts, ends, number, len(run)):
                return place, number + len(run) - 1
        for run, place in self._runs.get(tokens.term(form), ()):
            following = forms[number : number + len(run)]
            if tuple(map(tokens.term, following)) == run and _together(text, starts, ends, number, len(run)):
                return place, number + len(run) - 1
        return self._single(form), number


def _together(text: str, starts: Sequence[int], ends: Sequence[int], number: int, count: int) -> bool:
    """Are so many words, from one on, in the same paragraph?"""
    return "\n" not in text[ends[number] : starts[number + count - 1]]


# -- Snippets ---------------------------------------------------------------------------------------------

SNIPPET = (160, 220)  # characters that a snippet has at least, if its paragraph has, and at most
_SENTENCE_END = late_pattern(r"[.!?:;…]['\"’”)]*\s+")

Spans = tuple[tuple[int, int], ...]


def snippet(text: str, marks: Sequence[Mark], worth: Mapping[int, float]) -> tuple[str, Spans]:
    """The best passage of a text, and the marks in it; the beginning of the text if there is no mark.

    worth: the weight of each word of the query, by its position."""
    first, last = _densest(text, marks, worth) if marks else (0, 0)
    start, end = _cut(text, first, min(last, first + SNIPPET[1]))
    inside = tuple((mark.start - start, mark.end - start) for mark in marks if start <= mark.start and mark.end <= end)
    return text[start:end], inside


def _densest(text: str, marks: Sequence[Mark], worth: Mapping[int, float]) -> tuple[int, int]:
    """The beginning and end of the best group of matches: most different words, then most words, then the first."""
    best, where = -1.0, (0, 0)
    for number, mark in enumerate(marks):
        line_end = text.find("\n", mark.start)
        stop = min(mark.start + SNIPPET[0], line_end if line_end >= 0 else len(text))
        value, end = worth[mark.place], mark.end
        seen = {mark.place}
        for at in range(number + 1, len(marks)):
            other = marks[at]
            if other.end > stop:
                break
            value += worth[other.place] * (0.1 if other.place in seen else 1.0)
            seen.add(other.place)
            end = other.end
        if value > best + 1e-9:
            best, where = value, (mark.start, end)
    return where


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    """The part of one paragraph around text[first:last] to show; from the beginning of a sentence if one is near."""
    least, most = SNIPPET
    low, high = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    high = len(text) if high < 0 else high
    if high - low <= most:
        return low, high
    earliest = max(low, last - most)
    sentences = [low, *(match.end() for match in _SENTENCE_END.finditer(text, earliest, first + 1))]
    near = [start for start in sentences if earliest <= start <= first]
    start = near[-1] if near else _border_after(text, (earliest + first) // 2, first)
    start = min(start, _border_after(text, max(low, high - least), first))  # not only the last words of a paragraph
    return start, high if high - start <= most else _border_before(text, start + most, last)


def _border_after(text: str, at: int, limit: int) -> int:
    """The first beginning of a word from `at` on, at most `limit`."""
    space = text.find(" ", max(0, at - 1), limit)
    return space + 1 if space >= 0 else limit


def _border_before(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at least `limit`; `at` itself in a text without spaces."""
    space = text.rfind(" ", limit, at + 1)
    return space if space >= 0 else max(at, limit)
