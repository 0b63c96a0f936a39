"""The dialog for one item of a workshop: title, minutes, fixed start, copies, for whom, a note.

Belongs here: the dialog for items of every kind. Not here: the text of an own page (custom_page.py)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import pgettext, tr
from handbook.content.handbook import Handbook
from handbook.content.metadata import PRINTABLES
from handbook.ui.widgets.dialogs import close_buttons, lay_out
from handbook.ui.widgets.note_bound import NoteBound
from handbook.ui.widgets.number_field import NumberField
from handbook.workshop import timetable
from handbook.workshop.copies import usual
from handbook.workshop.file import LONGEST_NOTE
from handbook.workshop.model import MOST_COPIES, MOST_MINUTES, CustomPage, Entry, Item, NewDay, Passage, Workshop

LONGEST = 200  # letters of a title


class TimeField(QWidget):
    """A check box, and a field for a time of the day that is used while the box is ticked."""

    def __init__(self, label: str, name: str, time: datetime.time | None, usual: datetime.time) -> None:
        super().__init__()
        self.tick = QCheckBox(label)
        self.tick.setChecked(time is not None)
        self.time = QTimeEdit()
        self.time.setDisplayFormat("HH:mm")
        self.time.setAccessibleName(name)
        shown = time or usual
        self.time.setTime(QTime(shown.hour, shown.minute))
        self.time.setEnabled(time is not None)
        self.tick.toggled.connect(self.time.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tick)
        row.addWidget(self.time)
        row.addStretch(1)

    def value(self) -> datetime.time | None:
        """The chosen time; None while the box is not ticked."""
        found = self.time.time()
        return datetime.time(found.hour(), found.minute()) if self.tick.isChecked() else None


class MinutesBox(NumberField):
    """A field for minutes in steps of five. Below 0 stands "as usual"; one step up from it is the usual number.

    usual: the minutes that "as usual" means; 0 for none."""

    usual = 0

    def stepBy(self, steps: int) -> None:
        if self.value() < 0 < steps:
            self.setValue(self.usual or 5)
        else:
            at = self.value() // 5 * 5 if steps > 0 else -(-self.value() // 5) * 5
            self.setValue(max(self.minimum(), at + 5 * steps))


class ItemDialog(QDialog):
    """A dialog to change an item; `item()` is the changed item once it is accepted.

    A note that no file would take stays open until it is shorter."""

    def __init__(self, handbook: Handbook, workshop: Workshop, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handbook, self._workshop, self._item = handbook, workshop, item
        self.setWindowTitle(self._name())
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setVerticalSpacing(8)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.title = QLineEdit(item.title)
        self.title.setMaxLength(LONGEST)
        self._shown = self.title.text()  # at first: a file may hold more than a line shows
        self.minutes, self.copies = MinutesBox(), NumberField()
        self.trainer_only = QCheckBox(tr("For the trainer onl&y"))
        self.note = QPlainTextEdit()
        self.told = NoteBound(self.note, LONGEST_NOTE)
        self.start: TimeField | None = None
        self.end: TimeField | None = None
        if isinstance(item, NewDay):
            self._day(item)
        else:
            self._timed(item)
        layout = QVBoxLayout()
        layout.setSpacing(12)
        if isinstance(item, Passage):
            title = QLabel(timetable.title_of(handbook, item))
            title.setWordWrap(True)
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            layout.addWidget(title)
        layout.addLayout(self._form)
        lay_out(self, layout, close_buttons(self), width=440)

    def _name(self) -> str:
        if isinstance(self._item, NewDay):
            return tr("Another day")
        if isinstance(self._item, Entry):
            return tr("Break or other entry")
        return tr("Item of the workshop")

    def _day(self, item: NewDay) -> None:
        first = self._workshop
        self.title.setPlaceholderText(tr("Day and its number"))
        self._form.addRow(tr("&Title"), self.title)
        self.start = TimeField(tr("&Starts at"), tr("Start of the day"), item.start, first.start)
        usual = item.end or first.end or datetime.time(17, 0)
        self.end = TimeField(tr("&Ends at"), tr("End of the day"), item.end, usual)
        self._form.addRow(self.start)
        self._form.addRow(self.end)
        about = QLabel(tr("Without a tick: as on the first day."))
        about.setObjectName("faint")
        self._form.addRow(about)

    def _timed(self, item: Passage | CustomPage | Entry) -> None:
        if not isinstance(item, Passage):
            self._form.addRow(tr("&Title"), self.title)
            self.title.selectAll()  # so that typing replaces "Break"
        self.minutes.setRange(0 if isinstance(item, Entry) else -1, MOST_MINUTES)
        # Translators: short for minutes, behind a number
        self.minutes.setSuffix(" " + pgettext("behind a number", "min"))
        if not isinstance(item, Entry):
            usual = timetable.minutes_of(self._handbook, replace(item, minutes=None))
            # Translators: there is none (no logo, no minutes)
            said = tr("{n} min, as in the handbook").format(n=usual) if usual else tr("none")
            self.minutes.usual = usual
            self.minutes.setSpecialValueText(said)
        self.minutes.setValue(-1 if item.minutes is None else item.minutes)
        self.minutes.selectAll()  # what is typed would stand before it: 45 before 10 is 410
        self._form.addRow(tr("&Minutes"), self.minutes)
        self.start = TimeField(tr("&Starts at"), tr("Fixed start"), item.start, self._begins(item))
        self._form.addRow(self.start)
        if isinstance(item, Passage):
            self._copies(item)
        if not isinstance(item, Entry):
            self.trainer_only.setChecked(item.trainer_only)
            self._form.addRow(self.trainer_only)
        self.note.setPlainText(item.note)
        self._note_shown = self.note.toPlainText()  # Qt makes plain blanks of others
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
        self.note.setPlaceholderText(tr("Printed in the trainer's packet alone"))
        self._form.addRow(tr("&Note"), self.note)
        self._form.addRow(self.told)

    def accept(self) -> None:
        """Qt: take the values. A note that is too long is left to be shortened."""
        if self.told.lets_close():
            super().accept()

    def _begins(self, item: Item) -> datetime.time:
        """The time at which the item begins now: the first value when the person fixes its start."""
        for day in timetable.timetable(self._handbook, self._workshop):
            for row in day.rows:
                if self._workshop.items[row.item] is item:
                    return datetime.time(row.start // 60 % 24, row.start % 60)
        return self._workshop.start

    def _copies(self, item: Passage) -> None:
        self.copies.setRange(-1, MOST_COPIES)
        self.copies.setValue(-1 if item.copies is None else item.copies)
        section = self._handbook.find(item.address)
        if section is not None and self._handbook.chapters[section.address.chapter].front.kind in PRINTABLES:
            needed = usual(self._handbook, self._workshop, section)
            self.copies.setSpecialValueText(tr("as many as are needed: {n}").format(n=needed))
            self._form.addRow(tr("&Copies"), self.copies)

    def item(self) -> Item:
        """The item with the values of the dialog."""
        item = self._item
        start = self.start.value() if self.start is not None else None
        if isinstance(item, NewDay):
            return replace(item, title=self._title(), start=start, end=self.end.value() if self.end else None)
        values: dict[str, Any] = {"start": start, "note": self._note()}
        minutes = self.minutes.value()
        values["minutes"] = None if minutes < 0 else minutes
        if not isinstance(item, Passage):
            values["title"] = self._title()
        if not isinstance(item, Entry):
            values["trainer_only"] = self.trainer_only.isChecked()
        if isinstance(item, Passage):
            values["copies"] = None if self.copies.value() < 0 else self.copies.value()
        return replace(item, **values)

    def _note(self) -> str:
        text = self.note.toPlainText()
        return text.strip()[:LONGEST_NOTE] if text != self._note_shown else getattr(self._item, "note", "")

    def _title(self) -> str:
        return self.title.text().strip() if self.title.text() != self._shown else self._item.title
