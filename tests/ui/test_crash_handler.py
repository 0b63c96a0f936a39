"""The last resort: an exception that nothing caught is told, and the program goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.base import log, paths
from handbook.ui import crash_handler
from handbook.ui.widgets import icon


@pytest.fixture
def teller(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[crash_handler.CrashHandler]:
    """A teller in place of sys.excepthook; what it shows is closed when the test is over."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    teller = crash_handler.CrashHandler(qapp, lambda error: f"report of {type(error).__name__}")
    teller.install()
    yield teller
    for box in boxes():
        box.close()
    teller.deleteLater()


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def fail(kind: type[BaseException] = ImportError) -> None:
    """What Python does with an exception that nothing catches."""
    error = kind("no module named that")
    sys.excepthook(type(error), error, error.__traceback__)


def test_a_stick_pulled_out_is_told_once_and_plainly(
    teller: crash_handler.CrashHandler, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "program_data", lambda: tmp_path / "gone")
    fail()
    fail()
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert box.text() == crash_handler.sentence()
    assert "stick" in box.text()
    assert not box.detailedText()  # a traceback would help nobody there


def test_a_fault_of_the_program_shows_its_traceback(teller: crash_handler.CrashHandler, qtbot: QtBot) -> None:
    fail(ZeroDivisionError)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert "ZeroDivisionError: no module named that" in box.detailedText()
    assert box.text() != crash_handler.sentence()


def test_the_report_is_copied_and_the_message_stays(teller: crash_handler.CrashHandler, qtbot: QtBot) -> None:
    fail(ZeroDivisionError)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    (button,) = [button for button in box.buttons() if button.text() == "Copy &report"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "report of ZeroDivisionError"
    assert box.isVisible()
    assert "copied" in box.informativeText()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert boxes() == []


def test_it_is_logged_without_its_message(
    teller: crash_handler.CrashHandler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.keep(tmp_path)
    fail(ZeroDivisionError)
    log.stop_keeping()
    said = (tmp_path / log.FILE).read_text("utf-8")
    assert said.rstrip().endswith("ZeroDivisionError")
    assert "no module" not in said


def test_what_closing_a_message_sets_off_is_not_told_again(teller: crash_handler.CrashHandler, qtbot: QtBot) -> None:
    fail()
    qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].close()
    fail()  # the keyboard went back into the search field, which searched
    QApplication.processEvents()
    assert boxes() == []


def test_after_one_is_closed_the_next_is_told(
    teller: crash_handler.CrashHandler, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash_handler, "PAUSE", 0)
    fail()
    qtbot.waitUntil(lambda: bool(boxes()))
    boxes()[0].close()
    qtbot.waitUntil(lambda: not boxes() and teller._closed.hasExpired(0))
    fail()
    qtbot.waitUntil(lambda: bool(boxes()))


def test_ctrl_c_is_left_to_python(teller: crash_handler.CrashHandler, qapp: QApplication) -> None:
    fail(KeyboardInterrupt)
    qapp.processEvents()
    assert boxes() == []


def test_the_programs_own_files_are_within_reach() -> None:
    assert not paths.out_of_reach()


def test_the_icon_has_every_size_a_window_shows(qapp: QApplication) -> None:
    sizes = {(size.width(), size.height()) for size in icon.load().availableSizes()}
    assert sizes == {(size, size) for size in icon.SIZES}
    assert all(icon.load().pixmap(size).size().width() == size for size in icon.SIZES)
