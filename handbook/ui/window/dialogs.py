"""The dialogs of the main window that are of no part of it: the library, updates, what is said of the program.

Belongs here: opening them. Not here: the dialogs (library/, help/)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from handbook.ui.help.language import about as about_translation
from handbook.ui.window.shared import Shared
from handbook.ui.window.start_notices import StartNotices

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.ui.library.handbooks_dialog import HandbooksDialog


class Dialogs:
    """Opens the dialogs over one window."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these commands does."""
        return {
            "handbooks": self.show_handbooks,
            "write_handbook": self._write_handbook,
            "check_update": self._check_update,
            "about_translation": lambda: about_translation(self._shared.paths, self._shared.window),
            "about": self.show_about,
        }

    def show_handbooks(self, *added: Path) -> None:
        """Show the library: the handbooks beside our own. added: packs and folders that are added to them first."""
        self._show_library(lambda dialog: dialog.add_when_shown(*added))

    def _write_handbook(self) -> None:
        """Begin a handbook of the person's own, as in the library."""
        self._show_library(lambda dialog: dialog.begin_when_shown())

    def _show_library(self, prepare: Callable[[HandbooksDialog], object]) -> None:
        from handbook.ui.library.handbooks_dialog import HandbooksDialog

        navigation = self._shared.navigation
        dialog = HandbooksDialog(
            self._shared.paths.data, navigation.handbook, StartNotices.told_of, self._shared.window
        )
        dialog.turned.connect(navigation.open_address)
        prepare(dialog)
        dialog.exec()
        dialog.deleteLater()

    def _check_update(self) -> None:
        """Let a file from a stick be chosen, and see whether it is a newer version or a handbook that was published."""
        from handbook.ui.help.update_dialog import choose_and_check

        paths, theme, window = self._shared.paths, self._shared.looks.theme, self._shared.window
        choose_and_check(paths, theme, window.close, self.show_handbooks, window)

    def show_about(self) -> None:
        """Show versions and folders."""
        from handbook.ui.help.about import AboutDialog

        dialog = AboutDialog(
            self._shared.navigation.handbook, self._shared.paths, self._shared.store, self._shared.window
        )
        dialog.exec()
        dialog.deleteLater()
