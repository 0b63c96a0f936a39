"""Groups in the contents and on the start page, with minutes, people and level; addresses of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from handbook.ui import settings
from handbook.ui.reading import page_source
from handbook.ui.reading.contents_panel import ADDRESS, FACTS, ContentsModel
from tests.ui.reading.test_reading import row_of_contents

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

SHEET = """+++
kind = "exercise"
minutes = {n}
group_size = "8 to 20"
level = 2
+++
# {title}

## Aim {{#aim}}

Text.
"""
FILES = {
    "handbook.toml": """
title = "Small"
was = { "old" = "ex-two#aim", "renamed" = "ex-one" }

[[parts]]
id = "a"
title = "A part"
chapters = ["alone"]

[[parts.groups]]
title = "Exercises"
chapters = ["ex-one", "ex-two"]

[[parts.groups]]
title = "Sheets"
chapters = ["sheet"]
""",
    "alone.md": "# Alone\n\nSee [what it was](old).\n",
    "ex-one.md": SHEET.format(n=30, title="One"),
    "ex-two.md": SHEET.format(n=45, title="Two & more"),
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# A sheet\n',
}


def rows(model: ContentsModel, parent: QModelIndex) -> list[tuple[str, str, str]]:
    """Title, address and facts of the rows right below one."""
    indexes = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(index.data(), index.data(ADDRESS), index.data(FACTS)) for index in indexes]


def test_the_contents_have_the_groups_of_the_manifest(write: Write) -> None:
    model = ContentsModel(write(FILES))
    part = model.index(0, 0)
    assert rows(model, part) == [("Alone", "alone", ""), ("Exercises", "", ""), ("Sheets", "", "")]
    group = model.index(1, 0, part)
    assert rows(model, group) == [
        ("One", "ex-one", "30 min · 8 to 20 people · level 2"),
        ("Two & more", "ex-two", "45 min · 8 to 20 people · level 2"),
    ]
    first = model.index(0, 0, group)
    assert model.index(0, 0, first).data(FACTS) == ""  # a section of it
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "One, 30 min · 8 to 20 people · level 2"
    assert not model.flags(group) & Qt.ItemFlag.ItemIsDragEnabled


def test_a_group_is_ticked_with_all_that_is_in_it(write: Write) -> None:
    model = ContentsModel(write(FILES), tickable=True)
    group = model.index(1, 0, model.index(0, 0))
    assert model.setData(group, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked_addresses() == ("ex-one", "ex-two")


def test_a_group_opens_when_one_of_its_chapters_is_read(open_window: OpenWindow, write: Write) -> None:
    window = open_window("alone", book=write(FILES))
    contents = window.contents
    group = contents.model().index(1, 0, contents.model().index(0, 0))
    assert not contents.isExpanded(group)
    alone = contents.visualRect(contents.currentIndex()).height()
    window.open_address("ex-two#aim")
    assert contents.isExpanded(group)
    assert row_of_contents(window) == "ex-two#aim"
    two = contents.model().index(1, 0, group)
    assert contents.visualRect(two).height() > alone  # its facts stand on a second line
    assert contents.visualRect(contents.currentIndex()).height() == alone
    contents.grab()  # is painted without a word from Qt


def test_the_start_page_says_how_long_for_how_many_and_how_hard(open_window: OpenWindow, write: Write) -> None:
    window = open_window(book=write(FILES))
    text = window.reader.toPlainText()
    assert text.index("A part") < text.index("Alone") < text.index("Exercises") < text.index("Sheets: A sheet")
    tables = [one for one in window.reader.document().rootFrame().childFrames() if isinstance(one, QTextTable)]
    cells = [
        [table.cellAt(row, column).firstCursorPosition().block().text() for column in range(table.columns())]
        for table in tables
        for row in range(table.rows())
    ]
    assert ["Exercises", "minutes", "people", "level"] in cells
    assert ["Two & more", "45", "8 to 20", "2"] in cells


@pytest.mark.parametrize(("old", "now"), [("old", "ex-two#aim"), ("renamed", "ex-one"), ("renamed#aim", "ex-one#aim")])
def test_an_address_of_before_opens_what_it_is_now(open_window: OpenWindow, write: Write, old: str, now: str) -> None:
    window = open_window("alone", book=write(FILES))
    window.open_address(old)
    assert window.address == now
    window.open_address("alone")
    window.navigation.travel(-1)
    assert window.address == now


def test_reading_goes_on_at_an_address_of_before(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    book = write(FILES)
    window = open_window("alone", book=book)
    window.store.write(settings.LAST_ADDRESS, "old")
    window.open_address(page_source.START)
    again = open_window(book=book)
    assert again.address == "ex-two#aim"
    assert row_of_contents(again) == "ex-two#aim"


def test_a_link_to_an_address_of_before_is_followed(open_window: OpenWindow, write: Write) -> None:
    window = open_window("alone", book=write(FILES))
    window.links.follow("old")
    assert window.address == "ex-two#aim"


def test_a_link_to_a_place_that_its_page_lacks_leads_to_the_page_and_says_so(
    open_window: OpenWindow, write: Write
) -> None:
    window = open_window("alone", book=write(FILES))
    window.links.follow("ex-two#not-there")
    assert window.address == "ex-two"
    assert "ex-two#not-there" in window.statusBar().currentMessage()
    window.links.follow("not-there#at-all")
    assert window.address == "ex-two"
