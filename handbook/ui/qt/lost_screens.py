"""Windows whose screen was unplugged are brought back onto one that is there.

Belongs here: which windows are out of sight then, and where they go. Not here: the page that a group sees, which goes
to another screen at once (presenting/show.py).

Some window managers leave such a window where the screen was, or no more of it in sight than a corner."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

UPPER_EDGE = 40  # pixels, by which a window is taken hold of
AFTER = 500  # milliseconds in which a window manager moves what it moves by itself


class LostScreens(QObject):
    """Waits for screens that are unplugged; ends with its parent."""

    def __init__(self, app: QGuiApplication, after: int = AFTER) -> None:
        super().__init__(app)
        self._soon = QTimer(self, singleShot=True, interval=after)
        self._soon.timeout.connect(bring_back)
        app.screenRemoved.connect(self._gone)

    def _gone(self, _: QScreen) -> None:
        self._soon.start()


def bring_back() -> None:
    """Move each window onto a screen of which less than half of the upper edge is on one; not one that fills it."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and not (window.isFullScreen() or window.isMaximized() or window.isMinimized()):
            _bring_back(window)


def _bring_back(window: QWidget) -> None:
    frame = window.frameGeometry()
    edge = QRect(frame.left(), frame.top(), frame.width(), UPPER_EDGE)
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not rooms or any(2 * room.intersected(edge).width() >= frame.width() for room in rooms):
        return
    room = max(rooms, key=lambda one: one.intersected(frame).width())
    extra = frame.size() - window.size()  # the title bar and the borders
    window.resize(window.size().boundedTo(room.size() - extra))
    # Within the screen, and as near to where it stood as that goes.
    left = max(room.left(), min(frame.left(), room.left() + room.width() - window.width() - extra.width()))
    top = max(room.top(), min(frame.top(), room.top() + room.height() - window.height() - extra.height()))
    window.move(left, top)
