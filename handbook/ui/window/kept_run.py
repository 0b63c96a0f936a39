"""A run that was not ended, as the window tells of it at the start: in a notice, and among the ways to go on.

Belongs here: its words, and forgetting it. Not here: how a run begins or goes on (runs.py), and its file
(handbook/presenting/run_file.py), which is not imported where there is none."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from handbook.base import atomic_file, dates
from handbook.base.catalogue import tr
from handbook.presenting import RUN_FILE
from handbook.ui.widgets.bars import NoticeBar

if TYPE_CHECKING:
    from handbook.presenting.run_file import Kept


class KeptRun:
    """Tells one window of the run that can go on.

    is_running: does this window run a workshop now? go_on: goes on with what is kept. changed: called when there is
    another run to go on with, or none."""

    def __init__(
        self,
        data: Path,
        window: QWidget,
        notice: NoticeBar,
        is_running: Callable[[], bool],
        go_on: Callable[[], None],
        changed: Callable[[], object],
    ) -> None:
        self._data, self._window, self._notice = data, window, notice
        self._is_running, self.go_on, self._changed = is_running, go_on, changed
        self._told = ""  # in the notice

    def found(self) -> Kept | None:
        """The run that can go on; None without one, or while this window or another runs it."""
        if self._is_running() or not (self._data / RUN_FILE).exists():
            return None
        from handbook.presenting import lead, run_file

        kept = run_file.kept(self._data)
        return None if kept is None or lead.is_led(kept, self._data) else kept

    def offer(self) -> None:
        """Say above the page that there is a run to go on with, or that its file can't be read."""
        kept = self.found()
        if kept is None and not self._is_running() and os.path.lexists(self._data / RUN_FILE):
            self._tell_of_damage()
        if kept is not None:
            self._told = not_ended(kept)
            more = (tr("Forget it"), self.forget)
            self._notice.show_notice(self._told, tr("Go on with the run"), self.go_on, more)

    def _tell_of_damage(self) -> None:
        from handbook.presenting import run_file

        aside = run_file.set_aside(self._data)
        if aside is not None:
            text = tr(
                "The file of a run that was not ended could not be read, so it can't go on. "
                "The file is kept as '{name}'."
            )
            link = atomic_file.told_of_link(aside, self._data / RUN_FILE)
            self._notice.show_notice(text.format(name=aside.name) + link)

    def words(self) -> str:
        """The run that can go on, as a link of the start page; "" for none."""
        kept = self.found()
        if kept is None:
            return ""
        day, time = _stopped(kept)
        other_day, today = tr("Run of “{title}”, stopped on {day} at {time}"), tr("Run of “{title}”, stopped at {time}")
        said = other_day if day else today
        return said.format(title=kept.title or tr("Workshop without a title"), day=day, time=time)

    def forget(self) -> None:
        """Forget it, once the person has said so again: its times can't be had back."""
        from handbook.presenting import lead
        from handbook.ui.widgets.dialogs import ask

        kept = self.found()
        if kept is None:
            self.update()
            return
        text = tr("Forget the run of “{title}”, with the times at which its steps were run?")
        title = kept.title or tr("Workshop without a title")
        if ask(self._window, tr("Run the workshop"), text.format(title=title), tr("&Forget it")):
            lead.clear(self._data)
            self.update()
        else:
            self.offer()

    def update(self) -> None:
        """A run has begun, gone on or ended: what was told of one holds no more."""
        if self._told:
            self._notice.withdraw(self._told)
            self._told = ""
        self._changed()


def not_ended(kept: Kept) -> str:
    """Which run was not ended, and where and when it stopped."""
    day, time = _stopped(kept)
    if day:
        said = tr("The run of “{title}” was not ended. It stopped on {day} at {time}, at “{step}”.")
    else:
        said = tr("The run of “{title}” was not ended. It stopped at {time}, at “{step}”.")
    title, step = kept.title or tr("Workshop without a title"), kept.moments[kept.run.place].whole_title
    return said.format(title=title, step=step, day=day, time=time)


def _stopped(kept: Kept) -> tuple[str, str]:
    """The day on which a run stopped, "" for today, and the time."""
    at = datetime.datetime.fromtimestamp(kept.seen)
    day = "" if at.date() == datetime.datetime.now().date() else dates.written(at.date())
    return day, f"{at:%H:%M}"
