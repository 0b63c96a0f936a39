"""Every question and notice that the program puts into a message box, for tests of what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from handbook.base.catalogue import tr
from handbook.marks import FILE
from handbook.presenting.lead import Lead
from handbook.ui.help import update_dialog
from handbook.ui.main_window import MainWindow
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.widgets import dialogs
from handbook.ui.workshop.files import ask_before_leaving, may_replace
from tests.ui.every_window import WORKSHOP

STEP = "1. Jigsaw: Form groups of three or four people"
PATH = Path("A day with a long title that has many words.workshop")


def every_question(main: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """What asks each of them, with a name. Nothing is done where no button of its box is pressed."""
    yield "leave", partial(ask_before_leaving, main, WORKSHOP.title)
    yield "leave marks", partial(_leave_marks, main)
    yield "replace", partial(may_replace, main, PATH)
    yield "clear", main.clearing.ask
    yield "a pack", partial(main._drops.ask, [PATH.with_suffix(".handbook")])
    yield "a folder", partial(main._drops.ask, [main.paths.content])
    not_started = tr("Windows did not start '{name}'. Nothing was changed.").format(name="field-handbook-99.1.exe")
    yield "no update", partial(update_dialog._say_no, not_started, main)
    run = RunWindow(main.handbook, WORKSHOP, main.room, main.looks.theme, Lead(main.paths.data))
    yield "end a run", run.end
    going_on = tr("A run of this workshop was not ended. It was at “{step}”.").format(step=STEP)
    yield "go on", partial(main.showing.runs._ask, going_on, tr("&Go on there"), tr("&Begin anew"))
    beside = tr("“{title}” is being run in another window. It is at “{step}”.").format(title=STEP, step=STEP)
    yield "look on", partial(main.showing.runs._ask, beside, tr("&Look on"), tr("Take it o&ver here"))
    where = tr("By the programme it is now “{step}”. Begin with the first step, “{first}”, or there?")
    yield (
        "where",
        partial(main.showing.runs._ask, where.format(step=STEP, first=STEP), tr("With the &first step"), tr("&There")),
    )
    note = tr("The note was changed. Close it without keeping what you wrote?")
    yield "note", partial(dialogs.ask, main, tr("Note"), note, tr("&Close without keeping it"))
    again = tr("The language changes when the handbook is started again. Start it again now?")
    yield "language", partial(dialogs.ask, main, tr("Language"), again, tr("&Start again"))
    there = tr("These files are there already. Replace them?\n\n{names}").format(names="\n".join(["packet.pdf"] * 5))
    yield "files", partial(dialogs.ask, main, tr("Replace files?"), there, tr("&Replace them"))
    run.close()


def _leave_marks(main: MainWindow) -> None:
    marks = main.late_marks.own
    why = tr("Your marks can't be kept: {reason}").format(
        reason=tr("There is not enough room on the disk for '{target}'. Make room, or choose another disk.").format(
            target=main.paths.data / FILE
        )
    )
    before, marks.controller.save_now = marks.controller.save_now, lambda: why  # type: ignore[method-assign]
    marks.may_close()
    marks.controller.save_now = before  # type: ignore[method-assign]


def boxes_asked(ask: Callable[[], object], look: Callable[[QMessageBox], None]) -> int:
    """Let something ask, look at each box that it asks with, as it is shown, and leave it without an answer."""
    seen: list[QMessageBox] = []

    def shown(box: QMessageBox) -> int:
        seen.append(box)
        box.show()
        look(box)
        box.hide()
        return int(QMessageBox.StandardButton.NoButton.value)

    before = QMessageBox.exec
    QMessageBox.exec = shown  # type: ignore[assignment, method-assign]
    try:
        ask()
    finally:
        QMessageBox.exec = before  # type: ignore[method-assign]
    return len(seen)
