"""A report for whoever can mend the program: what it is, where it runs, how it is set, what failed.

Belongs here: what a report tells. Not here: where it is offered (about.py, crash_handler.py).

It holds nothing that a person typed, wrote or named, and no folder: it may be sent to strangers. Of the settings it
tells numbers, switches, and the choices in CHOICES; of any other only whether it is set."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QAccessible, QGuiApplication

from handbook.base import log
from handbook.base.components import components, version
from handbook.base.paths import portable_folder, program_data
from handbook.content.handbook import Handbook
from handbook.ui import settings

LINES = 80  # of the log
CHOICES = (settings.COLOURS, settings.PAPER)  # settings in words that are the program's own


def report(handbook: Handbook, store: settings.Store, error: BaseException | None = None) -> str:
    """The report, as plain text in English; with the error that gave rise to it, if there was one."""
    blocks = [
        ("Program", _program(handbook)),
        ("System", _system()),
        ("Settings", _settings(store)),
        ("Error", (log.traceback_of(error) if error is not None else "none").splitlines()),
        ("The end of the log", log.last_lines(LINES)),
    ]
    return "\n".join("\n".join((f"== {title}", *lines, "")) for title, lines in blocks)


def _program(handbook: Handbook) -> Iterator[str]:
    yield f"Field Handbook {version()}, {_installed_as()}"
    yield f"content {handbook.fingerprint[:16]}, {len(handbook.chapters)} chapters, {len(handbook.faults)} faults"
    for component in components()[1:]:
        yield f"{component.name} {component.version}"


def _installed_as() -> str:
    if portable_folder() is not None:
        return "a portable copy"
    if not sys.executable.lower().rpartition("python")[1]:
        return "an installed program"
    return "a Python package" if program_data().name == "_data" else "a checkout"


def _system() -> Iterator[str]:
    yield f"Python {platform.python_version()}, Qt {qVersion()}"
    yield f"{QSysInfo.prettyProductName()}; {platform.system()} {platform.release()}, {platform.machine()}"
    yield f"language {QLocale.system().name()}, display {QGuiApplication.platformName()}"
    for screen in QGuiApplication.screens():
        size = screen.size()
        yield f"screen {size.width()} x {size.height()}, scaled by {screen.devicePixelRatio():g}"
    yield "a screen reader is in use" if QAccessible.isActive() else "no screen reader is in use"


def _settings(store: settings.Store) -> Iterator[str]:
    for setting in settings.ALL:
        value = store.read(setting)
        if isinstance(value, str) and setting not in CHOICES:
            value = "set" if value else "not set"
        yield f"{setting.key} = {value}"
