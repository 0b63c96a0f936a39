"""Under a field for a note: by how many letters it is too long to be kept."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from handbook.base.catalogue import ngettext
from handbook.base.thousands import Number
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.spoken_label import SpokenLabel


class NoteBound(SpokenLabel):
    """Is shown, and spoken, as soon as a note is too long; nothing is cut. most: letters, without blanks around."""

    def __init__(self, field: QPlainTextEdit, most: int) -> None:
        super().__init__()
        self._field, self._most = field, most
        self.setObjectName("told")
        self.setWordWrap(True)
        self.hide()
        field.textChanged.connect(self._measure)

    def lets_close(self) -> bool:
        """May the dialog take the note? Else it is said once more, and the keyboard is in the field."""
        if self._over() <= 0:
            return True
        announce(self, self.text())
        self._field.setFocus()
        return False

    def _over(self) -> int:
        return len(self._field.toPlainText().strip()) - self._most

    def _measure(self) -> None:
        n = self._over()
        self.setVisible(n > 0)
        if n > 0:
            text = ngettext(
                "{n:,} letter too many for a note: shorten it.", "{n:,} letters too many for a note: shorten it.", n
            )
            self.setText(text.format(n=Number(n)))
