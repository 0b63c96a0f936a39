"""The lists of what is printed, as screen readers have them: rows that can be pressed and ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.printing.typeset import Typesetter
from handbook.ui import screen_readers, settings
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets import theme
from handbook.ui.widgets.accessible import Text
from handbook.ui.widgets.accessible_rows import AccessibleRow, AccessibleRows
from tests.ui.conftest import OpenWindow
from tests.ui.every_window import WORKSHOP

PRESS, TOGGLE = "Press", "Toggle"


def row_of(rows: AccessibleRows, words: str) -> AccessibleRow:
    found = [one for one in rows.children() if words in one.text(Text.Name)]
    assert isinstance(found[0], AccessibleRow)
    return found[0]


def do(row: QAccessibleInterface, action: str, qtbot: QtBot) -> None:
    actions = row.actionInterface()
    assert action in actions.actionNames()
    actions.doAction(action)
    done: list[bool] = []
    QTimer.singleShot(0, lambda: done.append(True))  # what was asked for is done when Qt's loop goes on
    qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    heard: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.append)
    return heard


def test_a_section_is_ticked_by_its_row(
    typesetter: Typesetter, book: Handbook, home: object, tmp_path: object, qtbot: QtBot, told: list[object]
) -> None:
    dialog = PrintDialog(book, typesetter, settings.Store(home.config), "statement#r2", theme.LIGHT)  # type: ignore[attr-defined]
    qtbot.addWidget(dialog)
    dialog.ticked.setChecked(True)
    rows = screen_readers.rows_to_tick(dialog.tree)
    before = set(dialog.model.ticked_addresses())
    row = row_of(rows, "Reading the statement")
    assert (row.state().checkable, row.state().checked) == (1, 0)
    do(row, PRESS, qtbot)
    assert row.state().checked == 1
    assert set(dialog.model.ticked_addresses()) > before
    assert told, "that it is ticked now"
    assert row.expanded is False
    do(row, TOGGLE, qtbot)  # what has others in it is opened
    assert row.expanded is True
    inside = rows.row(dialog.model.index(0, 0, row.index))
    assert inside.state().checked == 1
    do(inside, TOGGLE, qtbot)  # what has none is ticked
    assert inside.state().checked == 0
    assert row.state().checkStateMixed == 1
    dialog.done(0)  # which lets its thread go


def test_a_kind_of_print_is_shown_by_press_and_ticked_by_toggle(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    controller = window.workshop.controller
    controller.document.open(WORKSHOP, None)
    controller.print_window()
    assert controller.printing is not None
    kinds = controller.printing.findChild(QListWidget, "kinds")
    rows = screen_readers.plain_rows(kinds)
    row = row_of(rows, "Trainer's packet")
    do(row, PRESS, qtbot)
    assert controller.printing.kind == "trainer"
    assert row.state().checked == 1
    do(row, TOGGLE, qtbot)
    assert row.state().checked == 0
    assert kinds.item(1).checkState() == Qt.CheckState.Unchecked
