"""A launch that ends when its first page is painted, to count its instructions under valgrind:

    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null python tests/bench/first_paint.py KIND

KIND: bare (bare_window.py), start (the start page), page (the statement), search (a search on the command line).
Unlike bench_window.py it imports Qt no sooner than the program does, as PySide looks through all that comes later."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

WAITS = 100  # milliseconds from which a timer is one that waits for the page to be there
HERE = Path(__file__).resolve().parent
if "handbook" not in sys.modules:  # in an installed folder this is the program's own start (bench_start.py)
    sys.path.insert(0, str(HERE.parents[1]))


def end_when_painted() -> None:
    """Have QApplication.exec() end the process after the first painting of a page."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QTextBrowser

    class Painted(QObject):
        """Sees the first painting of the page."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: os._exit(0))  # when the painting is over
            return False

    watcher = Painted()
    run = QApplication.exec
    later = QTimer.singleShot
    # What waits for the page: under valgrind, 25 times slower, it would be there first.
    QTimer.singleShot = lambda ms, *rest: later(ms if ms < WAITS else 100 * ms, *rest)  # type: ignore[method-assign]

    def exec_watched(*_: object) -> int:
        for window in QApplication.topLevelWidgets():
            for page in window.findChildren(QTextBrowser):
                page.viewport().installEventFilter(watcher)
        return int(run())

    QApplication.exec = exec_watched  # type: ignore[method-assign]


def main(kind: str) -> None:
    """Launch it."""
    if kind == "bare":
        end_when_painted()
        runpy.run_path(str(HERE / "bare_window.py"))["main"]()
        return
    from handbook.cli.main import main as handbook

    if kind == "search":
        handbook(["search", "residence permit"])
        return
    from handbook.ui.reading import display

    check = display.check

    def check_and_watch() -> None:
        check()  # the last thing before Qt
        end_when_painted()

    display.check = check_and_watch
    handbook(["statement"] if kind == "page" else [])


if __name__ == "__main__":
    main(sys.argv[1])
