"""About: what this program is, the versions it is made of, and the folders it uses."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from handbook.base import dates
from handbook.base.catalogue import tr
from handbook.base.components import components, version
from handbook.base.escape import escape
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui.settings import Store
from handbook.ui.widgets import geometry
from handbook.ui.widgets.dialogs import lay_out
from handbook.ui.widgets.link_label import LinkLabel


class AboutDialog(QDialog):
    """A page of facts, and a report to copy for whoever can mend the program."""

    def __init__(self, handbook: Handbook, paths: Paths, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handbook, self._store = handbook, store
        self.setWindowTitle(tr("About the program"))
        text = LinkLabel()  # it has no links, but screen readers read it line by line
        text.setText(self._text(handbook, paths))
        text.setWordWrap(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))  # Qt lacks it in three languages
        buttons.rejected.connect(self.reject)
        licences = buttons.addButton(tr("&Licences…"), QDialogButtonBox.ButtonRole.ActionRole)
        licences.clicked.connect(self._show_licences)
        copying = buttons.addButton(tr("Copy &report"), QDialogButtonBox.ButtonRole.ActionRole)
        copying.clicked.connect(self._copy_report)
        inside = QVBoxLayout()
        inside.addWidget(text)
        self._copied = QLabel()  # says so, when the report is copied
        self._copied.setWordWrap(True)
        self._copied.hide()
        lay_out(self, inside, self._copied, buttons, width=590)

    def _show_licences(self) -> None:
        from handbook.ui.help.licences import LicencesDialog

        dialog = LicencesDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def _copy_report(self) -> None:
        from handbook.ui.help.report import report
        from handbook.ui.widgets.announce import announce

        QGuiApplication.clipboard().setText(report(self._handbook, self._store))
        said = tr(
            "The report is copied: versions, the system, settings, the end of the log. It has no words and no folders "
            "of yours."
        )
        self._copied.setText(said)
        self._copied.show()
        geometry.grow(self)
        announce(self, said)

    def _text(self, handbook: Handbook, paths: Paths) -> str:
        manifest = handbook.manifest
        edition = tr("Edition {edition}").format(edition=manifest.edition) if manifest.edition else ""
        as_of = tr("our own texts as of {day}").format(day=dates.written(manifest.as_of)) if manifest.as_of else ""
        rows = [("Field Handbook", version()), ("Python", platform.python_version())]
        rows += [(component.name, component.version) for component in components()[1:] if component.name != "Python"]
        table = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{number}</td></tr>" for name, number in rows)
        folders = "".join(
            f"<p>{escape(label)}<br/><b>{escape(str(folder))}</b></p>"
            for label, folder in (
                (tr("The handbook's texts:"), paths.content),
                (tr("Your settings are kept in:"), paths.config),
                (tr("A copy of an unsaved workshop is kept against a crash in:"), paths.data),
                (tr("What can be made again, and a log of what the program did, are kept in:"), paths.cache),
            )
        )
        free = tr("Free software under the MIT licence. It opens no network connection.")
        return (
            f"<h2>{escape(manifest.title)}</h2><p>{escape(manifest.subtitle)}</p>"
            f"<p>{escape(', '.join(filter(None, (edition, as_of))))}</p>"
            f"<p>{escape(free)}</p>"
            f"{folders}<table>{table}</table>"
        )
