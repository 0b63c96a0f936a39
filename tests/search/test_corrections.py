"""Typing errors: what is forgiven, what is shown as meant, and what is left alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.search import tokens
from handbook.search.vocabulary import Vocabulary
from tests.helpers import examples
from tests.search.known_items import joined, split, titles, typo, with_error
from tests.search.whole import handbook, index


@cache
def vocabulary() -> tuple[str, ...]:
    """Every form of the handbook."""
    texts = (f"{s.title}\n{c.text(s)}" for c in handbook().chapters.values() for s in c.sections)
    return tuple(sorted({form for text in texts for form in tokens.forms(text)}))


def meant(query: str, *, typing: bool = False) -> str:
    return index().search(query, limit=1, typing=typing).suggestion


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("traficking", "trafficking"),
        ("Traficking in human beings", "trafficking in human beings"),
        ("trafiking", "trafficking"),  # two letters that are not heard: training is no nearer
        ("comitee", "committee"),
        ("trafficing", "trafficking"),  # has the stem of a traffic light
        ("rtafficking", "trafficking"),
        ("trafffickng", "trafficking"),
        ("xulnerability", "vulnerability"),
        ("human rihgts", "human rights"),
        ("humen rights", "human rights"),
        ("the millenium goals", "the millennium goals"),
        ("indepandence of NGOs", "independence of NGOs"),
        ("palermo protokol", "palermo protocol"),
        ("rootcauses", "root causes"),
        ("humanrights approach", "human rights approach"),
        ("vulnera bility", "vulnerability"),
        ("recommen-dation 4", "recommendation 4"),
        ("traficking, humen", "trafficking, human"),
        ("rec4", "rec 4"),
        ("article26", "article 26"),
    ],
)
def test_what_was_meant_is_found_and_shown(typed: str, corrected: str) -> None:
    answer = index().search(typed)
    assert answer.suggestion == corrected
    assert answer.hits == index().search(corrected).hits
    assert answer.hits
    for correction in answer.corrections:
        assert correction.typed in typed
        assert correction.meant in corrected


def test_each_correction_names_the_words_as_typed() -> None:
    answer = index().search("Traficking of vulnera bility")
    assert [(one.typed, one.meant) for one in answer.corrections] == [
        ("Traficking", "trafficking"),
        ("vulnera bility", "vulnerability"),
    ]


@pytest.mark.parametrize(
    "query", ["", "root causes", "labor", "women’s", "4", "2011/36/EU", "xqzwj", "NGO", '"traficking"', "край", "99999"]
)
def test_what_is_known_or_like_nothing_is_left_alone(query: str) -> None:
    answer = index().search(query)
    assert (answer.suggestion, answer.corrections) == ("", ())


def test_no_word_of_the_handbook_is_corrected_away() -> None:
    for form in vocabulary():
        assert meant(form) == "", form


def test_a_word_that_is_being_typed_right_is_not_corrected_on_the_way() -> None:
    for form in vocabulary()[::20]:
        for end in range(1, len(form) + 1):
            assert meant(form[:end], typing=True) == "", form[:end]


def test_an_error_is_mended_while_typing_too() -> None:
    assert meant("traficki", typing=True).startswith("traffick")
    assert index().search("traficki", typing=True).hits
    assert meant("human rihg", typing=True) == "human rights"


def test_who_asks_for_what_was_typed_gets_it() -> None:
    answer = index().search("traficking", correct=False)
    assert (answer.hits, answer.suggestion) == ((), "")


@settings(max_examples=examples(150))
@given(st.data(), st.integers(0, 2**32), st.booleans())
def test_a_corrected_query_finds_what_its_correction_finds(data: st.DataObject, seed: int, typing: bool) -> None:
    """Typed, pasted or corrected: the same words give the same list, and there is nothing more to correct."""
    chance = random.Random(seed)  # noqa: S311 - typing errors, no secrets
    chosen = data.draw(st.lists(st.sampled_from(vocabulary()), min_size=1, max_size=4))
    typed = " ".join(with_error(word, chance) if len(word) > 3 else word for word in chosen)
    check_found_as_corrected(typed, typing=typing)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "typed",
    [
        "abbrevrations wean osuce",  # was taken for the Polish "OSCE"
        "liste setion",  # "liste" alone is also another language's
        "diqcuss sed fwiend",  # "sed" begins a Polish word
    ],
)
def test_what_random_texts_found_is_corrected_to_what_finds_it(typed: str, typing: bool) -> None:
    check_found_as_corrected(typed, typing=typing)


def check_found_as_corrected(typed: str, *, typing: bool) -> None:
    """A word that is not English may be another language's, with the errors beside it or without them: then what it
    means there is searched, which is more than its English typed."""
    answer = index().search(typed, typing=typing)
    if answer.suggestion:
        again = index().search(answer.suggestion, typing=typing)
        assert (again.suggestion, again.corrections) == ("", ())
        if not answer.understood and not again.understood:
            assert again.hits == answer.hits


def test_an_acronym_mistyped_is_no_other_form_of_it_in_another_language() -> None:
    answer = index().search("abbrevrations wean osuce")
    assert (answer.suggestion, answer.understood) == ("abbreviations wean osce", ())
    assert [one.english for one in index().search("zalecenia grety").understood] == ["recommendation", "GRETA"]


@pytest.mark.parametrize("damage", [typo, joined, split])
def test_titles_are_found_in_spite_of_one_error(damage: Callable[[list[str], random.Random], str]) -> None:
    """Of titles with one error, 94 in a hundred are among the first three hits.

    Of errors drawn six times, 3.5 to 4.6 in a hundred were lost. A title's error is drawn for itself, so that a new
    chapter does not draw all the others again: what fails here is a search that finds less."""
    asked = titles(handbook())
    assert len(asked) > 120
    lost = []
    for address, some in asked:
        query = damage(some, random.Random(f"20100915 {address}"))  # noqa: S311 - as above
        if address not in [hit.address for hit in index().search(query, limit=3).hits]:
            lost.append((address, query))
    assert len(lost) <= 0.06 * len(asked), lost


@given(st.text("abcd", min_size=1, max_size=7), st.text("abcd", min_size=1, max_size=7))
def test_errors_are_counted_as_people_make_them(one: str, other: str) -> None:
    """Against the definition: edits of one letter, and a swap of two that stand side by side."""
    vocabulary = Vocabulary(Vocabulary.pack({other: 1}))
    distance = vocabulary.close(one, 2).get(other)
    within = {0: {one}, 1: edits(one)}
    within[2] = within[1] | {made for step in within[1] for made in edits(step)}
    if distance is None:
        assert other not in edits(one)
    else:
        assert other in within[distance]


def edits(word: str) -> set[str]:
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = {head + tail[1:] for head, tail in halves if tail}
    made |= {head + letter + tail[1:] for head, tail in halves if tail for letter in "abcd"}
    made |= {head + letter + tail for head, tail in halves for letter in "abcd"}
    return made | {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1} | {word}


def test_nothing_found_names_what_looks_alike() -> None:
    answer = index().search("confidentialitiously")
    assert answer.hits == ()
    assert answer.nearest
    assert all(index().search(word).hits for word in answer.nearest)
    named = index().search("xtraffickingx humanx")
    assert not named.hits or not re.search("x", named.suggestion)


def test_the_glossarys_nearest_terms_are_offered() -> None:
    answer = index().search("identifikatzion")
    assert answer.hits or "Identification" in {card.title for card in answer.terms}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("projectro", "projector"),  # not "protection", which is two letters away
        ("certficate", "certificate"),  # which trainers say, and the handbook does not
        ("groming", "grooming"),  # sounds the same; "growing" does not
        ("trafiker", "trafficker"),
        ("flipchrat", "flipchart"),
    ],
)
def test_what_is_nearer_was_meant_also_where_only_trainers_say_it(typed: str, shown: str) -> None:
    for text in (typed, f"{typed} please"):
        assert [one.meant for one in index().search(text).corrections][:1] == [shown]


@pytest.mark.parametrize("typed", ["Ransum", "trucekr", "zuchini", "bricklyer"])
def test_an_error_of_a_real_word_that_the_handbook_has_not_is_not_mended_into_one_further_away(typed: str) -> None:
    assert index().search(typed).corrections == ()
