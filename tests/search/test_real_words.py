"""Real words stay: no English word and no name is taken for another one, and a word that stands nowhere is named.

The lists beside this file were written for this test, without looking at the lists that the search uses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handbook.search import tokens
from handbook.search.real_words import FOLDER, RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import Vocabulary
from tests.search.whole import handbook, index


@cache
def lacking(name: str) -> tuple[str, ...]:
    """The words of a list that the handbook has in no form."""
    texts = [f"{s.title}\n{c.text(s)}" for c in handbook().chapters.values() for s in c.sections]
    known = Vocabulary(Vocabulary.pack({form: 1 for text in texts for form in tokens.forms(text)})).terms
    every = dict.fromkeys(Path(__file__).with_name(name).read_text("utf-8").split())
    return tuple(word for word in every if tokens.term(tokens.fold(word)) not in known)


def test_the_lists_are_long_enough() -> None:
    assert len(lacking("real_words.txt")) >= 200
    assert len(lacking("real_names.txt")) >= 200
    assert len(lacking("real_others.txt")) >= 300


@pytest.mark.parametrize("name", ["real_words.txt", "real_names.txt", "real_others.txt"])
def test_no_real_word_is_taken_for_another(name: str) -> None:
    """As it is and in small letters, finished and while it is typed, alone and beside another word."""
    changed = [
        (query, answer.suggestion)
        for word in lacking(name)
        for query in (word, word.lower(), f"{word.lower()} training")
        for typing in (True, False)
        if (answer := index().search(query, limit=1, typing=typing)).corrections
    ]
    assert changed == []


@pytest.mark.parametrize("word", ["rape", "abortion", "jail", "zoom", "Minsk"])
def test_a_word_that_stands_nowhere_is_named_and_nothing_is_offered_that_only_looks_like_it(word: str) -> None:
    for query in (word, f"{word} training"):
        for typing in (True, False):
            answer = index().search(query, typing=typing)
            assert answer.at_rest == (word,)
            assert (answer.suggestion, answer.nearest) == ("", ())
    assert index().search(f"{word} training").hits


def test_nothing_is_called_missing_that_is_there_in_another_form() -> None:
    for query in (
        "trafficking",
        "labor",
        "watchdog",
        "watch dog",
        "anti-trafficking",
        "traffick",
        "NGOs",
        "gam",
        "root",
    ):
        assert index().search(query, typing=True).missing == (), query


def test_of_a_word_that_is_being_typed_nothing_is_said() -> None:
    assert index().search("training zoo", typing=False).missing == ("zoo",)
    assert index().search("training zyg", typing=True).missing == ()
    for query in ("stol", "my rights was stol", "zoo"):  # stolen, zoom
        assert index().search(query, typing=True).missing == (), query
    for query in ("stol ", "Minsk"):  # nothing goes on there
        assert index().search(query, typing=True).missing == (query.strip(),)
    assert index().search("stol", typing=True).at_rest == ()  # still a beginning
    assert index().search("zoo", typing=True).at_rest == ("zoo",)  # whole, if nobody types on


@pytest.mark.parametrize("start", ["abor", "Ethio", "ukrai", "Bangla", "jai"])
def test_on_the_way_to_a_real_word_none_is_shown_in_its_place(start: str) -> None:
    assert index().search(start, typing=True).suggestion == ""


def test_typing_errors_are_still_mended() -> None:
    for typed, meant in (
        ("traficking", "trafficking"),
        ("vulnrability", "vulnerability"),
        ("palermo protokol", "palermo protocol"),
    ):
        assert index().search(typed).suggestion == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("te ach ieve", "te achieve"),
        ("vulnera bility", "vulnerability"),
        ("excep tional mea sures", "exceptional measures"),
    ],
)
def test_each_word_is_used_once_in_a_repair(typed: str, meant: str) -> None:
    assert index().search(typed).suggestion == meant


def test_without_the_lists_search_works_as_before(tmp_path: Path) -> None:
    assert "abortion" in RealWords()
    assert RealWords().begins("abort", name=False)
    assert not RealWords().begins("oksan", name=False)
    assert RealWords().begins("oksan", name=True)
    assert "abortion" not in RealWords(tmp_path)
    (tmp_path / "words.txt.gz").write_bytes(b"no gzip")
    assert "abortion" not in RealWords(tmp_path)
    assert list(Synonyms(tmp_path).of(("jail",), 0)) == []


def test_the_synonyms_are_kept_as_the_stems_that_the_index_has() -> None:
    """Made again by packaging/word_lists.py whenever tokens.py or the stemmer changes."""
    from handbook.search.real_words import unpacked

    lines = unpacked(FOLDER / "synonyms.txt.gz").decode().splitlines()
    assert len(lines) > 3000
    assert next(iter(Synonyms().of((tokens.term("prize"),), 0))).run == (tokens.term("award"),)
