"""Measures how easy our own texts are to read, and how long they are, chapter by chapter.

Flesch reading ease (Flesch 1948, as textstat counts it): 60 to 70 is plain English, 90 very easy. Names of
instruments are left out of the count, as a treaty's long title cannot be made shorter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook

LONGEST = 30  # words in a sentence
HARDEST = 55.0  # the lowest reading ease of a chapter that is used in a training
MOST = 55_000  # running words of the whole: more is not read
_ENDS = (".", "!", "?", ":", '"', "”", ")")
_SENTENCE = re.compile(r"(?<=[.!?:])[\"”')]*\s+(?=[\"“'(]?[A-Z0-9])")
_NAME = re.compile(
    r"\b(?:[A-Z][\w-]+)(?: (?:on|of|the|to|and|in|for|against|with|[A-Z][\w-]+)){0,20} (?:[A-Z][\w-]+)\b"
)


@dataclass(frozen=True, slots=True)
class Readability:
    """One chapter's figures: `ease` is higher when easier; `long` are its sentences over LONGEST words.

    running: the words of its whole sentences: titles, rows of tables and lists of links are looked at, not read."""

    chapter: str
    words: int
    running: int
    mean: float  # words a sentence
    ease: float
    long: tuple[str, ...]


def measure(handbook: Handbook) -> Iterator[Readability]:
    """The chapters whose part says `readable = true`. Raises ImportError where textstat is not installed."""
    import textstat  # only for those who write: not part of the installed program

    for part in handbook.parts:
        for chapter in part.chapters if part.readable else ():
            written = list(_written(chapter))
            sentences = [one if one[-1:] in ".!?:" else one + "." for one in written]
            counts = [len(sentence.split()) for sentence in sentences]
            text = " ".join(_NAME.sub("Name", sentence) for sentence in sentences)
            yield Readability(
                chapter.id,
                sum(counts),
                sum(len(one.split()) for one in written if one.endswith(_ENDS)),
                sum(counts) / max(1, len(counts)),
                float(textstat.flesch_reading_ease(text)) if counts else 100.0,
                tuple(sentence for sentence, count in zip(sentences, counts, strict=True) if count > LONGEST),
            )


def _written(chapter: Chapter) -> Iterator[str]:
    """Sentences as they are written; lines of a few words (cells, list items, cards' titles) end where they end."""
    for section in chapter.sections:
        for paragraph in chapter.read_text(section).splitlines():
            if " · " in paragraph:
                continue  # a table's row is no sentence
            for sentence in _SENTENCE.split(paragraph):
                if len(sentence.split()) > 2:
                    yield sentence
