"""The print dialog: how it stands on small screens, and that it offers no other pages than those that are shown."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets import theme
from handbook.ui.widgets.scroll_column import ScrollColumn
from tests.helpers import PATIENCE


def test_a_long_title_is_cut_where_the_column_ends(
    typesetter: Typesetter, book: Handbook, home: Paths, qtbot: QtBot
) -> None:
    dialog = PrintDialog(book, typesetter, settings.Store(home.config), "statement#r3", theme.LIGHT)
    qtbot.addWidget(dialog)
    dialog.resize(1060, 420)  # low: the column scrolls
    with qtbot.waitExposed(dialog):
        dialog.show()
    column = dialog.findChild(ScrollColumn)
    assert column is not None
    assert column.verticalScrollBar().maximum() > 0
    assert column.horizontalScrollBar().maximum() == 0
    assert dialog.this_section.text().endswith("…")
    assert dialog.this_section.toolTip() == "3. Respect and value the independence of NGOs"
    assert dialog.this_section.accessibleName() == f"This section: {dialog.this_section.toolTip()}"


def test_pages_that_were_set_while_the_choice_changed_are_not_offered(
    typesetter: Typesetter, book: Handbook, home: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    begun, changed = threading.Event(), threading.Event()

    def to_pdf(*_: object) -> bytes:
        begun.set()
        changed.wait(PATIENCE)
        return pdf

    monkeypatch.setattr(typeset, "to_pdf", to_pdf)
    dialog = PrintDialog(book, typesetter, settings.Store(home.config), "statement#r3", theme.LIGHT)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(begun.is_set)
    dialog.this_chapter.setChecked(True)
    changed.set()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.shown_for == dialog.handout()
