"""The judged questions, and how good a list of hits is by them.

Each line of judged.jsonl is a question as a trainer would type it, with sections graded from the text, before
any search was asked: 3 what is wanted, 2 answers as well, 1 is of use. A kind says what is hard about it.

A third of them is the test half: no weight, list or feature may be chosen by how well these are answered. They were
written from the handbook's text before the search that they measure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from handbook.search.index import Index

WANTED = 3  # the grade that counts as success


class Question(NamedTuple):
    """What is asked, what is hard about it, and the grade of each section that is of use.

    test: whether the question belongs to the test half."""

    id: str
    text: str
    kind: str
    graded: Mapping[str, int]
    test: bool = False


class Figures(NamedTuple):
    """Means over some questions: nDCG@10, and the shares with a wanted section first and in the first three."""

    ndcg: float
    first: float
    three: float


def questions() -> list[Question]:
    """All of them."""
    lines = Path(__file__).with_name("judged.jsonl").read_text("utf-8").splitlines()
    return [Question(**json.loads(line)) for line in lines]


def fresh_questions() -> list[Question]:
    """Those of fresh.jsonl: sixty from before the subjects (search/words/subjects.txt), and a test half after them."""
    lines = Path(__file__).with_name("fresh.jsonl").read_text("utf-8").splitlines()
    return [Question(**json.loads(line)) for line in lines]


def second_questions() -> list[Question]:
    """Those of fresh_second.jsonl: second-language English; the test half was not looked at before it was asked."""
    lines = Path(__file__).with_name("fresh_second.jsonl").read_text("utf-8").splitlines()
    return [Question(**json.loads(line)) for line in lines]


class Typed(NamedTuple):
    """What a person sees who types some questions letter by letter.

    letters: that were typed.
    changes: letters at which the first three hits change.
    lost:    ids of questions for which a wanted section is among the first three, then none, then one again."""

    letters: int
    changes: int
    lost: list[str]


def typed(index: Index, some: Sequence[Question]) -> Typed:
    """Ask every beginning of some questions."""
    letters, changes, lost = 0, 0, []
    for question in some:
        wanted = {address for address, grade in question.graded.items() if grade == WANTED}
        beginnings = [question.text[:end] for end in range(1, len(question.text) + 1)]
        rows = [
            [hit.address for hit in index.search(text, limit=3, typing=text != question.text).hits]
            for text in beginnings
        ]
        letters += len(rows)
        changes += sum(row != other for row, other in pairwise(rows))
        found = "".join("+" if wanted & set(row) else "-" for row in rows).lstrip("-")
        if "+" in found.lstrip("+"):
            lost.append(question.id)
    return Typed(letters, changes, lost)


def asked(index: Index, some: Sequence[Question]) -> Figures:
    """How well an index answers."""
    scored = [
        _scored(question, [hit.address for hit in index.search(question.text, limit=10).hits]) for question in some
    ]
    return Figures(*(sum(column) / len(scored) for column in zip(*scored, strict=True)))


def _scored(question: Question, hits: Sequence[str]) -> tuple[float, float, float]:
    """nDCG with gains of 2^grade - 1 (Burges and others, "Learning to Rank Using Gradient Descent", 2005)."""
    wanted = {address for address, grade in question.graded.items() if grade == WANTED}
    gained = _dcg([question.graded.get(address, 0) for address in hits])
    best = _dcg(sorted(question.graded.values(), reverse=True)[:10])
    return gained / best, float(bool(wanted & set(hits[:1]))), float(bool(wanted & set(hits[:3])))


def _dcg(grades: Sequence[int]) -> float:
    return sum((math.pow(2, grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
