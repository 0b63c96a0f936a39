"""Figures of reading: a chapter opened, a step of the text size, another theme, the print dialog:
`python tests/bench/bench_reading.py`.

Milliseconds from the command to the end of what it paints, by the clock: on a quiet machine only. Nothing here is
asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.own_window import in_own_home, open_window

AGAIN = 10


def main() -> None:
    """Measure in a home of its own."""
    in_own_home(_measure)


def _measure(home: Path) -> None:
    from handbook.ui.printing.print_dialog import PrintDialog

    app, window = open_window(home, "statement")
    book = window.handbook
    app.processEvents()

    def spent(do: Callable[[], object]) -> float:
        begin = time.perf_counter()
        do()
        window.reader.viewport().repaint()
        took = (time.perf_counter() - begin) * 1000
        for _ in range(10):  # what is left for afterwards belongs to no figure
            app.processEvents()
        return took

    opened = {id_: spent(lambda id_=id_: window.open_address(id_)) for id_ in book.chapters}  # type: ignore[misc]  # a default in a lambda
    again = {id_: spent(lambda id_=id_: window.open_address(id_)) for id_ in book.chapters}  # type: ignore[misc]  # a default in a lambda
    _tell("a chapter opened, the first time", list(opened.values()), max(opened, key=lambda id_: opened[id_]))
    _tell("a chapter opened, again", list(again.values()), max(again, key=lambda id_: again[id_]))
    window.open_address("statement")
    _tell("a step of the text size", [spent(lambda way=way: window.look_commands.zoom(way)) for way in (1, -1) * AGAIN])  # type: ignore[misc]
    _tell("another theme", [spent(lambda to=to: window.looks.set_colours(to)) for to in ("dark", "light") * AGAIN])  # type: ignore[misc]

    def dialog() -> None:
        made = PrintDialog(book, window.outputs.typesetter, window.store, "statement#r2", window.looks.theme, window)
        made.show()
        made.repaint()
        made.reject()
        made.deleteLater()

    _tell("the print dialog, open", [spent(dialog) for _ in range(AGAIN)])
    window.close()


def _tell(what: str, found: Sequence[float], slowest: str = "") -> None:
    ordered = sorted(found)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{what}: median {statistics.median(found):.0f} ms, 95% {high:.0f}, most {ordered[-1]:.0f} {slowest}")


if __name__ == "__main__":
    main()
