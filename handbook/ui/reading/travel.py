"""Going back and forward in one window: its history, and showing what stands there.

Belongs here: what every window with a page does with its history. Not here: the list itself (history.py), how a page
is shown."""

from __future__ import annotations

from collections.abc import Callable

from handbook.ui.reading.history import History, Visit
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.spoken_place import SpokenPlace


class Travel:
    """The history of a window, held to its page.

    here: the address in view. show: shows an address, False when the person did not want to wait for it."""

    def __init__(
        self, reader: Reader, place: SpokenPlace, here: Callable[[], str], show: Callable[[str], bool]
    ) -> None:
        self._reader, self._place, self._here, self._show = reader, place, here, show
        self._history = History()

    @property
    def can_go_back(self) -> bool:
        """Is there an earlier visit?"""
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Is there a later visit?"""
        return self._history.can_go_forward

    def leave(self) -> None:
        """Note where on the page the person is, before going on."""
        self._history.leave(Visit(self._here(), self._reader.offset()))

    def arrive(self, address: str, offset: int = 0) -> None:
        """Note a new place; what lay ahead is forgotten."""
        self._history.visit(Visit(address, offset))

    def step(self, way: int) -> None:
        """Show the visit one back (-1) or forward (+1), scrolled as it was left, and say where it is."""
        self.leave()
        visit = self._history.step(way)
        if visit is None:
            return
        if not self._show(visit.address):
            self._history.step(-way)
            return
        if visit.offset:
            self._reader.scroll_below(self._reader.place, visit.offset)
        self._place.announce()
