"""The clock of a workshop that is being run."""

from __future__ import annotations

import datetime
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.presenting import RUN_FILE, run_file
from handbook.presenting.carrying import carried, is_alike, same
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import Ran, Run, as_text, day_at, place_at, shortened


def moment(start: int, minutes: int, title: str = "", *, day: int = 1, is_break: bool = False) -> Moment:
    return Moment(day, start, minutes, title or f"At {start}", "", "", "", "", (), is_break)


MOMENTS = (
    moment(540, 30, "One"),
    moment(570, 60, "Two"),
    moment(630, 15, "Break", is_break=True),
    moment(645, 45, "Three"),
    moment(540, 60, "Four", day=2),
)
NINE = datetime.datetime(2026, 11, 28, 9).timestamp()


def test_time_is_counted_down_and_stops_and_goes_on() -> None:
    run = Run.begin(MOMENTS, NINE)
    assert run.left(NINE + 60) == 29 * 60
    run = run.toggle(NINE + 60)
    assert run.left(NINE + 600) == 29 * 60
    run = run.toggle(NINE + 600)
    assert run.left(NINE + 660) == 28 * 60
    assert run.left(NINE + 3600) < 0


def test_after_an_hour_of_starts_and_stops_nothing_is_off() -> None:
    run, now = Run.begin(MOMENTS, NINE), NINE
    for _ in range(1800):
        now += 1.0
        run = run.toggle(now)
        now += 1.0
        run = run.toggle(now)
    assert abs(run.elapsed(now) - 1800) < 0.2


def test_a_next_step_begins_from_its_own_minutes() -> None:
    run = Run.begin(MOMENTS, NINE).toggle(NINE + 5).to(1, NINE + 40)
    assert run.left(NINE + 40) == 3600
    assert run.ran == (Ran(0, NINE, NINE + 40),)
    assert run.to(9, NINE) is run
    assert run.to(-1, NINE) is run


def test_how_far_behind_and_when_it_would_end() -> None:
    run = Run.begin(MOMENTS, NINE + 600)  # ten minutes late
    assert run.behind(MOMENTS, NINE + 600) == 600
    assert run.ends(MOMENTS, NINE + 600) == NINE + 600 + 150 * 60
    early = run.to(1, NINE + 900)
    assert early.behind(MOMENTS, NINE + 900) == -900
    assert run.more(5).behind(MOMENTS, NINE + 600) == 900
    assert run.behind(MOMENTS, NINE + 600 + 45 * 60) == 600 + 15 * 60  # the first ran over by a quarter of an hour


def test_who_begins_at_another_time_of_the_day_is_not_behind() -> None:
    afternoon = NINE + 5 * 3600
    run = Run.begin(MOMENTS, afternoon)
    assert run.behind(MOMENTS, afternoon) == 0
    assert run.behind(MOMENTS, afternoon + 30 * 60 + 120) == 120


def test_what_is_left_is_shortened_but_not_the_break_nor_another_day() -> None:
    run = Run.begin(MOMENTS, NINE + 1200)
    minutes = shortened(run, MOMENTS, NINE + 1200)
    assert minutes[0] == 30
    assert minutes[2] == 15
    assert minutes[4] == 60
    assert minutes[1] + minutes[3] == 105 - 20
    assert run.planned(minutes).behind(MOMENTS, NINE + 1200) == 0
    assert shortened(Run.begin(MOMENTS, NINE), MOMENTS, NINE) == run.minutes


@given(st.integers(-6000, 6000), st.integers(0, 3))
def test_shortening_never_lengthens_and_leaves_a_minute_each(late: int, place: int) -> None:
    run = Run.begin(MOMENTS, NINE + late, place)
    minutes = shortened(run, MOMENTS, NINE + late)
    assert all(new <= old for new, old in zip(minutes, run.minutes, strict=True))
    assert all(minutes)


def test_a_skipped_step_takes_no_time() -> None:
    run = Run.begin(MOMENTS, NINE).skip(NINE + 60)
    assert run.place == 2
    assert run.minutes[1] == 0


def test_no_moment_has_fewer_than_no_minutes() -> None:
    assert Run.begin(MOMENTS, NINE).more(-100).minutes[0] == 0


@pytest.mark.parametrize(("minute", "place"), [(0, 0), (540, 0), (575, 1), (640, 2), (1400, 3)])
def test_a_run_that_begins_late_begins_where_the_programme_is(minute: int, place: int) -> None:
    now = datetime.datetime(2026, 11, 28, minute // 60, minute % 60).timestamp()
    assert place_at(MOMENTS, now) == place
    assert place_at(MOMENTS, now, day=2) == 4


def test_what_was_run_is_told_with_its_minutes() -> None:
    text = as_text(Run.begin(MOMENTS, NINE).to(1, NINE + 2100), MOMENTS, "One day", NINE + 2400)
    assert "2026-11-28 09:00 - 09:35\t35 min (planned 30)\tOne" in text
    assert "2026-11-28 09:35 - 09:40\t5 min (planned 60)\tTwo" in text


def test_what_was_run_has_times_to_the_nearest_minute_and_the_minutes_between_them() -> None:
    text = as_text(Run.begin(MOMENTS, NINE + 40).to(1, NINE + 640), MOMENTS, "One day", NINE + 730)
    assert "2026-11-28 09:01 - 09:11\t10 min (planned 30)\tOne" in text
    assert "2026-11-28 09:11 - 09:12\t1 min (planned 60)\tTwo" in text


# -- The file that outlives a crash -----------------------------------------------------------------------------


def test_a_run_goes_on_where_it_was(tmp_path: Path) -> None:
    run = Run.begin(MOMENTS, NINE).to(1, NINE + 100).more(5)
    kept = run_file.Kept(run, MOMENTS, "One day", NINE + 200, tmp_path / "day.workshop", "format = 1\n")
    run_file.keep(kept, tmp_path / "data")
    assert run_file.kept(tmp_path / "data") == kept
    run_file.forget(tmp_path / "data")
    assert run_file.kept(tmp_path / "data") is None


@pytest.mark.parametrize(
    "change",
    [{"place": 99}, {"place": "x"}, {"minutes": [1]}, {"minutes": [-1] * 5}, {"begun": "never"}, {"format": 1},
     {"ran": [[1]]}, {"ran": [[77, 1, 2, "", 0]]}, {"entered": 1e300}, {"since": "a"}, {"programme": []},
     {"programme": [[1]] * 5}, {"programme": 5},
     {"seen": "late"}, {"seen": -1}],
)  # fmt: skip
def test_a_damaged_file_is_no_run(change: dict[str, object], tmp_path: Path) -> None:
    run_file.keep(run_file.Kept(Run.begin(MOMENTS, NINE), MOMENTS, "One day", NINE), tmp_path)
    path = tmp_path / RUN_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert run_file.kept(tmp_path) is None


@pytest.mark.parametrize("data", [b"", b"[", b"[" * 100_000, b"{}", b"\xff", b"null", b"NaN"])
def test_what_is_no_file_of_ours_is_no_run(data: bytes, tmp_path: Path) -> None:
    (tmp_path / RUN_FILE).write_bytes(data)
    assert run_file.kept(tmp_path) is None


def test_a_workshop_that_is_too_large_in_bytes_is_only_in_its_own_file(tmp_path: Path) -> None:
    run = Run.begin(MOMENTS, NINE)
    run_file.keep(run_file.Kept(run, MOMENTS, "T", NINE, None, "\u0436" * 900_000), tmp_path)
    kept = run_file.kept(tmp_path)
    assert kept is not None
    assert (kept.run, kept.workshop) == (run, "")


# -- Days ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone can't be set here")
def test_on_the_day_of_summer_time_nine_is_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Warsaw")
    time.tzset()
    try:
        nine = datetime.datetime(2027, 3, 28, 9).timestamp()
        assert Run.begin(MOMENTS, nine).behind(MOMENTS, nine) == 0
    finally:
        monkeypatch.undo()
        time.tzset()


EVENING = (moment(20 * 60, 120), moment(22 * 60, 90), moment(23 * 60 + 30, 30), moment(24 * 60 + 15, 45))


@pytest.mark.parametrize(("hours", "minutes"), [(23, 55), (24, 5), (24, 30), (26, 0)])
def test_a_day_that_goes_past_midnight_stays_the_day_on_which_it_began(hours: int, minutes: int) -> None:
    eight = datetime.datetime(2026, 11, 28, 20).timestamp()
    run = Run.begin(EVENING, eight).to(1, eight + 2 * 3600).to(2, eight + 3.5 * 3600)
    now = eight + (hours - 20) * 3600 + minutes * 60
    one = eight + 5 * 3600
    assert run.ends(EVENING, now) == max(one, now + 45 * 60)
    assert run.behind(EVENING, now) == max(0, now + 45 * 60 - one)


def test_who_begins_in_the_midst_of_a_long_moment_is_late() -> None:
    long = (moment(540, 210, "Visit"), moment(750, 60))
    run = Run.begin(long, NINE + 135 * 60)
    assert run.behind(long, NINE + 135 * 60) == 135 * 60
    assert Run.begin(long, NINE + 211 * 60).behind(long, NINE + 211 * 60) == 0  # at another time of the day


def test_a_run_that_is_taken_up_after_midnight_goes_on() -> None:
    half_past_eleven = datetime.datetime(2026, 11, 28, 23, 30).timestamp()
    run = Run.begin(EVENING, half_past_eleven, 2)
    assert run.resumed(half_past_eleven + 40 * 60) is run


def test_a_day_that_is_tried_in_the_evening_goes_past_midnight() -> None:
    ten = NINE + 13 * 3600
    run = Run.begin(MOMENTS, ten)
    for place, minutes in ((1, 30), (2, 90), (3, 105)):
        run = run.to(place, ten + minutes * 60)
    assert run.behind(MOMENTS, ten + 130 * 60) == 0  # ten past midnight
    assert run.to(0, ten + 131 * 60).behind(MOMENTS, ten + 131 * 60) == 131 * 60


@pytest.mark.parametrize("hour", [7, 9, 23])
def test_a_day_that_ends_by_midnight_is_that_of_the_clock(hour: int) -> None:
    now = NINE + (hour - 9) * 3600
    assert Run.begin(MOMENTS, NINE).day_of(MOMENTS, now) == now


def test_on_another_day_the_countdown_begins_anew() -> None:
    run = Run.begin(MOMENTS, NINE).to(3, NINE + 9000)
    assert run.resumed(NINE + 9600) is run
    assert run.resumed(NINE + 24 * 3600).left(NINE + 24 * 3600) == 45 * 60


@pytest.mark.parametrize("years", [1 / 365, 10])
def test_a_clock_that_is_set_back_takes_the_run_with_it(years: float) -> None:
    run = Run.begin(MOMENTS, NINE).to(1, NINE + 1200)
    by = -years * 365 * 86400
    then = NINE + 1500 + by
    moved = run.set_back(by)
    assert moved.elapsed(then) == run.elapsed(NINE + 1500) == 300
    assert [one.ended - one.begun for one in moved.ran] == [1200]
    assert "20 min (planned 30)" in as_text(moved, MOMENTS, "T", then)
    assert run.resumed(then).left(then) == 60 * 60  # after a start, what ran ended just now
    assert run.set_back(5) is run


@pytest.mark.parametrize(("later", "day"), [(-1, 1), (0, 1), (1, 2), (2, 1)])
def test_the_day_of_a_workshop_that_has_a_date(later: int, day: int) -> None:
    date = datetime.date(2026, 11, 28)
    assert day_at(date, 2, NINE + later * 24 * 3600) == day
    assert day_at(None, 2, NINE) == 1


# -- A programme that changes -------------------------------------------------------------------------------------


NAMES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8)


@given(NAMES, NAMES, st.integers(0, 7), st.integers(0, 3000))
def test_a_run_can_be_carried_into_any_programme(before: list[str], after: list[str], at: int, later: int) -> None:
    old = [moment(540 + 10 * number, 10, name) for number, name in enumerate(before)]
    new = [moment(540 + 20 * number, 20, name) for number, name in enumerate(after)]
    run = Run.begin(old, NINE, at % len(old)).to((at + 1) % len(old), NINE + later)
    carried_on = carried(run, old, new, NINE + later + 60)
    assert 0 <= carried_on.place < len(new)
    assert len(carried_on.minutes) == len(new)
    assert len(as_text(carried_on, new, "", NINE + later + 60).splitlines()) >= 2 + len(run.ran) + 1
    places = same(old, new)
    assert len(set(places.values())) == len(places)
    here = old[run.place].item
    if before.count(here) <= after.count(here):  # what is going on is still there: it goes on
        assert new[carried_on.place].item == here
        assert carried_on.elapsed(NINE + later + 60) == run.elapsed(NINE + later + 60)
    if is_alike(run, old, new):
        assert 2 * len(places) >= len(old)


def test_what_was_given_in_the_run_stays_unless_the_programme_has_other_minutes() -> None:
    run = Run.begin(MOMENTS, NINE).more(7).planned((37, 50, 15, 45, 60))
    changed = (*MOMENTS[:2], MOMENTS[2]._replace(minutes=20), *MOMENTS[3:])
    assert carried(run, MOMENTS, changed, NINE).minutes == (37, 50, 20, 45, 60)


def test_what_was_renamed_stands_where_it_stood() -> None:
    changed = (MOMENTS[0], MOMENTS[1]._replace(item="Other"), *MOMENTS[2:])
    assert carried(Run.begin(MOMENTS, NINE, 1), MOMENTS, changed, NINE).place == 1
