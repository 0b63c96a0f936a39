"""Figures of the workshop: from a change to its page in the preview, and the window's longest stall while many
pages are made. Run under Xvfb: `python tests/bench/bench_workshop.py [RUNS]`.

A stall is the longest time between two beats of a timer of 1 ms; the same window at rest is its baseline, measured
in the same run. Nothing here is asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
TEXTS = ("statement", "then-and-now", "instruments", "timeline")  # with a title page and contents some 20 pages


def main(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["HANDBOOK_HOME"] = home
        from PySide6.QtWidgets import QApplication

        from handbook.ui.app import SWITCH_INTERVAL
        from handbook.ui.widgets import theme

        gc.disable()  # as app.py has it: a thread that collects would keep Python from the window
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
        sys.setswitchinterval(SWITCH_INTERVAL)
        theme.load_fonts()
        app.setFont(theme.ui_font())
        print("| measure | median | slowest | |\n|---|---|---|---|")
        _preview(runs)
        _stall(max(1, runs // 3))


def _wait(until: Callable[[], bool], limit: float = 60) -> float:
    """Let the window live until something is true; the seconds it took."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    wake = QTimer()  # for the limit; turning round and round would take the thread's turns at Python
    wake.start(20)
    start = time.perf_counter()
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() - start > limit:
            raise TimeoutError
    return time.perf_counter() - start


def _preview(runs: int) -> None:
    """A passage added in the panel, to its page painted in the print window."""
    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.qt.garbage_collection import GarbageCollection
    from handbook.ui.settings import Store
    from handbook.workshop.model import CustomPage, Passage, Workshop

    places = find_paths()
    window = MainWindow(load(places.content), places, Store(places.config), "statement")
    window.show()
    GarbageCollection(window)
    controller = window.workshop.controller
    controller.document.open(Workshop("A day", items=tuple(Passage(name) for name in TEXTS)), None)
    controller.print_window()
    printing = controller.printing
    assert printing is not None
    _wait(lambda: not controller.page_builder.busy)
    shown: list[int] = []
    printing.pages.preview.painted.connect(lambda: shown.append(printing.pages.preview.page))
    pages = controller.page_builder.newest.printed["participants"].pages if controller.page_builder.newest else 0
    seconds: list[float] = []
    for number in range(runs):
        shown.clear()
        page = CustomPage(f"Number {number}", f"Words of page {number}. " * 40)
        place = 1 + number % len(TEXTS)
        before = printing.pages.preview._document
        start = time.perf_counter()
        from handbook.workshop import model

        controller.document.change(model.add(controller.workshop, page, place), "Add", after=(place,))
        _wait(lambda before=before: bool(shown) and printing.pages.preview._document is not before)  # type: ignore[misc]
        seconds.append(time.perf_counter() - start)
        _wait(lambda: not controller.page_builder.busy)
        controller.document.undo()
        _wait(lambda: not controller.page_builder.busy)
    row = f"| a change in the panel to its page in the preview, {pages} pages | {statistics.median(seconds):.2f} s |"
    print(f"{row} {max(seconds):.2f} s | target: 0.3 s |")
    window.close()


def _stall(runs: int) -> None:
    """The window's longest stall at rest, and while the pages of a long workshop are made and shown."""
    from tests.bench.bench_print import long_content

    with tempfile.TemporaryDirectory() as folder:
        long_content(Path(folder), 800)
        found = [_stalls(Path(folder)) for _ in range(runs)]
    rest, busy = ([one[place] for one in found] for place in (0, 1))
    middle, most, least = statistics.median(busy) * 1000, max(busy) * 1000, statistics.median(rest) * 1000
    row = f"| longest stall while {found[0][2]} pages are made | {middle:.0f} ms | {most:.0f} ms |"
    print(f"{row} at rest {least:.0f} ms; target: 16 ms above it |")


def _stalls(folder: Path) -> tuple[float, float, int]:
    """The longest stall at rest, that while all chapters of a folder are made and shown, and how many pages these are.

    In a new window: one that has shown them before has kept what it needs to show them again at once."""
    from PySide6.QtWidgets import QApplication

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.qt.garbage_collection import GarbageCollection
    from handbook.ui.settings import Store
    from handbook.workshop.model import Passage, Workshop
    from tests.bench.beats import beats

    places = find_paths(folder)
    window = MainWindow(load(places.content), places, Store(places.config))
    window.show()
    GarbageCollection(window)
    controller = window.workshop.controller
    controller.print_window()
    _wait(lambda: not controller.page_builder.busy)
    with beats() as rest:
        end = time.perf_counter() + 5
        _wait(lambda: time.perf_counter() > end)
    controller.document.open(Workshop("All", items=tuple(Passage(name) for name in window.handbook.chapters)), None)
    with beats() as busy:
        _wait(lambda: not controller.page_builder.busy, 120)
        shown = time.perf_counter() + 0.5
        _wait(lambda: time.perf_counter() > shown)
    printed = controller.page_builder.newest.printed if controller.page_builder.newest else {}
    pages = sum(one.pages for one in printed.values())
    controller.document.open(Workshop(), None)
    QApplication.processEvents()
    window.close()
    return max(rest), max(busy[20:]), pages  # opening the list of items is not what is measured


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
