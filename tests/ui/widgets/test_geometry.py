"""A window opens where it was, and in sight whatever became of the place that was kept."""

from __future__ import annotations

import base64
import random
import struct

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import geometry

USUAL = QRect(20, 30, 500, 400)
WINDOW = "I"  # of saveGeometry(): magic number and version, then rectangles of four numbers each


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.setMinimumSize(200, 150)
    made.setGeometry(USUAL)
    qtbot.addWidget(made)
    return made


def kept(window: QMainWindow, place: QRect) -> str:
    window.setGeometry(place)
    text = geometry.to_text(window)
    window.setGeometry(USUAL)
    return text


def in_sight(window: QMainWindow) -> bool:
    room = window.screen().availableGeometry()
    seen = room.intersected(window.geometry())
    return (
        seen.width() >= geometry.IN_SIGHT and seen.height() >= geometry.IN_SIGHT // 2 and window.geometry().top() >= 0
    )


def test_it_comes_back(window: QMainWindow) -> None:
    place = QRect(100, 120, 420, 310)
    text = kept(window, place)
    geometry.restore(window, text)
    assert window.geometry() == place


@pytest.mark.parametrize("text", ["", "no base64: ёж", "AAAA"])
def test_nonsense_is_no_place(text: str, window: QMainWindow) -> None:
    geometry.restore(window, text)
    assert window.geometry() == USUAL


def test_whatever_bytes_are_damaged_it_is_in_sight(window: QMainWindow) -> None:
    good = base64.b64decode(kept(window, QRect(100, 120, 420, 310)))
    chance = random.Random(66)  # noqa: S311 - damage, no secrets
    for number in range(1500):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 5)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.setGeometry(USUAL)
        geometry.restore(window, base64.b64encode(data).decode())
        assert in_sight(window) or window.isMaximized() or window.isFullScreen(), (number, window.geometry())


@pytest.mark.parametrize(
    "place",
    [(-5000, 30, 500, 400), (20, 13_041_716, 500, 400), (20, -900, 500, 400), (20, 30, 3, 2), (5000, 5000, 9, 9)],
)
@pytest.mark.parametrize("maximised", [False, True])
def test_a_place_far_away_is_none(place: tuple[int, int, int, int], maximised: bool, window: QMainWindow) -> None:
    """Written as the file might have it: Qt mends some of these itself."""
    data = bytearray(base64.b64decode(kept(window, QRect(100, 120, 420, 310))))
    left, top, width, height = place
    for at in (8, 24, len(data) - 16):  # the frame, the place without a state, the place
        struct.pack_into(">4i", data, at, left, top, left + width - 1, top + height - 1)
    data[44] = int(maximised)
    geometry.restore(window, base64.b64encode(data).decode())
    assert window.isMaximized() == maximised
    if not maximised:
        assert in_sight(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    assert in_sight(window)
