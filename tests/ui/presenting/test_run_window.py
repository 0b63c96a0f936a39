"""A workshop that is run: the clock, the keys, and what the group sees."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.base import atomic_file
from handbook.base.paths import Paths
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.presenting import RUN_FILE, run_file
from handbook.presenting.lead import Lead
from handbook.presenting.run_clock import as_text
from handbook.ui.main_window import MainWindow
from handbook.ui.presenting import screens
from handbook.ui.presenting.room import Room
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.presenting.show import Show
from handbook.ui.widgets import dialogs, geometry
from handbook.ui.widgets.dialogs import last_folder
from handbook.ui.widgets.theme import DARK, LIGHT
from handbook.workshop import file
from handbook.workshop.model import CustomPage, Entry, Item, Passage, Workshop
from tests.helpers import PATIENCE
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
        kept = run_file.kept(window.paths.data)
        going_on = kept.run if kept is not None else None
        run = RunWindow(window.handbook, DAY, window.room, LIGHT, Lead(window.paths.data), clock, going_on)
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


def wait_until_kept(qtbot: QtBot, *runs: RunWindow) -> None:
    qtbot.waitUntil(lambda: not any(run._keeping.busy for run in runs), timeout=int(PATIENCE * 1000))


def test_the_step_its_text_and_what_comes_next_are_shown(run: RunWindow) -> None:
    assert run.face.item.text() == "Jigsaw"
    assert run.face.title.text() == run.moments[0].step
    assert run.face.note.text() == "Slowly."
    assert run.face.needed.text().startswith("Needed: ")
    assert len(run.face.text.toPlainText()) > 40
    assert run.face.next.text() == f"Next: {run.moments[1].title} ({run.moments[1].minutes} min)"


def test_time_runs_down_and_over(run: RunWindow, clock: Clock) -> None:
    minutes = run.moments[0].minutes
    tick(run)
    assert run.face.digits.text() == f"{minutes}:00"
    clock.now += 61
    tick(run)
    assert run.face.digits.text() == f"{minutes - 2}:59"
    assert run.face.bar.value() == 61
    clock.now = NINE + minutes * 60 + 20
    tick(run)
    assert run.face.digits.text() == "−0:20"
    assert run.face.behind.text().startswith("as planned; ")


def test_keys_lead_through_the_day(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    clock.now += 90
    qtbot.keyClick(run, Key.Key_N)
    assert run.run.place == 1
    qtbot.keyClick(run, Key.Key_P)
    assert run.run.place == 0
    qtbot.keyClick(run, Key.Key_P)
    assert run.face.told.text() == "This is the first step."
    qtbot.keyClick(run, Key.Key_Space)
    clock.now += 600
    tick(run)
    assert run.face.digits.text() == f"{run.moments[0].minutes}:00"
    assert "stands" in run.face.times.text()
    qtbot.keyClick(run, Key.Key_Plus)
    assert run.run.minutes[0] == run.moments[0].minutes + 1
    qtbot.keyClick(run, Key.Key_Minus)
    qtbot.keyClick(run, Key.Key_Minus)
    assert run.run.minutes[0] == run.moments[0].minutes - 1
    qtbot.keyClick(run, Key.Key_K)
    assert run.run.place == 2
    assert run.run.minutes[1] == 0


def test_how_much_time_is_left_and_how_far_the_run_is_are_said(
    run: RunWindow, clock: Clock, qtbot: QtBot, announced: list[tuple[str, object]]
) -> None:
    def said(key: Qt.Key) -> str:
        announced.clear()
        qtbot.keyClick(run, key)
        qtbot.waitUntil(lambda: bool(announced))
        return "".join(words for words, _ in announced)

    clock.now += 90
    assert said(Qt.Key.Key_T).startswith("1:30 elapsed. ")
    assert said(Qt.Key.Key_T).startswith("09:01 o'clock. ")
    assert said(Qt.Key.Key_T).endswith(f" left. {run.face.behind.text()}")
    first = run.moments[1]
    assert said(Qt.Key.Key_N).startswith(f"{first.title}. {first.minutes}:00 left. {run.face.behind.text()}. Next: ")


def test_one_key_shows_another_time_in_large(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    clock.now += 65
    qtbot.keyClick(run, Key.Key_T)
    assert run.face.digits.text() == "1:05"
    qtbot.keyClick(run, Key.Key_T)
    assert run.face.digits.text() == "09:01"
    assert "left" in run.face.times.text()


def test_how_far_behind_is_told_and_mended(
    run: RunWindow, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = NINE + run.moments[0].minutes * 60 + 600
    tick(run)
    assert run.face.behind.text().startswith("10 min behind; we would end at ")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    qtbot.keyClick(run, Key.Key_H)
    assert "instead of" in asked[0]
    tick(run)
    assert run.face.behind.text().startswith("as planned")
    qtbot.keyClick(run, Key.Key_H)
    assert len(asked) == 1
    assert run.face.told.text().startswith("Nothing has to be shorter")


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
    run.face.buttons["M"].click()
    assert "09:00" in shown(run)
    assert "Break" in shown(run)
    run.face.buttons["G"].click()
    assert run.moments[0].step in shown(run)
    run.face.buttons["C"].click()
    minutes = run.moments[0].minutes
    assert f"{minutes}:00 until " in shown(run)
    clock.now += 30
    tick(run)
    assert f"{minutes - 1}:30" in shown(run)
    assert "Slowly" not in shown(run)


@pytest.mark.parametrize("over", [29, 30, 40, 59, 89, 90, 340])
def test_window_countdown_and_map_say_the_same_time(run: RunWindow, clock: Clock, qtbot: QtBot, over: int) -> None:
    qtbot.keyClick(run, Key.Key_M)
    planned = shown(run).split()[-2]
    run.toggle()  # the countdown stands for a while
    clock.now += over
    run.toggle()
    tick(run)
    minutes = (over + 30) // 60
    ends = datetime.datetime.strptime(planned, "%H:%M") + datetime.timedelta(minutes=minutes)
    said = f"{minutes} min behind" if minutes else "as planned"
    assert run.face.behind.text() == f"{said}; we would end at {ends:%H:%M}"
    assert shown(run).endswith(f"{ends:%H:%M} End")
    until = datetime.datetime.fromtimestamp(NINE) + datetime.timedelta(minutes=run.moments[0].minutes + minutes)
    qtbot.keyClick(run, Key.Key_C)
    assert shown(run).endswith(f"until {until:%H:%M}")


def test_the_groups_screen_is_blanked_from_the_trainers_window(run: RunWindow, qtbot: QtBot) -> None:
    """A presenter's remote sends its keys to the window in front, which is the trainer's."""
    run.show_map()
    show = run._room.show
    assert show is not None
    for key, blank in ((Key.Key_B, "#000000"), (Key.Key_Period, ""), (Key.Key_W, "#ffffff")):
        qtbot.keyClick(run, key)
        assert show.window.blank == blank


def test_where_screens_are_swapped_the_run_does_not_stay_behind_the_groups_page(
    run: RunWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.show_map()
    show = run._room.show
    assert show is not None
    moved: list[QWidget] = []
    monkeypatch.setattr(screens, "another_screen", lambda _: run.screen())
    monkeypatch.setattr(screens, "move", lambda window, _: moved.append(window))
    show.swap_screens()
    assert run in moved
    assert show.window not in moved


def test_a_break_has_no_questions(run: RunWindow, qtbot: QtBot) -> None:
    place = next(number for number, one in enumerate(run.moments) if one.is_break)
    run.to(place)
    qtbot.keyClick(run, Key.Key_Q)
    assert run.face.told.text() == "This step has no questions of its own."
    assert run._room.show is None
    qtbot.keyClick(run, Key.Key_G)
    assert run.face.told.text() == "This step has no text to show."


def test_a_page_of_ones_own_is_shown_as_it_is_written(run: RunWindow) -> None:
    run.to(len(run.moments) - 1)
    assert run.face.text.toPlainText() == "Be on time."
    assert run.face.next.text() == "Next: the end"


def answer(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> list[str]:
    """Answer the questions that come with the buttons of these numbers; gives what was asked."""
    asked: list[str] = []
    left = list(numbers)

    def choose(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[left.pop(0)].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    # As they were added, and not as the platform would sort them.
    monkeypatch.setattr(QMessageBox, "buttons", lambda box: box.findChildren(QPushButton))
    return asked


def test_it_goes_on_after_a_crash(
    begin: Begin, run: RunWindow, clock: Clock, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    run.to(2)
    wait_until_kept(qtbot, run)
    clock.now += 120
    again = begin()
    assert again.run.place == 2
    assert again.run.left(clock.now) == again.moments[2].minutes * 60 - 120
    answer(monkeypatch, 0)
    again.end()
    assert not (window.paths.data / RUN_FILE).exists()


def test_the_window_goes_on_while_a_slow_disk_writes_and_closing_loses_nothing(
    run: RunWindow, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    wait_until_kept(qtbot, run)
    go_on, really = threading.Event(), os.fsync

    def fsync(descriptor: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            go_on.wait(PATIENCE)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    qtbot.keyClick(run, Key.Key_N)
    qtbot.keyClick(run, Key.Key_Plus)
    assert run.face.title.text() == run.moments[1].title
    found = run_file.kept(window.paths.data)
    assert found is not None
    assert found.run.place == 0
    run.close()
    go_on.set()
    run._keeping.close(PATIENCE)  # now the thread has written what it would
    found = run_file.kept(window.paths.data)
    assert found is not None
    assert found.run == run.run


def test_what_was_run_is_saved_where_the_trainer_says(
    run: RunWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "run.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    run.to(1)
    run.save()
    assert "planned" in target.read_text()
    assert run.face.told.text() == "Saved: run.txt"


def test_a_clock_that_is_set_back_does_not_stop_the_countdown(run: RunWindow, clock: Clock) -> None:
    clock.now += 60
    run._tick()
    left = run.run.left(clock.now)
    clock.now -= 86400
    run._tick()
    assert run.run.left(clock.now) == left
    assert run.face.told.text() == "This computer's clock was set back. The countdown goes on where it was."
    clock.now += 30
    run._tick()
    assert run.run.left(clock.now) == left - 30


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
    run.face.ring.setChecked(False)
    clock.now += run.moments[1].minutes * 60 + 1
    tick(run)
    assert rung == [1]


def test_the_window_opens_with_the_workshop_that_is_open(
    window: MainWindow, qtbot: QtBot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.showing.runs._now = clock
    window.workshop.controller.document.open(Workshop("Empty"), None)
    window.showing.run_workshop()
    assert window.showing.runs.window is None
    assert "Open a workshop" in window.statusBar().currentMessage()
    window.workshop.controller.document.open(DAY, None)
    qtbot.keyClick(window, Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert window.showing.runs.window is not None
    assert window.showing.runs.window.windowTitle() == "Run: One day"
    assert not window.showing.runs.window.face.told.text()
    QTimer.singleShot(0, window.showing.runs.window.close)
    qtbot.waitUntil(lambda: window.showing.runs.window is None)


@pytest.fixture
def led(window: MainWindow, clock: Clock, qtbot: QtBot) -> Iterator[RunWindow]:
    """The run of a workshop that is open in the window."""
    window.showing.runs._now = clock
    window.workshop.controller.document.open(DAY, Path("day.workshop"))
    window.showing.run_workshop()
    assert window.showing.runs.window is not None
    qtbot.waitActive(window.showing.runs.window)
    yield window.showing.runs.window
    window.showing.runs.close()


def change(window: MainWindow, *items: Item) -> None:
    """Change the items of the workshop, as its panel does."""
    document = window.workshop.controller.document
    document.change(dataclasses.replace(document.workshop, items=items), "Change")


def test_at_the_start_a_run_that_was_not_ended_is_offered(
    window: MainWindow,
    led: RunWindow,
    clock: Clock,
    open_window: OpenWindow,
    home: Paths,
    qtbot: QtBot,
    announced: list[tuple[str, object]],
) -> None:
    led.to(2)
    clock.now += 42 * 60
    led._tick()
    wait_until_kept(qtbot, led)
    led._lead.end(forget=False)  # and then it crashes: nothing else is written, and the system ends its locks
    step = led.moment.whole_title
    next_one = open_window(at=home)
    next_one.showing.runs._now = clock
    qtbot.waitUntil(lambda: bool(next_one.notice.text))
    stopped = f"It stopped on 28 November 2026 at 09:42, at “{step}”."
    assert next_one.notice.text == f"The run of “One day” was not ended. {stopped}"
    qtbot.waitUntil(lambda: any(next_one.notice.text in words for words, _ in announced))
    assert "Run of “One day”, stopped on 28 November 2026 at 09:42" in next_one.reader.toPlainText()
    go_on = next(button for button in next_one.notice.findChildren(QPushButton) if "Go on" in button.text())
    go_on.setFocus()
    qtbot.keyClick(go_on, Key.Key_Space)
    going = next_one.showing.runs.window
    assert going is not None
    assert (going.moment.whole_title, going.face.told.text()) == (step, "The run goes on where it was.")
    # Its workshop was in no file: the copy is open again.
    assert next_one.workshop.controller.workshop == DAY
    assert next_one.workshop.controller.document.needs_saving
    assert not next_one.notice.text
    assert "Run of" not in next_one.reader.toPlainText()
    next_one.showing.runs.close()
    assert "Run of" in next_one.reader.toPlainText()


def test_a_run_goes_on_with_the_file_of_its_workshop(
    window: MainWindow, led: RunWindow, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another is open, and the file was changed; where it is gone, with the copy."""
    path = tmp_path / "day.workshop"
    controller = window.workshop.controller
    assert controller._write(path, chosen=True)
    led.to(2)
    step = led.moment.step
    led.close()
    file.save(dataclasses.replace(DAY, items=(Entry("Welcome", 5), *DAY.items)), path)
    controller.document.open(Workshop("Other", items=(Entry("Talk", 60),)), None)
    answer(monkeypatch, 0)
    window.showing.run_workshop()
    going = window.showing.runs.window
    assert going is not None
    assert (controller.document.path, going.moment.step, len(going.moments)) == (path, step, len(led.moments) + 1)
    going.close()
    path.unlink()
    controller.document.open(Workshop(), None)
    window.showing.go_on_with_run()
    going = window.showing.runs.window
    assert going is not None
    assert (controller.document.path, going.moment.step) == (None, step)
    going.close()
    controller.document.open(Workshop(), None)
    text = json.loads((window.paths.data / RUN_FILE).read_text()) | {"workshop": ""}
    (window.paths.data / RUN_FILE).write_text(json.dumps(text))
    window.showing.go_on_with_run()
    assert window.showing.runs.window is None
    assert window.notice.text.startswith("The run of “One day” can't go on here")


def test_a_run_is_forgotten_where_the_person_says_so_twice(
    window: MainWindow, led: RunWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.close()
    window.showing.kept_run.offer()
    forget = next(button for button in window.notice.findChildren(QPushButton) if button.text() == "Forget it")
    asked, answers = [], [False, True]

    def ask(_: QWidget, __: str, text: str, do: str) -> bool:
        asked.append((text, do))
        return answers.pop(0)

    monkeypatch.setattr(dialogs, "ask", ask)
    forget.click()
    assert asked == [("Forget the run of “One day”, with the times at which its steps were run?", "&Forget it")]
    assert run_file.kept(window.paths.data) is not None
    assert window.notice.text.startswith("The run of “One day” was not ended.")
    forget.click()
    assert run_file.kept(window.paths.data) is None
    assert not window.notice.text
    assert "Run of" not in window.reader.toPlainText()


def test_the_file_of_a_run_that_cannot_be_read_is_set_aside_and_told(
    open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    home.data.mkdir(parents=True)
    (home.data / RUN_FILE).write_bytes(b"{")
    window = open_window(at=home)
    qtbot.waitUntil(lambda: "run damaged" in window.notice.text)
    assert [path.read_bytes() for path in home.data.glob("run damaged *.json")] == [b"{"]
    assert not (home.data / RUN_FILE).exists()
    window.clearing.forget()
    assert not list(home.data.glob("run damaged *"))


def test_without_a_workshop_the_run_that_was_not_ended_is_offered(
    window: MainWindow, led: RunWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.close()
    window.workshop.controller.document.open(Workshop(), None)
    asked = answer(monkeypatch, 2, 1)
    window.showing.run_workshop()
    assert asked[0].startswith("The run of “One day” was not ended.")
    assert run_file.kept(window.paths.data) is not None
    window.showing.run_workshop()
    assert run_file.kept(window.paths.data) is None
    window.showing.run_workshop()
    assert window.statusBar().currentMessage().startswith("Open a workshop with minutes in it first")


def test_the_run_follows_the_workshop(window: MainWindow, clock: Clock, led: RunWindow) -> None:
    led.to(1)
    led.more(3)
    clock.now += 65
    step, minutes = led.moment.step, led.run.minutes[1]
    jigsaw, pause, rules = DAY.items
    assert isinstance(jigsaw, Passage)
    change(window, Entry("Welcome", 10), jigsaw, rules)  # one more, one less, one moved
    assert (led.moment.step, led.run.minutes[led.run.place]) == (step, minutes)
    assert led.run.left(clock.now) == minutes * 60 - 65
    assert [one.item for one in led.moments][-1] == "House rules"
    assert led.face.told.text() == "The workshop was changed: the run goes on with it."
    change(window, rules, pause, jigsaw)  # all moved
    assert led.moment.step == step
    change(window, rules, pause, dataclasses.replace(jigsaw, minutes=90))
    assert sum(led.run.minutes[2:]) == 90  # other minutes are taken
    window.workshop.controller.document.undo()
    assert (led.moment.step, led.run.left(clock.now)) == (step, led.run.minutes[led.run.place] * 60 - 65)
    change(window)
    assert led.face.told.text() == "The workshop has no minutes any more: the run goes on as it was."
    assert led.moment.step == step


def test_where_what_is_going_on_was_removed_the_next_begins(window: MainWindow, clock: Clock, led: RunWindow) -> None:
    led.to(1)
    clock.now += 300
    change(window, *DAY.items[1:])
    assert led.face.title.text() == led.moment.title == "Break"
    assert led.run.left(clock.now) == 15 * 60
    assert led.face.told.text().endswith("is not in the workshop any more.")
    assert "Jigsaw: " in as_text(led.run, led.moments, "", clock.now)  # what was run stays noted


def test_another_file_does_not_change_the_run(window: MainWindow, led: RunWindow) -> None:
    document = window.workshop.controller.document
    document.open(Workshop("Other", items=(Entry("Talk", 60),)), Path("other.workshop"))
    assert led.moment.item == "Jigsaw"
    document.open(dataclasses.replace(DAY, items=DAY.items[:2]), Path("day.workshop"))  # ours, saved by somebody else
    assert [one.item for one in led.moments][-1] == "Break"


def test_who_begins_late_chooses_where(window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    window.showing.runs._now = clock
    window.workshop.controller.document.open(DAY, None)
    clock.now += 20 * 60
    for number, place in ((0, 0), (1, 2)):
        asked = answer(monkeypatch, number)
        window.showing.run_workshop()
        assert "By the programme it is now" in asked[0]
        assert window.showing.runs.window is not None
        assert window.showing.runs.window.run.place == place
        run_file.forget(window.paths.data)
        window.showing.runs.window._ends = True
        window.showing.runs.close()
    answer(monkeypatch, 2)
    window.showing.run_workshop()
    assert window.showing.runs.window is None
    clock.now += 10 * 3600  # the programme is over: it is being tried, or run at another time
    asked = answer(monkeypatch)
    window.showing.run_workshop()
    assert asked == []
    assert window.showing.runs.window is not None
    assert window.showing.runs.window.run.place == 0


def test_colours_and_sizes_are_changed_during_a_run(window: MainWindow, led: RunWindow) -> None:
    """A page of the light theme on a dark ground had links that nobody could read."""
    light, small = led.face.text.document().defaultStyleSheet(), led.face.title.font().pointSizeF()
    window.looks.set_colours("dark")
    assert led.face.text.document().defaultStyleSheet() != light
    assert DARK.accent in led.face.text.document().defaultStyleSheet()
    window.look_commands.handlers()["window_larger"]()
    assert led.face.title.font().pointSizeF() > small
    window.look_commands.handlers()["window_usual"]()
    window.looks.set_colours("light")


def test_when_the_letters_grow_during_a_run_its_window_fits_the_screen(
    window: MainWindow, led: RunWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 300 % it was 1735 pixels wide, and its buttons were beside the screen."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1366, 768))
    qtbot.keyClick(led, Key.Key_N)
    qtbot.keyClick(led, Key.Key_Plus)
    led.face.ring.setChecked(False)
    shown = [label.text() for label in (led.face.title, led.face.times, led.face.next, led.face.told)]
    for percent in (300, 100):
        led.face.buttons["K"].setFocus()
        window.looks.set_percent(percent)
        QApplication.processEvents()
        assert led.focusWidget() is led.face.buttons["K"]
        assert led.width() <= 1366 - geometry.FRAME
        assert led.height() <= 768 - geometry.TITLE
        end = led.face.buttons["Esc"]
        assert 0 <= end.mapTo(led, end.rect().topRight()).x() < led.width()
        assert [label.text() for label in (led.face.title, led.face.times, led.face.next, led.face.told)] == shown
        assert not led.face.ring.isChecked()
        assert not led.face.take_over.isVisible()
    qtbot.keyClick(led, Key.Key_P)
    assert led.face.title.text() != shown[0]


def test_what_was_said_of_a_step_goes_with_it(led: RunWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(led, Key.Key_Plus)
    assert led.face.told.text()
    qtbot.keyClick(led, Key.Key_N)
    assert not led.face.told.text()


def test_that_the_run_is_not_kept_is_said_until_it_is(
    led: RunWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as full:
        full.setattr(atomic_file, "_write", no_room)
        qtbot.keyClick(led, Key.Key_N)
        qtbot.waitUntil(lambda: "can't be kept against a crash" in led.face.told.text())
    led._keep()  # as every minute
    qtbot.waitUntil(lambda: not led.face.told.text())


def test_a_run_that_was_closed_is_offered(
    window: MainWindow, led: RunWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.to(2)
    clock.now += 60
    answer(monkeypatch, 1)
    led.face.buttons["Esc"].click()  # close, to go on later
    assert window.showing.runs.window is None
    asked = answer(monkeypatch, 2)
    window.showing.run_workshop()  # cancelled
    assert window.showing.runs.window is None
    change(window, Entry("Welcome", 5), *DAY.items)  # meanwhile
    asked = answer(monkeypatch, 0)
    window.showing.run_workshop()
    again = window.showing.runs.window
    assert again is not None
    assert led.moments[2].step in asked[0]
    assert (again.moment.step, again.run.entered) == (led.moments[2].step, clock.now - 60)
    assert again.face.told.text() == "The run goes on where it was."
    answer(monkeypatch, 2)
    again.end()
    assert again.isVisible()  # stay
    answer(monkeypatch, 0)
    again.end()
    assert run_file.kept(window.paths.data) is None


def test_another_workshop_does_not_take_the_place_of_a_run_unasked(
    window: MainWindow, led: RunWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.close()
    window.workshop.controller.document.open(Workshop("Other", items=(Entry("Talk", 60),)), None)
    asked = answer(monkeypatch, 2, 1)
    window.showing.run_workshop()
    assert asked == ["A run of “One day” was not ended. It is forgotten when another begins."]
    assert window.showing.runs.window is None
    window.showing.run_workshop()
    assert window.showing.runs.window is not None
    assert window.showing.runs.window.moment.item == "Talk"


def test_after_an_hour_the_digits_are_right_to_a_fifth_of_a_second(run: RunWindow, clock: Clock, qtbot: QtBot) -> None:
    run.more(60)
    clock.now += 3600 + 0.1
    run._tick()
    assert run.face.digits.text() == "5:00"  # 4:59.9
    assert run._timer.timerType() == Qt.TimerType.PreciseTimer
    assert run._timer.isSingleShot()
    clock.now += 0.85
    run._tick()
    assert 0 < run._timer.interval() <= 51  # the next second begins in 50 ms
    before = run.face.digits.text()
    clock.now += 0.051
    qtbot.waitUntil(lambda: run.face.digits.text() != before)
    for _ in range(2):
        run.change_clock()
    run.change_clock()
    run._clock_shows = 1
    clock.now = NINE + 3600.9
    run._tick()
    assert run.face.digits.text() == "60:00"  # elapsed, not rounded up


def test_the_group_is_not_shown_by_how_much_it_is_over(run: RunWindow, clock: Clock) -> None:
    clock.now += run.moments[0].minutes * 60 + 61
    run.show_countdown()
    ended = datetime.datetime.fromtimestamp(NINE + run.moments[0].minutes * 60).strftime("%H:%M")
    assert shown(run).endswith(f"0:00 until {ended}")
    assert "−" not in shown(run)
    tick(run)
    assert run.face.digits.text() == "−1:01"


def test_a_link_in_the_text_of_a_step_opens_in_the_handbooks_window(window: MainWindow, led: RunWindow) -> None:
    led.face.text.anchorClicked.emit(QUrl("statement#r1"))
    assert window.address == "statement#r1"
    led.face.text.anchorClicked.emit(QUrl("#note-1"))
    assert window.address == "statement#r1"


def test_over_the_groups_page_the_keys_of_the_run_mean_the_same(run: RunWindow, qtbot: QtBot) -> None:
    run.show_map()
    show = run._room.show
    assert show is not None
    qtbot.keyClick(show.window, Key.Key_N)
    assert run.run.place == 1
    assert show.window._hint == run.moment.title
    qtbot.keyClick(show.window, Key.Key_C)
    assert f"{run.moment.minutes}:00" in shown(run)
    qtbot.keyClick(show.window, Key.Key_Space)
    assert run.run.since is None
    qtbot.keyClick(show.window, Key.Key_B)
    assert show.window.blank == "#000000"
    qtbot.keyClick(show.window, Key.Key_P)
    assert run.run.place == 0
    run.close()
    qtbot.keyClick(show.window, Key.Key_N)  # is nobody's now


def test_the_groups_countdown_is_not_read_out_each_second(
    run: RunWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.show_countdown()
    said: list[str] = []
    monkeypatch.setattr("handbook.ui.presenting.public_window.announce", lambda _, words: said.append(words))
    before = shown(run)
    clock.now += 3
    run._tick()
    assert shown(run) != before
    assert said == []


def test_every_button_has_a_letter_of_its_own(run: RunWindow) -> None:
    letters = [button.text().split("&")[1][0].lower() for button in run.face.buttons.values()]
    assert len(set(letters)) == len(letters)
    assert all(button.accessibleName() == button.text().replace("&", "") for button in run.face.buttons.values())


def test_the_map_begins_on_the_page_with_what_is_going_on(window: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    entries = tuple(Entry(f"Hour number {number}", 60) for number in range(1, 13))
    run = RunWindow(
        window.handbook, Workshop("Long", items=entries), window.room, LIGHT, Lead(window.paths.data), clock
    )
    qtbot.addWidget(run)
    run.show()
    run.to(11)
    run.show_map()
    assert "Hour number 12" in shown(run)


def test_the_map_goes_on_with_the_clock_and_stays_on_its_page(window: MainWindow, clock: Clock, qtbot: QtBot) -> None:
    entries = tuple(Entry(f"Hour number {number}", 60) for number in range(1, 13))
    run = RunWindow(
        window.handbook, Workshop("Long", items=entries), window.room, LIGHT, Lead(window.paths.data), clock
    )
    qtbot.addWidget(run)
    run.show()
    run.show_map()
    show = run._room.show
    assert show is not None
    show.step(1)
    assert "18:00 Hour number 10" in shown(run)
    clock.now += 65 * 60
    tick(run)
    assert "18:05 Hour number 10" in shown(run)
    run.to(1)
    assert "Hour number 2" in shown(run)  # to where we are now
    window.room.show_address("statement#r1")  # by the trainer, from her window
    clock.now += 3600
    tick(run)
    assert "Hour" not in shown(run)


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
    run.face.buttons["G"].click()
    qtbot.waitUntil(run.isActiveWindow)


def test_the_window_fits_a_small_screen(run: RunWindow) -> None:
    assert run.minimumSizeHint().height() <= 540
    assert run.minimumSizeHint().width() <= 1004


def test_escape_first_takes_away_what_the_group_sees(
    run: RunWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.show_countdown()
    assert run._room.show is not None
    run.activateWindow()
    qtbot.waitUntil(run.isActiveWindow)
    qtbot.keyClick(run, Key.Key_Escape)
    assert run._room.show is None
    assert run.isVisible()
    tick(run)
    answer(monkeypatch, 0)
    qtbot.keyClick(run, Key.Key_Escape)
    assert not run.isVisible()


def test_a_window_that_is_only_closed_forgets_nothing(begin: Begin) -> None:
    run = begin()
    run.to(1)
    run.close()  # as Alt+F4 and the button of the frame do
    assert begin().run.place == 1


def test_what_is_next_in_another_item_is_named_with_it(run: RunWindow) -> None:
    last = next(at for at, one in enumerate(run.moments) if one.item == "Break") - 1
    run.to(last)
    assert run.face.next.text() == "Next: Break (15 min)"
    run.to(0)
    assert run.face.next.text().startswith(f"Next: {run.moments[1].step} (")


def test_what_was_run_is_saved_among_the_persons_documents(run: RunWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[str] = []

    def choose(*args: object) -> tuple[str, str]:
        offered.append(str(args[2]))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    run.save()
    assert offered == [str(last_folder("") / "One day.txt")]


# -- Two windows ----------------------------------------------------------------------------------------------------


@pytest.fixture
def other(home: Paths, book: Handbook, clock: Clock, qtbot: QtBot) -> RunWindow:
    """Another window of the program that leads the run; the main window has been opened beside it."""
    trainers = QMainWindow()
    qtbot.addWidget(trainers)
    room = Room(book, trainers, markup.from_markdown, lambda *_: None, lambda: LIGHT)
    run = RunWindow(book, DAY, room, LIGHT, Lead(home.data), clock)
    qtbot.addWidget(run)
    run.show()
    return run


def begin_beside(
    window: MainWindow, clock: Clock, number: int, monkeypatch: pytest.MonkeyPatch, workshop: Workshop = DAY
) -> list[str]:
    """Have the window run a workshop, and answer the question with the button of this number; what was asked."""
    asked = answer(monkeypatch, number)
    window.showing.runs._now = clock
    window.workshop.controller.document.open(workshop, None)
    window.showing.run_workshop()
    return asked


def test_who_runs_what_another_window_runs_is_asked_and_may_look_on(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other.to(1)
    other.more(5)
    wait_until_kept(qtbot, other)
    title = other.moment.whole_title
    asked = begin_beside(window, clock, 2, monkeypatch)  # Cancel
    assert asked == [f"“One day” is being run in another window. It is at “{title}”."]
    assert window.showing.runs.window is None
    begin_beside(window, clock, 0, monkeypatch)  # Look on
    here = window.showing.runs.window
    assert here is not None
    assert here.looks_on
    assert here.run == other.run
    clock.now += 60
    with qtbot.waitActive(here):
        here.activateWindow()
    for key in (Key.Key_N, Key.Key_Space, Key.Key_Plus, Key.Key_K):
        here.face.told.clear()
        qtbot.keyClick(here, key)
        assert here.face.told.text() == "This run goes on in another window, and you look on. V takes it over."
    here.face.told.clear()
    here.more(1)  # as by a key that has no button
    assert here.face.told.text().startswith("This run goes on in another window")
    assert here.run == other.run
    other.to(2)
    wait_until_kept(qtbot, other)
    here._look_at_others()
    assert here.run == other.run
    assert here.face.title.text() == other.face.title.text()
    assert not other.looks_on
    here.end()  # without a question
    assert window.showing.runs.window is None
    assert other.run.place == 2
    other.to(1)
    assert not other.looks_on


def test_a_run_is_taken_over_where_it_is_and_back(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other.to(1)
    wait_until_kept(qtbot, other)
    clock.now += 90
    begin_beside(window, clock, 1, monkeypatch)  # Take it over here
    here = window.showing.runs.window
    assert here is not None
    assert not here.looks_on
    assert here.run == other.run
    assert here.face.told.text() == "The run goes on where it was."
    other._timer.stop()  # so that it does not look before it is made to
    here.to(2)
    wait_until_kept(qtbot, here)
    before = other.run
    other.more(1)  # before it has looked: nothing of it counts, and nothing here is lost
    assert other.looks_on
    assert other.run == here.run != before
    assert other.face.told.text() == "This run goes on in another window, and you look on. V takes it over."
    assert other.face.title.text() == here.face.title.text()
    here._look_at_others()
    assert not here.looks_on
    with qtbot.waitActive(other):
        other.activateWindow()
    qtbot.keyClick(other, Key.Key_V)
    assert not other.looks_on
    assert not other.face.take_over.isVisible()
    other.more(7)
    wait_until_kept(qtbot, other)
    here._look_at_others()
    assert here.looks_on
    assert here.run == other.run


def test_what_is_said_to_who_looks_on_stays_when_nothing_was_to_be_kept(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    wait_until_kept(qtbot, other)
    begin_beside(window, clock, 0, monkeypatch)  # Look on
    here = window.showing.runs.window
    assert here is not None
    here.follow(dataclasses.replace(DAY, items=(*DAY.items, Entry("One more", 10))), None)
    told = here.face.told.text()
    assert told == "The workshop was changed: the run goes on with it."
    wait_until_kept(qtbot, here)
    assert here.face.told.text() == told


def test_who_looks_on_is_told_when_nobody_leads_and_can_go_on(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other.to(1)
    wait_until_kept(qtbot, other)
    begin_beside(window, clock, 0, monkeypatch)
    here = window.showing.runs.window
    assert here is not None
    other.close()
    here._look_at_others()
    assert here.face.told.text() == "The other window does not lead this run any more. V goes on with it here."
    here.face.take_over.click()
    assert not here.looks_on
    here.to(2)
    wait_until_kept(qtbot, here)
    found = run_file.kept(window.paths.data)
    assert found is not None
    assert found.run == here.run


def test_what_was_ended_in_another_window_can_still_go_on(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other.to(1)
    wait_until_kept(qtbot, other)
    begin_beside(window, clock, 0, monkeypatch)
    here = window.showing.runs.window
    assert here is not None
    answer(monkeypatch, 0)
    other.end()
    here._look_at_others()
    assert here.face.told.text() == "The run was ended in the other window. V goes on with it here all the same."
    assert here.run.place == 1


def test_another_workshop_is_not_begun_while_a_window_leads_one(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Workshop("Other", items=(Entry("Talk", 60),))
    assert begin_beside(window, clock, 0, monkeypatch, talk) == []
    assert window.showing.runs.window is None
    said = "“One day” is being run in another window. End it there before another begins."
    assert window.statusBar().currentMessage() == said
    other.more(1)
    assert not other.looks_on


def test_what_another_window_runs_is_not_offered_at_the_start(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.showing.kept_run.offer()
    assert not window.notice.text
    assert window.showing.kept_run.words() == ""
    other.close()
    window.showing.kept_run.offer()
    assert window.notice.text.startswith("The run of “One day” was not ended.")
    third = Lead(window.paths.data)  # meanwhile another takes it up
    there = run_file.kept(window.paths.data)
    assert there is not None
    third.take(there)
    monkeypatch.setattr(dialogs, "ask", lambda *_: pytest.fail("what another window leads is not forgotten"))
    window.showing.kept_run.forget()
    assert not window.notice.text
    window.showing.runs._now = clock
    asked = answer(monkeypatch, 0)
    window.showing.run_workshop()  # without a workshop: that of the run is opened
    assert asked[0].startswith("“One day” is being run in another window.")
    assert window.showing.runs.window is not None
    assert window.showing.runs.window.looks_on


def test_a_run_that_another_window_took_up_while_the_trainer_was_asked_is_asked_about_again(
    other: RunWindow, window: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.close()
    asked: list[str] = []

    def choose(box: QMessageBox) -> int:
        asked.append(box.text())
        if len(asked) == 1:
            there = run_file.kept(window.paths.data)
            assert there is not None
            Lead(window.paths.data).take(there._replace(run=there.run.to(1, clock.now)))
        box.findChildren(QPushButton)[len(asked) % 2].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    window.showing.runs._now = clock
    window.workshop.controller.document.open(DAY, None)
    window.showing.run_workshop()  # Begin anew, then: Look on
    assert [text.partition(".")[0] for text in asked] == [
        "A run of this workshop was not ended",
        "“One day” is being run in another window",
    ]
    assert window.showing.runs.window is not None
    assert window.showing.runs.window.run.place == 1


def test_what_is_gone_from_the_handbook_is_no_empty_page_for_the_group(
    window: MainWindow, clock: Clock, qtbot: QtBot
) -> None:
    gone = Workshop("One day", items=(Passage("gone#x", "Gone", minutes=10),))
    run = RunWindow(window.handbook, gone, window.room, LIGHT, Lead(window.paths.data), clock)
    qtbot.addWidget(run)
    run.show()
    qtbot.keyClick(run, Key.Key_G)
    assert window.room.show is None
    assert run.face.told.text() == "This step has no text to show."
