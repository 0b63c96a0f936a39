"""A workshop as a value, its times and its paper."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.workshop import is_file_name, model, paper
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop
from handbook.workshop.paper import Run
from handbook.workshop.timetable import Row, clock, minutes_of, steps, timetable, title_of
from tests.helpers import handbook_of

PLAN = """+++
kind = "session-plan"
minutes = 45
materials = ["cards-one", "pens", "worksheet-two"]
+++
# Opening

## Steps

### 1. Welcome (5 minutes)

Say [hello](ex-one).

### 2. Names (40 minutes)

Names.

## Exercises used

-   [One](ex-one)
"""
FILES = {
    "plan.md": PLAN,
    "ex-one.md": '+++\nkind = "exercise"\nminutes = 30\nmaterials = ["form-three", "cards-one"]\n+++\n# One\n',
    "cards-one.md": '+++\nkind = "cards"\n+++\n# Cards\n',
    "worksheet-two.md": '+++\nkind = "worksheet"\n+++\n# Two\n',
    "form-three.md": '+++\nkind = "form"\n+++\n# Three\n',
    "text.md": "# Text\n\n## Part {#part}\n\nWords.\n",
}


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def of(*items: model.Item, **fields: object) -> Workshop:
    return Workshop(items=items, **fields)  # type: ignore[arg-type]


def titles(workshop: Workshop) -> list[str]:
    return [item.title for item in workshop.items]


ABCD = of(*(Entry(letter) for letter in "abcd"))

# -- Editing --------------------------------------------------------------------------------------------------


def test_items_are_added_removed_moved_and_replaced() -> None:
    assert titles(model.add(ABCD, Entry("x"))) == [*"abcdx"]
    assert titles(model.add(ABCD, Entry("x"), 1)) == [*"axbcd"]
    assert titles(model.remove(ABCD, [0, 2])) == [*"bd"]
    assert titles(model.move(ABCD, [3], 0)) == [*"dabc"]
    assert titles(model.move(ABCD, [0, 1], 4)) == [*"cdab"]
    assert titles(model.move(ABCD, [1], 1)) == titles(model.move(ABCD, [1], 2)) == [*"abcd"]
    assert titles(model.put(ABCD, 1, Entry("x"))) == [*"axcd"]
    assert titles(ABCD) == [*"abcd"]


@pytest.mark.parametrize("place", [-1, 4])
def test_a_place_that_is_not_there_is_an_error(place: int) -> None:
    for edit in (lambda: model.remove(ABCD, [place]), lambda: model.move(ABCD, [place], 0)):
        with pytest.raises(IndexError):
            edit()
    with pytest.raises(IndexError):
        model.put(ABCD, place, Entry("x"))


@given(st.integers(0, 6), st.data())
def test_moving_keeps_every_item_and_the_order_of_both_groups(count: int, data: st.DataObject) -> None:
    workshop = of(*(Entry(str(number)) for number in range(count)))
    places = st.integers(0, count - 1) if count else st.nothing()
    moved = data.draw(st.sets(places))
    after = titles(model.move(workshop, moved, data.draw(st.integers(0, count))))
    assert sorted(after) == sorted(titles(workshop))
    for group in (True, False):
        stayed = [title for title in after if (int(title) in moved) is group]
        assert stayed == sorted(stayed, key=int)


def test_numbers_out_of_their_bounds_are_refused() -> None:
    for make in (
        lambda: Passage("x", minutes=-1),
        lambda: Passage("x", copies=1000),
        lambda: CustomPage("x", minutes=1441),
        lambda: Entry("x", -5),
        lambda: Workshop(participants=1000),
        lambda: PrintOptions(cards=5),
        lambda: PrintOptions(booklet=1),  # type: ignore[arg-type]
        lambda: PrintOptions(size=True),
    ):
        with pytest.raises(ValueError, match="must be"):
            make()


def test_the_trainer_may_have_options_of_their_own() -> None:
    large = PrintOptions(size=18)
    workshop = of(trainer_options=large)
    assert workshop.options_for("trainer") == large
    assert workshop.options_for("participants") == PrintOptions()


# -- The handbook behind it -----------------------------------------------------------------------------------


def test_a_plan_brings_its_exercises_and_what_it_prints_once(small: Handbook) -> None:
    found = model.companions(small, "plan")
    assert [(one.address, one.minutes) for one in found] == [
        ("ex-one", 0),
        ("cards-one", None),
        ("worksheet-two", None),  # not form-three: the exercise needs it by itself, the plan does not name it
    ]
    assert [one.address for one in model.companions(small, "ex-one")] == ["form-three", "cards-one"]
    assert model.companions(small, "text") == model.companions(small, "gone") == ()


NEEDY = FILES | {
    "handbook.toml": 'title = "T"\nwas = { "old-plan" = "plan" }\n[[parts]]\nid = "a"\ntitle = "A"\n'
    'chapters = ["plan", "ex-one", "cards-one", "worksheet-two", "form-three", "text"]\n',
    "cards-one.md": '+++\nkind = "cards"\n+++\n# Cards\n\n## First {#first}\n\n!!! card ""\n    One.\n',
    "plan.md": PLAN.replace(
        '["cards-one", "pens", "worksheet-two"]',
        '["cards-one#first", { item = "text#part", per = "each" }, { item = "text", per = "pair" }]',
    ),
}


def test_a_plan_needs_a_card_and_the_text_that_each_person_has() -> None:
    handbook = handbook_of(NEEDY)
    assert [one.address for one in model.companions(handbook, "plan")] == ["ex-one", "cards-one#first", "text#part"]
    assert model.companions(handbook, "old-plan") == model.companions(handbook, "plan")


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ((), ["ex-one", "cards-one#first", "text#part"]),
        (("ex-one", "cards-one#first", "text#part"), []),
        (("ex-one", "cards-one", "text"), []),  # they hold what is needed
        (("ex-one", "text#part"), ["cards-one#first"]),
    ],
)
def test_what_a_passage_around_it_holds_is_not_missing(there: Sequence[str], missing: list[str]) -> None:
    workshop = of(Passage("plan"), *map(Passage, there))
    assert [one.address for one in model.missing(handbook_of(NEEDY), workshop, "plan")] == missing


def test_an_exercise_that_a_plan_holds_is_not_run_by_itself(small: Handbook) -> None:
    def run(*items: model.Item) -> list[str]:
        return [chapter.id for chapter in model.run_by_themselves(small, of(*items))]

    assert run(Passage("plan"), Passage("ex-one", minutes=0)) == ["plan"]
    assert run(Passage("plan"), Passage("ex-one")) == ["plan", "ex-one"]
    assert run(Passage("ex-one", minutes=0)) == ["ex-one"]  # no plan holds it
    assert run(Passage("ex-one", minutes=0), Passage("ex-one"), Passage("plan"), Entry("Break")) == ["ex-one", "plan"]
    assert run(Passage("text"), Passage("gone")) == []


def test_a_passage_gone_is_offered_the_nearest(small: Handbook) -> None:
    gone = model.nearest_existing(small, Passage("text#parts"))
    assert gone is not None
    assert str(gone.address) == "text#part"
    assert model.nearest_existing(small, Passage("nosuch")) is None


def test_a_passage_gone_whose_title_is_there_is_offered_that(small: Handbook) -> None:
    section = next(section for section in small.sections if section.level)
    offered = model.nearest_existing(small, Passage("nosuch", section.title))
    assert offered == section


def test_passages_of_other_handbooks_are_gone(small: Handbook) -> None:
    items = (Passage("text#part"), Passage("nosuch"), Entry("Break", 10))
    assert [model.is_gone(item, small) for item in items] == [False, True, False]
    with pytest.raises(KeyError):
        model.passage(small, "text#parts")


def test_titles_follow_the_handbook_and_outlive_it(small: Handbook) -> None:
    assert title_of(small, Passage("text#part", "Old")) == "Part"
    assert title_of(small, Passage("gone", "Old")) == "Old"
    assert title_of(small, Passage("gone")) == "gone"


# -- Times ----------------------------------------------------------------------------------------------------


def lines(small: Handbook, workshop: Workshop) -> list[tuple[str, str, str]]:
    days = timetable(small, workshop)
    return [(clock(row.start), clock(row.end), row.title) for day in days for row in day.rows]


def test_plans_exercises_and_steps_bring_their_minutes(small: Handbook) -> None:
    assert minutes_of(small, Passage("plan")) == 45
    assert minutes_of(small, Passage("plan#1-welcome-5-minutes")) == 5
    assert minutes_of(small, Passage("plan", minutes=50)) == 50
    assert minutes_of(small, Passage("text")) == minutes_of(small, Passage("gone")) == 0
    assert steps(small, Passage("plan")) == (("1. Welcome", 5), ("2. Names", 40))
    assert steps(small, Passage("gone")) == steps(small, Entry("Break (15 minutes)", 15)) == ()
    assert minutes_of(small, NewDay()) == minutes_of(small, Passage("text#part")) == 0
    assert title_of(small, Entry("")) == title_of(small, CustomPage("")) == ""
    assert title_of(small, Passage("gone")) == "gone"
    first = handbook_of({"a.md": "# A (9 minutes)\n\n## 1. Begin (3 minutes)\n\n## 2. End\n\n## 3. Go (1 minute)\n"})
    assert steps(first, Passage("a")) == (("1. Begin", 3), ("3. Go", 1))


def test_one_item_follows_the_other(small: Handbook) -> None:
    items = (Passage("plan"), Passage("text"), Entry("Break", 15), CustomPage("Ours", minutes=10), Passage("ex-one"))
    assert lines(small, of(*items)) == [
        ("09:30", "10:15", "Opening"),
        ("10:15", "10:30", "Break"),
        ("10:30", "10:40", "Ours"),
        ("10:40", "11:10", "One"),
    ]


def test_a_fixed_start_leaves_a_gap_or_is_run_over(small: Handbook) -> None:
    eleven, ten = datetime.time(11), datetime.time(10)
    (day,) = timetable(small, of(Passage("plan"), Entry("Lunch", 60, eleven)))
    assert [row.free for row in day.rows] == [0, 45]
    (day,) = timetable(small, of(Passage("plan"), Entry("Lunch", 60, ten), Entry("Then", 5)))
    assert [(row.over, row.over_what) for row in day.rows] == [(15, "Lunch"), (0, ""), (0, "")]
    assert clock(day.rows[-1].start) == "11:00"


def test_running_over_the_end_is_told_where_it_happens(small: Handbook) -> None:
    (day,) = timetable(small, of(Passage("plan"), Entry("a", 10), Entry("b", 5), end=datetime.time(10, 20)))
    assert [row.over for row in day.rows] == [0, 5, 10]
    assert day.over == 10
    (day,) = timetable(small, of(Passage("plan"), end=datetime.time(10, 15)))
    assert day.over == 0


def test_each_day_has_its_date_and_its_own_times(small: Handbook) -> None:
    late = NewDay("Last day", datetime.time(14))
    workshop = of(Entry("a", 10), NewDay(), Entry("b", 10), late, Entry("c", 10), date=datetime.date(2026, 12, 31))
    days = timetable(small, workshop)
    assert [(day.number, day.title, day.start) for day in days] == [(1, "", 570), (2, "", 570), (3, "Last day", 840)]
    assert [day.date and day.date.day for day in days] == [31, 1, 2]
    assert [day.minutes for day in days] == [10, 10, 10]


def test_a_day_ends_at_its_own_time_or_else_at_that_of_the_workshop(small: Handbook) -> None:
    eleven, noon = datetime.time(11), datetime.time(12)
    items = (Entry("a", 180), NewDay("Short", end=eleven), Entry("b", 180))
    assert [(day.end, day.over) for day in timetable(small, of(*items))] == [(None, 0), (11 * 60, 90)]
    assert [(day.end, day.over) for day in timetable(small, of(*items, end=noon))] == [(12 * 60, 30), (11 * 60, 90)]


def test_every_day_has_what_the_handbook_says_of_its_items(small: Handbook) -> None:
    workshop = of(Passage("plan"), NewDay(), Passage("ex-one"))
    assert lines(small, workshop) == [("09:30", "10:15", "Opening"), ("09:30", "10:00", "One")]
    assert [day.minutes for day in timetable(small, workshop)] == [45, 30]


def test_what_begins_too_early_names_the_passage_as_the_handbook_has_it(small: Handbook) -> None:
    (day,) = timetable(small, of(Entry("Long", 60), Passage("plan", start=datetime.time(10))))
    assert [(row.over, row.over_what) for row in day.rows] == [(30, "Opening"), (0, "")]


@pytest.mark.parametrize(
    ("minutes", "over", "free"), [(9 * 60, 9 * 60, 0), (12 * 60, 12 * 60, 0), (12 * 60 + 1, 0, 719)]
)
def test_a_start_more_than_half_a_day_back_is_that_of_the_next_day(
    small: Handbook, minutes: int, over: int, free: int
) -> None:
    (day,) = timetable(small, of(Entry("Long", minutes), Entry("Then", 5, datetime.time(9, 30))))
    assert (day.rows[0].over, day.rows[1].free) == (over, free)


def test_a_row_says_all_of_its_item(small: Handbook) -> None:
    ten, half_past = datetime.time(10), datetime.time(10, 30)
    items = (Entry("Coffee", 60, ten), Passage("plan", start=half_past), Entry("Lunch", 5))
    (day,) = timetable(small, of(*items, end=datetime.time(11)))
    assert day.rows == (
        Row(0, "Coffee", 600, 660, 30, "Opening", 30, is_break=True),
        Row(1, "Opening", 630, 675, 15, "", 0, is_break=False),
        Row(2, "Lunch", 675, 680, 20, "", 0, is_break=True),
    )
    (day,) = timetable(
        small, of(Passage("plan"), Passage("ex-one", start=datetime.time(11)), end=datetime.time(11, 10))
    )
    assert day.rows == (Row(0, "Opening", 570, 615), Row(1, "One", 660, 690, 20, "", 45))
    assert (day.minutes, clock(day.start), clock(24 * 60 + 5)) == (75, "09:30", "00:05")


def test_days_beyond_the_calendar_have_no_date(small: Handbook) -> None:
    days = timetable(small, of(NewDay(), NewDay(), date=datetime.date(9999, 12, 30)))
    assert [day.date for day in days] == [datetime.date(9999, 12, 30), datetime.date.max, None]


def test_an_evening_may_pass_midnight(small: Handbook) -> None:
    night = of(Entry("a", 90), Entry("b", 30, datetime.time(0, 45)), start=datetime.time(23), end=datetime.time(1))
    (day,) = timetable(small, night)
    assert [(clock(row.start), clock(row.end), row.over) for row in day.rows] == [
        ("23:00", "00:30", 0),
        ("00:45", "01:15", 15),
    ]


def test_a_day_that_ends_at_the_hour_of_its_beginning_lasts_till_the_next_day(small: Handbook) -> None:
    nine = datetime.time(9)
    (day,) = timetable(small, of(Entry("a", 60), Entry("b", 60), start=nine, end=nine))
    assert (day.start, day.end) == (9 * 60, 33 * 60)
    assert [(row.over, row.over_what) for row in day.rows] == [(0, ""), (0, "")]
    assert day.over == 0


def test_what_is_too_long_names_the_item_that_it_delays_and_not_the_end_of_the_day(small: Handbook) -> None:
    workshop = of(Passage("plan"), Entry("Lunch", 60, datetime.time(10)), end=datetime.time(10, 10))
    (day,) = timetable(small, workshop)
    assert [(row.over, row.over_what) for row in day.rows] == [(15, "Lunch"), (50, "")]
    assert day.over == 50


def test_time_before_a_fixed_first_item_is_free(small: Handbook) -> None:
    (day,) = timetable(small, of(Entry("Late start", 10, datetime.time(10)), Entry("Next", 5)))
    assert [(clock(row.start), row.free) for row in day.rows] == [("10:00", 30), ("10:10", 0)]


@given(st.lists(st.tuples(st.integers(0, 300), st.none() | st.times())), st.times(), st.none() | st.times())
def test_no_row_goes_back_in_itself(
    entries: Sequence[tuple[int, datetime.time | None]], start: datetime.time, end: datetime.time | None
) -> None:
    workshop = of(*(Entry(str(n), *entry) for n, entry in enumerate(entries)), start=start, end=end)
    (day,) = timetable(handbook_of({"a.md": "# A"}), workshop)
    assert [row.item for row in day.rows] == list(range(len(entries)))
    for row, (minutes, _) in zip(day.rows, entries, strict=True):
        assert row.end - row.start == minutes
        assert row.over >= 0
        assert row.free >= 0


# -- Paper ----------------------------------------------------------------------------------------------------


def test_paper_is_counted_in_one_line() -> None:
    workshop = Workshop(participants=24, options=PrintOptions(double_sided=True))
    counts = paper.count(
        workshop,
        {"participants": [Run(13, 24)], "cards": [Run(5, 1), Run(6, 1)], "worksheets": [Run(1, 24), Run(3, 24)]},
    )
    assert paper.in_words(workshop, counts) == (
        "24 participants: 24 × 7 sheets, 6 sheets of cards, 24 × 3 sheets of worksheets"
    )
    assert [one.total for one in counts] == [168, 6, 72]


def test_copies_that_differ_are_added_up() -> None:
    counts = paper.count(Workshop(), {"worksheets": [Run(2, 10), Run(1, 3)], "posters": [], "trainer": [Run(1, 1)]})
    assert paper.in_words(Workshop(), counts) == "1 sheet for the trainer, 23 sheets of worksheets"
    assert paper.in_words(Workshop(), ()) == "nothing to print"


def test_a_folded_booklet_takes_both_sides_and_single_pages_one() -> None:
    assert paper.sheets(6, PrintOptions(booklet=True)) == 3
    assert paper.sheets(6, PrintOptions(booklet=True, single=True)) == 6
    assert paper.sheets(7, PrintOptions(double_sided=True)) == 4


@pytest.mark.parametrize(("name", "is_one"), [("day.workshop", True), ("DAY.WORKSHOP", True), ("day.toml", False)])
def test_a_workshops_file_is_known_by_its_name(name: str, *, is_one: bool) -> None:
    assert is_file_name(Path(name)) == is_one
