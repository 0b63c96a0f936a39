"""The window that is measured: in a home of its own, with the handbook's own content.

Belongs here: what the benches that look at the window begin with. Not here: what each measures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from handbook.ui.main_window import MainWindow


def in_own_home(measure: Callable[[Path], None]) -> None:
    """Call a function with a home folder that is the program's while it measures."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["HANDBOOK_HOME"] = home
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        measure(Path(home))


def open_window(home: Path, address: str) -> tuple[QApplication, MainWindow]:
    """The application, and its window at an address, shown."""
    from PySide6.QtWidgets import QApplication

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.settings import Store
    from handbook.ui.widgets import theme

    app = QApplication(["handbook", "-style", "Fusion"])
    theme.load_fonts()
    app.setFont(theme.ui_font())
    paths = find_paths()
    window = MainWindow(load(paths.content), paths, Store(home / "config"), address)
    window.show()
    return app, window
