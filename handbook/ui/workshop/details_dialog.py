"""The dialog for what is printed on the title page: title, date, place, people, logo, language.

Belongs here: the dialog. Not here: which pictures can be a logo (handbook/workshop/logo.py), decoding them
(handbook/printing/typeset/pictures.py)."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QSize, QStandardPaths, Qt, QTime
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from handbook.base import catalogue, dates, languages
from handbook.base.catalogue import tr
from handbook.ui.widgets import scale
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.dialogs import close_buttons, lay_out
from handbook.ui.widgets.number_field import NumberField
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale
from handbook.ui.workshop.item_dialog import LONGEST, TimeField
from handbook.workshop import logo
from handbook.workshop.model import MOST_PARTICIPANTS, NOTHING_YET, Logo, Workshop

LOGO = QSize(150, 56)  # pixels at most, in the dialog
EARLIEST, LATEST = QDate(2000, 1, 1), QDate(2999, 12, 31)


class DetailsDialog(QDialog):
    """A dialog to change a workshop's details; `workshop()` is the changed workshop once it is accepted."""

    def __init__(self, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Workshop details"))
        self._workshop = workshop
        self.logo: Logo | None = workshop.logo
        self._shown: dict[QLineEdit, str] = {}  # at first: a file may hold more than a line shows
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(8)
        self.title = self._line(workshop.title, tr("What the participants will read on the first page"))
        self.place = self._line(workshop.place)
        self.trainers = self._line(", ".join(workshop.trainers), tr("Names with commas between"))
        self.organisation = self._line(workshop.organisation)
        form.addRow(tr("&Title"), self.title)
        form.addRow(tr("&Date"), self._make_date(workshop))
        form.addRow(tr("&Hours"), self._make_hours(workshop))
        # Translators: where the workshop is
        form.addRow(tr("&Place"), self.place)
        form.addRow(tr("T&rainers"), self.trainers)
        form.addRow(tr("&Organisation"), self.organisation)
        # Translators: the picture of an organisation, on the title page
        form.addRow(tr("Logo"), self._make_logo())
        self.participants = NumberField()
        self.participants.setRange(0, MOST_PARTICIPANTS)
        self.participants.setSpecialValueText(tr("not known yet"))
        self.participants.setValue(workshop.participants)
        form.addRow(tr("Part&icipants"), self.participants)
        self.language = ChoiceField()
        for code, name in languages.NAMES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(workshop.language)))
        form.addRow(tr("Dates and page &labels in"), self.language)
        inside = QVBoxLayout()
        inside.setSpacing(12)
        inside.addLayout(form)
        if workshop.made_with != NOTHING_YET:
            made = QLabel(
                tr("Last saved with edition {edition} of the handbook.").format(edition=workshop.made_with.edition)
            )
            made.setObjectName("faint")
            inside.addWidget(made)
        lay_out(self, inside, close_buttons(self), width=660)

    def _line(self, text: str, hint: str = "") -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(LONGEST * 2)
        line.setPlaceholderText(hint)
        line.setToolTip(hint)  # whole, where the field is too narrow for it
        self._shown[line] = line.text()
        return line

    def _make_date(self, workshop: Workshop) -> QWidget:
        # Translators: a box to tick before a date: the workshop is on this date
        self.has_date = QCheckBox(tr("on"))
        self.has_date.setAccessibleName(tr("The date is known"))
        self.has_date.setChecked(workshop.date is not None)
        self.date = QDateEdit()
        self.date.setAccessibleName(tr("Date of the first day"))
        form = dates.form(catalogue.in_use()).format(day="d", month="MMMM", year="yyyy")
        self.date.setDisplayFormat(form)
        day = workshop.date or datetime.date.today()
        shown = QDate(day.year, day.month, day.day)
        self.date.setDateRange(min(EARLIEST, shown), max(LATEST, shown))
        self.date.setCalendarPopup(True)
        self.date.setDate(shown)
        days = (QLocale().toString(QDate(2028, month, 28), form) for month in range(1, 13))
        longest = max(map(self.date.fontMetrics().horizontalAdvance, days))
        self.date.setMinimumWidth(longest + scale.px(56))  # Qt asks for the room of one month's name
        self.date.setEnabled(workshop.date is not None)
        self.has_date.toggled.connect(self.date.setEnabled)
        return _row(self.has_date, self.date)

    def _make_hours(self, workshop: Workshop) -> QWidget:
        self.start = QTimeEdit()
        self.start.setDisplayFormat("HH:mm")
        self.start.setAccessibleName(tr("Start of the first day"))
        self.start.setTime(QTime(workshop.start.hour, workshop.start.minute))
        usual = workshop.end or datetime.time(17, 0)
        # Translators: before a time: the workshop lasts until then
        self.end = TimeField(tr("&until"), tr("End of the first day"), workshop.end, usual)
        return _row(self.start, self.end)

    def _make_logo(self) -> QWidget:
        self.picture = QLabel()
        self.picture.setMaximumSize(LOGO)
        self.choose, self.drop = QPushButton(tr("&Choose…")), QPushButton(tr("Remo&ve"))
        self.choose.setAccessibleName(tr("Choose a logo"))
        self.drop.setAccessibleName(tr("Remove the logo"))
        self.choose.clicked.connect(self._choose_logo)
        self.drop.clicked.connect(lambda: self._show_logo(None))
        self._show_logo(self.logo)
        return _row(self.picture, self.choose, self.drop)

    def _show_logo(self, found: Logo | None) -> None:
        self.logo = found
        self.drop.setVisible(found is not None)
        self.picture.setToolTip(found.name if found is not None else "")
        self.picture.setAccessibleName(found.name if found is not None else tr("No logo"))
        # A picture from outside is never decoded in this process: a damaged one could crash it.
        image = QImage.fromData(found.data) if found is not None and logo.is_drawn(found) else QImage()
        if found is None:
            # Translators: there is none (no logo, no minutes)
            self.picture.setText(tr("none"))
        elif image.isNull():
            self.picture.setText(found.name)
        else:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(QPixmap.fromImage(image.scaled(LOGO, keep, smooth)))

    def _choose_logo(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a logo"), pictures, tr("Pictures (*.png *.jpg *.jpeg *.svg)")
        )
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Use a picture as the logo. If it cannot be one, says why and keeps the logo that there was."""

        def work(_: Progress, stale: Stale) -> Logo:
            from handbook.printing.typeset import pictures  # late, because it imports the typesetter

            return pictures.drawn(logo.read(path), stale)

        try:
            found = wait_for(self, tr("Looking at '{name}'…").format(name=path.name), 0, work)
        except logo.BadLogo as exc:
            QMessageBox.warning(self, tr("Not taken as a logo"), str(exc))
            return
        if found is not None:
            self._show_logo(found)

    def workshop(self) -> Workshop:
        """The workshop with the values of the dialog."""
        before, date, start = self._workshop, self.date.date(), self.start.time()
        names = (name.strip() for name in re.split("[,;]", _words(self.trainers)))
        return replace(
            before,
            title=_words(self.title) if self._is_changed(self.title) else before.title,
            date=datetime.date(date.year(), date.month(), date.day()) if self.has_date.isChecked() else None,
            start=datetime.time(start.hour(), start.minute()),
            end=self.end.value(),
            place=_words(self.place) if self._is_changed(self.place) else before.place,
            trainers=tuple(filter(None, names)) if self._is_changed(self.trainers) else before.trainers,
            organisation=_words(self.organisation) if self._is_changed(self.organisation) else before.organisation,
            logo=self.logo,
            participants=self.participants.value(),
            language=self.language.currentData(),
        )

    def _is_changed(self, line: QLineEdit) -> bool:
        return line.text() != self._shown[line]


def _words(line: QLineEdit) -> str:
    return " ".join(line.text().split())


def _row(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return whole
