"""What a search gives back: frozen values, ready to paint, that may cross threads."""

from __future__ import annotations

from typing import NamedTuple

from handbook.search.highlight import Matching
from handbook.search.languages.understanding import Understood
from handbook.search.spelling import Correction


class Hit(NamedTuple):
    """A section found, ready to paint.

    address: "chapter#anchor", or "chapter" for a chapter's own text; exists in the handbook.
    title:   of the section; with that of its chapter before it where other sections are called the same.
    path:    titles from the part down to the section above this one.
    score:   0 or more; means something within one answer only.
    snippet: a passage of one paragraph of the section's text, cut at word borders; where it has none, of the titles
             below it.
    marks:   (start, end) in characters of `snippet`, sorted, apart: the words that were found.
    own:     the id of the person's mark that it stands for, "" for a passage of the handbook."""

    address: str
    title: str
    path: tuple[str, ...]
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    own: str = ""


class Card(NamedTuple):
    """A term of the glossary: what it means, in plain words, with the words that were found marked.

    own: the term in the language that was asked in, "" for English."""

    address: str
    title: str
    definition: str
    marks: tuple[tuple[int, int], ...] = ()
    own: str = ""


_NOTHING = Matching({})


class Answer(NamedTuple):
    """What a query found, best first.

    ms:          how long it took, in milliseconds.
    suggestion:  the query as it was searched, where words of it were corrected; else "".
    corrections: those words, in the query's order.
    missing:     words, as typed, that no passage has, and that were not corrected.
    at_rest:     the same if nobody types on: the last word too, if it is whole, though longer ones begin so.
    total:       sections found in all; `hits` may be fewer.
    counts:      (part's id, sections found in it) in the handbook's order, over all that were found.
    card:        the glossary's entry of the name that was asked.
    nearest:     where nothing was found: words of the handbook that look like the query's.
    terms:       where nothing was found: the glossary's nearest entries.
    loosened:    what was asked for in quotes stands nowhere, so its words were searched.
    idle:        signs of the query that could mean nothing, and were searched as words (query.Query).
    limited:     it asked for plans that fit, and the handbook has plans; where it has none, that is read as words.
    understood:  words of the query in another language, in the query's order, and what was searched in their place.
    matching:    for matcher().
    worth:       what the query's words are worth together; with it, scores of several handbooks can be compared.
    found_in:    of an answer that several handbooks gave together: the name of each, and its own answer."""

    query: str
    hits: tuple[Hit, ...]
    ms: float
    suggestion: str
    corrections: tuple[Correction, ...] = ()
    missing: tuple[str, ...] = ()
    total: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    card: Card | None = None
    nearest: tuple[str, ...] = ()
    terms: tuple[Card, ...] = ()
    loosened: bool = False
    idle: tuple[str, ...] = ()
    limited: bool = False
    understood: tuple[Understood, ...] = ()
    matching: Matching = _NOTHING
    worth: float = 0.0
    found_in: tuple[tuple[str, Answer], ...] = ()
    at_rest: tuple[str, ...] = ()
