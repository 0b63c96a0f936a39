"""The buttons above the page: drawings in every theme, words where there is room, names that stay."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from handbook.base import catalogue
from handbook.ui.main_window import MainWindow
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.widgets import colours, scale, tool_icons
from handbook.ui.window.tool_bar import FIELD
from handbook.workshop.ready import ready_workshops

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import OpenWindow

EARLY = datetime.datetime(2026, 11, 30, 6).timestamp()  # before any programme begins
WORDS = ("Contents", "Start", "Marks", "Workshop", "Run", "Show", "Print…")
DRAWN = sorted(file.stem for file in tool_icons.FOLDER.glob("*.svg"))


def buttons(window: MainWindow) -> dict[str, QToolButton]:
    """The buttons of the bar by their words."""
    return {one.text(): one for one in window.tools.findChildren(QToolButton)}


@pytest.mark.parametrize("theme", colours.THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_the_colour_of_the_letters(name: str, theme: colours.Theme) -> None:
    icon = tool_icons.tool_icon(name, theme, 24)
    for mode, wanted in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.disabled)):
        image = icon.pixmap(QSize(24, 24), mode).toImage()
        seen = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert seen == {QColor(wanted).name()}


@pytest.mark.parametrize("text", ["", "<svg", '<svg><path d="Q1 2"/></svg>', '<svg><circle cx="x"/></svg>'])
def test_a_damaged_drawing_leaves_the_word(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "show.svg").write_text(text)
    monkeypatch.setattr(tool_icons, "FOLDER", tmp_path)
    assert tool_icons.tool_icon("show", colours.LIGHT, 24).isNull()
    assert tool_icons.tool_icon("missing", colours.LIGHT, 24).isNull()


def test_words_stand_beside_the_drawings_where_there_is_room(open_window: OpenWindow) -> None:
    window = open_window("statement")
    for width, style in (
        (1366, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
        (640, Qt.ToolButtonStyle.ToolButtonIconOnly),
        (1366, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
    ):
        window.resize(width, 700)
        QApplication.processEvents()
        assert window.width() == width
        there = buttons(window)
        assert {there[word].toolButtonStyle() for word in WORDS} == {style}
        assert all(there[word].width() >= there[word].sizeHint().width() for word in WORDS)
        assert "Show to the room" in there["Show"].accessibleName()


def test_the_drawings_follow_the_colours(open_window: OpenWindow) -> None:
    window = open_window("statement")
    button = buttons(window)["Show"]
    before = button.icon().pixmap(18, 18).toImage()
    window.looks.set_colours("white_on_black")
    assert button.icon().pixmap(18, 18).toImage() != before


def test_run_leads_through_the_open_workshop(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.show(wanted=True)
    window.workshop.controller.open_ready(ready_workshops(window.handbook.folder)[0].path)
    window.showing.runs._now = lambda: EARLY  # later in the day it asks where to begin
    qtbot.mouseClick(buttons(window)["Run"], Qt.MouseButton.LeftButton)
    assert any(isinstance(one, RunWindow) and one.isVisible() for one in QApplication.topLevelWidgets())


def test_the_contents_button_shows_and_hides_the_contents(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    button = buttons(window)["Contents"]
    assert button.isChecked()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (window.contents.isVisible(), button.isChecked()) == (False, False)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert (window.contents.isVisible(), button.isChecked()) == (True, True)


def test_the_words_stand_where_the_person_wants_them(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.resize(1366, 700)
    for number, style in (
        (1, Qt.ToolButtonStyle.ToolButtonTextUnderIcon),
        (2, Qt.ToolButtonStyle.ToolButtonIconOnly),
        (0, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
        (1, Qt.ToolButtonStyle.ToolButtonTextUnderIcon),
    ):
        menu = window._actions["tool_words"].menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        menu.actions()[number].trigger()
        QApplication.processEvents()
        there = buttons(window)
        assert {there[word].toolButtonStyle() for word in WORDS} == {style}
        assert menu.actions()[number].isChecked()
    window.close()
    again = open_window("statement")
    again.resize(1366, 700)
    QApplication.processEvents()
    assert buttons(again)["Show"].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    assert buttons(again)["Show"].height() >= buttons(again)["Show"].sizeHint().height()


def test_the_field_keeps_its_room_where_drawings_have_none(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.looks.set_percent(300)
    window.resize(1340, 700)
    QApplication.processEvents()
    shown = [one for one in window.tools.findChildren(QToolButton) if one.isVisible()]
    assert window.width() == 1340
    assert window.searching.field.width() >= scale.px(FIELD)
    assert {"Workshop", "Print…"} <= {one.text() for one in shown}
    assert window.path.text().startswith("…") or window.path.sizeHint().width() <= window.path.width()
    for one in shown:
        assert window.tools.rect().contains(one.geometry())
    window.looks.set_percent(100)
    QApplication.processEvents()
    assert all(one.isVisible() for one in window.tools.findChildren(QToolButton) if one.text())


@pytest.mark.parametrize("language", ["", "bg"])
def test_the_field_keeps_its_room_beside_words_of_any_length(language: str, open_window: OpenWindow) -> None:
    if language:
        catalogue.use(catalogue.of(language), language)
    window = open_window("statement")
    for width in range(900, 1300, 20):
        window.resize(width, 600)
        QApplication.processEvents()
        field = window.searching.field
        assert field.width() >= scale.px(FIELD), width
