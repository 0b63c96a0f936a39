"""A line to type in, and the keys that it leaves to the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from handbook.ui.widgets.line_field import LineField


def test_emacs_keys_are_left_to_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's own line takes them under X11: Ctrl+K, which goes to the search, cut the query there."""
    field = LineField()
    qtbot.addWidget(field)
    field.setText("poverty")

    def takes_all(_: QLineEdit, event: QEvent) -> bool:
        event.accept()
        return True

    def is_taken(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        field.event(event)
        return event.isAccepted()

    monkeypatch.setattr(QLineEdit, "event", takes_all)
    assert not any(map(is_taken, (Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_K)))
    assert all(map(is_taken, (Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_A)))
    assert is_taken(Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier)
