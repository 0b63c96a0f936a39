"""The judged questions: that they are sound, and that finding does not get worse."""

from __future__ import annotations

from collections import Counter

from handbook.search.index import Index
from tests.search.judged import WANTED, asked, questions
from tests.search.whole import handbook


def test_the_questions_are_sound() -> None:
    every = questions()
    assert len(every) >= 300
    assert sum(question.test for question in every) >= 100
    assert len({question.id for question in every}) == len({question.text.lower() for question in every}) == len(every)
    assert min(Counter(question.kind for question in every).values()) >= 20
    addresses = {str(section.address) for section in handbook().sections}
    for question in every:
        assert set(question.graded) <= addresses, question.id
        assert set(question.graded.values()) <= {1, 2, 3}
        assert WANTED in question.graded.values()


def test_finding_does_not_get_worse() -> None:
    """docs/benchmarks.md has the figures of the day; these are some points below them."""
    index = Index.in_memory(handbook())
    whole = asked(index, questions())
    assert whole.ndcg > 0.66
    assert whole.first > 0.55
    assert whole.three > 0.72
    names = asked(index, [question for question in questions() if question.kind == "name"])
    assert names.three > 0.95
