"""View › Reading: typeface, line spacing, width, the statement's ground, previews of links, whether anything moves.

Belongs here: the choices, shown on the page while they are made. Not here: what they do (window/looks.py,
widgets/theme.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from handbook.base.catalogue import N_, tr
from handbook.ui import settings
from handbook.ui.settings import Setting, Store
from handbook.ui.widgets import scale
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.dialogs import lay_out, press_by_enter

Choices = Sequence[tuple[str, object]]
TYPEFACES = (
    (N_("As usual: Source Sans, the statement in Source Serif"), "usual"),
    (N_("Source Sans"), "sans"),
    (N_("Source Serif"), "serif"),
    (N_("Atkinson Hyperlegible, made for low vision"), "hyperlegible"),
)
SPACINGS = (
    (N_("Narrow"), 105),
    (N_("As usual"), settings.LINE_SPACING.default),
    (N_("Wide"), 150),
    (N_("Very wide"), 200),
)
WIDTHS = (
    (N_("Short lines"), 45),
    (N_("As usual"), settings.COLUMN_WIDTH.default),
    (N_("Long lines"), 95),
    (N_("As wide as the window"), settings.WIDEST_COLUMN),
)
_AROUND = 120  # pixels of margins, and of the arrow of a field, beside a label and the longest choice


class ReadingDialog(QDialog):
    """Each choice is kept, and shown on the page, as soon as it is made."""

    changed = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setWindowTitle(tr("Reading"))
        self._boxes: dict[Setting[Any], ChoiceField] = {}
        self._ticks: dict[Setting[bool], QCheckBox] = {}
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        choices = {
            tr("&Typeface"): self._choice(settings.TYPEFACE, TYPEFACES),
            tr("&Line spacing"): self._choice(settings.LINE_SPACING, SPACINGS),
            tr("&Width of the text"): self._choice(settings.COLUMN_WIDTH, WIDTHS),
        }
        for label, box in choices.items():
            form.addRow(label, box)
        form.addRow(self._tick(settings.PLAIN_STATEMENT, tr("The statement on the &ground of the page")))
        form.addRow(self._tick(settings.PREVIEWS, tr("&Preview of a link when the pointer rests on it")))
        form.addRow(self._tick(settings.MOTION, tr("Let the caret &blink and menus fade")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        usual = buttons.addButton(tr("As at &first"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.clicked.connect(self._reset)
        buttons.rejected.connect(self.reject)
        wide = self.fontMetrics().horizontalAdvance
        longest = max(map(wide, choices)) + max(wide(tr(label)) for label, _ in TYPEFACES)
        lay_out(self, form, buttons, width=max(480, _AROUND + round(longest / scale.factor())))
        press_by_enter(usual)  # elsewhere Enter closes
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self._show()

    def _choice(self, setting: Setting[Any], choices: Choices) -> ChoiceField:
        box = self._boxes[setting] = ChoiceField()
        for label, value in choices:
            box.addItem(tr(label), value)
        # Long entries are read in the list; the field itself must fit a small window.
        box.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.currentIndexChanged.connect(lambda _: self._take(setting, box.currentData()))
        return box

    def _tick(self, setting: Setting[bool], label: str) -> QCheckBox:
        box = self._ticks[setting] = QCheckBox(label)
        box.toggled.connect(lambda on: self._take(setting, on))
        return box

    def _take(self, setting: Setting[Any], value: Any) -> None:  # as a widget gives it
        self._store.write(setting, value)
        self.changed.emit()

    def _show(self) -> None:
        """Let the fields say what is kept."""
        for setting, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(self._store.read(setting))))
        for on, tick in self._ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(self._store.read(on))

    def _reset(self) -> None:
        for setting in (*self._boxes, *self._ticks):
            self._store.drop(setting)
        self._show()
        self.changed.emit()
