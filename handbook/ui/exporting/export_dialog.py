"""The dialog of File › Export: what, for whom, in which format; then where, and the work with progress and Cancel.

Belongs here: the choice and what is told of it. Not here: formats and saving (handbook/export/)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.atomic_file import file_name
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.export.book import Cancelled, OneText
from handbook.export.choice import Choice
from handbook.export.formats import FORMATS, KINDS, Done, Format, check_choice, export, missing
from handbook.ui import settings
from handbook.ui.printing.print_layout import FolderButton
from handbook.ui.widgets import geometry
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.dialogs import last_folder, lay_out, path_to_save
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale
from handbook.workshop.model import Workshop

_STEPS = 1000  # of the bar that shows how far the work is


class _Offer(NamedTuple):
    """A row of the list of formats."""

    format: Format
    folder: bool


class ExportDialog(QDialog):
    """Exports what is being read, the workshop that is open, or the whole handbook.

    address: of the section that commands act on, "" on a page that is none.
    workshop: the one that is open; None if there is none, or nothing in it.
    read: as in markup.parse()."""

    def __init__(
        self,
        handbook: Handbook,
        store: settings.Store,
        read: Callable[[str], Element],
        address: str,
        workshop: Workshop | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self._handbook, self._store, self._read, self._workshop = handbook, store, read, workshop
        self._section = handbook.find(address) if address else None
        self._make_choice()
        self._make_formats()
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.folder = FolderButton()
        self.export_button = QPushButton(tr("&Export…"))
        self.export_button.clicked.connect(self.ask)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        inside = QVBoxLayout()
        for widget in (self._box, self._format_box):
            inside.addWidget(widget)
        lay_out(self, inside, self.status, self.folder, buttons, width=490)
        self.export_button.setDefault(True)  # now that it is in the dialog, which else forgets it

    def _make_choice(self) -> None:
        section = self._section
        chapter = self._handbook.chapters[section.address.chapter] if section is not None else None
        self.this_section = self._radio(tr("This &section: {title}"), section.title if section else "")
        self.this_chapter = self._radio(tr("This &chapter: {title}"), chapter.title if chapter else "")
        self.for_participants = QRadioButton(tr("The workshop, for &participants"))
        self.for_trainer = QRadioButton(tr("The workshop, for its &trainer"))
        self.everything = QRadioButton(tr("The &whole handbook"))
        self.without_trainer = QCheckBox(tr("&Leave out what is for trainers alone"))
        choices = (
            (self.this_section, section is not None and section.level > 0),
            (self.this_chapter, chapter is not None),
            (self.for_participants, self._workshop is not None),
            (self.for_trainer, self._workshop is not None),
            (self.everything, True),
        )
        self._box = QGroupBox(tr("What"))
        layout = QVBoxLayout(self._box)
        self._which = QButtonGroup(self)
        for button, there in choices:
            self._which.addButton(button)
            layout.addWidget(button)
            button.setVisible(there)
        layout.addWidget(self.without_trainer)
        next(button for button, there in choices if there).setChecked(True)
        self.without_trainer.setEnabled(not self._is_of_workshop())
        self._which.buttonToggled.connect(lambda *_: self._changed())

    def _is_of_workshop(self) -> bool:
        return self.for_participants.isChecked() or self.for_trainer.isChecked()

    def _radio(self, label: str, title: str) -> QRadioButton:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * 48)
        button = QRadioButton(label.format(title=shown.replace("&", "&&")))
        button.setAccessibleName(label.replace("&", "").format(title=title))
        button.setToolTip(title)
        return button

    def _make_formats(self) -> None:
        self.formats = ChoiceField()
        for name in FORMATS:
            kind = KINDS[name]
            offer = tr("{format}: {use}")
            self.formats.addItem(offer.format(format=kind.name, use=tr(kind.use)), _Offer(name, False))
            if kind.folder:
                offer = tr("{format}, a folder: {use}")
                self.formats.addItem(offer.format(format=kind.name, use=tr(kind.folder)), _Offer(name, True))
        last = self._store.read(settings.EXPORT_FORMAT)
        at = next((n for n in range(self.formats.count()) if self._name_of(self.formats.itemData(n)) == last), 0)
        self.formats.setCurrentIndex(at)
        self.formats.currentIndexChanged.connect(lambda _: self._changed())
        self._format_box = QWidget()
        form = QFormLayout(self._format_box)
        form.setContentsMargins(0, 0, 0, 0)
        label = QLabel(tr("&Format:"))
        label.setBuddy(self.formats)
        self.formats.setAccessibleName(tr("Format:"))
        form.addRow(label, self.formats)

    def _name_of(self, offer: _Offer) -> str:
        return f"{offer.format} folder" if offer.folder else offer.format

    def _changed(self) -> None:
        self.without_trainer.setEnabled(not self._is_of_workshop())
        self._say(missing(self.formats.currentData().format))
        self.folder.offer(None)

    def _say(self, text: str) -> None:
        self.status.setText(text)
        geometry.grow(self)  # or the choices would have to scroll
        if text:
            announce(self.status, text)

    # -- The choice ------------------------------------------------------------------------------------------

    def choice(self) -> Choice:
        """What is chosen."""
        if self._is_of_workshop():
            return Choice(
                workshop=self._workshop, readers="trainer" if self.for_trainer.isChecked() else "participants"
            )
        addresses: tuple[str, ...] = ()
        if self._section is not None and not self.everything.isChecked():
            address = self._section.address
            addresses = (str(address) if self.this_section.isChecked() else address.chapter,)
        return Choice(addresses, readers="participants" if self.without_trainer.isChecked() else "all")

    def file_name(self, suffix: str) -> str:
        """A name for the file: the title of what is chosen, and of a workshop for whom it is."""
        workshop, who = self.choice().workshop, ""
        if workshop is not None:
            who = tr("trainer") if self.for_trainer.isChecked() else tr("participants")
        return file_name(self.title(), suffix, who)

    def title(self) -> str:
        """The title of what is chosen."""
        choice = self.choice()
        if choice.workshop is not None:
            return choice.workshop.title.strip() or self._handbook.manifest.title
        if choice.addresses and (section := self._handbook.find(choice.addresses[0])) is not None:
            return section.title
        return self._handbook.manifest.title

    # -- The work --------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask where, and write it."""
        offer: _Offer = self.formats.currentData()
        if said := missing(offer.format):
            self._say(said)
            return
        if not self._can_be_written(offer):
            return
        start = last_folder(self._store.read(settings.EXPORT_FOLDER))
        if offer.folder:
            said = tr("Choose where the new folder is made")
            parent = QFileDialog.getExistingDirectory(self, said, str(start))
            if parent:
                self.save_to(_new_folder(Path(parent), _folder_name(self.file_name(""), offer.format)))
            return
        kind = KINDS[offer.format]
        kinds = f"{kind.name} (*{kind.suffixes[0]})"
        proposed = start / self.file_name(kind.suffixes[0])
        path = path_to_save(self, tr("Export"), proposed, kinds, kind.suffixes)
        if path is not None:
            self.save_to(path)

    def _can_be_written(self, offer: _Offer) -> bool:
        """Is there something to write, and does it fit into the format? Says why not."""
        choice = self.choice()

        def work(*_: object) -> bool:
            check_choice(self._handbook, choice, offer.format, folder=offer.folder, read=self._read)
            return True

        try:
            return wait_for(self, tr("Checking {name}…").format(name=self.file_name("")), 0, work) is not None
        except HandbookError as exc:
            self._say(self._why(exc))
            return False

    def save_to(self, target: Path) -> bool:
        """Write what is chosen to a path; says what became of it."""
        offer: _Offer = self.formats.currentData()
        choice = self.choice()

        def work(progress: Progress, stale: Stale) -> Done:
            def step(share: float) -> None:
                if stale():
                    raise Cancelled
                progress.done = round(share * _STEPS)

            return export(
                self._handbook, choice, offer.format, target, read=self._read, step=step, may=progress.last_step
            )

        self.folder.offer(None)
        self._say("")
        try:
            done = wait_for(self, tr("Exporting '{name}'…").format(name=target.name), _STEPS, work)
        except Cancelled:
            done = None
        except HandbookError as exc:
            QMessageBox.warning(self, tr("Not exported"), self._why(exc))
            self._say(tr("Not exported."))
            return False
        if done is None:
            self._say(tr("Cancelled. Nothing was written."))
            return False
        self._store.write(settings.EXPORT_FOLDER, str(target.parent))
        self._store.write(settings.EXPORT_FORMAT, self._name_of(offer))
        said = [tr("Exported: {file}").format(file=target)]
        if done.skipped:
            gone = ngettext(
                "{n} item of the workshop is gone from the handbook and was left out.",
                "{n} items of the workshop are gone from the handbook and were left out.",
                len(done.skipped),
            )
            said.append(gone.format(n=len(done.skipped)))
        self.folder.offer(target.parent)
        self._say("\n".join(said))
        return True

    def _why(self, error: HandbookError) -> str:
        """Why nothing was written, and what to do about it here."""
        if not isinstance(error, OneText):
            return str(error)
        said = tr(
            "This is more than one text, or it has pictures: as Markdown it is a folder. Choose the format “{format}”."
        )
        rows = range(self.formats.count())
        as_folder = next(row for row in rows if self.formats.itemData(row) == _Offer("md", True))
        return said.format(format=self.formats.itemText(as_folder))


def _folder_name(name: str, format_: Format) -> str:
    """A name for a folder. One that ends as a file's of the format would be a file."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} {suffix}" if dot and f".{suffix.lower()}" in KINDS[format_].suffixes else name


def _new_folder(parent: Path, name: str) -> Path:
    """A folder that is not there yet: exporting again makes another one."""
    number, found = 2, parent / name
    while os.path.lexists(found):  # where nobody may look, as well: saving says why
        found, number = parent / f"{name} {number}", number + 1
    return found
