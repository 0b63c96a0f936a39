"""Shows and logs exceptions that nothing caught: above all what happens when a stick is pulled out.

Belongs here: the last resort, sys.excepthook. Not here: errors that are expected, which are told where they arise."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from handbook.base.catalogue import tr
from handbook.base.paths import out_of_reach

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

_log = logging.getLogger(__name__)

# Milliseconds after a message is closed in which no other is shown. The keyboard then goes back to where it was, and
# into the search field means searching: without a pause the message would come back for ever.
PAUSE = 1500


def sentence() -> str:
    """What to say when they are."""
    return tr(
        "The handbook's files are out of reach. If they are on a stick, was it pulled out? What is on the screen can "
        "still be read. Put the stick back, close the handbook and start it again.",
    )


class CrashHandler(QObject):
    """Tells of exceptions that nothing caught; the program goes on. Comes in place of sys.excepthook with `install`.

    report: makes the text that *Copy report* copies."""

    _caught = Signal(Exception)  # from any thread

    def __init__(self, parent: QObject, report: Callable[[BaseException], str]) -> None:
        super().__init__(parent)
        self._report = report
        self._box: QMessageBox | None = None
        self._closed = QElapsedTimer()
        self._caught.connect(self._tell)

    def install(self) -> None:
        """From here on, what nothing catches is told."""
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(value, Exception):  # Ctrl+C, and what ends the program on purpose
            sys.__excepthook__(kind, value, trace)
            return
        if sys.stderr is not None:  # on Windows a program with a window has none
            sys.__excepthook__(kind, value, trace)
        _log.error("an exception that nothing caught", exc_info=value)
        self._caught.emit(value)

    def _tell(self, error: Exception) -> None:
        # One at a time: pulled, a stick fails many things.
        if self._box is not None and isValid(self._box):  # type: ignore[no-untyped-call]  # shiboken6 declares no types
            return
        if self._closed.isValid() and not self._closed.hasExpired(PAUSE):
            return
        from PySide6.QtWidgets import QMessageBox  # a start can do without

        gone = out_of_reach()
        text = sentence() if gone else tr("Something in the program failed. What is kept of yours is untouched.")
        name = QCoreApplication.applicationName()
        self._box = QMessageBox(QMessageBox.Icon.Warning, name, text, parent=QApplication.activeWindow())
        if not gone:
            self._offer_details(self._box, error)
        self._box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box.finished.connect(self._told)
        self._box.open()

    def _offer_details(self, box: QMessageBox, error: BaseException) -> None:
        import traceback

        from PySide6.QtWidgets import QMessageBox

        box.setDetailedText("".join(traceback.format_exception(error)))
        box.setStandardButtons(QMessageBox.StandardButton.Close)
        box.button(QMessageBox.StandardButton.Close).setText(tr("Close"))
        box.setDefaultButton(QMessageBox.StandardButton.Close)
        button = box.addButton(tr("Copy &report"), QMessageBox.ButtonRole.ActionRole)
        button.clicked.disconnect()  # a button of a message box closes it
        button.clicked.connect(lambda: self._copy_report(box, error))

    def _copy_report(self, box: QMessageBox, error: BaseException) -> None:
        from handbook.ui.widgets.announce import announce

        QGuiApplication.clipboard().setText(self._report(error))
        copied = tr(
            "The report is copied: versions, the system, settings, the lines of the program that failed. It has no "
            "words and no folders of yours."
        )
        box.setInformativeText(copied)
        announce(box, copied)

    def _told(self) -> None:
        self._box = None
        self._closed.start()
