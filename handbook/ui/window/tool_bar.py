"""The row above the page: buttons with a drawing and a word at the left and the right of the search field.

Belongs here: which commands have a button, in which order, where the words stand, and for which there is room.
Not here: what a command does (window/), how a drawing is painted (widgets/tool_icons.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QToolButton, QWidget

from handbook.base.catalogue import tr
from handbook.ui import settings
from handbook.ui.widgets import scale
from handbook.ui.widgets.colours import Theme
from handbook.ui.widgets.tool_icons import tool_icon
from handbook.ui.window.menus import make_button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

SIDE = 18  # pixels of a drawing, in a window of the usual size
GAP, WIDER_GAP = 4, 6  # pixels between buttons, and around the field
FIELD = 180  # pixels that the field has at least
_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
_WORDS = {  # where the words stand, by the setting
    "beside": Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    "below": Qt.ToolButtonStyle.ToolButtonTextUnderIcon,
    "none": _ONLY,
}
_BARE = ("back", "forward")  # their arrows say it
# What goes first where there is no room for all: each is in a menu and has a key of its own.
_GO_FIRST = ("smaller", "larger", "run", "marks", "show", "contents", "forward", "workshop", "print", "start_page")


class ToolBar(QWidget):
    """The buttons, around a field. Where there is no room for the words, the drawings stand alone.

    Where there is none for all drawings, some are away: the field is what is used most."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._buttons: dict[str, QToolButton] = {}
        self._words = _WORDS["beside"]
        self._wide = self._narrow = self._least = 0  # pixels that the row takes: with words, without, with one button
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        # A row with words may be made narrower than it is: then it has none.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, actions: Mapping[str, QAction], theme: Theme) -> None:
        """Make the buttons, once."""
        left = (
            # Translators: button: show or hide the list of parts and chapters
            ("contents", tr("Contents")),
            ("back", "←"),
            ("forward", "→"),
            # Translators: button: to the start page
            ("start_page", tr("Start")),
        )
        right = (
            ("smaller", "A−"),
            ("larger", "A+"),
            # Translators: button: the list of the person's bookmarks, highlights and notes
            ("marks", tr("Marks")),
            # Translators: button: the panel with the workshop
            ("workshop", tr("Workshop")),
            # Translators: button: lead through the workshop by the clock
            ("run", tr("Run")),
            # Translators: button: show what is read to the room, on a projector
            ("show", tr("Show")),
            # Translators: button: print what is read
            ("print", tr("Print…")),
        )
        for name, text in left:
            self._add(name, actions[name], text)
        self._row.addSpacing(WIDER_GAP)
        self._row.addWidget(self._field, 1)
        self._row.addSpacing(WIDER_GAP)
        for name, text in right:
            self._add(name, actions[name], text)
        self.restyle(theme)

    def _add(self, name: str, action: QAction, text: str) -> None:
        self._buttons[name] = button = make_button(action, text)
        if action.isCheckable():
            button.setCheckable(True)
            button.setChecked(action.isChecked())
            action.toggled.connect(button.setChecked)
        self._row.addWidget(button)

    def put_words(self, where: str) -> None:
        """Have the words beside the drawings, below them, or none: a value of settings.TOOL_WORDS."""
        self._words = _WORDS[where]
        if self._buttons:
            self._measure()
            self._fit()

    def restyle(self, theme: Theme) -> None:
        """Take other colours, and the size of the window's letters."""
        side = scale.px(SIDE)
        for name, button in self._buttons.items():
            icon = tool_icon(name, theme, side)
            button.setIcon(icon)
            button.setIconSize(QSize(side, side))
        self._measure()
        self._fit()

    def _measure(self) -> None:
        self._set_words(shown=True)
        buttons = list(self._buttons.values())
        gaps = GAP * (len(buttons) + 2) + 2 * WIDER_GAP
        self._wide = sum(one.sizeHint().width() for one in buttons) + gaps + scale.px(FIELD)
        self._set_words(shown=False)
        self._narrow = sum(one.sizeHint().width() for one in buttons) + gaps + scale.px(FIELD)
        away = sum(self._takes(name) for name in _GO_FIRST)
        self._least = self._narrow - away
        self.updateGeometry()

    def _set_words(self, *, shown: bool) -> None:
        for name, button in self._buttons.items():
            if not button.icon().isNull():
                button.setToolButtonStyle(self._words if shown and name not in _BARE else _ONLY)

    def _takes(self, name: str) -> int:
        """The pixels that a button without its word takes."""
        return self._buttons[name].sizeHint().width() + GAP

    def _fit(self) -> None:
        self._set_words(shown=self.width() >= self._wide)
        missing = self._narrow - self.width()
        for name in _GO_FIRST:
            self._buttons[name].setVisible(missing <= 0)
            missing -= self._takes(name)
        self._row.invalidate()  # with words below the drawings it is higher
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room for words."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the buttons have the window's style by now, and take the room that they will have."""
        super().showEvent(event)
        self._measure()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self._row.minimumSize().height())

    def sizeHint(self) -> QSize:
        return QSize(max(self._narrow, self._wide), self._row.sizeHint().height())


class WordsMenu(QMenu):
    """Where the words of the buttons stand."""

    def __init__(self, store: settings.Store, tools: ToolBar) -> None:
        super().__init__(tools)
        self._store, self._tools = store, tools
        self.aboutToShow.connect(self._fill)
        tools.put_words(store.read(settings.TOOL_WORDS))

    def _fill(self) -> None:
        if self.actions():
            return
        group = QActionGroup(self)
        for where, text in (
            # Translators: where the words of the buttons stand
            ("beside", tr("&Words beside the drawings")),
            ("below", tr("Words be&low the drawings")),
            ("none", tr("&Drawings alone")),
        ):
            action = QAction(text, self)
            action.setCheckable(True)
            action.setChecked(self._store.read(settings.TOOL_WORDS) == where)
            action.triggered.connect(lambda _=False, where=where: self._choose(where))
            group.addAction(action)
            self.addAction(action)

    def _choose(self, where: str) -> None:
        self._store.write(settings.TOOL_WORDS, where)
        self._tools.put_words(where)
