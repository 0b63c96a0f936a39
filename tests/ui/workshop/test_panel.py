"""The panel: adding what is read, order, taking out, undoing, what the list says, little room."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handbook.base import catalogue
from handbook.base.paths import Paths
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import passages
from handbook.ui.reading.contents_panel import ContentsPanel
from handbook.ui.widgets.columns import Columns
from handbook.ui.widgets.elided_button import PADDING, ElidedButton
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop import files
from handbook.ui.workshop.controller import WorkshopController
from handbook.ui.workshop.item_dialog import ItemDialog
from handbook.ui.workshop.items_model import ItemsModel
from handbook.ui.workshop.items_view import ItemsView
from handbook.ui.workshop.rows import Row
from handbook.workshop import file, ready_files
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop
from tests.ui.conftest import OpenWindow

MOVE, CONTROL = Qt.DropAction.MoveAction, Qt.KeyboardModifier.ControlModifier


def command(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def titles(controller: WorkshopController) -> list[str]:
    return [row.title for row in controller.panel.model.rows]


def addresses(controller: WorkshopController) -> list[str]:
    return [getattr(item, "address", "") for item in controller.workshop.items]


def fill(window: MainWindow, *items: Passage | Entry | CustomPage | NewDay, **fields: object) -> WorkshopController:
    controller = window.workshop.controller
    window.workshop.show(wanted=True)
    controller.document.open(replace(Workshop(items=items), **fields), None)  # type: ignore[arg-type]
    return controller


# -- Adding --------------------------------------------------------------------------------------------------


def test_nothing_of_it_is_made_at_the_start(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    QApplication.processEvents()
    assert not window.workshop.is_made


def test_a_key_adds_what_is_being_read(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    qtbot.keyClick(window.reader, Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    controller = window.workshop.controller
    assert addresses(controller) == ["statement#r2"]
    assert controller.panel.isVisible()
    assert window.reader.hasFocus()  # the person goes on reading
    assert "2. Focus on root causes" in window.done.accessibleName()


def test_the_menu_of_the_page_adds_too(open_window: OpenWindow) -> None:
    window = open_window("statement#r1")
    menu = QMenu()
    window._fill_context_menu(menu)
    (found,) = [action for action in menu.actions() if action.objectName() == "workshop_add"]
    found.trigger()
    assert addresses(window.workshop.controller) == ["statement#r1"]


def test_the_whole_chapter_can_be_added(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    command(window, "workshop_add_chapter").trigger()
    assert addresses(window.workshop.controller) == ["statement"]


def test_nothing_can_be_added_on_the_start_page(open_window: OpenWindow) -> None:
    assert not command(open_window(), "workshop_add").isEnabled()


def test_what_is_there_already_is_shown_and_not_added_again(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    controller = fill(window, Passage("statement#r1"), Passage("statement#r2"))
    window.workshop.add("statement#r2")
    assert addresses(controller) == ["statement#r1", "statement#r2"]
    assert controller.panel.items.chosen == (1,)
    assert "already" in window.statusBar().currentMessage()


def test_a_paragraph_is_added_as_the_section_around_it(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.workshop.add("statement#p09")
    (address,) = addresses(window.workshop.controller)
    assert window.handbook.find("statement#p09") == window.handbook.find(address)


def test_it_comes_behind_what_is_chosen(open_window: OpenWindow) -> None:
    window = open_window("statement")
    controller = fill(window, Entry("One"), Entry("Two"))
    controller.panel.items.choose((0,))
    window.workshop.add("statement#r1")
    window.workshop.add("statement#r2")
    assert titles(controller)[0] == "One"
    assert addresses(controller) == ["", "statement#r1", "statement#r2", ""]


def test_passages_are_dragged_from_the_contents(open_window: OpenWindow) -> None:
    window = open_window("statement")
    controller = fill(window, Entry("One"), Entry("Two"))
    contents = window.findChild(ContentsPanel, "contents")
    assert isinstance(contents, ContentsPanel)
    tree = contents.model()
    part = tree.index(0, 0)
    assert not tree.flags(part) & Qt.ItemFlag.ItemIsDragEnabled  # a part is no passage
    chapter = tree.index(0, 0, part)
    assert tree.flags(chapter) & Qt.ItemFlag.ItemIsDragEnabled
    data = tree.mimeData([chapter])
    assert data.text() == "statement"
    model = controller.panel.model
    assert model.canDropMimeData(data, MOVE, 1, 0, QModelIndex())
    model.dropMimeData(data, MOVE, 1, 0, QModelIndex())
    assert addresses(controller) == ["", "statement", ""]


def test_what_a_plan_needs_is_offered_and_added_with_one_click(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("plan-opening")
    controller = fill(window, Entry("One"))
    window.workshop.add("plan-opening")
    assert controller.panel.offer.isVisible()
    assert "needs" in controller.panel.offer.text.text()
    qtbot.waitUntil(lambda: not controller.page_builder.busy)
    assert controller.panel.offer.isVisible()  # counted pages do not put it away
    qtbot.mouseClick(controller.panel.offer.do, Qt.MouseButton.LeftButton)
    assert "poster-ground-rules" in addresses(controller)
    assert not controller.panel.offer.isVisible()
    controller.undo()
    assert addresses(controller) == ["", "plan-opening"]


# -- Order ---------------------------------------------------------------------------------------------------


@pytest.fixture
def five(open_window: OpenWindow) -> WorkshopController:
    """Entries A to E, the keyboard being in the list."""
    window = open_window("statement#r3")
    controller = fill(window, *(Entry(name) for name in "ABCDE"))
    window.workshop.enter()
    return controller


def test_keys_move_items_and_not_the_page(five: WorkshopController, qtbot: QtBot) -> None:
    view = five.panel.items
    window = view.window()
    assert isinstance(window, MainWindow)
    view.choose((1, 2))
    for name, order, chosen in (
        (Qt.Key.Key_Down, "ADBCE", (2, 3)),
        (Qt.Key.Key_Down, "ADEBC", (3, 4)),
        (Qt.Key.Key_Down, "ADEBC", (3, 4)),  # further down there is nothing
        (Qt.Key.Key_Up, "ADBCE", (2, 3)),
    ):
        qtbot.keyClick(view, name, Qt.KeyboardModifier.AltModifier)
        assert "".join(titles(five)) == order
        assert view.chosen == chosen
    assert window.address == "statement#r3"  # Alt and an arrow would go to another section, the page being in use


def test_the_window_leaves_its_keys_to_the_list(five: WorkshopController, qtbot: QtBot) -> None:
    view = five.panel.items
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.chosen == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("rows", "before", "order"), [((0,), 5, "BCDEA"), ((4,), 0, "EABCD"), ((1, 3), 1, "ABDCE"), ((0, 4), 2, "BAECD")]
)
def test_items_are_dragged_to_another_place(
    five: WorkshopController, rows: tuple[int, ...], before: int, order: str
) -> None:
    model = five.panel.model
    data = model.mimeData([model.index(row, 0) for row in rows])
    assert not model.dropMimeData(data, MOVE, before, 0, QModelIndex())  # else Qt would take the rows away itself
    assert "".join(titles(five)) == order
    five.undo()
    assert "".join(titles(five)) == "ABCDE"


def test_items_are_taken_out_and_brought_back(five: WorkshopController, qtbot: QtBot) -> None:
    view = five.panel.items
    view.choose((1, 3))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert "".join(titles(five)) == "ACE"
    assert view.chosen == (1,)  # what came into its place, so that one can go on
    window = view.window()
    assert isinstance(window, MainWindow)
    command(window, "workshop_undo").trigger()
    assert "".join(titles(five)) == "ABCDE"
    assert set(view.chosen) == {1, 3}
    command(window, "workshop_redo").trigger()
    assert "".join(titles(five)) == "ACE"
    assert command(window, "workshop_undo").text() == "&Undo: Remove items"


def test_undoing_chooses_what_it_was_about_and_brings_it_into_view(five: WorkshopController, qtbot: QtBot) -> None:
    view = five.panel.items
    for number in range(40):
        five.document.change(replace(five.workshop, items=(*five.workshop.items, Entry(str(number)))), "Add")
    view.choose((1, 2))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    steps: tuple[tuple[Callable[[], None], str, tuple[int, ...]], ...] = (
        (five.undo, "ABCDE", (1, 2)),
        (five.redo, "ADBCE", (2, 3)),
    )
    for step, order, chosen in steps:
        view.choose((40,))
        step()
        assert "".join(titles(five)[:5]) == order
        assert view.chosen == chosen
        for place in chosen:
            assert view.viewport().rect().contains(view.visualRect(view.model().index(place, 0)))


def test_hundreds_of_items_are_chosen_at_once(five: WorkshopController, qtbot: QtBot) -> None:
    """Told one by one, an undone removal of 800 took seconds: each time all that are chosen are looked through."""
    items = five.panel.items
    told: list[tuple[int, ...]] = []
    items.selectionModel().selectionChanged.connect(lambda *_: told.append(items.chosen))
    items.choose((0, 2, 4))
    assert told[-1] == (0, 2, 4)
    assert len(told) == 1
    items.choose((1,))
    assert told[1:] == [(1,)]
    assert items.currentIndex().row() == 1
    items.choose(())
    assert told[2:] == [()]


def test_undoing_an_addition_leaves_the_choice(five: WorkshopController) -> None:
    five.document.change(replace(five.workshop, items=(*five.workshop.items, Entry("F"))), "Add", after=(5,))
    five.panel.items.choose((1,))
    five.undo()
    assert five.panel.items.chosen == (1,)


def test_escape_goes_back_to_the_page(five: WorkshopController, qtbot: QtBot) -> None:
    window = five.panel.items.window()
    assert isinstance(window, MainWindow)
    qtbot.keyClick(five.panel.items, Qt.Key.Key_Escape)
    assert window.reader.hasFocus()


def test_a_list_that_changes_keeps_what_is_chosen() -> None:
    model = ItemsModel()
    view = ItemsView(model, LIGHT)
    rows = [Row("entry", name) for name in "ABCDE"]
    model.show_rows(rows)
    view.choose((3,))
    model.show_rows([*rows[:1], Row("entry", "new"), *rows[1:]])
    assert [model.rows[row].title for row in view.chosen] == ["D"]
    model.show_rows(rows[2:])
    assert [model.rows[row].title for row in view.chosen] == ["D"]
    model.show_rows([])
    assert view.chosen == ()


def test_nonsense_that_is_dropped_changes_nothing(five: WorkshopController) -> None:
    data = QMimeData()
    data.setText("statement")
    model = five.panel.model
    assert not model.dropMimeData(data, MOVE, 0, 0, QModelIndex())
    model.dropMimeData(passages.as_mime(["no such place"]), MOVE, 0, 0, QModelIndex())
    assert "".join(titles(five)) == "ABCDE"


# -- What the list says --------------------------------------------------------------------------------------


def test_times_and_what_runs_over_are_shown(open_window: OpenWindow) -> None:
    controller = fill(
        open_window("statement"),
        Passage("plan-opening"),  # 45 minutes
        Entry("Lunch", 60, start=datetime.time(10)),
        CustomPage("Late", minutes=50),
        NewDay("", datetime.time(8)),
        Entry("Morning", 0),
        start=datetime.time(9, 30),
        end=datetime.time(11, 30),
        date=datetime.date(2026, 12, 1),
    )
    rows = controller.panel.model.rows
    assert [row.times for row in rows] == ["09:30–10:15", "10:00–11:00", "11:00–11:50", "", "08:00"]
    assert rows[0].warning.startswith("15 minutes too long: 'Lunch' begins at 10:00\nNeeds what is not in the workshop")
    assert rows[2].warning == "20 minutes past the end of the day, 11:30"
    assert rows[3].title.startswith("Day 2, ")
    assert "08:00" in rows[3].facts
    assert "day 1 20 min over" in controller.panel.summary.text()
    spoken = QAccessible.queryAccessibleInterface(controller.panel.items).child(0).text(QAccessible.Text.Name)
    assert "Opening" in spoken
    assert "15 minutes too long" in spoken


def test_one_is_said_as_one(open_window: OpenWindow) -> None:
    controller = fill(
        open_window("statement"),
        Passage("poster-principles", copies=1),
        Entry("Talk", 61),
        Entry("Lunch", 60, start=datetime.time(10, 30)),
        Entry("Last", 61),
        participants=1,
        start=datetime.time(9, 30),
        end=datetime.time(12, 30),
    )
    rows = controller.panel.model.rows
    assert "1 copy" in rows[0].facts
    assert rows[1].warning == "1 minute too long: 'Lunch' begins at 10:30"
    assert rows[3].warning == "1 minute past the end of the day, 12:30"
    assert controller.panel.facts.text() == "09:30–12:30, 1 minute over · 1 participant"


def test_pages_are_counted_beside_the_work(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    controller = fill(window, Passage("statement#r1"), participants=24)
    assert "counting" in controller.panel.summary.text()
    qtbot.waitUntil(
        lambda: "pages" in controller.panel.summary.text() and "counting" not in controller.panel.summary.text(),
    )
    assert controller.panel.paper.text().startswith("24 participants: 24 × ")
    assert "1 page" in controller.panel.model.rows[0].facts
    window.workshop.add("statement")
    qtbot.waitUntil(lambda: not controller.page_builder.busy)
    assert controller.panel.model.rows[1].facts.endswith("pages")


def test_an_address_that_is_gone_is_shown_and_replaced_with_one_click(open_window: OpenWindow, qtbot: QtBot) -> None:
    controller = fill(open_window("statement"), Passage("statement#r22", "2. Root causes"), Passage("statement#r3"))
    row = controller.panel.model.rows[0]
    assert (row.gone, row.nearest) == (True, "statement#r2")
    assert "statement#r22" in row.warning
    assert controller.panel.offer.isVisible()
    qtbot.mouseClick(controller.panel.offer.do, Qt.MouseButton.LeftButton)
    assert addresses(controller) == ["statement#r2", "statement#r3"]
    assert not controller.panel.offer.isVisible()
    controller.undo()
    assert addresses(controller)[0] == "statement#r22"
    qtbot.mouseClick(controller.panel.offer.leave, Qt.MouseButton.LeftButton)
    assert not controller.panel.offer.isVisible()
    assert addresses(controller)[0] == "statement#r22"


def test_a_need_stays_marked_on_its_row_until_it_is_answered(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("plan-opening")
    controller = fill(window, Entry("One"))
    window.workshop.add("plan-opening")
    window.workshop.add("statement")  # the offer is about what was added last; the mark is not
    row = controller.panel.model.rows[1]
    assert row.warning.startswith("Needs what is not in the workshop: Where do you stand?")
    assert row.warning in row.spoken
    controller.panel.items.choose((1,))
    entries = [action.text() for action in controller.editing.menu().actions()]
    assert "Add what it needs" in entries
    action = next(one for one in controller.editing.menu().actions() if one.text() == "I have what it needs")
    action.trigger()
    assert controller.panel.model.rows[1].warning == ""
    assert "poster-ground-rules" not in addresses(controller)
    controller.undo()
    assert controller.panel.model.rows[1].warning
    controller.editing.add_needed(1)
    assert controller.panel.model.rows[1].warning == ""


def test_what_is_gone_and_like_nothing_is_offered_to_be_taken_out(open_window: OpenWindow, qtbot: QtBot) -> None:
    controller = fill(open_window("statement"), Passage("statement#r3"), Passage("nosuch", "Gone"))
    row = controller.panel.model.rows[1]
    assert (row.gone, row.nearest) == (True, "")
    assert controller.panel.offer.isVisible()
    qtbot.mouseClick(controller.panel.offer.do, Qt.MouseButton.LeftButton)
    assert addresses(controller) == ["statement#r3"]
    controller.undo()
    assert addresses(controller) == ["statement#r3", "nosuch"]


def test_the_list_is_painted_in_every_state(open_window: OpenWindow) -> None:
    window = open_window("statement")
    long = "A title that is so long that it goes over several lines of any panel, however wide it may be made " * 3
    controller = fill(
        window, Passage("statement#r22", long), CustomPage(long), Entry(long, 90), NewDay(long), Entry("")
    )
    controller.panel.items.choose((0, 1))
    for colours in ("dark", "light"):
        window.looks.set_colours(colours)
        assert not controller.panel.items.grab().isNull()
    view = controller.panel.items
    view.scrollToBottom()
    tops = [view.visualRect(view.model().index(row, 0)) for row in range(5)]
    assert all(above.bottom() < below.top() + 1 for above, below in pairwise(tops))
    assert all(box.width() <= view.viewport().width() for box in tops)


# -- Beginning -----------------------------------------------------------------------------------------------


def test_an_empty_panel_offers_the_ready_workshops(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    panel = window.workshop.controller.panel
    starts = [button for button in panel.findChildren(QPushButton, "start") if button.isVisible()]
    titles = [button.text().split("\n")[0] for button in starts]
    ready = ready_files(window.handbook.folder)
    assert sorted(titles) == sorted(file.read(path).workshop.title for path in ready)
    assert titles[0] == "Online: two hours"  # the shortest first
    assert titles[-1] == "Two days with the statement"
    assert starts[0].hasFocus()
    qtbot.keyClick(starts[0], Qt.Key.Key_Space)
    controller = window.workshop.controller
    assert len(controller.workshop.items) > 5
    assert controller.document.path is None  # it is the person's own from now on
    assert not controller.document.needs_saving
    assert all(not row.gone for row in panel.model.rows)


# -- Room ----------------------------------------------------------------------------------------------------


def widths(window: MainWindow) -> tuple[bool, bool]:
    """Are the contents and the workshop in sight?"""
    return window.contents.isVisible(), window.workshop.controller.panel.isVisible()


def resize(window: MainWindow, width: int, qtbot: QtBot) -> None:
    window.resize(width, 600)
    qtbot.waitUntil(lambda: window.width() == width)


def test_a_long_title_is_cut_with_an_ellipsis(open_window: OpenWindow, home: Paths, tmp_path: Path) -> None:
    path = tmp_path / f"{'A workshop with a very long name ' * 4}.workshop"
    file.save(Workshop("Long"), path)
    window = open_window("statement")
    files.remember(window.store, path)
    window.workshop.show(wanted=True)
    QApplication.processEvents()
    (button,) = [one for one in window.findChildren(ElidedButton) if "very long name" in one.accessibleName()]
    title, _ = button.text().split("\n")
    assert title.endswith("…")
    assert button.fontMetrics().horizontalAdvance(title) <= button.width() - PADDING
    assert path.stem in button.accessibleName()
    assert path.stem in button.toolTip()
    for other in window.findChildren(ElidedButton):  # Qt has a tooltip read out as well: what is whole is said once
        assert bool(other.toolTip()) == ("…" in other.text())


def test_with_room_all_three_are_beside_each_other(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    for width in (1366, 1024):
        resize(window, width, qtbot)
        assert widths(window) == (True, True)
        assert window.reader.width() >= window.reader.readable_width()


def test_the_page_stays_readable_when_the_panel_is_first_shown(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    resize(window, 1024, qtbot)
    window.workshop.enter()
    qtbot.waitUntil(lambda: window.reader.width() >= window.reader.readable_width())
    assert widths(window) == (True, True)


def test_in_a_narrow_window_the_workshop_takes_the_place_of_the_contents(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    resize(window, 800, qtbot)
    assert widths(window) == (False, True)
    assert window.reader.width() >= window.reader.readable_width()
    command(window, "to_contents").trigger()
    assert widths(window) == (True, False)
    command(window, "to_workshop").trigger()
    assert widths(window) == (False, True)
    resize(window, 1200, qtbot)
    assert widths(window) == (True, True)


def test_hits_come_before_the_workshop_while_searching(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    resize(window, 800, qtbot)
    window.searching.enter()
    qtbot.keyClicks(window.searching.field, "root")
    qtbot.waitUntil(lambda: not window.workshop.controller.panel.isVisible())
    window.searching.leave()
    qtbot.waitUntil(lambda: widths(window) == (False, True))


def test_large_letters_do_not_make_the_page_unreadable(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    resize(window, 1024, qtbot)
    for _ in range(12):
        window.look_commands.zoom(1)
    assert widths(window) == (False, True)


def test_the_panel_is_put_away_and_comes_back_at_the_next_start(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    window.close()
    again = open_window("statement")
    qtbot.waitUntil(lambda: again.workshop.is_made)
    assert again.workshop.controller.panel.isVisible()
    qtbot.keyClick(again, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert not again.workshop.controller.panel.isVisible()
    again.close()
    third = open_window("statement")
    QApplication.processEvents()
    assert not third.workshop.is_made


def test_a_right_click_offers_what_can_be_done(five: WorkshopController) -> None:
    five.document.change(replace(five.workshop, items=(Passage("statement#r1"), CustomPage("Mine"))), "Other items")
    for place, wanted in ((0, "Read it"), (1, "Write…")):
        five.panel.items.choose((place,))
        menu = five.editing.menu()
        texts = [action.text() for action in menu.actions()]
        assert wanted in texts
        assert "Remove" in texts
        menu.deleteLater()


def test_what_is_in_the_list_can_be_read(five: WorkshopController) -> None:
    five.document.change(replace(five.workshop, items=(Passage("statement#r1"),)), "Other items")
    five.panel.items.choose((0,))
    menu = five.editing.menu()
    next(action for action in menu.actions() if action.text() == "Read it").trigger()
    window = five.panel.items.window()
    assert isinstance(window, MainWindow)
    assert window.address == "statement#r1"


def test_a_hit_is_added_by_its_command_and_can_be_dragged(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.searching.enter()
    qtbot.keyClicks(window.searching.field, "root causes")
    qtbot.waitUntil(lambda: bool(window.searching.hits.hits))
    hit = window.searching.hits.current()
    assert hit is not None
    row = window.searching.hits.list.currentIndex()
    data = row.model().mimeData([row])
    assert passages.of_mime(data) == (hit.address,)
    command(window, "workshop_add_hit").trigger()
    controller = window.workshop.controller
    section = window.handbook.find(hit.address)
    assert section is not None
    assert addresses(controller) == [str(section.address)]


def test_the_programme_and_what_is_handed_out_have_headings(open_window: OpenWindow) -> None:
    window = open_window("about")
    items = (
        Passage("ex-jigsaw"),
        Entry("Break", 15),
        Passage("statement"),
        Passage("form-evaluation"),
        Entry("Talk", 5),
    )
    controller = fill(window, *items)
    rows = controller.panel.model.rows
    assert [row.above for row in rows] == ["Programme", "", "To hand out", "", "Programme"]
    assert rows[2].spoken.startswith("To hand out. ")
    view = controller.panel.items
    heights = [view.visualRect(view.model().index(place, 0)).height() for place in range(5)]
    assert heights[2] > heights[3]
    view.grab()
    fill(window, *items[:2])
    assert [row.above for row in controller.panel.model.rows] == ["", ""]


def test_enter_reads_an_item_and_f2_changes_it(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("about")
    controller = fill(window, Passage("ex-jigsaw"), Entry("Break", 15))
    edited: list[str] = []
    monkeypatch.setattr(ItemDialog, "exec", lambda dialog: edited.append(type(dialog).__name__))
    items = controller.panel.items
    items.choose((0,))
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert (window.address, edited) == ("ex-jigsaw", [])
    qtbot.keyClick(items, Qt.Key.Key_F2)
    assert edited == ["ItemDialog"]
    items.choose((1,))
    qtbot.keyClick(items, Qt.Key.Key_Enter)  # a break has no text: what there is of it is shown to be changed
    assert edited == ["ItemDialog"] * 2


# -- An empty panel by keyboard ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_takes_the_way_to_begin_that_is_chosen(open_window: OpenWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window = open_window("statement")
    window.workshop.enter()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    qtbot.keyClick(button, key)
    assert window.workshop.controller.workshop.title == "Online: two hours"


def test_esc_in_an_empty_panel_goes_back_to_the_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.workshop.enter()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert window.reader.hasFocus()


def test_the_contents_have_their_width_again_when_there_is_room(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.resize(1100, 600)
    QApplication.processEvents()
    before = window.contents.width()
    window.workshop.show(wanted=True)
    window.resize(600, 500)
    QApplication.processEvents()
    window.workshop.show(wanted=False)
    window.resize(1100, 600)
    QApplication.processEvents()
    assert before > 300
    qtbot.waitUntil(lambda: window.contents.width() == before)


def test_the_width_asked_for_is_kept_though_the_window_is_small(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.resize(1180, 700)
    QApplication.processEvents()
    asked = window.contents.width()
    assert asked > 300
    window.resize(600, 500)
    QApplication.processEvents()
    assert window.contents.width() < asked
    window.close()
    assert window.store.read(settings.CONTENTS_WIDTH) == asked


def test_dragging_one_list_leaves_the_width_of_the_other(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    window.resize(1100, 600)
    window.workshop.show(wanted=True)
    QApplication.processEvents()
    columns = window.centralWidget().findChild(Columns)
    assert isinstance(columns, Columns)
    left, right = columns.widths
    assert window.contents.width() < left  # it made room
    columns.moveSplitter(columns.width() - right - 20, 2)
    assert columns.widths[0] == left
    assert columns.widths[1] > right


def test_the_window_is_never_lower_than_the_panels_rows(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r1")
    window.workshop.add("statement#r1")
    controller = window.workshop.controller
    controller.panel.say_paper("24 participants: 24 × 5 sheets, 5 sheets for the trainer, 3 sheets of cards")
    window.resize(430, 100)

    def whole() -> bool:
        panel = controller.panel
        return all(
            panel.rect().contains(QRect(button.mapTo(panel, QPoint(0, 0)), button.size()))
            and button.height() >= button.sizeHint().height()
            for button in (panel.add, panel.remove, panel.save, panel.print)
        )

    qtbot.waitUntil(whole)
    controller.document.change(replace(controller.workshop, title="A very long title " * 100), "Title")
    QApplication.processEvents()
    assert window.minimumSizeHint().height() < 700  # a small screen has hardly more


@pytest.mark.parametrize("language", ["en", "be", "bg", "bs", "cs", "mk", "nl", "pl", "ro", "ru", "uk"])
def test_the_narrowest_panel_does_not_scroll_sideways(language: str, open_window: OpenWindow, qtbot: QtBot) -> None:
    catalogue.use(catalogue.of(language), language)
    window = open_window("statement")
    controller = fill(window, Passage("statement#r2"))
    window.resize(1200, 700)
    QApplication.processEvents()
    window._split.setSizes([2000, 2000, 10])
    QApplication.processEvents()
    (column,) = controller.panel.findChildren(ScrollColumn)
    assert controller.panel.width() == controller.panel.minimumWidth()
    assert column.horizontalScrollBar().maximum() == 0
