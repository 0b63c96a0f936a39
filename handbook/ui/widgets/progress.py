"""Work that a person waits for: in a thread, behind a box that shows progress and can be cancelled.

Belongs here: the box. Not here: threads (worker.py), the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

Answer = TypeVar("Answer")
APPEARS = 700  # ms after which the box is shown: most work is done by then


class Progress:
    """How far the work is; set in its thread, read in the window's."""

    def __init__(self) -> None:
        self.done = 0


Work = Callable[[Progress, Stale], Answer]


class _Job(Generic[Answer]):
    """One piece of work and what became of it."""

    def __init__(self, work: Work[Answer]) -> None:
        self.progress = Progress()
        self.outcome: list[Answer | Exception] = []
        self.loop = QEventLoop()
        self.thread: LatestOnlyWorker[None, Answer] = LatestOnlyWorker(
            "waited for", lambda _, stale: work(self.progress, stale), self._done, self._done
        )

    def _done(self, _: None, outcome: Answer | Exception) -> None:
        self.outcome.append(outcome)
        self.loop.quit()


def wait_for(parent: QWidget, text: str, steps: int, work: Work[Answer]) -> Answer | None:
    """Do work in a thread and stay until it is done; None when the person cancelled it.

    steps: how many there are for `progress.done` to count; 0 where that is not known. The window is drawn
    meanwhile and takes no input but the cancelling. Raises what the work raised."""
    job = _Job(work)
    job.thread.start(None)
    QTimer.singleShot(APPEARS, job.loop, job.loop.quit)
    job.loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not job.outcome:
        _wait_in_sight(parent, text, steps, job)
    job.thread.close(wait=30)
    if not job.outcome:
        return None
    if isinstance(job.outcome[0], Exception):
        raise job.outcome[0]
    return job.outcome[0]


def _wait_in_sight(parent: QWidget, text: str, steps: int, job: _Job[Answer]) -> None:
    box = QProgressDialog(text, QCoreApplication.translate("Waiting", "Cancel"), 0, steps, parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setAutoReset(False)
    box.setAutoClose(False)
    box.setMinimumDuration(0)
    box.canceled.connect(job.loop.quit)
    clock = QTimer()
    clock.timeout.connect(lambda: box.setValue(min(job.progress.done, max(0, steps - 1))))
    clock.start(100)
    box.show()
    job.loop.exec()
    clock.stop()
    box.hide()
    box.deleteLater()
