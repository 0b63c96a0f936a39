"""No text of any window is cut when it is longer than in English, and no window breaks from right to left."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import handbook.ui
from handbook.base import catalogue
from handbook.base.languages import SPOKEN
from handbook.translations import po_file
from handbook.ui.main_window import MainWindow
from handbook.ui.widgets import geometry
from handbook.ui.widgets.elided_button import ElidedButton
from tests import pseudo
from tests.ui.conftest import OpenWindow
from tests.ui.every_question import boxes_asked, every_question
from tests.ui.every_window import WORKSHOP, every_window

SCREEN = QSize(1366 - geometry.FRAME, 768 - geometry.TITLE)
MEASURED = tuple(code for code in SPOKEN if code != "en")
_COMBO, _FIELD = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
_BUTTONS = (QPushButton, QCheckBox, QRadioButton, QToolButton)


@pytest.fixture
def usual_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    catalogue.use(pseudo.translations(pseudo.backwards), "qpm")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_language_made_for_tests_keeps_what_a_translation_keeps() -> None:
    assert pseudo.long("&Save '{name}' as {n:,}…").startswith("[&Sávé '{name}' áš {n:,}…")
    assert pseudo.backwards("&No {n}") == "&Nו {n}"
    made = pseudo.translations(pseudo.long)
    text = "Could not save '{name}'."
    assert len(pseudo.long(text)) >= len(text) * 1.25
    for one in po_file.read((pseudo._POT).read_text(encoding="utf-8")):
        if one.plural is None and one.context is None:
            assert made.gettext(one.text) == pseudo.long(one.text)


def test_every_window_is_in_the_list(open_window: OpenWindow) -> None:
    listed: set[type[QWidget]] = {MainWindow}
    for _, window in every_window(open_window("statement#r2")):
        listed.add(type(window))
        _close(window)
    assert _classes() - listed == set()


@pytest.mark.usefixtures("usual_locale")
@pytest.mark.parametrize("language", ["", *MEASURED])
def test_no_text_is_wider_than_its_place_and_no_letter_means_two_controls(
    language: str, open_window: OpenWindow, qtbot: QtBot
) -> None:
    """In the longer language, and in some that the program speaks."""
    if language:
        catalogue.use(catalogue.of(language), language)
        QLocale.setDefault(QLocale(language))
    else:
        catalogue.use(pseudo.translations(pseudo.long), "qps")
    faults = []
    for name, main in _states(open_window, qtbot):
        faults += _cut(main, name, qtbot)
    for name, window in every_window(main):
        _show(window, qtbot)
        faults += _cut(window, name, qtbot) + _doubled(window, name)
        _close(window)
    for name, ask in every_question(main):

        def look(box: QMessageBox, name: str = name) -> None:
            faults.extend(_cut_now(box, name) + _doubled(box, name))

        assert boxes_asked(ask, look) == 1, name
    assert "\n".join(faults) == ""


@pytest.mark.usefixtures("from_right_to_left")
def test_every_window_can_be_turned_round(open_window: OpenWindow, qtbot: QtBot) -> None:
    straight = []
    for name, main in _states(open_window, qtbot):
        straight += _straight(main, name)
    for name, window in every_window(main):
        _show(window, qtbot)
        straight += _straight(window, name)
        _close(window)
    assert straight == []


def _classes() -> set[type[QWidget]]:
    """The windows and dialogs that the program has, in whatever module they are."""
    found: set[type[QWidget]] = set()
    for module in pkgutil.walk_packages(handbook.ui.__path__, "handbook.ui."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, (QDialog, QMainWindow)) and kind.__module__.startswith("handbook."):
                found.add(kind)
    return found


def _states(open_window: OpenWindow, qtbot: QtBot) -> Iterator[tuple[str, MainWindow]]:
    """The main window with each of its parts in sight, as large as the screen."""
    main = open_window("statement#r2")
    main.resize(SCREEN)
    yield "page", main
    find = main.findChild(QAction, "find")
    assert isinstance(find, QAction)
    main.searching.field.setText("poverty")
    main.searching.enter()
    qtbot.waitUntil(lambda: bool(main.searching.hits.list.hits.hits))
    main.notice.show_notice(
        catalogue.tr("The file of your marks could not be read. It is kept as '{name}', and a new one is begun.")
    )
    find.trigger()
    yield "hits", main
    main.workshop.show(wanted=True)
    yield "no workshop", main
    main.workshop.controller.document.open(WORKSHOP, None)
    yield "workshop", main


def _show(window: QWidget, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitExposed(window)
    window.resize(window.size().boundedTo(SCREEN))
    _settle()


def _settle() -> None:
    """Let layouts follow what they hold: a label's new height is known when its width is."""
    for _ in range(3):
        QApplication.processEvents()


def _close(window: QWidget) -> None:
    """Close a window without questions, as its owner would."""
    if isinstance(window, QDialog):
        window.done(0)
    window.close()


def _straight(window: QWidget, name: str) -> list[str]:
    """What of a window still runs from left to right; all of it is painted without a word from Qt."""
    _settle()
    assert not window.grab().isNull()
    return [] if window.isRightToLeft() else [name]


def _cut(window: QWidget, name: str, qtbot: QtBot) -> list[str]:
    """The texts of a window that have less room than they need, with every page of its tabs."""
    found = _cut_at_rest(window, name, qtbot)
    for tabs in window.findChildren(QTabWidget):
        for page in range(1, tabs.count()):
            tabs.setCurrentIndex(page)
            found += _cut_at_rest(window, f"{name}, page {page + 1}", qtbot)
    return found


def _cut_at_rest(window: QWidget, name: str, qtbot: QtBot) -> list[str]:
    """What is cut when layouts have followed: a label gets a new text from a thread, and its height after that."""
    found: list[str] = []

    def nothing() -> bool:
        found[:] = _cut_now(window, name)
        return not found

    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(nothing)
    return found


def _cut_now(window: QWidget, name: str) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or not _is_ours(widget):
            continue
        wanted = _wanted(widget)
        if wanted is None:
            continue
        if wanted.width() > widget.width() or wanted.height() > widget.height() or _leaves(widget):
            text = _text(widget)
            found.append(
                f"{name}: {type(widget).__name__} '{text}' wants {wanted.toTuple()}, has {widget.size().toTuple()}"
            )
    return found


def _doubled(window: QWidget, name: str) -> list[str]:
    """The Alt letters that stand for more than one control in sight: Alt and the letter then only walk from one to the
    other."""
    found = []
    tabs = window.findChildren(QTabWidget)
    for page in range(max((one.count() for one in tabs), default=1)):
        for one in tabs:
            one.setCurrentIndex(min(page, one.count() - 1))
        texts: dict[str, list[str]] = {}
        for widget in window.findChildren(QWidget):
            if not widget.isVisible() or widget.window() is not window:
                continue
            for text in _lettered(widget):
                letter = QKeySequence.mnemonic(text).toString().removeprefix("Alt+")
                if letter:
                    texts.setdefault(letter, []).append(text)
        found += [f"{name}: Alt+{letter} is {same}" for letter, same in texts.items() if len(same) > 1]
    return found


def _lettered(widget: QWidget) -> list[str]:
    """The texts of a control that can have a letter for Alt."""
    if isinstance(widget, QTabBar):
        return [widget.tabText(place) for place in range(widget.count())]
    if isinstance(widget, QMenuBar):
        return [action.text() for action in widget.actions()]
    if isinstance(widget, QLabel) and widget.buddy() is None:
        return []
    return [_text(widget)] if isinstance(widget, (QLabel, QAbstractButton, QGroupBox)) else []


def _is_ours(widget: QWidget) -> bool:
    """Qt's own small parts of a field or a bar have no text of ours."""
    return not isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox, QTabBar, QMenuBar))


def _text(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return widget.title() if isinstance(widget, QGroupBox) else widget.accessibleName()


def _wanted(widget: QWidget) -> QSize | None:
    """The room that a text needs, None for what has no text."""
    if isinstance(widget, QLabel):
        wrapped = QSize(0, widget.heightForWidth(widget.width()))
        return (wrapped if widget.wordWrap() else widget.sizeHint()) if widget.text() else None
    if widget.objectName() == "cross":  # Qt adds room for an icon; the sign itself has some
        return QSize(widget.fontMetrics().horizontalAdvance("×"), 0)
    if isinstance(widget, ElidedButton):
        return QSize(0, widget.sizeHint().height())  # it shortens its lines by itself, and its tooltip has them whole
    if isinstance(widget, _BUTTONS):
        text = QSize(widget.sizeHint().width(), len(widget.text().split("\n")) * widget.fontMetrics().height())
        return text if widget.text() and _shows_text(widget) else None
    if isinstance(widget, QDateEdit):
        field = widget.findChild(QLineEdit)
        around = widget.width() - field.width()
        return QSize(widget.fontMetrics().horizontalAdvance(widget.text()) + around, 0)
    if isinstance(widget, QLineEdit):
        hint = widget.placeholderText()
        whole_elsewhere = not hint or widget.toolTip() == hint
        return None if whole_elsewhere else QSize(widget.fontMetrics().horizontalAdvance(hint), 0)
    if isinstance(widget, QComboBox):
        return QSize(max(widget.sizeHint().width(), _chosen(widget)), 0)
    least = widget.minimumSizeHint() if isinstance(widget, QGroupBox) else widget.sizeHint()
    return QSize(least.width(), 0) if isinstance(widget, (QGroupBox, QTabBar, QMenuBar)) else None


def _chosen(box: QComboBox) -> int:
    """The width that a box needs for what is chosen in it, whatever the longest of its entries is."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    around = box.width() - box.style().subControlRect(_COMBO, option, _FIELD, box).width()
    return box.fontMetrics().horizontalAdvance(box.currentText()) + around


def _shows_text(button: QAbstractButton) -> bool:
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return not (
        isinstance(button, QToolButton) and button.toolButtonStyle() == icon_only and not button.icon().isNull()
    )


def _leaves(widget: QWidget) -> bool:
    """Does it reach over the side of what it lies in? What is below scrolls into sight, what is beside it does not."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        left = widget.mapTo(above, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > above.width():
            return True
        above = above.parentWidget()
    return False
