"""The list of marks by hand: filtered, by day, by keyboard and screen reader alone; what is done with a mark."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handbook.marks.model import Mark, by_place
from handbook.ui import screen_readers
from handbook.ui.main_window import MainWindow
from handbook.ui.marks.marks_window import MarksWindow
from handbook.ui.widgets.theme import OPENS
from handbook.workshop.model import Passage
from tests.ui.conftest import OpenWindow
from tests.ui.marks.test_marks import lines, listed, select

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "one of the means was used"


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A bookmark of a recommendation, a highlight with a note, a highlight."""
    window = open_window("glossary#consent")
    window.marks.bookmark("statement#r3")
    select(window, WORDS)
    window.marks.note("glossary#consent", lambda *_: "Ask the group")
    select(window, "Saying yes")
    window.marks.highlight("glossary#consent")
    return window


@pytest.fixture
def marks(window: MainWindow, qtbot: QtBot) -> MarksWindow:
    opened = listed(window)
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def choose(marks: MarksWindow, words: str) -> None:
    row = next(row for row, line in enumerate(lines(marks)) if words in line)
    marks.list.setCurrentRow(row)
    marks.list.setFocus()


@pytest.mark.parametrize(("kind", "found"), [("All kinds", 3), ("Bookmarks", 1), ("Highlights", 2), ("With a note", 1)])
def test_the_list_is_kept_to_a_kind(marks: MarksWindow, kind: str, found: int) -> None:
    marks.kinds.setCurrentText(kind)
    assert len(lines(marks)) == found


def test_by_day_each_day_has_a_heading_that_is_no_row(window: MainWindow, marks: MarksWindow) -> None:
    first, *others = window.marks.marks
    window.marks._put((replace(first, made=datetime.date(2026, 1, 2)), *others))
    marks.order.setCurrentText("By day")
    shown = lines(marks)
    assert len(shown) == 5
    assert shown[3] == "2 January 2026"
    marks.list.setCurrentRow(3)
    assert marks._chosen() == []
    marks.list.selectAll()
    assert len(marks._chosen()) == 3


def test_the_keyboard_alone_goes_from_the_search_to_the_words(
    window: MainWindow, marks: MarksWindow, qtbot: QtBot
) -> None:
    assert marks.list.hasFocus()
    assert marks.list.currentRow() == 0
    marks.search.setFocus()
    qtbot.keyClicks(marks.search, "ask")
    press(qtbot, Qt.Key.Key_Return)
    assert marks.list.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window.address == "glossary#consent"
    assert window.reader.textCursor().selectedText() == WORDS


def test_what_was_taken_away_comes_back_and_that_is_told_once(
    window: MainWindow,
    marks: MarksWindow,
    qtbot: QtBot,
    announced: list[tuple[str, QAccessible.AnnouncementPoliteness]],
) -> None:
    before = window.marks.marks
    marks.list.selectAll()
    press(qtbot, Qt.Key.Key_Delete)
    assert lines(marks) == []
    assert marks.told.text() == "3 marks taken away. Ctrl+Z in the list undoes it."
    qtbot.waitUntil(lambda: [words for words, _ in announced] == [marks.told.text()])
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert window.marks.marks == before
    assert len(lines(marks)) == 3


def test_the_next_mark_is_chosen_when_one_is_taken_away(marks: MarksWindow, qtbot: QtBot) -> None:
    marks.list.setCurrentRow(1)
    last = lines(marks)[2]
    press(qtbot, Qt.Key.Key_Delete)
    assert [one.text() for one in marks.list.selectedItems()] == [last]
    press(qtbot, Qt.Key.Key_Delete)
    press(qtbot, Qt.Key.Key_Delete)
    assert lines(marks) == []


def test_a_mark_is_copied_with_its_source_added_and_shown_from_the_list(
    window: MainWindow, marks: MarksWindow, qtbot: QtBot
) -> None:
    choose(marks, WORDS)
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"{WORDS}\n\n")
    assert "glossary#consent" in copied
    assert "Ask the group" not in copied
    press(qtbot, Qt.Key.Key_A, CTRL | SHIFT)
    (item,) = window.workshop.controller.workshop.items
    assert isinstance(item, Passage)
    assert item.address == "glossary#consent"
    choose(marks, WORDS)
    press(qtbot, Qt.Key.Key_F5)
    show = window.room.show
    assert show is not None
    said = show.window.accessibleDescription()
    assert WORDS in said
    assert "Ask the group" not in said
    show.end()


def test_a_mark_whose_section_is_gone_is_copied_and_neither_added_nor_shown(window: MainWindow) -> None:
    gone = Mark("highlight", "gone#x", "Gone", "words of old")
    window.own_marks.copy(gone)
    assert QGuiApplication.clipboard().text() == "words of old\n\ngone#x"
    window.own_marks.add(gone)
    window.own_marks.show(gone)
    assert window.room.show is None
    assert "not in the handbook any more" in window.statusBar().currentMessage()


def test_the_same_is_in_the_menu_of_the_words_on_the_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = QTextCursor(window.reader.document().find(WORDS))
    cursor.setPosition(cursor.selectionStart() + 3)
    window.reader.setTextCursor(cursor)
    window.reader.menu_mark = window.marks.marks[1].id
    menu = QMenu()
    window._fill_context_menu(menu)
    own = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(own, QMenu)
    entries = {action.text().replace("&", ""): action for action in own.actions() if action.text()}
    assert list(entries) == [
        *("Copy with source", "Add to the workshop", "Show to the room"),
        *("Write a note…", "In another way", "Take away"),
    ]
    entries["Copy with source"].trigger()
    assert QGuiApplication.clipboard().text().startswith(WORDS)
    entries["In another way"].trigger()
    assert window.marks.marks[1].style == 2
    monkeypatch.setattr("handbook.ui.window.marks.ask_note", lambda *_: "Another note")
    entries["Write a note…"].trigger()
    assert window.marks.marks[1].note == "Another note"
    entries["Take away"].trigger()
    assert len(window.marks.marks) == 2


def test_words_that_only_the_page_has_are_there(window: MainWindow, qtbot: QtBot) -> None:
    """The lines of terms in other languages, footnotes and their numbers are no part of a chapter's own text."""
    document = window.reader.document()
    for words in ("Ukrainian: згода", "was used.21"):
        window.reader.setTextCursor(document.find(words))
        window.marks.highlight("glossary#consent")
    opened = listed(window)
    qtbot.waitUntil(lambda: not opened._later.isActive())
    assert len(lines(opened)) == 5
    assert not any("not found any more" in line for line in lines(opened))


def test_the_same_words_elsewhere_are_another_mark(window: MainWindow) -> None:
    document = window.reader.document()
    first = document.find("trafficking")
    second = document.find("trafficking", first)
    for cursor in (first, second):
        window.reader.setTextCursor(cursor)
        window.marks.highlight("glossary")
    added = window.marks.marks[3:]
    assert [one.quote.casefold() for one in added] == ["trafficking"] * 2
    assert {one.style for one in added} == {1}
    window.reader.setTextCursor(second)
    window.marks.highlight("glossary")
    assert [one.style for one in window.marks.marks[3:]] == [1, 2]


def test_a_screen_reader_presses_a_row_and_the_buttons_have_their_names(
    window: MainWindow, marks: MarksWindow, qtbot: QtBot
) -> None:
    rows = screen_readers.plain_rows(marks.list)
    assert rows.childCount() == 3
    said = [rows.child(number).text(QAccessible.Text.Name) for number in range(3)]
    assert any(WORDS in line and "Ask the group" in line for line in said)
    row = rows.child(next(number for number, line in enumerate(said) if WORDS in line))
    actions = row.actionInterface()
    assert QAccessibleActionInterface.pressAction() in actions.actionNames()
    actions.doAction(QAccessibleActionInterface.pressAction())
    qtbot.waitUntil(lambda: window.reader.textCursor().selectedText() == WORDS)
    for button in marks.findChildren(QPushButton):
        assert button.accessibleName() == button.text().replace("&", "").removesuffix(f" {OPENS}")


def test_marks_of_other_handbooks_stand_in_the_order_of_theirs(window: MainWindow) -> None:
    others = [Mark("bookmark", address, id=f"{n:016x}") for n, address in enumerate(("b:x#y", "a:gone", "gone"))]
    own = Mark("bookmark", "statement#r3")
    assert [one.address for one in by_place(window.handbook, [*others, own])] == [
        "statement#r3",
        "gone",
        "a:gone",
        "b:x#y",
    ]


def test_without_marks_there_is_nothing_to_export(window: MainWindow, marks: MarksWindow) -> None:
    buttons = [one for one in marks.findChildren(QPushButton) if one.text() in ("&Export as text…", "&Save a copy…")]
    assert [one.isEnabled() for one in buttons] == [True, True]
    window.marks.remove({mark.id for mark in window.marks.marks})
    assert [one.isEnabled() for one in buttons] == [False, False]
    window.marks.undo()
    assert [one.isEnabled() for one in buttons] == [True, True]
