"""Packs and folders that are dropped on the window: added to the library, or a folder only looked at.

Belongs here: noticing the drop, and the question. Not here: adding (handbooks_dialog.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.ui.library import another_window
from handbook.ui.widgets.dialogs import answer_to


class Drops(QObject):
    """What is dropped on a window.

    add: shows the library and adds packs and folders to it."""

    def __init__(self, window: QWidget, add: Callable[..., None]) -> None:
        super().__init__(window)
        self._window, self._add = window, add

    def enter(self, event: QDragEnterEvent) -> None:
        """Something is dragged over the window."""
        if _handbooks(event):
            event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """It is dropped."""
        dropped = _handbooks(event)
        if dropped:
            event.acceptProposedAction()
            # Later: until this returns, the program that it comes from waits.
            QTimer.singleShot(0, self, lambda: self.ask(dropped))

    def ask(self, dropped: Sequence[Path]) -> None:
        """Ask what to do with packs and folders, and do it."""
        folder = len(dropped) == 1 and bounded.is_folder(dropped[0])
        names = ", ".join(f"'{one.name or one}'" for one in dropped[:3]) + (" …" if len(dropped) > 3 else "")
        kinds = QMessageBox.StandardButton
        box = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Handbooks"),
            tr(
                "Add {names} to your handbooks? What is added is copied: it can be searched and printed with the "
                "others, also when the folder or the stick is gone."
            ).format(names=names),
            (kinds.Yes | kinds.Open | kinds.Cancel) if folder else (kinds.Yes | kinds.Cancel),
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.button(kinds.Yes).setText(tr("&Add"))
        box.button(kinds.Cancel).setText(tr("Cancel"))
        if folder:
            box.button(kinds.Open).setText(tr("&Open without adding"))
        box.setDefaultButton(kinds.Yes)
        box.setEscapeButton(kinds.Cancel)
        answer = answer_to(box)
        box.deleteLater()
        if answer == kinds.Yes:
            self._add(*dropped)
        elif answer == kinds.Open:
            another_window.open_another(["--content", str(dropped[0])])


def _handbooks(event: QDropEvent) -> list[Path]:
    """The packs and folders among what is dropped; of a folder of the network Qt gives no local file."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [one for one in paths if one.suffix.lower() == ".handbook" or bounded.is_folder(one)]
