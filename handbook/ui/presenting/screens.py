"""Which screen the group sees, and which the trainer.

Belongs here: choosing among the screens that are there. Not here: what is shown on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from handbook.ui.widgets import geometry


def public_screen(trainers: QWidget) -> QScreen:
    """The screen for the group: another than the trainer's window is on, or that one where there is no other."""
    own = trainers.screen()
    return next((screen for screen in _screens() if screen is not own), own)


def another_screen(window: QWidget) -> QScreen | None:
    """The screen after the one that a window is on; None where there is no other."""
    screens = _screens()
    if len(screens) < 2:
        return None
    own = window.screen()
    at = screens.index(own) if own in screens else 0
    return screens[(at + 1) % len(screens)]


def fill(window: QWidget, screen: QScreen) -> None:
    """Put a window on the whole of a screen."""
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()


def move(window: QWidget, screen: QScreen) -> None:
    """Put a window onto another screen, no larger than that has room for."""
    area = screen.availableGeometry()
    if not window.isMaximized():
        room = QSize(area.width() - geometry.FRAME, area.height() - geometry.TITLE)
        window.resize(window.size().boundedTo(room))
    window.move(area.topLeft())


def _screens() -> Sequence[QScreen]:
    return QGuiApplication.screens()
