"""Where the words of a mark are now, in a text that may have been moved or reworded since.

Belongs here: finding a quote by itself and by what stands around it. Not here: marks (model.py), pages.

First the exact words, by their surroundings where they stand more than once. Where they do not stand at all, what
stands between the same surroundings, or words that are nearly the same. Rather nothing than wrong words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from handbook.marks.model import CONTEXT

# Likeness is RapidFuzz's ratio: 100 less the share of letters that would have to be put in or taken out.
ROUGHLY = 70.0  # from which a stretch is looked at more closely
NEAR = 80.0  # from which words are taken as the same, reworded
SURE = 93.0  # from which that holds wherever they stand
AROUND = 55.0  # of what stands around them, for those that are less like
CLEAR = 8.0  # by which the best has to be ahead of any other
BETWEEN = 60.0  # that is enough between the same surroundings
_GAP = re.compile(r"\A\s+|\s{2,}")
SHORTEST = 12  # letters of a quote that is looked for as reworded words without its surroundings
_MOST_TRIES = 2000  # beginnings and ends that are compared
_MOST_LETTERS = 2_000_000  # of a text that is searched for reworded words


class Quote(NamedTuple):
    """The words of a mark and what stood around them, each with one space between words."""

    exact: str
    before: str = ""
    after: str = ""


def quote_of(text: str, start: int, end: int) -> Quote:
    """The quote for a stretch of a text; empty where the stretch has no words."""
    exact = " ".join(text[start:end].split())
    before = " ".join(text[max(0, start - 3 * CONTEXT) : start].split())[-CONTEXT:]
    after = " ".join(text[end : end + 3 * CONTEXT].split())[:CONTEXT]
    return Quote(exact, before, after)


class Text:
    """A text in which quotes are looked for. To prepare it takes longer than to find a quote in it: make it once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = " ".join(text.split())  # with one space between words
        self._gaps: list[int] = []  # where in `flat` more than one letter of white space was left out, or began it
        self._left_out: list[int] = [0]  # how many letters up to there
        for gap in _GAP.finditer(text):
            left_out = self._left_out[-1] + len(gap[0]) - (1 if gap.start() else 0)
            self._gaps.append(gap.end() - left_out)
            self._left_out.append(left_out)

    def place(self, flat: int) -> int:
        """Where a letter of `flat` that is no space stands in the text."""
        return flat + self._left_out[bisect_right(self._gaps, flat)]


def locate(quote: Quote, text: str | Text) -> tuple[int, int] | None:
    """Where a quote stands in a text: start and end; None where it does not."""
    if isinstance(text, str):
        text = Text(text)
    return exactly(quote, text) or nearly(quote, text)


def exactly(quote: Quote, text: Text) -> tuple[int, int] | None:
    """Where the very words of a quote stand; quick."""
    return _in_text(_exact(quote, text.flat) if quote.exact else None, text)


def nearly(quote: Quote, text: Text) -> tuple[int, int] | None:
    """Where the words of a quote stand reworded, in a text that does not have them as they were; takes its time."""
    return _in_text(_reworded(quote, text.flat) if quote.exact else None, text)


def _in_text(found: tuple[int, int] | None, text: Text) -> tuple[int, int] | None:
    if found is None:
        return None
    start, end = found
    return text.place(start), text.place(end - 1) + 1


def _exact(quote: Quote, flat: str) -> tuple[int, int] | None:
    with_all_around = as_it_was(quote, flat)
    if with_all_around >= 0:
        return with_all_around, with_all_around + len(quote.exact)
    starts = list(_starts(quote.exact, flat))
    if not starts:
        return None
    best = max(starts, key=lambda start: _alike_around(quote, flat, start)) if len(starts) > 1 else starts[0]
    return best, best + len(quote.exact)


def as_it_was(quote: Quote, flat: str) -> int:
    """Where the words stand with all that stood around them, -1 for nowhere; long texts are found in less time."""
    for left in (" ", "") if quote.before else ("",):
        for right in (" ", "") if quote.after else ("",):
            at = flat.find(f"{quote.before}{left}{quote.exact}{right}{quote.after}")
            if at >= 0:
                return at + len(quote.before) + len(left)
    return -1


def _starts(words: str, flat: str) -> Iterator[int]:
    at = flat.find(words)
    while at >= 0:
        yield at
        at = flat.find(words, at + 1)


def _alike_around(quote: Quote, flat: str, start: int) -> int:
    """How many letters before and after a place are those that stood around the quote."""
    end = start + len(quote.exact)
    before, after = flat[max(0, start - 2 * CONTEXT) : start].rstrip(), flat[end : end + 2 * CONTEXT].lstrip()
    return _common(quote.before[::-1], before[-CONTEXT:][::-1]) + _common(quote.after, after)


def _common(one: str, other: str) -> int:
    """The length of the beginning that two texts share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _reworded(quote: Quote, flat: str) -> tuple[int, int] | None:
    if len(flat) > _MOST_LETTERS:
        return None
    return _between(quote, flat) or (_similar(quote, flat) if len(quote.exact) >= SHORTEST else None)


def _between(quote: Quote, flat: str) -> tuple[int, int] | None:
    """What stands between the same surroundings, if it is like the quote."""
    from rapidfuzz import fuzz

    if len(quote.before) < SHORTEST or len(quote.after) < SHORTEST:
        return None
    for before in _starts(quote.before, flat):
        start = before + len(quote.before)
        end = flat.find(quote.after, start, start + 3 * len(quote.exact) + CONTEXT)
        words = flat[start:end].strip() if end > start else ""
        if words and fuzz.ratio(words, quote.exact) >= BETWEEN:
            start = flat.index(words, start)
            return start, start + len(words)
    return None


def _similar(quote: Quote, flat: str) -> tuple[int, int] | None:
    """The stretch that is most like the quote, in whole words, if it is like enough and no other is nearly as like."""
    best = _most_alike(quote.exact, flat)
    if best is None:
        return None
    # A space in place of each letter, so that what stands behind keeps its place.
    other = _most_alike(quote.exact, flat[: best.start] + " " * (best.end - best.start) + flat[best.end :])
    if other is not None and other.likeness > best.likeness - CLEAR:
        best, other = sorted((best, other), key=lambda one: _likeness_around(quote, flat, one), reverse=True)
        if _likeness_around(quote, flat, best) < _likeness_around(quote, flat, other) + CLEAR:
            return None
    if best.likeness < SURE and _likeness_around(quote, flat, best) < AROUND:
        return None  # like the quote, and somewhere else: sentences of one pattern are many
    return best.start, best.end


class _Stretch(NamedTuple):
    start: int
    end: int
    likeness: float


def _most_alike(words: str, flat: str) -> _Stretch | None:
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(words, flat, score_cutoff=ROUGHLY)
    if found is None or found.dest_end <= found.dest_start:
        return None
    # The alignment is as long as the quote: what was put in or taken out moves its ends.
    reach = len(words) // 4 + 12
    starts = _word_edges(flat, found.dest_start - reach, found.dest_start + reach, after=True)
    ends = _word_edges(flat, found.dest_end - reach, found.dest_end + reach, after=False)
    tries = [_Stretch(start, end, 0.0) for start in starts for end in ends if start < end][:_MOST_TRIES]
    if not tries:
        return None
    best = max((one._replace(likeness=fuzz.ratio(flat[one.start : one.end], words)) for one in tries), key=_by_likeness)
    return best if best.likeness >= NEAR else None


def _by_likeness(stretch: _Stretch) -> float:
    return stretch.likeness


def _word_edges(flat: str, first: int, last: int, *, after: bool) -> list[int]:
    """Where words begin (after a space), or end, between two places."""
    first, last = max(0, first), min(len(flat), last)
    if after:
        return [at for at in range(first, last) if flat[at] != " " and (at == 0 or flat[at - 1] == " ")]
    return [at for at in range(first + 1, last + 1) if flat[at - 1] != " " and (at == len(flat) or flat[at] == " ")]


def _likeness_around(quote: Quote, flat: str, stretch: _Stretch) -> float:
    from rapidfuzz import fuzz

    before = flat[max(0, stretch.start - CONTEXT - 1) : stretch.start].strip()
    after = flat[stretch.end : stretch.end + CONTEXT + 1].strip()
    return float(fuzz.ratio(before, quote.before) + fuzz.ratio(after, quote.after)) / 2
