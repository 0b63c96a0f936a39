"""Finding in the page: marks while typing, the count, going on, and leaving."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from handbook.ui.main_window import MainWindow
from handbook.ui.reading.letters import spans_of_words

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "# One\n\nA House, a house.\n\n" + "Between.\n\n" * 60 + "The HOUSES. Straße; strasse, STRASSE. а/б\n"


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def marked(window: MainWindow) -> list[str]:
    """The words that are marked on the page, from the top down."""
    found = [(each.cursor.position(), each.cursor.selectedText()) for each in window.reader.extraSelections()]
    return [words for _, words in sorted(found)]


def count(window: MainWindow) -> str:
    """What stands beside the field."""
    label = window.matches.find_bar.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def find(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Open the bar and type; QTest's keyboard has no letters but ASCII: others are pasted."""
    press(qtbot, Qt.Key.Key_F, CTRL)
    if words.isascii():
        qtbot.keyClicks(window.matches.find_bar.field, words)
    else:
        QGuiApplication.clipboard().setText(words)
        press(qtbot, Qt.Key.Key_V, CTRL)


def test_typing_marks_and_counts(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    assert QApplication.focusWidget() is window.matches.find_bar.field
    assert marked(window) == ["House", "house", "HOUSE"]
    assert "1" in count(window)
    assert "3" in count(window)
    qtbot.keyClicks(window.matches.find_bar.field, "x")
    assert marked(window) == []
    assert count(window)
    assert "3" not in count(window)
    press(qtbot, Qt.Key.Key_Backspace)
    assert len(marked(window)) == 3


def test_enter_the_buttons_and_f3_go_on_and_round(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    bar = window.reader.verticalScrollBar()
    assert (window.reader.found.current, bar.value()) == (0, 0)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    assert window.reader.found.current == 2
    assert bar.value() > 0
    assert QApplication.focusWidget() is window.matches.find_bar.field
    press(qtbot, Qt.Key.Key_Return)
    assert window.reader.found.current == 0
    press(qtbot, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.found.current == 2
    assert "3" in count(window)
    buttons = {button.accessibleName(): button for button in window.matches.find_bar.findChildren(QAbstractButton)}
    qtbot.mouseClick(buttons["Next match"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons["Next match"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons["Previous match"], Qt.MouseButton.LeftButton)
    assert window.reader.found.current == 0


def test_finding_begins_at_what_is_in_view(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    press(qtbot, Qt.Key.Key_End)
    find(qtbot, window, "house")
    assert window.reader.found.current == 2


LINES = "# One\n\n" + "".join(f"Line {n}: the thing, then the rest.\n\n" for n in range(200))


def line_found(window: MainWindow) -> int:
    """The number of the line that holds the match which stands out."""
    block = window.reader.document().findBlock(window.reader.found.position)
    return int(block.text().split(":")[0].removeprefix("Line "))


def first_line(window: MainWindow) -> int:
    """The number of the first line that is in view to its upper edge."""
    return int(window.reader.document().findBlock(window.reader.first_in_view()).text()[5:].split(":")[0])


def test_each_letter_is_sought_from_where_the_bar_was_opened(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write({"one.md": LINES}))
    bar = window.reader.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first = first_line(window)
    assert 80 < first < 110
    find(qtbot, window, "t")
    for letter in "he rest":
        assert line_found(window) == first
        qtbot.keyClicks(window.matches.find_bar.field, letter)
    for _ in range(7):
        press(qtbot, Qt.Key.Key_Backspace)
        assert line_found(window) == first
    at = bar.value()
    press(qtbot, Qt.Key.Key_Escape)
    assert bar.value() == at


def test_letters_typed_after_going_on_are_sought_from_there(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write({"one.md": LINES}))
    find(qtbot, window, "th")
    for _ in range(30):
        press(qtbot, Qt.Key.Key_Return)
    number = line_found(window)
    assert number == 7  # four of them in a line, and a match to begin with
    press(qtbot, Qt.Key.Key_F, CTRL)  # again: the words can be typed over, and one stays here
    assert line_found(window) == number
    qtbot.keyClicks(window.matches.find_bar.field, "the t")
    assert line_found(window) == number + 1  # the fourth "th" of a line is no "the t"
    window.reader.verticalScrollBar().setValue(window.reader.verticalScrollBar().maximum() // 2)
    first = first_line(window)
    qtbot.keyClicks(window.matches.find_bar.field, "h")
    assert line_found(window) == first > 80


def test_selected_words_are_the_match_that_stands_out(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": LINES}))
    cursor = window.reader.document().find("thing", window.reader.document().findBlockByNumber(6).position())
    window.reader.setTextCursor(cursor)
    press(qtbot, Qt.Key.Key_F, CTRL)
    assert window.reader.found.position == cursor.selectionStart()


def test_the_current_match_differs_by_more_than_its_colour(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    press(qtbot, Qt.Key.Key_Return)
    assert [one.format.fontUnderline() for one in window.reader.extraSelections()] == [False, True, False]


def test_shift_and_enter_go_back(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    press(qtbot, Qt.Key.Key_Return)
    assert window.reader.found.current == 1
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.found.current == 0
    press(qtbot, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.found.current == 2
    press(qtbot, Qt.Key.Key_F1)
    assert "Shift+Enter" in window.reader.toPlainText()


def test_the_count_goes_with_the_marks(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    press(qtbot, Qt.Key.Key_Return)
    assert window.statusBar().currentMessage() == "Match 2 of 3 on this page"
    press(qtbot, Qt.Key.Key_Escape)
    assert window.statusBar().currentMessage() == ""


@pytest.mark.parametrize("close", ["escape in the bar", "escape on the page", "button"])
def test_leaving_puts_bar_and_marks_away(close: str, open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "house")
    at = window.reader.verticalScrollBar().value()
    if close == "escape on the page":
        press(qtbot, Qt.Key.Key_F7)
    if close == "button":
        buttons = {button.accessibleName(): button for button in window.matches.find_bar.findChildren(QAbstractButton)}
        qtbot.mouseClick(buttons["Close"], Qt.MouseButton.LeftButton)
    else:
        press(qtbot, Qt.Key.Key_Escape)
    assert not window.matches.find_bar.isVisible()
    assert marked(window) == []
    assert QApplication.focusWidget() is window.reader
    assert window.reader.verticalScrollBar().value() == at


def test_selected_words_are_taken_and_can_be_typed_over(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    cursor = window.reader.document().find("Between")
    window.reader.setTextCursor(cursor)
    press(qtbot, Qt.Key.Key_F, CTRL)
    assert window.matches.find_bar.field.text() == "Between"
    assert len(marked(window)) == 60
    qtbot.keyClicks(window.matches.find_bar.field, "house")
    assert window.matches.find_bar.field.text() == "house"


def test_a_slash_in_the_bar_is_a_letter(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, "/")
    assert window.matches.find_bar.field.text() == "/"
    assert marked(window) == ["/"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("straße", ["Straße"]), ("strasse", ["strasse", "STRASSE"]), ("А/Б", ["а/б"]), ("   ", []), ("😀", [])],
)
def test_letters_of_every_script_are_found(
    words: str, found: list[str], open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write({"one.md": TEXT}))
    find(qtbot, window, words)
    assert marked(window) == found


def test_the_page_that_is_opened_next_is_marked_too(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": TEXT, "two.md": "# Two\n\nAnother house.\n"}))
    find(qtbot, window, "house")
    press(qtbot, Qt.Key.Key_PageDown, CTRL)
    assert window.address == "two"
    assert window.matches.find_bar.isVisible()
    assert marked(window) == ["house"]
    assert "1" in count(window)
    assert "3" not in count(window)


def test_opening_a_hit_puts_the_bar_away(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    find(qtbot, window, "labour")
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "shelters")
    qtbot.waitUntil(lambda: not window.searching.waiting)
    press(qtbot, Qt.Key.Key_Return)
    assert not window.matches.find_bar.isVisible()
    assert {word.lower() for word in marked(window)} <= {"shelter", "shelters"}


@given(st.text(alphabet="aAßẞSsİiıσςΣ😀\u0301 ", max_size=12), st.integers(0, 11), st.integers(1, 4))
def test_what_stands_in_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    needle = text[start : start + length]
    spans = spans_of_words(needle)(text)
    assert bool(spans) == bool(needle)
    assert all(text[first:last].casefold() == needle.casefold() for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
