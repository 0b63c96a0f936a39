"""The program reopens where it was. Each start is a process of its own: within one, Qt remembers types of values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handbook.base.paths import Paths
from handbook.ui import settings
from tests.processes import run_window

# Opens the window as app.py does, does what the first argument says, prints what is seen, closes.
SCRIPT = """
import json, sys
from PySide6.QtWidgets import QApplication
from handbook.content.loading import load
from handbook.base.paths import find_paths
from handbook.ui.widgets import theme
from handbook.ui.main_window import MainWindow
from handbook.ui.settings import Store

app = QApplication(["handbook", "-style", "Fusion"])
theme.load_fonts()
app.setFont(theme.ui_font())
places = find_paths()
window = MainWindow(load(places.content), places, Store(places.config), sys.argv[2])
window.show()
app.processEvents()
exec(sys.argv[1])
app.processEvents()
print(json.dumps({
    "address": window.address,
    "scrolled": window.reader.verticalScrollBar().value(),
    "points": window.reader.points,
    "ground": app.palette().base().color().name(),
    "contents": window.contents.isVisible(),
    "contents_width": window._split.sizes()[0],
    "size": [window.width(), window.height()],
}))
window.close()
"""


def start(home: Paths, does: str = "", address: str = "") -> dict[str, Any]:
    """Start, do something, close; gives what was seen before closing."""
    ended = run_window(home, SCRIPT, does, address)
    assert ended.returncode == 0, ended.stderr
    assert [line for line in ended.stderr.splitlines() if "propagateSizeHints" not in line] == []
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


@pytest.mark.parametrize(
    "does",
    [
        "window.look_commands.zoom(1); window.look_commands.zoom(1)\n"
        "window.looks.set_colours('dark'); window.resize(790, 650)\n"
        "window._split.moveSplitter(260, 1); window.open_address('statement#r2')\n"
        "bar = window.reader.verticalScrollBar(); bar.setValue(bar.value() + 97)",
        "window.looks.set_colours('light'); window._actions['contents'].trigger(); window.resize(760, 500)\n"
        "window.open_address('about#rights')",
    ],
    ids=["large, dark, in a section", "light, without contents"],
)
def test_a_start_shows_what_the_last_one_did(does: str, home: Paths) -> None:
    first = start(home)
    assert first["address"] == ""
    left = start(home, does)
    assert left != first
    assert start(home) == left
    assert start(home) == left  # looking changes nothing


KILLED = """
import os
for one in DOES:
    exec(one)
    window._keeping.setInterval(0)  # its time has come
    app.processEvents()
    window._keeping.setInterval(1_000_000)
window.close = lambda: (sys.stdout.flush(), os._exit(0))  # it is not asked: the computer is shut down
"""


def test_a_window_that_was_never_closed_opens_where_it_was(home: Paths) -> None:
    """Shutting the computer down ends a program without closing its windows."""
    does = ("window.look_commands.zoom(1)", "window.open_address('statement#r2')")
    left = start(home, KILLED.replace("DOES", repr(does)))
    assert left["address"] == "statement#r2"
    seen = start(home)
    assert (seen["address"], seen["points"]) == (left["address"], left["points"])


def test_what_was_cleared_is_not_written_down_again(home: Paths) -> None:
    start(home, KILLED.replace("DOES", repr(("window.open_address('statement#r2')", "window.clearing.forget()"))))
    assert start(home)["address"] == ""


def test_an_address_given_comes_before_the_last_place(home: Paths) -> None:
    start(home, "window.open_address('statement#r2')")
    seen = start(home, address="about#rights")
    assert seen["address"] == "about#rights"
    assert start(home)["address"] == "about#rights"


def test_a_place_that_is_gone_from_the_handbook_leads_to_the_start_page(home: Paths) -> None:
    home.config.mkdir(parents=True)
    (home.config / settings.FILE).write_text("[reading]\naddress=gone#away\noffset=300\n", "utf-8")
    assert start(home)["address"] == ""


def test_values_at_their_limits_open(home: Paths) -> None:
    home.config.mkdir(parents=True)
    (home.config / settings.FILE).write_text(
        "[reading]\naddress=statement\noffset=10000000\ntext_size=40\n"
        "[window]\ncontents_width=2000\ngeometry=AdnQywADAAA=\n",
        "utf-8",
    )
    seen = start(home)
    assert seen["points"] == settings.LARGEST
    assert seen["address"].startswith("statement")
