"""Opening a handbook in a window of its own, by starting the program once more: both stay, each in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QProcess, QProcessEnvironment

from handbook.base.paths import own_command


def open_another(arguments: Sequence[str]) -> bool:
    """Start the program once more, with these arguments; False where the system does not let it."""
    command, environment = own_command(*arguments)
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    made = QProcessEnvironment()
    for key, value in environment.items():
        made.insert(key, value)
    process.setProcessEnvironment(made)
    started: object = process.startDetached()  # PySide gives the answer alone, or the process's number with it
    return bool(started[0] if isinstance(started, tuple) else started)
