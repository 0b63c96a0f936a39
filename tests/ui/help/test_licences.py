"""The licences, to read in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from handbook.base.components import Component
from handbook.ui.help.licences import LicencesDialog


def test_the_handbooks_own_licence_stands_first(qtbot: QtBot) -> None:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.names.item(0).text().startswith("field-handbook")
    assert "MIT" in dialog.text.toPlainText()
    assert dialog.names.accessibleName()
    assert dialog.text.accessibleName()


def test_every_text_of_a_part_is_shown_and_an_unreadable_one_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("first licence")
    component = Component("Qt", "6", "LGPL-3.0-only", (tmp_path / "one.txt", tmp_path / "gone.txt"))
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    shown = dialog._text(component)
    assert "first licence" in shown
    assert "===== one.txt =====" in shown
    assert "cannot be read" in shown


def test_the_keyboard_goes_through_the_list(qtbot: QtBot) -> None:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.text.toPlainText()
    qtbot.keyClick(dialog.names, Qt.Key.Key_Down)
    assert dialog.text.toPlainText() != before


def test_columns_stand_under_each_other(qtbot: QtBot) -> None:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    assert dialog.text.font().family() == fixed.family()
