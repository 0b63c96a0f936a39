"""What a query asks for, and which words of a text answer it: parsing, marks, snippets.

Belongs here: all of searching that needs no index, so that a page can be marked without one. Not here: what
counts as one word (words.py), which sections are found and in what order (search.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handbook import words

MAX_WORDS = 64  # different words of a query that count: a page pasted into the field must not stop the typing


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a query.

    words:   their forms (see words.py), in order.
    growing: the last one is still being typed, so it stands for all that begin with it."""

    words: tuple[str, ...]
    growing: bool

    @classmethod
    def parse(cls, text: str, *, typing: bool) -> Query:
        """Read any text; what is no word is passed over, and so is all after the first MAX_WORDS words."""
        forms: list[str] = []
        end = -1
        for word in words.scan(text):
            if len(forms) == 4 * MAX_WORDS or (len(set(forms)) == MAX_WORDS and word.form not in forms):
                break
            forms.append(word.form)
            end = word.end
        return cls(tuple(forms), typing and end == len(text))

    @property
    def telling(self) -> list[int]:
        """Which words are searched, by their place: all but stop words, or all if there are no others."""
        return [n for n, form in enumerate(self.words) if not words.is_stop(form)] or list(range(len(self.words)))

    def joined(self, left: int) -> str:
        """A word and the next one as one ("grass roots" → "grassroots"), or "" where that makes no sense."""
        if not 0 <= left < len(self.words) - 1:
            return ""
        pair = self.words[left : left + 2]
        return "" if any(map(words.is_stop, pair)) else "".join(pair)

    def grows(self, place: int) -> bool:
        """Is the word at a place the one being typed?"""
        return self.growing and place == len(self.words) - 1


def cuts(form: str) -> Iterator[tuple[str, str]]:
    """A word as two that may be its parts ("watch", "dog"): of three letters or more, and no stop words."""
    for cut in range(3, len(form) - 2):
        head, tail = form[:cut], form[cut:]
        if not (words.is_stop(head) or words.is_stop(tail)):
            yield head, tail


# -- Marks and snippets -----------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A stretch of a text that matches the query's word at `place`."""

    start: int
    end: int
    place: int


_NONE, _AHEAD = -1, -2  # in place of a place: no match; only known together with the next word


class Marker:
    """Finds the query's words in a text, as the index finds them in a section."""

    def __init__(self, query: Query) -> None:
        self._terms: dict[str, int] = {}
        self._openings: dict[str, list[tuple[str, int]]] = {}  # "watch" → [("dog", place of "watchdog")]
        self._growing = _NONE  # place of the word being typed
        self._beginning = ""
        self._places: dict[str, int] = {}  # raw words met so far
        for place in query.telling:
            form = query.words[place]
            self._terms.setdefault(words.term(form), place)
            if query.joined(place):
                self._terms.setdefault(words.term(query.joined(place)), place)
            for head, tail in cuts(form):
                self._openings.setdefault(head, []).append((tail, place))
            if query.grows(place):
                self._growing, self._beginning = place, form

    def find(self, text: str) -> Iterator[Mark]:
        """The matching stretches in order; they never overlap."""
        places, past = self._places, 0
        for match in words.WORD.finditer(text):
            place = places.get(match[0])
            if place is None:
                place = places[match[0]] = self._place_of_raw(match[0])
            if place == _NONE or match.start() < past:
                continue
            end = match.end()
            if place == _AHEAD:
                place, end = self._with_next(text, match)
                past = end
            if place != _NONE:
                yield Mark(match.start(), end, place)

    def _place_of_raw(self, raw: str) -> int:
        form = words.fold(raw)
        return _AHEAD if form in self._openings or words.looks_ahead(form) else self._place(form)

    def _place(self, form: str) -> int:
        place = self._terms.get(words.term(form), _NONE)
        return self._growing if place == _NONE and _begins(form, self._beginning) else place

    def _with_next(self, text: str, match: re.Match[str]) -> tuple[int, int]:
        """The place and the end of a word that may be one with the next."""
        form = words.fold(match[0])
        after = words.WORD.search(text, match.end())
        if after is None:
            return self._place(form), match.end()
        between, behind = text[match.end() : after.start()], words.fold(after[0])
        compound = words.compound(form, between, behind)
        if compound:
            return self._place(compound), after.end()
        if len(between) == 1 and between != "\n":
            for tail, place in self._openings.get(form, ()):
                grown = place == self._growing and _begins(behind, tail)
                if grown or words.term(tail) == words.term(behind):
                    return place, after.end()
        return self._place(words.unabridged(form, behind)), match.end()


def _begins(form: str, beginning: str) -> bool:
    """Does a form begin so, in either spelling? Not if `beginning` is "". Spelling keeps the first letter."""
    if form[:1] != beginning[:1]:
        return False
    return form.startswith(beginning) or words.spelled(form).startswith(words.spelled(beginning))


def matcher(query: str, *, typing: bool = False) -> Callable[[str], tuple[tuple[int, int], ...]]:
    """A function that tells which stretches (start, end) of any text the query's words match.

    The stretches are whole words, sorted, and never overlap: other forms and spellings of the query's words,
    compounds joined, split or hyphenated, and, while typing, all that begins with the last word."""
    marker = Marker(Query.parse(query, typing=typing))
    return lambda text: tuple((mark.start, mark.end) for mark in marker.find(text))


SNIPPET = (160, 220)  # characters that a snippet has at least, if its paragraph has, and at most
_SENTENCE_END = re.compile(r"[.!?:;…]['\"’”)]*\s+")


def snippet(text: str, marker: Marker, worth: Mapping[int, float]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage that answers best, and the matches in it; without a match the text's beginning.

    worth: what each word of the query counts, by its place."""
    marks = list(marker.find(text))
    first, last = _densest(text, marks, worth) if marks else (0, 0)
    start, end = _cut(text, first, min(last, first + SNIPPET[1]))
    inside = tuple((mark.start - start, mark.end - start) for mark in marks if start <= mark.start and mark.end <= end)
    return text[start:end], inside


def _densest(text: str, marks: Sequence[Mark], worth: Mapping[int, float]) -> tuple[int, int]:
    """Where the best group of matches begins and ends: different words first, then many, then early."""
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
    """A stretch of one paragraph around text[first:last], from the beginning of a sentence if one is near."""
    least, most = SNIPPET
    low, high = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    high = len(text) if high < 0 else high
    if high - low <= most:
        return low, high
    earliest = max(low, last - most)
    sentences = [low, *(match.end() for match in _SENTENCE_END.finditer(text, earliest, first + 1))]
    near = [start for start in sentences if earliest <= start <= first]
    start = near[-1] if near else _border_after(text, (earliest + first) // 2, first)
    start = min(start, _border_after(text, max(low, high - least), first))  # no scrap of a paragraph's end
    return start, high if high - start <= most else _border_before(text, start + most, last)


def _border_after(text: str, at: int, limit: int) -> int:
    """The first beginning of a word from `at` on, at most `limit`."""
    space = text.find(" ", max(0, at - 1), limit)
    return space + 1 if space >= 0 else limit


def _border_before(text: str, at: int, limit: int) -> int:
    """The last end of a word up to `at`, at least `limit`; `at` itself in a text without spaces."""
    space = text.rfind(" ", limit, at + 1)
    return space if space >= 0 else max(at, limit)
