"""About: what this program is, the versions it is made of, and the folders it uses."""

from __future__ import annotations

import html
import platform

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from handbook.base.components import components, version
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook, day


class AboutDialog(QDialog):
    """A page of facts that can be selected and copied into a report."""

    def __init__(self, handbook: Handbook, paths: Paths, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About the program"))
        manifest = handbook.manifest
        text = QLabel(self._text(handbook, paths))
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setMinimumWidth(520)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(manifest.title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        licences = buttons.addButton(self.tr("&Licences…"), QDialogButtonBox.ButtonRole.ActionRole)
        licences.clicked.connect(self._show_licences)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        area = QScrollArea()  # on a small screen the buttons stay in it
        area.setWidget(text)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its text takes the keyboard
        layout.addWidget(area)
        layout.addWidget(buttons)
        room = self.screen().availableSize()
        needed = text.heightForWidth(text.minimumWidth()) + buttons.sizeHint().height() + 60
        self.resize(text.minimumWidth() + 70, min(needed, room.height() - 60))

    def _show_licences(self) -> None:
        from handbook.ui.help.licences import LicencesDialog

        LicencesDialog(self).exec()

    def _text(self, handbook: Handbook, paths: Paths) -> str:
        manifest = handbook.manifest
        edition = self.tr("Edition {edition}").format(edition=manifest.edition) if manifest.edition else ""
        if manifest.as_of:
            edition += ", " + self.tr("our own texts as of {day}").format(day=day(manifest.as_of))
        rows = [("Field Handbook", version()), ("Python", platform.python_version())]
        rows += [(component.name, component.version) for component in components()[1:] if component.name != "Python"]
        table = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{number}</td></tr>" for name, number in rows)
        folders = "".join(
            f"<p>{html.escape(label)}<br/><b>{html.escape(str(folder))}</b></p>"
            for label, folder in (
                (self.tr("The handbook's texts:"), paths.content),
                (self.tr("Your settings are kept in:"), paths.config),
                (self.tr("A copy of an unsaved workshop is kept against a crash in:"), paths.data),
                (self.tr("What can be made again is kept in:"), paths.cache),
            )
        )
        return (
            f"<h2>{html.escape(manifest.title)}</h2><p>{html.escape(manifest.subtitle)}</p>"
            f"<p>{html.escape(edition)}</p>"
            f"<p>{html.escape(self.tr('Free software under the MIT licence. It opens no network connection.'))}</p>"
            f"{folders}<table>{table}</table>"
        )
