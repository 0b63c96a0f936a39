"""Reading: places, the contents, the path, links, history, zoom, colours, copying."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextBlock, QTextCursor, QTextTable, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.metadata import FrontMatter
from handbook.content.parse_cache import Parsed
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_source
from handbook.ui.reading.contents_panel import ADDRESS
from handbook.ui.reading.facts_delegate import FactsDelegate
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.sheet_facts import sheet_facts
from handbook.ui.reading.shown import Shown
from handbook.ui.widgets import theme
from handbook.workshop.model import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.conftest import OpenWindow, Write

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


# -- What a person does and sees ----------------------------------------------------------------------------


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def blocks(reader: Reader) -> Iterator[QTextBlock]:
    """The paragraphs of the page."""
    block = reader.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def links(reader: Reader) -> dict[str, int]:
    """href and the words of a link → position of its first letter."""
    found: dict[str, int] = {}
    for block in blocks(reader):
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            href = fragment.charFormat().anchorHref()
            if href:
                found.setdefault(href, fragment.position())
                found.setdefault(fragment.text(), fragment.position())
            iterator += 1
    return found


def click_link(qtbot: QtBot, reader: Reader, link: str) -> None:
    """Click into the second letter of a link, given by its words or its href."""
    cursor = QTextCursor(reader.document())
    cursor.setPosition(links(reader)[link] + 1)
    reader.setTextCursor(cursor)
    reader.ensureCursorVisible()
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=reader.cursorRect(cursor).center())


def in_view(reader: Reader, words: str) -> bool:
    """Does a paragraph with these words begin in the view?"""
    for block in blocks(reader):
        if words in block.text():
            top = reader.cursorRect(QTextCursor(block)).top()
            if 0 <= top < reader.viewport().height():
                return True
    return False


def first_letter_in_view(reader: Reader) -> int:
    """The position in the document of the letter at the upper edge of the view."""
    return reader.cursorForPosition(QPoint(reader.viewport().width() // 2, 1)).position()


def pixels_from_top(reader: Reader, position: int) -> int:
    """How far below the upper edge of the view the line of a position begins."""
    cursor = QTextCursor(reader.document())
    cursor.setPosition(position)
    return reader.cursorRect(cursor).top()


def scroll(reader: Reader, pixels: int) -> None:
    """Drag the scroll bar."""
    bar = reader.verticalScrollBar()
    bar.setValue(bar.value() + pixels)


def turn_wheel(reader: Reader, steps: int, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Turn the mouse wheel over the page, away from the person if `steps` is above 0."""
    view = reader.viewport()
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(view.rect().center())),
        QPoint(0, 0),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def row_of_contents(window: MainWindow) -> str:
    """The address of the current row of the contents, "" when there is none."""
    return window.contents.currentIndex().data(ADDRESS) or ""


def message(window: MainWindow) -> str:
    """What the status bar says."""
    return window.statusBar().currentMessage()


# -- Opening ------------------------------------------------------------------------------------------------


def test_the_first_start_shows_the_start_page(open_window: OpenWindow, book: Handbook) -> None:
    window = open_window()
    assert window.address == page_source.START
    assert book.manifest.title in window.reader.toPlainText()
    assert QApplication.focusWidget() is window.reader


def test_an_address_is_opened_and_its_section_is_in_view(open_window: OpenWindow, book: Handbook) -> None:
    window = open_window("statement#r2")
    section = book.find("statement#r2")
    assert section is not None
    assert window.address == "statement#r2"
    assert in_view(window.reader, section.title)
    assert row_of_contents(window) == "statement#r2"
    assert book.manifest.title in window.windowTitle()
    assert "Statement of 15 September 2010" in window.windowTitle()


def test_the_start_page_names_every_part_and_its_links_lead_there(
    open_window: OpenWindow, book: Handbook, qtbot: QtBot
) -> None:
    window = open_window()
    for part in book.parts:
        assert part.title in window.reader.toPlainText()
        for chapter in part.chapters[:12]:
            click_link(qtbot, window.reader, chapter.id)
            assert window.address == chapter.id
            window.open_address(page_source.START)
    click_link(qtbot, window.reader, page_source.KEYBOARD)
    assert window.address == page_source.KEYBOARD


def test_the_start_page_offers_the_place_read_last(open_window: OpenWindow, qtbot: QtBot) -> None:
    open_window("statement#r3").close()
    window = open_window()
    press(qtbot, Qt.Key.Key_Home, ALT)
    assert window.address == page_source.START
    click_link(qtbot, window.reader, "statement#r3")
    assert window.address == "statement#r3"


# -- Contents and path --------------------------------------------------------------------------------------


def test_the_contents_follow_the_reader_as_it_scrolls(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    seen: list[str] = []
    bar = window.reader.verticalScrollBar()
    while bar.value() < bar.maximum():
        press(qtbot, Qt.Key.Key_Down)
        assert row_of_contents(window) == window.address
        if window.address not in seen:
            seen.append(window.address)
    assert [address.partition("#")[2] for address in seen][:5] == ["", "achievements", "recommendations", "r1", "r2"]
    current = window.contents.visualRect(window.contents.currentIndex())
    assert window.contents.viewport().rect().contains(current.center())


def test_choosing_a_row_of_the_contents_scrolls_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    index = window.contents.model().index(0, 0)
    while index.isValid() and index.data(ADDRESS) != "statement#achievements":
        index = window.contents.indexBelow(index)
    place = window.contents.visualRect(index).center()
    qtbot.mouseClick(window.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.address == "statement#achievements"
    assert in_view(window.reader, "Achievements")
    press(qtbot, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.contents
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert window.address == "statement#recommendations"
    assert QApplication.focusWidget() is window.contents
    press(qtbot, Qt.Key.Key_F7)
    assert QApplication.focusWidget() is window.reader


def test_a_part_in_the_contents_opens_and_shuts_and_leads_nowhere(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r1")
    part = window.contents.model().index(0, 0)
    assert window.contents.isExpanded(part)
    place = window.contents.visualRect(part).center()
    qtbot.mouseClick(window.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not window.contents.isExpanded(part)
    assert window.address == "statement#r1"


def test_the_contents_can_be_put_away_and_brought_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_F9)
    assert not window.contents.isVisible()
    press(qtbot, Qt.Key.Key_F9)
    assert window.contents.isVisible()
    press(qtbot, Qt.Key.Key_F9)
    press(qtbot, Qt.Key.Key_F6)  # to the contents: they have to be seen for that
    assert window.contents.isVisible()
    assert QApplication.focusWidget() is window.contents


def test_a_key_shows_the_list_that_had_no_room(open_window: OpenWindow, qtbot: QtBot) -> None:
    """In a narrow window the first press took away what could not be seen."""
    window = open_window("statement")
    window.resize(700, 600)
    press(qtbot, Qt.Key.Key_F8, SHIFT)
    panel = window.workshop.controller.panel
    qtbot.waitUntil(panel.isVisible)
    assert not window.left.isVisible()
    for _ in range(2):
        press(qtbot, Qt.Key.Key_F9)
        qtbot.waitUntil(window.contents.isVisible)
        assert not panel.isVisible()
        press(qtbot, Qt.Key.Key_F8, SHIFT)
        qtbot.waitUntil(panel.isVisible)
        assert not window.left.isVisible()
    press(qtbot, Qt.Key.Key_F8, SHIFT)
    qtbot.waitUntil(panel.isHidden)
    assert window.contents.isVisible()


def test_the_path_names_part_chapter_and_section_and_each_is_a_link(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#b2")
    window.resize(1500, 800)  # a narrow path leaves its first steps out
    assert window.path.toolTip().split(" › ") == [
        "The statement",
        "Statement of 15 September 2010",
        "Recommendations",
        "2. Focus on root causes",
        "Lack of safe and legal migration opportunities due to restrictive immigration policies",
    ]
    for tabs, expected in ((3, "statement#r2"), (2, "statement#recommendations"), (1, "statement"), (0, "statement")):
        window.open_address("statement#b2")
        window.path.clearFocus()
        window.path.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(tabs):
            press(qtbot, Qt.Key.Key_Tab)
        press(qtbot, Qt.Key.Key_Return)
        assert window.address == expected


def test_titles_with_signs_of_markup_are_shown_as_written(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    text = '# Less <b>than</b> & more\n\nText.\n\n## `<i>` & "quotes"\n\nMore.\n'
    window = open_window("page", book=write({"page.md": text}))
    title = window.handbook.chapters["page"].title
    assert title in window.path.toolTip()
    press(qtbot, Qt.Key.Key_Home, ALT)
    assert title in window.reader.toPlainText()


# -- Going on and back --------------------------------------------------------------------------------------


PARTS = {
    "handbook.toml": 'title = "Small"\n[[parts]]\nid = "a"\ntitle = "A"\nchapters = ["one", "two"]\n'
    '[[parts]]\nid = "b"\ntitle = "B"\nchapters = ["three"]\n',
    "one.md": "# One\n\nText.\n\n## Long\n\n" + "Text.\n\n" * 60 + "### Below\n\nText.\n\n## Last\n\nText.\n",
    "two.md": "# Two\n",
    "three.md": "# Three\n\n## Twice\n\n## Twice\n\nText.\n",
}


def test_next_and_previous_section_walk_through_all_parts(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    book = write(PARTS)
    window = open_window(book=book)
    every = [str(section.address) for section in book.sections]
    assert len(book.parts) > 1
    seen = []
    for _ in every:
        press(qtbot, Qt.Key.Key_Down, ALT)
        seen.append(window.address)
        section = book.find(window.address)
        assert section is not None
        assert section.level == 0 or in_view(window.reader, section.title)
        assert row_of_contents(window) == window.address
    assert seen == every
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert window.address == every[-1]  # the end: stay
    back = [window.address]
    for _ in every[1:]:
        press(qtbot, Qt.Key.Key_Up, ALT)
        back.append(window.address)
    assert back == every[::-1]


def test_next_and_previous_chapter_cross_the_parts(open_window: OpenWindow, book: Handbook, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    chapters = list(book.chapters)
    press(qtbot, Qt.Key.Key_PageDown, CTRL)
    assert window.address == chapters[1]
    assert book.chapters[chapters[0]].part != book.chapters[chapters[1]].part
    press(qtbot, Qt.Key.Key_PageUp, CTRL)
    assert window.address == chapters[0]
    press(qtbot, Qt.Key.Key_PageUp, CTRL)
    assert window.address == chapters[0]


def test_back_and_forward_return_to_where_the_page_was_scrolled(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    bar = window.reader.verticalScrollBar()
    scroll(window.reader, 137)
    first = (window.address, bar.value())
    window.open_address("about#rights")
    scroll(window.reader, -83)
    second = (window.address, bar.value())
    window.open_address("statement#achievements")
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert (window.address, bar.value()) == second
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert (window.address, bar.value()) == first
    press(qtbot, Qt.Key.Key_Left, ALT)  # there is nothing before it
    assert (window.address, bar.value()) == first
    press(qtbot, Qt.Key.Key_Right, ALT)
    assert (window.address, bar.value()) == second
    press(qtbot, Qt.Key.Key_Right, ALT)
    assert window.address == "statement#achievements"


def test_back_returns_to_where_the_keyboard_page_was_scrolled(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    press(qtbot, Qt.Key.Key_F1)
    bar = window.reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    at = bar.value()
    window.open_address("about")
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert (window.address, bar.value()) == (page_source.KEYBOARD, at)


def test_what_lay_ahead_is_forgotten_after_going_elsewhere(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r1")
    window.open_address("statement#r2")
    press(qtbot, Qt.Key.Key_Left, ALT)
    window.open_address("about")
    press(qtbot, Qt.Key.Key_Right, ALT)
    assert window.address == "about"
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert window.address == "statement#r1"


def test_an_unknown_address_is_told_and_changes_nothing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    before = window.reader.verticalScrollBar().value()
    for address in ("nowhere", "statement#nowhere", "#", " ", "statement#r2#x", "https://example.org"):
        window.open_address(address)
        assert address in message(window)
    assert (window.address, window.reader.verticalScrollBar().value()) == ("statement#r2", before)
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert window.address == "statement#r2"


# -- Links --------------------------------------------------------------------------------------------------

LINKED = {
    "one.md": "# One\n\nSee [two](two), [its end](two.md#end), [below](#below), [Cyrillic](два#кінець), "
    "[out](https://example.org/a?b=c&d=%20e#f), [mail](mailto:help@example.org), [file](file:///etc/hostname), "
    "[nowhere](three#x).\n\n" + "A paragraph.\n\n" * 60 + "## Below {#below}\n\nText.\n",
    "two.md": "# Two\n\n" + "A paragraph.\n\n" * 60 + "## The end {#end}\n\nText.\n",
    "два.md": "# Два\n\n" + "Абзац.\n\n" * 60 + "## Кінець {#кінець}\n\nСлова.\n",
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [("two", "two"), ("its end", "two#end"), ("below", "one#below"), ("Cyrillic", "два#кінець")],
)
def test_a_link_inside_the_handbook_opens(
    words: str, expected: str, open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write(LINKED))
    click_link(qtbot, window.reader, words)
    assert window.address == expected
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert window.address == "one"


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("out", "https://example.org/a?b=c&d=%20e#f"),
        ("mail", "mailto:help@example.org"),
        ("file", "file:///etc/hostname"),
    ],
)
def test_a_link_out_of_the_handbook_is_only_copied(
    words: str, href: str, open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    window = open_window("one", book=write(LINKED))
    before = window.reader.toPlainText()
    click_link(qtbot, window.reader, words)
    assert QGuiApplication.clipboard().text() == href
    assert href in message(window)
    assert window.address == "one"
    assert window.reader.toPlainText() == before


def test_a_link_to_nowhere_is_told(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write(LINKED))
    click_link(qtbot, window.reader, "three#x")
    assert "three#x" in message(window)
    assert window.address == "one"


def test_links_are_reached_and_opened_by_keyboard(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("one", book=write(LINKED))
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    assert window.address == "two"


@pytest.mark.parametrize("width", [600, 1000, 1366])
def test_the_first_line_in_view_is_found_in_the_statement_too(
    width: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    """Beside a table Qt answers with its beginning: F7 put the caret at the top of the page."""
    window = open_window("statement")
    window.resize(width, 700)
    QApplication.processEvents()
    for anchor, words in (("r2", "2. Focus on root causes"), ("r4", "4. Stop talking")):
        window.navigation.open_address(f"statement#{anchor}")
        found = window.reader.document().findBlock(window.reader.first_in_view())
        assert found.text().startswith(words)


def test_tab_goes_to_the_next_link_from_where_one_reads(open_window: OpenWindow, qtbot: QtBot) -> None:
    """It went to the first link of the page, and the place was lost."""
    window = open_window("statement#r2")
    before = window.reader.verticalScrollBar().value()
    press(qtbot, Qt.Key.Key_Tab)
    assert window.reader.textCursor().selectedText() == "About R2"
    press(qtbot, Qt.Key.Key_Tab)
    assert window.reader.textCursor().selectedText() == "About P11"
    assert abs(window.reader.verticalScrollBar().value() - before) < window.reader.view_height
    window.navigation.open_address("statement#r3")
    press(qtbot, Qt.Key.Key_Tab, SHIFT)
    assert window.reader.textCursor().selectedText().startswith("About P1")
    while window.reader.hasFocus():
        press(qtbot, Qt.Key.Key_Tab)
    assert not window.reader.focused_link
    press(qtbot, Qt.Key.Key_F7)
    window.reader.select(*[window.reader.document().characterCount() - 1] * 2)
    press(qtbot, Qt.Key.Key_Tab)
    assert not window.reader.hasFocus()  # no link stands behind the end


def test_a_link_at_the_edge_of_the_view_is_gone_to_whole(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    many = "\n\n".join(f"[Link {n} to the end](#end{n})" for n in range(80))
    window = open_window("one", book=write({"one.md": f"# One\n\n{many}\n"}))
    reader = window.reader
    reader.go_to_position(reader.document().findBlockByNumber(40).position())
    first = reader.document().findBlock(reader.here()).text()
    number = int(first.split()[1])
    for n in (number, number + 1, number + 2):
        press(qtbot, Qt.Key.Key_Tab)
        assert reader.focused_link.endswith(f"end{n}")
        assert reader.link.words is not None
        assert reader.link.words.selectedText() == f"Link {n} to the end"
    press(qtbot, Qt.Key.Key_K)
    assert reader.focused_link.endswith(f"end{number + 3}")
    press(qtbot, Qt.Key.Key_Tab)
    assert reader.focused_link.endswith(f"end{number + 4}")
    press(qtbot, Qt.Key.Key_Tab, SHIFT)
    assert reader.focused_link.endswith(f"end{number + 3}")
    press(qtbot, Qt.Key.Key_K)
    reader.verticalScrollBar().setValue(0)
    press(qtbot, Qt.Key.Key_Tab)
    assert reader.focused_link.endswith("end0")  # what is in view, not what is behind the link of K


def test_the_link_that_the_keyboard_is_on_has_a_ground_of_its_own(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    def filled() -> list[tuple[str, str]]:
        found = [(one.cursor.selectedText(), one.format.background().color()) for one in reader.extraSelections()]
        return [(words, colour.name()) for words, colour in found if words in ("two", "its end")]

    window = open_window("one", book=write(LINKED))
    reader = window.reader
    window.looks.set_colours("light")
    assert filled() == []
    press(qtbot, Qt.Key.Key_Tab)
    assert filled() == [("two", theme.LIGHT.accent)]
    press(qtbot, Qt.Key.Key_Tab)
    assert filled() == [("its end", theme.LIGHT.accent)]
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert filled() == []
    press(qtbot, Qt.Key.Key_Tab)
    assert filled() == [("two", theme.LIGHT.accent)]
    window.looks.set_colours("dark")
    press(qtbot, Qt.Key.Key_Tab)
    assert filled() == [("two", theme.DARK.accent)]
    press(qtbot, Qt.Key.Key_K, CTRL)
    assert filled() == []


def test_one_minute_is_said_as_one() -> None:
    assert sheet_facts(FrontMatter(minutes=1, group_size="8 to 20")) == "1 minute · 8 to 20 people"
    assert sheet_facts(FrontMatter(minutes=45)) == "45 minutes"


def test_a_footnote_leads_down_and_back_leads_up(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    text = "# One\n\nWords[^1].\n\n" + "A paragraph.\n\n" * 80 + "## End\n\nText.\n\n[^1]: The note itself.\n"
    window = open_window("one", book=write({"one.md": text}))
    click_link(qtbot, window.reader, "#note-1")
    assert in_view(window.reader, "The note itself")
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert in_view(window.reader, "Words")


def test_a_page_loads_no_picture_and_no_file(
    open_window: OpenWindow, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.html"
    secret.write_text("<p>secret words</p>", "utf-8")
    text = f"# One\n\n![picture]({secret.as_uri()})\n\n<img src='{secret.as_uri()}'/>\n\n[to it]({secret.as_uri()})\n"
    window = open_window("one", book=write({"one.md": text}))
    assert "secret words" not in window.reader.toPlainText()


# -- Zoom ---------------------------------------------------------------------------------------------------


def test_keys_zoom_within_the_limits(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    usual = settings.TEXT_SIZE.default
    assert window.reader.points == usual
    press(qtbot, Qt.Key.Key_Plus, CTRL)
    press(qtbot, Qt.Key.Key_Equal, CTRL)
    assert window.reader.points == usual + 2
    for _ in range(40):
        press(qtbot, Qt.Key.Key_Plus, CTRL)
    assert window.reader.points == settings.LARGEST
    assert str(settings.LARGEST) in message(window)
    for _ in range(40):
        press(qtbot, Qt.Key.Key_Minus, CTRL)
    assert window.reader.points == settings.SMALLEST
    press(qtbot, Qt.Key.Key_0, CTRL)
    assert window.reader.points == usual


def test_ctrl_and_the_wheel_zoom_and_the_wheel_alone_scrolls(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    usual, bar = window.reader.points, window.reader.verticalScrollBar()
    at = bar.value()
    turn_wheel(window.reader, 1, NONE)
    assert window.reader.points == usual
    assert bar.value() < at
    for _ in range(3):
        turn_wheel(window.reader, 1)
    assert window.reader.points == usual + 3
    for _ in range(50):
        turn_wheel(window.reader, -1)
    assert window.reader.points == settings.SMALLEST
    for _ in range(50):
        turn_wheel(window.reader, 1)
    assert window.reader.points == settings.LARGEST


def test_the_text_grows_with_the_zoom(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.resize(1300, 800)
    height = window.reader.document().size().height()
    window.look_commands.zoom(5)
    assert window.reader.document().size().height() > height * 1.3


@pytest.mark.parametrize("pixels", [60, 333, 900, 1777])
def test_zooming_keeps_the_words_at_the_top(pixels: int, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    scroll(window.reader, pixels)
    letter, place = first_letter_in_view(window.reader), window.address
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Minus):
        press(qtbot, key, CTRL)
        line = window.reader.fontMetrics().lineSpacing() * 3.5  # the same words may stand in another line
        assert -line <= pixels_from_top(window.reader, letter) <= line
    press(qtbot, Qt.Key.Key_0, CTRL)
    assert window.address == place


def test_another_width_keeps_the_words_at_the_top(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    scroll(window.reader, 200)
    letter = first_letter_in_view(window.reader)
    for width in (620, 1500, 700):
        window.resize(width, 700)
        QApplication.processEvents()
        assert abs(pixels_from_top(window.reader, letter)) <= window.reader.points * 7


def test_lines_stay_at_a_comfortable_length_in_a_wide_window(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.resize(2200, 800)
    QApplication.processEvents()
    block = max(blocks(window.reader), key=lambda block: block.length())
    letters = [block.layout().lineAt(n).textLength() for n in range(block.layout().lineCount() - 1)]
    assert 40 <= sum(letters) / len(letters) <= 90


def test_space_home_and_end_scroll(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    bar = window.reader.verticalScrollBar()
    press(qtbot, Qt.Key.Key_Space)
    screen = bar.value()
    assert 0 < screen < window.reader.viewport().height()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Space, SHIFT)
    assert bar.value() == screen
    press(qtbot, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(qtbot, Qt.Key.Key_Home)
    assert bar.value() == 0


# -- Looks --------------------------------------------------------------------------------------------------


def statement_cells(window: MainWindow) -> list[QTextTable]:
    """The boxes of the page that have the statement's ground."""
    frames = window.reader.document().rootFrame().childFrames()
    colour = (theme.LIGHT.statement, theme.DARK.statement)
    return [
        frame
        for frame in frames
        if isinstance(frame, QTextTable) and frame.cellAt(0, 0).format().background().color().name() in colour
    ]


def families(block: QTextBlock) -> set[str]:
    """The typefaces of a paragraph's letters."""
    found: set[str] = set()
    iterator = block.begin()
    while not iterator.atEnd():
        font = iterator.fragment().charFormat().font()
        found.update(font.families())
        iterator += 1
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_statement_is_set_apart_from_our_words(colours: str, open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.looks.set_colours(colours)
    (box,) = statement_cells(window)
    first, last = box.firstCursorPosition(), box.lastCursorPosition()
    ours: set[str] = set()
    theirs: set[str] = set()
    for block in blocks(window.reader):
        if not block.text().strip() or block.text().startswith("About "):  # a link in the margin
            continue
        inside = first.position() <= block.position() <= last.position()
        (theirs if inside else ours).update(families(block))
    assert theirs == {theme.SERIF}
    assert ours <= {theme.SANS, ""}
    ground = box.cellAt(0, 0).format().background().color().name()
    expected = theme.LIGHT if colours == "light" else theme.DARK
    assert ground == expected.statement
    assert ground != window.reader.palette().base().color().name()
    words = window.reader.toPlainText()
    assert words.index("The title is this handbook's") < first.position()


def test_our_own_page_has_no_statement_box(open_window: OpenWindow) -> None:
    window = open_window("about")
    assert statement_cells(window) == []
    assert theme.SERIF not in {family for block in blocks(window.reader) for family in families(block)}


def test_colours_change_at_run_time_and_the_text_stays(open_window: OpenWindow, qapp: QApplication) -> None:
    window = open_window("statement#r2")
    window.looks.set_colours("light")
    scroll(window.reader, 111)
    at = window.reader.verticalScrollBar().value()
    for name, colours in (("dark", theme.DARK), ("light", theme.LIGHT), ("dark", theme.DARK)):
        window.looks.set_colours(name)
        assert qapp.palette().window().color().name() == colours.frame
        assert qapp.palette().base().color().name() == colours.page
        assert window.reader.palette().text().color().name() == colours.text
        (box,) = statement_cells(window)
        assert box.cellAt(0, 0).format().background().color().name() == colours.statement
        assert colours.faint in window.path.text()
        assert abs(window.reader.verticalScrollBar().value() - at) <= 1
        assert window.address == "statement#r2"


def test_the_colours_of_the_computer_are_followed_until_others_are_chosen(
    open_window: OpenWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Offscreen, Qt knows no colours of the computer: the question is answered here, the news is Qt's own.
    computer = {"system": theme.LIGHT, "light": theme.LIGHT, "dark": theme.DARK}
    monkeypatch.setattr("handbook.ui.window.looks.theme_for", lambda choice: computer[choice])
    window = open_window("statement")
    assert qapp.palette().base().color().name() == theme.LIGHT.page
    computer["system"] = theme.DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().base().color().name() == theme.DARK.page
    window.looks.set_colours("light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().base().color().name() == theme.LIGHT.page


def test_a_bullet_stands_clear_of_its_text(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    reader = window.reader
    title = next(block for block in blocks(reader) if block.text().startswith("Poverty, gender inequality"))
    assert title.textList() is not None
    line = reader.cursorRect(QTextCursor(title))
    picture = reader.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def is_dark(x: int) -> bool:
        rows = range(line.top() + 2, line.bottom() - 2)
        return any(picture.pixelColor(round(x * ratio), round(y * ratio)).lightness() < 90 for y in rows)

    bullet = next(x for x in range(line.left() - 2, line.left() - 40, -1) if is_dark(x))
    assert reader.points // 2 <= line.left() - bullet <= 2 * reader.points
    stretches = {one.charFormat().fontStretch() for one in (title.begin().fragment(),)}
    assert stretches <= {0, 100}  # the words are as wide as ever


def test_each_bullet_of_the_statement_has_its_link_beside_it(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    reader = window.reader
    places = links(reader)
    for words, link in (("Poverty, gender", "P12"), ("Lack of safe", "P13"), ("Demand for cheap", "P14")):
        title = next(block for block in blocks(reader) if block.text().startswith(words))
        cursor = QTextCursor(reader.document())
        cursor.setPosition(places[f"About {link}"])
        assert abs(reader.cursorRect(cursor).top() - reader.cursorRect(QTextCursor(title)).top()) < 3 * reader.points


def test_a_link_beside_a_section_without_a_number_has_its_title(open_window: OpenWindow) -> None:
    """Words in capitals look shouted: "About ACHIEVEMENTS"."""
    named = [name for name in links(open_window("statement").reader) if name.startswith("About ")]
    assert "About Achievements" in named
    assert all(name[6:] == "Achievements" or name[6:][1:].isdecimal() for name in named)


# -- The contents, by the other button and by Esc ------------------------------------------------------------


def test_a_right_click_in_the_contents_offers_what_can_be_done_and_chooses_nothing(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement#r2")
    contents = window.contents
    at = contents.visualRect(contents._model.index_of("statement#r3")).center()
    qtbot.mouseClick(contents.viewport(), Qt.MouseButton.RightButton, NONE, at)
    assert contents.currentIndex().data(ADDRESS) == "statement#r2"
    seen: dict[str, str] = {}

    def look_and_add() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.update({entry.text().replace("&", ""): entry.toolTip() for entry in menu.actions()})
        next(entry for entry in menu.actions() if "Add" in entry.text()).trigger()
        menu.close()

    QTimer.singleShot(0, look_and_add)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, contents.viewport().mapToGlobal(at))
    QApplication.sendEvent(contents.viewport(), event)
    offered = [text.partition(":")[0] for text in seen]
    assert offered == ["Open", "Open beside", "Print", "Add to the workshop", "Show to the room", "Copy address"]
    section = window.handbook.find("statement#r3")
    assert section is not None
    assert set(seen.values()) == {section.title}
    (item,) = window.workshop.controller.workshop.items
    assert isinstance(item, Passage)
    assert item.address == "statement#r3"


def test_esc_in_the_contents_goes_back_to_the_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    press(qtbot, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.contents
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.reader


# -- Copying ------------------------------------------------------------------------------------------------


def select(reader: Reader, words: str) -> None:
    """Select words on the page."""
    cursor = reader.document().find(words)
    assert not cursor.isNull()
    reader.setTextCursor(cursor)


def test_copying_gives_plain_text(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    QGuiApplication.clipboard().setText("before")
    press(qtbot, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "before"  # nothing selected: nothing copied
    select(window.reader, "Focus on root causes")
    press(qtbot, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Focus on root causes"
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_copying_everything_gives_no_sign_that_qt_uses_inside(open_window: OpenWindow, qtbot: QtBot) -> None:
    open_window("statement")
    press(qtbot, Qt.Key.Key_A, CTRL)
    press(qtbot, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert "Focus on root causes" in text
    assert not set(text) & set("\ufdd0\ufdd1\ufffc\u2028\u2029\0")


def test_copying_with_source_says_whose_words_and_where(open_window: OpenWindow, book: Handbook, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    select(window.reader, "The root causes can be identified")
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    words, _, source = QGuiApplication.clipboard().text().partition("\n\n")
    assert words == "The root causes can be identified"
    assert book.manifest.statement in source
    assert "2. Focus on root causes" in source
    assert "statement#r2" in source


def test_copying_with_source_from_our_pages_names_the_handbook_and_its_date(
    open_window: OpenWindow, book: Handbook, qtbot: QtBot
) -> None:
    open_window("about#independent")
    press(qtbot, Qt.Key.Key_C, CTRL | SHIFT)
    words, _, source = QGuiApplication.clipboard().text().partition("\n\n")
    assert words == "Independent of its author"
    assert book.manifest.publisher in source
    assert "as of" in source
    assert book.manifest.statement not in source


def test_a_long_chapter_is_made_in_a_thread_and_can_be_called_off(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write({"long.md": "# Long\n\n" + "some words of it\n\n" * 4000, "short.md": "# Short\n\n[long](long.md)\n"})
    made_in: dict[str, threading.Thread] = {}
    make = page_source.chapter_page

    def noted(handbook: Handbook, chapter: Chapter, parsed: Parsed) -> Shown:
        made_in[chapter.id] = threading.current_thread()
        return make(handbook, chapter, parsed)

    monkeypatch.setattr(page_source, "chapter_page", noted)
    window = open_window("short", book=book)
    window.open_address("long")
    assert window.address == "long"
    assert made_in["short"] is threading.main_thread()
    assert made_in["long"] is not threading.main_thread()
    window.open_address("short")

    def back() -> None:
        window.activateWindow()  # the box had the keyboard
        window.reader.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is window.reader)
        press(qtbot, Qt.Key.Key_Left, ALT)

    with monkeypatch.context() as cancelling:
        cancelling.setattr("handbook.ui.window.navigation.wait_for", lambda *_: None)
        window.open_address("long")
        assert window.address == "short"
        back()
        assert window.address == "short"
    back()
    assert window.address == "long"


def test_no_paragraph_of_a_page_is_left_without_its_height(open_window: OpenWindow) -> None:
    window = open_window()
    reader = window.reader
    for chapter in ("sources", "timeline", "signs", "cards-quiz"):
        window.open_address(chapter)
        reader.document().size()
        layout = reader.document().documentLayout()
        flat = [
            block.text() for block in blocks(reader) if block.text() and not layout.blockBoundingRect(block).height()
        ]
        assert not flat, chapter


def test_a_chapter_that_is_opened_has_its_own_rows_measured(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    hint = FactsDelegate.sizeHint

    def noted(delegate: FactsDelegate, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        asked.append(index.data(ADDRESS))
        return hint(delegate, option, index)

    monkeypatch.setattr(FactsDelegate, "sizeHint", noted)
    window = open_window()
    for plan in ("plan-opening", "plan-the-text"):
        window.open_address(plan)  # from the first one on rows have two lines, and heights of their own
        QApplication.processEvents()
    asked.clear()
    window.open_address("plan-human-rights")
    QApplication.processEvents()
    measured = {address.partition("#")[0] for address in asked if address}
    assert "plan-human-rights" in measured
    assert "plan-opening" not in measured  # that was laid out before
