"""Which of our widgets tell screen readers of themselves in their own way, and who does it for each.

Belongs here: that list. Not here: what is told (the accessible_… modules)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QListWidget, QWidget

if TYPE_CHECKING:
    from handbook.ui.widgets.accessible_rows import AccessibleRows


def install() -> None:
    """From here on, Qt asks us about these widgets. Before the first window.

    It takes no time: what tells of a widget is imported when a screen reader runs."""
    makers: dict[str, Callable[[QWidget], QAccessibleInterface]] = {
        "Reader": _page,
        "LinkLabel": _label,
        "Line": _line,
        "HitList": _hits,
        "ContentsPanel": _contents,
        "ItemsView": _items,
        "TickTree": rows_to_tick,
        "QListWidget": plain_rows,
        "Preview": _pages,
    }

    def make(name: str, about: QObject | None) -> QAccessibleInterface | None:
        maker = makers.get(name)
        return maker(about) if maker is not None and isinstance(about, QWidget) else None

    QAccessible.installFactory(make)


def _page(reader: QWidget) -> QAccessibleInterface:
    from handbook.ui.reading.accessible_page import AccessiblePage

    return AccessiblePage(reader)


def _label(label: QWidget) -> QAccessibleInterface:
    from handbook.ui.widgets.accessible_text import AccessibleLabel

    return AccessibleLabel(label)


def _line(line: QWidget) -> QAccessibleInterface:
    from handbook.ui.searching.hits_panel import Line
    from handbook.ui.widgets.accessible_text import AccessibleLine

    return AccessibleLine(line, cast(Line, line).text)


def _hits(view: QWidget) -> QAccessibleInterface:
    from handbook.ui.searching.hit_list import HitList
    from handbook.ui.widgets.accessible_rows import AccessibleRows

    hits = cast(HitList, view)
    return AccessibleRows(hits, lambda _: hits.chosen_by_hand.emit())


def _contents(view: QWidget) -> QAccessibleInterface:
    from handbook.ui.reading.contents_panel import ContentsPanel
    from handbook.ui.widgets.accessible_rows import AccessibleRows

    return AccessibleRows(view, cast(ContentsPanel, view).choose)


def _items(view: QWidget) -> QAccessibleInterface:
    from handbook.ui.widgets.accessible_rows import AccessibleRows
    from handbook.ui.workshop.items_view import ItemsView

    items = cast(ItemsView, view)
    return AccessibleRows(items, lambda _: items.read_wanted.emit())


def rows_to_tick(view: QWidget) -> AccessibleRows:
    """A tree whose rows are ticked by a press."""
    from handbook.ui.widgets.accessible_rows import AccessibleRows

    rows = AccessibleRows(view, lambda index: rows.row(index).tick())
    return rows


def plain_rows(view: QWidget) -> AccessibleRows:
    """A list whose rows are chosen by a press, which opens them where Enter does."""
    from handbook.ui.widgets.accessible_rows import AccessibleRows

    return AccessibleRows(view, cast(QListWidget, view).activated.emit)


def _pages(preview: QWidget) -> QAccessibleInterface:
    from handbook.ui.printing.accessible_pages import AccessiblePages

    return AccessiblePages(preview)
