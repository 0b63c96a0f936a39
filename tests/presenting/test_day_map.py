"""The map of the day: the times as they now are."""

from __future__ import annotations

import datetime

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.presenting.day_map import day_map
from handbook.presenting.moments import moments_of
from handbook.presenting.run_clock import Run
from handbook.workshop.model import Entry, NewDay, Passage, Workshop

NINE = datetime.datetime(2026, 11, 28, 9).timestamp()
DAY = Workshop(
    "One day",
    start=datetime.time(9),
    items=(
        Entry("Welcome", 15),
        Passage("ex-jigsaw", minutes=60),
        Entry("Break", 15),
        Entry("Talk", 30),
        Entry("Lunch", 60, start=datetime.time(12)),
        Entry("End", 10),
        NewDay("Second day"),
        Entry("Goodbye", 10),
    ),
)
LAST = "13:10 End"
PLANNED = ["09:00 Welcome", "09:15 Jigsaw", "10:15 Break", "10:30 Talk", "12:00 Lunch", "13:00 End", LAST]


def rows(real: Handbook, run: Run, now: float) -> list[str]:
    return [markup.words_of(row) for row in day_map(real, DAY, run, now).blocks[0].iter("tr")]


def begun(real: Handbook, now: float = NINE) -> tuple[Run, int]:
    """A run, and how many moments the exercise has."""
    moments = moments_of(real, DAY)
    return Run.begin(moments, now), sum(one.item == "Jigsaw" for one in moments)


def test_as_long_as_all_goes_as_planned_the_times_are_the_planned_ones(real: Handbook) -> None:
    run, _ = begun(real)
    assert rows(real, run, NINE) == PLANNED
    assert rows(real, run, NINE + 890) == PLANNED
    words = day_map(real, DAY, run, NINE)
    assert words.first == PLANNED[0]
    assert [one.text for one in words.blocks[0].iter("strong")] == ["09:00", "Welcome"]


def test_what_is_late_moves_what_follows_and_free_time_takes_it_up(real: Handbook) -> None:
    run, steps = begun(real)
    assert rows(real, run, NINE + 1500) == [
        "09:00 Welcome", "09:25 Jigsaw", "10:25 Break", "10:40 Talk", "12:00 Lunch", "13:00 End", LAST,
    ]  # fmt: skip
    run = run.to(1, NINE + 1500)
    for step in range(2, steps + 2):
        run = run.to(step, NINE + 1500 + 3600)
    assert rows(real, run, NINE + 1500 + 3600)[:4] == ["09:00 Welcome", "09:25 Jigsaw", "10:25 Break", "10:40 Talk"]
    assert rows(real, run.more(90), NINE + 1500 + 3600)[3:] == [
        "12:10 Talk", "12:40 Lunch", "13:40 End", "13:50 End",
    ]  # fmt: skip


def test_what_is_early_and_what_is_left_out(real: Handbook) -> None:
    run, steps = begun(real)
    for place in range(1, steps + 2):
        run = run.to(place, NINE + 600)
    shown = rows(real, run, NINE + 600)
    assert shown[:3] == ["09:00 Welcome", "09:10 Jigsaw", "09:10 Break"]
    assert rows(real, run.skip(NINE + 660), NINE + 660) == [
        "09:00 Welcome", "09:10 Jigsaw", "09:10 Break", "09:11 Lunch", "10:11 End", "10:21 End",
    ]  # fmt: skip


def test_who_began_in_the_middle_has_the_planned_times_before_it(real: Handbook) -> None:
    moments = moments_of(real, DAY)
    place = next(at for at, one in enumerate(moments) if one.item == "Talk")
    run = Run.begin(moments, NINE + 6000, place)
    assert rows(real, run, NINE + 6000) == [*PLANNED[:3], "10:40 Talk", *PLANNED[4:]]
    evening = Run.begin(moments, NINE + 9 * 3600)  # at quite another time of the day all is moved
    assert rows(real, evening, NINE + 9 * 3600)[:2] == ["18:00 Welcome", "18:15 Jigsaw"]
    assert rows(real, evening, NINE + 9 * 3600)[-2:] == ["22:00 End", "22:10 End"]


def test_free_time_before_something_is_not_taken_for_being_ahead(real: Handbook) -> None:
    moments = moments_of(real, DAY)
    run = Run.begin(moments, NINE)
    assert run.behind(moments, NINE) == 0
    assert run.behind(moments, NINE + 1500) == 0  # lunch begins when it was planned
    assert run.behind(moments, NINE + 900 + 61 * 60) == 60


def test_where_a_moment_without_minutes_ends_the_day_it_is_the_end(real: Handbook) -> None:
    day = Workshop("Short", start=datetime.time(9), items=(Entry("Talk", 30), Entry("Goodbye", 0)))
    moments = moments_of(real, day)
    run = Run.begin(moments, NINE)
    shown = day_map(real, day, run, NINE).blocks[0]
    assert [markup.words_of(row) for row in shown.iter("tr")] == ["09:00 Talk", "09:30 Goodbye"]
