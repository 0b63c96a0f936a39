"""What a group sees from the main window: passages that are shown, and the workshop that is run.

Belongs here: what the commands for it take, and what the window does when it is over. Not here: the public window
(presenting/), what is asked before a run (runs.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from handbook.base.catalogue import tr
from handbook.ui.presenting.room import Room
from handbook.ui.searching.controller import SearchController
from handbook.ui.widgets.bars import NoticeBar
from handbook.ui.window.kept_run import KeptRun
from handbook.ui.window.shared import Shared
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from handbook.ui.window.runs import Runs


class Showing:
    """The shows and the runs of one window. follow: opens a link in the text of a step."""

    def __init__(
        self,
        shared: Shared,
        searching: SearchController,
        workshop: WorkshopDock,
        notice: NoticeBar,
        follow: Callable[[str], object],
    ) -> None:
        self._window, self._navigation, self._reader = shared.window, shared.navigation, shared.reader
        self._looks, self._data = shared.looks, shared.paths.data
        self._messages, self._searching, self._workshop = shared.messages, searching, workshop
        self._follow_link, self._notice = follow, notice
        self.kept_run = KeptRun(
            self._data,
            shared.window,
            notice,
            lambda: self.is_running,
            self.go_on_with_run,
            shared.navigation.renew_start_page,
        )
        QTimer.singleShot(0, shared.window, lambda: self.kept_run.offer())  # noqa: PLW0108 - Qt holds no reference to a method
        self.room = Room(
            shared.navigation.handbook,
            shared.window,
            shared.parsed.read,
            lambda question, stale: searching.finder.answer(question, stale),  # noqa: PLW0108 - of what is read
            lambda: shared.looks.theme,
        )
        self.room.begun.connect(searching.marks_changed)
        self.room.ended.connect(searching.marks_changed)
        self.room.ended.connect(self._show_ended)
        self.room.search_wanted.connect(self._search)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these commands does."""
        return {"show": self.show_passage, "run": self.run_workshop}

    @property
    def is_on(self) -> bool:
        """May a group see this screen now?"""
        return self.room.show is not None or self.is_running

    @property
    def is_running(self) -> bool:
        """Is a workshop run now?"""
        return "runs" in self.__dict__ and self.runs.window is not None

    def show_passage(self) -> None:
        """Show what is selected, else the section that commands are about, to the group, in place of what is shown.

        Once more ends it: the page is on another screen then, where Esc does not reach it."""
        if not self._navigation.chapter:
            self._messages.say(tr("Open a chapter first: what is being read is shown."), 4000)
            return
        words, show = self._reader.selected_text(), self.room.show
        if show is not None and show.wanted == (words, self._navigation.target):
            self.room.end()
        elif words:
            self.room.show_words(words, self._navigation.target)
        else:
            self.room.show_address(self._navigation.target)

    def run_workshop(self) -> None:
        """Lead through the workshop that is open, by the clock."""
        self.runs.begin(self._workshop)

    def go_on_with_run(self) -> None:
        """Go on with the run that was not ended."""
        self.runs.go_on(self._workshop)

    @cached_property
    def runs(self) -> Runs:
        """The workshops that are run; made when one first is."""
        from handbook.ui.window.runs import Runs

        runs = Runs(lambda: self._navigation.handbook, self._window, self.room, self._data, lambda: self._looks.theme)
        runs.said.connect(self._messages.say)
        runs.told.connect(self._notice.show_notice)
        runs.link_chosen.connect(self._follow)
        runs.begun.connect(self._searching.marks_changed)
        runs.over.connect(self._searching.marks_changed)
        for signal in (runs.begun, runs.over, runs.forgotten):
            signal.connect(self.kept_run.update)
        return runs

    def restyle(self) -> None:
        """Let the window of the run take the colours and sizes of now."""
        if self.is_running and self.runs.window is not None:
            self.runs.window.restyle(self._looks.theme)

    def _follow(self, href: str) -> None:
        self._window.activateWindow()
        self._follow_link(href)

    def _search(self) -> None:
        self._window.activateWindow()
        self._searching.enter()

    def _show_ended(self, address: str) -> None:
        """Go on reading where the show ended, or go on with the run."""
        if self.is_running and self.runs.window is not None:
            self.runs.window.activateWindow()
            return
        self._window.activateWindow()
        self._reader.setFocus()
        if address and address != self._navigation.address:
            self._navigation.open_address(address)

    def close(self) -> None:
        """End the show and the run, as the window closes."""
        self.room.end()
        if "runs" in self.__dict__:
            self.runs.close()
