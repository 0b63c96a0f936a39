"""The print dialog: how it stands on small screens."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets import theme
from handbook.ui.widgets.scroll_column import ScrollColumn


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
