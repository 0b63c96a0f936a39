"""One run and several windows: who leads it, who looks on, and what becomes of it when the one that leads is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handbook.base import locks
from handbook.presenting import lead, run_file
from handbook.presenting.lead import Lead
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import Run
from handbook.presenting.run_file import Kept
from tests.helpers import PATIENCE

MOMENTS = tuple(
    Moment(1, 540 + 30 * number, 30, title, "", "", "", "", (), False) for number, title in enumerate(("One", "Two"))
)
RUN = Run.begin(MOMENTS, 1_700_000_000)
AT_FIRST = Kept(RUN, MOMENTS, "Day", RUN.begun)
LATER = AT_FIRST._replace(run=RUN.to(1, RUN.begun + 100))
MORE = AT_FIRST._replace(run=RUN.more(5))
LEADING = """
import sys
from pathlib import Path
from handbook.presenting.lead import Lead
from tests.presenting.test_lead import AT_FIRST, LATER
one = Lead(Path(sys.argv[1]))
one.take(AT_FIRST)
print("leads", flush=True)
sys.stdin.readline()
print(one.keep(LATER), flush=True)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that leads the run; with a line it tries to write a later state, and says whether it did."""
    child = subprocess.Popen(
        [sys.executable, "-c", LEADING, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "leads\n"
    yield child
    child.kill()
    child.communicate()


def kept(data: Path) -> Kept:
    found = run_file.kept(data)
    assert found is not None
    return found


def test_what_another_window_leads_is_not_written_over(tmp_path: Path) -> None:
    first, second = Lead(tmp_path), Lead(tmp_path)
    first.take(AT_FIRST)
    assert lead.is_led(kept(tmp_path), tmp_path)
    assert not second.keep(LATER)
    assert second.looks_on
    assert kept(tmp_path).run == RUN
    assert first.keep(LATER)
    news = second.news()
    assert news is not None
    assert news.run == LATER.run
    assert second.news() is None  # told once
    assert second.state() == "led"


def test_who_was_taken_over_from_looks_on_and_loses_nothing(tmp_path: Path) -> None:
    first, second = Lead(tmp_path), Lead(tmp_path, looks_on=True)
    first.take(AT_FIRST)
    second.take(LATER)
    assert not second.looks_on
    assert not first.keep(AT_FIRST)
    assert first.news() is not None
    assert len([*tmp_path.glob("run *.lock")]) == 1  # the second's: the first does not lead
    assert kept(tmp_path).run == LATER.run
    first.end(forget=True)  # what it does not lead
    assert kept(tmp_path).run == LATER.run
    assert second.keep(AT_FIRST)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Lead], Callable[[], None]]]:
    """Begins to write a state in a thread, on a disk that takes its time; what it gives lets that be written."""
    monkeypatch.setattr(lead, "_PATIENCE", 0.0)
    begun, go_on = threading.Event(), threading.Event()
    really = os.fsync
    threads: list[threading.Thread] = []

    def fsync(descriptor: int) -> None:
        if threading.current_thread() in threads:
            begun.set()
            go_on.wait(PATIENCE)
        really(descriptor)

    def keep(one: Lead) -> Callable[[], None]:
        threads.append(threading.Thread(target=one.keeping(LATER)))
        threads[0].start()
        assert begun.wait(PATIENCE)
        return end

    def end() -> None:
        go_on.set()
        for one in threads:
            one.join(PATIENCE)

    monkeypatch.setattr(os, "fsync", fsync)
    yield keep
    end()


def test_what_a_slow_disk_still_writes_does_not_take_the_place_of_what_came_later(
    tmp_path: Path, slow: Callable[[Lead], Callable[[], None]]
) -> None:
    one = Lead(tmp_path)
    one.take(AT_FIRST)
    written = slow(one)
    assert one.keep(MORE)
    written()
    assert kept(tmp_path).run == MORE.run
    assert one.leads()


def test_what_a_slow_disk_still_writes_does_not_come_back_when_the_run_is_over(
    tmp_path: Path, slow: Callable[[Lead], Callable[[], None]]
) -> None:
    one = Lead(tmp_path)
    one.take(AT_FIRST)
    written = slow(one)
    one.end(forget=True)
    written()
    assert run_file.kept(tmp_path) is None


@pytest.fixture
def taken_over(tmp_path: Path, slow: Callable[[Lead], Callable[[], None]]) -> tuple[Lead, Lead, Callable[[], None]]:
    """A window whose run another one took over while a slow disk still writes; that one; the end of writing."""
    one, other = Lead(tmp_path), Lead(tmp_path, looks_on=True)
    one.take(AT_FIRST)
    written = slow(one)
    other.take(MORE)
    return one, other, written


def test_what_a_slow_disk_still_writes_does_not_take_the_run_back_from_another_window(
    tmp_path: Path, taken_over: tuple[Lead, Lead, Callable[[], None]]
) -> None:
    one, other, written = taken_over
    assert one.news() is not None
    written()
    assert kept(tmp_path).run == MORE.run
    assert other.leads()
    assert one.looks_on


def test_what_a_slow_disk_still_writes_does_not_hide_who_leads(
    taken_over: tuple[Lead, Lead, Callable[[], None]],
) -> None:
    one, _, written = taken_over
    assert not one.leads()
    written()  # between asking and following, which are two steps of the window
    news = one.news()
    assert news is not None
    assert news.run == MORE.run


def test_what_a_thread_has_still_to_keep_does_not_hinder_taking_the_run_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Lead(tmp_path), Lead(tmp_path, looks_on=True)
    one.take(AT_FIRST)
    late = one.keeping(LATER)
    other.take(MORE)
    assert one.news() is not None
    assert other.keep(AT_FIRST)
    really = locks.take
    calls: list[Path] = []

    def take(path: Path) -> locks.Lock | None:
        if not calls:
            calls.append(path)
            late()  # the thread has its turn first
        return really(path)

    monkeypatch.setattr(locks, "take", take)
    one.take(MORE)
    assert calls
    assert one.leads()
    assert kept(tmp_path).run == MORE.run
    assert other.news() is not None


def test_a_run_that_was_closed_or_ended_is_led_by_nobody(tmp_path: Path) -> None:
    first, second = Lead(tmp_path), Lead(tmp_path, looks_on=True)
    first.take(AT_FIRST)
    second.news()
    first.end(forget=False)
    assert second.state() == "left"
    assert kept(tmp_path).run == RUN
    first.take(AT_FIRST)
    first.end(forget=True)
    assert second.state() == "ended"
    assert [one.name for one in tmp_path.iterdir()] == []


def test_a_program_that_crashed_leads_nothing(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    assert lead.is_led(kept(tmp_path), tmp_path)
    other.kill()
    other.communicate()
    assert len([*tmp_path.glob("run *.lock")]) == 1
    assert not lead.is_led(kept(tmp_path), tmp_path)
    assert kept(tmp_path).run == RUN
    (tmp_path / "run 0123456789abcdef.lock").touch()  # of one that crashed before
    here = Lead(tmp_path)
    here.take(AT_FIRST)
    (ours,) = tmp_path.glob("run *.lock")
    assert locks.take(ours) is None


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no program can be made to stand still here")
def test_one_that_stood_still_as_under_a_closed_lid_finds_out_before_it_writes(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    os.kill(other.pid, signal.SIGSTOP)
    second = Lead(tmp_path)
    assert lead.is_led(kept(tmp_path), tmp_path)
    second.take(MORE)
    os.kill(other.pid, signal.SIGCONT)
    said, _ = other.communicate("\n")
    assert said == "False\n"
    assert kept(tmp_path).run == RUN.more(5)
    assert second.news() is None


def test_a_run_of_another_computer_is_led_by_nobody_here(tmp_path: Path) -> None:
    run_file.keep(AT_FIRST._replace(leader="0123456789abcdef"), tmp_path)
    (tmp_path / "run 0123456789abcdef.lock").write_text("another computer's", "utf-8")
    assert not lead.is_led(kept(tmp_path), tmp_path)
    assert kept(tmp_path).run == RUN


@pytest.mark.parametrize("name", ["../../other", "*", 5, None, "0123456789ABCDEF", "0123456789abcdef\n"])
def test_a_name_in_the_file_leads_nowhere_else(tmp_path: Path, name: object) -> None:
    run_file.keep(AT_FIRST._replace(leader=name), tmp_path)  # type: ignore[arg-type]
    assert kept(tmp_path).leader == ""


def test_clearing_leaves_what_another_window_leads(tmp_path: Path) -> None:
    first = Lead(tmp_path)
    first.take(AT_FIRST)
    lead.clear(tmp_path)
    assert kept(tmp_path).run == RUN
    first.end(forget=False)
    lead.clear(tmp_path)
    assert [*tmp_path.iterdir()] == []
