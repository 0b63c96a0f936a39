"""The person's marks in the main window, before they are wanted: what reads them is imported when they are.

Belongs here: when they are made, and what is known of them before. Not here: what is done with a mark (marks.py)."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.ui import settings
from handbook.ui.searching.controller import SearchController
from handbook.ui.widgets.bars import NoticeBar
from handbook.ui.window.outputs import Outputs
from handbook.ui.window.shared import Shared
from handbook.ui.window.showing import Showing
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from handbook.ui.marks.as_hits import MarksAsHits
    from handbook.ui.marks.controller import MarksController
    from handbook.ui.window.marks import WindowMarks


class LateMarks:
    """The marks of one window."""

    def __init__(
        self,
        shared: Shared,
        outputs: Outputs,
        searching: SearchController,
        workshop: WorkshopDock,
        showing: Showing,
        notice: NoticeBar,
    ) -> None:
        self._shared, self._outputs, self._searching = shared, outputs, searching
        self._workshop, self._showing, self._notice = workshop, showing, notice

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command for marks does."""
        return {
            "bookmark": lambda: self.own.bookmark(),  # noqa: PLW0108 - made when first wanted
            "highlight": lambda: self.own.highlight(),  # noqa: PLW0108 - made when first wanted
            "note": lambda: self.own.note(),  # noqa: PLW0108 - made when first wanted
            "marks": lambda: self.own.show_list(),  # noqa: PLW0108 - made when first wanted
            "keep_marks": lambda: self.own.keep(kept=self._shared.actions["keep_marks"].isChecked()),
            "find_marks": self._find,
        }

    def look_anew(self) -> None:
        """The handbook's files were read again: marks may stand elsewhere now."""
        if self._is_made:
            self.controller.look_anew()

    def may_close(self) -> bool:
        """Keep what is not kept yet; False when that fails and the person wants to stay."""
        return not self._is_made or self.own.may_close()

    def close(self) -> None:
        """The window closes."""
        if self._is_made:
            self.controller.close()

    @cached_property
    def own(self) -> WindowMarks:
        """What the window does with them; made after the first page is painted if there are any, else when wanted.

        It shows those of the page in view, which may have been opened before there were any, as from another window."""
        from handbook.ui.window.marks import Ways, WindowMarks

        navigation = self._shared.navigation
        made = WindowMarks(
            self._shared,
            Ways(
                target=lambda: navigation.target,
                chapter=lambda: navigation.chapter,
                open=navigation.open_address,
                copy=self._outputs.copy_words,
                add=self._workshop.add,
                show_words=self._showing.room.show_words,
                show=self._showing.room.show_address,
                looked_on=lambda: self._showing.is_on,
            ),
        )
        made.said.connect(self._shared.messages.say)
        made.controller.changed.connect(self._searching.marks_changed)
        made.controller.changed.connect(self._workshop.marks_changed)
        made.controller.told.connect(self._notice.show_notice)
        made.controller.outdated.connect(self._notice.withdraw)
        made.show_on_page()
        return made

    @property
    def controller(self) -> MarksController:
        """The marks themselves."""
        return self.own.controller

    @property
    def there(self) -> bool:
        """Has the person marked something? Before marks are wanted, their file says so without being read."""
        from handbook.marks import FILE  # without what reads it

        # A link that leads nowhere is told of when it is read.
        return bool(self.controller.marks) if self._is_made else os.path.lexists(self._shared.paths.data / FILE)

    @property
    def _is_made(self) -> bool:
        return "own" in self.__dict__

    def show_on_page(self) -> None:
        """Show the marks of the page in view. While the person has none, what shows them takes no memory."""
        is_made = self._is_made
        if self.there:
            own = self.own  # which shows them when it is made
            if is_made:
                own.show_on_page()

    def findable(self) -> MarksAsHits | None:
        """The marks that the search may find."""
        return self.own.findable() if self.there else None

    def open_found(self, id_: str) -> None:
        """Go to the words of a mark that was found."""
        self.own.open_found(id_)

    def _find(self) -> None:
        self._shared.store.write(settings.FIND_MARKS, self._shared.actions["find_marks"].isChecked())
        self._searching.marks_changed()
