"""Searching in the window: typing, choosing, opening, marks, going on, and who wins when answers are late."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QTextBlock, QTextCursor
from PySide6.QtWidgets import QApplication, QListView, QToolButton
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.search.index import Index, build_index, matcher
from handbook.search.results import Answer, Hit
from handbook.ui.main_window import MainWindow
from handbook.ui.searching import controller
from handbook.ui.searching.finder import MOST_HITS, Finder, Question
from handbook.ui.searching.hit_list import HIT
from handbook.ui.searching.search_field import LONGEST
from handbook.ui.widgets import theme
from handbook.ui.widgets.worker import Stale
from tests.helpers import PATIENCE, Gate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.base.paths import Paths
    from tests.ui.conftest import OpenWindow, Write

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


# -- What a person does and sees ----------------------------------------------------------------------------


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def answered(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the newest question has its answer."""
    qtbot.waitUntil(lambda: not window.searching.waiting)


def search_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Go to the field, type, and wait for the hits. QTest's keyboard has no letters but ASCII: others are pasted."""
    press(qtbot, Qt.Key.Key_K, CTRL)
    if words.isascii():
        qtbot.keyClicks(window.searching.field, words)
    else:
        QGuiApplication.clipboard().setText(words)
        press(qtbot, Qt.Key.Key_V, CTRL)
    answered(qtbot, window)


def hits_list(window: MainWindow) -> QListView:
    """The list of hits."""
    found = window.findChild(QListView, "hits")
    assert isinstance(found, QListView)
    return found


def listed(window: MainWindow) -> list[Hit]:
    """The hits in the list, from the top down."""
    model = hits_list(window).model()
    return [model.index(row, 0).data(HIT) for row in range(model.rowCount(QModelIndex()))]


def chosen(window: MainWindow) -> int:
    """The row that is chosen in the list."""
    return hits_list(window).currentIndex().row()


def head(window: MainWindow) -> str:
    """The line above the hits."""
    return window.searching.hits.count.text()


class Marked(NamedTuple):
    """A stretch of the page in another colour."""

    start: int
    text: str
    ground: str


def marks(window: MainWindow) -> list[Marked]:
    """What is marked on the page, from the top down."""
    found = []
    for selection in window.reader.extraSelections():
        cursor: QTextCursor = selection.cursor
        ground = selection.format.background().color().name()
        found.append(Marked(cursor.selectionStart(), cursor.selectedText(), ground))
    return sorted(found)


def blocks(window: MainWindow) -> Iterator[QTextBlock]:
    """The paragraphs of the page."""
    block = window.reader.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def standing(window: MainWindow) -> list[Marked]:
    """The marks that stand out."""
    return [mark for mark in marks(window) if mark.ground in (theme.LIGHT.current, theme.DARK.current)]


def letters(text: str) -> str:
    """The letters of a text: the page has footnote marks and other quotes between them."""
    return "".join(letter for letter in text if letter.isalpha())


def pixels_from_top(window: MainWindow, position: int) -> int:
    """How far below the upper edge of the view a letter is."""
    cursor = QTextCursor(window.reader.document())
    cursor.setPosition(position)
    return window.reader.cursorRect(cursor).top()


# -- Typing -------------------------------------------------------------------------------------------------


def test_hits_are_listed_while_typing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    press(qtbot, Qt.Key.Key_K, CTRL)
    assert QApplication.focusWidget() is window.searching.field
    counts = []
    for letter in "shelter":
        qtbot.keyClick(window.searching.field, letter)
        answered(qtbot, window)
        counts.append(len(listed(window)))
        assert window.left.currentWidget() is window.searching.hits
        assert str(counts[-1]) in head(window)
    assert all(counts)
    first = listed(window)[0]
    assert "shelter" in first.snippet.lower() or "shelter" in first.title.lower()
    assert window.address == "about"  # the page waits


def test_the_list_says_what_the_index_says(open_window: OpenWindow, book: Handbook, qtbot: QtBot) -> None:
    window = open_window()
    search_for(qtbot, window, "closed shelters")
    expected = Index.in_memory(book).search("closed shelters", limit=MOST_HITS, typing=True).hits
    assert [hit.address for hit in listed(window)] == [hit.address for hit in expected]
    assert listed(window)[1:] == list(expected)[1:]  # the first is the glossary's card, which needs no chapter's name
    spoken = hits_list(window).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert expected[0].title == f"Glossary: {listed(window)[0].title}"
    assert listed(window)[0].title in spoken
    assert expected[0].snippet in spoken


def test_arrows_choose_without_leaving_the_field(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    search_for(qtbot, window, "trafficking")
    assert len(listed(window)) > 3
    assert chosen(window) == 0
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(qtbot, key)
        rows.append(chosen(window))
        assert QApplication.focusWidget() is window.searching.field
    assert rows == [1, 2, 1, 0, 0]
    for _ in range(60):
        press(qtbot, Qt.Key.Key_PageDown)
    assert chosen(window) == len(listed(window)) - 1
    shown = hits_list(window).visualRect(hits_list(window).currentIndex())
    assert hits_list(window).viewport().rect().intersects(shown)
    assert window.searching.field.text() == "trafficking"


def test_clearing_the_field_brings_the_contents_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    search_for(qtbot, window, "poverty")
    assert not window.contents.isVisible()
    for _ in "poverty":
        press(qtbot, Qt.Key.Key_Backspace)
    assert window.contents.isVisible()
    assert QApplication.focusWidget() is window.searching.field
    QApplication.processEvents()
    assert window.contents.isVisible()  # no late answer took its place


def test_an_empty_field_has_no_button_to_clear_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    search_for(qtbot, window, "demand")
    button = window.searching.field.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert button.accessibleName() == "Clear the search field"
    assert button.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not button.isVisible())


def test_which_match_of_how_many_is_taken_back_with_the_marks(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    search_for(qtbot, window, "demand")
    press(qtbot, Qt.Key.Key_Return)
    bar = window.statusBar()
    assert bar.currentMessage().startswith("Match ")
    window.searching.field.setText("")
    assert window.reader.found.count == 0
    assert bar.currentMessage() == ""
    search_for(qtbot, window, "demand")
    press(qtbot, Qt.Key.Key_Return)
    window.look_commands.zoom(1)
    said = bar.currentMessage()
    window.searching.field.setText("")
    assert bar.currentMessage() == said  # it is about something else
    search_for(qtbot, window, "demand")
    press(qtbot, Qt.Key.Key_Return)
    assert bar.currentMessage().startswith("Match ")
    window.open_address("")  # a page without marks
    assert bar.currentMessage() == ""


def test_hidden_contents_make_room_for_hits_and_go_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_F9)
    assert not window.left.isVisible()
    search_for(qtbot, window, "poverty")
    assert hits_list(window).isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.left.isVisible()


def test_nothing_found_says_what_to_try(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    search_for(qtbot, window, "qwxqwx")
    assert listed(window) == []
    assert "Nothing found" in head(window)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Down)
    assert window.address == "about"


def test_slash_goes_to_the_field_and_in_the_field_is_a_letter(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    qtbot.keyClick(window.reader, "/")
    assert QApplication.focusWidget() is window.searching.field
    assert window.searching.field.text() == ""
    qtbot.keyClicks(window.searching.field, "and/or")
    assert window.searching.field.text() == "and/or"


def test_ctrl_k_lets_the_last_words_be_typed_over(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    search_for(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_F7)
    assert QApplication.focusWidget() is window.reader
    search_for(qtbot, window, "shelters")
    assert window.searching.field.text() == "shelters"


@pytest.mark.parametrize(
    "text",
    [
        "poverty " * 12_500,
        "x" * 100_000,
        "*",
        '"',
        "AND (",
        "((((",
        "[ ] { } ^ ~ ? : ; \\ / | & !",
        "...,,,---",
        "😀👩‍👩‍👧 poverty 🇺🇦",
        "\ud83d",  # half an emoji
        "فقر الاتجار بالبشر",
        "עוני \u202e poverty",
        "бідність",
        "poverty\nand\tviolence\r\nlabour\0migration",
    ],
    ids=lambda text: ascii(text[:14]),
)
def test_any_text_can_be_pasted_and_is_answered(text: str, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    QGuiApplication.clipboard().setText(text)
    press(qtbot, Qt.Key.Key_K, CTRL)
    press(qtbot, Qt.Key.Key_V, CTRL)
    assert len(window.searching.field.text()) <= LONGEST
    answered(qtbot, window)
    press(qtbot, Qt.Key.Key_Return)
    assert (
        "failed" not in head(window)
        if "hits" in window.searching.__dict__
        else not window.searching.field.text().strip()
    )
    if "poverty" in text:
        assert window.address.startswith(
            ("glossary#", "statement#b1", "screens#phases")
        )  # the entry, or one with all three
        assert marks(window)


def test_a_stick_pulled_out_is_left_to_the_crash_handler(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Finder, question: Question, stale: Stale) -> None:
        raise ImportError("no library of that name")

    window = open_window()
    monkeypatch.setattr(Finder, "answer", failing)
    search_for(qtbot, window, "rights")
    assert "no library of that name" in head(window)
    monkeypatch.setattr(controller, "out_of_reach", lambda: True)
    with qtbot.captureExceptions() as told:
        search_for(qtbot, window, "rights")
        qtbot.waitUntil(lambda: bool(told))
    assert {kind for kind, *_ in told} == {ImportError}


# -- Opening a hit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["shelters", "root causes", "labor migration", "anti-trafficking", "recommendation 4"]
)
def test_enter_opens_the_hit_marks_it_all_and_stands_in_the_passage_of_the_list(
    query: str, open_window: OpenWindow, book: Handbook, qtbot: QtBot
) -> None:
    window = open_window("about")
    search_for(qtbot, window, query)
    first = listed(window)[0]
    press(qtbot, Qt.Key.Key_Return)
    assert window.address == first.address
    assert QApplication.focusWidget() is window.searching.field
    find = matcher(Index.in_memory(book).search(query, typing=True).matching)
    expected = [
        (block.position() + start, block.text()[start:end])
        for block in blocks(window)
        for start, end in find(block.text())
    ]
    assert expected
    assert [(mark.start, mark.text) for mark in marks(window)] == expected
    (now,) = standing(window)
    block = window.reader.document().findBlock(now.start)
    if first.marks:
        start, end = first.marks[0]
        assert now.text.lower() == first.snippet[start:end].lower()
        assert letters(first.snippet) in letters(block.text())  # the passage that the list shows
    else:
        assert first.title in block.text()
    assert 0 <= pixels_from_top(window, now.start) < window.reader.viewport().height()
    assert f"of {len(expected)}" in window.statusBar().currentMessage()


def test_a_hit_is_opened_by_a_click(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    search_for(qtbot, window, "trafficking")
    third = hits_list(window).model().index(2, 0)
    hits_list(window).scrollTo(third)
    place = hits_list(window).visualRect(third).center()
    qtbot.mouseClick(hits_list(window).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.address == listed(window)[2].address
    assert standing(window)
    press(qtbot, Qt.Key.Key_Escape)  # the click took the keyboard along: Esc goes back from there too
    assert window.searching.field.text() == ""
    assert QApplication.focusWidget() is window.reader


def test_f3_goes_through_the_pages_of_the_hits_and_round(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    pages = {
        "one.md": "# One\n\nA shelter, a shelter.\n\n## More\n\nThat shelter.\n",
        "two.md": "# Two\n\nNothing.\n",
        "three.md": "# Three\n\nWords. Shelters and other words.\n\n" + "Between.\n\n" * 60 + "A shelter.\n",
    }
    window = open_window("two", book=write(pages))
    search_for(qtbot, window, "shelter")
    order = list(dict.fromkeys(hit.address.partition("#")[0] for hit in listed(window)))
    assert sorted(order) == ["one", "three"]
    press(qtbot, Qt.Key.Key_Return)
    every = {"one": 3, "three": 2}
    way = [(page, number) for page in order for number in range(every[page])]
    at = way.index((order[0], window.reader.found.current))
    for _ in range(2 * len(way)):
        press(qtbot, Qt.Key.Key_F3)
        at = (at + 1) % len(way)
        assert (window.address.partition("#")[0], window.reader.found.current) == way[at]
        (now,) = standing(window)
        assert 0 <= pixels_from_top(window, now.start) < window.reader.viewport().height()
        assert listed(window)[chosen(window)].address.partition("#")[0] == way[at][0]
    for _ in range(2 * len(way)):
        press(qtbot, Qt.Key.Key_F3, SHIFT)
        at = (at - 1) % len(way)
        assert (window.address.partition("#")[0], window.reader.found.current) == way[at]
    assert QApplication.focusWidget() is window.searching.field


def test_f3_goes_round_on_the_only_page_of_the_hits(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write({"one.md": "# One\n\nA shelter, a shelter.\n", "two.md": "# Two\n"}))
    search_for(qtbot, window, "shelter")
    press(qtbot, Qt.Key.Key_Return)
    seen = []
    for _ in range(3):
        seen.append(window.reader.found.current)
        press(qtbot, Qt.Key.Key_F3)
    assert seen == [0, 1, 0]


def test_f3_goes_on_from_a_page_without_matches(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("two", book=write({"one.md": "# One\n\nA shelter.\n", "two.md": "# Two\n"}))
    search_for(qtbot, window, "shelter")
    press(qtbot, Qt.Key.Key_F3)  # before a hit was opened: opens the chosen one
    assert window.address == "one"
    window.open_address("two")
    press(qtbot, Qt.Key.Key_F3)
    assert (window.address, window.reader.found.current) == ("one", 0)


def test_f3_without_marks_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_F3)
    assert window.statusBar().currentMessage()
    assert marks(window) == []


def test_escape_returns_to_the_page_and_clears(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    search_for(qtbot, window, "shelters")
    press(qtbot, Qt.Key.Key_Return)
    place, at = window.address, window.reader.verticalScrollBar().value()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.searching.field.text() == ""
    assert marks(window) == []
    assert window.contents.isVisible()
    assert QApplication.focusWidget() is window.reader
    assert (window.address, window.reader.verticalScrollBar().value()) == (place, at)
    search_for(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F7)
    press(qtbot, Qt.Key.Key_Escape)  # from the page too
    assert marks(window) == []
    assert window.searching.field.text() == ""


def test_marks_stay_through_zoom_colours_and_another_chapter(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    search_for(qtbot, window, "trafficking")
    press(qtbot, Qt.Key.Key_Return)
    before = [(mark.start, mark.text) for mark in marks(window)]
    current = standing(window)[0].start
    window.look_commands.zoom(2)
    window.looks.set_colours("dark")
    assert [(mark.start, mark.text) for mark in marks(window)] == before
    assert standing(window)[0].start == current
    assert {mark.ground for mark in marks(window)} == {theme.DARK.mark, theme.DARK.current}
    here = window.address
    window.open_address("about")
    window.open_address(here)
    assert [(mark.start, mark.text) for mark in marks(window)] == before


def test_back_leads_from_a_hit_to_where_one_was_reading(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about#rights")
    at = window.reader.verticalScrollBar().value()
    search_for(qtbot, window, "shelters")
    press(qtbot, Qt.Key.Key_Return)
    assert not window.address.startswith("about")
    press(qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (window.address, window.reader.verticalScrollBar().value()) == ("about#rights", at)


def test_marks_are_on_the_words_in_any_script(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    text = (
        "# 😀 Page\n\n👩‍👩‍👧🇺🇦 before poverty 😀 after poverty.\n\n"
        "Бідність і *насильство*; 😀 бідність.\n\n"
        "| 😀 | poverty |\n|---|---|\n| a | 𝒳 poverty |\n\n- 😀 item of poverty\n"
    )
    window = open_window("page", book=write({"page.md": text}))
    search_for(qtbot, window, "poverty")
    (start, end), *_ = listed(window)[0].marks
    assert listed(window)[0].snippet[start:end] == "poverty"
    press(qtbot, Qt.Key.Key_Return)
    assert [mark.text for mark in marks(window)] == ["poverty"] * 5
    press(qtbot, Qt.Key.Key_Escape)
    search_for(qtbot, window, "бідність")
    press(qtbot, Qt.Key.Key_Return)
    assert [mark.text.lower() for mark in marks(window)] == ["бідність"] * 2


def test_the_list_paints_hits_with_emoji_and_long_words(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    text = f"# {'Long' * 60}\n\n😀 poverty {'x' * 3000} 😀 poverty.\n\n## Two\n\n{'poverty 😀 ' * 80}\n"
    window = open_window("page", book=write({"page.md": text}))
    search_for(qtbot, window, "poverty")
    assert len(listed(window)) == 2
    picture = hits_list(window).grab().toImage()
    assert picture.width() > 100  # painting raised nothing


# -- Who wins -----------------------------------------------------------------------------------------------


class Answers(Gate):
    """Holds the finder's answers until they may go, and notes what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.asked: list[str] = []
        real = Finder.answer

        def held(finder: Finder, question: Question, stale: Stale) -> Answer | None:
            if question.words:
                self.asked.append(question.words)
                self.hold()
            return real(finder, question, lambda: False)  # an answer is made even to what nobody waits for

        monkeypatch.setattr(Finder, "answer", held)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """Answers wait until the test lets them go."""
    made = Answers(monkeypatch)
    yield made
    made.open.set()


def let_answer_come(window: MainWindow, gate: Answers) -> None:
    """Let the answer go and arrive; not waited for in the event loop, as nobody may be waiting for it any more."""
    sent = threading.Event()
    window.searching._runner._bridge.finished.connect(lambda *_: sent.set(), Qt.ConnectionType.DirectConnection)
    gate.open.set()
    assert sent.wait(PATIENCE)
    QApplication.processEvents()


def test_the_newest_words_win_over_a_late_answer(open_window: OpenWindow, gate: Answers, qtbot: QtBot) -> None:
    window = open_window("about")
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "p")
    assert gate.reached.wait(PATIENCE)
    qtbot.keyClicks(window.searching.field, "overty")
    gate.open.set()
    answered(qtbot, window)
    assert set(gate.asked) == {"p", "poverty"}  # what was typed between was never searched
    index = Index.in_memory(window.handbook)
    assert listed(window) == list(index.search("poverty", limit=MOST_HITS, typing=True).hits)


def test_enter_before_the_answer_opens_the_hit_of_the_words_typed(
    open_window: OpenWindow, gate: Answers, qtbot: QtBot
) -> None:
    window = open_window("about")
    expected = Index.in_memory(window.handbook).search("closed shelters", typing=True).hits[0]
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "closed shelters")
    press(qtbot, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.address == "about"
    gate.open.set()
    qtbot.waitUntil(lambda: window.address == expected.address)
    assert standing(window)


def test_enter_for_new_words_never_opens_a_hit_of_the_old(open_window: OpenWindow, gate: Answers, qtbot: QtBot) -> None:
    window = open_window("about")
    gate.open.set()
    search_for(qtbot, window, "shelters")
    old = listed(window)[0].address
    gate.open.clear()
    gate.reached.clear()
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "poverty")
    press(qtbot, Qt.Key.Key_Return)
    assert gate.reached.wait(PATIENCE)
    QApplication.processEvents()
    assert window.address == "about"
    gate.open.set()
    qtbot.waitUntil(lambda: window.address != "about")
    assert window.address == listed(window)[0].address != old


def test_escape_drops_what_is_still_searched(open_window: OpenWindow, gate: Answers, qtbot: QtBot) -> None:
    window = open_window("about")
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "poverty")
    press(qtbot, Qt.Key.Key_Return)
    assert gate.reached.wait(PATIENCE)
    press(qtbot, Qt.Key.Key_Escape)
    let_answer_come(window, gate)
    assert window.address == "about"
    assert window.contents.isVisible()


def test_clearing_the_field_drops_what_is_still_searched(open_window: OpenWindow, gate: Answers, qtbot: QtBot) -> None:
    window = open_window("about")
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.searching.field, "poverty")
    assert gate.reached.wait(PATIENCE)
    press(qtbot, Qt.Key.Key_A, CTRL)
    press(qtbot, Qt.Key.Key_Delete)
    let_answer_come(window, gate)
    assert window.contents.isVisible()


def test_a_search_that_fails_says_so_and_the_next_one_works(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    real = Finder.answer

    def fail(finder: Finder, question: Question, stale: Stale) -> Answer | None:
        if question.words == "x":
            raise MemoryError("no room")
        return real(finder, question, stale)

    monkeypatch.setattr(Finder, "answer", fail)
    window = open_window("about")
    search_for(qtbot, window, "x")
    assert "no room" in head(window)
    search_for(qtbot, window, "poverty")
    assert listed(window)


def test_rebuilding_the_index_answers_the_words_in_the_field_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    search_for(qtbot, window, "poverty")
    before = listed(window)
    window.searching.rebuild_index()
    answered(qtbot, window)
    assert listed(window) == before
    assert (window.paths.cache / "index").is_dir()
    assert not window.searching.busy.isVisible()
    assert window.statusBar().currentMessage() == "The search index has been made anew."


def test_the_rebuilt_index_is_the_one_that_answers(
    open_window: OpenWindow, home: Paths, write: Write, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write({"a.md": "# A\n\nshelter\n"})
    shipped = tmp_path / "shipped"
    with monkeypatch.context() as patch:  # an index that is whole and wrong
        patch.setattr(type(book.chapters["a"]), "text", lambda *_: "other words")
        build_index(book, shipped)
    window = open_window("a", book=book, at=home.with_(index=shipped))
    search_for(qtbot, window, "shelter")
    assert not listed(window)
    window.searching.rebuild_index()
    answered(qtbot, window)
    assert [hit.address for hit in listed(window)] == ["a"]
    again = open_window("a", book=book, at=home.with_(index=shipped))
    search_for(qtbot, again, "shelter")
    assert [hit.address for hit in listed(again)] == ["a"]


@pytest.mark.parametrize("percent", [100, 300])
def test_the_cross_clears_the_field_and_is_as_large_as_the_letters(
    percent: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    window.looks.set_percent(percent)
    field = window.searching.field
    field.setFocus()
    qtbot.waitUntil(lambda: field.cross is not None)
    cross = field.cross
    assert cross is not None
    assert not cross.isVisible()
    qtbot.keyClicks(field, "law")
    assert cross.isVisible()
    assert cross.width() == cross.height() == 24 * percent / 100
    assert field.rect().contains(cross.geometry())
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert field.hasFocus()
    assert not cross.isVisible()
