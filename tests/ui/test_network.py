"""Nothing is sent anywhere: no socket is opened, and nothing of Qt's network is even loaded."""

from __future__ import annotations

import json
from typing import TypedDict

from handbook.base.paths import Paths
from tests.processes import run_window

# Reads, follows a link out, searches, rebuilds the index, closes; and has Python report every socket.
SCRIPT = """
import json, sys
events = []
sys.addaudithook(lambda name, _: events.append(name) if name.startswith(("socket.", "urllib.", "ssl.")) else None)
if sys.argv[1] == "self-test":
    import socket
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from handbook.content.loading import load
from handbook.base.paths import find_paths
from handbook.ui.widgets import theme
from handbook.ui.main_window import MainWindow
from handbook.ui.settings import Store

app = QApplication(["handbook", "-style", "Fusion"])
theme.load_fonts()
places = find_paths()
window = MainWindow(load(places.content), places, Store(places.config), "statement#r2")
window.show()

def answered():
    limit = QDeadlineTimer(20_000)
    while window.searching.waiting and not limit.hasExpired():
        app.processEvents()
    assert not window.searching.waiting

window.searching.field.setFocus()
QTest.keyClicks(window.searching.field, "root causes")
answered()
window.searching.hits.open_current()
window.searching.rebuild_index()
answered()
window.links.follow("https://example.org/")
window.open_address("keyboard:")
window.open_address("about")
window.looks.set_colours("dark")
window.close()
app.processEvents()
loaded = [name for name in sys.modules if name.startswith("PySide6.")]
maps = open("/proc/self/maps").read() if sys.platform.startswith("linux") else ""
print(json.dumps({"events": events, "loaded": loaded, "libQt6Network": "libQt6Network" in maps}))
"""


class Seen(TypedDict):
    """What a visit did: Python's events, modules of PySide6, and whether Qt's network library is in memory."""

    events: list[str]
    loaded: list[str]
    libQt6Network: bool


def run(home: Paths, mode: str) -> Seen:
    """What a whole visit opened and loaded."""
    ended = run_window(home, SCRIPT, mode)
    assert ended.returncode == 0, ended.stderr
    seen: Seen = json.loads(ended.stdout)
    return seen


def test_a_whole_visit_opens_no_socket_and_loads_no_network(home: Paths) -> None:
    seen = run(home, "visit")
    assert seen["events"] == []
    assert "PySide6.QtWidgets" in seen["loaded"]
    assert not [name for name in seen["loaded"] if "Network" in name or "Web" in name]
    assert not seen["libQt6Network"]


def test_the_watch_sees_a_socket(home: Paths) -> None:
    assert "socket.__new__" in run(home, "self-test")["events"]
