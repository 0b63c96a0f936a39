"""What screen readers are told of the page; the caret and the keys on it; what is said of a place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from handbook.ui import settings
from handbook.ui.help.about import AboutDialog
from handbook.ui.reading.accessible_page import AccessiblePage
from handbook.ui.reading.contents_panel import ContentsPanel
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shadow_text import ShadowText
from handbook.ui.widgets import announce
from handbook.ui.widgets.accessible import Element, Face, Role, Text
from handbook.ui.widgets.accessible_rows import AccessibleRows
from handbook.ui.widgets.accessible_text import AccessibleLabel
from handbook.ui.widgets.link_label import LinkLabel
from handbook.ui.widgets.theme import LIGHT
from tests.ui.conftest import OpenWindow, Write

FILES = {
    "page.md": "# Page\n\nFirst words.\n\n## One {#one}\n\n- a shelter, [to two](#two)\n- another\n\n"
    "| Name | Number |\n|---|---|\n| left | 12 |\n\n## Two {#two}\n\n"
    "A shelter. Another sentence here.\n\n### Deep\n\nEnd.\n",
    "other.md": "# Other\n\nA shelter elsewhere.\n",
}


Announced = list[tuple[str, QAccessible.AnnouncementPoliteness]]


def all_in(element: Element) -> list[Element]:
    inside = [child for child in element.children() if isinstance(child, Element)]
    return [one for child in inside for one in (child, *all_in(child))]


def press(element: Element) -> None:
    action = element.actionInterface()
    assert action is not None
    action.doAction(QAccessibleActionInterface.pressAction())


def test_the_page_is_a_document_of_parts(open_window: OpenWindow, write: Write) -> None:
    page = AccessiblePage(open_window("page", book=write(FILES)).reader)
    assert page.role() == Role.Document
    roles = [one.role() for one in all_in(page)]
    assert {Role.Heading, Role.Paragraph, Role.List, Role.ListItem, Role.Link, Role.Table, Role.Row, Role.Cell} <= {
        *roles
    }
    heads = [one.text(Text.Name) for one in all_in(page) if one.role() == Role.ColumnHeader]
    assert heads == ["Name", "Number"]
    levels = [one.attributesInterface() for one in all_in(page) if one.role() == Role.Heading]
    assert [level.attributeValue(QAccessible.Attribute.Level) for level in levels] == [1, 2, 2, 3]
    cell = next(one for one in all_in(page) if one.text(Text.Name) == "12")
    assert [head.text(Text.Name) for head in cell.tableCellInterface().columnHeaderCells()] == ["Number"]
    (table,) = (one for one in all_in(page) if one.role() == Role.Table)
    assert table.text(Text.Description) == "Table: 2 rows, 2 columns"


def test_nothing_can_be_written_through_accessibility(open_window: OpenWindow, write: Write) -> None:
    page = AccessiblePage(open_window("page", book=write(FILES)).reader)
    assert all(one.editableTextInterface() is None for one in (page, *all_in(page)))
    assert page.state().readOnly


def test_the_text_has_bullets_and_its_caret_and_selection_are_the_readers(
    open_window: OpenWindow, write: Write
) -> None:
    reader = open_window("page", book=write(FILES)).reader
    page = AccessiblePage(reader)
    text = page.textInterface()
    words = text.text(0, text.characterCount())
    assert "\n• a shelter, to two\n• another\n" in words
    place = words.index("shelter")
    text.setCursorPosition(place)
    assert reader.document().toPlainText()[reader.textCursor().position() :].startswith("shelter")
    assert page.textInterface().cursorPosition() == place
    text.setSelection(0, place, place + 7)
    assert reader.selected_text() == "shelter"
    assert page.textInterface().selectionCount() == 1


def test_a_link_is_pressed_when_the_screen_reader_has_its_answer(
    open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    reader = open_window("page", book=write(FILES)).reader
    link = next(one for one in all_in(AccessiblePage(reader)) if one.role() == Role.Link)
    with qtbot.waitSignal(reader.link_chosen) as chosen:
        press(link)
        assert not chosen.signal_triggered
    assert chosen.args == ["page#two"]


def test_parts_end_with_their_page(open_window: OpenWindow, write: Write) -> None:
    window = open_window("page", book=write(FILES))
    page = AccessiblePage(window.reader)
    parts = all_in(page)
    ids = [QAccessible.uniqueId(one) for one in parts]
    window.open_address("other")
    assert not any(isValid(one) for one in parts)
    assert all(QAccessible.accessibleInterface(one) is None for one in ids)
    assert [one.text(Text.Name) for one in all_in(page) if one.role() == Role.Heading] == ["Other"]


def test_marked_words_say_which_match_they_are(open_window: OpenWindow, write: Write) -> None:
    from handbook.ui.reading.letters import spans_of_words

    reader = open_window("page", book=write(FILES)).reader
    page = AccessiblePage(reader)
    reader.found.mark(spans_of_words("shelter"))
    reader.found.step(1)
    told = [one for one in all_in(page) if one.text(Text.Description) and one.role() != Role.Table]
    marks = [(one.text(Text.Name), one.text(Text.Description)) for one in told]
    assert marks == [("shelter", "The current match, 1 of 2"), ("shelter", "Match 2 of 2")]
    reader.found.step(1)
    told = [one for one in all_in(page) if one.text(Text.Description) and one.role() != Role.Table]
    assert told[1].text(Text.Description).startswith("The cur")


def test_f7_goes_to_the_page_and_there_puts_a_caret_on_it(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("page", book=write(FILES))
    window.searching.field.setFocus()
    window.page_commands.to_page()
    assert window.reader.hasFocus()
    assert not window.page_commands.caret.on
    window.page_commands.to_page()
    assert window.page_commands.caret.on
    qtbot.keyClick(window.reader, Qt.Key.Key_Down)
    qtbot.keyClick(window.reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.selected_text() == "F"
    window.close()
    assert window.store.read(settings.CARET)


def test_keys_go_from_heading_to_heading_link_and_table(
    open_window: OpenWindow, write: Write, qtbot: QtBot, announced: Announced
) -> None:
    window = open_window("page", book=write(FILES))

    def key(key: Qt.Key, shift: bool = False) -> str:
        announced.clear()
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(window.reader, key, modifier)
        qtbot.waitUntil(lambda: bool(announced))
        return announced[-1][0]

    assert key(Qt.Key.Key_H) == "One. Heading of level 2"
    assert key(Qt.Key.Key_K) == "Link: to two"
    assert key(Qt.Key.Key_T) == "Table: 2 rows, 2 columns"
    assert key(Qt.Key.Key_3) == "Deep. Heading of level 3"
    assert key(Qt.Key.Key_H, shift=True) == "Two. Heading of level 2"
    assert window.address == "page#two"
    assert key(Qt.Key.Key_4) == "No further heading of level 4."


def test_the_link_that_tab_came_to_is_said(
    open_window: OpenWindow, write: Write, qtbot: QtBot, announced: Announced
) -> None:
    """Enter opened one that nobody had named."""
    window = open_window("page", book=write(FILES))
    announced.clear()
    qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: [words for words, _ in announced] == ["Link: to two"])


def test_a_page_that_is_being_made_can_be_asked(qtbot: QtBot) -> None:
    """Qt asks from the first of its events on: a second window and a page of one's own could not be opened."""

    class Asked(Reader):
        def setAccessibleName(self, name: str) -> None:
            super().setAccessibleName(name)
            page = AccessiblePage(self)
            told.append((page.textInterface().characterCount(), page.childCount(), page.text(Text.Description)))

    told: list[tuple[int, int, str]] = []
    reader = Asked(LIGHT, 14)
    qtbot.addWidget(reader)
    assert told == [(0, 0, ". F7 puts a caret on the page.")]
    assert not reader.changing


def test_what_tells_of_a_widget_that_is_gone_is_asked_once_more(qtbot: QtBot) -> None:
    """Qt asks while a dialog with a page or a list in it is deleted: the program said that it had failed."""
    around = QWidget()
    qtbot.addWidget(around)
    reader, tree = Reader(LIGHT, 14, parent=around), QTreeWidget(around)
    told = [AccessiblePage(reader), AccessibleRows(tree, lambda _: None)]
    assert all(one.isValid() and one.parent() is not None for one in told)
    for widget in (reader, tree):
        delete(widget)
    assert not any(one.isValid() for one in told)
    assert [one.parent() for one in told] == [None, None]


def test_what_answers_about_the_text_tells_of_nothing_by_itself(open_window: OpenWindow, write: Write) -> None:
    """Selected words were said twice: by the page, and by the editor that nobody sees."""
    reader = open_window("page", book=write(FILES)).reader
    AccessiblePage(reader).textInterface()
    shadow = reader.findChild(ShadowText)
    assert not any(child.inherits("QWidgetTextControl") for child in shadow.children())
    assert any(child.inherits("QWidgetTextControl") for child in reader.children())


def test_the_link_that_a_letter_went_to_is_seen_and_opened(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    """It looked like any other, and Enter did nothing."""
    window = open_window("page", book=write(FILES))

    def on() -> str:
        return window.reader.focused_link

    qtbot.keyClick(window.reader, Qt.Key.Key_K)
    assert on() == "page#two"
    qtbot.keyClick(window.reader, Qt.Key.Key_H)
    assert not on()
    assert not window.marks.marks
    qtbot.keyClick(window.reader, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert on() == "page#two"
    qtbot.keyClick(window.reader, Qt.Key.Key_Return)
    assert window.address == "page#two"


def test_h_highlights_words_that_are_selected(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("page", book=write(FILES))
    start = window.reader.toPlainText().index("First")
    window.reader.select(start, start + 5)
    qtbot.keyClick(window.reader, Qt.Key.Key_H)
    assert [mark.quote for mark in window.marks.marks] == ["First"]


def test_a_place_that_is_opened_is_said_and_a_match_with_its_sentence(
    open_window: OpenWindow, write: Write, qtbot: QtBot, announced: Announced
) -> None:
    window = open_window("page", book=write(FILES))
    window.open_address("page#two")
    qtbot.waitUntil(lambda: [words for words, _ in announced] == ["Page. Two"])
    assert window.reader.textCursor().block().text() == "Two"  # the caret stands there
    window.matches.find()
    window.matches.find_bar.field.setText("shelter")
    announced.clear()
    window.matches.step(1)
    qtbot.waitUntil(lambda: bool(announced))
    assert "of 2 on this page. " in announced[0][0]
    assert announced[0][0].endswith(("A shelter.", "• a shelter, to two"))


def test_what_comes_at_once_is_said_at_once_and_nothing_twice(
    open_window: OpenWindow, qtbot: QtBot, announced: Announced
) -> None:
    window = open_window("about")
    for text in ("Saved: one", "Saved: one", "Where?", "End"):
        announce.announce(window.reader, text)
    qtbot.waitUntil(lambda: bool(announced))
    assert [words for words, _ in announced] == ["Saved: one. Where? End"]


def test_labels_are_their_text_and_their_links_can_be_pressed(qtbot: QtBot) -> None:
    label = LinkLabel()
    qtbot.addWidget(label)
    label.setText('Go <a href="there">to <b>it</b></a> &nbsp;now')
    told = AccessibleLabel(label)
    assert told.text(Text.Name) == "Go to it  now"
    (link,) = all_in(told)
    with qtbot.waitSignal(label.linkActivated) as activated:
        press(link)
    assert (link.text(Text.Name), activated.args) == ("to it", ["there"])


def test_the_link_of_a_label_that_tab_came_to_is_said(qtbot: QtBot, announced: Announced) -> None:
    label = LinkLabel()
    qtbot.addWidget(label)
    label.setText('To <a href="there">the law</a> or <a href="here">the terms</a>')
    label.show()
    label.activateWindow()
    label.setFocus()
    qtbot.waitUntil(label.hasFocus)
    qtbot.keyClick(label, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: [words for words, _ in announced] == ["Link: the law"])
    qtbot.keyClick(label, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: [words for words, _ in announced][1:] == ["Link: the terms"])


def test_the_path_and_about_can_be_read(open_window: OpenWindow, write: Write) -> None:
    window = open_window("page#two", book=write(FILES))
    assert AccessibleLabel(window.path).text(Text.Name).endswith("Page › Two")
    about = AboutDialog(window.handbook, window.paths, window.store, window)
    label = about.findChild(LinkLabel)
    assert isinstance(label, LinkLabel)
    assert "PySide6" in AccessibleLabel(label).text(Text.Name)


def test_rows_can_be_pressed_and_opened(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    window = open_window("page", book=write(FILES))
    contents: ContentsPanel = window.contents
    rows = AccessibleRows(contents, contents.choose)
    row = next(one for one in all_in(rows) if one.text(Text.Name) == "Other")
    with qtbot.waitSignal(contents.chosen) as chosen:
        press(row)
    assert chosen.args == ["other"]
    assert rows.interface_cast(Face.TextInterface) is not None  # an address, of nothing: None would end the process


def test_the_row_with_the_keyboard_is_told_when_the_keyboard_comes(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("page#two", book=write(FILES))
    rows = AccessibleRows(window.contents, window.contents.choose)
    window.reader.setFocus()
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    window.contents.setFocus()
    qtbot.waitUntil(lambda: bool(told))
    (event,) = told
    assert event.type() == QAccessible.Event.Focus
    assert rows.row(window.contents.currentIndex()).state().focused == 1


def test_the_row_with_the_keyboard_is_told_when_a_list_is_first_asked_because_of_it(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("page#two", book=write(FILES))
    window.contents.setFocus()
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    rows = AccessibleRows(window.contents, window.contents.choose)
    qtbot.waitUntil(lambda: [event.type() for event in told] == [QAccessible.Event.Focus])
    assert rows.row(window.contents.currentIndex()).state().focused == 1


def test_the_row_with_the_keyboard_is_told_of_a_list_that_was_asked_while_it_was_made(
    open_window: OpenWindow, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python had two objects for it: of the print window's list the first row was not said."""
    window = open_window("page#two", book=write(FILES))
    window.contents.setFocus()
    rows = AccessibleRows(window.contents, window.contents.choose)
    qtbot.wait(1)  # what is told of it at once
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.emit(window.reader, QWidget())  # not the same object as the view
    qtbot.waitUntil(lambda: [event.type() for event in told] == [QAccessible.Event.Focus])
    assert rows.row(window.contents.currentIndex()).state().focused == 1


def test_questions_while_another_page_is_put_in_change_nothing(open_window: OpenWindow, write: Write) -> None:
    window = open_window("page", book=write(FILES))
    window.page_commands.caret.switch(on=True)
    page = AccessiblePage(window.reader)
    asked: list[bool] = []

    def ask() -> None:
        page.interface_cast(Face.TextInterface)
        assert not window.reader.changing or page.children() == ()
        asked.append(window.reader.changing)

    window.reader.document().contentsChanged.connect(ask)
    window.reader.verticalScrollBar().rangeChanged.connect(ask)
    window.open_address("other")
    assert True in asked
    assert page.textInterface().text(0, 5) == "Other"


def test_a_magnifier_is_told_where_the_letters_at_the_caret_are(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    reader = window.reader
    window.page_commands.caret.switch(on=True)
    page = AccessiblePage(reader)
    cursor = reader.textCursor()
    begin = cursor.position() + 50  # in the paragraph below the heading
    for at in (begin, begin + 55, begin + 170):
        cursor.setPosition(at)
        reader.setTextCursor(cursor)
        text = page.textInterface()
        place = text.cursorPosition()
        for further in (0, 2):
            cursor.setPosition(at + further)
            seen = reader.viewport().mapToGlobal(reader.cursorRect(cursor).topLeft())
            told = text.characterRect(place + further)
            assert text.text(place + further, place + further + 1).isprintable()
            assert abs(told.x() - seen.x()) <= 2
            assert abs(told.y() - seen.y()) <= 6
            assert 0 < told.width() < 40
