"""Where a window stood, as text for the settings, and back: in sight, whatever the text has become.

Belongs here: one window's size and place, what fits the screen. Not here: where the text is kept (settings.py)."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

FRAME, TITLE = 16, 60  # pixels that a window's frame may take at its sides, and above and below
IN_SIGHT = 120  # pixels of a window's upper edge that must be on a screen: enough to take hold of it


def is_narrow(window: QWidget, width: int) -> bool:
    """Has the screen less room than so many pixels across, which have grown with the letters?"""
    return window.screen().availableSize().width() - FRAME < width


def widest_side(window: QWidget) -> int:
    """The pixels that options or buttons may have beside what they are for, so that this stays in sight."""
    return window.screen().availableSize().width() * 3 // 5


def resize(window: QWidget, width: int, height: int) -> None:
    """Give a window that is not shown yet a size, or as much of it as the screen has. height: 0 is what it needs."""
    room = window.screen().availableSize()
    width = min(width, room.width() - FRAME)
    layout = window.layout()
    needed = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
    height = height or max(needed, window.sizeHint().height())
    window.resize(width, min(height, room.height() - TITLE))


def grow(window: QWidget) -> None:
    """Make a window as high as what is in it needs by now, as far as the screen goes; it becomes no lower."""
    layout, room = window.layout(), window.screen().availableGeometry()
    if layout is None:
        return
    layout.activate()  # or it answers as before
    by_width = layout.hasHeightForWidth()
    needed = layout.totalHeightForWidth(window.width()) if by_width else layout.totalSizeHint().height()
    window.resize(window.width(), max(window.height(), min(needed, room.height() - TITLE)))
    below = window.frameGeometry().bottom() - room.bottom()
    if below > 0:
        window.move(window.x(), max(room.top(), window.y() - below))


def whole_in_sight() -> set[QWidget]:
    """The windows that are on their screen from edge to edge; none that fills it, or lies over others as a preview."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() in kinds]
    return {
        one
        for one in shown
        if not (one.isMaximized() or one.isFullScreen())
        and one.screen().availableGeometry().contains(one.frameGeometry())
    }


def keep_on_screen(windows: set[QWidget]) -> None:
    """Make windows that have grown no larger than the screen, and move them there."""
    for window in (windows & set(QApplication.topLevelWidgets())) - whole_in_sight():
        size, room = window.screen().availableSize(), window.screen().availableGeometry()
        window.resize(min(window.width(), size.width() - FRAME), min(window.height(), size.height() - TITLE))
        right, below = window.frameGeometry().right() - room.right(), window.frameGeometry().bottom() - room.bottom()
        window.move(max(room.left(), window.x() - max(0, right)), max(room.top(), window.y() - max(0, below)))


def to_text(window: QWidget) -> str:
    """A window's geometry."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore(window: QWidget, text: str) -> None:
    """Put a window that is not shown yet where it was; where that is nowhere, it stays as it is."""
    before = window.geometry()
    window.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))
    state = window.windowState()
    plain = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
    if not _is_in_sight(plain, window):
        window.setGeometry(before)
        window.setWindowState(state)


def _is_in_sight(place: QRect, window: QWidget) -> bool:
    """Can a window that stands there be seen, and moved?"""
    least = window.minimumSizeHint()
    if place.width() < least.width() or place.height() < least.height():
        return False
    for screen in QGuiApplication.screens():
        room = screen.availableGeometry()
        seen = room.intersected(QRect(place.left(), place.top(), place.width(), 1))
        if (
            seen.width() >= IN_SIGHT
            and place.top() < room.bottom() - IN_SIGHT // 2
            and place.height() <= 2 * room.height()
        ):
            return True
    return False
