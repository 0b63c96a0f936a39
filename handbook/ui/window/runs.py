"""The one workshop that a window runs: where it begins or goes on, and what it follows.

Belongs here: what is asked before a run begins, and handing changes of the workshop on. Not here: the window of the run
(presenting/run_window.py), what a changed programme makes of it (handbook/presenting/carrying.py)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QMessageBox

from handbook.base.catalogue import tr
from handbook.content.handbook import Handbook
from handbook.presenting import lead, run_file
from handbook.presenting.carrying import carried, is_alike
from handbook.presenting.moments import Moment, moments_of
from handbook.presenting.run_clock import Run, day_at, place_at, planned_end
from handbook.presenting.run_file import Kept
from handbook.ui.presenting.room import Room
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.widgets.dialogs import answer_to
from handbook.ui.widgets.theme import Theme
from handbook.ui.window.kept_run import not_ended
from handbook.ui.workshop.dock import WorkshopDock
from handbook.ui.workshop.document import WorkshopDocument
from handbook.workshop import file
from handbook.workshop.model import Workshop

_How = Literal["begins", "goes on", "is taken over", "is looked on at"]  # a run in this window


class Runs(QObject):
    """Runs workshops, one at a time.

    handbook, theme: asked when a run begins. now: the clock, see RunWindow."""

    begun = Signal()
    over = Signal()
    forgotten = Signal()  # a run that was not ended
    told = Signal(str)  # a sentence for the person to put away
    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds
    link_chosen = Signal(str)  # in the text of a step: open it

    def __init__(
        self,
        handbook: Callable[[], Handbook],
        trainers: QMainWindow,
        room: Room,
        data: Path,
        theme: Callable[[], Theme],
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(trainers)
        self._handbook, self._trainers, self._room = handbook, trainers, room
        self._data, self._theme, self._now = data, theme, now
        self.window: RunWindow | None = None
        self._document: WorkshopDocument | None = None
        self._path: Path | None = None  # of the file that is run
        self._follows = False

    def begin(self, dock: WorkshopDock) -> None:
        """Lead through the workshop that is open, or come back to the run that is going on."""
        if self.window is not None:
            self.window.activateWindow()
            return
        document = dock.controller.document
        moments = moments_of(self._handbook(), document.workshop)
        kept, led = self._kept()
        if kept is None and not moments:
            self.said.emit(tr("Open a workshop with minutes in it first: F8."), 4000)
        elif kept is None:
            self._lead(dock, self._anew(document.workshop, moments))
        elif led and moments and not self._is_of(kept, document.workshop):
            said = tr("“{title}” is being run in another window. End it there before another begins.")
            self.said.emit(said.format(title=kept.title), 8000)
        elif led:
            self.go_on(dock)
        elif is_alike(kept.run, kept.moments, moments):
            self._go_on_or_anew(dock, kept, moments)
        else:
            self._go_on_or_another(dock, kept, moments)

    def go_on(self, dock: WorkshopDock) -> None:
        """Go on with the run that was not ended, with its workshop as the window, its file or the copy has it."""
        kept, led = self._kept()
        if kept is None or self.window is not None:
            self.begin(dock)
            return
        how: _How | None = self._beside_another(kept) if led else "goes on"
        if how is None:
            return
        document = dock.controller.document
        if not self._is_of(kept, document.workshop):
            opened = self._open_workshop(dock, kept)
            if opened is None:
                self.told.emit(
                    tr(
                        "The run of “{title}” can't go on here: its workshop is neither in its file nor in this "
                        "handbook any more."
                    ).format(title=kept.title)
                )
            if not opened:
                return
        moments = moments_of(self._handbook(), document.workshop)
        kept = run_file.kept(self._data) or kept  # which another window has gone on with while the trainer was asked
        run = self._resumed(kept, moments) if how == "goes on" else self._carried(kept, moments)
        self._lead(dock, run, how)

    def _kept(self) -> tuple[Kept | None, bool]:
        """The run that was not ended, and whether a window leads it now."""
        kept = run_file.kept(self._data)
        return kept, kept is not None and lead.is_led(kept, self._data)

    def _beside_another(self, kept: Kept) -> _How | None:
        """Ask what to do with a run that another window leads; None for nothing."""
        step = kept.moments[kept.run.place].whole_title
        text = tr("“{title}” is being run in another window. It is at “{step}”.").format(title=kept.title, step=step)
        answers: tuple[_How, ...] = ("is looked on at", "is taken over")
        answer = self._ask(text, tr("&Look on"), tr("Take it o&ver here"))
        return None if answer is None else answers[answer]

    def _is_of(self, kept: Kept, workshop: Workshop) -> bool:
        """Is a workshop the one of a run?"""
        return is_alike(kept.run, kept.moments, moments_of(self._handbook(), workshop))

    def _open_workshop(self, dock: WorkshopDock, kept: Kept) -> bool | None:
        """Open the workshop of a run; False where the person wants to stay with another, None if it is nowhere."""
        with contextlib.suppress(file.BadWorkshop):
            if kept.path is not None and self._is_of(kept, file.read(kept.path).workshop):
                return dock.controller.open_file(kept.path)
        with contextlib.suppress(file.BadWorkshop):
            copy = file.loads(kept.workshop.encode())
            if self._is_of(kept, copy.workshop):
                return dock.controller.open_copy(copy)
        return None

    def _lead(self, dock: WorkshopDock, run: Run | None, how: _How = "begins") -> None:
        """Open the window of a run, None for one that is not wanted."""
        if run is None:
            return
        if how in ("begins", "goes on") and self._kept()[1]:  # another window was faster than the trainer's answer
            self.begin(dock)
            return
        document = dock.controller.document
        self.window = RunWindow(
            self._handbook(),
            document.workshop,
            self._room,
            self._theme(),
            lead.Lead(self._data, looks_on=how == "is looked on at"),
            self._now,
            run,
        )
        self.window.follow(document.workshop, document.path)
        self.window.ended.connect(self._ended)
        self.window.link_chosen.connect(self.link_chosen)
        self._document, self._path, self._follows = document, document.path, True
        document.opened.connect(self._opened)
        document.changed.connect(self._changed)
        document.filed.connect(self._filed)
        self.window.show()
        self.begun.emit()
        if how in ("goes on", "is taken over"):
            self.window.tell(tr("The run goes on where it was."))

    def close(self) -> None:
        """Close the run's window; the run can go on later."""
        if self.window is not None:
            self.window.close()

    # -- Where it begins -----------------------------------------------------------------------------------------

    def _carried(self, kept: Kept, moments: tuple[Moment, ...]) -> Run:
        return carried(kept.run, kept.moments, moments, self._now())

    def _resumed(self, kept: Kept, moments: tuple[Moment, ...]) -> Run:
        return self._carried(kept, moments).resumed(self._now())

    def _go_on_or_anew(self, dock: WorkshopDock, kept: Kept, moments: tuple[Moment, ...]) -> None:
        """Ask what to do with a run of the workshop that is open."""
        run = self._resumed(kept, moments)
        text = tr("A run of this workshop was not ended. It was at “{step}”.").format(
            step=moments[run.place].whole_title
        )
        answer = self._ask(text, tr("&Go on there"), tr("&Begin anew"))
        if answer == 0:
            self._lead(dock, run, "goes on")
        elif answer == 1:
            self._lead(dock, self._anew(dock.controller.document.workshop, moments))

    def _go_on_or_another(self, dock: WorkshopDock, kept: Kept, moments: tuple[Moment, ...]) -> None:
        """Ask what to do with a run of another workshop than the one that is open."""
        if moments:
            text = tr("A run of “{title}” was not ended. It is forgotten when another begins.")
            answer = self._ask(text.format(title=kept.title), tr("&Go on with it"), tr("&Begin this one"))
        else:
            answer = self._ask(not_ended(kept), tr("&Go on with it"), tr("&Forget it"))
        if answer == 0:
            self.go_on(dock)
        elif answer == 1 and moments:
            self._lead(dock, self._anew(dock.controller.document.workshop, moments))
        elif answer == 1:
            lead.clear(self._data)
            self.forgotten.emit()

    def _anew(self, workshop: Workshop, moments: tuple[Moment, ...]) -> Run | None:
        """A run from the first step of the day, or from where the programme is by now."""
        day = day_at(workshop.date, moments[-1].day, self._now())
        first = next((at for at, one in enumerate(moments) if one.day == day), 0)
        place, planned = first, place_at(moments, self._now(), moments[first].day)
        if planned != first and self._now() < planned_end(moments, first, self._now()):
            text = tr("By the programme it is now “{step}”. Begin with the first step, “{first}”, or there?").format(
                step=moments[planned].whole_title, first=moments[first].whole_title
            )
            answer = self._ask(text, tr("With the &first step"), tr("&There"))
            if answer is None:
                return None
            place = (first, planned)[answer]
        return Run.begin(moments, self._now(), place)

    def _ask(self, text: str, *answers: str) -> int | None:
        """The number of the answer that was chosen; None for Cancel."""
        box = QMessageBox(self._trainers)
        box.setWindowTitle(tr("Run the workshop"))
        box.setText(text)
        buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
        box.setDefaultButton(buttons[0])
        box.setEscapeButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        answer_to(box)
        clicked = box.clickedButton()
        box.deleteLater()
        return next((number for number, button in enumerate(buttons) if button is clicked), None)

    # -- What it follows -----------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self.window is not None and self._document is not None and self._follows:
            self.window.follow(self._document.workshop, self._path)

    def _filed(self) -> None:
        """The workshop that is run was saved, perhaps as another file."""
        if self._document is not None and self._follows and self._document.path != self._path:
            self._path = self._document.path
            self._changed()

    def _opened(self) -> None:
        """Another file was opened: the run goes on with the one that it began with, until that is opened again."""
        if self._document is not None:
            self._follows = self._path is not None and self._document.path == self._path

    def _ended(self) -> None:
        if self._document is not None:
            self._document.opened.disconnect(self._opened)
            self._document.changed.disconnect(self._changed)
            self._document.filed.disconnect(self._filed)
            self._document = None
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self.over.emit()
