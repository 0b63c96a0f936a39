"""Queries: what their signs mean, and that any text is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content.fitting_sheets import Limits
from handbook.search.query import MAX_WORDS, Query

PLACES = frozenset({"glossary", "then and now"})


def parse(text: str, *, plain: bool = False) -> Query:
    return Query.parse(text, places=PLACES.__contains__, plain=plain)


@pytest.mark.parametrize(
    ("text", "words", "exact", "without", "within"),
    [
        ("root causes", "root causes", (), (), ()),
        ('"root causes" of it', "root causes of it", ((0, 2),), (), ()),
        ("“root causes” “demand”", "root causes demand", ((0, 2), (2, 3)), (), ()),
        ("«root causes»", "root causes", ((0, 2),), (), ()),
        ('"root causes', "root causes", (), (), ()),
        ('" " root ""', "root", (), (), ()),
        ("root -causes", "root", (), (("causes",),), ()),
        ("root -Anti-Trafficking", "root", (), (("anti", "trafficking"),), ()),
        ('root -"human rights"', "root", (), (("human", "rights"),), ()),
        ("anti-trafficking", "anti trafficking", (), (), ()),
        ("root - causes", "root causes", (), (), ()),
        ("root --causes", "root causes", (), (), ()),
        ("-causes", "causes", (), (), ()),
        ("in:glossary demand", "demand", (), (), ("glossary",)),
        ('in:"then and now" demand', "demand", (), (), ("then and now",)),
        ("demand in:glossary", "demand", (), (), ("glossary",)),
        ("in:nowhere demand", "in nowhere demand", (), (), ()),
        ("in:", "in", (), (), ()),
        ("in:glossary", "", (), (), ("glossary",)),
    ],
)
def test_signs(
    text: str, words: str, exact: tuple[object, ...], without: tuple[object, ...], within: tuple[str, ...]
) -> None:
    query = parse(text)
    assert " ".join(query.words) == words
    assert (query.exact, query.without, query.within) == (exact, without, within)


@pytest.mark.parametrize(
    ("text", "words", "either"),
    [
        ("labour OR labor rights", "labour labor rights", ((0, 1),)),
        ("a OR b OR c", "a b c", ((0, 1, 2),)),
        ("a OR b c OR d", "a b c d", ((0, 1), (2, 3))),
        ("a or b", "a or b", ()),
        ("OR b", "or b", ()),
        ("a OR", "a", ()),
        ("a OR OR b", "a b", ((0, 1),)),
        ('"a b" OR c', "a b c", ((0, 2),)),
        ('c OR "a b"', "c a b", ((0, 1),)),
        ('"a b" OR "c d"', "a b c d", ((0, 2),)),
    ],
)
def test_or_puts_words_together(text: str, words: str, either: tuple[object, ...]) -> None:
    query = parse(text)
    assert (" ".join(query.words), query.either) == (words, either)


def test_exact_words_are_required_and_or_gives_a_choice() -> None:
    assert parse('"a b" c').required == [((("a", "b"), True),)]
    assert parse('"a b" OR c').required == [((("a", "b"), True), (("c",), False))]
    assert parse('"a b" OR "c d"').required == [((("a", "b"), True), (("c", "d"), True))]
    assert parse('"a b" "c"').required == [((("a", "b"), True),), ((("c",), True),)]
    assert parse("a OR b").required == []
    assert parse('which "national plan" names duties, budgets, dates and results for police?').required == []


def test_plain_reading_takes_quotes_and_minus_for_nothing() -> None:
    query = parse('"root causes" -demand in:glossary', plain=True)
    assert query.words == ("root", "causes", "demand")
    assert (query.exact, query.without, query.within) == ((), (), ("glossary",))


def test_the_last_word_may_be_a_beginning_but_not_in_quotes_or_before_a_sign() -> None:
    assert parse("root cau").grows(1)
    assert parse("root cau ").growing
    assert parse("root cau?").growing
    assert not parse('"root cau"').growing
    assert not parse("root -cau").growing
    assert not parse("recommendation 4").growing


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_a_query_and_spans_name_its_words(text: str, plain: bool) -> None:
    query = parse(text, plain=plain)
    assert len(query.words) == len(query.spans) <= 4 * MAX_WORDS
    assert list(query.spans) == sorted(query.spans)
    assert all(0 <= start < end <= len(text) for start, end in query.spans)
    for first, stop in query.exact:
        assert 0 <= first < stop <= len(query.words)
    for group in query.either:
        assert list(group) == sorted(set(group))
        assert group[0] >= 0
        assert group[-1] < len(query.words)


SIGNS = st.sampled_from(['"', "“", "”", "-", "in:", "in:glossary", "OR", " ", "or", ":", "--"])
WORDS = st.sampled_from(["root", "causes", "co", "operation", "rec", "4", "Women’s", "край"])


@given(st.lists(st.one_of(SIGNS, WORDS), max_size=14), st.sampled_from(["", " "]))
def test_signs_in_any_order_are_read(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    query = parse(text)
    for start, end in query.spans:
        assert text[start:end].strip() == text[start:end]
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "words", "limits"),
    [
        ("minutes:30 demand", "demand", Limits(minutes=30)),
        ("demand people:18 level:1 paper:no online:yes", "demand", Limits(0, 18, 1, no_paper=True, online=True)),
        ("minutes:30 minutes:45", "", Limits(minutes=45)),
        ("-causes minutes:30", "", Limits(minutes=30)),
        ("minutes:0 level:4 paper:yes online:no", "minutes 0 level 4 paper yes online no", Limits()),
        ("minutes:9999 people:many 5minutes:3", "minutes 9999 people many 5minutes 3", Limits()),
    ],
)
def test_limits_are_read_wherever_they_stand(text: str, words: str, limits: Limits) -> None:
    query = Query.parse(text, limited=True)
    assert " ".join(query.words) == words
    assert query.limits == limits


def test_without_plans_and_exercises_limits_are_words() -> None:
    query = Query.parse("minutes:30 demand")
    assert (query.words, query.limits) == (("minutes", "30", "demand"), Limits())


def test_what_may_stand_in_place_of_words_is_kept_by_their_places() -> None:
    query = parse("pomoc prawna")
    assert query.with_also([(6, ["law", "legal aid"]), (0, []), (3, ["no word begins here"]), (0, ["!"])]).also == (
        (1, ("law",)),
        (1, ("legal", "aid")),
    )
    assert query.with_also([]) is query


def test_signs_that_would_leave_nothing_to_search_are_told_as_typed() -> None:
    query = parse('-"closed doors" -shelter')
    assert query.idle == ('-"closed doors"', "-shelter")
    assert query.words == ("closed", "doors", "shelter")
    assert not query.without


def test_different_words_count_up_to_a_limit() -> None:
    assert len(parse(" ".join(f"w{number}" for number in range(3 * MAX_WORDS))).words) == MAX_WORDS
