"""The text of a precise query: signs go in, and come out without a trace."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.ui.searching import query_text

TEXTS = st.text(alphabet='ab-"“” :inOR−«\t', max_size=24) | st.text(max_size=20)
WORDS = st.lists(st.sampled_from(["root", "causes", "-poverty", "in", "or", "anti-slavery", "2011/36"]), max_size=5)


@pytest.mark.parametrize(
    ("text", "scoped"),
    [
        ("root causes", "in:glossary root causes"),
        ("in:training root causes", "in:glossary root causes"),
        ('root in:"the statement" causes in:x', "in:glossary root causes"),
        ("", "in:glossary "),
        ("within:reach in: poverty", "in:glossary within:reach in: poverty"),
    ],
)
def test_a_query_is_kept_to_one_place(text: str, scoped: str) -> None:
    assert query_text.with_scope(text, "glossary") == scoped
    assert query_text.scope_of(scoped) == "glossary"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("root causes", '"root causes"'),
        ("in:training root causes -poverty", 'in:training "root causes" -poverty'),
        ("root OR causes of it", '"root" OR "causes of it"'),
        ('“root causes" more', '"root causes more"'),
        ("anti-slavery", '"anti-slavery"'),
        ("", '""'),
        ("in:glossary ", 'in:glossary ""'),
        ('in:"the statement" root causes', 'in:"the statement" "root causes"'),
    ],
)
def test_words_are_put_in_quotes_and_nothing_else_is(text: str, quoted: str) -> None:
    assert query_text.exact(text, wanted=True) == quoted
    assert query_text.is_exact(quoted)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("root -causes", True),
        ("root -“of causes”", True),
        ("root -3", True),
        ("root -", True),  # the word is still to come
        ("root - causes", False),
        ("anti-slavery", False),
        ("a- b", False),
        ("", False),
    ],
)
def test_a_minus_counts_before_a_word_only(text: str, there: bool) -> None:
    assert query_text.has_without(text) is there


def test_a_word_to_leave_out_and_another_to_take_instead_are_typed_at_the_end() -> None:
    assert query_text.without("root  causes", wanted=True) == "root causes -"
    assert query_text.without("root -causes -“a b” it", wanted=False) == "root it"
    assert query_text.either("root causes", wanted=True) == "root causes OR "
    assert query_text.either("root OR causes", wanted=False) == "root causes"


@given(TEXTS)
@example('-"-')
@example("- - -word")
def test_what_is_switched_off_is_gone_from_any_text(text: str) -> None:
    assert not query_text.is_exact(query_text.exact(text, wanted=False))
    assert not query_text.has_without(query_text.without(query_text.exact(text, wanted=False), wanted=False))
    assert not query_text.has_or(query_text.either(text, wanted=False))
    assert query_text.scope_of(query_text.with_scope(text, "")) == ""


@given(TEXTS)
def test_what_is_switched_on_is_seen(text: str) -> None:
    assert query_text.is_exact(query_text.exact(text, wanted=True))
    assert query_text.has_without(query_text.without(text, wanted=True))
    assert query_text.has_or(query_text.either(text, wanted=True))
    assert query_text.scope_of(query_text.with_scope(text, "glossary")) == "glossary"


@given(WORDS)
def test_on_and_off_again_leaves_the_words(words: list[str]) -> None:
    text = " ".join(words)
    assert query_text.with_scope(query_text.with_scope(text, "glossary"), "") == text
    quoted = query_text.exact(query_text.exact(text, wanted=True), wanted=False)
    assert sorted(quoted.split()) == sorted(words)
