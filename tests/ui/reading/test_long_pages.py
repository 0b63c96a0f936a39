"""A page at the limits: Qt lays it out once, as each time the window stands still."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtGui import QTextFrame

from handbook.content import bounds
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_column, page_structure
from handbook.ui.reading.shown import Shown

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
