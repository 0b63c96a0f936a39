"""Previews of links: what they say, when they come and go, and that they never lie on the link."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QCursor, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import link_preview
from handbook.ui.reading.link_preview import LONGEST, Box, Preview, preview_of
from handbook.ui.widgets import scale
from handbook.ui.widgets.colours import DARK, LIGHT
from tests.ui.conftest import OpenWindow, Write

CTRL = Qt.KeyboardModifier.ControlModifier
FILES = {
    "one.md": "# One\n\nSee [two](two), [its part](two#part), [the net](https://example.org/a?b=c).[^n]\n\n"
    "## Empty\n\n### Inside\n\nWords.\n\n[^n]: Who said so.\n",
    "two.md": f"# Two\n\nFirst *words* of two. {'More of them. ' * 60}\n\n## Part {{#part}}\n\nPart's own words.\n\n"
    "A paragraph.\n{: #p1 }\n",
}


@pytest.fixture
def small(write: Write) -> Handbook:
    return write(FILES)


def said(book: Handbook, href: str) -> Preview | None:
    return preview_of(book, "one", href, markup.from_markdown)


def test_a_preview_has_title_path_and_first_words(small: Handbook) -> None:
    two, part = said(small, "two"), said(small, "two#part")
    assert two is not None
    assert part is not None
    assert two.title == "Two"
    assert two.words.startswith("First words of two.")
    assert two.words.endswith("…")
    assert len(two.words) <= LONGEST
    assert (part.title, part.words) == ("Part", "Part's own words. A paragraph.")
    assert part.path.endswith("Two")


def test_a_paragraph_a_note_and_a_section_of_sections(small: Handbook) -> None:
    paragraph, note, empty = said(small, "two#p1"), said(small, "#note-n"), said(small, "one#empty")
    assert paragraph is not None
    assert note is not None
    assert empty is not None
    assert (paragraph.title, paragraph.words) == ("Part", "A paragraph.")
    assert note.words == "Who said so."
    assert empty.words == "Inside"


def test_a_term_shows_its_definition_and_an_address_of_the_network_itself(book: Handbook) -> None:
    term = preview_of(book, "glossary", "glossary#consent", markup.from_markdown)
    assert term is not None
    assert term.title == "Consent"
    assert term.words.startswith("Saying yes.")
    assert "Belarusian" not in term.words
    net = preview_of(book, "glossary", "https://example.org/a?b=c", markup.from_markdown)
    assert net == Preview("", "", "https://example.org/a?b=c")
    for nowhere in ("", "gone", "picture:0", "do:search"):
        assert preview_of(book, "glossary", nowhere, markup.from_markdown) is None


@pytest.fixture
def window(open_window: OpenWindow, small: Handbook) -> MainWindow:
    return open_window("one", book=small)


def stand_on(window: MainWindow, words: str) -> None:
    cursor = QTextCursor(window.reader.document().find(words))
    cursor.setPosition(cursor.selectionStart())
    window.reader.setTextCursor(cursor)
    window.reader.setFocus()


def on_screen(window: MainWindow, words: str) -> QRect:
    """The box of some words of one line, in pixels of the screen."""
    found = window.reader.document().find(words)
    first, last = QTextCursor(found), QTextCursor(found)
    first.setPosition(found.selectionStart())
    last.setPosition(found.selectionEnd())
    box = window.reader.cursorRect(first).united(window.reader.cursorRect(last))
    return QRect(window.reader.viewport().mapToGlobal(box.topLeft()), box.size())


def test_the_key_shows_it_beside_the_link_and_escape_does_nothing_else(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(link_preview, "announce", lambda _, text: spoken.append(text))
    escaped: list[bool] = []
    window.reader.escape_pressed.connect(lambda: escaped.append(True))
    stand_on(window, "its part")
    qtbot.keyClick(window.reader, Qt.Key.Key_I, CTRL)
    box = window.links.previews.shown
    assert box is not None
    assert box.isVisible()
    assert box.accessibleName() == "Part. Part's own words. A paragraph."
    assert spoken == [box.accessibleName()]
    assert not box.geometry().intersects(on_screen(window, "its part"))
    assert window.reader.hasFocus()
    qtbot.keyClick(window.reader, Qt.Key.Key_Escape)
    assert window.links.previews.shown is None
    assert not escaped
    qtbot.keyClick(window.reader, Qt.Key.Key_Escape)
    assert escaped


def test_the_key_again_another_key_and_scrolling_put_it_away(window: MainWindow, qtbot: QtBot) -> None:
    for away in (
        lambda: qtbot.keyClick(window.reader, Qt.Key.Key_I, CTRL),
        lambda: qtbot.keyClick(window.reader, Qt.Key.Key_Down),
        lambda: qtbot.mouseClick(window.reader.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3)),
        lambda: window.open_address("two"),
    ):
        stand_on(window, "two")
        qtbot.keyClick(window.reader, Qt.Key.Key_I, CTRL)
        assert window.links.previews.shown is not None
        away()
        assert window.links.previews.shown is None


def test_without_a_link_the_way_to_one_is_told(window: MainWindow, qtbot: QtBot) -> None:
    stand_on(window, "See")
    qtbot.keyClick(window.reader, Qt.Key.Key_I, CTRL)
    assert window.links.previews.shown is None
    assert "Go to a link first" in window.statusBar().currentMessage()


def test_a_pointer_that_rests_shows_it_unless_that_is_off(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = on_screen(window, "two").center()
    monkeypatch.setattr(QCursor, "pos", lambda: at)
    window.reader.highlighted.emit(QUrl("two"))
    assert window.links.previews.shown is None
    qtbot.waitUntil(lambda: window.links.previews.shown is not None)
    window.reader.highlighted.emit(QUrl())
    assert window.links.previews.shown is None
    window.reader.highlighted.emit(QUrl("two"))
    qtbot.waitUntil(lambda: window.links.previews.shown is not None)
    QApplication.sendEvent(window.reader.viewport(), QEvent(QEvent.Type.Leave))  # past the page's edge, from the link
    assert window.links.previews.shown is None
    window.store.write(settings.PREVIEWS, value=False)
    window.reader.highlighted.emit(QUrl("two"))
    assert not window.links.previews._rest.isActive()


def test_the_second_window_has_them_too(window: MainWindow, qtbot: QtBot) -> None:
    window.beside.open("one")
    second = window.beside.window
    assert second is not None
    qtbot.waitUntil(second.isActiveWindow)
    cursor = QTextCursor(second.reader.document().find("its part"))
    cursor.setPosition(cursor.selectionStart())
    second.reader.setTextCursor(cursor)
    qtbot.keyClick(second.reader, Qt.Key.Key_I, CTRL)
    (made,) = second.reader.findChildren(link_preview.LinkPreview)
    assert made.shown is not None
    made.hide()


@pytest.mark.parametrize("percent", [100, 300])
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda one: one.name)
def test_it_lies_on_the_screen_and_never_on_the_link(window: MainWindow, percent: int, colours: object) -> None:
    room = window.screen().availableGeometry()
    scale.apply(percent, colours)  # type: ignore[arg-type]
    preview = Preview("A title " * 6, "A path › " * 5, "words of it " * 30)
    for x in (room.left(), room.center().x(), room.right() - 30):
        for y in range(room.top(), room.bottom() - 20, max(1, room.height() // 9)):
            link = QRect(x, y, 60, 20)
            box = Box(preview, window)
            box.place(link)
            assert not box.geometry().intersects(link)
            assert box.geometry().left() >= room.left()
            assert box.geometry().right() <= room.right()
            if percent == 100:
                assert room.contains(box.geometry())
            box.deleteLater()
    scale.apply(100, LIGHT)
    QApplication.processEvents()
