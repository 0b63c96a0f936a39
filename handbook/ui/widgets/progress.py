"""Work that a person waits for: in a thread, behind a box that shows progress and can be cancelled.

Belongs here: the box, and who comes first where cancelling meets the last step. Not here: threads (worker.py), the
work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QPushButton, QWidget

from handbook.base.catalogue import tr
from handbook.ui.widgets import announce
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

Answer = TypeVar("Answer")
SPOKEN = 5000  # ms after which a screen reader is told how far it is, again and again
APPEARS = 700  # ms after which the box is shown: most work is done by then


class Progress:
    """How far the work is; set in its thread, read in the window's.

    What cannot be taken back (a file put in place) is done after last_step(): either that or the cancelling comes
    first, so that nothing is done behind the back of somebody who cancelled."""

    def __init__(self) -> None:
        self.done = 0
        self._lock = threading.Lock()
        self._cancelled = self._at_last_step = False

    @property
    def cancelled(self) -> bool:
        """Is the work not wanted any more?"""
        return self._cancelled

    def last_step(self) -> bool:
        """In the work's thread: may it be finished? If so it cannot be cancelled from here on."""
        with self._lock:
            self._at_last_step = not self._cancelled
            return self._at_last_step

    def cancel(self) -> bool:
        """In the window's thread: call the work off; False when its last step has begun."""
        with self._lock:
            self._cancelled = not self._at_last_step
            return self._cancelled


Work = Callable[[Progress, Stale], Answer]


class _Job(Generic[Answer]):
    """One piece of work and what became of it."""

    def __init__(self, work: Work[Answer]) -> None:
        self.progress = Progress()
        self.outcome: list[Answer | Exception] = []
        self.loop = QEventLoop()
        self.thread: LatestOnlyWorker[None, Answer] = LatestOnlyWorker(
            "waited for", lambda _, stale: work(self.progress, self._unwanted_if(stale)), self._done, self._done
        )

    def _unwanted_if(self, stale: Stale) -> Stale:
        return lambda: self.progress.cancelled or stale()

    def _done(self, _: None, outcome: Answer | Exception) -> None:
        self.outcome.append(outcome)
        self.loop.quit()


def wait_for(parent: QWidget, text: str, steps: int, work: Work[Answer]) -> Answer | None:
    """Do work in a thread and stay until it is done; None when the person cancelled it.

    steps: how many there are for `progress.done` to count; 0 where that is not known. The window is drawn
    meanwhile and takes no input but the cancelling. Cancelled work is left to end by itself: nothing of it is waited
    for. Raises what the work raised."""
    job = _Job(work)
    job.thread.start(None)
    QTimer.singleShot(APPEARS, job.loop, job.loop.quit)
    job.loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not job.outcome:
        _wait_in_sight(parent, text, steps, job)
    job.thread.close(wait=0)
    if not job.outcome:
        return None
    if isinstance(job.outcome[0], Exception):
        raise job.outcome[0]
    return job.outcome[0]


def _wait_in_sight(parent: QWidget, text: str, steps: int, job: _Job[Answer]) -> None:
    box = QProgressDialog(text, tr("Cancel"), 0, steps, parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setAutoReset(False)
    box.setAutoClose(False)
    box.setMinimumDuration(0)
    box.canceled.connect(lambda: _cancel(box, job))
    clock = QTimer()
    clock.timeout.connect(lambda: box.setValue(min(job.progress.done, max(0, steps - 1))))
    clock.start(100)
    box.show()
    spoken = QTimer()
    spoken.timeout.connect(lambda: announce.announce(parent, _how_far(text, job.progress.done, steps)))
    spoken.start(SPOKEN)
    announce.announce(parent, text)
    job.loop.exec()
    clock.stop()
    spoken.stop()
    box.hide()
    box.deleteLater()


def _how_far(text: str, done: int, steps: int) -> str:
    return tr("{work} {n} of 100").format(work=text, n=100 * min(done, steps) // steps) if steps else text


def _cancel(box: QProgressDialog, job: _Job[Answer]) -> None:
    """Let the box go, if the work can still be called off; else it says so, as Qt has hidden it."""
    if job.progress.cancel():
        job.loop.quit()
        return
    box.findChild(QPushButton).setEnabled(False)  # another in its place would make Esc ambiguous
    box.setLabelText(tr("It is too late to cancel: the last step is being done…"))
    box.show()
