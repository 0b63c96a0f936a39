"""A field for a number.

Belongs here: typing over the words that stand in place of a number. Not here: what a number means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSpinBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class NumberField(QSpinBox):
    """Qt takes no figure while words are shown ("not known yet") of which not all are selected, as after a click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the first figure takes the place of the words."""
        if event.text().isdigit() and self.text() == self.specialValueText():
            self.selectAll()
        super().keyPressEvent(event)
