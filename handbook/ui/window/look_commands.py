"""The commands for the looks of the main window: its colours, its sizes, the full screen.

Belongs here: what each changes, and what it says. Not here: keeping it, and giving it to Qt (looks.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from handbook.base.catalogue import tr
from handbook.ui import settings
from handbook.ui.widgets import scale
from handbook.ui.window.shared import Shared


class LookCommands:
    """The looks of one window, changed by its commands."""

    def __init__(self, shared: Shared) -> None:
        self._window, self._looks, self._messages = shared.window, shared.looks, shared.messages
        self._store, self._actions = shared.store, shared.actions

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these commands does."""
        return {
            "larger": self._larger,
            "smaller": lambda: self.zoom(-1),
            "normal_size": lambda: self.zoom(0),
            "window_larger": lambda: self.zoom_window(1),
            "window_smaller": lambda: self.zoom_window(-1),
            "window_usual": lambda: self.zoom_window(0),
            "reading": self._choose_reading,
            "full_screen": self._toggle_full_screen,
            "colours_system": lambda: self._looks.set_colours("system"),
            "colours_light": lambda: self._looks.set_colours("light"),
            "colours_dark": lambda: self._looks.set_colours("dark"),
            "colours_black_on_white": lambda: self._looks.set_colours("black_on_white"),
            "colours_white_on_black": lambda: self._looks.set_colours("white_on_black"),
        }

    def zoom(self, step: int) -> None:
        """Make the text larger (+1), smaller (-1) or of normal size (0)."""
        self._looks.set_points(settings.TEXT_SIZE.default if step == 0 else self._looks.points + step)
        self._messages.say(tr("Text size {n} points").format(n=self._looks.points), 2500)

    def _larger(self) -> None:
        """Larger text; or the whole window, where + needs Shift: there, Qt takes Ctrl+Shift++ for Ctrl++.

        Ctrl+= is the key for the text on such a keyboard."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if QGuiApplication.keyboardModifiers() & both == both:
            self.zoom_window(1)
        else:
            self.zoom(1)

    def zoom_window(self, way: int) -> None:
        """Make the whole window larger (+1), smaller (-1) or of its usual size (0)."""
        self._looks.set_percent(scale.step(self._looks.percent, way))
        self._messages.say(tr("Window at {n} %").format(n=self._looks.percent), 2500)

    def _choose_reading(self) -> None:
        """Choose how a page is set."""
        from handbook.ui.reading.reading_dialog import ReadingDialog

        dialog = ReadingDialog(self._store, self._window)
        dialog.changed.connect(self._looks.read_anew)
        dialog.exec()
        dialog.deleteLater()

    def _toggle_full_screen(self) -> None:
        full = Qt.WindowState.WindowFullScreen
        if self._actions["full_screen"].isChecked():
            self._window.setWindowState(self._window.windowState() | full)
            self._tell_way_out()
        else:
            self._window.setWindowState(self._window.windowState() & ~full)  # maximised again, if it was
            self._messages.clear()

    def note_full_screen(self) -> None:
        """The window may begin as it was left: on the full screen."""
        self._actions["full_screen"].setChecked(self._window.isFullScreen())
        if self._window.isFullScreen():
            self._tell_way_out()

    def _tell_way_out(self) -> None:
        key = self._actions["full_screen"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._messages.say(tr("Full screen. {key} ends it.").format(key=key), 8000)
