"""Workshop files in the window: opening, saving, leaving, dropping, the command line, a crash, damaged files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.settings import Store
from handbook.ui.widgets import progress
from handbook.ui.widgets.theme import Theme
from handbook.ui.workshop import files
from handbook.ui.workshop.dock import WorkshopDock
from handbook.workshop import file, logo, ready_files
from handbook.workshop.model import Entry, Passage, Workshop
from handbook.workshop.ready import ready_workshops
from tests.helpers import PATIENCE, ROOT, Gate, write
from tests.pictures import SVG
from tests.ui.conftest import OpenWindow
from tests.ui.workshop.test_panel import command

ONE = Workshop("One day", items=(Passage("statement#r1", "1. Take on the Human Rights Approach"), Entry("Lunch", 60)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved workshop."""
    found = tmp_path / "one day.workshop"
    file.save(ONE, found)
    return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said."""
    sentences: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: sentences.append(args[2]))
    return sentences


def answer(monkeypatch: pytest.MonkeyPatch, dialog: str, chosen: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(chosen), ""))


# -- Opening and saving --------------------------------------------------------------------------------------


def test_a_file_is_opened_changed_and_saved_again(
    open_window: OpenWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("statement#r2")
    answer(monkeypatch, "getOpenFileName", path)
    command(window, "workshop_open").trigger()
    controller = window.workshop.controller
    assert controller.workshop == ONE
    assert controller.panel.title.text() == "One day"
    command(window, "workshop_add").trigger()
    assert controller.panel.title.text() == "One day\N{NO-BREAK SPACE}*"
    command(window, "workshop_save").trigger()
    assert controller.panel.title.text() == "One day"
    saved, remarks = file.read(path)
    assert not remarks
    assert [getattr(item, "address", "") for item in saved.items] == ["statement#r1", "", "statement#r2"]
    assert saved.made_with.fingerprint == window.handbook.fingerprint


def test_a_new_one_asks_for_its_file_and_gets_the_suffix(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("statement#r2")
    command(window, "workshop_add").trigger()
    controller = window.workshop.controller
    answer(monkeypatch, "getSaveFileName", "")
    assert not controller.save()  # thought better of it
    assert controller.document.needs_saving
    answer(monkeypatch, "getSaveFileName", tmp_path / "mine.1")
    assert controller.save()
    assert file.read(tmp_path / "mine.1.workshop").workshop == controller.workshop
    assert controller.document.path == tmp_path / "mine.1.workshop"


def test_a_folder_that_takes_no_file_keeps_the_changes(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    window = open_window("statement#r2")
    command(window, "workshop_add").trigger()
    answer(monkeypatch, "getSaveFileName", tmp_path / "no such folder" / "a.workshop")
    assert not window.workshop.controller.save()
    assert "no folder" in told[0]
    assert window.workshop.controller.document.needs_saving


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"PK\x03\x04\xff\xfe\x00", "not text"),
        (b"format = 1\ntitle = = 'a'\n", "line 2"),
        (b"title = 'Some other TOML'\n", "no workshop"),
        (b"format = 99\n", "newer"),
        (b"format = 1\nparticipants = -3\n", "participants"),
    ],
)
def test_a_file_that_is_none_is_told_and_changes_nothing(
    open_window: OpenWindow, path: Path, tmp_path: Path, told: list[str], data: bytes, wanted: str
) -> None:
    window = open_window("statement#r2")
    controller = window.workshop.controller
    controller.open_file(path)
    bad = tmp_path / "bad.workshop"
    bad.write_bytes(data)
    assert not controller.open_file(bad)
    assert "bad.workshop" in told[0]
    assert wanted in told[0]
    assert (controller.workshop, controller.document.path) == (ONE, path)
    assert bad.read_bytes() == data


def test_what_a_newer_program_wrote_is_told_and_kept(open_window: OpenWindow, path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("format = 1\n", 'format = 1\nmood = "good"\n'), "utf-8")
    window = open_window("statement#r2")
    controller = window.workshop.controller
    assert controller.open_file(path)
    assert "mood" in window.notice.text
    assert controller.save()
    assert 'mood = "good"' in path.read_text("utf-8")


def test_a_file_that_another_program_changed_is_not_replaced_unasked(
    open_window: OpenWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = open_window("statement").workshop.controller
    controller.open_file(path)
    path.write_text("changed elsewhere", "utf-8")
    monkeypatch.setattr(files, "ask", lambda *_: False)
    assert not controller.save()
    assert path.read_text("utf-8") == "changed elsewhere"
    monkeypatch.setattr(files, "ask", lambda *_: True)
    assert controller.save()
    assert file.read(path).workshop.items == ONE.items


# -- Cancelling ----------------------------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Saving and opening that take as long as the test wants."""
    held = Slow(monkeypatch)
    yield held
    held.open.set()


class Slow(Gate):
    """Holds files up where all is written but put in place, or before it is read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.ended = threading.Event()
        monkeypatch.setattr(progress, "APPEARS", 0)
        save, read = file.save, file.read

        def slowly_saved(workshop: Workshop, path: Path, may: Callable[[], bool]) -> bool:
            def hold() -> bool:
                self.hold()
                return may()

            try:
                return save(workshop, path, hold)
            finally:
                self.ended.set()

        def slowly_read(path: Path) -> file.Opened:
            self.hold()
            return read(path)

        monkeypatch.setattr(file, "save", slowly_saved)
        monkeypatch.setattr(file, "read", slowly_read)


def cancel_soon(condition: Callable[[], bool]) -> QTimer:
    """Press Cancel in the box when something is the case."""
    clock = QTimer()

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QProgressDialog) and condition():
            clock.stop()
            box.canceled.emit()

    clock.timeout.connect(look)
    clock.start(5)
    return clock


def test_cancelled_saving_writes_nothing_behind_anybody(
    open_window: OpenWindow, path: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.open.set()
    window = open_window("statement#r2")
    controller = window.workshop.controller
    assert controller.open_file(path)
    command(window, "workshop_add").trigger()
    before = path.read_bytes()
    slow.reached.clear()
    slow.open.clear()
    clock = cancel_soon(slow.reached.is_set)
    assert not controller.save()  # and the window is there again, while the thread still waits
    clock.stop()
    assert not slow.ended.is_set()
    assert controller.document.needs_saving
    slow.open.set()
    assert slow.ended.wait(PATIENCE)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob(f"*{path.suffix}")] == [path.name]
    assert not list(path.parent.glob(".*.part"))
    monkeypatch.setattr(files, "ask", lambda *_: pytest.fail("nobody else changed the file"))
    assert controller.save()
    assert file.read(path).workshop.items == controller.workshop.items


def test_a_file_that_takes_long_to_read_can_be_left(open_window: OpenWindow, path: Path, slow: Slow) -> None:
    slow.open.set()
    controller = open_window("statement#r2").workshop.controller
    slow.reached.clear()
    slow.open.clear()
    clock = cancel_soon(slow.reached.is_set)
    assert not controller.open_file(path)
    clock.stop()
    slow.open.set()
    QApplication.processEvents()
    assert controller.document.is_blank


# -- Logos from outside --------------------------------------------------------------------------------------

HOSTILE = ROOT / "tests" / "cases" / "hostile-logos" / "feimage.svg"


def test_a_workshop_with_a_logo_that_crashes_opens_without_it(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file.save(replace(ONE, logo=logo.read(HOSTILE)), tmp_path / "theirs.workshop")
    window = open_window("statement#r2")
    controller = window.workshop.controller
    assert controller.open_file(tmp_path / "theirs.workshop")
    assert controller.workshop == ONE
    assert "'feimage.svg' can't be drawn" in window.notice.text
    assert "the file has it until you save" in window.notice.text
    with qtbot.waitSignal(controller.page_builder.made):
        pass


def test_a_logo_of_a_file_is_pixels_when_it_is_open(open_window: OpenWindow, tmp_path: Path) -> None:
    file.save(replace(ONE, logo=logo.of("ours.svg", SVG)), tmp_path / "ours.workshop")
    window = open_window("statement#r2")
    assert window.workshop.controller.open_file(tmp_path / "ours.workshop")
    found = window.workshop.controller.workshop.logo
    assert found is not None
    assert found.name == "ours.svg"
    assert logo.is_drawn(found)
    assert not window.workshop.controller.document.needs_saving
    assert window.notice.text == ""


def test_only_a_logo_that_has_to_be_drawn_waits_for_the_typesetter(
    open_window: OpenWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "handbook.printing.typeset.pictures", None)  # it cannot be imported
    monkeypatch.delattr("handbook.printing.typeset.pictures", raising=False)
    assert files.read(open_window("statement#r2"), load(ROOT / "content"), path) is not None


# -- Leaving -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "closed", "saved"), [("cancel", False, False), ("discard", True, False), ("save", True, True)]
)
def test_changes_are_asked_for_when_the_window_closes(
    open_window: OpenWindow,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    closed: bool,
    saved: bool,
    home: Paths,
) -> None:
    window = open_window("statement#r2")
    window.workshop.controller.open_file(path)
    command(window, "workshop_add").trigger()
    monkeypatch.setattr(files, "ask_before_leaving", lambda *_: chosen)
    assert window.close() is closed
    assert (len(file.read(path).workshop.items) == 3) is saved
    assert not closed or not file.recovery_file(home.data).exists()
    monkeypatch.setattr(files, "ask_before_leaving", lambda *_: "discard")


def test_opening_another_asks_too(open_window: OpenWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window("statement#r2")
    command(window, "workshop_add").trigger()
    controller = window.workshop.controller
    before = controller.workshop
    monkeypatch.setattr(files, "ask_before_leaving", lambda *_: "cancel")
    assert not controller.open_file(path)
    controller.new()
    assert controller.workshop == before
    monkeypatch.setattr(files, "ask_before_leaving", lambda *_: "discard")
    assert controller.open_file(path)


@pytest.mark.parametrize("button", ["Save", "Discard", "Cancel"])
def test_the_question_has_three_answers(button: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.undo()
    kind = getattr(QMessageBox.StandardButton, button)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: kind.value)
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    assert files.ask_before_leaving(parent, "A & B") == button.lower()


def test_the_workshop_that_was_open_comes_back(open_window: OpenWindow, path: Path, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made and again.workshop.controller.document.path == path)
    assert again.workshop.controller.workshop == ONE


def test_a_file_that_is_gone_since_is_no_reason_to_stumble(open_window: OpenWindow, path: Path, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    path.unlink()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made)
    assert again.workshop.controller.document.is_blank


# -- Used last -----------------------------------------------------------------------------------------------


def test_files_used_last_are_listed_and_cleared(open_window: OpenWindow, tmp_path: Path, home: Paths) -> None:
    window = open_window("statement")
    controller = window.workshop.controller
    paths = [tmp_path / f"{number} & more.workshop" for number in range(10)]
    for one in paths:
        file.save(ONE, one)
        controller.open_file(one)
    menu = command(window, "workshop_recent").menu()
    assert menu is not None
    menu.aboutToShow.emit()
    listed = [action.text() for action in menu.actions()]
    assert listed == [f"{number} && more.workshop" for number in range(9, 1, -1)]
    paths[8].unlink()
    assert [path.name for path in files.recent(window.store)][:2] == [paths[9].name, paths[7].name]
    window.clearing.forget()
    window.close()
    assert Store(home.config).read(settings.RECENT_WORKSHOPS) == ""
    assert not home.data.exists()


def test_clearing_keeps_no_copy_against_a_crash(open_window: OpenWindow, home: Paths, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    command(window, "workshop_add").trigger()
    qtbot.waitUntil(lambda: file.recovery_file(home.data).exists())
    window.clearing.forget()
    assert not home.data.exists()
    window.workshop.controller.undo()
    window.workshop.add("statement")
    window.close()
    assert not home.data.exists()


# -- Dropped and handed over ---------------------------------------------------------------------------------


def drop(window: MainWindow, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(50, 50).toPoint(), action, data, left, none)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, data, left, none, QEvent.Type.Drop))
    return True


def test_a_file_dropped_on_the_window_is_opened(open_window: OpenWindow, path: Path, qtbot: QtBot) -> None:
    window = open_window("statement")
    assert drop(window, path)
    qtbot.waitUntil(lambda: window.workshop.is_made and window.workshop.controller.document.path == path)
    assert not drop(window, path.with_suffix(".pdf"))


def test_of_several_files_one_is_opened_and_the_others_are_not_passed_over_silently(
    open_window: OpenWindow, path: Path, qtbot: QtBot
) -> None:
    window = open_window("statement")
    told: list[str] = []
    window.workshop.told.connect(told.append)
    assert drop(window, path.with_suffix(".pdf"), path, path.with_stem("other"))
    qtbot.waitUntil(lambda: bool(told))
    assert window.workshop.controller.document.path == path
    assert told == [f"Only '{path.name}' was opened: a window holds one workshop."]


PROBE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from handbook.ui import app as program

run = QApplication.exec
def watched(*_):
    window = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")
    def look():
        {body}
    clock = QTimer()
    clock.timeout.connect(look)
    clock.start(20)
    return run()
QApplication.exec = watched
from handbook.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
SHOW = """
        if window.workshop.is_made and window.workshop.controller.document.path:
            print(window.workshop.controller.workshop.title, flush=True)
            QApplication.quit()
"""
CHANGE = """
        if window.workshop.is_made:
            controller = window.workshop.controller
            if not controller.workshop.items:
                window.workshop.add("statement#r2")
            elif any(window.paths.data.glob("unsaved.workshop")):
                print("kept", flush=True)
"""


def program(body: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    """The program in a process of its own; `body` looks at its window again and again."""
    code = PROBE.replace("{body}", body.strip())
    environment = {**os.environ, "HANDBOOK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_line_opens_a_file(path: Path, tmp_path: Path) -> None:
    done, faults = program(SHOW, tmp_path / "home", str(path)).communicate(timeout=PATIENCE)
    assert done.strip() == "One day", faults


def test_a_file_that_is_not_there_is_told_on_the_terminal(tmp_path: Path) -> None:
    child = program(SHOW, tmp_path / "home", str(tmp_path / "none.workshop"))
    _, faults = child.communicate(timeout=PATIENCE)
    assert child.returncode == 1
    assert "none.workshop" in faults
    assert "Traceback" not in faults


def test_a_killed_program_loses_nothing(tmp_path: Path, home: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    own = tmp_path / "home"  # the fixture's own folder: the window below is the next start
    body = "window.workshop.enter()\n" + CHANGE
    child = program(body.replace("\n        if", "\n        if"), own, "statement")
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "kept"
    os.kill(child.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    child.communicate()
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and bool(window.workshop.controller.workshop.items))
    controller = window.workshop.controller
    assert [getattr(item, "address", "") for item in controller.workshop.items] == ["statement#r2"]
    assert controller.document.needs_saving
    assert "ended before" in window.notice.text
    assert controller.panel.isVisible()


@pytest.mark.parametrize("way", ["save", "new", "open"])
def test_what_a_crash_left_is_told_until_it_is_saved_or_given_up(
    way: str,
    home: Paths,
    path: Path,
    tmp_path: Path,
    open_window: OpenWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file.keep(Workshop("Before", items=(Entry("Lunch", 60),)), None, home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and "ended before" in window.notice.text)
    path.write_text(path.read_text("utf-8").replace("format = 1\n", 'format = 1\nmood = "good"\n'), "utf-8")
    answer(monkeypatch, "getSaveFileName", tmp_path / "saved.workshop")
    if way == "open":
        assert window.workshop.controller.open_file(path)
        assert "mood" in window.notice.text  # not behind what holds no more
        command(window, "workshop_new").trigger()
    else:
        command(window, f"workshop_{way}").trigger()
    assert window.notice.text == ""
    assert not window.notice.isVisible()


def test_one_passage_that_is_gone_is_told_as_one(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("statement")
    for number, words in ((1, "1 passage of 'Old' is not"), (2, "2 passages of 'Old' are not")):
        old = tmp_path / f"{number}.workshop"
        file.save(Workshop("Old", items=tuple(Passage(f"statement#r9{n}", "Gone") for n in range(number))), old)
        assert window.workshop.controller.open_file(old)
        assert window.notice.text.startswith(words)


# -- A copy that does harm -----------------------------------------------------------------------------------

LEFT = Workshop("Before", items=(Entry("Lunch", 60),))


def notice_button(window: MainWindow, text: str) -> QPushButton:
    return next(one for one in window.notice.findChildren(QPushButton) if one.text() == text and one.isVisible())


@pytest.fixture
def did_harm(home: Paths) -> Paths:
    """A start ended while it brought a workshop back."""
    file.keep(LEFT, None, home.data)
    file.note_showing(home.data)
    return home


def test_what_is_brought_back_is_noted_until_it_has_been_shown(
    home: Paths, open_window: OpenWindow, qtbot: QtBot
) -> None:
    file.keep(ONE, None, home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and bool(window.workshop.controller.workshop.items))
    assert file.ended_showing(home.data)  # as it would be found if the program ended here
    qtbot.waitUntil(lambda: not file.ended_showing(home.data))
    assert file.recovery_file(home.data).exists()


def test_an_empty_workshop_is_shown_when_it_is_there(home: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    file.keep(Workshop("Empty"), None, home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and not file.ended_showing(home.data))
    assert window.workshop.controller.workshop.title == "Empty"


def test_what_a_start_ended_over_is_offered_and_not_shown(
    did_harm: Paths, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    qtbot.waitUntil(lambda: "ended while it brought back 'Before'" in window.notice.text)
    assert window.workshop.controller.document.is_blank
    assert file.recovery_file(did_harm.data).exists()
    window.workshop.add("statement#r2")  # a copy of what is new does not come in its place
    qtbot.waitUntil(lambda: file.recovery_file(did_harm.data / "window 2").exists())
    assert file.kept(did_harm.data) == (LEFT, None)
    window.close()
    assert file.kept(did_harm.data) == (LEFT, None)
    again = open_window("statement")  # until somebody says what becomes of it
    qtbot.waitUntil(lambda: "ended while it brought back 'Before'" in again.notice.text)


def test_it_can_be_opened_all_the_same(did_harm: Paths, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("statement")
    qtbot.waitUntil(lambda: "'Before'" in window.notice.text)
    notice_button(window, "Open it").click()
    controller = window.workshop.controller
    assert controller.workshop == LEFT
    assert controller.document.needs_saving
    assert file.ended_showing(did_harm.data)
    qtbot.waitUntil(lambda: not file.ended_showing(did_harm.data))
    window.workshop.add("statement#r2")
    qtbot.waitUntil(lambda: len((file.kept(did_harm.data) or (LEFT,))[0].items) == 2)
    window.close()
    assert not file.recovery_file(did_harm.data).exists()


def test_it_can_be_put_aside(did_harm: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    qtbot.waitUntil(lambda: "'Before'" in window.notice.text)
    notice_button(window, "Put it aside").click()
    (aside,) = did_harm.data.glob("unsaved put aside *.workshop")
    assert str(aside) in window.notice.text
    assert not file.recovery_file(did_harm.data).exists()
    window.close()
    again = open_window("statement")
    QApplication.processEvents()
    assert again.notice.text == ""
    again.workshop.open_file(aside)
    assert again.workshop.controller.workshop == LEFT
    again.clearing.forget()
    assert not did_harm.data.exists()


def test_a_file_over_which_a_start_ended_is_not_opened_again(
    home: Paths, path: Path, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    with monkeypatch.context() as dies:
        dies.setattr(files, "read", lambda *_: None)  # as far as it came
        again = open_window("statement")
        qtbot.waitUntil(lambda: again.workshop.is_made)
        QApplication.processEvents()
        assert Store(home.config).read(settings.WORKSHOP_FILE) == ""


@pytest.fixture
def other(path: Path) -> Path:
    """The file of another workshop."""
    made = path.with_name("other.workshop")
    file.save(Workshop(title="Another"), made)
    return made


def test_a_file_that_is_asked_for_while_another_one_is_read_is_opened(
    path: Path, other: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    QTimer.singleShot(0, window, lambda: window.workshop.open_file(other))
    window.workshop.open_file(path)
    qtbot.waitUntil(lambda: window.workshop.controller.document.path == other)


def test_a_start_with_a_file_opens_that_and_not_the_last_one(
    path: Path, other: Path, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    opened: list[Path] = []
    read, take = files.read, WorkshopDock.take

    def read_and_note(parent: QWidget, handbook: Handbook, one: Path) -> files.Found | None:
        opened.append(one)
        return read(parent, handbook, one)

    def take_at_start(dock: WorkshopDock, window: QWidget, actions: Mapping[str, QAction], theme: Theme) -> None:
        dock.open_at_start(other)
        take(dock, window, actions, theme)

    monkeypatch.setattr(files, "read", read_and_note)
    monkeypatch.setattr(WorkshopDock, "take", take_at_start)
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made and again.workshop.controller.document.path == other)
    assert opened == [other]


def test_a_last_workshop_that_is_gone_is_told_once(
    home: Paths, path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    path.rename(path.with_name("moved.workshop"))
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.notice.text != "")
    assert f"'{path.name}', which was open last, is no longer in '{path.parent}'" in again.notice.text
    assert again.workshop.controller.document.is_blank
    again.close()
    third = open_window("statement")
    qtbot.waitUntil(lambda: third.workshop.is_made)
    QApplication.processEvents()
    assert not third.notice.text


def test_a_ready_workshop_comes_back_where_the_program_was_moved(
    home: Paths, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    (first, *_) = ready_files(window.handbook.folder)
    window.workshop.show(wanted=True)
    window.workshop.controller.open_ready(first)
    title = window.workshop.controller.workshop.title
    window.close()
    store = Store(home.config)
    store.write(settings.WORKSHOP_FILE, str(Path("/elsewhere", *first.parts[-3:])))
    assert store.save()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made and again.workshop.controller.workshop.title == title)
    assert not again.notice.text


def test_a_workshop_of_the_persons_own_is_not_taken_for_a_ready_one(
    home: Paths, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("statement")
    (first, *_) = ready_files(window.handbook.folder)
    own = tmp_path / "workshops" / first.name
    own.parent.mkdir()
    own.write_bytes(first.read_bytes())
    window.workshop.show(wanted=True)
    window.workshop.controller.open_file(own)
    window.close()
    own.unlink()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.notice.text != "")
    assert f"'{own.name}', which was open last, is no longer in '{own.parent}'" in again.notice.text
    assert again.workshop.controller.document.is_blank


def test_a_workshop_is_not_opened_by_itself_in_another_handbook(
    home: Paths, path: Path, open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    manual = write(tmp_path / "manual", {"one.md": "# One\n\nWords.\n"})

    def opened_in(folder: Path | None) -> str:
        """The title of the workshop that a start with a folder opens by itself."""
        if folder is None:
            window = open_window("statement")
        else:
            window = open_window(book=load(folder), at=home.with_(content=folder))
        qtbot.waitUntil(lambda: window.workshop.is_made)
        QApplication.processEvents()
        title = window.workshop.controller.workshop.title
        assert window.notice.text == ""
        window.close()
        return title

    window = open_window("statement")
    window.workshop.controller.open_file(path)
    window.close()
    assert opened_in(manual) == ""
    assert opened_in(None) == "One day"

    theirs = tmp_path / "theirs.workshop"
    file.save(Workshop("Theirs", items=(Passage("one", "One"),)), theirs)
    window = open_window(book=load(manual), at=home.with_(content=manual))
    window.workshop.controller.open_file(theirs)
    window.close()
    assert opened_in(manual) == "Theirs"
    assert opened_in(write(tmp_path / "second", {"two.md": "# Two\n\nWords.\n"})) == ""
    assert opened_in(None) == "One day"


@pytest.mark.parametrize("address", ["gone", "lost#x"])
def test_a_workshop_that_has_nothing_of_this_handbook_is_said_to_be_of_another(
    open_window: OpenWindow, tmp_path: Path, address: str
) -> None:
    other = tmp_path / "other.workshop"
    file.save(Workshop("Other", items=(Entry("Lunch", 60), Passage(address, "Gone"))), other)
    window = open_window("statement")
    window.workshop.controller.open_file(other)
    assert "None of the passages of 'Other' is in this handbook" in window.notice.text
    assert "any more" not in window.notice.text


def test_a_ready_workshop_that_was_not_changed_is_there_again_at_the_next_start(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    ready = ready_workshops(window.handbook.folder)[0]
    window.workshop.show(wanted=True)
    window.workshop.controller.open_ready(ready.path)
    title = window.workshop.controller.workshop.title
    assert title
    window.close()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made and bool(again.workshop.controller.workshop.items))
    controller = again.workshop.controller
    assert (controller.workshop.title, controller.document.path) == (title, None)  # still a new one, without a file
    assert not controller.document.needs_saving
    assert again.reader.hasFocus()
    controller.new()
    again.close()
    third = open_window("statement")
    qtbot.waitUntil(lambda: third.workshop.is_made)
    QApplication.processEvents()
    assert not third.workshop.controller.workshop.items
