"""How the window looks, as the person wants it: colours, the sizes of window and text, how a page is set.

Belongs here: what was chosen, keeping it, and giving it to Qt. Not here: the colours (widgets/colours.py), style sheets
(widgets/theme.py), the dialog for a page's look (reading/reading_dialog.py)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from handbook.ui import settings
from handbook.ui.widgets import geometry, scale, theme
from handbook.ui.widgets.colours import Theme, theme_for
from handbook.ui.widgets.theme import PageLook

LARGEST_SHOWN = 72  # points of the page's text, whatever two sizes make of it together
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
# Typefaces of our words and of the statement's, by the setting.
TYPEFACES = {
    "usual": (theme.SANS, theme.SERIF),
    "sans": (theme.SANS, theme.SANS),
    "serif": (theme.SERIF, theme.SERIF),
    "hyperlegible": (theme.HYPERLEGIBLE, theme.HYPERLEGIBLE),
}


def colour_frame(hints: QStyleHints, choice: str, *, dark: bool) -> None:
    """Ask Windows for a title bar as dark or light as the theme, or as the computer has it where that is chosen."""
    if sys.platform != "win32":
        return  # elsewhere the desktop draws it, and asks nobody
    if choice == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)


class Looks(QObject):
    """The looks of one window. What changes is given to Qt at once, and told by `changed`."""

    changed = Signal()

    def __init__(self, store: settings.Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self.colours: str = store.read(settings.COLOURS)
        self.points: int = store.read(settings.TEXT_SIZE)
        self.percent: int = store.read(settings.WINDOW_SIZE) or scale.of_system(QApplication.font())
        self._blinks = QApplication.cursorFlashTime()
        hints = QGuiApplication.styleHints()
        self.theme: Theme = theme_for(self.colours)
        colour_frame(hints, self.colours, dark=self.theme.dark)
        hints.colorSchemeChanged.connect(self._computer_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._computer_changed)
        scale.prepare(self.percent, self.theme)
        if isinstance(parent, QWidget):  # it was made before, and hands its typeface on to all that comes into it
            parent.setFont(QFont())

    @property
    def page_points(self) -> int:
        """The size of the page's text as it is shown: what was chosen for it, in a window of this size."""
        return max(settings.SMALLEST, min(LARGEST_SHOWN, round(self.points * self.percent / 100)))

    @property
    def page(self) -> PageLook:
        """How a page is set."""
        words, statement = TYPEFACES[self._store.read(settings.TYPEFACE)]
        if theme.HYPERLEGIBLE in (words, statement):
            theme.load_reading_fonts()
        return PageLook(
            words,
            statement,
            self._store.read(settings.LINE_SPACING),
            self._store.read(settings.COLUMN_WIDTH),
            self._store.read(settings.PLAIN_STATEMENT),
        )

    def dress(self) -> None:
        """Give a window its look when all of it is there: with a style sheet, each widget is styled in each other."""
        self._apply()

    def set_colours(self, choice: str) -> None:
        """Take another theme, or the computer's ("system")."""
        if choice != self.colours:
            self.colours = choice  # before the frame: Qt tells of the change at once
            colour_frame(QGuiApplication.styleHints(), choice, dark=theme_for(choice).dark)
        self.theme = theme_for(choice)
        self._apply()
        self.changed.emit()

    def set_percent(self, percent: int) -> None:
        """Make the whole window larger or smaller, and with it all others that are open."""
        whole = geometry.whole_in_sight()
        self.percent = percent
        self._apply()
        self.changed.emit()
        QTimer.singleShot(0, self, lambda: geometry.keep_on_screen(whole))  # when they have grown

    def set_points(self, points: int) -> bool:
        """Make the page's text larger or smaller; False when it is as large, or as small, as it gets."""
        if not settings.TEXT_SIZE.fits(points):
            return False
        self.points = points
        self.changed.emit()
        return True

    def read_anew(self) -> None:
        """A setting of the page's look is another."""
        self._apply()
        self.changed.emit()

    def keep(self) -> None:
        """Write down what was chosen, to be saved with the other settings."""
        self._store.write(settings.TEXT_SIZE, self.points)
        self._store.write(settings.COLOURS, self.colours)
        self._store.write(settings.WINDOW_SIZE, self.percent)

    def _computer_changed(self) -> None:
        # A method, not a lambda: Qt lets go of it with the window.
        self.set_colours(self.colours)

    def _apply(self) -> None:
        scale.apply(self.percent, self.theme)
        moves = self._store.read(settings.MOTION)
        # Whether anything may move is read from here by what would: a caret that stands is the sign.
        QApplication.setCursorFlashTime(self._blinks if moves else 0)
        for effect in _EFFECTS:
            if not moves:
                QApplication.setEffectEnabled(effect, False)
