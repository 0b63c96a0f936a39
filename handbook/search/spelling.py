"""What was meant by a word that the handbook does not have: typing errors, words joined, words taken apart.

Belongs here: proposing and choosing corrections. Not here: the words that are known (vocabulary.py), the score of
sections (ranking.py).

A word that stands anywhere in the handbook is never corrected, and one whose stem does hardly ever; nor is a real
English word or a name (real_words.py), and the last word of a query not while a word of either kind begins so: a wrong
word in front of a group is worse than none.

Which of several corrections was meant is decided as in a noisy channel (Kernighan, Church and Gale, "A Spelling
Correction Program Based on a Noisy Channel Model", 1990): how likely the error is, times how well the word goes with
the others, which here is the score of the best section that has them together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handbook.base.late_patterns import late_pattern
from handbook.search import tokens
from handbook.search.languages.inflections import Inflections
from handbook.search.query import Query, cuts, letter_cut
from handbook.search.ranking import Ranking
from handbook.search.real_words import RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import Vocabulary

SHORTEST = 4  # letters of a word in which one error is looked for
LONG = 8  # letters from which it may be two
OUTWEIGHS = 20  # times as often must a word stand in the handbook to be meant in place of one with a known stem
MOST = 12  # corrections of a word that are weighed against each other
PIECE = 3  # letters of either half of a word that is cut into two which never stand side by side

_NUMBERED = late_pattern(r"([^\W\d]{2,})(\d+)$")  # a word and a number without the space
_UNHEARD = late_pattern(r"([^\W\d_])(?=\1)|c(?=k)")

# How likely each kind of error is, beside one wrong letter.
HEARD, ONE, TWO, PARTED, CUT = 1.5, 1.0, 0.55, 0.9, 0.6  # HEARD: nobody hears the difference


class Correction(NamedTuple):
    """A word, or two, as typed, and what was searched in its place."""

    typed: str
    meant: str


class _Change(NamedTuple):
    """Words first to stop (excluded) of a query that were meant as others."""

    first: int
    stop: int
    meant: tuple[str, ...]


class _Candidate(NamedTuple):
    meant: tuple[str, ...]
    likely: float


class Speller:
    """Corrects queries by the words of one handbook, and remembers words that it has looked up."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        ranking: Ranking,
        real: RealWords,
        synonyms: Synonyms,
        inflections: Inflections | None = None,
    ) -> None:
        self._lexicon, self._ranking, self._real, self._synonyms = vocabulary, ranking, real, synonyms
        self._inflections = inflections
        self._candidates_known: dict[tuple[str, bool], list[_Candidate]] = {}

    def correct(self, query: Query) -> tuple[str, tuple[Correction, ...]]:
        """The query's text with its errors mended, and what was mended; the text as it is if nothing was.

        The new text, parsed, has no error that this would mend."""
        changes = list(self._changes(query))
        text, corrections = query.text, []
        for first, stop, meant in reversed(changes):
            start, end = query.spans[first][0], query.spans[stop - 1][1]
            corrections.append(Correction(query.text[start:end], " ".join(meant)))
            text = text[:start] + " ".join(meant) + text[end:]
        return text, tuple(reversed(corrections))

    def nearest(self, query: Query, most: int = 5) -> tuple[str, ...]:
        """Words of the handbook that look like the query's, where nothing was found; nothing looks like a real word."""
        found: dict[str, None] = {}
        for place in query.telling:
            if query.words[place] not in self._real:
                found |= dict.fromkeys(self._lexicon.similar(query.words[place], most))
        return tuple(found)[:most]

    def missing(self, query: Query, *, typing: bool, paused: bool = False) -> tuple[str, ...]:
        """The words of a query, as typed, that no passage has.

        typing: whether the last word may go on: then nothing is said of it while it begins another word, nor unless it
                is a word as it is.
        paused: whether typing has paused: then a word that is whole is taken for what was meant."""
        found: dict[str, None] = {}
        for place in query.telling:
            form = query.words[place]
            begun = query.grows(place) and (
                self._lexicon.completions(form)
                or (typing and (form not in self._real or self._may_go_on(query, place, paused=paused)))
            )
            joined = any(tokens.term(query.joined(first)) in self._lexicon.terms for first in (place - 1, place))
            if not (begun or joined or query.is_exact(place) or self._is_here(form)):
                start, end = query.spans[place]
                found[query.text[start:end]] = None
        return tuple(found)

    def _may_go_on(self, query: Query, place: int, *, paused: bool) -> bool:
        """May the next letter be one of a real word that begins as the word at a place, the last one, does?"""
        if query.spans[place][1] < len(query.text) or (paused and self._real.is_word(query.words[place])):
            return False
        return self._real.goes_on(query.words[place])

    def _is_here(self, form: str) -> bool:
        """Does the handbook have a word, as it is or in pieces?"""
        if tokens.term(form) in self._lexicon.terms or self._is_inflected(form):
            return True
        return any(self._together(head, tail) for head, tail in (*cuts(form), *letter_cut(form)))

    def _is_inflected(self, form: str) -> bool:
        """Has content in another language than English a word in another form?"""
        return self._inflections is not None and self._inflections.has(form)

    # -- Which words are wrong --

    def _changes(self, query: Query) -> Iterator[_Change]:
        unknown = [place for place in query.telling if self._is_unknown(query, place)]
        if not unknown:
            return
        known = [place for place in query.telling if place not in unknown]
        beside: dict[int, float] | None = None
        done = -1
        for place in unknown:
            if place <= done:
                continue
            parted = self._parted(query, place, done + 1)
            if parted is not None:
                done = parted.stop - 1
                yield parted
                continue
            candidates = self._candidates_at(query, place)
            if candidates:
                if beside is None:
                    beside = self._ranking.evidence(query, known)
                yield _Change(place, place + 1, self._chosen(candidates, beside))
                done = place

    def _is_unknown(self, query: Query, place: int) -> bool:
        form = query.words[place]
        if query.is_exact(place) or self._is_inflected(form):
            return False
        if tokens.term(form) in self._lexicon.terms:
            return self._is_outweighed(form) and form not in self._real
        if not form.isalpha():
            return bool(_NUMBERED.match(form))
        if self._has_letter(query, place) or any(self._together(head, tail) for head, tail in letter_cut(form)):
            return False
        if query.grows(place) and (self._lexicon.completions(form) or self._begins_real(query, place)):
            return False
        return form not in self._synonyms and form not in self._real

    def _begins_real(self, query: Query, place: int) -> bool:
        """Does a real word begin as the word at a place does, or a name, if it is written as one?"""
        capital = query.text[query.spans[place][0]].isupper()
        return self._real.begins(query.words[place], name=capital)

    def _is_outweighed(self, form: str) -> bool:
        """Is a form that the handbook never uses, though it has the stem, all but sure to be another word?

        "Trafficing" has the stem of a traffic light, and is one letter from what the whole handbook is about."""
        if len(form) < LONG or form in self._lexicon:
            return False
        own = tokens.term(form)
        others = (other for other in self._lexicon.close(form, 1) if tokens.term(other) != own)
        most = max(map(self._lexicon.frequency, others), default=0)
        return most >= OUTWEIGHS * max(1, self._lexicon.frequency_of_term(own))

    def _has_letter(self, query: Query, place: int) -> bool:
        """Does a hyphen tie a word to a letter behind it ("plan-B")? No half of such a word is corrected by itself."""
        end = query.spans[place][1]
        behind = query.text[end : end + 3]
        return len(behind) > 1 and behind[0] in tokens.HYPHENS and behind[1].isalpha() and not behind[2:].isalnum()

    def _parted(self, query: Query, place: int, least: int) -> _Change | None:
        """A word and its neighbour that are one in the handbook ("excep tional"), from the word number `least` on."""
        behind = place + 1 < len(query.words) and self._is_unknown(query, place + 1)
        for first in (place, place - 1) if behind else (place - 1, place):
            joined = query.joined(first, stop=True) if first >= least else ""
            if joined and tokens.term(joined) in self._lexicon.terms and self._beside(query, first):
                return _Change(first, first + 2, (joined,))
        return None

    def _beside(self, query: Query, first: int) -> bool:
        """Are two words parted by a space only? A comma between them was meant."""
        return not query.text[query.spans[first][1] : query.spans[first + 1][0]].strip(f" {tokens.HYPHENS}")

    # -- What may have been meant --

    def _candidates_at(self, query: Query, place: int) -> list[_Candidate]:
        half = _half(query, place)
        if not half:
            return self._candidates(query.words[place], grows=query.grows(place))
        # A compound is one word: its half is not what was meant, nor what only begins as it does so far.
        found = self._candidates(query.words[place], grows=False)
        return [one for one in found if len(one.meant) == 1 and not one.meant[0].startswith(half)]

    def _candidates(self, form: str, *, grows: bool) -> list[_Candidate]:
        key = (form, grows)
        if key not in self._candidates_known:
            if len(self._candidates_known) >= 500:
                self._candidates_known.clear()
            self._candidates_known[key] = self._look_up(form, grows=grows)
        return self._candidates_known[key]

    def _look_up(self, form: str, *, grows: bool) -> list[_Candidate]:
        numbered = _NUMBERED.match(form)
        if numbered:  # "rec4", "article26"
            head = tokens.unabridged(numbered[1], numbered[2])
            known = self._lexicon.frequency(head) and self._lexicon.frequency(numbered[2])
            return [_Candidate(numbered.groups(), ONE)] if known else []
        found = self._alike(form, grows=grows) if len(form) >= SHORTEST else []
        for at in range(2, len(form) - 1):
            head, rest = form[:at], form[at:]
            tail = self._lexicon.likeliest(rest) if grows and len(rest) > 2 else rest
            known = self._lexicon.frequency(head) and self._lexicon.frequency(tail)
            if not known or (tokens.is_stop(head) and tokens.is_stop(tail)):
                continue
            if self._together(head, tail):
                found.append(_Candidate((head, tail), PARTED))
            elif min(at, len(rest)) >= PIECE and self._lexicon.frequency(rest) and not self._real.is_near(form):
                found.append(_Candidate((head, rest), CUT))
        return sorted(found, key=lambda one: (-one.likely * self._common(one), one.meant))[:MOST]

    def _alike(self, form: str, *, grows: bool) -> list[_Candidate]:
        """Words that look or sound like one, the handbook's or trainers'; of a growing one what it may become, too.

        What is two letters away counts only where no other word is nearer: "projectro" is no "protection"."""
        errors = 2 if len(form) >= LONG else 1
        sound = _sound(form)
        near = self._lexicon.close(form, 2)
        close = {other: distance for other, distance in near.items() if distance <= errors or _sound(other) == sound}
        heard = {other for other in close if _sound(other) == sound}
        if grows:
            for start, distance in self._lexicon.close_beginnings(form, errors).items():
                whole = self._lexicon.likeliest(start)
                close[whole] = min(distance, close.get(whole, distance))
                if _sound(start) == sound:
                    heard.add(whole)
        for one, distance in self._said_alike(form):
            close[one] = min(distance, close.get(one, distance))
            if _sound(one) == sound:
                heard = heard or {one}
        nearest = heard or {one for one, distance in close.items() if distance < 2}
        if nearest or self._real.is_near(form):
            close = {one: close[one] for one in nearest}
        found = [
            _Candidate((other,), HEARD if other in heard else ONE if distance < 2 else TWO)
            for other, distance in close.items()
        ]
        if not found and not grows and self._lexicon.likeliest(form):
            found.append(_Candidate((self._lexicon.likeliest(form),), TWO))
        return found

    def _said_alike(self, form: str) -> Iterator[tuple[str, int]]:
        """Words of the trainers' table, which the handbook need not have, that are a letter away or sound the same."""
        from rapidfuzz.distance import OSA

        sound = _sound(form)
        for one in self._synonyms.words:
            distance = int(OSA.distance(form, one, score_cutoff=1))
            if distance < 2 or _sound(one) == sound:
                yield one, distance

    def _together(self, head: str, tail: str) -> bool:
        """Do two words stand side by side somewhere?"""
        known = self._lexicon.terms
        if tokens.term(head) not in known or tokens.term(tail) not in known:
            return False
        return bool(self._ranking.having((head, tail), exact=False))

    def _common(self, candidate: _Candidate) -> float:
        return 1 + math.log1p(min(map(self._lexicon.frequency, candidate.meant)))

    def _chosen(self, candidates: list[_Candidate], beside: Mapping[int, float]) -> tuple[str, ...]:
        """The likeliest of some corrections beside the query's other words; candidates are likeliest first."""
        best, chosen = -1.0, candidates[0].meant
        for candidate in candidates:
            if beside:
                value = candidate.likely * self._ranking.best_with(candidate.meant, beside)
            else:
                value = candidate.likely * self._common(candidate)
            if value > best + 1e-9:
                best, chosen = value, candidate.meant
        return chosen


def _half(query: Query, place: int) -> str:
    """What stands behind the letter in a word such as "e-mail", as it was typed; "" for others."""
    start, end = query.spans[place]
    word = next(tokens.scan(query.text[start:end]))
    return word.parts[0] if word.parts else ""


def _sound(form: str) -> str:
    """A word without what cannot be heard: letters doubled, c before k. Leaving these out is one error, not two."""
    return _UNHEARD.sub("", form)
