"""When the window is closed, the process ends: at once, with what was printed and what was copied handed over."""

from __future__ import annotations

from handbook.base.paths import Paths
from tests.processes import run_window

# Starts as the command does and closes the window; what Python would do at its own end must not be waited for.
SCRIPT = """
import atexit, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from handbook.cli import main as cli

def close():
    print("closing")
    QApplication.instance().destroyed.connect(lambda: sys.stdout.write("Qt has ended"))
    for window in QApplication.topLevelWidgets():
        window.close()
    QApplication.exit(3)

atexit.register(time.sleep, 900)
shown = QApplication.exec
QApplication.exec = lambda *_: (QTimer.singleShot(0, close), shown())[1]
sys.exit(cli.main(["statement"]))
"""


def test_the_process_ends_with_the_window(home: Paths) -> None:
    ended = run_window(home, SCRIPT)  # which waits for less than that
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout == "closing\nQt has ended"
