"""What Enter does on a button of a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from handbook.ui.widgets.dialogs import press_by_enter


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
