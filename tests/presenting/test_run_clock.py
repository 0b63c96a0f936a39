"""The clock of a workshop that is being run."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.presenting import run_file
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import Run, as_text, place_at, shortened


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
    assert run.ran == ((0, NINE, NINE + 40),)
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


# -- The file that outlives a crash -----------------------------------------------------------------------------


def test_a_run_goes_on_where_it_was(tmp_path: Path) -> None:
    run = Run.begin(MOMENTS, NINE).to(1, NINE + 100).more(5)
    run_file.keep(run, MOMENTS, tmp_path / "data")
    assert run_file.kept(MOMENTS, tmp_path / "data") == run
    assert run_file.kept(MOMENTS[:-1], tmp_path / "data") is None
    run_file.forget(tmp_path / "data")
    assert run_file.kept(MOMENTS, tmp_path / "data") is None


@pytest.mark.parametrize(
    "change",
    [{"place": 99}, {"place": "x"}, {"minutes": [1]}, {"minutes": [-1] * 5}, {"begun": "never"}, {"format": 2},
     {"ran": [[1]]}, {"ran": [[77, 1, 2]]}, {"entered": 1e300}, {"since": "a"}],
)  # fmt: skip
def test_a_damaged_file_is_no_run(change: dict[str, object], tmp_path: Path) -> None:
    run_file.keep(Run.begin(MOMENTS, NINE), MOMENTS, tmp_path)
    path = tmp_path / run_file.FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert run_file.kept(MOMENTS, tmp_path) is None


@pytest.mark.parametrize("data", [b"", b"[", b"[" * 100_000, b"{}", b"\xff", b"null", b"NaN"])
def test_what_is_no_file_of_ours_is_no_run(data: bytes, tmp_path: Path) -> None:
    (tmp_path / run_file.FILE).write_bytes(data)
    assert run_file.kept(MOMENTS, tmp_path) is None
