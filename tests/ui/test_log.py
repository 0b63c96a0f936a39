"""The log of a window: what a visit leaves in it, and that clearing what is stored takes it away."""

from __future__ import annotations

from handbook.base import log
from handbook.base.paths import Paths
from tests.processes import run_window

NAMED = "Zorica"

# Starts as the command does, searches, opens a workshop, has an exception that nothing catches, and closes.
SCRIPT = """
import sys
from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication
from handbook.cli import main as cli
from handbook.workshop import file as workshop_file
from handbook.workshop.model import Workshop
from pathlib import Path

word, home, clear = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
workshop = home.parent / f"{word}.workshop"
workshop_file.save(Workshop(title=word), workshop)

def visit():
    app = QApplication.instance()
    (window,) = [one for one in app.topLevelWidgets() if hasattr(one, "searching")]
    window.searching.field.setFocus()
    window.searching.field.setText(word)
    limit = QDeadlineTimer(30_000)
    while window.searching.waiting and not limit.hasExpired():
        app.processEvents()
    window.workshop.open_file(workshop)
    QTimer.singleShot(0, fail)
    QTimer.singleShot(2_000, lambda: finish(window))

def fail():
    raise ValueError(word)

def finish(window):
    for box in QApplication.topLevelWidgets():
        if box is not window:
            box.close()
    if clear == "clear":
        window.clearing.forget()
    window.close()
    QApplication.quit()

shown = QApplication.exec
QApplication.exec = lambda *_: (QTimer.singleShot(0, visit), shown())[1]
sys.argv[1:] = []
sys.exit(cli.main([]))
"""


def visit(home: Paths, *, clear: bool) -> None:
    ended = run_window(home, SCRIPT, NAMED, str(home.config.parent), "clear" if clear else "keep")
    assert ended.returncode == 0, ended.stderr
    assert "ValueError" in ended.stderr  # what the terminal says, it says with the message


def test_a_visit_is_logged_without_a_word_of_the_persons(home: Paths) -> None:
    visit(home, clear=False)
    said = (home.cache / log.FILE).read_text("utf-8")
    for wanted in ("Field Handbook", "the search index is ready after", "an exception that nothing caught", "ended"):
        assert wanted in said
    assert NAMED not in said


def test_clearing_what_is_stored_clears_the_log(home: Paths) -> None:
    visit(home, clear=True)
    assert not home.cache.exists()
