"""Actions, menus and buttons, made from the table of commands.

Belongs here: turning commands.py into what Qt shows. Not here: what a command does (window/)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QActionGroup, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton

from handbook.base.catalogue import tr
from handbook.ui.commands import COMMANDS, MENUS, Command
from handbook.ui.widgets.more_menus import MoreMenus

NAMED = 32  # average letters of a title in a menu entry


def make_actions(window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action for each command, with its keys, in the window's menus; `handlers` do what each says."""
    # Made before they are added: addMenu(text) hands one back, and wrapping that takes its time.
    menus = {name: QMenu(tr(label), window) for name, label in MENUS}
    for menu in menus.values():
        menu.setToolTipsVisible(True)  # they show a shortened title in full
        window.menuBar().addMenu(menu)
    MoreMenus(window.menuBar())
    colours = QActionGroup(window)
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = actions[command.name] = _action(window, command, handlers[command.name])
        if command.separator:
            menus[command.menu].addSeparator()
        menus[command.menu].addAction(action)
        if command.name.startswith("colours_"):
            colours.addAction(action)
    return actions


def _action(window: QMainWindow, command: Command, handler: Callable[[], object]) -> QAction:
    action = QAction(window)
    action.setText(command.label)
    action.setObjectName(command.name)
    action.setCheckable(command.checkable)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    if command.name == "quit":
        action.setMenuRole(QAction.MenuRole.QuitRole)
    action.triggered.connect(lambda *_: _carry_out(handler))
    window.addAction(action)
    return action


def _carry_out(handler: Callable[[], object]) -> None:
    """Carry a command out; for a screen reader, which waits for an answer, when that has been given.

    A command that opens a dialog comes back when the dialog is closed."""
    if QAccessible.isActive():
        QTimer.singleShot(0, handler)
    else:
        handler()


def name_target(action: QAction, label: str, title: str) -> None:
    """Put the title of what a command acts on into its menu entry. label: has {title} in it.

    A long title is shortened; the tooltip has the whole."""
    metrics = QFontMetrics(QGuiApplication.font())
    room = metrics.averageCharWidth() * NAMED
    shown = metrics.elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, room)
    action.setText(label.format(title=shown.replace("&", "&&")).replace("……", "…"))
    action.setToolTip(title)


def make_button(action: QAction, text: str) -> QToolButton:
    """A button of the top bar for an action, with its key in the tip."""
    button = QToolButton()
    button.setText(text)
    label = action.text().replace("&", "")
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{label} ({key})" if key else label)
    button.setAccessibleName(label)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
