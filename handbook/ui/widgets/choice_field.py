"""A field with a list to choose from.

Belongs here: how wide its list is, reading out what keys chose. Not here: its look (theme.py), what is chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from handbook.ui.widgets import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class ChoiceField(QComboBox):
    """A field whose list is as wide as its longest entry: a field in a small window may be narrower."""

    def showPopup(self) -> None:
        view = self.view()
        beside = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        wanted = view.sizeHintForColumn(0) + beside + 2 * view.frameWidth()
        view.setMinimumWidth(min(wanted, self.screen().availableGeometry().width()))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the arrows choose while the list is closed, which an older screen reader does not hear of."""
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            announce.tell_older(self, self.currentText())
