"""What a query says of each of its words: in quotes, going on, worth joining with the next."""

from __future__ import annotations

import pytest

from handbook.search.query import Query, cuts, letter_cut


def parse(text: str) -> Query:
    return Query.parse(text)


def test_words_in_any_of_the_quotes_are_exact() -> None:
    query = parse('"human rights" of "workers" abroad')
    assert [query.is_exact(place) for place in range(len(query.words))] == [True, True, False, True, False]


def test_the_last_word_may_go_on_unless_it_is_in_quotes() -> None:
    assert parse('"human rights" cau').grows(2)
    assert not parse('"human rights" cau').grows(1)
    assert not parse('"human" "rights"').growing
    assert not parse("rights 4").growing
    assert parse("rights 45").growing


@pytest.mark.parametrize(
    ("text", "left", "joined"),
    [
        ("grass roots group", 0, "grassroots"),
        ("grass roots group", 1, "rootsgroup"),
        ("grass roots group", 2, ""),
        ("grass roots group", -1, ""),
        ("the roots", 0, ""),
        ("roots of", 0, ""),
        ('"grass" roots', 0, ""),
        ('grass "roots"', 0, ""),
    ],
)
def test_a_word_is_joined_with_the_next_where_that_makes_sense(text: str, left: int, joined: str) -> None:
    assert parse(text).joined(left) == joined


def test_words_that_say_little_are_searched_only_if_there_are_no_others() -> None:
    assert parse("the root of it").telling == [1]
    assert parse("of the").telling == [0, 1]
    assert parse("").telling == []


def test_a_word_is_cut_into_parts_that_say_something() -> None:
    assert list(cuts("watchdog")) == [("wat", "chdog"), ("watc", "hdog"), ("watch", "dog")]
    assert ("the", "saurus") not in list(cuts("thesaurus"))
    assert list(cuts("short")) == []
    assert list(cuts("abcd", 2)) == [("ab", "cd")]
    assert list(letter_cut("xray")) == [("x", "ray")]
    assert list(letter_cut("apart")) == list(letter_cut("xis")) == list(letter_cut("xthe")) == []
