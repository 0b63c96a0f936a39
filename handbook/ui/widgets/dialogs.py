"""What small dialogs share.

Belongs here: OK and Cancel as every dialog has them, a question with two answers, noticing what is written, where a
file is looked for first. Not here: what a dialog asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from handbook.base import bounded
from handbook.base.catalogue import tr


def close_buttons(dialog: QDialog) -> QDialogButtonBox:
    """OK and Cancel, which accept and reject the dialog."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    names = {
        QDialogButtonBox.StandardButton.Ok: tr("OK"),
        QDialogButtonBox.StandardButton.Cancel: tr("Cancel"),
    }
    for which, name in names.items():
        buttons.button(which).setText(name)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def ask(parent: QWidget, title: str, text: str, do: str) -> bool:
    """Ask before something that can't be undone. do: the label of the button that does it. Enter and Esc cancel."""
    kinds = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, title, text, kinds.Yes | kinds.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.button(kinds.Yes).setText(do)
    box.button(kinds.Cancel).setText(tr("Cancel"))
    box.setDefaultButton(kinds.Cancel)
    box.setEscapeButton(kinds.Cancel)
    answer = box.exec()
    box.deleteLater()
    return answer == kinds.Yes


def when_edited(dialog: QDialog, handler: Callable[[], None]) -> None:
    """Call a function whenever a field of a dialog changes. Fields for numbers and times contain a line edit too."""
    for line in dialog.findChildren(QLineEdit):
        line.textChanged.connect(lambda _: handler())
    for text in dialog.findChildren(QPlainTextEdit):
        text.textChanged.connect(handler)
    for box in dialog.findChildren(QCheckBox):
        box.toggled.connect(lambda _: handler())
    for choice in dialog.findChildren(QComboBox):
        choice.currentIndexChanged.connect(lambda _: handler())


def last_folder(last: str) -> Path:
    """Where a question for a file begins: the folder used last, else the person's documents, else their home."""
    if last and bounded.is_folder(Path(last)):
        return Path(last)
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()  # else Qt shows the folder that the program runs in
