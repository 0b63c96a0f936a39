"""A page at the limits: Qt lays it out once, as each time the window stands still."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextFrame
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.content import bounds
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_column, page_layout, page_structure
from handbook.ui.reading.page_column import PageColumn
from handbook.ui.reading.shown import Shown
from handbook.ui.widgets.theme import USUAL_LOOK
from tests.ui.conftest import OpenWindow, Write
from tests.ui.reading.test_reading import first_letter_in_view, pixels_from_top, scroll

ITEMS = "".join(f"<li>Item {number}</li>" for number in range(200))
PAGE = Shown("Long", f"<h1>Long</h1><ul>{ITEMS}</ul><p>{'Words of the page. ' * 7000}</p>")


def test_the_bar_of_a_long_page_is_there_before_it(open_window: Callable[..., MainWindow]) -> None:
    window = open_window("about")
    widths: list[int] = []
    show = window.reader.setHtml

    def note(html: str) -> None:
        widths.append(window.reader.viewport().width())
        show(html)

    window.reader.show_page(Shown("Short", "<p>Some words.</p>"))
    window.reader.setHtml = note  # type: ignore[method-assign]
    window.reader.show_page(PAGE)
    assert set(widths) == {window.reader.viewport().width()}


def test_of_a_page_that_was_left_no_frame_is_kept(open_window: Callable[..., MainWindow]) -> None:
    window = open_window("about")

    def frames() -> int:
        gc.collect()
        return sum(type(one) is QTextFrame for one in gc.get_objects())

    before = frames()
    for number in range(5):
        window.reader.show_page(Shown("Short", f"<table><tr><td>Some words {number}.</td></tr></table>"))
        page_structure.read_parts(window.reader.document(), quoted=False)
    assert frames() <= before
    frame = page_column.root_frame(window.reader.document())
    assert frame.parentFrame() is None
    assert frame.childFrames()


def test_no_table_is_larger_than_is_laid_out_in_a_moment() -> None:
    table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * bounds.MOST_CELLS
    text, said = bounds.within_limits(table)
    assert said
    assert text.count("|") <= bounds.MOST_CELLS


# -- A table at the limits, in a window that gets another width -----------------------------------------------

ROW = "|" + "some words that are a **bold** sentence|" * 4
TABLE = "# Table\n\nWords.\n\n" + "\n".join(["|a|b|c|d|", "|---|---|---|---|", *[ROW] * 500]) + "\n"


@pytest.mark.parametrize("slow", [0.0, math.inf], ids=["slow", "quick"])
def test_a_long_page_takes_the_width_that_its_window_gets(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, slow: float
) -> None:
    monkeypatch.setattr(page_layout, "_SLOW", slow)
    window = open_window("table", book=write({"table.md": TABLE}))
    page, document = window.reader, window.reader.document()
    scroll(page, 3000)
    letter, before = first_letter_in_view(page), document.textWidth()
    for width in (900, 700, 800):  # as a border is dragged
        window.resize(width, 700)
        QApplication.sendPostedEvents()
        assert document.textWidth() == (before if slow == 0.0 else page.view_width)
    qtbot.waitUntil(lambda: document.textWidth() == page.view_width)
    assert page.view_width == page.viewport().width()
    assert not PageColumn(page.points, USUAL_LOOK, page.view_width).fit(document)  # it fits
    assert abs(pixels_from_top(page, letter)) <= page.points * 7


def test_a_page_that_comes_meanwhile_has_the_width_of_its_window(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_layout, "_SLOW", 0.0)
    window = open_window("table", book=write({"table.md": TABLE, "text.md": "# Text\n\n" + "Words. " * 300}))
    window.resize(700, 700)
    QApplication.sendPostedEvents()
    window.open_address("text")
    assert window.reader.document().textWidth() == window.reader.view_width == window.reader.viewport().width()
