"""The whole window larger: everything follows at once, and everything still fits a small screen."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handbook.base import catalogue
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.reading.second_window import SecondWindow
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.workshop.item_dialog import ItemDialog
from tests.ui.conftest import OpenWindow
from tests.ui.every_question import boxes_asked, every_question
from tests.ui.every_window import WORKSHOP, every_window

USUAL = [(1366, 768, 200), (1024, 600, 150)]
LEAST, MAIN = 24, 32  # pixels of a target: WCAG 2.2, 2.5.8, and of those that are used most


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def close(window: QWidget) -> None:
    """Close a window without questions, as its owner would."""
    if isinstance(window, QDialog):
        window.done(0)
    window.close()


# -- Only themselves ----------------------------------------------------------------------------------------


class Shown(QObject):
    """The widgets that are shown as a window while it watches the application."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.widgets.append(watched)
        return False


def test_no_part_of_a_window_is_one_for_a_moment(open_window: OpenWindow, qapp: QApplication) -> None:
    window, shown = open_window("statement"), Shown()
    qapp.installEventFilter(shown)
    windows = [made for _, made in every_window(window)]
    qapp.removeEventFilter(shown)
    assert [widget for widget in shown.widgets if not widget.isWindow()] == []
    for made in windows:
        close(made)


# -- Larger and smaller -------------------------------------------------------------------------------------


def test_everything_follows_at_once_and_comes_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    window.resize(2400, 1400)  # or the page would be too narrow for its words
    window.searching.field.setText("poverty")
    qtbot.waitUntil(lambda: bool(window.searching.hits.list.hits.hits))
    chip, hits, tree = window.searching.chips.exact, window.searching.hits.list, window.contents

    def sizes() -> tuple[float, ...]:
        return (
            window.menuBar().fontMetrics().height(),
            tree.fontMetrics().height(),
            tree.indentation(),
            hits.sizeHintForRow(1),  # the first is a card, which has more lines
            chip.sizeHint().height(),
            window.searching.field.sizeHint().height(),
            window.statusBar().height(),
            window.reader.document().defaultFont().pointSizeF(),
            QPushButton("New").fontMetrics().height(),
        )

    before = sizes()
    for _ in range(len(scale.STEPS)):
        action(window, "window_larger").trigger()
    assert window.looks.percent == 300
    QApplication.processEvents()
    grown = [round(large / usual, 1) for usual, large in zip(before, sizes(), strict=True)]
    assert min(grown) >= 2.5, grown
    assert max(grown) <= 3.6, grown
    assert window.statusBar().currentMessage() == "Window at 300 %"
    action(window, "window_usual").trigger()
    QApplication.processEvents()
    assert sizes() == before


def test_with_shift_the_same_key_is_for_the_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for key, modifiers, sizes in (
        (Qt.Key.Key_Equal, control, (100, 14)),
        (Qt.Key.Key_Plus, control | shift, (110, 14)),
        (Qt.Key.Key_Minus, control | shift, (100, 14)),
    ):
        qtbot.keyClick(window.reader, key, modifiers)
        assert (window.looks.percent, window.looks.points) == sizes


def test_the_size_is_kept_and_the_texts_own_size_beside_it(open_window: OpenWindow) -> None:
    window = open_window("statement")
    window.look_commands.zoom(2)
    window.look_commands.zoom_window(1)
    window.look_commands.zoom_window(1)
    assert (window.looks.percent, window.looks.points) == (125, 15)
    assert window.reader.points == round(15 * 1.25)
    window.close()
    assert window.store.read(settings.WINDOW_SIZE) == 125
    assert window.store.read(settings.TEXT_SIZE) == 15
    again = open_window("statement")
    assert (again.looks.percent, again.reader.points) == (125, round(15 * 1.25))


@pytest.mark.parametrize(
    ("platform", "points", "percent"),
    [("linux", 11, 100), ("linux", 9, 100), ("linux", 16.5, 150), ("win32", 9, 100), ("win32", 18, 200),
     ("win32", 90, 300), ("darwin", 13, 100), ("linux", -1, 100)],
)  # fmt: skip
def test_a_first_start_has_the_size_of_the_systems_letters(platform: str, points: float, percent: int) -> None:
    font = QFont("Sans")
    if points > 0:
        font.setPointSizeF(points)
    else:
        font.setPixelSize(40)
    assert scale.of_system(font, platform) == percent


def test_steps_end_at_both_ends() -> None:
    assert scale.step(300, 1) == 300
    assert scale.step(100, -1) == 100
    assert scale.step(137, 1) == 150  # whatever the settings file says
    assert scale.step(137, -1) == 125
    assert scale.step(250, 0) == 100


# -- Small screens -------------------------------------------------------------------------------------------


def _buttons(window: QWidget) -> list[QAbstractButton]:
    """The buttons that a window must always show: those at its foot, outside what scrolls."""
    found: list[QAbstractButton] = []
    for button in window.findChildren(QPushButton):
        above: QWidget | None = button
        while above is not None and above is not window and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is window and button.isVisible():
            found.append(button)
    return found


@pytest.mark.parametrize(("width", "height", "percent"), [*USUAL, (1366, 768, 300)])
def test_every_window_fits_a_small_screen_with_its_buttons_in_sight(
    width: int, height: int, percent: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    main = open_window("statement#r2")
    main.looks.set_percent(percent)
    room = QSize(width - geometry.FRAME, height - geometry.TITLE)
    unfit = []
    for name, window in every_window(main):
        window.show()
        qtbot.waitExposed(window)
        window.resize(min(window.width(), room.width()), min(window.height(), room.height()))
        QApplication.processEvents()
        if window.width() > room.width() or window.height() > room.height():
            unfit.append(f"{name}: {window.size().toTuple()}, {window.minimumSizeHint().toTuple()}")
        inside = window.rect()
        for button in _buttons(window):
            box = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
            if not inside.contains(box) or button.height() < 0.95 * button.minimumSizeHint().height():
                unfit.append(f"{name}: {button.text()} at {box.getRect()} of {inside.size().toTuple()}")
        close(window)
    assert "\n".join(unfit) == ""
    main.resize(room)
    QApplication.processEvents()
    assert main.width() <= room.width()
    assert main.height() <= room.height()
    assert main.reader.viewport().height() > height // 4
    assert main.searching.field.width() > scale.px(150)  # and words fit into the field


@pytest.mark.parametrize(("width", "height", "percent"), [*USUAL, (1366, 768, 300), (1024, 600, 300)])
@pytest.mark.parametrize("query", ["poverty", "traficking", "handel ludźmi", "qqqq"])
def test_the_window_fits_a_small_screen_with_hits_and_whatever_is_said_of_them(
    width: int, height: int, percent: int, query: str, open_window: OpenWindow, qtbot: QtBot
) -> None:
    main = open_window("statement#r2")
    main.looks.set_percent(percent)
    room = QSize(width - geometry.FRAME, height - geometry.TITLE)
    main.resize(room)
    main.searching.field.setFocus()
    main.searching.field.setText(query)
    qtbot.waitUntil(lambda: main.searching.hits.spoken != "" and not main.searching.waiting)
    QApplication.processEvents()
    assert main.width() <= room.width()
    assert main.height() <= room.height()


def test_in_large_letters_on_the_smallest_screen_there_is_room_for_a_hit(open_window: OpenWindow, qtbot: QtBot) -> None:
    """The chips took three rows: of the list one line was left."""
    catalogue.use(catalogue.of("mk"), "mk")
    main = open_window("statement#r2")
    main.looks.set_percent(200)
    main.resize(1024 - geometry.FRAME, 600 - geometry.TITLE)
    main.searching.field.setFocus()
    main.searching.field.setText("poverty")
    qtbot.waitUntil(lambda: main.searching.hits.spoken != "" and not main.searching.waiting)
    hits = main.searching.hits.list
    QApplication.processEvents()
    assert hits.viewport().height() >= 5 * hits.fontMetrics().lineSpacing()  # its title, its path, its words


def _boxes_of_buttons(inside: QWidget) -> list[QRect]:
    """Where the buttons that are shown are."""
    buttons = [button for button in inside.findChildren(QPushButton) if button.isVisible()]
    return [QRect(button.mapTo(inside, QPoint(0, 0)), button.size()) for button in buttons]


def test_the_window_fits_the_smallest_screen_with_a_notice_beside_the_workshop(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.use(catalogue.of("mk"), "mk")
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 600))
    main = open_window("statement#r2")
    main.looks.set_percent(200)
    room = QSize(1024 - geometry.FRAME, 600 - geometry.TITLE)
    main.resize(room)
    action(main, "workshop_add").trigger()
    qtbot.waitUntil(main.workshop.controller.panel.items.isVisible)
    main.workshop.controller.panel.say_paper(
        "24 participants: 24 × 5 sheets, 5 sheets for the trainer, 3 sheets of cards"
    )
    said = "The program ended before the workshop was saved. The workshop is here as it was: save it, or begin anew."
    main.notice.show_notice("The run was not ended.", "Працягнуць правядзенне", lambda: None, ("Забыць", lambda: None))
    for _ in range(2):  # the window's own size follows that of what is in it
        QApplication.processEvents()
    assert main.width() <= room.width()
    assert main.height() <= room.height()
    assert all(main.notice.rect().contains(one) for one in _boxes_of_buttons(main.notice))
    main.notice.withdraw("The run was not ended.")
    main.notice.show_notice(said)
    QApplication.processEvents()
    QApplication.processEvents()
    main.searching.field.setFocus()
    QApplication.processEvents()
    QApplication.processEvents()  # the window's own size follows that of what is in it
    assert main.notice.isVisible()
    assert main.width() <= room.width()
    assert main.height() <= room.height()
    words = main.notice.label
    last = QPoint(0, words.height() - 1)
    assert not words.visibleRegion().contains(last)
    close_notice = next(button for button in main.notice.findChildren(QPushButton) if button.isVisible())
    for _ in range(10):
        qtbot.keyClick(close_notice, Qt.Key.Key_PageDown)
    assert words.visibleRegion().contains(last)


def test_a_menu_that_is_higher_than_the_screen_scrolls(open_window: OpenWindow, qtbot: QtBot) -> None:
    """In several columns it was wider than a small screen, and what stood in the last could not be seen."""
    main = open_window("statement")
    main.looks.set_percent(300)
    menu = action(main, "full_screen").associatedObjects()
    (view,) = [one for one in menu if isinstance(one, QMenu)]
    view.popup(QPoint(0, 0))
    qtbot.waitExposed(view)
    commands = [one for one in view.actions() if one.isVisible()]
    assert sum(view.actionGeometry(one).height() for one in commands) > view.screen().availableSize().height()
    assert len({view.actionGeometry(one).x() for one in commands}) == 1
    view.close()


@pytest.mark.parametrize("height", [460, 768])
@pytest.mark.parametrize("language", ["en", "bg", "nl", "uk"])
def test_no_dialog_of_usual_size_scrolls_sideways(
    height: int, language: str, open_window: OpenWindow, qtbot: QtBot
) -> None:
    catalogue.use(catalogue.of(language), language)
    main = open_window("statement#r3")
    sideways = []
    for name, window in every_window(main):
        window.show()
        qtbot.waitExposed(window)
        window.resize(window.width(), min(window.height(), height))  # where it is low, it scrolls up and down
        QApplication.processEvents()
        sideways += [
            f"{name}: {column.horizontalScrollBar().maximum()} pixels too wide"
            for column in window.findChildren(ScrollColumn)
            if column.horizontalScrollBar().maximum()
        ]
        close(window)
    assert sideways == []


def test_a_window_that_is_open_stays_on_the_screen_when_the_letters_grow(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QRect(0, 0, 1366, 768)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: room.size())
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: room)
    main = open_window("statement")
    beside = []
    for name, window in every_window(main):
        if name in ("marks", "print workshop"):
            window.show()
            qtbot.waitExposed(window)
            window.move(200, 50)
            main.looks.set_percent(300)
            QApplication.processEvents()
            if not room.contains(window.frameGeometry()):
                beside.append((name, window.frameGeometry().getRect()))
            main.looks.set_percent(100)
        close(window)
    assert beside == []


@pytest.mark.parametrize("language", ["en", "bg", "mk", "pl"])
def test_in_large_letters_on_the_smallest_screen_marks_prints_and_run_do_not_scroll_sideways(
    language: str, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.use(catalogue.of(language), language)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 600))
    main = open_window("statement")
    main.looks.set_percent(200)
    faults: list[str] = []
    for name, window in every_window(main):
        if name in ("marks", "print", "run"):
            window.show()
            qtbot.waitExposed(window)
            window.resize(1024 - geometry.FRAME, 600 - geometry.TITLE)
            QApplication.processEvents()
            faults += [
                f"{name}: {column.horizontalScrollBar().maximum()} pixels too wide"
                for column in window.findChildren(ScrollColumn)
                if column.horizontalScrollBar().maximum()
            ]
            faults += [
                f"{name}: “{button.text()}” is cut"
                for button in window.findChildren(QToolButton)
                if button.isVisible() and button.width() < button.sizeHint().width()
            ]
        close(window)
    assert faults == []


@pytest.mark.parametrize(("width", "height", "percent"), [*USUAL, (1366, 768, 300), (1024, 600, 300)])
def test_no_word_of_the_statement_is_broken(width: int, height: int, percent: int, open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    window.looks.set_percent(percent)
    window.resize(width - geometry.FRAME, height - geometry.TITLE)
    QApplication.processEvents()
    assert _broken(window) == []
    window.resize(QSize(640, 480))
    window.looks.set_percent(100)
    QApplication.processEvents()
    assert _broken(window) == []


def _broken(window: MainWindow) -> list[str]:
    """Words of the page that go on in the next line."""
    found = []
    window.reader.document().size()  # lays the page out to its end
    block = window.reader.document().begin()
    while block.isValid():
        text, layout = block.text(), block.layout()
        for number in range(layout.lineCount() - 1):
            end = layout.lineAt(number).textStart() + layout.lineAt(number).textLength()
            if text[end - 1 : end].isalpha() and text[end : end + 1].isalpha():
                found.append(text[max(0, end - 15) : end + 15])
        block = block.next()
    return found


def test_links_of_the_margin_go_under_the_text_when_it_is_narrow(open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    window.resize(1300, 700)
    QApplication.processEvents()

    def beside() -> tuple[float, float]:
        """Where the first link of the margin begins, and the words before it."""
        document = window.reader.document()
        block = document.begin()
        while not block.begin().fragment().charFormat().anchorHref().startswith("beside:"):
            block = block.next()
        boxes = [document.documentLayout().blockBoundingRect(one) for one in (block, block.previous())]
        return boxes[0].left(), boxes[1].left()

    link, words = beside()
    assert link > words + 200
    text = window.reader.toPlainText().split()
    window.look_commands.zoom_window(1)
    for _ in range(4):
        window.look_commands.zoom_window(1)
    QApplication.processEvents()
    link, words = beside()
    assert abs(link - words) < 40
    assert window.reader.toPlainText().split() == text
    window.look_commands.zoom_window(0)
    QApplication.processEvents()
    link, words = beside()
    assert link > words + 200


# -- Targets ------------------------------------------------------------------------------------------------


def test_what_can_be_clicked_is_large_enough(open_window: OpenWindow, qtbot: QtBot) -> None:
    main = open_window("statement#r2")
    main.searching.field.setFocus()
    main.searching.field.setText("poverty")
    qtbot.waitUntil(lambda: bool(main.searching.hits.list.hits.hits))
    small = _small(main, "main")
    cross = main.searching.field.cross
    assert cross is not None
    assert main.searching.field.rect().contains(cross.geometry())
    for name, window in every_window(main):
        window.show()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        small += _small(window, name)
        close(window)
    assert small == []
    for row in (main.contents.sizeHintForRow(0), main.searching.hits.list.sizeHintForRow(0)):
        assert row >= LEAST
    bar = main.findChild(QWidget, "topBar")
    assert bar is not None
    for target in (main.searching.field, *bar.findChildren(QToolButton)):
        if target.parentWidget() is bar and target.isVisible():
            assert target.height() >= MAIN, target.accessibleName()


def _small(window: QWidget, name: str) -> list[str]:
    """Targets that are too small."""
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    found = []
    for target in window.findChildren(QWidget):
        if not isinstance(target, kinds) or not target.isVisible() or target.window() is not window:
            continue
        if isinstance(target.parentWidget(), (QComboBox, QAbstractSpinBox)):
            continue  # a part of the field around it, which is looked at below
        if min(target.width(), target.height()) < LEAST:
            found.append(f"{name}: {type(target).__name__} {target.accessibleName()} {target.size().toTuple()}")
        elif _is_main(target) and target.height() < MAIN:
            found.append(f"{name}: {type(target).__name__} {target.accessibleName()} is a main one, {target.height()}")
    return found


@pytest.mark.parametrize("percent", [100, 300])
def test_arrows_of_numbers_and_scroll_bars_can_be_hit(percent: int, open_window: OpenWindow, qtbot: QtBot) -> None:
    main = open_window("statement#r2")
    main.looks.set_percent(percent)
    dialog = ItemDialog(main.handbook, WORKSHOP, WORKSHOP.items[0], main)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    fields = dialog.findChildren(QAbstractSpinBox)
    assert fields
    for field in fields:
        option = QStyleOptionSpinBox()
        field.initStyleOption(option)
        parts = [
            field.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, field)
            for part in (QStyle.SubControl.SC_SpinBoxUp, QStyle.SubControl.SC_SpinBoxDown)
        ]
        words = field.findChild(QLineEdit)
        assert not parts[0].intersects(parts[1])
        for part in parts:
            assert min(part.width(), part.height()) >= LEAST
            assert field.rect().contains(part)
            assert not part.intersects(words.geometry())
    for bar in (main.reader.verticalScrollBar(), main.contents.verticalScrollBar()):
        assert bar.sizeHint().width() >= LEAST


def _is_main(target: QWidget) -> bool:
    """The buttons at the foot of a dialog are those that are used most."""
    return isinstance(target, QPushButton) and isinstance(target.parentWidget(), QDialogButtonBox)


# -- The smallest screen with the largest letters -----------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl", "uk"])
def test_on_the_smallest_screen_with_the_largest_letters_nothing_is_cut(
    language: str, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1024 × 600 at 300 %: every window scrolls where it must, and what is in it is whole."""
    catalogue.use(catalogue.of(language), language)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 600))
    main = open_window("statement#r3")
    main.looks.set_percent(300)
    room = QSize(1024 - geometry.FRAME, 600 - geometry.TITLE)
    main.resize(room)
    QApplication.processEvents()
    assert main.size() == room
    faults: list[str] = []
    for name, window in every_window(main):
        window.show()
        qtbot.waitExposed(window)
        window.resize(min(window.width(), room.width()), min(window.height(), room.height()))
        QApplication.processEvents()
        if not isinstance(window, (SecondWindow, QMessageBox)):  # Qt lays out questions itself, for the real screen
            if window.width() > room.width() or window.height() > room.height():
                faults.append(f"{name}: {window.size().toTuple()}")
            faults += [f"{name}: {fault}" for fault in _cut(window)]
        close(window)
    assert "\n".join(faults) == ""


@pytest.mark.parametrize("language", ["mk", "pl", "ru"])
def test_on_a_small_screen_with_large_letters_no_dialog_scrolls_sideways(
    language: str, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1024 × 600 at 200 %: long labels stand above their fields."""
    catalogue.use(catalogue.of(language), language)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 600))
    main = open_window("statement#r3")
    main.looks.set_percent(200)
    faults: list[str] = []
    for name, window in every_window(main):
        window.show()
        window.resize(min(window.width(), 1024 - geometry.FRAME), min(window.height(), 600 - geometry.TITLE))
        QApplication.processEvents()
        beyond = [one.horizontalScrollBar().maximum() for one in window.findChildren(ScrollColumn)]
        faults += [f"{name}: {pixels}" for pixels in beyond if pixels]
        close(window)
    assert faults == []


@pytest.mark.parametrize("percent", [100, 200, 300])
@pytest.mark.parametrize("language", ["en", "nl", "uk"])
def test_no_question_is_cut_or_larger_than_the_smallest_screen(
    language: str, percent: int, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.use(catalogue.of(language), language)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 600))
    main = open_window("statement#r3")
    main.looks.set_percent(percent)
    faults: list[str] = []

    def look(name: str, box: QMessageBox) -> None:
        QApplication.processEvents()
        if box.width() > 1024 - geometry.FRAME or box.height() > 600 - geometry.TITLE:
            faults.append(f"{name}: {box.size().toTuple()}")
        faults.extend(
            f"{name}: “{button.text()}” has {button.width()} of {button.sizeHint().width()} pixels"
            for button in box.buttons()
            if button.width() < button.sizeHint().width()
        )
        # The offscreen platform's own screen is 800 pixels wide: of the words only their height can be told.
        faults.extend(f"{name}: {one}" for one in _cut(box) if "QLabel" not in one)
        faults.extend(
            f"{name}: “{label.text()}” is cut"
            for label in box.findChildren(QLabel)
            if label.isVisible() and label.height() < label.heightForWidth(label.width())
        )

    for name, ask in every_question(main):
        assert boxes_asked(ask, partial(look, name)) == 1, name
    assert "\n".join(faults) == ""


def _cut(window: QWidget) -> list[str]:
    """Controls and words that have less room than they need, or stand where nobody can scroll to."""
    found = []
    for part in window.findChildren(QWidget):
        if not isinstance(part, (QAbstractButton, QLabel, QComboBox)) or not part.isVisible():
            continue
        if part.window() is not window or isinstance(part.parentWidget(), (QLineEdit, QComboBox, QScrollBar)):
            continue
        words = f"{type(part).__name__} “{getattr(part, 'text', part.accessibleName)()[:40]}”"
        least = part.minimumSizeHint()
        if isinstance(part, QLabel) and part.wordWrap():
            least = QSize(0, part.heightForWidth(part.width()))
        if part.width() < 0.95 * least.width() or part.height() < 0.9 * least.height():
            found.append(f"{words} has {part.size().toTuple()}, needs {least.toTuple()}")
        inside: QWidget = part
        around = part.parentWidget()
        while around is not None and inside is not window:
            scrolls = isinstance(around.parentWidget(), QScrollArea)
            if not scrolls and not around.rect().adjusted(-2, -2, 2, 2).contains(inside.geometry()):
                found.append(f"{words}: {inside.geometry().getRect()} of {around.size().toTuple()}")
                break
            inside, around = around, around.parentWidget()
    return found
