"""Shortcuts by the place of a key, where the keyboard has no Latin letters; keys that type letters are left alone."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFormLayout, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.commands import COMMANDS
from handbook.ui.qt.key_positions import KeyPositions, latin_letter
from tests.ui.conftest import OpenWindow

CTRL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)
ALT = Qt.KeyboardModifier.AltModifier
# Cyrillic letters and the numbers of their keys.
PLACES = {"К": 19, "Л": 37, "С": 46, "А": 33, "Р": 35, "Ф": 30, "І": 31, "Т": 49}


@pytest.fixture
def positions(qapp: QApplication) -> KeyPositions:
    return KeyPositions(qapp)


def press(widget: QWidget, letter: str, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key of a Cyrillic keyboard, as the platform tells Qt."""
    code = PLACES[letter] + (8 if QGuiApplication.platformName() in ("xcb", "wayland") else 0)
    text = "" if modifiers & CTRL else letter.lower()
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, ord(letter), modifiers, code, 0, 0, text))


def test_the_place_of_a_key_is_that_of_the_latin_letter() -> None:
    def pressed(key: int, code: int) -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, key, CTRL, code, 0, 0)

    assert latin_letter(pressed(ord("С"), 46 + 8), "xcb") == "C"
    assert latin_letter(pressed(ord("С"), 46), "windows") == "C"
    assert latin_letter(pressed(ord("ג"), 32), "windows") == "D"
    assert latin_letter(pressed(ord("C"), 24 + 8), "xcb") == ""  # a Latin letter counts as itself, wherever it stands
    assert latin_letter(pressed(Qt.Key.Key_F5, 63), "windows") == ""


def test_shortcuts_of_the_window_work(positions: KeyPositions, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    window.reader.setFocus()
    press(window.reader, "Л")  # Ctrl+K
    qtbot.waitUntil(window.searching.field.hasFocus)
    field = window.searching.field
    field.setText("words")
    press(field, "Ф")  # Ctrl+A
    assert field.selectedText() == "words"
    press(field, "С")  # Ctrl+C
    assert QGuiApplication.clipboard().text() == "words"
    press(field, "А")  # Ctrl+F
    qtbot.waitUntil(lambda: not field.hasFocus())
    assert window.matches.find_bar.isVisible()


def test_letters_without_ctrl_are_commands_on_the_page_and_letters_in_a_field(
    positions: KeyPositions, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement#r2")
    seen: list[str] = []
    window._actions["note"].triggered.disconnect()
    window._actions["note"].triggered.connect(lambda: seen.append("note"))
    window.reader.setFocus()
    press(window.reader, "Т", NONE)  # N
    assert seen == ["note"]
    window.searching.enter()
    press(window.searching.field, "Р", NONE)
    assert window.searching.field.text() == "р"
    assert len(seen) == 1


def test_alt_opens_the_menu_whose_letter_stands_there_and_the_letter_chooses_in_it(
    positions: KeyPositions, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    field = QLineEdit()
    window.setCentralWidget(field)
    chosen: list[str] = []
    menu = window.menuBar().addMenu("&File")
    for text in ("&Rest", "&Кінець"):
        menu.addAction(text).triggered.connect(lambda _=False, text=text: chosen.append(text))
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    for letter, said in (("К", "&Кінець"), ("К", "&Rest")):
        press(field, "А", ALT)  # where F stands
        qtbot.waitUntil(menu.isVisible)
        press(menu, letter, NONE)  # where R stands
        qtbot.waitUntil(lambda: not menu.isVisible())
        assert chosen[-1] == said
        menu.actions()[1].setText("&Інше")  # no such letter in the menu any more: then the place counts
    assert field.text() == ""


def test_alt_presses_buttons_and_goes_to_fields_of_a_dialog(positions: KeyPositions, qtbot: QtBot) -> None:
    dialog, pressed = QDialog(), []
    qtbot.addWidget(dialog)
    form = QFormLayout(dialog)
    first, second, button = QLineEdit(), QLineEdit(), QPushButton("&Start")
    form.addRow("&One", first)
    form.addRow("&Knowledge", second)
    form.addRow(button)
    button.clicked.connect(lambda: pressed.append("start"))
    with qtbot.waitActive(dialog):
        dialog.show()
    first.setFocus()
    press(first, "Л", ALT)  # where K stands
    assert second.hasFocus()
    press(second, "І", ALT)  # where S stands
    qtbot.waitUntil(lambda: pressed == ["start"])
    press(button, "С", ALT)  # C: nothing has it
    assert pressed == ["start"]


def test_what_is_written_in_cyrillic_stays_as_it_is(positions: KeyPositions, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    for letter, shift in (("К", SHIFT), ("А", NONE), ("С", NONE)):
        press(field, letter, shift)
    assert field.text().casefold() == "кас"


def test_no_key_types_a_letter_anywhere() -> None:
    """Ctrl+Alt is AltGr on Windows: with a letter it types one, such as ą with A in Poland."""
    keys = [key for command in COMMANDS for key in command.keys]
    assert [key for key in keys if re.fullmatch(r"Ctrl\+Alt\+(Shift\+)?[^+]", key)] == []
    assert [key for key in keys if re.fullmatch(r"(Shift\+)?[A-Za-z]", key)] == []


def test_no_two_commands_have_the_same_key_and_a_sign_is_never_the_only_one() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    for command in COMMANDS:
        if any(len(key) == 1 for key in command.keys):  # "/" is Shift+7 on many keyboards
            assert any(len(key) > 1 for key in command.keys), command.name
