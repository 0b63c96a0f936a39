"""Screen readers on Linux that know nothing of announcements: Orca before 45, as in Debian 12 and Ubuntu 22.04.

Belongs here: finding out whether one runs, and telling it as a notification that has appeared. Not here: what is
announced, and when (announce.py).

A newer Orca would read out both, so it is asked first which events are listened to."""

from __future__ import annotations

import time

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication

from handbook.ui.widgets.accessible import Element, Role, Text

AGAIN = 10.0  # seconds after which is asked again: another screen reader may run by then
PATIENCE = 500  # milliseconds for an answer of the registry
IN_TURN = 4  # notifications: a screen reader asks what one says when the next may have appeared already
_NO_ANSWER = "org.freedesktop.DBus.Error.NoReply"


class Notifier:
    """Tells the screen readers that know no announcements."""

    def __init__(self) -> None:
        self._notifications: list[Notification] = []
        self._asked = float("-inf")
        self._needed = False

    def tell(self, text: str) -> None:
        """Have a text read out, if nobody heard its announcement. Not known: twice is better than never."""
        if time.monotonic() - self._asked > AGAIN:
            answer = nobody_hears_announcements()
            self._needed = answer is not False
            if answer is not None:  # else it is asked at the next text: a busy computer may have been too slow
                self._asked = time.monotonic()
        if self._needed:
            known = self._notifications
            known.append(Notification() if len(known) < IN_TURN else known.pop(0))
            known[-1].words = text
            QAccessible.updateAccessibility(QAccessibleEvent(known[-1], QAccessible.Event.ObjectShow))


class Notification(Element):
    """A notification of the program, seen by nobody. In a dialog it would have Orca read out all of this first."""

    def __init__(self) -> None:
        super().__init__(Role.Notification, around=QAccessible.queryAccessibleInterface(QApplication.instance()))
        self.words = ""

    def text(self, kind: Text) -> str:
        return self.words if kind == Text.Name else ""

    def rect(self) -> QRect:
        return QRect()


def nobody_hears_announcements() -> bool | None:
    """Is there a registry of screen readers, in which none has asked for announcements? None if it does not answer."""
    try:
        from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage  # only where a screen reader runs
    except ImportError:
        return False

    def ask(bus: QDBusConnection, service: str, path: str, what: str) -> QDBusMessage:
        return bus.call(QDBusMessage.createMethodCall(service, path, service, what), QDBus.CallMode.Block, PATIENCE)

    answer = ask(QDBusConnection.sessionBus(), "org.a11y.Bus", "/org/a11y/bus", "GetAddress")
    if answer.type() != QDBusMessage.MessageType.ReplyMessage:
        return None if answer.errorName() == _NO_ANSWER else False
    bus = QDBusConnection.connectToBus(str(answer.arguments()[0]), "handbook-readers")
    events = ask(bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "GetRegisteredEvents")
    # PySide has no way into a list of pairs: what it prints of the answer has their words.
    if events.type() != QDBusMessage.MessageType.ReplyMessage:
        return None if events.errorName() == _NO_ANSWER else False
    return "Object:Announcement" not in str(events)
