"""The second window: opened by command, link, hit and menu; its own history, the same marks, an end with the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from handbook.ui.main_window import MainWindow
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.second_window import SecondWindow
from tests.content.test_translation import POLISH, made

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import OpenWindow

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def second(window: MainWindow, qtbot: QtBot) -> SecondWindow:
    """The second window, when it has the keyboard."""
    found = window.beside.window
    assert found is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is found.reader)
    return found


def middle_of_link(reader: Reader, href: str) -> QPoint:
    """Where the first link with an href can be clicked."""
    block = reader.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            if iterator.fragment().charFormat().anchorHref() == href:
                cursor = QTextCursor(reader.document())
                cursor.setPosition(iterator.fragment().position() + 1)
                reader.setTextCursor(cursor)
                reader.ensureCursorVisible()
                return reader.cursorRect(cursor).center()
            iterator += 1
        block = block.next()
    raise AssertionError(href)


def test_a_section_is_opened_beside_and_the_first_window_stays(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    qtbot.keyClick(window.reader, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    beside = second(window, qtbot)
    assert beside.address == "statement#r2"
    assert "Statement of 15 September 2010" in beside.windowTitle()
    window.open_address("about")
    assert beside.address == "statement#r2"
    beside.open_address("statement#r3")
    assert window.address == "about"


def test_ctrl_click_and_the_middle_button_open_a_link_beside(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("first-steps")
    for href, button, keys in (("statement", LEFT, CTRL), ("glossary", MIDDLE, NONE)):
        at = middle_of_link(window.reader, href)
        qtbot.mouseClick(window.reader.viewport(), button, keys, at)
        assert second(window, qtbot).chapter == href
        assert window.navigation.chapter == "first-steps"


def test_ctrl_enter_opens_the_link_that_the_keyboard_is_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("first-steps")
    for _ in range(2):  # past the picture, which opens in large
        qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    assert window.reader.focused_link == "statement"
    qtbot.keyClick(window.reader, Qt.Key.Key_Return, CTRL)
    assert second(window, qtbot).chapter == "statement"


def test_the_menu_of_a_link_offers_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("first-steps")
    at = middle_of_link(window.reader, "glossary")
    texts: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts.extend(one.text() for one in menu.actions())
        menu.close()
        next(one for one in menu.actions() if one.text().startswith("Open b&eside")).trigger()

    view = window.reader.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QTimer.singleShot(0, choose)
    QApplication.sendEvent(view, event)
    assert texts[:2] == ["&Open: Glossary", "Open b&eside: Glossary"]
    assert second(window, qtbot).chapter == "glossary"


def test_a_hit_is_opened_beside(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    window.searching.field.setText("root causes")
    qtbot.waitUntil(lambda: window.searching.hits.current() is not None)
    hit = window.searching.hits.current()
    assert hit is not None
    window._actions["beside_hit"].trigger()
    assert second(window, qtbot).address == hit.address
    assert window.address == "about"


def test_it_has_a_history_of_its_own(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.beside.open("first-steps")
    beside = second(window, qtbot)
    assert not beside.back.isEnabled()
    qtbot.mouseClick(beside.reader.viewport(), LEFT, NONE, middle_of_link(beside.reader, "glossary"))
    assert beside.chapter == "glossary"
    qtbot.keyClick(beside.reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert beside.chapter == "first-steps"
    assert beside.forward.isEnabled()
    beside.forward.trigger()
    assert beside.chapter == "glossary"
    assert not window.navigation.can_go_back
    qtbot.mouseClick(beside.reader.viewport(), Qt.MouseButton.BackButton)
    assert beside.chapter == "first-steps"


def test_the_mouses_own_buttons_lead_back_and_forward(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.open_address("glossary")
    qtbot.mouseClick(window.reader.viewport(), Qt.MouseButton.BackButton)
    assert window.navigation.chapter == "statement"
    qtbot.mouseClick(window.reader.viewport(), Qt.MouseButton.ForwardButton)
    assert window.navigation.chapter == "glossary"


def test_both_show_the_same_marks(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.marks.bookmark("statement#r2")
    window.beside.open("statement#r2")
    beside = second(window, qtbot)
    assert beside.reader.marking.highlights == window.reader.marking.highlights
    assert len(beside.reader.marking.highlights) == 1
    window.marks.bookmark("statement#r3")
    assert beside.reader.marking.highlights == window.reader.marking.highlights
    assert len(beside.reader.marking.highlights) == 2


def test_colours_and_sizes_are_those_of_the_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.beside.open("about")
    beside = second(window, qtbot)
    window.look_commands.zoom(1)
    window.looks.set_colours("dark")
    assert beside.reader.points == window.reader.points
    assert beside.reader.theme is window.reader.theme


def test_it_closes_with_esc_and_with_the_first_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.beside.open("about")
    qtbot.keyClick(second(window, qtbot).reader, Qt.Key.Key_Escape)
    assert window.beside.window is None
    window.marks.bookmark("statement#r2")  # nobody is asked to show it who is gone
    window.beside.open("about")
    beside = second(window, qtbot)
    window.close()
    assert window.beside.window is None
    QApplication.sendPostedEvents(beside, QEvent.Type.DeferredDelete.value)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, SecondWindow)]


def test_links_that_lead_nowhere_change_nothing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.beside.open("nothing#at-all")
    assert window.beside.window is None
    window.beside.open("about")
    beside = second(window, qtbot)
    beside.follow("nothing#at-all")
    assert "nothing#at-all" in beside.statusBar().currentMessage()
    assert beside.chapter == "about"
    beside.follow("https://example.org/")
    assert QGuiApplication.clipboard().text() == "https://example.org/"
    beside.follow("command:quit")
    assert window.isVisible()


def test_the_original_is_set_beside_its_translation(tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("one", book=made(tmp_path / "translated", POLISH))
    assert window._actions["beside_original"].isEnabled()
    window._actions["beside_original"].trigger()
    beside = second(window, qtbot)
    assert beside.chapter == "one.en"
    window.open_address("one.en")
    window._actions["beside_original"].trigger()
    assert beside.chapter == "one"
    window.open_address("two")
    assert not window._actions["beside_original"].isEnabled()
