"""What no part of the window expected, told to the person: above all a stick pulled out while the program runs.

Belongs here: the last resort, sys.excepthook. Not here: errors that are expected, which are told where they arise."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from handbook.base.paths import program_data

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

# Milliseconds after a message is closed in which no other is shown. The keyboard then goes back to where it was, and
# into the search field means searching: without a pause the message would come back for ever.
PAUSE = 1500


def out_of_reach() -> bool:
    """Whether the program's own files are gone or cannot be read."""
    try:
        next((program_data() / "content").iterdir(), None)
    except OSError:
        return True
    return False


def sentence() -> str:
    """What to say when they are."""
    return QCoreApplication.translate(
        "Mishap",
        "The handbook's files are out of reach. If they are on a stick, was it pulled out? What is on the screen can "
        "still be read. Put the stick back, close the handbook and start it again.",
    )


class CrashHandler(QObject):
    """Tells of exceptions that nothing caught; the program goes on. Comes in place of sys.excepthook with `install`."""

    _caught = Signal(str)  # a traceback; from any thread

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._box: QMessageBox | None = None
        self._closed = QElapsedTimer()
        self._caught.connect(self._tell)

    def install(self) -> None:
        """From here on, what nothing catches is told."""
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C, and what ends the program on purpose
            sys.__excepthook__(kind, value, trace)
            return
        if sys.stderr is not None:  # on Windows a program with a window has none
            sys.__excepthook__(kind, value, trace)
        import traceback

        self._caught.emit("".join(traceback.format_exception(kind, value, trace)))

    def _tell(self, trace: str) -> None:
        # One at a time: pulled, a stick fails many things.
        if self._box is not None and isValid(self._box):  # type: ignore[no-untyped-call]  # shiboken6 declares no types
            return
        if self._closed.isValid() and not self._closed.hasExpired(PAUSE):
            return
        from PySide6.QtWidgets import QMessageBox  # a start can do without

        gone = out_of_reach()
        text = sentence() if gone else self.tr("Something in the program failed. What is kept of yours is untouched.")
        name = QCoreApplication.applicationName()
        self._box = QMessageBox(QMessageBox.Icon.Warning, name, text, parent=QApplication.activeWindow())
        if not gone:
            self._box.setDetailedText(trace)
        self._box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box.finished.connect(self._told)
        self._box.open()

    def _told(self) -> None:
        self._box = None
        self._closed.start()
