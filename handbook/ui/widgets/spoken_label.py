"""A label that says what is going on: what it says is read out when it changes.

Belongs here: when it is read out. Not here: how (announce.py)."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from handbook.ui.widgets import announce

PAUSE = 600  # milliseconds without another text: of a row of them only the last is of interest


class SpokenLabel(QLabel):
    """A label whose text is read out, once it has stayed for PAUSE."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._speak)

    def setText(self, text: str) -> None:
        if text != self.text():
            self._soon.start()
        super().setText(text)

    def _speak(self) -> None:
        if self.isVisible() and self.text() != self._spoken:
            announce.announce(self, self.text())
        self._spoken = self.text()
