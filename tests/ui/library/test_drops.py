"""What is dropped on the window: packs and folders, and the question what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.library.shelf import Library
from handbook.ui.library import another_window
from handbook.ui.library.handbooks_dialog import HandbooksDialog
from handbook.ui.main_window import MainWindow
from tests.helpers import write

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
KINDS = QMessageBox.StandardButton


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drop files on the window; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entered = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    entered.ignore()
    QApplication.sendEvent(window, entered)
    if entered.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE))
    return entered.isAccepted()


def has_answers(answers: list[KINDS], left: int) -> bool:
    return len(answers) == left


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return write(tmp_path / "shelter", {"one.md": "# One\n\nWords.\n"})


def test_a_folder_is_added_or_only_opened(
    open_window: Callable[..., MainWindow], manual: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    answers = [KINDS.Cancel, KINDS.Open, KINDS.Yes]
    asked: list[str] = []

    def ask(box: QMessageBox) -> KINDS:
        asked.append(box.text())
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "exec", ask)
    started: list[list[str]] = []
    monkeypatch.setattr(another_window, "open_another", started.append)
    shown: list[HandbooksDialog] = []

    def show(dialog: HandbooksDialog) -> None:
        shown.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.said.text() == "Added: shelter.")

    monkeypatch.setattr(HandbooksDialog, "exec", show)
    for left in (2, 1, 0):
        assert drop(window, manual)
        qtbot.waitUntil(partial(has_answers, answers, left))
    assert "Add 'shelter' to your handbooks?" in asked[0]
    assert started == [["--content", str(manual)]]
    qtbot.waitUntil(lambda: bool(shown))
    assert [one.name for one in Library(window.paths.data).listed()] == ["shelter"]


def test_other_files_are_not_taken(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("x")
    assert not drop(open_window(), text)


def test_the_page_and_the_contents_hand_a_drop_on(open_window: Callable[..., MainWindow], manual: Path) -> None:
    window = open_window("statement")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(manual))])
    for widget in (window.reader.viewport(), window.contents.viewport()):
        entered = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
        entered.ignore()
        QApplication.sendEvent(widget, entered)
        assert entered.isAccepted()
