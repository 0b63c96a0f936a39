"""What a query asks for: its words, and what it says of them in signs.

Belongs here: reading what a person types. Not here: what counts as one word (tokens.py), what a word stands for
in this handbook (ranking.py), which words of a text answer it (highlight.py).

    "exact words"     these words, so and in this order
    -word  -"words"   not where this stands
    in:glossary       only in a part or chapter
    one OR other      either counts as the same word
    minutes:30  people:18  level:1  paper:no  online:yes
                      only session plans and exercises that fit, and what is handed out for them

Any text is a query: what makes no sense as a sign is read as plain words, and plain words are never an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from handbook.base.late_patterns import late_pattern
from handbook.content.fitting_sheets import MOST_LEVEL, MOST_MINUTES, MOST_PEOPLE, Limits
from handbook.search import tokens

# A query of so many telling words or fewer is a name or two; a longer one is a question, whose sentence is hardly
# met again, and in which quotes set off a title more often than they demand it.
FEW = 5
MAX_WORDS = 64  # different words of a query that count: a page pasted into the field must not stop the typing

_QUOTES = '"“”„«»'
_QUOTED = rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]"
_SIGNS = late_pattern(
    rf"(?<!\S)in:(?:{_QUOTED}|([^\s{_QUOTES}]+))"  # 1, 2: the name of a part or chapter
    rf"|(?<!\S)-(?:{_QUOTED}|([^\W_][^\s{_QUOTES}]*))"  # 3, 4: what must not stand there
    rf"|{_QUOTED}"  # 5: exact words
    r"|(?<!\S)(minutes|people|level|paper|online):([0-9]{1,4}|yes|no)(?!\S)"  # 6, 7: a limit and its value
)
_IN_A_SIGN = frozenset(f":-{_QUOTES}")  # each of them has one of these
_MOST = {"minutes": MOST_MINUTES, "people": MOST_PEOPLE, "level": MOST_LEVEL}
NO_LIMITS = Limits()
_ENDS = late_pattern(r"[\s.,;:!?…]*")  # may stand behind the last word
_Places = Callable[[str], bool]
Run = tuple[str, ...]  # forms that stand side by side


def _nowhere(name: str) -> bool:  # noqa: ARG001 - the default of a callable that is asked for each name
    return False


class Query(NamedTuple):
    """The words of a query.

    text:     as typed.
    words:    their forms (see tokens.py), in order; those of exact words too.
    spans:    where each stands in `text`.
    growing:  the last one may be the beginning of a word. It is read so whether or not somebody is still typing, so
              that a query gives one list.
    exact:    exact words, each as the places (first, after the last) of its words.
    either:   places of words that OR puts into one, each group in order.
    without:  what must not stand in a section.
    within:   names of parts or chapters; any of them will do.
    limits:   what a session plan or an exercise has to fit; of two of a kind the last one counts.
    idle:     signs that were read as plain words: in: with the name of no place, and - where nothing is wanted.
    also:     (place of the first of some words, words that may stand there too); see languages/understanding.py.
    stops:    the function words of the content's language; None for English ones."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    growing: bool
    exact: tuple[tuple[int, int], ...] = ()
    either: tuple[tuple[int, ...], ...] = ()
    without: tuple[Run, ...] = ()
    within: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    also: tuple[tuple[int, Run], ...] = ()
    stops: frozenset[str] | None = None
    limits: Limits = NO_LIMITS

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        places: _Places = _nowhere,
        plain: bool = False,
        stops: frozenset[str] | None = None,
        limited: bool = False,
    ) -> Query:
        """Read any text; what is no word is passed over, and so is all after the first MAX_WORDS words.

        places:  whether a name is one of a part or chapter; others are plain words.
        plain:   whether quotes and minus signs mean nothing.
        stops:   the function words of the content's language; None for English ones.
        limited: whether there are session plans or exercises: without any, limits are plain words."""
        reader = _Reader(text, places, plain=plain, limited=limited)
        reader.read()
        signs = reader.within or reader.limits != NO_LIMITS
        if reader.without and not reader.found and not signs:  # nothing but what is not wanted
            read = cls.parse(text, places=places, plain=True, stops=stops, limited=limited)
            return read._replace(idle=(*read.idle, *reader.unwanted))
        growing = bool(reader.found) and not any(stop == len(reader.found) for _, stop in reader.exact)
        if growing and len(reader.found[-1].form) == 1 and reader.found[-1].form.isdigit():
            growing = False  # one digit is a number by itself: "recommendation 4"
        if growing and not _ENDS.fullmatch(text, reader.found[-1].end):
            growing = False  # a sign stands behind it
        return cls(
            text,
            tuple(word.form for word in reader.found),
            tuple((word.start, word.end) for word in reader.found),
            growing,
            tuple(reader.exact),
            tuple(reader.groups()),
            tuple(reader.without),
            tuple(reader.within),
            tuple(reader.nowhere),
            stops=stops,
            limits=reader.limits,
        )

    def with_also(self, also: Iterable[tuple[int, Iterable[str]]]) -> Query:
        """This query, and what may stand in place of words of it: (where in `text` they begin, other words)."""
        places = {start: place for place, (start, _) in enumerate(self.spans)}
        found = [
            (places[start], tuple(forms))
            for start, others in also
            for forms in map(tokens.forms, others)
            if start in places and forms
        ]
        return self._replace(also=tuple(found)) if found else self

    @property
    def telling(self) -> list[int]:
        """Which words are searched, by their place: all but stop words, or all if there are no others."""
        return list(_telling(self.words, self.stops))

    def _is_stop(self, form: str) -> bool:
        return tokens.is_stop(form) if self.stops is None else form in self.stops

    def begins_stop(self, form: str) -> bool:
        """Does a function word of the content's language begin so?"""
        return tokens.begins_stop(form) if self.stops is None else any(stop.startswith(form) for stop in self.stops)

    def joined(self, left: int, *, stop: bool = False) -> str:
        """A word and the next one as one ("grass roots" → "grassroots"), or "" where that makes no sense.

        stop: whether one of them may be a stop word ("gro up")."""
        if not 0 <= left < len(self.words) - 1 or self.is_exact(left) or self.is_exact(left + 1):
            return ""
        pair = self.words[left : left + 2]
        return "" if sum(map(self._is_stop, pair)) > stop else "".join(pair)

    @property
    def required(self) -> list[tuple[tuple[Run, bool], ...]]:
        """What must stand in a section: choices of (forms side by side, whether as these very words).

        Exact words, or what OR puts beside them. Nothing, if the quotes stand in a question."""
        if sum(not self.is_exact(place) for place in self.telling) > FEW:
            return []
        found: list[tuple[tuple[Run, bool], ...]] = []
        grouped = {place: group for group in self.either for place in group}
        stops = dict(self.exact)
        for first in stops:
            group = grouped.get(first, (first,))
            if not any(place < first and place in stops for place in group):  # else its first exact words spoke for it
                found.append(tuple((self.words[p : stops.get(p, p + 1)], p in stops) for p in group))
        return found

    def grows(self, place: int) -> bool:
        """May the word at a place be the beginning of one?"""
        return self.growing and place == len(self.words) - 1

    def is_exact(self, place: int) -> bool:
        """Does the word at a place stand in quotes?"""
        return any(first <= place < stop for first, stop in self.exact)


@lru_cache(maxsize=64)
def _telling(words: Run, stops: frozenset[str] | None) -> tuple[int, ...]:
    """The places of the words that say something; remembered, as one search asks a hundred times."""
    found = tuple(n for n, form in enumerate(words) if not (tokens.is_stop(form) if stops is None else form in stops))
    return found or tuple(range(len(words)))


class _Reader:
    """Takes a query apart, from left to right."""

    def __init__(self, text: str, places: _Places, *, plain: bool, limited: bool) -> None:
        self.text, self._places, self._plain, self._limited = text, places, plain, limited
        self.limits = NO_LIMITS
        self.found: list[tokens.Word] = []
        self.exact: list[tuple[int, int]] = []
        self.without: list[Run] = []
        self.within: list[str] = []
        self.unwanted: list[str] = []  # the signs behind `without`, as written
        self.nowhere: list[str] = []  # in: of no place
        self._ors: list[int] = []  # places of words that follow an OR
        self._forms: set[str] = set()
        self._full = False

    def read(self) -> None:
        at = 0
        # Few queries have a sign, and the pattern is long to compile.
        signs = _SIGNS.finditer(self.text) if _IN_A_SIGN.intersection(self.text) else ()
        for sign in signs:
            if self._sign(sign, at):
                at = sign.end()
        self._words(at, len(self.text))

    def _sign(self, sign: re.Match[str], at: int) -> bool:
        """Take a sign in, after the plain words before it; False for one that means nothing."""
        where, unwanted = sign[1] or sign[2], sign[3] or sign[4]
        if where:
            if not self._places(where):
                self.nowhere.append(sign[0])
                return False
            self._words(at, sign.start())
            self.within.append(where)
        elif sign[6]:
            limits = _limited(self.limits, sign[6], sign[7]) if self._limited else None
            if limits is None:
                return False
            self._words(at, sign.start())
            self.limits = limits
        elif self._plain:
            return False
        elif unwanted:
            self._words(at, sign.start())
            run = tuple(tokens.forms(unwanted))
            if run:
                self.without.append(run)
                self.unwanted.append(sign[0])
        else:
            self._words(at, sign.start())
            first = len(self.found)
            self._words(sign.start(), sign.end())
            if len(self.found) > first:
                self.exact.append((first, len(self.found)))
        return True

    def _words(self, start: int, end: int) -> None:
        """Take the words of a stretch in; an OR between two words is none."""
        after_or = False
        for word in tokens.scan(self.text[start:end]):
            raw = self.text[start + word.start : start + word.end]
            if raw == "OR" and (self.found or after_or):
                after_or = True
                continue
            if self._full or not self._room_for(word.form):
                self._full = True
                return
            if after_or or self._or_waits:
                self._ors.append(len(self.found))
            after_or = self._or_waits = False
            self.found.append(tokens.Word(start + word.start, start + word.end, word.form))
        self._or_waits = after_or

    _or_waits = False  # the stretch before ended in OR

    def _room_for(self, form: str) -> bool:
        self._forms.add(form)
        return len(self.found) < 4 * MAX_WORDS and len(self._forms) <= MAX_WORDS

    def groups(self) -> Iterator[tuple[int, ...]]:
        """Places that OR puts together; exact words in it come with their first word."""
        group: list[int] = []
        for place in self._ors:
            before = next((first for first, stop in self.exact if stop == place), place - 1)
            if not group or group[-1] != before:
                if group:
                    yield tuple(group)
                group = [before]
            group.append(place)
        if group:
            yield tuple(group)


def _limited(limits: Limits, name: str, value: str) -> Limits | None:
    """Limits with one more; None where the value is none of it."""
    if name == "paper":
        return limits._replace(no_paper=True) if value == "no" else None
    if name == "online":
        return limits._replace(online=True) if value == "yes" else None
    number = int(value) if value.isdecimal() else 0
    if not 0 < number <= _MOST[name]:
        return None
    if name == "minutes":
        return limits._replace(minutes=number)
    return limits._replace(people=number) if name == "people" else limits._replace(level=number)


def cuts(form: str, least: int = 3) -> Iterator[tuple[str, str]]:
    """A word as two that may be its parts ("watch", "dog"): of `least` letters or more, and no stop words."""
    for cut in range(least, len(form) - least + 1):
        head, tail = form[:cut], form[cut:]
        if not (tokens.is_stop(head) or tokens.is_stop(tail)):
            yield head, tail


def letter_cut(form: str) -> Iterator[tuple[str, str]]:
    """A word as a letter and the rest, as "x ray" may stand for "xray"; not one as "a part" would for "apart"."""
    if len(form) > 3 and form[0] not in "ai" and not tokens.is_stop(form[1:]):
        yield form[0], form[1:]
