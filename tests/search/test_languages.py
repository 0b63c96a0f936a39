"""Questions in other languages than English."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from handbook.base.network_languages import LANGUAGES
from handbook.search.index import Index
from handbook.search.languages import kept_tables, letters, stems
from handbook.search.languages.tables import FOLDER, Tables
from tests.search.judged import questions
from tests.search.own_questions import fresh_own_questions, later_own_questions, own_questions, success
from tests.search.whole import handbook, index

THB = "glossary#trafficking-in-human-beings"


@pytest.mark.parametrize(
    ("text", "own", "language"),
    [
        ("торгівля людьми", "торгівля людьми", "uk"),
        ("торгівлі людьми", "торгівля людьми", "uk"),  # another form
        ("торгивля людьми", "торгівля людьми", "uk"),  # letters of a Russian keyboard
        ("handel ludźmi", "handel ludźmi", "pl"),
        ("handlu ludzmi", "handel ludźmi", "pl"),  # without accents
        ("mensenhandel", "mensenhandel", "nl"),
        ("obchodováním s lidmi", "obchodování s lidmi", "cs"),
        ("trafic de ființe umane", "trafic de ființe umane", "ro"),
        ("traficului de fiinte umane", "trafic de ființe umane", "ro"),
        ("трафик на хора", "трафик на хора", "bg"),
        ("трговијата со луѓе", "трговија со луѓе", "mk"),
        ("гандлю людзьмі", "гандаль людзьмі", "be"),
        ("torgovlya lyudmi", "торговля людьми", "ru"),  # in Latin letters
        ("njhujdkz", "торговля людьми", "ru"),  # in the wrong layout, and not finished
        ("njhujdkz k.lmvb", "торговля людьми", "ru"),
        ("торговял людьми", "торговля людьми", "ru"),  # a typing error
        ("торгів", "торгівля людьми", "uk"),  # while typing
    ],
)
def test_a_term_is_found_by_its_name_in_another_language(text: str, own: str, language: str) -> None:
    answer = index().search(text)
    assert [(one.own, one.language) for one in answer.understood] == [(own, language)]
    assert answer.hits[0].address == THB
    assert answer.card is not None
    assert (answer.card.address, answer.card.own) == (THB, own)
    assert not answer.missing


def test_a_question_may_be_mixed_with_english() -> None:
    answer = index().search("handel ludźmi recommendation 3")
    assert [one.typed for one in answer.understood] == ["handel ludźmi"]
    assert "statement#r3" in [hit.address for hit in answer.hits[:3]]


def test_english_in_a_cyrillic_layout() -> None:
    answer = index().search("екфаашслштп")
    assert [(one.language, one.english) for one in answer.understood] == [("en", "trafficking")]
    assert [hit.address for hit in answer.hits] == [hit.address for hit in index().search("trafficking").hits]


def test_english_questions_give_the_same_lists_and_read_no_tables() -> None:
    plain = Index.in_memory(handbook())
    plain.__dict__["_understanding"] = None
    for question in questions():
        answer = index().search(question.text, limit=20)
        assert not answer.understood, question.text
        assert answer.hits == plain.search(question.text, limit=20).hits, question.text


def test_a_question_of_english_words_reads_no_tables() -> None:
    fresh = Index.in_memory(handbook())
    with patch.object(Tables, "of", side_effect=AssertionError("read")):
        assert fresh.search("residence permit for victims").hits
        assert fresh.search("kind").hits  # also Dutch
        assert fresh.search("acountability").corrections
        assert fresh.search("zoom").hits


def test_as_typed_nothing_is_understood() -> None:
    assert not index().search("торгівля людьми", correct=False).understood


def test_names_and_words_of_english_stay_themselves() -> None:
    for name in ("real_names.txt", "real_words.txt"):
        for word in Path(__file__).with_name(name).read_text("utf-8").split("\n"):
            assert not index().search(word).understood, word


def test_the_tables_are_whole() -> None:
    lines = (FOLDER / "concepts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    known = {row[0] for row in rows}
    assert len(known) == len(rows) >= 150
    addresses = {str(section.address) for section in handbook().sections} | set(handbook().chapters)
    for row in rows:
        assert set(row[2].split() if len(row) > 2 else ()) <= addresses, row
    for code in LANGUAGES:
        lines = (FOLDER / f"{code}.tsv").read_text("utf-8").splitlines()
        keys = {line.split("\t")[0] for line in lines if not line.startswith("#")}
        assert keys <= known, code
        assert len(keys) >= 150, code
        assert (FOLDER / f"stop-{code}.txt").is_file()


def test_own_questions_find_their_passage() -> None:
    """docs/benchmarks.md has the figures of the day; these are some points below them."""
    every = own_questions()
    assert len(every) == 20 * len(LANGUAGES)
    for code in LANGUAGES:
        assert sum(one.test for one in every if one.language == code) == 7
    assert success(index(), [one for one in every if not one.test]) >= 0.92
    assert success(index(), [one for one in every if one.test]) >= 0.8


def test_fresh_own_questions_find_their_passage() -> None:
    every = fresh_own_questions()
    assert len(every) == 25 * len(LANGUAGES)
    addresses = {str(section.address) for section in handbook().sections}
    assert all(one.wanted <= addresses for one in every)
    assert success(index(), [one for one in every if not one.test]) >= 0.95
    assert success(index(), [one for one in every if one.test]) >= 0.92


def test_later_own_questions_find_their_passage() -> None:
    every = later_own_questions()
    assert len(every) == 20 * len(LANGUAGES)
    addresses = {str(section.address) for section in handbook().sections}
    assert all(one.wanted <= addresses for one in every)
    for code in LANGUAGES:
        assert success(index(), [one for one in every if one.language == code]) >= 0.9, code


def test_keys_at_the_end_of_a_row_are_letters_of_some_layouts() -> None:
    assert letters.as_typed_in("mk", "\\rtva") == ("жртва",)
    assert "брак" in letters.as_typed_in("bg", "/,du")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("wat doe ik als een journalist belt", "nl"),  # nearly all of its words are English too
        ("kak poluchit kompensaciu", "ru"),
        ("adăpost", "ro"),  # a word, and the stem of another one
        ("date personale", "ro"),  # a term that is a typing error away from English
        ("spelletjes na de lunch", "nl"),  # one word that is not English
    ],
)
def test_function_words_and_exact_forms_tell_a_language(text: str, language: str) -> None:
    assert {one.language for one in index().search(text).understood} == {language}


def test_an_exact_form_is_meant_rather_than_a_word_of_its_stem() -> None:
    assert [one.english for one in index().search("adăpost").understood] == ["Shelter"]


def test_function_words_that_tell_belong_to_a_phrase_and_do_not_call_it_without_them() -> None:
    assert [one.english for one in index().search("допомоги").understood] == ["assistance"]
    assert [one.english for one in index().search("не хоче допомоги").understood] == ["says no"]
    assert index().search("не хоче допомоги").hits[0].address == "first-contact#no"


def test_a_term_beside_an_everyday_word_is_not_all_that_is_asked() -> None:
    hits = index().search("как да разпозная жертва на трафик").hits
    assert "signs#eleven-signs" in [hit.address for hit in hits[:3]]


@pytest.mark.parametrize("name", ["nokia", "olena", "femke", "pleven", "viber", "nokia training", "éurope éurope"])
def test_a_name_is_no_error_and_no_other_form_of_a_word(name: str) -> None:
    assert index().search(name).understood == ()


def test_forms_of_a_word_share_a_key_and_layouts_keep_the_length() -> None:
    for code, forms in {
        "uk": "жінка жінок жінкам",
        "pl": "kartka kartek kartkami",
        "bg": "жертва жертвите жертви",
    }.items():
        first, *others = forms.split()
        for other in others:
            assert set(stems.keys(first, code)) & set(stems.keys(other, code)), other
    for text in letters.as_typed_in("ru", "İnjhujdkz k.lmvb"):
        assert len(text) == len("İnjhujdkz k.lmvb")
    assert letters.sound("torhivlia") == letters.sound("торгівля") == letters.sound("torgivlya")


@pytest.mark.parametrize("query", ["Medyka", "afe house", "loverboy", "loverboys", "beamer", "my nus is full"])
def test_an_english_word_a_name_and_three_letters_are_no_other_language(query: str) -> None:
    answer = index().search(query)
    assert (answer.understood, answer.corrections) == ((), ())


# -- The tables as they are kept ----------------------------------------------------------------------------


def test_a_kept_table_is_the_one_that_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_tables, "program_data", lambda: tmp_path)
    content = tmp_path / "content" / "en"
    shutil.copytree(handbook().folder / "terms", content / "terms")
    (tmp_path / "index").mkdir()
    kept_tables.write(content, tmp_path / "index")
    kept = kept_tables.of_program(content)
    assert kept is not None
    for language in ("pl", "uk"):
        table, made = kept(language), Tables(content).of(language)
        assert table is not None
        assert table.kept() == made.kept()
        assert (table.stops, table.phrases, table._sounds) == (made.stops, made.phrases, made._sounds)
        word = made.phrases[0].words[0]
        assert table.inflected(word) == made.inflected(word)
        assert table.exact(word)
    terms_of = content / "terms" / "pl.tsv"
    terms_of.write_text(terms_of.read_text("utf-8") + "# changed\n", "utf-8")
    kept = kept_tables.of_program(content)
    assert kept is not None
    assert kept("pl") is None  # made of another text
    file = tmp_path / "index" / kept_tables.FILE
    file.write_bytes(file.read_bytes()[:-5])
    kept = kept_tables.of_program(content)
    assert kept is not None
    assert kept("uk") is None  # damaged
    assert Tables(content, kept=kept).of("uk").kept() == Tables(content).of("uk").kept()
    assert kept_tables.of_program(tmp_path / "other") is None
