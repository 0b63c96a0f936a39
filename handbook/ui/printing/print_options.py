"""The options of a print as a form, for every dialog that prints.

Belongs here: a widget for each row that the options declare (handout/options.py). Not here: which options there are,
and what they do to a page (printing/typeset/)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from handbook.base.catalogue import tr
from handbook.handout.options import AS_USUAL, PRINTS, Print, PrintOptions, Row, rows
from handbook.ui.widgets.choice_field import ChoiceField


class OptionsForm(QWidget):
    """Rows for the options of some prints; `changed` tells that the person chose something."""

    changed = Signal()

    def __init__(self, prints: Sequence[Print] = PRINTS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = AS_USUAL  # what has no widget here stays as it was given
        self._rows = {row.name: row for print_ in prints for row in rows(print_)}
        self.lists: dict[str, ChoiceField] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(6)
        for row in self._rows.values():
            if row.choices:
                self._add_list(row)
            else:
                tick = self.ticks[row.name] = QCheckBox(tr(row.label))
                tick.toggled.connect(self.changed)
                form.addRow(tick)

    def _add_list(self, row: Row) -> None:
        box = self.lists[row.name] = ChoiceField()
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItems([tr(choice.words) for choice in row.choices])
        box.setAccessibleName(tr(row.label).replace("&", ""))
        box.currentIndexChanged.connect(self.changed)
        self._form.addRow(tr(row.label), box)

    def options(self) -> PrintOptions:
        """What is chosen now."""
        values: dict[str, Any] = {name: tick.isChecked() for name, tick in self.ticks.items()}
        for name, box in self.lists.items():
            values.update(self._rows[name].choices[max(0, box.currentIndex())].values)
        return replace(self._kept, **values)

    def show_options(self, options: PrintOptions) -> None:
        """Show other options; `changed` is not told."""
        self._kept = options
        for name, box in self.lists.items():
            with QSignalBlocker(box):
                box.setCurrentIndex(_shown(self._rows[name], options))
        for name, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(getattr(options, name))

    def show_only(self, print_: Print) -> None:
        """Put away the rows that mean nothing to what is printed."""
        widgets: dict[str, QWidget] = {**self.lists, **self.ticks}
        for name, widget in widgets.items():
            self._form.setRowVisible(widget, print_ in self._rows[name].concerns)


def _shown(row: Row, options: PrintOptions) -> int:
    """Which of a row's choices says what some options are; the first where none does."""
    for number, choice in enumerate(row.choices):
        if all(getattr(options, name) == value for name, value in choice.values.items()):
            return number
    return 0
