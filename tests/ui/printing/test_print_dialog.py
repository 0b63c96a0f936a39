"""The print dialog: how it stands on small screens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets import theme
from handbook.ui.widgets.dialogs import ScrollColumn


class Windows(QObject):
    """The windows that are shown while it watches the application."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched.isWindowType():
            self.shown.append(watched.objectName())
        return False


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


def test_no_part_of_it_is_a_window_for_a_moment(
    typesetter: Typesetter, book: Handbook, home: Paths, qtbot: QtBot, qapp: QApplication
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    listed = ("statement#r1", "statement#r2")
    dialog = PrintDialog(book, typesetter, settings.Store(home.config), "statement#r3", theme.LIGHT, listed=listed)
    qtbot.addWidget(dialog)
    qapp.removeEventFilter(windows)
    assert windows.shown == []
    assert not dialog.from_list.isHidden()
    assert not dialog.this_section.isHidden()
    assert not dialog.this_chapter.isHidden()
