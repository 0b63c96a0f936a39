"""The person's marks in the main search: hits of their own kind, and none of them while a group may look on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.marks.as_hits import MarksAsHits
from tests.ui.conftest import OpenWindow
from tests.ui.marks.test_marks import select
from tests.ui.searching.test_search import answered, press, search_for


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """Two marks in one section: a highlight with a note, and a bookmark."""
    window = open_window("glossary#consent")
    select(window, "one of the means was used")
    window.marks.note("glossary#consent", lambda *_: "Iveta organised the discussion of this")
    window.marks.bookmark("glossary#consent")
    return window


def found(window: MainWindow) -> list[str]:
    return [hit.own for hit in window.searching.hits.hits]


def test_the_chip_says_how_many_marks_have_the_words_and_lists_them(window: MainWindow, qtbot: QtBot) -> None:
    noted, bookmark = window.marks.marks
    search_for(qtbot, window, "consent")
    chip = window.searching.chips.marks
    assert chip.isVisible()
    assert chip.count == "2"
    assert found(window).count("") == len(found(window))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    answered(qtbot, window)
    assert window.searching.field.text() == "in:my-marks consent"
    assert sorted(found(window)) == sorted((noted.id, bookmark.id))
    assert window.searching.hits.count.text() == "Marks found: 2"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    answered(qtbot, window)
    assert found(window)[0] == ""


def test_a_note_is_found_in_another_spelling_and_opened_where_its_words_are(window: MainWindow, qtbot: QtBot) -> None:
    noted, _ = window.marks.marks
    window.open_address("statement")
    search_for(qtbot, window, "in:my-marks organizing")
    (hit,) = window.searching.hits.hits
    assert hit.own == noted.id
    assert hit.path[0] == "My note"
    assert hit.snippet == "Iveta organised the discussion of this — “one of the means was used”"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["organised"]
    press(qtbot, Qt.Key.Key_Return)
    assert window.address == "glossary#consent"
    top = window.reader.cursorRect().top()
    assert 0 <= top < window.reader.viewport().height()
    assert window.reader.textCursor().selectedText() == "one of the means was used"


def test_each_of_two_marks_of_one_section_is_opened_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.searching.mark_opened.connect(opened.append)
    search_for(qtbot, window, "in:my-marks consent")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert sorted(opened) == sorted(mark.id for mark in window.marks.marks)


def test_without_words_all_marks_are_listed_and_one_that_is_taken_away_goes(window: MainWindow, qtbot: QtBot) -> None:
    search_for(qtbot, window, "in:my-marks ")
    assert len(found(window)) == 2
    window.marks.remove({window.marks.marks[0].id})
    answered(qtbot, window)
    assert found(window) == [window.marks.marks[0].id]


def test_what_is_shown_to_a_group_has_no_marks_beside_it(window: MainWindow, qtbot: QtBot) -> None:
    search_for(qtbot, window, "in:my-marks consent")
    assert len(found(window)) == 2
    window.showing.show_passage()
    answered(qtbot, window)
    assert not window.searching.chips.marks.isVisible()
    assert not any(found(window))
    show = window.room.show
    assert show is not None
    show.end()
    answered(qtbot, window)
    assert len(found(window)) == 2


def test_marks_are_not_found_where_that_is_switched_off(window: MainWindow, qtbot: QtBot) -> None:
    search_for(qtbot, window, "in:my-marks consent")
    window._actions["find_marks"].trigger()
    answered(qtbot, window)
    assert not any(found(window))
    assert not window.searching.chips.marks.isVisible()
    assert window.store.read(settings.FIND_MARKS) is False


def test_no_chip_before_something_is_marked(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    search_for(qtbot, window, "consent")
    assert not window.searching.chips.marks.isVisible()
    window.marks.bookmark("statement")
    assert window.searching.chips.marks.isVisible()


def test_signs_of_a_query_mean_the_same(window: MainWindow) -> None:
    asked = MarksAsHits(window.marks.marks, {})
    counts = {
        "Iveta": 1,
        "ivet": 1,  # as it is typed
        "iveta -discussion": 0,
        '"organised the discussion"': 1,
        '"the organised discussion"': 0,
        "nowhere OR iveta": 1,
        "consent": 2,
        "consent iveta": 1,
        "": 0,
    }
    assert {words: asked.count(words) for words in counts} == counts
