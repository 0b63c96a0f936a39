"""Python's collector of garbage, run in the GUI thread only.

Belongs here: when unused objects that refer to each other are collected, and that memory goes back to the system then.
Not here: what holds them.

Python collects in whatever thread happens to make an object when a limit is passed. In a search thread it may then
destroy objects of Qt: that takes a lock of Qt and afterwards needs Python, while the GUI thread has Python and waits
for that lock, and both wait for ever. So automatic collection stays off, and a timer collects in the GUI thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # milliseconds
GIVE_BACK = 10  # collections after which what is free is given back to the system


class GarbageCollection(QObject):
    """Collects by a timer in the thread that makes it, by Python's own limits; ends with its parent."""

    def __init__(self, parent: QObject, interval: int = INTERVAL) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what the start made stays until the end: no collection looks at it
        self._collected = 0
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, with the younger ones, as Python would."""
        due = [count > limit > 0 for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
        self._collected += any(due)
        if self._collected >= GIVE_BACK:
            self._collected = 0
            from handbook.base import memory  # with ctypes, which a start can do without

            memory.give_back()  # milliseconds: Qt's pages, pictures and letters leave small pieces behind
