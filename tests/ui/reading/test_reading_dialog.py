"""View › Reading: each choice is seen on the page at once, kept, and taken back together."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.reading.reading_dialog import ReadingDialog
from handbook.ui.widgets import theme
from handbook.ui.widgets.bars import BusyBar
from handbook.ui.window.looks import TYPEFACES
from tests.ui.conftest import OpenWindow


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    made = open_window("statement#r2")
    made.resize(1300, 700)
    return made


@pytest.fixture
def dialog(window: MainWindow) -> ReadingDialog:
    made = ReadingDialog(window.store, window)
    made.changed.connect(window.looks.read_anew)
    made.show()
    return made


def choose(dialog: ReadingDialog, setting: settings.Setting[Any], value: object) -> None:
    box = dialog._boxes[setting]
    box.setCurrentIndex(box.findData(value))
    QApplication.processEvents()


def families(window: MainWindow) -> set[str]:
    """The typefaces that the page is drawn in."""
    used: set[str] = set()
    window.reader.document().size()
    block = window.reader.document().begin()
    while block.isValid():
        for number in range(block.layout().lineCount()):
            used.update(run.rawFont().familyName() for run in block.layout().lineAt(number).glyphRuns())
        block = block.next()
    return used


def test_the_typeface_of_the_page_is_another(window: MainWindow, dialog: ReadingDialog) -> None:
    assert families(window) == {theme.SANS, theme.SERIF}
    choose(dialog, settings.TYPEFACE, "sans")
    assert families(window) == {theme.SANS}
    choose(dialog, settings.TYPEFACE, "hyperlegible")
    assert theme.HYPERLEGIBLE in families(window)
    assert families(window) <= {theme.HYPERLEGIBLE, theme.SANS}
    assert theme.HYPERLEGIBLE in QFontDatabase.families()
    assert window.store.read(settings.TYPEFACE) == "hyperlegible"


def test_lines_are_wider_apart_and_longer(window: MainWindow, dialog: ReadingDialog) -> None:
    def height() -> float:
        return window.reader.document().size().height()

    def width() -> float:
        letters = QFontMetricsF(window.reader.document().defaultFont()).averageCharWidth()
        return window.reader._layout.column_width / letters

    usual = height()
    choose(dialog, settings.LINE_SPACING, 200)
    assert height() > usual * 1.3
    assert 65 <= width() <= 75
    choose(dialog, settings.COLUMN_WIDTH, 45)
    assert 40 <= width() <= 50
    choose(dialog, settings.COLUMN_WIDTH, settings.WIDEST_COLUMN)
    assert width() > 80


def test_the_statement_can_stand_on_the_pages_ground(window: MainWindow, dialog: ReadingDialog) -> None:
    def colours() -> set[str]:
        picture = window.reader.grab().toImage()
        return {picture.pixelColor(x, 200).name() for x in range(picture.width())}

    assert theme.LIGHT.statement in colours()
    dialog._ticks[settings.PLAIN_STATEMENT].click()
    QApplication.processEvents()
    assert theme.LIGHT.statement not in colours()
    assert theme.LIGHT.statement_line in colours()  # whose words they are can still be seen


def test_nothing_moves_when_that_is_wanted(window: MainWindow, dialog: ReadingDialog) -> None:
    busy = BusyBar()
    before = QApplication.cursorFlashTime()
    dialog._ticks[settings.MOTION].click()
    assert QApplication.cursorFlashTime() == 0
    busy.begin("Making the index…")
    assert not busy._progress.isVisibleTo(busy)
    dialog._ticks[settings.MOTION].click()
    assert QApplication.cursorFlashTime() == before
    busy.begin("Making the index…")
    assert busy._progress.isVisibleTo(busy)


def test_all_is_as_at_first_again(window: MainWindow, dialog: ReadingDialog) -> None:
    usual = window.looks.page
    choose(dialog, settings.TYPEFACE, "serif")
    choose(dialog, settings.LINE_SPACING, 150)
    assert window.looks.page != usual
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    next(one for one in buttons.buttons() if one.text() == "As at &first").click()
    assert window.looks.page == usual
    assert dialog._boxes[settings.TYPEFACE].currentIndex() == 0


def test_every_typeface_of_the_settings_is_known(window: MainWindow) -> None:
    for name in TYPEFACES:
        assert settings.TYPEFACE.fits(name)
