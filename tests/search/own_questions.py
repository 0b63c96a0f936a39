"""The questions in nine languages, and how many find their passage.

Each line of own_questions.tsv is a language, a question as a colleague would type it, and the sections that answer
it: any of them in the first three hits counts, or one inside a chapter that is given as a whole. They were written
before this search was asked. A third of each language is the test half: no word, rule or weight may be chosen by how
well these are answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from handbook.search.index import Index


class OwnQuestion(NamedTuple):
    """A question, its language, the addresses that answer it, and whether it belongs to the test half."""

    language: str
    text: str
    wanted: frozenset[str]
    test: bool


def own_questions() -> list[OwnQuestion]:
    """All of them."""
    return _questions("own_questions.tsv", "test")


def fresh_own_questions() -> list[OwnQuestion]:
    """Those of fresh_own.tsv: 15 a language from before the words were widened, ten that nothing was chosen by."""
    return _questions("fresh_own.tsv", "last")


def later_own_questions() -> list[OwnQuestion]:
    """Those of later_own.tsv: ten a language ("second"), words of their kinds were added after; five ("third"), the
    same; and five ("last", the test half) that nothing was chosen by."""
    return _questions("later_own.tsv", "last")


def _questions(name: str, test: str) -> list[OwnQuestion]:
    """The questions of a file. test: the set that is its test half."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [OwnQuestion(row[0], row[1], frozenset(row[2].split()), row[3] == test) for row in rows]


def is_found(index: Index, question: OwnQuestion, most: int = 3) -> bool:
    """Does one of the first hits answer a question?"""
    hits = [hit.address for hit in index.search(question.text, limit=10).hits[:most]]
    return any(hit in question.wanted or hit.partition("#")[0] in question.wanted for hit in hits)


def success(index: Index, some: Sequence[OwnQuestion]) -> float:
    """The share of questions with an answer in the first three."""
    return sum(is_found(index, question) for question in some) / len(some)
