"""What small dialogs share.

Belongs here: OK and Cancel as every dialog has them. Not here: what a dialog asks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def close_buttons(dialog: QDialog) -> QDialogButtonBox:
    """OK and Cancel, which accept and reject the dialog."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    names = {
        QDialogButtonBox.StandardButton.Ok: QCoreApplication.translate("Dialogs", "OK"),
        QDialogButtonBox.StandardButton.Cancel: QCoreApplication.translate("Dialogs", "Cancel"),
    }
    for which, name in names.items():
        button = buttons.button(which)
        button.setText(name)
        button.setIcon(QIcon())  # some styles put a picture on some, and none on others
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
