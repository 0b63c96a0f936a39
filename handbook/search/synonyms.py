"""What else is said for the words of a query: by trainers, and in English.

Belongs here: which words of the text may answer a word of the query. Not here: what they count (kinds.py), other
spellings of one word (tokens.py), short and full names from the glossary (index_builder.py), the score (ranking.py).

Both tables lie in words/. The trainers' table is written by hand; the other is taken from WordNet. They go in one
direction: from what is asked to what the text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handbook.search import tokens
from handbook.search.kinds import ENGLISH, SAID, Kind
from handbook.search.query import Run
from handbook.search.real_words import FOLDER, unpacked

LONGEST = 4  # words of an entry of the trainers' table


class Other(NamedTuple):
    """Words that may stand for others, in terms, and by which table."""

    run: Run
    kind: Kind


class Synonyms:
    """The tables, each read when it is first needed."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._read: dict[str, Mapping[Run, Sequence[Run]]] = {}

    def of(self, terms: Sequence[str], place: int) -> Iterator[Other]:
        """What else is said for the word at a place of some terms, by itself or together with those around it."""
        for first in range(max(0, place - LONGEST + 1), place + 1):
            for stop in range(place + 1, min(first + LONGEST, len(terms)) + 1):
                for run in self._said(tuple(terms[first:stop])):
                    yield Other(run, SAID)
        for term in self._in_english(terms[place]):
            yield Other((term,), ENGLISH)

    def __contains__(self, form: str) -> bool:
        """Is it a word by itself that trainers are known to say?"""
        return bool(self._said((tokens.term(form),)))

    @cached_property
    def words(self) -> Sequence[str]:
        """The words by themselves that trainers are known to say, as forms."""
        asked = (tokens.forms(one) for lines in self._lines.values() for one, _ in lines)
        return sorted({forms[0] for forms in asked if len(forms) == 1})

    def _said(self, run: Run) -> Sequence[Run]:
        """What the trainers' table has for some terms."""
        if run[0] not in self._lines:  # as nearly all that is typed; it is not kept
            return ()
        if run[0] not in self._read:
            found: dict[Run, list[Run]] = {}
            for one, texts in self._lines[run[0]]:
                found.setdefault(_terms(one), []).extend(map(_terms, texts))
            self._read[run[0]] = found
        return self._read[run[0]].get(run, ())

    @cached_property
    def _lines(self) -> Mapping[str, Sequence[tuple[str, list[str]]]]:
        """By the first term of what is asked: that, and what the text says, of which little is ever read."""
        found: dict[str, list[tuple[str, list[str]]]] = {}
        try:
            lines = (self._folder / "trainers.txt").read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        for line in lines:
            asked, arrow, text = line.partition("→")
            for one in asked.split(",") if arrow and not line.startswith("#") else ():
                first = next(iter(tokens.forms(one)), "")
                found.setdefault(tokens.term(first), []).append((one, text.split(",")))
        return found

    def _in_english(self, term: str) -> Sequence[str]:
        start = self._english.find(f"\n{term}\t") + 1
        if not start:
            return ()
        return self._english[start + len(term) + 1 : self._english.index("\n", start)].split(" ")

    @cached_property
    def _english(self) -> str:
        """Lines of a term and other terms; looked through as a text, since making a table of it takes longer."""
        text = unpacked(self._folder / "synonyms.txt.gz").decode("ascii", "replace")
        return f"\n{text}\n"


def _terms(text: str) -> Run:
    return tuple(map(tokens.term, tokens.forms(text)))
