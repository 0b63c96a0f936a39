"""The filter above the contents: how much time, how many people, which level, without paper, online.

Belongs here: its fields, and what it says of the result. Not here: which chapters fit (content/fitting_sheets.py), how
rows are hidden (contents_panel.py)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import ngettext, tr
from handbook.content.fitting_sheets import MOST_PEOPLE, Limits, counted, fitting, sheets_of
from handbook.content.handbook import Handbook
from handbook.content.metadata import SHEETS
from handbook.ui.reading import limit_words
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.number_field import NumberField
from handbook.ui.widgets.spoken_label import SpokenLabel


class ContentsFilter(QWidget):
    """Fields that limit the contents to what fits."""

    chosen = Signal(object)  # frozenset of the ids of chapters that fit; None: all are wanted
    told = Signal(tuple)  # the limits in words, none where nothing is limited
    escaped = Signal()  # Esc: back to the page

    def __init__(self, handbook: Handbook) -> None:
        super().__init__()
        self._handbook = handbook
        self.minutes = ChoiceField()
        self.level = ChoiceField()
        for field, offered, words in (
            (self.minutes, limit_words.MINUTES, limit_words.minutes),
            (self.level, limit_words.LEVELS, limit_words.level),
        ):
            # Translators: no limit: any number of minutes, of people, any level
            field.addItem(tr("any"), 0)
            for n in offered:
                field.addItem(words(n), n)
            field.currentIndexChanged.connect(self._changed)
        self.people = NumberField()
        self.people.setRange(0, MOST_PEOPLE)
        self.people.setSpecialValueText(tr("any"))
        self.people.valueChanged.connect(self._changed)
        self.no_paper = QCheckBox(tr("Nothing to &print"))
        # Translators: a box to tick: exercises that can be done in a video call
        self.online = QCheckBox(tr("&Online"))
        for box in (self.no_paper, self.online):
            box.toggled.connect(self._changed)
        self.result = SpokenLabel()
        self.result.setWordWrap(True)
        # Translators: button: take all limits away
        self.clear = QPushButton(tr("&All"))
        self.clear.setAccessibleName(tr("Show all again"))
        self.clear.setToolTip(tr("Show all again"))
        self.clear.clicked.connect(self.show_all)
        self._lay_out()
        self._changed()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through."""
        return (self.minutes, self.people, self.level, self.no_paper, self.online, self.clear)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # beside a workshop the contents are narrow
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            (tr("&Minutes"), self.minutes),
            (tr("Peop&le"), self.people),
            # Translators: how much experience an exercise needs, from 1 to 3
            (tr("Le&vel"), self.level),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        boxes = ButtonFlow()
        boxes.add(self.no_paper)
        boxes.add(self.online)
        foot = QHBoxLayout()
        foot.addWidget(self.result, 1)
        foot.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(6)
        column.addLayout(form)
        column.addWidget(boxes)
        column.addLayout(foot)

    @property
    def limits(self) -> Limits:
        """What is chosen."""
        return Limits(
            self.minutes.currentData() or 0,
            self.people.value(),
            self.level.currentData() or 0,
            self.no_paper.isChecked(),
            self.online.isChecked(),
        )

    def show_all(self) -> None:
        """Take every limit away."""
        self.minutes.setCurrentIndex(0)
        self.level.setCurrentIndex(0)
        self.people.setValue(0)
        self.no_paper.setChecked(False)
        self.online.setChecked(False)
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        limits = self.limits
        limited = limits != Limits()
        fit = fitting(self._handbook, limits) if limited else None
        self.clear.setEnabled(limited)
        self.result.setText(self._said(fit))
        self.chosen.emit(fit)
        self.told.emit(limit_words.words_of(limits))

    def _said(self, fit: frozenset[str] | None) -> str:
        whole = sum(1 for _ in sheets_of(self._handbook))
        if fit is None:
            return ngettext("{n} plan or exercise", "{n} plans and exercises", whole).format(n=whole)
        sheets = sum(number for kind, number in counted(self._handbook, fit).items() if kind in SHEETS)
        said = ngettext("{n} of {whole} plan or exercise fits", "{n} of {whole} plans and exercises fit", whole)
        more = len(fit) - sheets
        text = said.format(n=sheets, whole=whole)
        if not more:
            return text
        also = ngettext("with {n} sheet to hand out", "with {n} sheets to hand out", more).format(n=more)
        return tr("{fits}, {also}").format(fits=text, also=also)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
