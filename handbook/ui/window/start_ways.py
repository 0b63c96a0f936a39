"""The ways in from the start page: what it offers this person, and what its links do.

Belongs here: gathering that, carrying out commands and opening workshops by link. Not here: the page's words
(reading/start_page.py). Links of these kinds work on the start page alone: a chapter's words command nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.reading.shown import Shown
from handbook.ui.reading.start_page import COMMAND, LIBRARY, READY, RECENT, RUN, GoOn, start_page
from handbook.ui.window.shared import Shared
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from handbook.ui.window.kept_run import KeptRun
    from handbook.workshop.ready import Ready

MOST_RECENT = 4  # workshops used last


class StartWays:
    """The start page of one window.

    has_marks: asked whether the person has marked something.
    others:    asked for the name and title of each other handbook."""

    def __init__(
        self,
        shared: Shared,
        handbook: Handbook,
        workshop: WorkshopDock,
        has_marks: Callable[[], bool],
        others: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:
        self._shared, self._handbook, self._store = shared, handbook, shared.store
        self._workshop, self._has_marks, self._others = workshop, has_marks, others
        self.kept_run: KeptRun | None = None  # the window puts it
        self._recent: list[Path] = []  # as the page shows them

    def turn_to(self, handbook: Handbook) -> None:
        """Another handbook is being read."""
        self._handbook = handbook
        self.__dict__.pop("_ready", None)

    @cached_property
    def _ready(self) -> list[Ready]:
        from handbook.workshop.ready import ready_workshops  # a start at a chapter does without it

        return ready_workshops(self._handbook.folder, self._workshop.index)

    def page(self) -> Shown:
        """The start page as of now."""
        self._recent = self._used_last()
        go_on = GoOn(
            self._store.read(settings.LAST_ADDRESS),
            [path.stem for path in self._recent],
            [(one.title, one.about) for one in self._ready],
            self._has_marks(),
            self._others(),
            self.kept_run.words() if self.kept_run is not None else "",
        )
        return start_page(self._handbook, go_on)

    def _used_last(self) -> list[Path]:
        if not self._store.read(settings.RECENT_WORKSHOPS):
            return []
        from handbook.ui.workshop import files  # brings in much that a first start can do without

        return files.recent(self._store)[:MOST_RECENT]

    def follow(self, href: str) -> bool:
        """Do what a link of the start page says; False when it leads to a page like any other."""
        kind, _, rest = href.partition(":")
        kind += ":"
        number = int(rest) if rest.isdecimal() else -1
        if kind == COMMAND and rest in self._shared.actions:
            self._shared.actions[rest].trigger()
        elif kind == READY and 0 <= number < len(self._ready):
            self._workshop.show(wanted=True)
            self._workshop.controller.open_ready(self._ready[number].path)
        elif kind == LIBRARY:
            self._shared.navigation.open_address(f"{rest}:" if rest else "")
        elif kind == RECENT and 0 <= number < len(self._recent):
            self._workshop.open_file(self._recent[number])
        elif kind == RUN and self.kept_run is not None:
            self.kept_run.go_on()
        else:
            return False
        return True

    def follow_beside(self, href: str) -> bool:
        """The same with Ctrl: a handbook opens in a window of its own; False for all other links."""
        kind, _, name = href.partition(":")
        if f"{kind}:" != LIBRARY:
            return False
        from handbook.ui.library.another_window import open_another

        open_another([f"{name}:"] if name else [])
        return True
