"""What the group sees, whoever has it shown: one public window at most.

Belongs here: making that window when it is first wanted, and forgetting it when it ends. Not here: what it does
(show.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

from handbook.content.handbook import Handbook

if TYPE_CHECKING:
    from handbook.presenting.slides import Slide
    from handbook.search.results import Answer
    from handbook.ui.presenting.show import Show
    from handbook.ui.searching.finder import Question
    from handbook.ui.widgets.theme import Theme
    from handbook.ui.widgets.worker import Stale


class Room(QObject):
    """The room in front of a trainer's window. For its arguments see show.Show; theme: asked when it is needed."""

    begun = Signal()
    ended = Signal(str)  # the address that was shown last, "" for none
    search_wanted = Signal()

    def __init__(
        self,
        handbook: Handbook,
        trainers: QMainWindow,
        read: Callable[[str], Element],
        answer: Callable[[Question, Stale], Answer | None],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(trainers)
        self._handbook, self._trainers, self._read, self._answer, self._theme = handbook, trainers, read, answer, theme
        self._show: Show | None = None
        self.first_keys: Callable[[QKeyEvent], bool] | None = None  # who runs a workshop: True for a key that is hers

    @property
    def show(self) -> Show | None:
        """What is being shown; None while nothing is."""
        return self._show

    def show_address(self, address: str, *, keyboard: bool = True) -> None:
        """Show the section at an address. keyboard: see Show.begin()."""
        self._open(keyboard=keyboard).show_address(address)

    def show_words(self, text: str, address: str) -> None:
        """Show selected words alone, which are from the section at an address."""
        self._open(keyboard=True).show_words(text, address)

    def show_slides(self, slides: tuple[Slide, ...], *, keyboard: bool = True) -> None:
        """Show slides that are made elsewhere; none does nothing."""
        if slides:
            self._open(keyboard=keyboard).show_slides(slides)

    def end(self) -> None:
        """Take away what is shown."""
        if self._show is not None:
            self._show.end()

    def _open(self, *, keyboard: bool) -> Show:
        if self._show is None:
            from handbook.ui.presenting.show import Show

            self._show = Show(self._handbook, self._trainers, self._read, self._answer, theme=self._theme())
            self._show.first_keys = self._offer
            self._show.ended.connect(self._ended)
            self._show.search_wanted.connect(self.search_wanted)
            self._show.begin(keyboard=keyboard)
            self.begun.emit()
        return self._show

    def _offer(self, event: QKeyEvent) -> bool:
        return self.first_keys is not None and self.first_keys(event)

    def _ended(self, address: str) -> None:
        self._show = None
        self.ended.emit(address)
