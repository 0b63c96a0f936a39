"""Where reading goes from right to left, the window is turned round and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("right_to_left")
def test_the_window_is_turned_round(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    field = window.searching.field
    qtbot.keyClicks(field, "poverty")
    qtbot.waitUntil(lambda: bool(window.searching.hits.list.hits.hits))
    hits, reader = window.searching.hits, window.reader
    assert hits.mapTo(window, QPoint(0, 0)).x() > reader.mapTo(window, QPoint(0, 0)).x()
    chips = window.searching.chips
    assert chips.exact.x() > chips.without.x()
    assert chips.exact.geometry().right() <= chips.width()
    assert hits.list.grab().toImage().size().width() > 0  # rows are painted without a word from Qt
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.address))


@pytest.mark.usefixtures("right_to_left")
def test_the_arrow_keys_go_the_way_that_is_seen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    window.searching.enter()
    chips = window.searching.chips
    chips.exact.setFocus()
    qtbot.keyClick(chips.exact, Qt.Key.Key_Left)
    assert chips.without.hasFocus()
    qtbot.keyClick(chips.without, Qt.Key.Key_Right)
    assert chips.exact.hasFocus()
