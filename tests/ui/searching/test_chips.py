"""The chips under the field, the last searches, and what else the window offers while one searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.printing import print_dialog
from handbook.ui.searching.chips import Chip
from handbook.ui.settings import Store
from handbook.ui.widgets import announce
from handbook.ui.window.target_menus import HIT_COMMANDS
from tests.helpers import PATIENCE

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def type_words(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Type into the field, and wait for the whole answer."""
    if QApplication.activeWindow() is not window:  # a menu was closed
        with qtbot.waitActive(window):
            window.activateWindow()
    window.searching.enter()
    qtbot.keyClicks(window.searching.field, words)
    answered(qtbot, window)


def answered(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.searching.waiting)


def click(qtbot: QtBot, window: MainWindow, chip: Chip) -> None:
    """Click on a chip, and wait for the answer."""
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    answered(qtbot, window)


def chapters(window: MainWindow) -> set[str]:
    """The chapters of the hits that are listed."""
    return {hit.address.partition("#")[0] for hit in window.searching.hits.hits}


def chip(window: MainWindow, name: str) -> Chip:
    """The chip of a name."""
    return next(chip for chip in window.searching.chips.chips if chip.accessibleName() == name)


def menu_of(act: QAction | str, window: MainWindow) -> None:
    """Choose an entry of the menu that is going to open, by its text or its action."""

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = act if isinstance(act, QAction) else next(one for one in menu.actions() if one.text() == act)
        menu.close()
        entry.trigger()

    QTimer.singleShot(0, window, choose)


# -- Chips --------------------------------------------------------------------------------------------------


def test_chips_come_with_the_keyboard_and_go_with_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    assert "chips" not in window.searching.__dict__  # a start makes none
    press(qtbot, Qt.Key.Key_K, CTRL)
    chips = window.searching.chips
    assert chips.isVisible()
    press(qtbot, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: not chips.isVisible())
    type_words(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_F7)
    assert QApplication.focusWidget() is window.reader
    assert chips.isVisible()  # there is a query
    press(qtbot, Qt.Key.Key_Escape)
    assert not chips.isVisible()


def test_what_is_being_clicked_does_not_move_away(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_K, CTRL)
    chips = window.searching.chips
    qtbot.waitUntil(lambda: chips.height() > 10)
    QApplication.processEvents()
    before = window.reader.mapTo(window, QPoint(0, 0))
    place = before + QPoint(300, 20)
    # To the window, not to a widget, or Qt would not know that the button is down.
    with qtbot.waitSignal(window.searching._linger.timeout):
        QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, NONE, place)
        assert QApplication.focusWidget() is window.reader
    QApplication.processEvents()
    assert chips.isVisible()
    assert window.reader.mapTo(window, QPoint(0, 0)) == before
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, NONE, place)
    qtbot.waitUntil(lambda: not chips.isVisible())


def test_counts_by_part_stand_on_the_chips_and_narrow_by_a_click(
    open_window: OpenWindow, book: Handbook, qtbot: QtBot
) -> None:
    window = open_window("statement")
    type_words(qtbot, window, "shelter")
    answer = window.searching._answer
    assert answer is not None
    counts = {part.title: dict(answer.counts).get(part.id) for part in book.parts}
    assert sum(count or 0 for count in counts.values()) == answer.total
    for title, count in counts.items():
        assert chip(window, title).count == ("" if count is None else str(count))
    click(qtbot, window, chip(window, "Reference"))
    assert window.searching.field.text() == "in:reference shelter"
    assert chip(window, "Reference").isChecked()
    part = book.part("reference")
    assert part is not None
    assert chapters(window) <= {chapter.id for chapter in part.chapters}
    click(qtbot, window, chip(window, "Training with it"))
    assert window.searching.field.text() == "in:training shelter"
    click(qtbot, window, chip(window, "Training with it"))
    assert window.searching.field.text() == "shelter"
    assert not any(one.isChecked() for one in window.searching.chips.chips)
    assert QApplication.focusWidget() is window.searching.field


def test_chips_follow_what_is_typed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    type_words(qtbot, window, 'in:glossary "root causes" OR poverty -demand')
    chips = window.searching.chips
    assert [one.accessibleName() for one in chips.chips if one.isChecked()] == ["“Exact words”", "− Without…", "Or…"]
    assert chapters(window) == {"glossary"}
    for one in (chips.exact, chips.without, chips.either):
        click(qtbot, window, one)
    assert window.searching.field.text() == "in:glossary root causes poverty"


def test_exact_words_can_be_typed_between_the_quotes(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.mouseClick(window.searching.chips.exact, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.searching.field, "root causes")
    answered(qtbot, window)
    assert window.searching.field.text() == '"root causes"'
    answer = window.searching._answer
    assert answer is not None
    assert answer.hits
    assert not answer.loosened


def test_words_to_leave_out_are_left_out(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    type_words(qtbot, window, "shelter")
    whole = window.searching._answer
    qtbot.mouseClick(window.searching.chips.without, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.searching.field, "closed")
    answered(qtbot, window)
    assert window.searching.field.text() == "shelter -closed"
    left = window.searching._answer
    assert whole is not None
    assert left is not None
    assert 0 < left.total < whole.total


def test_the_chapter_in_view_can_be_searched_alone_by_key_and_by_chip(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("glossary")
    type_words(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_K, CTRL | SHIFT)
    answered(qtbot, window)
    assert window.searching.field.text() == "in:glossary poverty"
    assert chapters(window) == {"glossary"}
    assert window.searching.chips.here.isChecked()
    press(qtbot, Qt.Key.Key_K, CTRL | SHIFT)
    assert window.searching.field.text() == "poverty"
    click(qtbot, window, window.searching.chips.here)
    assert chapters(window) == {"glossary"}
    window.open_address("statement")
    assert not window.searching.chips.here.isChecked()
    window.open_address("")
    assert not window.searching.chips.here.isEnabled()


def test_chips_are_reached_and_switched_by_keyboard(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_K, CTRL)
    press(qtbot, Qt.Key.Key_Tab)
    chips = window.searching.chips
    assert QApplication.focusWidget() is chips.exact
    assert chips.isVisible()
    seen = []
    for _ in range(len(chips.chips)):
        press(qtbot, Qt.Key.Key_Right)
        seen.append(QApplication.focusWidget())
    assert seen == [*chips.chips[1:], chips.exact]
    press(qtbot, Qt.Key.Key_Left)
    assert QApplication.focusWidget() is chips.chips[-1]
    press(qtbot, Qt.Key.Key_Return)
    assert window.searching.field.text() == "in:reference "
    assert chips.chips[-1].isChecked()
    assert QApplication.focusWidget() is window.searching.field


@pytest.mark.parametrize("width", [1366, 760, 420])
def test_chips_take_one_line_where_there_is_room_and_never_overlap(
    width: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    window.resize(width, 600)
    press(qtbot, Qt.Key.Key_K, CTRL)
    chips = window.searching.chips
    qtbot.waitUntil(lambda: chips.height() == chips.heightForWidth(chips.width()))
    boxes = [one.geometry() for one in chips.chips]
    assert all(chips.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert (len({box.top() for box in boxes}) == 1) == (width == 1366)


def test_light_and_dark_paint_a_chip_that_is_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    type_words(qtbot, window, '"root causes"')
    for name in ("light", "dark"):
        window.looks.set_colours(name)
        picture = window.searching.chips.exact.grab().toImage()
        ground = picture.pixelColor(6, picture.height() // 2).name()
        assert ground == window._theme.accent


# -- Corrections and nothing found ---------------------------------------------------------------------------


def test_a_correction_can_be_refused_and_holds_until_the_next_letter(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    type_words(qtbot, window, "traficking")
    panel = window.searching.hits
    assert panel.note.text() == "Showing “trafficking”"
    found = window.searching._answer
    press(qtbot, Qt.Key.Key_Return)
    assert window.reader.found.count  # the word that was meant is marked
    press(qtbot, Qt.Key.Key_K, CTRL)
    qtbot.mouseClick(panel.as_typed, Qt.MouseButton.LeftButton)
    answered(qtbot, window)
    refused = window.searching._answer
    assert refused is not None
    assert not refused.corrections
    assert refused != found
    assert not panel.as_typed.isVisible()
    press(qtbot, Qt.Key.Key_End)
    qtbot.keyClicks(window.searching.field, " persons")
    answered(qtbot, window)
    assert panel.note.text() == "Showing “trafficking”"


def test_a_near_word_is_searched_by_a_click(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    type_words(qtbot, window, "traficking")
    qtbot.mouseClick(window.searching.hits.as_typed, Qt.MouseButton.LeftButton)
    answered(qtbot, window)
    answer = window.searching._answer
    assert answer is not None
    if not answer.hits:
        assert answer.nearest
    window.searching.hits.query_wanted.emit("trafficking")
    answered(qtbot, window)
    assert window.searching.field.text() == "trafficking"
    assert window.searching.found


# -- The last searches ---------------------------------------------------------------------------------------


def test_a_query_counts_when_a_hit_of_it_was_opened_and_is_offered_by_down(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("about")
    type_words(qtbot, window, "poverty")
    assert not window.searching.recent.queries
    press(qtbot, Qt.Key.Key_Return)
    type_words(qtbot, window, "closed shelters")
    press(qtbot, Qt.Key.Key_Return)
    assert window.searching.recent.queries == ("closed shelters", "poverty")
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_K, CTRL)
    assert window.searching.chips.recent.isVisible()
    menu_of("poverty", window)
    press(qtbot, Qt.Key.Key_Down)
    answered(qtbot, window)
    assert window.searching.field.text() == "poverty"
    assert window.searching.found


def test_the_last_searches_are_switched_off_and_forgotten_from_their_own_menu(
    open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    window = open_window("about")
    window._actions["keep_searches"].trigger()
    type_words(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_K, CTRL)
    menu_of(window._actions["keep_searches"], window)
    qtbot.mouseClick(window.searching.chips.recent, Qt.MouseButton.LeftButton)
    assert not window.searching.recent.queries
    assert not window.searching.chips.recent.isVisible()
    type_words(qtbot, window, "shelters")
    press(qtbot, Qt.Key.Key_Return)
    window.close()
    assert "poverty" not in (home.config / settings.FILE).read_text("utf-8")
    assert "shelters" not in (home.config / settings.FILE).read_text("utf-8")
    again = open_window("about")
    assert not again._actions["keep_searches"].isChecked()
    again._actions["keep_searches"].trigger()
    type_words(qtbot, again, "shelters")
    press(qtbot, Qt.Key.Key_Return)
    again.close()
    assert Store(home.config).read(settings.SEARCHES) == '["shelters"]'


def test_clearing_what_is_stored_takes_the_last_searches_along(
    open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    window = open_window("about")
    type_words(qtbot, window, "poverty")
    press(qtbot, Qt.Key.Key_Return)
    window.clearing.forget()
    type_words(qtbot, window, "shelters")
    press(qtbot, Qt.Key.Key_Return)
    assert not window.searching.recent.queries
    window.close()
    assert not (home.config / settings.FILE).exists()


# -- Told to a screen reader -----------------------------------------------------------------------------------


def test_a_screen_reader_is_told_once_and_politely_when_typing_pauses(
    open_window: OpenWindow,
    qtbot: QtBot,
    announced: list[tuple[str, QAccessible.AnnouncementPoliteness]],
) -> None:
    window = open_window("about")
    window.searching.pause.setInterval(int(PATIENCE * 1000))  # typing may take its time
    type_words(qtbot, window, "closed shelters")
    assert announced == []
    window.searching.pause.start(0)
    qtbot.waitUntil(lambda: bool(announced))
    answer = window.searching._answer
    assert answer is not None
    assert len(announced) == 1
    assert str(answer.total) in announced[0][0]
    assert announced[0][1] is QAccessible.AnnouncementPoliteness.Polite


def test_nothing_is_announced_without_a_screen_reader(open_window: OpenWindow) -> None:
    window = open_window("about")
    announce.announce(window, "words")  # would warn of an event that nobody takes


# -- Ticks -----------------------------------------------------------------------------------------------------


def test_ticks_show_where_on_the_page_the_matches_are(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    between = "Between.\n\n" * 60
    window = open_window("one", book=write({"one.md": f"# One\n\nA shelter.\n\n{between}A shelter.\n\n{between}"}))
    type_words(qtbot, window, "shelter")
    assert "scrollbar" not in window.reader.marking.__dict__
    press(qtbot, Qt.Key.Key_Return)
    ticks = window.reader.marking.scrollbar
    assert ticks.geometry() == window.reader.verticalScrollBar().rect()
    first, second = window.reader.found.heights
    assert first < 0.1
    assert 0.4 < second < 0.6
    top, middle = (box.center().toPoint() for box in ticks.boxes())
    for colours in ("light", "dark"):
        window.looks.set_colours(colours)
        picture = ticks.grab().toImage()
        assert picture.pixelColor(middle).name() == window._theme.tick
        assert picture.pixelColor(top).name() == window._theme.accent  # F3 stands there
    height = second
    window.look_commands.zoom(3)
    window.resize(700, 500)
    assert len(window.reader.found.heights) == 2
    assert abs(window.reader.found.heights[1] - height) < 0.1
    press(qtbot, Qt.Key.Key_Escape)
    assert ticks.boxes() == []


def test_the_mouse_reaches_the_scroll_bar_through_the_ticks(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("glossary")
    type_words(qtbot, window, "trafficking")
    press(qtbot, Qt.Key.Key_Return)
    bar = window.reader.verticalScrollBar()
    bar.setValue(0)
    place = QPoint(bar.width() // 2, bar.height() - 5)
    assert window.childAt(bar.mapTo(window, place)) is bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    assert bar.value() > 0


# -- Printing from the list ---------------------------------------------------------------------------------------


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What the print dialog would print, each time it is opened."""
    seen: list[tuple[str, ...]] = []

    def look(dialog: print_dialog.PrintDialog) -> int:
        dialog.show()
        seen.append(dialog.handout().addresses)
        dialog.done(0)
        return 0

    monkeypatch.setattr(print_dialog.PrintDialog, "exec", look)
    return seen


def test_the_chosen_hit_and_the_whole_list_can_be_printed(
    open_window: OpenWindow, printed: list[tuple[str, ...]], qtbot: QtBot
) -> None:
    window = open_window("about")
    assert not window._actions["print_hit"].isEnabled()
    type_words(qtbot, window, "closed shelters")
    press(qtbot, Qt.Key.Key_Down)
    listed = tuple(hit.address for hit in window.searching.hits.hits)
    press(qtbot, Qt.Key.Key_O, CTRL | SHIFT)
    press(qtbot, Qt.Key.Key_P, CTRL | SHIFT)
    assert printed == [(listed[1],), listed]
    assert [handler.objectName() for handler in window.searching.hits.list.hit_actions] == list(HIT_COMMANDS)
    press(qtbot, Qt.Key.Key_Escape)
    assert not window._actions["print_hits"].isEnabled()


# -- Typing faster than answers come ---------------------------------------------------------------------------


def test_no_letter_is_lost_or_swapped_and_no_list_is_stale(open_window: OpenWindow, qtbot: QtBot) -> None:
    text = "trafficked persons and their rights in shelters of the network " * 6
    window = open_window("statement")
    press(qtbot, Qt.Key.Key_K, CTRL)
    for at, letter in enumerate(text):
        qtbot.keyClick(window.searching.field, letter)
        if at % 3 == 0:
            QApplication.processEvents()  # answers come in between
        assert window.searching.field.text() == text[: at + 1]
    answered(qtbot, window)
    answer = window.searching._answer
    assert answer is not None
    assert answer.query == text
    for _ in range(len(text) - 17):
        press(qtbot, Qt.Key.Key_Backspace)
    assert window.searching.field.text() == text[:17]
    answered(qtbot, window)
    assert window.searching._answer is not None
    assert window.searching._answer.query == text[:17]
    assert window.searching._answer.hits == window.searching.hits.hits or window.searching._answer.card is not None


def test_the_row_of_the_last_searches_goes_with_them(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("about")
    type_words(qtbot, window, "root")
    window.searching.recent.add("root")
    bar = window.searching.chips
    bar.offer_recent(there=True)
    needed = bar.heightForWidth(bar.width())
    width = window.width()
    window.searching.field.clear()
    while bar.heightForWidth(bar.width()) == needed:  # as narrow as makes the last searches a row of their own
        width -= 10
        window.resize(width, 600)
        QApplication.processEvents()
    two = bar.height()
    qtbot.keyClicks(window.searching.field, "r")
    answered(qtbot, window)
    qtbot.waitUntil(lambda: bar.height() < two)


def test_the_first_chip_says_how_the_others_are_reached(open_window: OpenWindow) -> None:
    chips = open_window("statement").searching.chips
    assert "arrow keys" in chips.exact.accessibleDescription()


# -- A low window -------------------------------------------------------------------------------------------


def test_in_a_low_window_the_chips_are_one_row_and_each_can_be_brought_into_sight(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    type_words(qtbot, window, "poverty")
    bar = window.searching.chips
    assert bar.heightForWidth(700) > bar.exact.height() * 1.5
    window.looks.set_percent(300)
    window.resize(1008, 540)
    qtbot.waitUntil(lambda: bar.height() < bar.exact.height() * 1.5)
    last = [chip for chip in bar.chips if chip.isEnabled()][-1]
    assert not bar.rect().intersects(last.geometry())
    cut = next(chip for chip in bar.chips if chip.geometry().right() > bar.width())
    assert 10 < bar.width() - cut.geometry().left() < cut.width()
    before = window.searching.field.text()
    qtbot.mouseClick(cut, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))  # half of it is seen
    assert bar.rect().contains(cut.geometry())
    assert window.searching.field.text() == before  # not pressed yet
    bar.exact.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar.exact, Qt.Key.Key_Left)  # round to the last one
    assert last.hasFocus()
    assert bar.rect().contains(last.geometry())
    window.looks.set_percent(100)
    window.resize(1008, 708)
    qtbot.waitUntil(lambda: all(bar.rect().contains(chip.geometry()) for chip in bar.chips))


def test_the_row_of_a_low_window_stays_where_it_was_moved(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    type_words(qtbot, window, "poverty")
    bar = window.searching.chips
    window.looks.set_percent(300)
    window.resize(1008, 540)
    qtbot.waitUntil(lambda: bar.height() < bar.exact.height() * 1.5)
    last = [chip for chip in bar.chips if chip.isEnabled()][-1]
    bar.show_chip(last)
    assert bar.rect().contains(last.geometry())
    type_words(qtbot, window, " debt")
    assert bar.sizeHint().height() < bar.exact.height() * 1.5  # as Qt asks before it gives room
    bar.place()
    assert bar.rect().contains(last.geometry())
