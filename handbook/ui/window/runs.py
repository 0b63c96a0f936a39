"""The one workshop that a window runs: where it begins or goes on, and what it follows.

Belongs here: what is asked before a run begins, and handing changes of the workshop on. Not here: the window of the run
(presenting/run_window.py), what a changed programme makes of it (handbook/presenting/carrying.py)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QMessageBox

from handbook.base.catalogue import tr
from handbook.content.handbook import Handbook
from handbook.presenting import run_file
from handbook.presenting.carrying import carried, is_alike
from handbook.presenting.moments import Moment, moments_of
from handbook.presenting.run_clock import Run, day_at, place_at
from handbook.ui.presenting.room import Room
from handbook.ui.presenting.run_window import RunWindow
from handbook.ui.widgets.dialogs import answer_to
from handbook.ui.widgets.theme import Theme
from handbook.ui.workshop.document import WorkshopDocument
from handbook.workshop.model import Workshop


class Runs(QObject):
    """Runs workshops, one at a time.

    handbook, theme: asked when a run begins. now: the clock, see RunWindow."""

    begun = Signal()
    over = Signal()
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

    def begin(self, document: WorkshopDocument) -> None:
        """Lead through the workshop of a document, or come back to the run that is going on."""
        if self.window is not None:
            self.window.activateWindow()
            return
        handbook, workshop = self._handbook(), document.workshop
        moments = moments_of(handbook, workshop)
        if not moments:
            kept = run_file.kept(self._data)
            told = "" if kept is None else f"{self._not_ended(kept.title)} "
            self.said.emit(told + tr("Open a workshop with minutes in it first: F8."), 8000 if told else 4000)
            return
        goes_on, run = self._where(workshop, moments)
        if run is None:
            return
        self.window = RunWindow(handbook, workshop, self._room, self._theme(), self._data, self._now, run)
        self.window.ended.connect(self._ended)
        self.window.link_chosen.connect(self.link_chosen)
        self._document, self._path, self._follows = document, document.path, True
        document.opened.connect(self._opened)
        document.changed.connect(self._changed)
        self.window.show()
        self.begun.emit()
        if goes_on:
            self.window.tell(tr("The run goes on where it was."))

    def close(self) -> None:
        """Close the run's window; the run can go on later."""
        if self.window is not None:
            self.window.close()

    # -- Where it begins -----------------------------------------------------------------------------------------

    def _where(self, workshop: Workshop, moments: tuple[Moment, ...]) -> tuple[bool, Run | None]:
        """Does a run go on; that run or the one that begins, None where the trainer wants neither."""
        kept = run_file.kept(self._data)
        if kept is not None and is_alike(kept.run, kept.moments, moments):
            run = carried(kept.run, kept.moments, moments, self._now()).resumed(self._now())
            text = tr("A run of this workshop was not ended. It was at “{step}”.").format(
                step=moments[run.place].whole_title
            )
            answer = self._ask(text, tr("&Go on there"), tr("&Begin anew"))
            if answer != 1:
                return True, run if answer == 0 else None
        elif kept is not None and self._ask(self._not_ended(kept.title), tr("&Begin this one")) is None:
            return False, None
        return False, self._anew(workshop, moments)

    def _anew(self, workshop: Workshop, moments: tuple[Moment, ...]) -> Run | None:
        """A run from the first step of the day, or from where the programme is by now."""
        day = day_at(workshop.date, moments[-1].day, self._now())
        first = next((at for at, one in enumerate(moments) if one.day == day), 0)
        place = planned = place_at(moments, self._now(), moments[first].day)
        if planned != first:
            text = tr("By the programme it is now “{step}”. Begin with the first step, “{first}”, or there?").format(
                step=moments[planned].whole_title, first=moments[first].whole_title
            )
            answer = self._ask(text, tr("With the &first step"), tr("&There"))
            if answer is None:
                return None
            place = (first, planned)[answer]
        return Run.begin(moments, self._now(), place)

    @staticmethod
    def _not_ended(title: str) -> str:
        return tr("A run of “{title}” was not ended. It is forgotten when another begins.").format(title=title)

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
            self.window.follow(self._document.workshop)

    def _opened(self) -> None:
        """Another file was opened: the run goes on with the one that it began with, until that is opened again."""
        if self._document is not None:
            self._follows = self._path is not None and self._document.path == self._path

    def _ended(self) -> None:
        if self._document is not None:
            self._document.opened.disconnect(self._opened)
            self._document.changed.disconnect(self._changed)
            self._document = None
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self.over.emit()
