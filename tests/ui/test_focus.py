"""Where the keyboard is can be seen: measured on the screen, in every theme, at every stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QTimeEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handbook.ui.searching.chips import Chip
from handbook.ui.widgets import dialogs, theme
from handbook.ui.widgets.colours import THEMES as EVERY
from handbook.ui.widgets.colours import Theme
from handbook.ui.widgets.link_label import LinkLabel
from tests.ui.conftest import OpenWindow, Write
from tests.ui.every_question import boxes_asked, every_question
from tests.ui.every_window import every_window
from tests.ui.widgets.test_theme import contrast

THEMES = pytest.mark.parametrize("colours", EVERY, ids=lambda colours: colours.name)
LEAST, THICK = 3, 2  # WCAG 2.2, 2.4.13: contrast between the two states; pixels


@pytest.fixture
def themed(colours: Theme, qapp: QApplication) -> Iterator[None]:
    """The window's style in a theme, and back."""
    before = qapp.palette(), qapp.styleSheet()
    qapp.setPalette(theme.palette(colours))
    qapp.setStyleSheet(theme.window_style(colours))
    yield
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])


def changed(before: QImage, after: QImage) -> set[tuple[int, int]]:
    """Which pixels (x, y) of two pictures differ by the contrast that is asked for."""
    assert before.size() == after.size()
    pictures = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    width, length = before.width(), pictures[0].bytesPerLine()
    one, other = (bytes(picture.constBits()) for picture in pictures)
    known: dict[tuple[bytes, bytes], bool] = {}
    found = set()
    for y in range(before.height()):
        here, there = (every[y * length : y * length + 4 * width] for every in (one, other))
        if here == there:
            continue
        for x in range(width):
            pair = here[4 * x : 4 * x + 3], there[4 * x : 4 * x + 3]  # blue, green, red
            if pair[0] != pair[1]:
                if pair not in known:
                    known[pair] = contrast(*(f"#{colour[::-1].hex()}" for colour in pair)) >= LEAST
                if known[pair]:
                    found.add((x, y))
    return found


def is_seen(before: QImage, after: QImage) -> bool:
    """Is there a changed stretch that is THICK both ways, and as much of it as a frame around 20 × 20 pixels has?"""
    found = changed(before, after)
    around = [(right, down) for right in range(THICK) for down in range(THICK)]
    return sum(all((x + right, y + down) in found for right, down in around) for x, y in found) >= 4 * 20


def _stops(colours: Theme) -> list[QWidget]:
    chip, on = Chip("Chip", colours), Chip("Chip that is on", colours)
    on.setChecked(True)
    for one in (chip, on):
        one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    link = LinkLabel()
    link.setText('Here is <a href="there">a link that leads away</a>.')
    default = QPushButton("The usual answer")
    default.setDefault(True)
    named = QPushButton("Like a link")
    named.setObjectName("link")
    tool = QToolButton()
    tool.setText("Tool")
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    combo = QComboBox()
    combo.addItems(["one", "two"])
    rows, kinds, tree = QListWidget(), QListWidget(), QTreeWidget()
    kinds.setObjectName("kinds")
    for one_list in (rows, kinds):
        one_list.addItems(["one", "two"])
        one_list.setCurrentRow(0)
    item = QTreeWidgetItem(["one"])
    tree.addTopLevelItem(item)
    tree.setCurrentItem(item)
    tabs = QTabBar()
    tabs.addTab("One")
    tabs.addTab("Two")
    ticked = QCheckBox("Ticked")
    ticked.setChecked(True)
    buttons: list[QWidget] = [
        QPushButton("Button"),
        default,
        named,
        tool,
        QCheckBox("Box"),
        ticked,
        QRadioButton("One"),
    ]
    fields: list[QWidget] = [QLineEdit("words"), QPlainTextEdit("words"), combo, QSpinBox(), QDateEdit(), QTimeEdit()]
    return [*buttons, *fields, rows, kinds, tree, tabs, chip, on, link]


@THEMES
@pytest.mark.usefixtures("themed")
def test_every_kind_of_control_shows_that_it_has_the_keyboard(colours: Theme, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    across = QHBoxLayout(dialog)
    columns = [QVBoxLayout(), QVBoxLayout()]
    for column in columns:
        across.addLayout(column)
    elsewhere, stops = QPushButton("Elsewhere"), _stops(colours)
    elsewhere.setAutoDefault(False)
    for number, widget in enumerate((elsewhere, *stops)):
        columns[number % 2].addWidget(widget)
    with qtbot.waitActive(dialog):
        dialog.show()
    unseen = []
    for widget in stops:
        elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not isinstance(widget, LinkLabel):
            _take_selection_away(widget)
        if not is_seen(before, widget.grab().toImage()):
            unseen.append(f"{type(widget).__name__} {widget.objectName()} {getattr(widget, 'text', str)()}")
    assert unseen == []


def _take_selection_away(widget: QWidget) -> None:
    """Selected words in a field are no sign of the keyboard: an empty field has none."""
    fields = [widget] if isinstance(widget, QLineEdit) else widget.findChildren(QLineEdit)
    for field in fields:
        field.deselect()


@pytest.mark.parametrize("choice", [colours.name for colours in EVERY])
def test_every_stop_of_the_window_shows_that_it_has_the_keyboard(
    choice: str, open_window: OpenWindow, write: Write, qtbot: QtBot, qapp: QApplication
) -> None:
    text = "# Page\n\n## One {#one}\n\nA [link that leads](#two).\n\n## Two {#two}\n\nThe [other link](#one).\n"
    window = open_window("page#two", book=write({"page.md": text}))
    window.looks.set_colours(choice)
    window.reader.setFocus()
    unseen, kinds = [], set()
    before = window.grab().toImage()
    for _ in range(16):
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        at, after = qapp.focusWidget(), window.grab().toImage()
        assert at is not None
        box = QRect(at.mapTo(window, QPoint(0, 0)), at.size())
        kinds.add(type(at).__name__)
        if not is_seen(before.copy(box), after.copy(box)):
            unseen.append(f"{type(at).__name__} {at.objectName()} {at.accessibleName()}")
        before = after
    assert unseen == []
    assert kinds >= {"Reader", "PathBar", "QToolButton", "SearchField", "ContentsPanel"}


@pytest.mark.parametrize("choice", ["light", "white_on_black"])
def test_every_stop_of_every_other_window_shows_that_it_has_the_keyboard(
    choice: str, open_window: OpenWindow, qtbot: QtBot
) -> None:
    main = open_window("statement#r3")
    main.looks.set_colours(choice)
    unseen = []
    for name, window in every_window(main):
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for at in window.findChildren(QWidget):
            if not _is_stop(at, window):
                continue
            at.setFocus(Qt.FocusReason.TabFocusReason)
            _take_selection_away(at)
            after = at.grab().toImage()
            at.clearFocus()
            if not is_seen(at.grab().toImage(), after):
                unseen.append(f"{name}: {type(at).__name__} {at.objectName()} {at.accessibleName()}")
        if isinstance(window, QDialog):
            window.done(0)
        window.close()
    assert "\n".join(unseen) == ""


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    """Does Tab lead to a widget of a window?"""
    if isinstance(widget.parentWidget(), QAbstractSpinBox):  # a part of a field that is a stop itself
        return False
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled() and widget.window() is window


def test_enter_does_what_it_did_when_the_keyboard_has_been_on_another_button(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """Qt forgets which button Enter means where it was told before the button was in its dialog: it closed one then."""
    wrong: list[str] = []
    for name, window in every_window(open_window("statement#r2")):
        if isinstance(window, QDialog):
            window.show()
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
            buttons = [one for one in window.findChildren(QPushButton) if one.isVisible()]
            fields = [
                one
                for one in window.findChildren(QWidget)
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not isinstance(one, QPushButton)
            ]
            for field in fields[:1]:
                field.setFocus()
                first = [one.text() for one in buttons if one.isDefault()]
                for button in buttons:
                    button.setFocus()
                    field.setFocus()
                    if [one.text() for one in buttons if one.isDefault()] != first:
                        wrong.append(f"{name}: {first}, after {button.text()} another")
        window.close()
    assert wrong == []


@pytest.mark.parametrize("room", [10_000, 1], ids=["beside each other", "below each other"])
def test_tab_goes_to_every_button_of_a_question_in_their_order(
    room: int, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "_QUESTION", 1)
    monkeypatch.setattr(theme, "question_width", lambda _: room)
    wrong: list[str] = []

    def look(name: str, box: QMessageBox) -> None:
        box.activateWindow()
        qtbot.waitUntil(box.isActiveWindow)
        buttons = sorted(box.buttons(), key=lambda one: (one.y(), one.x()))
        assert len({one.y() for one in buttons}) == (1 if room > 1 else len(buttons))
        buttons[0].setFocus()
        visited = []
        for _ in buttons:
            visited.append(box.focusWidget())
            qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
        if visited != buttons or box.focusWidget() is not buttons[0]:
            wrong.append(f"{name}: {[one.text() for one in visited if isinstance(one, QPushButton)]}")

    for name, ask in every_question(open_window("statement#r2")):
        assert boxes_asked(ask, partial(look, name)) == 1, name
    assert wrong == []


def _active(inside: Sequence[QWidget], qtbot: QtBot) -> QDialog:
    """A dialog with the keyboard, with some widgets below each other."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    for widget in inside:
        column.addWidget(widget)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@THEMES
@pytest.mark.usefixtures("themed")
def test_nothing_of_the_systems_own_look_is_drawn_where_tab_has_led(colours: Theme, qtbot: QtBot) -> None:
    """Qt's style draws a frame of its own in what Tab has led to, beside the one that the theme draws."""
    stops = _stops(colours)
    dialog = _active(stops, qtbot)
    twice: list[str] = []
    for stop in stops:
        pictures = []
        for by_key in (False, True):
            dialog.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_key)
            stop.setFocus()
            pictures.append(stop.grab().toImage())
        if pictures[0] != pictures[1]:
            twice.append(f"{type(stop).__name__} {stop.objectName()}")
    assert twice == []


@THEMES
@pytest.mark.usefixtures("themed")
def test_the_words_of_a_button_stay_in_their_place_when_it_gets_the_keyboard(colours: Theme, qtbot: QtBot) -> None:
    elsewhere, plain, start = QLineEdit(), QPushButton("Half a day"), QPushButton("Half a day")
    start.setObjectName("start")
    _dialog = _active([plain, start, elsewhere], qtbot)  # held: it owns what is in it

    def place(button: QPushButton) -> QRect:
        option = QStyleOptionButton()
        button.initStyleOption(option)
        return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)

    for button in (plain, start):
        elsewhere.setFocus()
        before = place(button)
        button.setFocus()
        assert place(button) == before, button.objectName()
