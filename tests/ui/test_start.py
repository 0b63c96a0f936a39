"""A start takes only what it shows: the large libraries wait until they are asked for."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from handbook.base.paths import Paths
from handbook.cli.main import main
from handbook.content import parse_cache
from handbook.content.handbook import Handbook
from handbook.marks import file as marks
from handbook.marks.model import Mark
from tests.processes import run_window

LATER = {
    "markdown",
    "whoosh",
    "Stemmer",
    "rapidfuzz",
    "typst",
    "pypdfium2",
    "docx",
    "pptx",
    "lxml",
    "PIL",
    "polib",
    "nacl",
}
# Of the program's own packages, and of Python's and Qt's, what no first page needs.
OWN_LATER = (
    *("handbook.check", "handbook.export", "handbook.library", "handbook.marks."),
    *("handbook.presenting.", "handbook.printing", "handbook.search", "handbook.translations"),
    *("handbook.updates", "handbook.ui.help.update_dialog"),
    *("handbook.content.plain_text", "handbook.content.glossary"),
    *("handbook.ui.exporting", "handbook.ui.library", "handbook.ui.marks.", "handbook.ui.printing"),
    *("handbook.ui.presenting.show", "handbook.ui.presenting.run_window", "handbook.ui.workshop.controller"),
    *("handbook.ui.searching.hits_panel", "handbook.ui.help.about", "handbook.ui.help.report"),
    *("argparse", "sqlite3", "multiprocessing", "concurrent", "asyncio", "email"),
    *("PySide6.QtPrintSupport", "PySide6.QtSvg"),
)
# The start page lists the workshops that come with the handbook; here they are read, and not known from before.
NAMED_ON_THE_START_PAGE = ("handbook.handout", "handbook.workshop.", "dataclasses", "inspect")
SCRIPT = """
import json, os, sys
from pathlib import Path
from handbook.base.paths import find_paths
from handbook.ui import app
from handbook.ui.qt import quick_pyside
quick_pyside.load()  # as a start does, before anything else of Qt
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from handbook.ui.main_window import MainWindow

class Windows(QObject):
    def __init__(self):
        super().__init__()
        self.shown = []
        QApplication.instance().installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWindowType():
            self.shown.append(watched.objectName())
        return False

def painted(window):
    found = {
        "loaded": sorted(sys.modules),
        "words": window.reader.toPlainText(),
        "heights": window.heights,
        "windows": window.windows.shown,
    }
    print(json.dumps(found), flush=True)
    os._exit(0)

class Watched(MainWindow):
    def __init__(self, *given):
        self.windows = Windows()
        super().__init__(*given)
    def show(self):
        self.reader.painted.connect(lambda: painted(self))
        self.heights = []
        layout = self.reader.document().documentLayout()
        layout.documentSizeChanged.connect(lambda size: self.heights.append(size.height()))
        super().show()

sys.modules["handbook.ui.main_window"].MainWindow = Watched
app.run(find_paths().with_(index=Path(sys.argv[2])), sys.argv[1])
"""


class Seen(NamedTuple):
    """What a start does: modules that it loads, what the page says, each height that it had, windows that it shows."""

    loaded: set[str]
    words: str
    heights: list[float]
    windows: list[str]


def start(home: Paths, address: str, index: Path) -> Seen:
    """Start at an address, until the page is painted."""
    ended = run_window(home, SCRIPT, address, str(index))
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    return Seen(set(seen["loaded"]), seen["words"], seen["heights"], seen["windows"])


@pytest.mark.parametrize("address", ["", "statement", "glossary"])
def test_the_large_libraries_wait(address: str, home: Paths, real: Handbook, tmp_path: Path) -> None:
    parse_cache.write(real, tmp_path)
    loaded, words, heights, windows = start(home, address, tmp_path)
    later = (*OWN_LATER, *NAMED_ON_THE_START_PAGE) if address else OWN_LATER
    assert not {name for name in loaded if name.partition(".")[0] in LATER or name.startswith(later)}
    assert words
    assert len(heights) == 1  # the page is laid out once
    assert len(windows) == 1  # a part that is shown before it has its place is a window for a moment


def test_without_what_was_parsed_the_page_is_the_same(home: Paths, real: Handbook, tmp_path: Path) -> None:
    parse_cache.write(real, tmp_path)
    quick = start(home, "glossary", tmp_path)
    slow = start(home, "glossary", tmp_path / "none")
    assert slow.words == quick.words
    assert "markdown" in slow.loaded


AFTERWARDS = SCRIPT.replace("painted(self))", "painted(self), Qt.ConnectionType.QueuedConnection)").replace(
    "from handbook.ui.main_window", "from PySide6.QtCore import Qt\nfrom handbook.ui.main_window", 1
)


@pytest.mark.parametrize("is_marked", [True, False])
def test_what_shows_marks_is_loaded_after_the_page_and_where_there_are_any(
    is_marked: bool, home: Paths, real: Handbook, tmp_path: Path
) -> None:
    parse_cache.write(real, tmp_path)
    if is_marked:
        marks.save([Mark("bookmark", "statement#r1")], home.data)
    ended = run_window(home, AFTERWARDS, "statement", str(tmp_path))
    assert ended.returncode == 0, ended.stderr
    loaded = json.loads(ended.stdout)["loaded"]
    assert ("handbook.ui.marks.controller" in loaded) == is_marked
    assert is_marked or not {name for name in loaded if name.startswith("handbook.search")}


LATER_SCRIPT = """
import os, sys
from handbook.base.paths import find_paths
from handbook.ui import app
from handbook.ui.main_window import MainWindow
from PySide6.QtCore import QTimer

def look():
    if "handbook.ui.reading.page_keys" in sys.modules:
        print("loaded", flush=True)
        os._exit(0)
    QTimer.singleShot(10, look)

class Watched(MainWindow):
    def show(self):
        super().show()
        look()

app.LATER = 0
sys.modules["handbook.ui.main_window"].MainWindow = Watched
app.run(find_paths(), "statement")
"""


def test_what_keys_ask_for_is_loaded_before_a_stick_can_be_pulled_out(home: Paths) -> None:
    ended = run_window(home, LATER_SCRIPT)
    assert ended.stdout.strip() == "loaded", ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there it is shown in any case")
@pytest.mark.parametrize(
    ("named", "of_terminal", "shown"),
    [
        ({"GIO_LAUNCHED_DESKTOP_FILE_PID": str(os.getpid())}, False, True),
        ({"DESKTOP_STARTUP_ID": "files-1-handbook_TIME5"}, False, True),
        ({"DESKTOP_STARTUP_ID": "xterm-1_TIME5"}, True, False),
        ({"GIO_LAUNCHED_DESKTOP_FILE_PID": "1"}, False, False),
        ({}, False, False),
    ],
)
def test_a_file_that_is_gone_is_told_in_a_box_where_a_double_click_opened_it(
    named: dict[str, str],
    of_terminal: bool,
    shown: bool,
    tmp_path: Path,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is written to the terminal is seen by nobody there."""
    for name in ("GIO_LAUNCHED_DESKTOP_FILE_PID", "DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda stream=stream: of_terminal and stream is sys.stdin)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _, __, text: told.append(text))
    gone = tmp_path / "gone.workshop"
    assert main([str(gone)]) == 1
    assert told == ([f"There is no file '{gone}'."] if shown else [])
