"""Writing a note to a mark."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.marks.model import LONGEST_NOTE
from handbook.ui.widgets.dialogs import ask, close_buttons, lay_out
from handbook.ui.widgets.note_bound import NoteBound


class NoteDialog(QDialog):
    """Asks for the text of a note. about: the words or the section that it is a note to.

    What is too long for a note is not cut: it says so, and stays open until the note is shorter."""

    def __init__(self, about: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Note"))
        label = QLabel(about if len(about) < 200 else f"{about[:199]}…")
        label.setWordWrap(True)
        self._before = note.strip()
        self._field = QPlainTextEdit(note)
        self._field.setAccessibleName(tr("Note"))
        self._field.setTabChangesFocus(True)
        self._field.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.told = NoteBound(self._field, LONGEST_NOTE)
        column = QVBoxLayout()
        column.addWidget(label)
        column.addWidget(self._field, 1)
        column.addWidget(self.told)
        lay_out(self, column, close_buttons(self), width=460)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # Enter alone is a new line
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)
        self._field.setFocus()

    @property
    def note(self) -> str:
        """The text; of an accepted dialog as long as a note may be."""
        return self._field.toPlainText().strip()

    def accept(self) -> None:
        """Qt: keep the note. One that is too long is left to be shortened."""
        if self.told.lets_close():
            super().accept()

    def reject(self) -> None:
        """Close without keeping the text. Asks first if there are changes, as Esc is easily pressed by mistake."""
        text = tr("The note was changed. Close it without keeping what you wrote?")
        if self.note == self._before or ask(self, tr("Note"), text, tr("&Close without keeping it")):
            super().reject()


def ask_note(about: str, note: str, parent: QWidget) -> str | None:
    """The note as the person wrote it, None if she thought better of it."""
    dialog = NoteDialog(about, note, parent)
    try:
        return dialog.note if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
