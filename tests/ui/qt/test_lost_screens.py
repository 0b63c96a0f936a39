"""Windows on a screen that was unplugged are on another one afterwards."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.qt.lost_screens import LostScreens


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    return window


def unplug(qtbot: QtBot) -> None:
    """What the application tells when a screen is gone, and the time in which windows come back."""
    app = cast("QGuiApplication", QApplication.instance())
    screens = LostScreens(app, after=0)
    app.screenRemoved.emit(app.primaryScreen())
    qtbot.waitUntil(lambda: not screens._soon.isActive())
    screens.deleteLater()


def is_whole(window: QWidget) -> bool:
    return window.screen().availableGeometry().contains(window.frameGeometry())


@pytest.mark.parametrize("place", [(760, 40), (2000, 40), (-350, 40), (100, 2000)])
def test_a_window_that_is_out_of_sight_comes_back(qtbot: QtBot, window: QWidget, place: tuple[int, int]) -> None:
    window.move(QPoint(*place))
    unplug(qtbot)
    assert is_whole(window)
    assert window.size() == QSize(400, 300)


def test_one_in_sight_stays_where_it_is(qtbot: QtBot, window: QWidget) -> None:
    window.move(500, 250)  # its lower part is below the screen, as a person may have put it
    before = window.pos()
    unplug(qtbot)
    assert window.pos() == before


def test_one_larger_than_the_screen_fits_afterwards(qtbot: QtBot, window: QWidget) -> None:
    window.setGeometry(3000, 0, 3000, 2000)
    unplug(qtbot)
    assert is_whole(window)
