"""A page at the limits: Qt lays it out once, as each time the window stands still."""

from __future__ import annotations

from collections.abc import Callable

from handbook.content import bounds
from handbook.ui.main_window import MainWindow
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


def test_no_table_is_larger_than_is_laid_out_in_a_moment() -> None:
    table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * bounds.MOST_CELLS
    text, said = bounds.within_limits(table)
    assert said
    assert text.count("|") <= bounds.MOST_CELLS
