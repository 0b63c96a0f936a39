"""What the trainer of a run has the group see, while she goes on with the run.

Belongs here: that it follows the clock, and that the keyboard stays with the trainer. Not here: which slides these are
(run_window.py), the group's window (room.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from handbook.content import markup
from handbook.presenting.slides import Slide
from handbook.ui.presenting.room import Room

_FOCUS_BACK = 150  # ms after which the keyboard is taken back


class ToGroup:
    """The group's view of one run. window: the trainer's."""

    def __init__(self, room: Room, window: QWidget) -> None:
        self._room, self._window = room, window
        self._follows: Callable[[], Slide] | None = None  # makes what is shown anew when the time has gone on
        self._given: tuple[Slide, ...] = ()  # what the group was shown of that

    def show(self, slides: Sequence[Slide]) -> None:
        """Show slides to the group."""
        self._follows = None
        self._give(tuple(slides))

    def show_following(self, slide: Callable[[], Slide]) -> None:
        """Show a slide to the group that goes on with the clock."""
        self._follows = slide
        self._give((slide(),))

    def _give(self, slides: tuple[Slide, ...]) -> None:
        self._given = slides
        self._room.show_slides(slides, keyboard=False)
        self._keep_keyboard()

    def show_address(self, address: str) -> None:
        """Show a passage of the handbook to the group."""
        self._follows = None
        self._room.show_address(address, keyboard=False)
        self._keep_keyboard()

    def go_on(self) -> None:
        """Show the group another second, or another time on the map, without a word: nobody wants each read out."""
        show = self._room.show
        if self._follows is not None and show is not None and show.shows(self._given):
            slide = self._follows()
            if _words_of(slide) != _words_of(self._given[0]):
                self._given = (slide,)
                show.replace(self._given, quietly=True)

    def end(self) -> None:
        """Show the group nothing."""
        self._follows = None
        self._room.end()

    def close(self) -> None:
        """Show nothing any more that would go on with the clock: the run's window closes."""
        if self._follows is not None:
            self._room.end()

    def _keep_keyboard(self) -> None:
        """On a screen of its own the group's window must not take the trainer's keys: there, C is another command."""
        show = self._room.show
        if show is not None and not show.covers_trainers():
            self._window.activateWindow()
            QTimer.singleShot(_FOCUS_BACK, self._window, self._take_keyboard)

    def _take_keyboard(self) -> None:
        """Some window managers give a new window the keyboard whatever it asks for."""
        show = self._room.show
        if show is not None and show.window.isActiveWindow() and not show.covers_trainers():
            self._window.activateWindow()


def _words_of(slide: Slide) -> tuple[str, ...]:
    """A slide as words, by which it is known whether anything on it has changed."""
    return (slide.title, slide.first, *map(markup.words_of, slide.blocks))
