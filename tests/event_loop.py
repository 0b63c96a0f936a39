"""Waiting in scripts that show a window and have no qtbot."""

from __future__ import annotations


def wait(milliseconds: int) -> None:
    """Let the window and its threads work for so long; a QApplication is there.

    QTest.qWait() keeps Python to itself while it sleeps: a thread of the window gets a fiftieth of the time."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
