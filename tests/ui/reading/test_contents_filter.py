"""The filter above the contents, its chips in the search, and the drawings by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QColor, QIcon
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from handbook.content.metadata import KINDS
from handbook.ui.main_window import MainWindow
from handbook.ui.reading.contents_filter import ContentsFilter
from handbook.ui.reading.contents_panel import ADDRESS, ContentsPanel
from handbook.ui.widgets import colours, tool_icons
from tests.ui.reading.test_groups import FILES

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow, Write

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
NEEDS = 'level = 2\nmaterials = [{ item = "sheet" }]'
MORE = FILES | {"ex-two.md": FILES["ex-two.md"].replace("level = 2", NEEDS)}


@pytest.fixture
def window(open_window: OpenWindow, write: Write) -> MainWindow:
    return open_window("alone", book=write(MORE))


def filter_of(window: MainWindow) -> ContentsFilter:
    found = window.findChild(ContentsFilter)
    assert found is not None
    return found


def in_sight(tree: ContentsPanel) -> list[str]:
    """The addresses, or else the titles, of the rows that are not hidden."""
    model, found = tree.model(), list[str]()

    def look(above: QModelIndex) -> None:
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            if not tree.isRowHidden(row, above):
                found.append(index.data(ADDRESS) or index.data())
                if not index.data(ADDRESS):
                    look(index)

    look(QModelIndex())
    return found


def test_the_contents_show_what_fits_and_all_again(window: MainWindow, qtbot: QtBot) -> None:
    whole = in_sight(window.contents)
    qtbot.keyClick(window, Key.Key_F, BOTH)
    fields = filter_of(window)
    assert QApplication.focusWidget() is fields.minutes
    assert fields.result.text() == "2 plans and exercises"
    fields.minutes.setCurrentIndex(fields.minutes.findData(30))
    assert in_sight(window.contents) == ["A part", "Exercises", "ex-one"]
    assert fields.result.text() == "1 of 2 plans and exercises fit"
    fields.people.setValue(12)
    fields.minutes.setCurrentIndex(fields.minutes.findData(60))
    assert in_sight(window.contents) == ["A part", "Exercises", "ex-one", "ex-two", "Sheets", "sheet"]
    assert fields.result.text() == "2 of 2 plans and exercises fit, with 1 sheet to hand out"
    button = window.left.contents_column.button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not fields.isVisible()
    assert button.text() == "▸ up to 60 minutes · 12 people"  # a closed filter is not forgotten
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(fields.clear, Qt.MouseButton.LeftButton)
    assert in_sight(window.contents) == whole
    assert button.text() == "▾ Filter plans and exercises"


def test_the_filter_works_by_keys_and_says_what_fits(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    window.left.filter_contents()
    fields = filter_of(window)
    fields.result._soon.setInterval(0)
    qtbot.keyClick(fields.minutes, Key.Key_Down)
    qtbot.waitUntil(lambda: "0 of 2 plans and exercises fit" in said)
    for stop, following in zip(fields.stops[:-1], fields.stops[1:], strict=True):
        stop.setFocus()
        qtbot.keyClick(stop, Key.Key_Tab)
        assert QApplication.focusWidget() in (following, following.focusProxy(), *following.children())
    qtbot.keyClick(fields.no_paper, Key.Key_Escape)
    assert window.reader.hasFocus()


def test_without_plans_there_is_no_filter(open_window: OpenWindow, write: Write) -> None:
    window = open_window("alone", book=write({"alone.md": "# Alone\n\nText.\n"}))
    assert not window.left.contents_column.button.isVisible()
    window.left.filter_contents()
    assert window.findChild(ContentsFilter) is None


def test_a_chip_limits_the_search_and_is_taken_away(window: MainWindow, qtbot: QtBot) -> None:
    searching = window.searching
    searching.enter()
    qtbot.keyClicks(searching.field, "text")
    qtbot.waitUntil(lambda: not searching.waiting)
    assert {hit.address for hit in searching.hits.hits} >= {"ex-one#aim", "ex-two#aim"}
    menu = searching.chips.limits_menu()
    below = next(one for one in menu.findChildren(QMenu) if one.title() == "Minutes")
    next(one for one in below.actions() if one.text() == "up to 30 minutes").trigger()
    qtbot.waitUntil(lambda: not searching.waiting)
    assert searching.field.text() == "minutes:30 text"
    assert {hit.address for hit in searching.hits.hits} == {"ex-one#aim"}
    chip = searching.chips.limits["minutes"]
    assert (chip.text(), chip.isVisible(), chip.isChecked()) == ("up to 30 minutes", True, True)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert searching.field.text() == "text"
    assert not chip.isVisible()
    menu.deleteLater()


def test_limits_alone_list_the_plans_themselves(window: MainWindow, qtbot: QtBot) -> None:
    window.searching.enter()
    qtbot.keyClicks(window.searching.field, "minutes:45")
    qtbot.waitUntil(lambda: not window.searching.waiting)
    assert [hit.address for hit in window.searching.hits.hits] == ["ex-one", "ex-two", "sheet"]


@pytest.mark.parametrize("theme", colours.THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", [*KINDS, "group"])
def test_each_kind_has_a_drawing_of_its_own(kind: str, theme: colours.Theme) -> None:
    icon = tool_icons.kind_icon(kind, theme, 24, 1.0)
    for mode, wanted in ((QIcon.Mode.Normal, theme.faint), (QIcon.Mode.Selected, theme.on_accent)):
        image = icon.pixmap(QSize(24, 24), mode).toImage()
        places = [(x, y) for x in range(24) for y in range(24)]
        seen = {image.pixelColor(x, y).name() for x, y in places if image.pixelColor(x, y).alpha() == 255}
        assert seen == {QColor(wanted).name()}
    files = [file.read_bytes() for file in tool_icons.KINDS.glob("*.svg")]
    assert len(set(files)) == len(files) == len(KINDS) + 1


def test_the_rows_have_the_drawings_of_their_kinds(window: MainWindow) -> None:
    model = window.contents.model()
    group = model.index(1, 0, model.index(0, 0))
    sheet = model.index(0, 0, group)
    role = Qt.ItemDataRole.DecorationRole
    assert not group.data(role).isNull()
    assert not sheet.data(role).isNull()
    assert model.index(0, 0).data(role) is None
    before = sheet.data(role).pixmap(16, 16).toImage()
    window.looks.set_colours("white_on_black")
    assert sheet.data(role).pixmap(16, 16).toImage() != before
    window.contents.expand(group)
    window.contents.grab()


def test_nothing_of_the_filter_is_cut_in_narrow_contents(window: MainWindow, qtbot: QtBot) -> None:
    column = QWidget()  # narrower than its layout would like, as the contents beside a workshop are
    qtbot.addWidget(column)
    fields = ContentsFilter(window.handbook)
    fields.setParent(column)
    fields.no_paper.setText("Without anything printed")
    fields.people.setSpecialValueText("any number")
    wanted = (fields.no_paper, fields.online, fields.people)
    fields.resize(max(field.sizeHint().width() for field in wanted) + 16, 400)
    column.show()
    qtbot.waitExposed(column)
    for field in wanted:
        assert field.width() >= field.minimumSizeHint().width(), field
        assert fields.rect().contains(field.rect().translated(field.mapTo(fields, QPoint()))), field


def test_the_row_of_what_is_read_stays_in_sight_when_the_filter_takes_its_room(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("statement")
    contents = window.contents
    last = contents.indexAt(QPoint(60, contents.viewport().height() - 30))
    contents.setCurrentIndex(last)

    def is_in_sight() -> bool:
        return contents.viewport().rect().contains(contents.visualRect(contents.currentIndex()).center())

    assert is_in_sight()
    qtbot.keyClick(window, Key.Key_F, BOTH)
    QApplication.processEvents()
    assert filter_of(window).isVisible()
    assert is_in_sight()
    contents.scrollToTop()  # by hand: it is not fetched back
    qtbot.keyClick(window, Key.Key_F, BOTH)
    window.resize(window.width(), window.height() - 40)
    QApplication.processEvents()
    assert contents.verticalScrollBar().value() == 0
