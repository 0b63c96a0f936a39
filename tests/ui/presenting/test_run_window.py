"""A workshop that is run: the clock, the keys, and what the group sees."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.content import markup
from handbook.presenting import run_file
from handbook.ui.main_window import MainWindow
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.presenting.show import Show
from handbook.ui.widgets.theme import LIGHT
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from tests.ui.conftest import OpenWindow

Key = Qt.Key
NINE = datetime.datetime(2026, 11, 28, 9).timestamp()
DAY = Workshop(
    "One day",
    start=datetime.time(9),
    items=(
        Passage("ex-jigsaw", note="Slowly."),
        Entry("Break", 15),
        CustomPage("House rules", "Be **on time**.", minutes=5),
    ),
)


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


Begin = Callable[[], RunWindow]


@pytest.fixture
def begin(window: MainWindow, clock: Clock, qtbot: QtBot) -> Begin:
    def begin_one() -> RunWindow:
        run = RunWindow(window.handbook, DAY, window.room, LIGHT, window.paths.data, clock)
        qtbot.addWidget(run)
        run.show()
        qtbot.waitActive(run)
        return run

    return begin_one


@pytest.fixture
def run(begin: Begin) -> RunWindow:
    return begin()


def tick(run: RunWindow) -> None:
    run._tick()


def test_the_step_its_text_and_what_comes_next_are_shown(run: RunWindow) -> None:
    assert run.item.text() == "Jigsaw"
    assert run.title.text() == run.moments[0].step
    assert run.note.text() == "Slowly."
    assert run.needed.text().startswith("Needed: ")
    assert len(run.text.toPlainText()) > 40
    assert run.next.text() == f"Next: {run.moments[1].title} ({run.moments[1].minutes} min)"


def test_time_runs_down_and_over(run: RunWindow, clock: Clock) -> None:
    minutes = run.moments[0].minutes
    tick(run)
    assert run.digits.text() == f"{minutes}:00"
    clock.now += 61
    tick(run)
    assert run.digits.text() == f"{minutes - 2}:59"
    assert run.bar.value() == 61
    clock.now = NINE + minutes * 60 + 30
    tick(run)
    assert run.digits.text() == "−0:30"
    assert run.behind.text().startswith("as planned; ")


def test_keys_lead_through_the_day(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    clock.now += 90
    qtbot.keyClick(run, Key.Key_N)
    assert run.run.place == 1
    qtbot.keyClick(run, Key.Key_P)
    assert run.run.place == 0
    qtbot.keyClick(run, Key.Key_P)
    assert run.told.text() == "This is the first step."
    qtbot.keyClick(run, Key.Key_Space)
    clock.now += 600
    tick(run)
    assert run.digits.text() == f"{run.moments[0].minutes}:00"
    assert "stands" in run.times.text()
    qtbot.keyClick(run, Key.Key_Plus)
    assert run.run.minutes[0] == run.moments[0].minutes + 1
    qtbot.keyClick(run, Key.Key_Minus)
    qtbot.keyClick(run, Key.Key_Minus)
    assert run.run.minutes[0] == run.moments[0].minutes - 1
    qtbot.keyClick(run, Key.Key_K)
    assert run.run.place == 2
    assert run.run.minutes[1] == 0


def test_one_key_shows_another_time_in_large(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    clock.now += 65
    qtbot.keyClick(run, Key.Key_T)
    assert run.digits.text() == "1:05"
    qtbot.keyClick(run, Key.Key_T)
    assert run.digits.text() == "09:01"
    assert "left" in run.times.text()


def test_how_far_behind_is_told_and_mended(
    run: RunWindow, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = NINE + run.moments[0].minutes * 60 + 600
    tick(run)
    assert run.behind.text().startswith("10 min behind; we would end at ")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    qtbot.keyClick(run, Key.Key_H)
    assert "instead of" in asked[0]
    tick(run)
    assert run.behind.text().startswith("as planned")
    qtbot.keyClick(run, Key.Key_H)
    assert len(asked) == 1
    assert run.told.text().startswith("Nothing has to be shorter")


def test_minutes_that_are_refused_change_nothing(
    run: RunWindow, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = NINE + 7200
    before = run.run.minutes
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.buttons()[1].click())
    qtbot.keyClick(run, Key.Key_H)
    assert run.run.minutes == before


def shown(run: RunWindow) -> str:
    show = run._room.show
    assert show is not None
    assert show.window.shown is not None
    return " ".join([show.window.shown.title, *map(markup.words_of, show.window.shown.blocks)])


def test_the_group_sees_questions_map_task_and_countdown(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    qtbot.keyClick(run, Key.Key_Q)
    assert "What was hard to explain" in shown(run)
    show = run._room.show
    assert show is not None
    run.activateWindow()
    qtbot.waitUntil(run.isActiveWindow)
    qtbot.keyClick(run, Key.Key_PageDown)  # from a remote, whichever window is in front
    assert "With which reason do you disagree?" in shown(run)
    run.buttons["M"].click()
    assert "09:00" in shown(run)
    assert "Break" in shown(run)
    run.buttons["G"].click()
    assert run.moments[0].step in shown(run)
    run.buttons["C"].click()
    minutes = run.moments[0].minutes
    assert f"{minutes}:00 until " in shown(run)
    clock.now += 30
    tick(run)
    assert f"{minutes - 1}:30" in shown(run)
    assert "Slowly" not in shown(run)


def test_a_break_has_no_questions(run: RunWindow, qtbot: QtBot) -> None:
    place = next(number for number, one in enumerate(run.moments) if one.is_break)
    run.to(place)
    qtbot.keyClick(run, Key.Key_Q)
    assert run.told.text() == "This step has no questions of its own."
    assert run._room.show is None
    qtbot.keyClick(run, Key.Key_G)
    assert run.told.text() == "This step has no text to show."


def test_a_page_of_ones_own_is_shown_as_it_is_written(run: RunWindow) -> None:
    run.to(len(run.moments) - 1)
    assert run.text.toPlainText() == "Be on time."
    assert run.next.text() == "Next: the end"


def test_it_goes_on_after_a_crash(begin: Begin, run: RunWindow, clock: Clock, window: MainWindow) -> None:
    run.to(2)
    clock.now += 120
    again = begin()
    assert again.went_on
    assert again.run.place == 2
    assert again.run.left(clock.now) == again.moments[2].minutes * 60 - 120
    again.end()
    assert not (window.paths.data / run_file.FILE).exists()


def test_what_was_run_is_saved_where_the_trainer_says(
    run: RunWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "run.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    run.to(1)
    run.save()
    assert "planned" in target.read_text()
    assert run.told.text() == "Saved: run.txt"


def test_the_end_of_a_step_is_heard_once_and_only_if_wanted(
    run: RunWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(1))
    clock.now += run.moments[0].minutes * 60 + 1
    tick(run)
    tick(run)
    assert rung == [1]
    run.to(1)
    run.ring.setChecked(False)
    clock.now += run.moments[1].minutes * 60 + 1
    tick(run)
    assert rung == [1]


def test_the_window_opens_with_the_workshop_that_is_open(window: MainWindow, qtbot: QtBot) -> None:
    window.workshop.controller.document.open(Workshop("Empty"), None)
    window.run_workshop()
    assert window._run_window is None
    assert "Open a workshop" in window.statusBar().currentMessage()
    window.workshop.controller.document.open(DAY, None)
    qtbot.keyClick(window, Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert window._run_window is not None
    assert window._run_window.windowTitle() == "Run: One day"
    QTimer.singleShot(0, window._run_window.close)
    qtbot.waitUntil(lambda: window._run_window is None)


def test_every_button_has_a_letter_of_its_own(run: RunWindow) -> None:
    letters = [button.text().split("&")[1][0].lower() for button in run.buttons.values()]
    assert len(set(letters)) == len(letters)
    assert all(button.accessibleName() == button.text().replace("&", "") for button in run.buttons.values())


def test_the_map_begins_on_the_page_with_what_is_going_on(window: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    entries = tuple(Entry(f"Hour number {number}", 60) for number in range(1, 13))
    run = RunWindow(window.handbook, Workshop("Long", items=entries), window.room, LIGHT, window.paths.data, clock)
    qtbot.addWidget(run)
    run.show()
    run.to(11)
    run.show_map()
    assert "Hour number 12" in shown(run)


def test_the_countdown_for_the_group_is_larger_than_other_text(run: RunWindow) -> None:
    run.show_countdown()
    show = run._room.show
    assert show is not None
    assert show.window.shown is not None
    assert show.window.shown.size > show.window.sizes.largest


def test_the_trainer_keeps_the_keyboard_while_the_group_has_a_screen_of_its_own(
    run: RunWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Show, "covers_trainers", lambda _: False)
    run.buttons["G"].click()
    qtbot.waitUntil(run.isActiveWindow)


def test_the_window_fits_a_small_screen(run: RunWindow) -> None:
    assert run.minimumSizeHint().height() <= 540
    assert run.minimumSizeHint().width() <= 1004


def test_going_on_is_told_in_the_window_itself(begin: Begin, run: RunWindow) -> None:
    assert not run.told.text()
    assert begin().told.text() == "The run goes on where it was."


def test_escape_first_takes_away_what_the_group_sees(run: RunWindow, qtbot: QtBot) -> None:
    run.show_countdown()
    assert run._room.show is not None
    run.activateWindow()
    qtbot.waitUntil(run.isActiveWindow)
    qtbot.keyClick(run, Key.Key_Escape)
    assert run._room.show is None
    assert run.isVisible()
    tick(run)
    qtbot.keyClick(run, Key.Key_Escape)
    assert not run.isVisible()


def test_a_window_that_is_only_closed_forgets_nothing_and_an_ended_run_is_gone(begin: Begin) -> None:
    run = begin()
    run.to(1)
    run.close()  # as Alt+F4 and the button of the frame do
    again = begin()
    assert (again.went_on, again.run.place) == (True, 1)
    again.buttons["Esc"].click()
    assert not begin().went_on
