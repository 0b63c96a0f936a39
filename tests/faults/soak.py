"""Hours of use in some minutes: memory after many operations, against that after some.

Each run is a process of its own with a real window, offscreen: `python -m tests.faults.soak KIND SEED TIMES` prints
memory (Pss, KiB) after WARM operations, after half of them and at the end, and what the processes that set pages for
the window weigh then. Linux only."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.event_loop import wait
from tests.faults.outcome import Outcome
from tests.faults.places import home
from tests.helpers import ROOT

if TYPE_CHECKING:
    from handbook.ui.main_window import MainWindow

OPERATIONS, PREVIEWS = 2_000, 500
WARM = 50  # operations after which memory is first read
MOST = 1.1  # times what it was then
_PATIENCE = 60.0  # seconds for a preview to be made
_ACTIONS = (
    "next_section", "previous_section", "back", "forward", "colours_dark", "colours_light", "contents",
    "workshop_add", "workshop_undo", "workshop_redo", "next_match", "previous_match", "copy_source",
)  # fmt: skip
_QUERIES = ("labour", "trafficing", "root causes", '"human rights" -labour', "in:glossary consent", "te", "начало", "")


def trials(seed: int, share: float) -> list[Outcome]:
    """Run both, or a part of them."""
    if not Path("/proc/self/smaps_rollup").exists():
        print("not tried: memory is only read on Linux", file=sys.stderr)
        return []
    # An index that is older than the content would be built anew in the window, which takes memory by itself.
    subprocess.run([sys.executable, "-m", "handbook", "index"], cwd=ROOT, capture_output=True, check=True)
    kinds = (("previews", PREVIEWS), ("operations", OPERATIONS))
    return [_soak(kind, seed, max(2 * WARM + 2, round(times * share))) for kind, times in kinds]


def _soak(kind: str, seed: int, times: int) -> Outcome:
    outcome = Outcome(f"memory over {times} {kind}", times)
    with home() as folder:
        command = [sys.executable, "-m", "tests.faults.soak", kind, str(seed), str(times)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        del folder
    if done.returncode:
        outcome.lost.append(f"the process ended with {done.returncode}: {done.stderr[-500:]}")
        return outcome
    found = json.loads(done.stdout.splitlines()[-1])
    ratio = found["end"] / found["warm"]
    warm, half, end, others = (round(found[name] / 1024) for name in ("warm", "half", "end", "others"))
    outcome.name += f" ({warm}, {half}, {end} MiB, {ratio:.2f} times; beside it {others} MiB)"
    if ratio > MOST:
        outcome.lost.append(f"memory grew to {ratio:.2f} times what it was")
    return outcome


# -- In the process that is measured -------------------------------------------------------------------------


def main(kind: str, seed: int, times: int) -> None:
    """Do one operation after the other, and print what the process weighs."""
    from PySide6.QtWidgets import QApplication

    from handbook.base.paths import find_paths
    from handbook.content.loading import load
    from handbook.ui.main_window import MainWindow
    from handbook.ui.qt.garbage_collection import GarbageCollection
    from handbook.ui.settings import Store
    from handbook.ui.widgets import theme

    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.load_fonts()
    paths = find_paths()
    window = MainWindow(load(paths.content), paths, Store(paths.config), "statement")
    window.show()
    GarbageCollection(app)
    chance = random.Random(seed)
    run: Callable[[int], None] = _preview(window) if kind == "previews" else _operation(window, chance)
    found: dict[str, int] = {}
    for number in range(times):
        run(number)
        if number + 1 in (WARM, times // 2):
            wait(1500)
            found["warm" if number + 1 == WARM else "half"] = _weight()
    wait(1500)
    found["end"] = _weight()
    threads = Path("/proc/self/task").iterdir()
    children = [pid for thread in threads for pid in (thread / "children").read_text("ascii").split()]
    found["others"] = sum(map(_weight, children))
    print(json.dumps(found), flush=True)
    os._exit(0)


def _weight(process: str = "self") -> int:
    """What a process weighs, in KiB: its own pages and its share of those that it has with others."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def _preview(window: MainWindow) -> Callable[[int], None]:
    """Changes a workshop and waits until its pages are drawn anew."""
    from handbook.workshop.model import CustomPage, Item, Passage, Workshop

    controller = window.workshop.controller
    items: tuple[Item, ...] = (
        *map(Passage, ("plan-opening", "statement", "cards-statements")),
        CustomPage("Ours", "Words"),
    )
    controller.document.open(Workshop("One day", participants=12, items=items), None)
    controller.print_window()
    printing = controller.printing
    if printing is None:
        raise RuntimeError("the print window is not there")

    def run(number: int) -> None:
        page = CustomPage("Ours", f"Words of change {number}.")
        changed = replace(controller.document.workshop, items=(*items[:-1], page))
        controller.document.change(changed, "change", key="page")
        end = time.monotonic() + _PATIENCE
        view = printing.pages.preview
        wait(10)
        while controller.page_builder.busy or not view.pages or view.page not in view.drawn:
            wait(10)
            if time.monotonic() > end:
                raise RuntimeError(f"no pages after change {number}")
        view.show_page(number % view.pages)

    return run


def _operation(window: MainWindow, chance: random.Random) -> Callable[[int], None]:
    """One of the things a person does, by lot."""
    from PySide6.QtGui import QAction

    addresses = [str(one.address) for chapter in window.handbook.chapters.values() for one in chapter.sections]
    actions = {action.objectName(): action for action in window.findChildren(QAction)}
    names = [name for name in _ACTIONS if name in actions]
    if len(names) < len(_ACTIONS) // 2:
        raise RuntimeError(f"few of the commands are there: {names}")

    def run(_: int) -> None:
        what = chance.random()
        if what < 0.35:
            window.open_address(chance.choice(addresses))
        elif what < 0.65:
            window.searching.field.setText(chance.choice(_QUERIES))
            wait(20)
        elif what < 0.75:
            window.look_commands.zoom(chance.choice((-1, 1)))
        else:
            actions[chance.choice(names)].trigger()
        wait(5)

    return run


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
