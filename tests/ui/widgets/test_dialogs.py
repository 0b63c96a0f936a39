"""What Enter does on a button of a dialog; the words of a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import scale, theme
from handbook.ui.widgets.dialogs import answer_to, press_by_enter


def test_enter_presses_the_button_that_has_the_keyboard_and_none_from_a_field(qtbot: QtBot) -> None:
    """It did nothing on such a button, or pressed the dialog's main one instead."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, other, main = QLineEdit(), QPushButton("Close"), QPushButton("Save")
    for widget in (field, other, main):
        widget.setParent(dialog)
    main.setDefault(True)
    press_by_enter(other)
    column = QVBoxLayout(dialog)
    for widget in (field, other, main):
        column.addWidget(widget)
    pressed: list[str] = []
    for button in (other, main):
        button.clicked.connect(lambda _=False, one=button: pressed.append(one.text()))
    dialog.show()
    dialog.activateWindow()
    for widget in (other, field, main):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert pressed == ["Close", "Save", "Save"]
    menu = QMenu(dialog)
    other.setMenu(menu)
    menu.aboutToShow.connect(lambda: pressed.append("menu"))
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert pressed[3] == "menu"


@pytest.mark.parametrize(("screen", "most"), [(1024, 1024), (1280, 800), (1920, 1000)])
def test_a_question_with_large_letters_is_no_wider_than_qt_shows(
    screen: int, most: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a wider one Qt cuts the words."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(screen, 700))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: widths.append(box.sizeHint().width()))
    monkeypatch.setattr(scale, "factor", lambda: 3.0)
    widths: list[int] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setStyleSheet(theme.window_style(theme.LIGHT, 3.0))
    box = QMessageBox(QMessageBox.Icon.Warning, "", "Save the changes to 'Referral in our town'? " * 3, parent=parent)
    answer_to(box)
    assert widths
    assert all(width <= most for width in widths)
