"""The button at the end of a menu bar that is too narrow for its menus."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import scale
from tests.ui.conftest import OpenWindow


def test_menus_without_room_are_behind_a_button_that_can_be_seen_and_hit(open_window: OpenWindow, qtbot: QtBot) -> None:
    main = open_window("statement")
    bar = main.menuBar()
    button = bar.findChild(QToolButton, "qt_menubar_ext_button")
    assert isinstance(button, QToolButton)
    for percent in (100, 200):
        main.looks.set_percent(percent)
        all_menus = bar.actionGeometry(bar.actions()[-1]).right()
        main.resize(all_menus + 2 * scale.px(20), 500)
        qtbot.waitUntil(button.isHidden)
        main.resize(all_menus - 10, 500)
        qtbot.waitUntil(button.isVisible)
        qtbot.waitUntil(lambda: bar.rect().contains(button.geometry()) and button.width() >= scale.px(24))
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
    assert button.accessibleName() == "More"
