"""The last resort: an exception that nothing caught is told, and the program goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.ui import crash_handler
from handbook.ui.widgets import icon


@pytest.fixture
def teller(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[crash_handler.CrashHandler]:
    """A teller in place of sys.excepthook; what it shows is closed when the test is over."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    teller = crash_handler.CrashHandler(qapp)
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
    monkeypatch.setattr(crash_handler, "program_data", lambda: tmp_path / "gone")
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
    assert not crash_handler.out_of_reach()


def test_the_icon_has_every_size_a_window_shows(qapp: QApplication) -> None:
    sizes = {(size.width(), size.height()) for size in icon.load().availableSizes()}
    assert sizes == {(size, size) for size in icon.SIZES}
    assert all(icon.load().pixmap(size).size().width() == size for size in icon.SIZES)
