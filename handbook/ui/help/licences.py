"""The licences of everything that the program is made of, to read.

Belongs here: the list and the text beside it. Not here: where the texts are (base/components.py)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.components import Component, components
from handbook.base.system_errors import reason_of
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.dialogs import scroll_whole

COLUMNS = 80  # letters in the longest lines of most licences


class LicencesDialog(QDialog):
    """The parts on the left; on the right the licence of the one chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences"))
        self._parts = components()
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Parts of the program"))
        self.names.addItems([f"{component.name} {component.version}" for component in self._parts])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        # They are set in columns, ours too: every letter has to be as wide as the next.
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(max(1.0, fixed.pointSizeF()) * scale.factor())
        self.text.setFont(fixed)
        wide = self.text.fontMetrics().horizontalAdvance("0" * COLUMNS) + 60
        # Translators: said by a screen reader, of a text
        self.text.setAccessibleName(tr("Licence"))
        # Read with the keyboard, too: Tab goes on instead of being a letter.
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        narrow = geometry.is_narrow(self, scale.px(480))
        split = QSplitter(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        split.addWidget(self.names)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([scale.px(240), wide])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))  # Qt lacks it in three languages
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        scroll_whole(self)
        geometry.resize(self, scale.px(240) + wide, scale.px(600))
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            self.text.setPlainText(self._text(self._parts[row]))

    def _text(self, component: Component) -> str:
        """The name and licence of a part, and its texts, each under its file's name where there are several."""
        lines = [
            f"{component.name} {component.version}",
            tr("Licence: {licence}").format(licence=component.licence),
        ]
        for file in component.texts:
            try:
                text = file.read_text(encoding="utf-8", errors="replace")
            except OSError as exc:
                text = tr("The file cannot be read: {error}").format(error=reason_of(exc))
            title = [f"===== {file.name} =====", ""] if len(component.texts) > 1 else []
            lines += ["", *title, text]
        if not component.texts:
            lines += ["", tr("Its text came with the package; it is not kept beside the program.")]
        return "\n".join(lines)
