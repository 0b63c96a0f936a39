"""Clearing what the program keeps on the computer, from the main window.

Belongs here: asking, and letting every part of the window forget. Not here: which files those are (stored.py)."""

from __future__ import annotations

from collections.abc import Callable

from handbook.base.catalogue import tr
from handbook.ui.searching.controller import SearchController
from handbook.ui.window import stored
from handbook.ui.window.late_marks import LateMarks
from handbook.ui.window.shared import Shared
from handbook.ui.workshop.dock import WorkshopDock


class Clearing:
    """Clears what one window and its program have stored."""

    def __init__(self, shared: Shared, marks: LateMarks, workshop: WorkshopDock, searching: SearchController) -> None:
        self._shared = shared
        self._marks, self._workshop, self._searching = marks, workshop, searching
        self.is_done = False  # then nothing is to be written any more

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the command for it does."""
        return {"clear_stored": self.ask}

    def ask(self) -> None:
        """Empty the settings and the cache after asking."""
        from handbook.ui.widgets.dialogs import ask  # a start can do without

        if ask(self._shared.window, tr("Clear what is stored"), stored.about_clearing(), tr("&Clear all of it")):
            self.forget()

    def forget(self) -> None:
        """Remove what is kept on the computer; nothing is written again when the window closes."""
        self.remove()
        self.is_done = True
        self._searching.forget()
        self._shared.messages.say(tr("Cleared. Nothing is kept when you close the window now."), 8000)

    def remove(self) -> None:
        """Remove it; again as the window closes, because a search since then may have made an index."""
        self._marks.controller.forget()
        stored.remove(self._shared.paths, self._shared.store)
        self._workshop.forget()
