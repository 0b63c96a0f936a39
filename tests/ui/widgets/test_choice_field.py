"""The list of a field to choose from."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import announce
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.colours import THEMES, Theme
from handbook.ui.widgets.older_readers import Notifier
from handbook.ui.widgets.theme import palette, window_style

ENTRIES = ("All kinds", "Bookmarks", "Highlights", "With a note that is much longer than the field can be here")


@pytest.mark.parametrize("factor", [1.0, 2.0])
@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.name)
def test_all_entries_are_in_sight_and_the_chosen_one_is_on_its_ground(
    theme: Theme, factor: float, qtbot: QtBot
) -> None:
    window = QWidget()
    window.setPalette(palette(theme))
    window.setStyleSheet(window_style(theme, factor))
    qtbot.addWidget(window)
    choice = ChoiceField()
    choice.addItems(ENTRIES)
    choice.setFixedWidth(140)
    QVBoxLayout(window).addWidget(choice)
    window.show()
    qtbot.waitExposed(window)
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    rows = [view.visualRect(choice.model().index(row, 0)) for row in range(len(ENTRIES))]
    assert view.viewport().height() >= rows[-1].bottom()
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    image = view.viewport().grab().toImage()
    ground = image.pixelColor(rows[0].right() - 3, rows[0].center().y()).name()
    assert ground == theme.accent
    choice.hidePopup()


def test_what_the_arrows_choose_is_read_out_by_older_screen_readers(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, announced: list[tuple[str, QAccessible.AnnouncementPoliteness]]
) -> None:
    """Orca before 45 hears nothing of it from Qt."""
    told: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Notifier, "tell", lambda _, words: told.append(words))
    choice = ChoiceField()
    choice.addItems(ENTRIES)
    choice.currentIndexChanged.connect(lambda number: announce.announce(choice, f"Row {number}"))
    qtbot.addWidget(choice)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: told == ["Bookmarks. Row 1"])
    qtbot.keyClick(choice, Qt.Key.Key_End)
    qtbot.keyClick(choice, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: told[1:] == [f"{ENTRIES[3]}. Row 3"])
    assert [words for words, _ in announced] == ["Row 1", "Row 3"]
