"""The start page: tasks in view, where to go on, ready workshops, and links that do what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_source
from handbook.ui.reading.start_page import GoOn, start_page
from handbook.workshop.ready import ready_workshops

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

TASKS = ("command:search", "statement", "screens", "command:to_workshop", "command:print")


def boxes(window: MainWindow) -> dict[str, QRect]:
    """href → where the first letter of the link is in the view."""
    found: dict[str, QRect] = {}
    block = window.reader.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            cursor = QTextCursor(window.reader.document())
            cursor.setPosition(fragment.position() + 1)
            if fragment.charFormat().anchorHref():
                found.setdefault(fragment.charFormat().anchorHref(), window.reader.cursorRect(cursor))
            iterator += 1
        block = block.next()
    return found


def follow(qtbot: QtBot, window: MainWindow, href: str) -> None:
    """Click a link that is in view."""
    box = boxes(window)[href]
    assert window.reader.viewport().rect().contains(box.center())
    qtbot.mouseClick(window.reader.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A window on the start page, as large as a small laptop's screen."""
    opened = open_window()
    opened.resize(1366, 740)  # less the title bar
    QApplication.processEvents()
    return opened


def test_the_tasks_are_in_view_without_scrolling(window: MainWindow) -> None:
    there, view = boxes(window), window.reader.viewport().rect()
    wanted = (*TASKS, "first-steps", "safety", "ready:0")
    assert [href for href in wanted if href not in there or not view.contains(there[href])] == []


def test_find_puts_the_keyboard_into_the_search_field(window: MainWindow, qtbot: QtBot) -> None:
    follow(qtbot, window, "command:search")
    assert QApplication.focusWidget() is window.searching.field


def test_read_opens_the_statement(window: MainWindow, qtbot: QtBot) -> None:
    follow(qtbot, window, "statement")
    assert window.address == "statement"


def test_plan_opens_the_workshop(window: MainWindow, qtbot: QtBot) -> None:
    follow(qtbot, window, "command:to_workshop")
    assert window.workshop.controller.panel.isVisible()


def test_a_ready_workshop_is_opened(window: MainWindow, book: Handbook, qtbot: QtBot) -> None:
    follow(qtbot, window, "ready:0")
    assert window.workshop.controller.workshop.title == ready_workshops(book.folder)[0].title
    assert window.workshop.controller.panel.isVisible()


def test_a_workshop_used_last_and_marks_are_offered_to_go_on_with(
    window: MainWindow, qtbot: QtBot, book: Handbook
) -> None:
    assert "command:marks" not in boxes(window)
    path = ready_workshops(book.folder)[1].path
    window.workshop.open_file(path)
    window.workshop.show(wanted=False)
    window.marks.bookmark("statement#r2")
    window.open_address("about")
    window.open_address(page_source.START)
    assert {"recent:0", "command:marks"} <= boxes(window).keys()
    window.workshop.controller.new()
    window.workshop.show(wanted=False)
    follow(qtbot, window, "recent:0")
    assert window.workshop.controller.workshop.title == ready_workshops(book.folder)[1].title


def test_another_handbook_has_the_tasks_without_our_chapters(open_window: OpenWindow, write: Write) -> None:
    window = open_window(book=write({"one.md": "# One\n\nWords.\n", "two.md": "# Two\n\n[quit](command:quit)\n"}))
    there = boxes(window)
    assert {"command:search", "one", "command:to_workshop", "command:print"} <= there.keys()
    assert not {"first-steps", "safety", "screens", "ready:0"} & there.keys()
    assert "trafficking" not in window.reader.toPlainText()


def test_a_link_in_a_chapter_commands_nothing(open_window: OpenWindow) -> None:
    window = open_window("statement")
    for href in ("command:quit", "ready:0", "recent:0"):
        window.links.follow(href)
        assert window.isVisible()
        assert not window.workshop.is_made


@pytest.mark.parametrize("href", ["command:", "command:nothing", "ready:99", "ready:-1", "recent:0", "recent:x"])
def test_a_link_to_nothing_changes_nothing(window: MainWindow, href: str) -> None:
    window.links.follow(href)
    assert window.address == page_source.START
    assert not window.workshop.is_made


def test_first_steps_are_in_the_help_menu(window: MainWindow) -> None:
    window._actions["first_steps"].trigger()
    assert window.address == "first-steps"


def test_a_subtitle_that_ends_with_a_full_stop_has_no_second_one(book: Handbook) -> None:
    told = book.with_(manifest=book.manifest._replace(subtitle="Z 15 września 2010 r."))
    assert "2010 r. For trainers" in start_page(told, GoOn()).html
