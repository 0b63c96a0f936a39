"""Figures of showing to the room: F5 to the painted page, a page on, a piece on: `python tests/bench/bench_show.py`.

Milliseconds of work of the window's own thread, because the machines that measure are shared: waiting for a processor
is not counted. Nothing here is asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.own_window import in_own_home, open_window

CHAPTERS = ("statement", "ex-jigsaw", "glossary")
STEPS = 60
WAIT = 5.0  # seconds after which a step that paints nothing is over: at an end


def main() -> None:
    """Measure in a home of its own."""
    in_own_home(_measure)


def _measure(home: Path) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtTest import QTest

    from handbook.ui.presenting.public_window import PublicWindow

    app, window = open_window(home, CHAPTERS[0])
    painted: list[float] = []  # when each painting was over
    paint = PublicWindow.paintEvent

    def watched(self: PublicWindow, event: QPaintEvent) -> None:
        paint(self, event)
        painted.append(time.thread_time())

    PublicWindow.paintEvent = watched  # type: ignore[method-assign]

    def spent(do: Callable[[], object]) -> float:
        """Milliseconds of work from a deed to the end of what it paints; what is prepared afterwards is not counted."""
        for _ in range(30):  # what is prepared while the page is looked at
            app.processEvents()
        painted.clear()
        begun, late = time.thread_time(), time.monotonic() + WAIT
        do()
        while not painted and time.monotonic() < late:
            app.processEvents()
        return (painted[0] - begun) * 1000 if painted else 0.0

    for chapter in CHAPTERS:
        window.open_address(chapter)
        first = spent(window.showing.show_passage)
        show = window.room.show
        if show is None:
            raise SystemExit(f"{chapter} is not shown")
        print(f"{chapter}: F5 {first:.0f} ms")
        for what, key in (("page", Qt.Key.Key_PageDown), ("piece", Qt.Key.Key_Space)):
            show.show_address(chapter)
            times = []
            for _ in range(STEPS):
                took = spent(partial(QTest.keyClick, show.window, key))
                if not painted:
                    break
                times.append(took)
            times.sort()
            p95 = times[int(len(times) * 0.95)] if times else 0.0
            print(f"    a {what} on: median {statistics.median(times or [0]):.1f} ms, p95 {p95:.1f} ms of {len(times)}")
        window.room.end()
    window.close()


if __name__ == "__main__":
    main()
