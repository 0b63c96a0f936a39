"""What macOS does in its own way: a file that is double-clicked comes as an event, not on the command line.

Belongs here: that event. Imported on macOS alone, as the filter sees every event of the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent


class _Opened(QObject):
    """Hands the files on, when what is going on is over."""

    def __init__(self, app: QObject, open_file: Callable[[Path], object]) -> None:
        super().__init__(app)
        self._open_file = open_file
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            QTimer.singleShot(0, self, partial(self._open_file, Path(event.file())))
            return True
        return False


def open_files_with(app: QObject, open_file: Callable[[Path], object]) -> None:
    """Have every file that the system hands to the program opened; the filter lives as long as the program."""
    _Opened(app, open_file)
