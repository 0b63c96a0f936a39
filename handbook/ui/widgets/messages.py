"""The line at the foot of the window: what was done, what could not be done, in one sentence for a few seconds.

Belongs here: showing such a sentence and having it read out, both by one function. Not here: what is said, and
notices that stay (bars.py)."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar

from handbook.ui.widgets import announce


class Messages:
    """The messages of one window, in its status bar."""

    def __init__(self, bar: QStatusBar) -> None:
        self._bar = bar

    def say(self, text: str, milliseconds: int = 0, *, spoken: str = "") -> None:
        """Show a sentence for some time, and have it read out. spoken: read out in its place, with more in it."""
        self._bar.showMessage(text, milliseconds)
        announce.announce(self._bar, spoken or text)

    def take_back(self, text: str) -> None:
        """Remove a sentence that is no longer true, if it is still shown."""
        if self._bar.currentMessage() == text:
            self._bar.clearMessage()

    def clear(self) -> None:
        """Show nothing any more."""
        self._bar.clearMessage()
