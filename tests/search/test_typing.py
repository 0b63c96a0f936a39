"""The list while a query is typed: what is found stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.search.index import Index
from handbook.search.real_words import RealWords
from handbook.search.subjects import Subjects
from tests.helpers import handbook_of
from tests.search.judged import questions, typed
from tests.search.whole import index


def addresses(some: Index, text: str) -> list[str]:
    return [hit.address for hit in some.search(text, typing=True).hits]


def book(*texts: str) -> Index:
    sections = "\n\n".join(f"## Part {number} {{#s{number}}}\n\n{text}" for number, text in enumerate(texts))
    return Index.in_memory(handbook_of({"book.md": f"# Book\n\n{sections}\n"}))


def test_a_word_that_the_handbook_has_may_be_the_beginning_of_one_that_it_has_more_often() -> None:
    some = book("A firm organ.", *["The organisation is here."] * 4, "The rest.")
    found = addresses(some, "organ")
    assert found[0] == "book#s0"
    assert "book#s3" in found
    assert addresses(book("An organ.", "The organisation."), "organ") == ["book#s0"]  # not more often


def test_the_beginning_of_a_function_word_waits() -> None:
    some = book("We help her.", "We help without a witness.", "We help.", "A cat.")
    assert addresses(some, "help wit") == addresses(some, "help") == addresses(some, "help with")
    assert addresses(some, "help witn")[0] == "book#s1"


def test_function_words_at_the_end_are_no_part_of_a_phrase_yet() -> None:
    some = book("Employer. A change of employer.", "You change employer again.", "Employer. And so a change.", "Tea.")
    lists = [addresses(some, f"change employer{end}") for end in ("", " a", " an", " and", " and t")]
    assert lists == [lists[0]] * len(lists)
    assert lists[0][0] == "book#s1"


def test_a_word_on_its_way_to_another_form_of_a_known_one_finds_it() -> None:
    some = book("Penalising people.", "Tea.")
    for end in range(4, len("penalisation") + 1):
        assert addresses(some, "penalisation"[:end]) == ["book#s0"], end
    assert addresses(some, "pineapples"[:6]) == []


def test_words_that_begin_so_are_few_or_none() -> None:
    assert RealWords().beginning("penalisa") == ["penalisation"]
    assert RealWords().beginning("co") == []
    assert RealWords().beginning("zzzq") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("children with no par", "under-18s#guardian"), ("take refuge", "glossary#closed-shelter")],
)
def test_a_subject_is_asked_by_the_beginning_of_its_last_word(text: str, wanted: str) -> None:
    assert wanted in addresses(index(), text)[:3]


def test_a_beginning_asks_for_subjects_once_it_may_be_one_of_their_words(tmp_path: Path) -> None:
    (tmp_path / "subjects.txt").write_text("war refugees, camp → one\n", "utf-8")
    subjects = Subjects(tmp_path)
    assert subjects.of(["war", "refug"]) == []
    assert [one.addresses for one in subjects.of(["war", "refug"], (), ["refuge"])] == [("one",)]
    assert subjects.of(["peace", "refug"], (), ["refus"]) == []  # "war" is missing
    assert [one.addresses for one in subjects.of(["cam"], (), ["camera"])] == [("one",)]  # on its way to "camp"


def test_a_line_that_has_two_words_of_a_question_in_different_choices_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "subjects.txt").write_text("data leak, lost laptop → one\nlost child → two\n", "utf-8")
    subjects = Subjects(tmp_path)
    assert [one.addresses for one in subjects.beside(["data", "lost"])] == [("one",)]
    assert subjects.beside(["data", "the"]) == []
    assert [one.addresses for one in subjects.beside(["data", "los"], ["lose"])] == [("one",)]


def test_what_was_found_is_seldom_lost_and_found_again() -> None:
    """docs/benchmarks.md has the figures of the day."""
    some = [question for question in questions() if not question.test][::20]
    found = typed(index(), some)
    assert found.letters > 250
    assert found.changes < 0.33 * found.letters
    assert len(found.lost) <= 3
