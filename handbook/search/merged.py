"""One answer of those that several handbooks give to one query.

Belongs here: which of their hits are listed, in which order, and whose they are said to be. Not here: asking them
(ui/searching/every_handbook.py, cli/search_all.py).

A score means something within one handbook only: a word is rarer among a thousand sections than among ten. Divided by
what the query's words are worth in that handbook it says how far a section answers the query, which can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handbook.search.results import Answer, Hit


class Found(NamedTuple):
    """What one handbook answers.

    name:  of the handbook, "" for the program's own.
    title: what its hits are said to be from; "" for the handbook that is being read, which need not be said."""

    name: str
    title: str
    answer: Answer


def merged(found: Sequence[Found], limit: int) -> Answer:
    """The best hits of all, best first; of equally good ones those of the handbook that comes first.

    The first is the handbook that is being read: what else is said of the query is said of that one, if it has hits.
    Where one handbook has the words as they were typed, those do not count that only have words that look like them;
    and where one has the place that is asked for, or plans that may fit, those do not that read this as words."""
    found = [one for one in found if not one.answer.idle] or found
    found = [one for one in found if one.answer.limited] or found
    first = found[0].answer
    with_hits = [one for one in found if one.answer.hits]
    used = [one for one in with_hits if not one.answer.corrections] or with_hits
    if not used:
        return first._replace(found_in=tuple((one.name, one.answer) for one in found))
    rows = [(hit.score / (one.answer.worth or 1.0), _said(hit, one.title)) for one in used for hit in one.answer.hits]
    rows.sort(key=lambda row: -row[0])
    leading = next((one.answer for one in used if one is found[0]), used[0].answer)
    missing = [word for word in leading.missing if all(word in one.answer.missing for one in used)]
    at_rest = [word for word in leading.at_rest if all(word in one.answer.at_rest for one in used)]
    return leading._replace(
        hits=tuple(hit for _, hit in rows[:limit]),
        ms=sum(one.answer.ms for one in found),
        missing=tuple(missing),
        at_rest=tuple(at_rest),
        total=sum(one.answer.total for one in used),
        counts=first.counts,
        card=first.card,
        nearest=(),
        terms=(),
        found_in=tuple((one.name, one.answer) for one in used),
    )


def _said(hit: Hit, title: str) -> Hit:
    """A hit whose path begins with the handbook that it is in."""
    return hit._replace(path=(title, *hit.path)) if title else hit
