"""The options of a print as a form, for every dialog that prints.

Belongs here: a widget for each option of handout.PrintOptions. Not here: what
they do to a page (typeset/)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from handbook.handout.options import AS_USUAL, CARDS, PrintOptions

PAGES = ("paper", "size", "notes", "form", "double_sided", "chapters_right", "saving")
ALL = (*PAGES, "cards", "card_backs", "poster", "writing")
_FOLDED, _SINGLE = "folded", "single"


class OptionsForm(QWidget):
    """Rows for some of the options; `changed` tells that the person chose something.

    names: of ALL, in order; "form" stands for `booklet` and `single` together."""

    changed = Signal()

    def __init__(self, names: Sequence[str] = ALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = AS_USUAL  # what has no widget here stays as it was given
        self.lists: dict[str, QComboBox] = {}
        self.ticks: dict[str, QCheckBox] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(6)
        for name in names:
            label, choices = self._texts()[name]
            if choices:
                box = self.lists[name] = QComboBox()
                box.setMinimumContentsLength(12)
                box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                for text, value in choices:
                    box.addItem(text, value)
                box.setAccessibleName(label.replace("&", ""))
                box.currentIndexChanged.connect(self.changed)
                form.addRow(label, box)
            else:
                tick = self.ticks[name] = QCheckBox(label)
                tick.toggled.connect(self.changed)
                form.addRow(tick)
        self._form = form

    def _texts(self) -> dict[str, tuple[str, tuple[tuple[str, Any], ...]]]:
        """The label of each option and, for those of several values, what each is called."""
        return {
            "paper": (self.tr("&Paper"), (("A4", "a4"), ("Letter", "letter"))),
            "size": (
                self.tr("Text s&ize"),
                (
                    (self.tr("11 points"), 11),
                    (self.tr("14 points, larger"), 14),
                    (self.tr("18 points, large print"), 18),
                ),
            ),
            "notes": (
                self.tr("&Room for notes"),
                (
                    (self.tr("None"), "none"),
                    (self.tr("A ruled third of each page"), "column"),
                    (self.tr("A ruled page after each page"), "pages"),
                ),
            ),
            "form": (
                self.tr("&Form"),
                (
                    (self.tr("Pages"), ""),
                    (self.tr("Booklet, to fold"), _FOLDED),
                    (self.tr("Booklet, page by page"), _SINGLE),
                ),
            ),
            "double_sided": (self.tr("Printed on &both sides"), ()),
            "chapters_right": (self.tr("Chapters begin on a ri&ght-hand page"), ()),
            "saving": (self.tr("Sa&ve toner: no grey grounds"), ()),
            "cards": (self.tr("&Cards on a sheet"), tuple((str(number), number) for number in CARDS)),
            "card_backs": (self.tr("Bac&ks of cards"), ()),
            "poster": (
                self.tr("P&osters"),
                (
                    (self.tr("One page"), "page"),
                    (self.tr("A sheet twice as large (A3)"), "double"),
                    (self.tr("Two sheets to glue"), "glued"),
                ),
            ),
            "writing": (
                self.tr("Room to &write"),
                ((self.tr("Lines"), "ruled"), (self.tr("Blank"), "blank")),
            ),
        }

    def options(self) -> PrintOptions:
        """What is chosen now."""
        values: dict[str, Any] = {name: box.currentData() for name, box in self.lists.items() if name != "form"}
        values |= {name: tick.isChecked() for name, tick in self.ticks.items()}
        if "form" in self.lists:
            form = self.lists["form"].currentData()
            values |= {"booklet": bool(form), "single": form == _SINGLE}
        return replace(self._kept, **values)

    def show_options(self, options: PrintOptions) -> None:
        """Show other options; `changed` is not told."""
        self._kept = options
        form = (_SINGLE if options.single else _FOLDED) if options.booklet else ""
        for name, box in self.lists.items():
            value = form if name == "form" else getattr(options, name)
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(value)))
        for name, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(getattr(options, name))

    def show_only(self, names: Sequence[str]) -> None:
        """Put away the rows that mean nothing to what is printed."""
        widgets: dict[str, QWidget] = {**self.lists, **self.ticks}
        for name, widget in widgets.items():
            self._form.setRowVisible(widget, name in names)
