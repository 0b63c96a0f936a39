"""A workshop as the moments that a trainer goes through."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.presenting.moments import moments_of, questions_of
from handbook.workshop import file, ready_files
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop
from handbook.workshop.timetable import shared, steps, timetable
from tests.helpers import CONTENT

DAY = Workshop(
    "One day",
    start=datetime.time(9),
    items=(
        Passage("ex-jigsaw", note="Slowly."),
        Entry("Break", 15),
        CustomPage("House rules", "Be on time.", minutes=5),
        NewDay("Second day"),
        Entry("Welcome", 10),
    ),
)


def test_the_steps_of_an_exercise_follow_each_other(real: Handbook) -> None:
    moments = moments_of(real, DAY)
    jigsaw = [one for one in moments if one.item == "Jigsaw"]
    assert len(jigsaw) > 2
    assert jigsaw[0].start == 9 * 60
    assert all(one.start + one.minutes == after.start for one, after in pairwise(jigsaw))
    assert sum(one.minutes for one in jigsaw) == real.chapters["ex-jigsaw"].front.minutes
    assert all(real.find(one.address) is not None and one.address.startswith("ex-jigsaw#") for one in jigsaw)
    assert [one.note for one in jigsaw] == ["Slowly.", *[""] * (len(jigsaw) - 1)]
    assert jigsaw[0].needed
    assert not jigsaw[1].needed


def test_an_exercise_whose_address_was_another_has_its_steps(real: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(real.manifest.was, "ex-puzzle", "ex-jigsaw")
    known = DAY.items[0]
    assert isinstance(known, Passage)
    before = replace(DAY, items=(replace(known, address="ex-puzzle"), *DAY.items[1:]))
    assert moments_of(real, before) == moments_of(real, DAY)
    assert questions_of(real, moments_of(real, before)[0]) != ()


def test_breaks_pages_and_days_are_moments(real: Handbook) -> None:
    moments = moments_of(real, DAY)
    rest = [(one.day, one.title, one.is_break, one.text) for one in moments if one.item != "Jigsaw"]
    assert rest == [
        (1, "Break", True, ""),
        (1, "House rules", False, "Be on time."),
        (2, "Welcome", True, ""),
    ]


def test_minutes_of_the_trainers_own_are_shared_out_among_the_steps(real: Handbook) -> None:
    shorter = Passage("ex-jigsaw", minutes=30)
    assert sum(minutes for _, minutes in steps(real, shorter)) == 30  # on paper too
    assert steps(real, replace(shorter, minutes=0)) == ()
    moments = moments_of(real, replace(DAY, items=(shorter,)))
    assert sum(one.minutes for one in moments) == 30
    assert all(one.minutes for one in moments)


def test_every_ready_workshop_has_moments_that_fill_its_programme(real: Handbook) -> None:
    for path in ready_files(CONTENT):
        workshop = file.read(path).workshop
        moments = moments_of(real, workshop)
        for day in timetable(real, workshop):
            own = [one for one in moments if one.day == day.number]
            assert sum(one.minutes for one in own) == day.minutes, path.name
            assert [one.start for one in own] == sorted(one.start for one in own)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=12), st.integers(0, 600))
def test_shared_minutes_have_the_sum_that_is_asked_for(lengths: list[int], total: int) -> None:
    made = shared(lengths, total)
    assert sum(made) == total
    assert all(one >= 0 for one in made)
    if total >= len(lengths) and sum(lengths) != total:
        assert all(one >= 1 for one in made)


def test_questions_are_shown_one_by_one(real: Handbook) -> None:
    slides = questions_of(real, moments_of(real, DAY)[0])
    assert markup.words_of(slides[0].blocks[0]) == "What was hard to explain without reading it out?"
    assert len(slides) >= 3
    assert questions_of(real, next(one for one in moments_of(real, DAY) if one.is_break)) == ()


def test_a_question_that_is_alone_in_its_list_is_one_question(real: Handbook) -> None:
    moments = moments_of(real, Workshop("Text", items=(Passage("plan-the-text"),)))
    questions = ["".join(one.blocks[0].itertext()) for one in questions_of(real, moments[0])]
    assert "What was hard: to explain the text, or not to mix in your opinion?" in questions
