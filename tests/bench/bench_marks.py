"""Figures of marks: a page with 670 of them and one with none, by turns; the list of 5,000; the search in them.

Run with any Qt platform: `QT_QPA_PLATFORM=offscreen python tests/bench/bench_marks.py [ROUNDS]`. Nothing here is
asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import datetime
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from handbook.content.handbook import Handbook
    from handbook.marks.model import Mark
    from handbook.ui.main_window import MainWindow
    from handbook.ui.marks.marks_window import MarksWindow

ROOT = Path(__file__).resolve().parents[2]
ON_PAGE, IN_ALL = 670, 5000
PAGE, OTHER = "glossary", "statement"


def marks_on(handbook: Handbook, text: str, chance: random.Random) -> list[Mark]:
    """Marks on one page: for the most part highlighted words, a sixth of them with a note, a tenth bookmarks."""
    from handbook.marks.anchoring import quote_of
    from handbook.marks.model import Mark

    sections = handbook.chapters[PAGE].sections
    made: list[Mark] = []
    while len(made) < ON_PAGE:
        section = chance.choice(sections)
        day = datetime.date(2026, 1, 1) + datetime.timedelta(chance.randrange(300))
        note = "Ask the group what they think of this." if chance.random() < 1 / 6 else ""
        if chance.random() < 0.1:
            made.append(Mark("bookmark", str(section.address), section.title, note=note, made=day))
            continue
        start = text.find(" ", chance.randrange(len(text) - 200)) + 1
        quote = quote_of(text, start, start + chance.randrange(15, 80))
        style = chance.randrange(1, 5)
        if quote.exact:
            made.append(Mark("highlight", str(section.address), section.title, *quote, note, style, day))
    return made


def marks_elsewhere(handbook: Handbook, number: int, chance: random.Random) -> list[Mark]:
    """Marks in the other chapters."""
    from handbook.marks.anchoring import quote_of
    from handbook.marks.model import Mark

    sections = [one for one in handbook.sections if one.address.chapter not in (PAGE, OTHER)]
    made: list[Mark] = []
    while len(made) < number:
        section = chance.choice(sections)
        text = handbook.chapters[section.address.chapter].text(section)
        if len(text) > 120:
            start = text.find(" ", chance.randrange(len(text) - 100)) + 1
            quote = quote_of(text, start, start + 40)
            if quote.exact:
                made.append(Mark("highlight", str(section.address), section.title, *quote, made=datetime.date.today()))
    return made


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of this thread's work: what others do on the machine is not in them."""
    begin = time.thread_time()
    work()
    return (time.thread_time() - begin) * 1000


def report(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(f"{what}: median {statistics.median(ordered):.1f}, least {ordered[0]:.1f}, most {ordered[-1]:.1f} ms")


def main(rounds: int) -> None:
    """Print the figures."""
    from PySide6.QtWidgets import QApplication

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.settings import Store
    from handbook.ui.widgets import theme

    app = QApplication(["handbook", "-style", "Fusion"])
    theme.load_fonts()
    app.setFont(theme.ui_font())
    paths = find_paths().with_(index=ROOT / "index")
    handbook = load(paths.content)
    chance = random.Random(1)  # noqa: S311 - drawn again in the same way
    windows: list[MainWindow] = []
    for _ in range(2):
        window = MainWindow(handbook, paths, Store(paths.config), PAGE)
        window.resize(1200, 800)
        window.show()
        settle(app)
        windows.append(window)
    bare, marked = windows
    own = marks_on(handbook, marked.reader.toPlainText(), chance)
    marked.marks._put((*own, *marks_elsewhere(handbook, IN_ALL - len(own), chance)))
    marked.open_address(OTHER)
    pages(app, bare, marked, rounds)
    lists(app, marked, rounds)
    for window in windows:
        window.close()


def pages(app: QApplication, bare: MainWindow, marked: MainWindow, rounds: int) -> None:
    """Open a page without marks, with marks for the first time, and with marks whose places are known, by turns."""
    kinds = (("none", bare), ("670 marks, first time", marked), ("670 marks, again", marked))
    opening: dict[str, list[float]] = {name: [] for name, _ in kinds}
    after: dict[str, list[float]] = {name: [] for name, _ in kinds}
    scrolling: dict[str, list[float]] = {name: [] for name, _ in kinds}
    for _ in range(rounds):
        for name, window in kinds:
            window.open_address(OTHER)
            settle(app)
            if "first" in name:
                window.marks._places._pages.clear()
            opening[name].append(timed(partial(show, window, PAGE)))
            after[name].append(timed(partial(settle, app)))
            scrolling[name].append(statistics.median(timed(partial(scroll, window)) for _ in range(20)))
    alone: dict[str, list[float]] = {"first time": [], "again": []}
    for name in ("first time", "again") * 2 * rounds:
        if name == "first time":
            marked.marks._places._pages.clear()
        alone[name].append(timed(marked.own_marks.show_on_page))
        settle(app)
    for name, found in alone.items():
        report(f"of that, finding and handing over the marks, {name}", found)
    print(f"{len(marked.reader.marking.highlights)} marks found on the page")
    for what, times in (("opening the page", opening), ("what follows", after), ("a step of scrolling", scrolling)):
        for name, found in times.items():
            report(f"{what}, {name}", found)
    for name in list(opening)[1:]:
        more = [one - two for one, two in zip(opening[name], opening["none"], strict=True)]
        report(f"opening the page, {name}, more than with none", more)


def show(window: MainWindow, address: str) -> None:
    """Open a page and paint it."""
    window.open_address(address)
    window.repaint()


def scroll(window: MainWindow) -> None:
    """Scroll by some lines and paint."""
    bar = window.reader.verticalScrollBar()
    bar.setValue(bar.value() + 300)
    window.reader.viewport().repaint()


def show_list(app: QApplication, window: MainWindow) -> None:
    """Make the list of marks and paint it."""
    window.own_marks.show_list()
    marks = window.own_marks.list
    assert marks is not None
    marks.repaint()
    app.processEvents()


def type_in_list(app: QApplication, marks: MarksWindow, text: str) -> None:
    """Search in the list, and paint it."""
    marks.search.setText(text)
    marks.repaint()
    app.processEvents()


def lists(app: QApplication, window: MainWindow, rounds: int) -> None:
    """Show the list of all marks, and search in it."""
    shown: list[float] = []
    typed: list[float] = []
    for _ in range(rounds):
        shown.append(timed(partial(show_list, app, window)))
        marks = window.own_marks.list
        assert marks is not None
        settle(app)
        for text in ("t", "tr", "traf", ""):
            typed.append(timed(partial(type_in_list, app, marks, text)))
            settle(app)
        marks.close()
        marks.deleteLater()
        settle(app)
        window.own_marks.list = None
    report("the list, to its first painting", shown)
    report("a letter in the list's search", typed)


def settle(app: QApplication) -> None:
    """Let everything happen that waits."""
    end = time.monotonic() + 0.15
    while time.monotonic() < end:
        app.processEvents()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ["HANDBOOK_HOME"] = home
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
