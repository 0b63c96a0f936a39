"""Search indexes made in the background, each in a process of its own: at most two at once.

Belongs here: starting, counting and ending these processes. Not here: what they do (library/index_process.py)."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from handbook.base.catalogue import tr
from handbook.base.paths import own_command
from handbook.library import index_process

_log = logging.getLogger(__name__)
AT_ONCE = 2
_END = 2000  # milliseconds that a process is given to be gone


class IndexProcesses(QObject):
    """Makes the indexes that are wanted. One that fails is not tried again."""

    changed = Signal()  # how far one of them is
    made = Signal(str)  # the name of the handbook whose index is there now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._running: dict[str, QProcess] = {}
        self.percent: dict[str, int] = {}  # of those that are being made, by name
        self.failed: dict[str, str] = {}  # why one could not be made, by name

    def want(self, name: str) -> None:
        """Make the index of a handbook, if that is not being done."""
        if name not in self._running and name not in self._waiting and name not in self.failed:
            self._waiting.append(name)
            self._begin()

    def stop(self) -> None:
        """End all of them; nothing of an unfinished index stays."""
        self._waiting.clear()
        running, self._running = self._running, {}
        self.percent.clear()
        for process in running.values():
            process.blockSignals(True)
            process.kill()
        for process in running.values():
            process.waitForFinished(_END)
            process.deleteLater()

    def _begin(self) -> None:
        while self._waiting and len(self._running) < AT_ONCE:
            name = self._waiting.pop(0)
            command, environment = own_command(index_process.COMMAND, name or index_process.NAMELESS)
            process = QProcess(self)
            made = QProcessEnvironment()
            for key, value in environment.items():
                made.insert(key, value)
            process.setProcessEnvironment(made)
            process.setProgram(command[0])
            process.setArguments(command[1:])
            process.readyReadStandardOutput.connect(partial(self._read, name, process))
            process.finished.connect(partial(self._ended, name, process))
            process.errorOccurred.connect(partial(self._not_begun, name, process))
            self._running[name] = process
            self.percent[name] = 0
            process.start()

    def _read(self, name: str, process: QProcess) -> None:
        lines = bytes(process.readAllStandardOutput().data()).split()
        if lines and lines[-1].isdigit():
            self.percent[name] = min(99, int(lines[-1][:3]))
            self.changed.emit()

    def _not_begun(self, name: str, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # of all others finished() tells
            self._done(name, process, process.errorString())

    def _ended(self, name: str, process: QProcess, status: int, _: QProcess.ExitStatus) -> None:
        lines = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").split("\n")
        said = next((line for line in reversed(lines) if line.strip()), "") or tr("the work was broken off")
        self._done(name, process, said if status or process.exitStatus() != QProcess.ExitStatus.NormalExit else "")

    def _done(self, name: str, process: QProcess, why: str) -> None:
        if self._running.pop(name, None) is None:
            return
        self.percent.pop(name, None)
        process.deleteLater()
        if why:
            _log.warning("a search index could not be made")
            self.failed[name] = why.strip().removeprefix("handbook: ")
            self.changed.emit()
        else:
            self.made.emit(name)
        self._begin()
