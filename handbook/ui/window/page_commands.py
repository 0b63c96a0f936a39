"""The commands for the page in the main window: its caret, its keys, copying what is selected.

Belongs here: what each does, and what it says. Not here: the page (reading/reader.py), what it is copied with
(outputs.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.base.catalogue import tr
from handbook.ui import settings
from handbook.ui.reading.caret import Caret
from handbook.ui.window.shared import Shared

if TYPE_CHECKING:
    from handbook.ui.reading.page_keys import PageKeys


class PageCommands:
    """The page of one window under its commands and keys."""

    def __init__(self, shared: Shared) -> None:
        self._reader, self._store, self._actions = shared.reader, shared.store, shared.actions
        self._messages = shared.messages
        self.caret = Caret(shared.reader)
        shared.reader.on_keys(lambda event: self.page_keys.take(event))  # noqa: PLW0108 - it is made with the first key

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these commands does."""
        return {
            "copy": self._reader.copy_plain,
            "select_all": self._reader.selectAll,
            "to_page": self.to_page,
            "caret": self._switch_caret,
        }

    @cached_property
    def page_keys(self) -> PageKeys:
        """The keys from heading to heading; made when a key is first pressed on the page."""
        from handbook.ui.reading.page_keys import PageKeys

        return PageKeys(self._reader, self.caret, self._actions["highlight"].trigger)

    def to_page(self) -> None:
        """Put the keyboard on the page; where it is there, switch the caret on or off."""
        if self._reader.hasFocus():
            self._actions["caret"].trigger()
        else:
            self._reader.setFocus()

    def _switch_caret(self) -> None:
        on = self._actions["caret"].isChecked()
        self.caret.switch(on=on)
        self._reader.setFocus()
        self._messages.say(
            tr("The caret is on the page: arrows move it, with Shift they select. F7 takes it away.")
            if on
            else tr("The caret is off: arrows scroll."),
            6000,
        )

    def restore(self) -> None:
        """Switch the caret on if it was on last time."""
        on = self._store.read(settings.CARET)
        self._actions["caret"].setChecked(on)
        self.caret.switch(on=on)

    def keep(self) -> None:
        """Write down whether the caret is on, to be saved with the other settings."""
        self._store.write(settings.CARET, self._actions["caret"].isChecked())
