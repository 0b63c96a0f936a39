"""What people ask for, and the sections that are about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.search.index import Index
from handbook.search.real_words import FOLDER
from handbook.search.subjects import Subjects
from tests.helpers import handbook_of
from tests.search.judged import asked, fresh_questions, second_questions
from tests.search.whole import handbook, index


def test_every_subject_has_choices_and_addresses_that_exist() -> None:
    addresses = {str(section.address) for section in handbook().sections}
    lines = (FOLDER / "subjects.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(lines) > 200
    for line in lines:
        choices, arrow, about = line.partition("→")
        assert arrow, line
        assert all(choice.strip() for choice in choices.split(",")), line
        assert about.split(), line
        assert set(about.split()) <= addresses, line


def test_all_words_of_a_choice_are_asked_in_any_order_and_form(tmp_path: Path) -> None:
    (tmp_path / "subjects.txt").write_text("# remark\nsearch the office, raids → a#b c\noffice → d\n", "utf-8")
    subjects = Subjects(tmp_path)
    for forms in (["office", "searched"], ["they", "search", "our", "office"], ["raid"]):
        assert [one.addresses for one in subjects.of(forms)][:1] == [("a#b", "c")], forms
    assert [one.addresses for one in subjects.of(["office"])] == [("d",)]
    assert len(subjects.of(["office", "searched"])) == 1  # the smaller subject is part of the larger one
    assert subjects.of(["searching"]) == []
    assert Subjects(tmp_path / "none").of(["office"]) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("What do we do when the police come to search our office?", "data-protection#watched"),
        ("salary not payed worker", "compensation"),
        ("games for make acquaintance", "energisers#name-and-sign"),
        ("how many trainers for a large group", "agendas#how-many"),
    ],
)
def test_a_question_in_other_words_than_the_text_finds_what_is_about_it(text: str, address: str) -> None:
    assert address in [hit.address for hit in index().search(text).hits[:3]]


def test_what_else_is_said_for_a_word_may_stand_for_it_but_not_for_all(tmp_path: Path) -> None:
    (tmp_path / "subjects.txt").write_text("unpaid wages → a\n", "utf-8")
    subjects = Subjects(tmp_path)
    assert subjects.of(["unpaid", "salary"]) == []
    assert [one.addresses for one in subjects.of(["unpaid", "salary"], ["wage"])] == [("a",)]
    assert subjects.of(["salary"], ["wage", "unpaid"]) == []


def test_words_that_are_remembered_from_the_text_come_before_its_subject() -> None:
    pages = {"book.md": "# Book\n\nA salary not paid.\n", "compensation.md": "# Compensation\n\nMoney.\n"}
    book = Index.in_memory(handbook_of(pages))
    assert [hit.address for hit in book.search("salary not paid").hits] == ["book", "compensation"]
    assert [hit.address for hit in book.search("unpaid salary").hits] == ["compensation", "book"]


def test_a_subject_obeys_filters_and_a_name_comes_before_it() -> None:
    hits = index().search("salary not paid in:glossary").hits
    assert hits
    assert all(hit.address.startswith("glossary") for hit in hits)
    assert index().search("non-punishment").hits[0].address == "glossary#non-punishment"


def test_other_handbooks_have_no_such_subjects() -> None:
    book = Index.in_memory(handbook_of({"book.md": "# Book\n\n## Salary {#pay}\n\nNot paid.\n\n## Other\n\nSalary.\n"}))
    assert [hit.address for hit in book.search("salary not paid").hits] == ["book#pay", "book#other"]


def test_questions_in_second_language_english_are_answered() -> None:
    """docs/benchmarks.md has the figures of the day; these are some points below them."""
    every = second_questions()
    assert len(every) == 40
    assert asked(index(), [one for one in every if one.test]).ndcg > 0.66
    assert asked(index(), [one for one in every if not one.test]).ndcg > 0.74


def test_fresh_questions_are_answered() -> None:
    """docs/benchmarks.md has the figures of the day; these are some points below them."""
    every = fresh_questions()
    assert len(every) == 90
    assert asked(index(), [one for one in every if one.test]).ndcg > 0.65
    assert asked(index(), [one for one in every if not one.test]).ndcg > 0.8
