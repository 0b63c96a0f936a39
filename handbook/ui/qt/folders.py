r"""Qt's own folders, whatever the folder is called that the program lies in.

Belongs here: where Qt's plugins and texts are, and telling Qt. PySide tells it by a line of a settings file, in which
`,` `;` `"` and `\` have a meaning: in a folder with one of them in its name (a person's, "Doe, Anna") Qt looks in
another place, finds no plugin for the screen, and ends the program."""

from __future__ import annotations

import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo


def tell_qt() -> None:
    """Let Qt find its plugins. Before there is an application, whose first plugin is the one for the screen."""
    plugins = _in_pyside("plugins")
    if plugins.is_dir():
        QCoreApplication.addLibraryPath(str(plugins))


def translations() -> str:
    """The folder of Qt's own texts."""
    own = _in_pyside("translations")  # it is not there where PySide uses the system's Qt
    return str(own) if own.is_dir() else QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


def _in_pyside(name: str) -> Path:
    package = Path(PySide6.__path__[0])
    return (package if sys.platform == "win32" else package / "Qt") / name
