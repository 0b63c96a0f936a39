"""Marks on the page and in its scroll bar: seen where they are, also when there are hundreds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QTextCursor
from pytestqt.qtbot import QtBot

from handbook.marks.anchoring import quote_of
from handbook.marks.as_markdown import as_markdown
from handbook.marks.model import Mark
from handbook.ui.main_window import MainWindow
from handbook.ui.marks.marks_window import MarksWindow
from handbook.ui.marks.on_page import MarksOnPage
from handbook.ui.reading.scrollbar_markers import SIZE, Shape
from handbook.ui.settings import COLOUR_NAMES
from tests.ui.conftest import OpenWindow, Write
from tests.ui.marks.test_marks import highlighted, select


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("glossary#consent")


def shapes(window: MainWindow) -> list[Shape]:
    return [shape for _, shape in window.reader.marking.scrollbar.signs()]


def highlight_all_of(window: MainWindow, number: int) -> tuple[Mark, ...]:
    """Marks of so many stretches of the page, from its top to its foot."""
    text = window.reader.toPlainText()
    made: list[Mark] = []
    for at in range(number):
        start = text.find(" ", at * (len(text) - 200) // number) + 1
        quote = quote_of(text, start, start + 30)
        made.append(Mark("highlight", "glossary#consent", "Consent", *quote))
    return tuple(made)


BETWEEN = "Between.\n\n" * 40
BOOK = {
    "one.md": f"# One\n\nThe first words.\n\n{BETWEEN}## Two\n\nThe second words.\n\n{BETWEEN}The third words.\n",
    "two.md": "# Other\n\nNothing.\n",
}


def mark_three(window: MainWindow) -> None:
    """Words, words with a note, and a bookmark between them."""
    select(window, "The first words")
    window.marks.highlight("one")
    window.marks.bookmark("one#two")
    select(window, "The third words")
    window.marks.note("one#two", lambda *_: "Ask the group")


def test_the_scroll_bar_tells_bookmarks_highlights_and_notes_apart(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write(BOOK))
    mark_three(window)
    qtbot.waitUntil(lambda: shapes(window) == [Shape.DOT, Shape.RIBBON, Shape.SHEET])
    top, middle, foot = (
        box.center().y() / window.reader.marking.scrollbar.height()
        for box, _ in window.reader.marking.scrollbar.signs()
    )
    assert top < 0.1
    assert 0.4 < middle < 0.6
    assert foot > 0.8
    window.look_commands.zoom(3)
    qtbot.waitUntil(lambda: shapes(window) == [Shape.DOT, Shape.RIBBON, Shape.SHEET])
    window.open_address("two")
    assert shapes(window) == []


@pytest.mark.parametrize("colours", COLOUR_NAMES[1:])
def test_signs_differ_from_matches_by_their_shape(
    open_window: OpenWindow, write: Write, qtbot: QtBot, colours: str
) -> None:
    """A match is a bar across; a sign is as high as wide, at the left, and each shape another picture."""
    window = open_window("one", book=write(BOOK))
    window.looks.set_colours(colours)
    mark_three(window)
    qtbot.waitUntil(lambda: len(shapes(window)) == 3)
    ticks = window.reader.marking.scrollbar
    picture = ticks.grab().toImage()
    seen: set[bytes] = set()
    for box, _ in ticks.signs():
        assert box.width() == box.height() == SIZE < ticks.width() - 2
        cut = picture.copy(QRect(0, round(box.top()), 7, 7)).convertToFormat(QImage.Format.Format_RGB32)
        seen.add(bytes(cut.constBits()))
    assert len(seen) == 3


def test_signs_do_not_lie_on_each_other(window: MainWindow, qtbot: QtBot) -> None:
    window.marks._put((*highlight_all_of(window, 300), Mark("bookmark", "glossary#consent")))
    qtbot.waitUntil(lambda: len(shapes(window)) > 20)
    boxes = [box for box, _ in window.reader.marking.scrollbar.signs()]
    assert Shape.RIBBON in shapes(window)
    assert not any(one.intersects(other) for one, other in pairwise(boxes))


def test_a_bookmark_of_a_whole_chapter_is_seen_at_its_top(window: MainWindow, qtbot: QtBot) -> None:
    window.open_address("statement")
    window.marks.bookmark("statement")
    qtbot.waitUntil(lambda: shapes(window) == [Shape.RIBBON])
    ((box, _),) = window.reader.marking.scrollbar.signs()
    assert box.top() < 10


def test_words_are_highlighted_wherever_the_page_is_scrolled(window: MainWindow, qtbot: QtBot) -> None:
    marks = highlight_all_of(window, 300)
    window.marks._put(marks)
    bar = window.reader.verticalScrollBar()
    qtbot.waitUntil(lambda: len(window.reader.marking.highlights) == 300)
    for part in (0, 0.3, 0.6, 1):
        bar.setValue(round(bar.maximum() * part))
        top, bottom = bar.value(), bar.value() + window.reader.viewport().height()
        given = {(one.cursor.selectionStart(), one.cursor.selectionEnd()) for one in window.reader.extraSelections()}
        cursor = QTextCursor(window.reader.document())
        for one in window.reader.marking.highlights:
            cursor.setPosition(one.start)
            height = window.reader.cursorRect(cursor).top() + bar.value()
            if top <= height <= bottom:
                assert (one.start, one.end) in given
        assert len(given) < 300


def test_hundreds_of_marks_come_after_the_page_and_at_once_when_it_is_opened_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.ui.marks.on_page.AT_ONCE", 0.0)
    window.marks._put(highlight_all_of(window, 300))
    assert window.reader.marking.highlights == ()
    qtbot.waitUntil(lambda: len(window.reader.marking.highlights) == 300)
    window.open_address("statement")
    window.open_address("glossary#consent")
    assert len(window.reader.marking.highlights) == 300


def test_reworded_words_are_highlighted_when_nothing_else_waits(window: MainWindow, qtbot: QtBot) -> None:
    text = window.reader.toPlainText()
    start = text.index("one of the means was used")
    quote = quote_of(text, start, start + 60)
    marked = Mark("highlight", "glossary#consent", "Consent", f"{quote.exact} indeed", quote.before, quote.after)
    window.marks._put((marked,))
    assert window.reader.marking.highlights == ()
    qtbot.waitUntil(lambda: len(window.reader.marking.highlights) == 1)
    assert highlighted(window)[0].split()[:3] == quote.exact.split()[:3]


def test_another_search_ends_the_looking_for_the_marks_of_the_last(window: MainWindow, qtbot: QtBot) -> None:
    gone = Mark("highlight", "glossary#consent", "Consent", "words that stood here in an earlier edition of the book")
    window.marks._put((gone,))
    window.own_marks.show_list()
    marks = window.findChild(MarksWindow)
    assert isinstance(marks, MarksWindow)
    marks.search.setText("nowhere")  # while the one above waits to be looked for
    qtbot.waitUntil(lambda: not marks._later.isActive())
    assert marks.list.count() == 0


def test_marks_of_a_chapter_and_a_section_that_are_called_otherwise_now(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    """Marks come to the new page, in its order, and are found, listed and opened there."""
    toml = (
        'title = "T"\nedition = "1"\nas_of = 2026-01-01\n[[parts]]\nid = "all"\ntitle = "All"\n'
        'chapters = ["new", "two"]\n[was]\nold = "new"\n"new#earlier" = "new#later"\n'
    )
    text = (
        "# New\n\nThe words of the chapter, put otherwise now.\n\n## Later {#later}\n\nThe second words stand here.\n"
    )
    window = open_window("two", book=write({"handbook.toml": toml, "new.md": text, "two.md": "# Two\n\nNothing.\n"}))
    marks = (
        Mark("highlight", "old", "Old", "The words of the chapter", "", "put in this way then"),
        Mark("highlight", "old#earlier", "Earlier", "The second words", "", "stand here."),
        Mark("bookmark", "old#earlier", "Earlier"),
    )
    window.marks._put(marks)
    assert [window.marks.is_there(mark) for mark in marks] == [True] * 3
    window.open_address("new")
    qtbot.waitUntil(lambda: len(window.reader.marking.highlights) == 3)
    assert {"The words of the chapter", "The second words"} <= set(highlighted(window))
    window.open_address("two")
    window.own_marks._open(marks[1].id)
    assert window.address == "new#later"
    assert window.reader.textCursor().selectedText() == "The second words"
    labels = {"bookmark": "Bookmark", "highlight": "Highlighted", "note": "Note"}
    text = as_markdown(window.handbook, window.marks.marks, "Mine", labels, window.marks.address)
    assert "new#later" in text
    assert "old" not in text
    window.reader.setTextCursor(QTextCursor(window.reader.document()))  # a note to the section, not to words
    window.marks.note("new#later", lambda *_: "Ours")
    assert [(mark.address, mark.note) for mark in window.marks.marks if mark.kind == "bookmark"] == [
        ("old#earlier", "Ours")
    ]
    window.marks.bookmark("new#later")
    assert [mark for mark in window.marks.marks if mark.kind == "bookmark"] == []


def test_marks_of_a_section_that_moved_to_another_chapter_are_found_there(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    """Nothing says where it went: its words do, or its title where that is the only one."""
    files = {
        "one.md": "# One\n\n## A section that stays {#stays}\n\nMany words stand here.\n",
        "two.md": "# Two\n\n## A section that moved {#moved}\n\nThe second words stand here, and many more.\n",
    }
    window = open_window("one", book=write(files))
    marks = (
        Mark("highlight", "one#gone", "A section that moved", "The second words", "", "stand here,"),
        Mark("bookmark", "gone#moved", "A section that moved"),
        Mark("highlight", "one#gone", "A section that is gone", "words that stand nowhere any more"),
    )
    window.marks._put(marks)
    qtbot.waitUntil(lambda: window.marks.address(marks[0]) == "two#moved")
    assert [window.marks.is_there(mark) for mark in marks] == [True, True, False]
    window.open_address("two")
    qtbot.waitUntil(lambda: len(window.reader.marking.highlights) == 2)
    assert "The second words" in highlighted(window)
    window.open_address("one")
    window.own_marks._open(marks[0].id)
    assert window.address == "two#moved"
    assert window.reader.textCursor().selectedText() == "The second words"
    assert window.marks.marks == marks  # they are as they were made


def test_marks_of_another_handbook_are_its_own(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    """A chapter that is called the same does not get them, and none is lost."""
    window = open_window("one", book=write(BOOK))
    mark_three(window)
    kept = window.marks.marks
    qtbot.waitUntil(lambda: not window.marks._saving.busy)
    other = open_window("one", book=write({"one.md": "# One\n\nOther words altogether stand on this page.\n"}))
    qtbot.waitUntil(lambda: other.reader.findChild(MarksOnPage) is not None)
    assert other.marks.marks == kept
    assert highlighted(other) == []
    assert other.marks.is_there(kept[0]) is False


def test_the_signs_of_a_section_lie_on_no_letters_in_a_narrow_page(window: MainWindow, qtbot: QtBot) -> None:
    """A bookmark with a note has two signs, and the second stood on the heading."""
    reader = window.reader
    window.resize(window.minimumSizeHint().width(), 700)
    qtbot.waitUntil(lambda: reader.cursorRect(QTextCursor(reader.document())).left() < 32)
    window.marks.note("glossary#consent", lambda *_: "Ask the group")
    (mark,) = [one for one in reader.marking.highlights if one.noted]
    assert mark.start < 0
    heading = reader.cursorRect(reader.document().find("Consent"))

    def letters() -> QImage:
        at = reader.cursorRect(QTextCursor(reader.document())).left()
        return reader.viewport().grab(QRect(at, 0, 60, heading.bottom())).toImage()

    signed = letters()
    window.marks.undo()
    assert letters() == signed
