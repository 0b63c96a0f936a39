"""Writing a note: nothing that was written is lost by a key that is easily pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from handbook.marks.model import LONGEST_NOTE
from handbook.ui.marks.note_dialog import NoteDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot) -> NoteDialog:
    made = NoteDialog("4. Stop talking, start working", "Ask the ministry.")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize("wanted", [True, False])
def test_a_changed_note_is_asked_about_before_esc_throws_it_away(
    dialog: NoteDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    asked: list[str] = []

    def answer(_: object, __: str, text: str, ___: str) -> bool:
        asked.append(text)
        return wanted

    monkeypatch.setattr("handbook.ui.marks.note_dialog.ask", answer)
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    qtbot.keyClicks(field, "Soon. ")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert dialog.isVisible() is not wanted
    assert dialog.note == "Soon. Ask the ministry."


def test_an_unchanged_note_is_closed_at_once(dialog: NoteDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.ui.marks.note_dialog.ask", lambda *_: pytest.fail("nothing to ask about"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_control_and_enter_keep_the_note(dialog: NoteDialog, qtbot: QtBot) -> None:
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    qtbot.keyClicks(field, "Soon. ")
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.note == "Soon. Ask the ministry."


def test_a_note_that_is_too_long_is_not_cut_but_asked_to_be_shorter(
    dialog: NoteDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr("handbook.ui.widgets.note_bound.announce", lambda _, text: spoken.append(text))
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    assert not dialog.told.isVisible()
    field.setPlainText("a" * (LONGEST_NOTE + 1234))
    assert dialog.told.isVisible()
    assert dialog.told.text() == "1,234 letters too many for a note: shorten it."
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert spoken == [dialog.told.text()]
    assert len(dialog.note) == LONGEST_NOTE + 1234  # nothing is lost
    field.setPlainText("a" * LONGEST_NOTE)
    assert not dialog.told.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert len(dialog.note) == LONGEST_NOTE
