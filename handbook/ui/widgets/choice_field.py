"""A field with a list to choose from.

Belongs here: how wide its list is. Not here: its look (theme.py), what is chosen from."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox


class ChoiceField(QComboBox):
    """A field whose list is as wide as its longest entry: a field in a small window may be narrower."""

    def showPopup(self) -> None:
        view = self.view()
        beside = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        wanted = view.sizeHintForColumn(0) + beside + 2 * view.frameWidth()
        view.setMinimumWidth(min(wanted, self.screen().availableGeometry().width()))
        super().showPopup()
