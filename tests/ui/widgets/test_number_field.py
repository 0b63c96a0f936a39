"""A field for a number, with words in place of one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from handbook.ui.widgets.number_field import NumberField


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End])
def test_a_number_is_typed_over_the_words_wherever_one_is_in_them(key: Qt.Key | None, qtbot: QtBot) -> None:
    field = NumberField()
    field.setRange(0, 100)
    field.setSpecialValueText("not known yet")
    qtbot.addWidget(field)
    field.show()
    line = field.findChild(QLineEdit)
    assert line is not None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    if key is not None:
        qtbot.keyClick(field, key)
    qtbot.keyClicks(field, "18")
    assert field.value() == 18
    qtbot.keyClick(field, Qt.Key.Key_Home)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.value() == 8  # a number is edited as always
