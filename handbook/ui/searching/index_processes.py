"""Search indexes made in the background, each in a process of its own: at most two at once.

Belongs here: starting, counting and ending these processes. Not here: what they do (library/index_process.py)."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, Signal

from handbook.base import catalogue, child_process, spoken
from handbook.base.paths import own_command
from handbook.library import index_process

_log = logging.getLogger(__name__)
AT_ONCE = 2
_SIGNALS = 128  # Qt tells a signal as a status, where the process crashed; on Windows an exception, with a sign
_NTSTATUS = 0xFFFFFFFF
_END = 2000  # milliseconds that a process is given to be gone


class _Making(QObject):
    """The process that makes one index."""

    further = Signal()
    ended = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.name, self.percent, self.why = name, 0, ""
        command, environment = own_command(index_process.COMMAND, name or index_process.NAMELESS)
        made = QProcessEnvironment()
        for key, value in environment.items():
            made.insert(key, value)
        made.insert(spoken.VARIABLE, catalogue.language())  # our own handbook is another one in each language
        self.process = QProcess(self)
        self.process.setProcessEnvironment(made)
        self.process.setProgram(command[0])
        self.process.setArguments(command[1:])
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._failed)

    def _read(self) -> None:
        lines = bytes(self.process.readAllStandardOutput().data()).split()
        if lines and lines[-1].isdigit():
            self.percent = min(99, int(lines[-1][:3]))
            self.further.emit()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # of all others finished() tells
            self.why = self.process.errorString()
            self.ended.emit()

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        if status == index_process.FAILED:
            lines = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").split("\n")
            self.why = next((line for line in reversed(lines) if line.strip()), "").strip()
        elif how != QProcess.ExitStatus.NormalExit and 0 < status < _SIGNALS:
            self.why = child_process.how_it_ended(-status)
        if not self.why and (status or how != QProcess.ExitStatus.NormalExit):
            self.why = child_process.how_it_ended(status & _NTSTATUS)
        self.ended.emit()

    def stop(self) -> None:
        """End the process, and wait until it is gone."""
        self.blockSignals(True)
        self.process.kill()
        self.process.waitForFinished(_END)
        self.deleteLater()


class IndexProcesses(QObject):
    """Makes the indexes that are wanted. One that fails is not tried again."""

    changed = Signal()  # how far one of them is
    made = Signal(str)  # the name of the handbook whose index is there now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._running: list[_Making] = []
        self.failed: dict[str, str] = {}  # why one could not be made, by the handbook's name

    @property
    def percent(self) -> dict[str, int]:
        """How far those are that are being made, by the handbook's name."""
        return {one.name: one.percent for one in self._running}

    def want(self, name: str) -> None:
        """Make the index of a handbook, if that is not being done."""
        if name not in self.percent and name not in self._waiting and name not in self.failed:
            self._waiting.append(name)
            self._begin()

    def stop(self) -> None:
        """End all of them; nothing of an unfinished index stays."""
        self._waiting.clear()
        while self._running:
            self._running.pop().stop()

    def _begin(self) -> None:
        while self._waiting and len(self._running) < AT_ONCE:
            one = _Making(self._waiting.pop(0), self)
            one.further.connect(self.changed)
            one.ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)
            self._running.append(one)
            one.process.start()

    def _tell(self) -> None:
        """Some have ended."""
        for one in [one for one in self._running if one.process.state() == QProcess.ProcessState.NotRunning]:
            self._running.remove(one)
            if one.why:
                _log.warning("a search index could not be made")
                self.failed[one.name] = one.why
                self.changed.emit()
            else:
                self.made.emit(one.name)
            one.deleteLater()
        self._begin()
