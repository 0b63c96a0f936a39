"""Keeping the screen from going to sleep while something is shown to a room.

Belongs here: how each system is asked for that. Nothing here uses a network: Windows is called, and on Linux the
desktop is asked over its own bus (freedesktop.org, Idle Inhibition Service). Where neither answers, nothing happens."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

_CONTINUOUS, _DISPLAY_REQUIRED = 0x80000000, 0x00000002  # SetThreadExecutionState (Windows API)
_CONNECTION = "field-handbook-show"
_SERVICE, _PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


def keep_awake(reason: str) -> Callable[[], None]:
    """Ask that the screen stays on. Gives back what ends that. reason: shown by some systems."""
    if sys.platform == "win32":
        return _on_windows()
    if sys.platform == "linux":
        with contextlib.suppress(ImportError):
            return _on_linux(reason)
    return lambda: None


if sys.platform == "win32":

    def _on_windows() -> Callable[[], None]:
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadExecutionState(_CONTINUOUS | _DISPLAY_REQUIRED)

        def end() -> None:
            kernel.SetThreadExecutionState(_CONTINUOUS)

        return end


def _on_linux(reason: str) -> Callable[[], None]:
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    # A connection of its own: the desktop forgets the wish when that ends, however the program ends.
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
    if bus.isConnected():
        wish = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "Inhibit")
        wish.setArguments(["Field Handbook", reason])
        bus.call(wish, QDBus.CallMode.NoBlock)  # nobody waits for a desktop that does not answer
    return lambda: QDBusConnection.disconnectFromBus(_CONNECTION)
