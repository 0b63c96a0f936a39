"""Shortcuts on a keyboard that has no Latin letters: the key where C stands copies, whatever is written on it.

Alt with the key where F stands opens the menu whose F is underlined.

Belongs here: which Latin letter stands where, and handing such a key on. Not here: which keys do what (commands.py).

With a Latin layout beside the other one, Qt finds the letter by itself; on X11 with a Cyrillic layout alone it has
nothing to look it up in, and Ctrl with a letter does nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QWidget,
)

# Of the first key in each row of letters: the number that PC keyboards send, and Linux too.
_ROWS = {16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
_LATIN = {first + at: letter for first, row in _ROWS.items() for at, letter in enumerate(row)}
_OFFSET = {"xcb": 8, "wayland": 8}  # X counts its keys from 8
_HEARD = "letters_by_position"  # said of a menu bar whose menus are listened to
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def latin_letter(event: QKeyEvent, platform: str) -> str:
    """The Latin letter at the place of a key that types another script's letter; "" for any other key."""
    if not 0x250 <= event.key() < 0x0100_0000:  # below are the Latin letters, above the keys without one
        return ""
    return _LATIN.get(event.nativeScanCode() - _OFFSET.get(platform, 0), "")


class KeyPositions(QObject):
    """Listens to whatever has the keyboard, and gives it the Latin letter where a shortcut is meant.

    Only to that, and not to the application: Python would be asked about every event of every widget."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._platform = QGuiApplication.platformName()
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
            bar = _menu_bar(new)
            if bar is not None and not bar.property(_HEARD):
                bar.setProperty(_HEARD, True)
                for menu in bar.findChildren(QMenu) + bar.window().findChildren(QMenu):
                    menu.installEventFilter(self)  # an open one has the keyboard, and is told of no change of it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: True when a key was handed on as another."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        letter = latin_letter(event, self._platform)
        if letter and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            return _press_underlined(watched, letter)
        if letter and isinstance(watched, QMenu) and not event.modifiers():
            if any(_has_letter(action.text(), event.text()) for action in watched.actions()):
                return False  # the menu is in a language with such letters
            QApplication.sendEvent(
                watched, QKeyEvent(QEvent.Type.KeyPress, ord(letter), event.modifiers(), letter.lower())
            )
            return True
        if not letter or event.modifiers() & ~_HELD or not _is_command(event, watched):
            return False
        modifiers = event.modifiers()
        wanted = QKeyEvent(QEvent.Type.ShortcutOverride, ord(letter), modifiers)
        wanted.ignore()
        QApplication.sendEvent(watched, wanted)  # a field has uses of its own for some, which come first
        for trigger in () if wanted.isAccepted() else _shortcuts(watched, _sequence(letter, modifiers)):
            if isinstance(trigger, QAction):
                trigger.trigger()
            else:
                trigger.activated.emit()
            return True
        text = letter.lower() if not modifiers else ""
        QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, ord(letter), modifiers, text))
        return True


def _menu_bar(widget: QWidget) -> QMenuBar | None:
    window = widget.window()
    return window.menuBar() if isinstance(window, QMainWindow) else None


def _has_letter(text: str, letter: str) -> bool:
    """Is a letter the underlined one of a text?"""
    return bool(letter) and QKeySequence.mnemonic(text) == QKeySequence(f"Alt+{letter.upper()}")


def _press_underlined(widget: QWidget, letter: str) -> bool:
    """Open the menu, press the button or go to the field whose underlined letter it is; False where there is none."""
    bar = _menu_bar(widget)
    for action in bar.actions() if bar is not None else ():
        if _has_letter(action.text(), letter) and action.isVisible() and action.isEnabled():
            assert bar is not None  # noqa: S101 - it has the action
            bar.setActiveAction(action)
            return True
    window = widget.window()
    for button in window.findChildren(QAbstractButton):
        if _has_letter(button.text(), letter) and button.isVisible() and button.isEnabled():
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.animateClick()
            return True
    for label in window.findChildren(QLabel):
        buddy: QWidget | None = label.buddy()
        if buddy is not None and _has_letter(label.text(), letter) and label.isVisible() and buddy.isEnabled():
            buddy.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False


def _sequence(letter: str, modifiers: Qt.KeyboardModifier) -> QKeySequence:
    return QKeySequence(modifiers.value | ord(letter))


def _is_command(event: QKeyEvent, widget: QWidget) -> bool:
    """Is a key no letter to be written, or looked for in a list?"""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return True
    written = widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    return not written and not isinstance(widget, QAbstractItemView)


def _shortcuts(widget: QWidget, keys: QKeySequence) -> list[QAction | QShortcut]:
    """What the keys do while a widget has the keyboard, what is nearest to it first."""
    near, window = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WindowShortcut
    found: list[QAction | QShortcut] = []
    at: QWidget | None = widget
    while at is not None:
        for shortcut in at.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            usable = shortcut.isEnabled() and (at is widget or shortcut.context() != near)
            if usable and _has(shortcut, keys):
                found.append(shortcut)
        found += [action for action in at.actions() if action.isEnabled() and keys in action.shortcuts()]
        at = None if at.isWindow() else at.parentWidget()
    for shortcut in widget.window().findChildren(QShortcut):  # of other parts of the same window
        if shortcut.context() == window and shortcut.isEnabled() and _has(shortcut, keys) and shortcut not in found:
            found.append(shortcut)
    return found


def _has(shortcut: QShortcut, keys: QKeySequence) -> bool:
    every: list[QKeySequence] = shortcut.keys()
    return keys in every
