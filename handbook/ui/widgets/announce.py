"""Has a screen reader say something that the keyboard's focus is not on, once it has said all else.

Belongs here: `announce`, which everything that is to be heard goes through. Not here: lines of the status bar
(messages.py)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from handbook.ui.widgets.older_readers import Notifier


def announce(widget: QWidget, text: str) -> None:
    """Have a sentence read out, without cutting off what is being read; nothing happens without a screen reader.

    What comes for one window before Qt's loop goes on is read as one, and no sentence of it twice."""
    _say(widget, text, older_alone=False)


def tell_older(widget: QWidget, text: str) -> None:
    """Have a sentence read out by screen readers that know no announcements, and do not hear of it from Qt either."""
    _say(widget, text, older_alone=True)


def _say(widget: QWidget, text: str, *, older_alone: bool) -> None:
    if not text or not QAccessible.isActive():
        return
    window = widget.window()
    pending = next((child for child in window.children() if isinstance(child, _Pending)), None)
    if pending is None:
        pending = _Pending(window)
    pending.add(text, older_alone=older_alone)


class _Pending(QObject):
    """What is to be read out of one window when Qt's loop goes on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._texts: dict[str, bool] = {}  # each once; are older screen readers alone told of it?
        self._notifier: Notifier | None = None

    def add(self, text: str, *, older_alone: bool) -> None:
        if not self._texts:
            QTimer.singleShot(0, self, self._send)
        self._texts[text] = older_alone and self._texts.get(text, True)

    def _send(self) -> None:
        texts, self._texts = self._texts, {}
        for_all = as_one([text for text, older_alone in texts.items() if not older_alone])
        if for_all:
            event = QAccessibleAnnouncementEvent(self._window, for_all)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)
        if sys.platform.startswith("linux"):
            if self._notifier is None:
                from handbook.ui.widgets.older_readers import Notifier

                self._notifier = Notifier()
            chosen_first = sorted(texts, key=lambda text: not texts[text])
            self._notifier.tell(as_one(chosen_first))


def as_one(texts: list[str]) -> str:
    """Sentences one after the other, with a full stop where one has no end."""
    ended = (text if text.rstrip("”\"'’)")[-1:] in tuple(".!?…:") else f"{text}." for text in texts[:-1])
    return " ".join((*ended, *texts[-1:]))
