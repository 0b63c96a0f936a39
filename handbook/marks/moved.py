"""Where the section of a mark is now that was moved to another chapter, without the manifest's `was` saying so.

Belongs here: finding one place in a whole handbook. Not here: where the words are in a text (anchoring.py).

Only a place that is the only one counts: the very words of the mark, by their surroundings where they stand more than
once; else the section with its title. Rather nothing than wrong words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.marks.anchoring import SHORTEST, Quote, as_it_was
from handbook.marks.model import Mark


class _Read(NamedTuple):
    """A section of a handbook as words with one space between them; those of its whole chapter too."""

    address: Address
    title: str
    words: str
    chapter: str


class Elsewhere:
    """Looks for marks in all chapters of a handbook, each of which it reads once; that takes a while."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._read: dict[str, list[_Read]] = {}  # by the handbook's name

    def find(self, mark: Mark) -> Address | None:
        """Where the section of a mark is now, None where that is not certain."""
        there = self._handbook.of(mark.address)
        if there.name not in self._read:
            self._read[there.name] = list(_sections(there))
        sections = self._read[there.name]
        return _with_words(sections, mark) or _with_title(sections, mark)


def _sections(handbook: Handbook) -> Iterator[_Read]:
    for chapter in handbook.chapters.values():
        texts = [" ".join(f"{one.title}\n{chapter.text(one)}".split()) for one in chapter.sections]
        whole = " ".join(texts)
        for section, text in zip(chapter.sections, texts, strict=True):
            yield _Read(section.address, section.title, text, whole)


def _with_words(sections: list[_Read], mark: Mark) -> Address | None:
    if not mark.quote:
        return None
    quote = Quote(mark.quote, mark.before, mark.after)
    if len(quote.before) + len(quote.exact) + len(quote.after) < SHORTEST:
        return None
    found = [one for one in sections if quote.exact in one.words]
    sure = [one for one in found if as_it_was(quote, one.chapter) >= 0]
    titled = [one for one in found if one.title == mark.title]
    if len(sure) == 1:
        return sure[0].address
    if len(titled) == 1:
        return titled[0].address
    return found[0].address if len(found) == 1 and len(quote.exact) >= SHORTEST else None


def _with_title(sections: list[_Read], mark: Mark) -> Address | None:
    """Short titles such as *Aim* are those of many sections: one that is left is hardly the one that was meant."""
    found = [one for one in sections if one.title == mark.title]
    return found[0].address if len(found) == 1 and len(mark.title) >= SHORTEST else None
