"""What a command is about: the words selected, the section clicked, what fills the view; and what the menus call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from handbook.ui.main_window import MainWindow
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.reading.reader import Reader
from tests.ui.reading.test_reading import CTRL, NONE, SHIFT, press, scroll, select
from tests.ui.workshop.test_panel import addresses, command

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

# Four sections of a few lines, so that three and more are in the view, and one that is long.
LINES = "\n\n".join(f"Line {number} of the first." for number in range(3))
LONG = "\n\n".join(f"Line {number} of the long one." for number in range(60))
PAGE = {
    "page.md": f"""# Page

Words before.

## First {{#first}}

{LINES}

## Second & best {{#second}}

A sentence of the second.

## Third {{#third}}

A sentence of the third.

## Long {{#long}}

{LONG}

## Last but one {{#last-but-one}}

A sentence of the last but one.

## Last {{#last}}

The end.
"""
}


@pytest.fixture
def window(open_window: OpenWindow, write: Write) -> MainWindow:
    return open_window("page", book=write(PAGE))


def click(qtbot: QtBot, reader: Reader, words: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> QPoint:
    """Click onto words on the page, and leave nothing selected."""
    cursor = reader.document().find(words)
    assert not cursor.isNull()
    at: QPoint = reader.cursorRect(QTextCursor(reader.document().findBlock(cursor.position()))).center()
    assert 0 <= at.y() < reader.viewport().height()
    qtbot.mouseClick(reader.viewport(), button, NONE, at + QPoint(3, 0))
    return at


def select_between(reader: Reader, first: str, last: str) -> None:
    begin, end = reader.document().find(first), reader.document().find(last)
    cursor = QTextCursor(reader.document())
    cursor.setPosition(begin.selectionStart())
    cursor.setPosition(end.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    reader.setTextCursor(cursor)


def copied() -> str:
    return QGuiApplication.clipboard().text()


# -- Which section -------------------------------------------------------------------------------------------


def test_a_sentence_is_cited_from_the_section_it_stands_in(window: MainWindow, qtbot: QtBot) -> None:
    select(window.reader, "A sentence of the third")
    assert window.address == "page"  # the top edge is elsewhere
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    words, _, source = copied().partition("\n\n")
    assert words == "A sentence of the third"
    assert "Page › Third; page#third)" in source


def test_a_sentence_of_the_fourth_recommendation_is_the_fourths(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    window.reader.setTextCursor(window.reader.document().find("4. Stop talking"))
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    assert "statement#r4)" in copied()


def test_of_words_across_two_sections_both_are_named(window: MainWindow, qtbot: QtBot) -> None:
    select_between(window.reader, "sentence of the second", "of the third")
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    assert "Page › Second & best to Third; page#second to page#third)" in copied()
    command(window, "workshop_add").trigger()
    assert addresses(window.workshop.controller) == ["page#second"]  # the one that it begins in


def test_blanks_around_the_words_belong_to_nothing(window: MainWindow, qtbot: QtBot) -> None:
    """As when one drags from the end of the line above."""
    cursor = window.reader.document().find("Second & best")
    cursor.setPosition(cursor.selectionStart() - 1)
    cursor.setPosition(cursor.position() + len("Second & best") + 2, QTextCursor.MoveMode.KeepAnchor)
    window.reader.setTextCursor(cursor)
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    assert "Page › Second & best; page#second)" in copied()


def test_without_words_it_is_the_section_clicked_last(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.reader, "A sentence of the second")
    assert window.target == "page#second"
    click(qtbot, window.reader, "A sentence of the third")
    press(qtbot, Qt.Key.Key_A, CTRL | SHIFT)
    assert addresses(window.workshop.controller) == ["page#third"]
    scroll(window.reader, 30)
    assert window.target == "page#third"
    scroll(window.reader, 900)  # out of sight
    assert window.target == "page#long"


def test_else_the_one_that_fills_most_of_the_view(window: MainWindow) -> None:
    assert window.target == "page"  # gone to, and not left since
    reader = window.reader
    reader.go_to("third")
    assert window.target == "page#third"  # though the long one fills the view
    scroll(reader, 1)
    assert window.target == "page#long"
    assert window.address == "page#third"


def test_what_was_clicked_is_left_by_going_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.reader, "A sentence of the second")
    window.open_address("page#third")
    assert window.target == "page#third"
    window.open_address("page")
    assert window.target == "page"


def test_a_right_click_says_what_its_menu_is_about(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look_and_close() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.toolTipsVisible()
        seen.extend(entry.text().replace("&&", "+").replace("&", "") for entry in menu.actions())
        menu.close()

    at = click(qtbot, window.reader, "A sentence of the second", Qt.MouseButton.RightButton)
    QTimer.singleShot(0, look_and_close)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, window.reader.viewport().mapToGlobal(at))
    QApplication.sendEvent(window.reader.viewport(), event)
    assert {"Add: Second + best", "Print: Second + best…", "Copy with source: Second + best"} <= set(seen)


def test_this_section_of_the_print_dialog_is_that_one(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, ...]] = []

    def note_and_close(dialog: PrintDialog) -> None:
        printed.append(dialog.handout().addresses)
        dialog.done(0)  # as a person closes it: what is under way is dropped

    monkeypatch.setattr(PrintDialog, "exec", note_and_close)
    select(window.reader, "A sentence of the third")
    command(window, "print").trigger()
    assert printed == [("page#third",)]


def test_what_is_shown_to_the_room_is_that_one(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(window.room, "show_address", shown.append)
    click(qtbot, window.reader, "A sentence of the third")
    command(window, "show").trigger()
    assert shown == ["page#third"]
    assert command(window, "show").text() == "S&how to the room: Third"


def test_a_bookmark_is_of_that_one(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.reader, "A sentence of the third")
    entry = command(window, "bookmark")
    assert entry.text() == "&Bookmark: Third"
    entry.trigger()
    assert [one.address for one in window.marks.marks] == ["page#third"]


def test_the_address_copied_is_that_ones(window: MainWindow) -> None:
    select(window.reader, "A sentence of the third")
    command(window, "copy_address").trigger()
    assert copied() == "page#third"


# -- What the menus call it ----------------------------------------------------------------------------------


def test_menus_name_what_they_act_on(open_window: OpenWindow) -> None:
    window = open_window("statement#r4")
    entry = command(window, "workshop_add")
    assert entry.text().startswith("&Add: 4. Stop talking")
    assert entry.text().endswith("…")
    section = window.handbook.find("statement#r4")
    assert section is not None
    assert entry.toolTip() == section.title
    window.open_address("statement#r1")
    assert entry.text().startswith("&Add: 1. Take on")
    whole = command(window, "workshop_add_chapter")
    assert whole.toolTip() == window.handbook.chapters["statement"].title
    window.open_address("")
    assert entry.text() == "&Add what is being read"
    assert not entry.isEnabled()


def test_menus_follow_what_is_selected_and_scrolled(window: MainWindow) -> None:
    entry = command(window, "workshop_add")
    assert entry.text() == "&Add: Page"
    select(window.reader, "A sentence of the second")
    assert entry.text() == "&Add: Second && best"
    window.reader.setTextCursor(QTextCursor(window.reader.document()))
    scroll(window.reader, 800)
    assert entry.text() == "&Add: Long"


def test_the_chosen_hit_is_named_too(window: MainWindow, qtbot: QtBot) -> None:
    field = window.searching.field
    field.setFocus()
    qtbot.keyClicks(field, "sentence")
    qtbot.waitUntil(lambda: len(window.searching.hits.hits) >= 3)
    for _ in range(2):
        hit = window.searching.hits.current()
        assert hit is not None
        title = hit.title.replace("&", "&&")
        assert command(window, "workshop_add_hit").text() == f"Add the &passage: {title}"
        assert command(window, "print_hit").text() == f"Print the p&assage: {title}…"
        press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Escape)
    assert command(window, "workshop_add_hit").text() == "Add the chosen &passage found"


# -- The end of the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("anchor", ["last-but-one", "last"])
def test_the_last_sections_can_come_to_the_upper_edge(window: MainWindow, qtbot: QtBot, anchor: str) -> None:
    reader = window.reader
    window.open_address(f"page#{anchor}")
    title = reader.document().find("Last but one" if anchor == "last-but-one" else "The end.").block().previous()
    if anchor == "last-but-one":
        title = title.next()
    assert 0 <= reader.cursorRect(QTextCursor(title)).top() <= 3 * reader.points
    scroll(reader, -1)
    scroll(reader, 1)
    assert window.address == f"page#{anchor}"


def test_dragged_to_its_end_the_page_shows_its_last_section(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.reader.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > window.reader.room.foot())
    bar.setValue(bar.maximum())
    assert window.address == window.target == "page#last"
    press(qtbot, Qt.Key.Key_End)
    assert bar.value() < bar.maximum()  # End shows a full page
    assert bar.value() == window.reader.room.foot()


@pytest.mark.parametrize("anchor", ["r2", "r4"])
def test_what_was_opened_stays_at_the_top_when_the_page_gets_narrower(
    open_window: OpenWindow, qtbot: QtBot, anchor: str
) -> None:
    window = open_window(f"statement#{anchor}")
    window.resize(1180, 700)
    reader = window.reader
    title = reader.document().find("2. Focus on root" if anchor == "r2" else "4. Stop talking").block()
    qtbot.waitUntil(lambda: 0 <= reader.cursorRect(QTextCursor(title)).top() <= 3 * reader.points)  # it is laid out
    assert window.address == f"statement#{anchor}"
    before = reader.viewport().width()
    for wanted in (True, False, True):
        window.workshop.show(wanted=wanted)
        QApplication.processEvents()
        assert (reader.viewport().width() < before) is wanted
        assert 0 <= reader.cursorRect(QTextCursor(title)).top() <= 3 * reader.points
        assert window.address == window.target == f"statement#{anchor}"


def test_the_room_stays_when_the_window_grows(window: MainWindow, qtbot: QtBot) -> None:
    window.open_address("page#last")
    value = window.reader.verticalScrollBar().value()
    window.resize(window.width(), window.height() + 60)
    QApplication.processEvents()
    assert window.reader.verticalScrollBar().value() == value
    assert window.address == "page#last"


# -- Undo ----------------------------------------------------------------------------------------------------


def places(window: MainWindow) -> dict[str, object]:
    """Where the keyboard may be."""
    window.matches.find()
    return {
        "page": window.reader,
        "contents": window.contents,
        "search": window.searching.field,
        "find": window.matches.find_bar.field,
        "workshop": window.workshop.controller.panel.items,
        "chips": window.searching.chips.exact,
    }


@pytest.mark.parametrize("place", ["page", "contents", "search", "find", "workshop", "chips"])
def test_adding_is_undone_wherever_the_keyboard_is(window: MainWindow, qtbot: QtBot, place: str) -> None:
    click(qtbot, window.reader, "A sentence of the third")
    press(qtbot, Qt.Key.Key_A, CTRL | SHIFT)
    controller = window.workshop.controller
    assert addresses(controller) == ["page#third"]
    window.searching.field.setFocus()
    places(window)[place].setFocus()  # type: ignore[attr-defined]
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert addresses(controller) == []
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert addresses(controller) == ["page#third"]


def test_a_field_with_something_to_undo_keeps_the_key(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "workshop_add").trigger()
    field: QLineEdit = window.searching.field
    field.setFocus()
    qtbot.keyClicks(field, "demand")
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert addresses(window.workshop.controller) == ["page"]
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert addresses(window.workshop.controller) == []


def test_it_is_undone_in_the_print_window_too(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "workshop_add").trigger()
    controller = window.workshop.controller
    controller.print_window()
    printing = controller.printing
    assert printing is not None
    with qtbot.waitActive(printing):
        printing.activateWindow()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert addresses(controller) == []


def test_the_message_offers_to_undo(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("handbook.ui.widgets.announce.announce", lambda _, text: said.append(text))
    command(window, "workshop_add").trigger()
    assert window.done.isVisible()
    assert window.done.accessibleName() == "Added to the workshop: Page"
    assert said == ["Added to the workshop: Page. Ctrl+Z undoes it."]
    qtbot.mouseClick(window.done._undo, Qt.MouseButton.LeftButton)
    assert addresses(window.workshop.controller) == []
    assert not window.done.isVisible()
    assert window.statusBar().currentMessage() == "Undone: Add 'Page'"


def test_the_offer_ends_with_the_next_change_or_message(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "workshop_add").trigger()
    window.workshop.controller.editing.add_day()
    assert not window.done.isVisible()
    window.workshop.add("page#third")
    assert window.done.isVisible()
    window.look_commands.zoom(1)
    assert window.statusBar().currentMessage()
    assert not window.done.isVisible()
    window.statusBar().clearMessage()
    assert not window.done.isVisible()
