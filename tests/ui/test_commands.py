"""Commands: menus, keys, the keyboard page, names for screen readers, the order of Tab, what is kept and cleared."""

from __future__ import annotations

import importlib
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handbook.base import components
from handbook.base.paths import Paths
from handbook.ui import settings
from handbook.ui.commands import COMMANDS, MENUS
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_source
from handbook.ui.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.conftest import OpenWindow, Write

NAMES = [command.name for command in COMMANDS]


def action(window: MainWindow, name: str) -> QAction:
    """The command of a name."""
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def menus(window: MainWindow) -> list[QMenu]:
    """The menus of the menu bar, in order."""
    found = [entry.menu() for entry in window.menuBar().actions()]
    assert all(isinstance(menu, QMenu) for menu in found)
    return [menu for menu in found if isinstance(menu, QMenu)]


# -- Menus and keys -----------------------------------------------------------------------------------------


def test_every_command_stands_in_a_menu_once_with_its_keys(open_window: OpenWindow) -> None:
    window = open_window()
    shown = [entry for menu in menus(window) for entry in menu.actions() if not entry.isSeparator()]
    assert [entry.objectName() for entry in shown] == NAMES
    for entry, command in zip(shown, COMMANDS, strict=True):
        assert [key.toString() for key in entry.shortcuts()] == [QKeySequence(key).toString() for key in command.keys]
    assert [menu.title() for menu in menus(window)] == [label for _, label in MENUS]


def test_no_key_has_two_meanings(open_window: OpenWindow) -> None:
    window = open_window()
    keys = Counter(key.toString() for entry in window.findChildren(QAction) for key in entry.shortcuts())
    assert {key: count for key, count in keys.items() if count > 1} == {}
    assert "" not in keys  # a key that Qt could not read


@pytest.mark.parametrize("menu", [name for name, _ in MENUS])
def test_no_two_entries_of_a_menu_have_the_same_underlined_letter(menu: str) -> None:
    texts = [command.text for command in COMMANDS if command.menu == menu]
    letters = Counter(text.partition("&")[2][:1].lower() for text in texts)
    assert {letter: count for letter, count in letters.items() if count > 1} == {}


def test_the_keyboard_page_lists_every_command_that_has_a_key(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.keyClick(window.reader, Qt.Key.Key_F1)
    assert window.address == page_source.KEYBOARD
    words = window.reader.toPlainText()
    for command in COMMANDS:
        if command.keys:
            assert command.text.replace("&", "") in words
        for key in command.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in words


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Dialogs open for no longer than a moment; gives the names of those that did."""
    seen: list[str] = []

    def no_question(*_: object) -> bool:
        seen.append("question")
        return False

    def close_at_once(dialog: QDialog) -> int:
        seen.append(type(dialog).__name__)
        dialog.show()
        dialog.close()
        return 0

    monkeypatch.setattr("handbook.ui.widgets.dialogs.ask", no_question)
    monkeypatch.setattr("handbook.ui.help.update_dialog.check_key", lambda _: None)  # a copy that has one
    for module, name in (
        ("handbook.ui.help.about", "AboutDialog"),
        ("handbook.ui.help.language", "TranslationBox"),
        ("handbook.ui.marks.note_dialog", "NoteDialog"),
        ("handbook.ui.reading.reading_dialog", "ReadingDialog"),
        ("handbook.ui.printing.print_dialog", "PrintDialog"),
        ("handbook.ui.printing.terms_dialog", "TermsDialog"),
        ("handbook.ui.exporting.export_dialog", "ExportDialog"),
        ("handbook.ui.library.handbooks_dialog", "HandbooksDialog"),
        ("handbook.ui.workshop.custom_page", "CustomPageDialog"),
        ("handbook.ui.workshop.item_dialog", "ItemDialog"),
        ("handbook.ui.workshop.details_dialog", "DetailsDialog"),
    ):
        monkeypatch.setattr(getattr(importlib.import_module(module), name), "exec", close_at_once)

    def no_file(*_: object) -> tuple[str, str]:
        seen.append("file")
        return "", ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, no_file)
    return seen


@pytest.mark.parametrize("address", [page_source.START, page_source.KEYBOARD, "statement#r2", "about"])
def test_every_command_can_be_chosen_everywhere(
    address: str, open_window: OpenWindow, dialogs: list[str], qtbot: QtBot
) -> None:
    window = open_window()
    for name in NAMES:
        if name == "quit":
            continue
        window.open_address(address)
        action(window, name).trigger()
        QApplication.processEvents()
    assert dialogs[0] == "file"  # to open a workshop
    assert dialogs[-9:-5] == ["CustomPageDialog", "ItemDialog", "DetailsDialog", "question"]
    assert dialogs[-5:-3] == ["HandbooksDialog", "file"]  # to write a handbook in
    assert dialogs[-3:] == ["file", "TranslationBox", "AboutDialog"]  # the file: to check it for an update
    assert "PrintDialog" in dialogs
    qtbot.waitUntil(lambda: not window.searching.waiting)
    action(window, "quit").trigger()
    assert not window.isVisible()


def test_full_screen_and_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.keyClick(window.reader, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert "F11" in window.statusBar().currentMessage()
    window.close()
    again = open_window()
    assert again.isFullScreen()
    assert "F11" in again.statusBar().currentMessage()
    qtbot.keyClick(again.reader, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not again.isFullScreen())
    assert again.statusBar().currentMessage() == ""


def test_out_of_full_screen_a_window_is_maximised_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    qtbot.keyClick(window.reader, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.keyClick(window.reader, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.isMaximized() and not window.isFullScreen())


def test_esc_leads_back_to_the_page_from_wherever_the_keyboard_is(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    everything_shown(window, qtbot)
    window.workshop.show(wanted=True)
    places = {
        "path": window.path,
        "notice": window.notice.findChildren(QAbstractButton)[-1],
        "chips": window.searching.chips.exact,
        "button": next(one for one in window.findChildren(QAbstractButton) if one.text() == "Start"),
        "hits": window.searching.hits.list,
        "find": window.matches.find_bar.field,
        "workshop": window.workshop.controller.panel.add,
        "search": window.searching.field,
    }
    for name, place in places.items():
        place.setFocus(Qt.FocusReason.TabFocusReason)
        assert QApplication.focusWidget() is place, name
        qtbot.keyClick(place, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is window.reader, name
        everything_shown(window, qtbot)


def test_the_address_of_a_section_can_be_copied(open_window: OpenWindow) -> None:
    window = open_window("statement#r3")
    action(window, "copy_address").trigger()
    assert QGuiApplication.clipboard().text() == "statement#r3"
    window.open_address(page_source.START)
    assert not action(window, "copy_address").isEnabled()


def test_about_names_the_versions_and_folders(open_window: OpenWindow, home: Paths) -> None:
    from handbook.ui.help.about import AboutDialog

    window = open_window()
    dialog = AboutDialog(window.handbook, home, window.store, window)
    label = next(label for label in dialog.findChildren(QLabel) if label.text())
    names = [part.name for part in components.components()]
    assert "PySide6-Essentials" in {name.replace("_", "-") for name in names}
    for fact in (
        *names[1:],
        "0.1",
        str(home.content),
        str(home.config),
        str(home.cache),
        "opens no network connection",
    ):
        assert fact in label.text()


# -- For screen readers, and for the keyboard alone ---------------------------------------------------------


def takes_keyboard(widget: QWidget) -> bool:
    """Can the keyboard get into a widget?"""
    return widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def everything_shown(window: MainWindow, qtbot: QtBot) -> None:
    """Bring out every bar and panel that there is."""
    window.notice.show_notice("Something to know.", "Do it", lambda: None)
    window.searching.busy.begin("Making the search index…")
    qtbot.keyClick(window.reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    window.searching.field.setText("root causes")
    qtbot.waitUntil(lambda: window.searching.found)


def test_all_that_takes_the_keyboard_has_a_name_to_be_read_out(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    everything_shown(window, qtbot)
    for shown in (window.searching.hits, window.left.contents_column):
        window.left.show_panel(shown)
        takers = [widget for widget in window.findChildren(QWidget) if takes_keyboard(widget)]
        assert len(takers) > 12
        for widget in takers:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            name = interface.text(QAccessible.Text.Name)
            assert any(letter.isalpha() for letter in name), f"{widget}: {name!r}"


def test_tab_reaches_everything_and_comes_round(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    window.searching.field.setFocus()
    visited: list[QWidget] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if not visited or visited[-1] is not focus:
            visited.append(focus)
        if len(visited) > 1 and focus is window.searching.field:
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert visited[-1] is window.searching.field
    order = [
        widget for widget in visited if widget in (window.searching.field, window.contents, window.path, window.reader)
    ]
    assert order == [window.searching.field, window.contents, window.path, window.reader, window.searching.field]


def test_tab_goes_from_the_field_to_the_hits_while_they_are_shown(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, "poverty")
    qtbot.waitUntil(lambda: window.searching.found)
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus.objectName() == "hits":
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is not None
    assert focus.objectName() == "hits"
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert window.address == "glossary#poverty"


def test_buttons_do_what_their_commands_do(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    buttons = {button.accessibleName(): button for button in window.findChildren(QAbstractButton) if button.isVisible()}
    assert not buttons["Back"].isEnabled()
    for name in ("Larger text", "Larger text", "Smaller text"):
        qtbot.mouseClick(buttons[name], Qt.MouseButton.LeftButton)
    assert window.reader.points == settings.TEXT_SIZE.default + 1
    qtbot.mouseClick(buttons["Start page"], Qt.MouseButton.LeftButton)
    assert window.address == page_source.START
    assert not buttons["Forward"].isEnabled()
    qtbot.mouseClick(buttons["Back"], Qt.MouseButton.LeftButton)
    assert window.address == "statement"
    assert buttons["Forward"].isEnabled()
    assert QApplication.focusWidget() is window.reader  # a click leaves the keyboard where it was


def test_the_menu_of_the_right_mouse_button_has_the_usual_entries(open_window: OpenWindow) -> None:
    window = open_window("statement")
    seen: list[str] = []

    def look_and_close() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(entry.objectName() for entry in menu.actions())
        menu.close()

    QTimer.singleShot(0, look_and_close)  # runs when the menu waits for a choice
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.reader.viewport(), event)
    assert {"copy", "copy_source", "select_all", "find", "print"} <= set(seen)


# -- What is stored -----------------------------------------------------------------------------------------


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Answers the question before it is asked."""

    def give(yes: bool) -> None:
        monkeypatch.setattr("handbook.ui.widgets.dialogs.ask", lambda *_: yes)

    return give


def files(home: Paths) -> list[str]:
    """What there is of the person's on the disk."""
    top = home.config.parent
    return sorted(file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file())


@pytest.mark.parametrize(("key", "cleared"), [(Qt.Key.Key_Return, False), (Qt.Key.Key_Escape, False), (None, True)])
def test_clearing_is_asked_about_and_enter_cancels(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, key: Qt.Key | None, cleared: bool
) -> None:
    window = open_window()
    forgotten: list[bool] = []
    monkeypatch.setattr(window.clearing, "forget", lambda: forgotten.append(True))
    texts: list[str] = []

    def decide() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts.extend(button.text() for button in box.buttons())
        assert all(button.icon().isNull() for button in box.buttons())
        if key is None:
            next(button for button in box.buttons() if "Clear" in button.text()).click()
        else:
            qtbot.keyClick(box, key)

    QTimer.singleShot(0, decide)
    action(window, "clear_stored").trigger()
    assert sorted(texts) == ["&Clear all of it", "Cancel"]
    assert bool(forgotten) is cleared


def test_buttons_of_boxes_have_no_pictures(open_window: OpenWindow, qtbot: QtBot) -> None:
    """On no desktop: some styles put icons on some buttons only. The style used in tests has none by itself."""
    assert "dialogbuttonbox-buttons-have-icons: 0" in theme.window_style(theme.LIGHT)
    window = open_window()
    kinds = QMessageBox.StandardButton
    box = QMessageBox(window)
    box.setStandardButtons(kinds.Ok | kinds.Cancel | kinds.Save | kinds.Discard | kinds.Close | kinds.Yes | kinds.No)
    buttons = box.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    assert buttons.style().styleHint(hint, None, buttons) == 0
    assert [button.text() for button in box.buttons() if not button.icon().isNull()] == []


def test_clearing_leaves_nothing_on_the_computer(
    open_window: OpenWindow,
    home: Paths,
    write: Write,
    qtbot: QtBot,
    answer: Callable[[bool], None],
) -> None:
    home.config.mkdir(parents=True)
    (home.config / settings.FILE).write_bytes(b"\xff\xfe damaged \0")
    book = write({"page.md": "# Page\n\nWords about poverty.\n"})  # of which there is no index but in the cache
    window = open_window("page", book=book)
    window.look_commands.zoom(1)
    qtbot.keyClicks(window.searching.field, "poverty")
    qtbot.waitUntil(lambda: window.searching.found)
    window.close()
    assert f"config/{settings.FILE}" in files(home)
    assert any(name.startswith("cache/index/") for name in files(home))
    assert any("damaged" in name for name in files(home))

    window = open_window("page", book=book)
    answer(False)
    action(window, "clear_stored").trigger()
    assert len(files(home)) > 2
    answer(True)
    action(window, "clear_stored").trigger()
    assert files(home) == []
    window.look_commands.zoom(1)
    window.close()
    QApplication.processEvents()
    assert files(home) == []


def test_search_works_after_clearing_and_leaves_nothing_behind(
    open_window: OpenWindow,
    home: Paths,
    write: Write,
    qtbot: QtBot,
    answer: Callable[[bool], None],
) -> None:
    window = open_window("page", book=write({"page.md": "# Page\n\nWords about poverty.\n"}))
    answer(True)
    action(window, "clear_stored").trigger()
    qtbot.keyClicks(window.searching.field, "poverty")
    qtbot.waitUntil(lambda: window.searching.found)
    window.close()
    assert files(home) == []
