"""Tests of the pieces that a query is put together from: plurals, words written as one or as two."""

from __future__ import annotations

import pytest

from handbook.search import tokens
from handbook.search.query import Query, cuts, letter_cut


@pytest.mark.parametrize(
    ("form", "single"),
    [
        ("agencies", "agency"),
        ("flies", "fly"),
        ("ties", "tie"),
        ("ies", "ies"),  # the ending alone is no plural
        ("witnesses", "witness"),
        ("brushes", "brush"),
        ("searches", "search"),
        ("boxes", "box"),
        ("cards", "card"),
        ("bus", "bus"),
        ("gas", "gas"),  # too short to tell
        ("axis", "axis"),
        ("boss", "boss"),
        ("xis", "xis"),
        ("trainer", "trainer"),
        ("007", "7"),  # numbers have no plural, and no zeros in front
    ],
)
def test_a_plural_is_compared_as_its_singular(form: str, single: str) -> None:
    assert tokens.singular(form) == single


@pytest.mark.parametrize(
    ("text", "left", "stop", "joined"),
    [
        ("grass roots work", 0, False, "grassroots"),
        ("grass roots work", 1, False, "rootswork"),
        ("grass roots work", 2, False, ""),  # nothing stands after the last
        ("grass roots work", -1, False, ""),
        ('grass "roots"', 0, False, ""),
        ('"grass" roots', 0, False, ""),
        ("gro up", 0, False, ""),
        ("gro up", 0, True, "group"),
        ("up to", 0, True, ""),  # two stop words are no word
    ],
)
def test_two_words_as_one(text: str, left: int, stop: bool, joined: str) -> None:
    assert Query.parse(text).joined(left, stop=stop) == joined


def test_a_word_as_two() -> None:
    assert list(cuts("watchdog", 4)) == [("watc", "hdog")]
    assert ("watch", "dog") in list(cuts("watchdog"))
    assert all(len(head) >= 3 and len(tail) >= 3 for head, tail in cuts("watchdog"))
    assert ("fromm", "art") in list(cuts("frommart"))
    assert ("from", "mart") not in list(cuts("frommart"))  # a stop word is no part of one
    assert list(cuts("abcde")) == []


def test_a_letter_and_a_word() -> None:
    assert list(letter_cut("xray")) == [("x", "ray")]
    assert list(letter_cut("apart")) == []
    assert list(letter_cut("ipart")) == []
    assert list(letter_cut("ray")) == []
    assert list(letter_cut("xwith")) == []  # a stop word is no word that a letter stands before


def test_other_words_may_stand_in_place_of_some() -> None:
    query = Query.parse("warm up cards")
    assert query.with_also([]) is query
    assert query.with_also([(1, ["icebreaker"])]) is query  # no word begins there
    also = query.with_also([(0, ["ice breaker", "energiser"]), (5, [])]).also
    assert also == ((0, ("ice", "breaker")), (0, ("energiser",)))
