"""A number in groups of digits, and a compound with a single letter in front, are one word each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handbook.content.loading import load
from handbook.search.index import Index
from tests.helpers import CONTENT, handbook_of

CASES = Path(__file__).parent
TEXT = {"one-letter-compound": "tools", "grouped-numbers": "money"}


@cache
def index(case: str) -> Index:
    return Index.in_memory(load(CASES / case))


@cache
def handbook() -> Index:
    return Index.in_memory(load(CONTENT))


@pytest.mark.parametrize(
    "query",
    [
        "e-mail", "email", "E-Mail", "e\u2011mail", "e mail", "emails", "mail", '"e-mail"', '"one email a week"',
        "xray", "x-ray", "x ray", "ray", "T-shirt", "tshirt", "t shirt", "shirt", "e-learning", "elearning", "learning",
    ],
)  # fmt: skip
@pytest.mark.parametrize("typing", [True, False])
def test_a_compound_is_found_in_each_of_its_spellings(query: str, typing: bool) -> None:
    answer = index("one-letter-compound").search(query, typing=typing)
    assert [hit.address for hit in answer.hits] == ["tools"]
    assert [one.meant for one in answer.corrections] in ([], ["".join(query.split())])
    assert answer.hits[0].marks


def test_both_spellings_are_one_query() -> None:
    for one, other in (("e-mail", "email"), ("x-rays", "xrays"), ("T-shirt week", "tshirt week")):
        found = [index("one-letter-compound").search(query) for query in (one, other)]
        assert found[0].hits == found[1].hits


@pytest.mark.parametrize("query", ["e-mail", "email", "x-ray", "xray", "T-shirt", "plan-X", "vitamin-C", "vitamni-C"])
@pytest.mark.parametrize("typing", [True, False])
def test_no_half_is_corrected_by_itself(query: str, typing: bool) -> None:
    """The handbook has none of these, and nothing of what their halves look like is shown for them."""
    for end in range(len(query) + 1):
        answer = handbook().search(query[:end], typing=typing)
        if "-" in query[:end]:
            assert answer.corrections == (), query[:end]
    assert "mill" not in str(answer.hits[:1])


def test_a_typing_error_in_a_compound_is_one_of_the_whole_word() -> None:
    corrections = index("one-letter-compound").search("e-mial").corrections
    assert [(one.typed, one.meant) for one in corrections] == [("e-mial", "email")]


def test_a_compound_is_not_taken_for_its_half() -> None:
    only_half = Index.in_memory(handbook_of({"page.md": "# Page\n\nA mail and a ray.\n"}))
    for query in ("e-mail", "x-ray"):
        answer = only_half.search(query)
        assert (answer.hits, answer.corrections) == ((), ())


@pytest.mark.parametrize(
    "query", ["1500000", "1,500,000", "1 500 000", "1.500.000", "1\u202f500\u00a0000", "1'500'000"]
)
def test_a_number_is_found_whatever_groups_its_digits(query: str) -> None:
    answer = index("grouped-numbers").search(query)
    assert answer.corrections == ()
    text, marks = answer.hits[0].snippet, answer.hits[0].marks
    # The space of the query above need not be one space: where it is mixed, its groups are searched.
    assert {text[start:end] for start, end in marks} >= {"1,500,000"}


def test_the_groups_of_a_number_are_found_as_before() -> None:
    text = {"page.md": "# Page\n\nCall 116 006, or 12 300 people will. Paid 3.500 in 2010, 500 in 2011.\n"}
    found = Index.in_memory(handbook_of(text))
    for query in ("116 006", "116", "006", "12300", "300", "3500", "2010", "500", '"300 people"'):
        assert found.search(query).hits, query
