"""The window in which a workshop is looked at and printed; it stays open beside the handbook and follows changes.

Belongs here: what to print, the layout, what is told, and the ways out. Not here: making pages (page_builder.py), which
pages go out together (jobs.py), printers (ui/printing/printer.py)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base import atomic_file
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind, PrintOptions, sides_for
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.printing.typeset import Printed
from handbook.ui import settings
from handbook.ui.printing import jobs, print_layout
from handbook.ui.printing.jobs import kind_name
from handbook.ui.printing.page_builder import Made, PageBuilder
from handbook.ui.printing.pages_view import PagesView
from handbook.ui.printing.print_options import OptionsForm
from handbook.ui.widgets import geometry
from handbook.ui.widgets.dialogs import ask, press_by_enter
from handbook.ui.widgets.number_field import NumberField
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.spoken_label import SpokenLabel
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale
from handbook.workshop import needs, timetable
from handbook.workshop.model import MOST_PARTICIPANTS, Passage, Workshop, bare

KIND = Qt.ItemDataRole.UserRole
SIDE = 340  # pixels that the options take


class EditedWorkshop(Protocol):
    """The open workshop, as far as printing changes it (ui/workshop/document.py, which stands above this package).

    workshop: as it is now. touched: the place of the item that was changed last. changed: it is another."""

    touched: int | None

    @property
    def workshop(self) -> Workshop: ...

    @property
    def changed(self) -> SignalInstance[tuple[()]]: ...

    def change(self, workshop: Workshop, text: str, *, key: str = "") -> None:
        """Replace it. text: what the change is called, for undo; changes in a row with one key are one change."""

    def undo(self) -> object: ...

    def redo(self) -> object: ...


class PrintWindow(QDialog):
    """Preview and print a workshop. Changes of the layout are changes of the workshop, and can be undone."""

    closed = Signal()

    def __init__(
        self,
        handbook: Handbook,
        document: EditedWorkshop,
        page_builder: PageBuilder,
        store: settings.Store,
        theme: Theme,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        page_builder.typesetter.warm_up()  # the process may have ended since the pages were counted
        self._handbook, self._document, self._page_builder, self._store = handbook, document, page_builder, store
        self._ready: dict[Kind, Printed] = {}  # of the workshop as it is now
        self._faults: dict[Kind, str] = {}
        self._made: Made | None = None  # all of it, once it is there
        self._on_view: Printed | None = None
        self._opening: LatestOnlyWorker[Printed, Document] = LatestOnlyWorker(
            "open pages", _open, self._opened, self._not_opened
        )
        self.pages = PagesView(theme)
        self._make_choice()
        self._make_ways_out()
        self._lay_out()
        for kind in KINDS:
            self._list.item(KINDS.index(kind)).setCheckState(Qt.CheckState.Checked)
        page_builder.begun.connect(self._begun)
        page_builder.kind_made.connect(self._kind_made)
        page_builder.kind_failed.connect(self._kind_failed)
        page_builder.made.connect(self._all_made)
        page_builder.failed.connect(self._none_made)
        document.changed.connect(self._show_workshop)
        for keys, handler in ((("Ctrl+Z",), document.undo), (("Ctrl+Shift+Z", "Ctrl+Y"), document.redo)):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(handler)
        self._show_workshop()
        self._begin_with()

    # -- Widgets ---------------------------------------------------------------------------------------------

    def _make_choice(self) -> None:
        self._list = QListWidget()
        self._list.setObjectName("kinds")
        self._list.setAccessibleName(tr("What to print: tick what is wanted, choose what is shown"))
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in KINDS:
            item = QListWidgetItem(kind_name(kind), self._list)
            item.setData(KIND, kind)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self._list.currentItemChanged.connect(lambda *_: self._chose())
        self._list.itemChanged.connect(lambda _: self._tell_paper())
        self.one_file = QCheckBox(tr("All in &one PDF"))
        self.participants = NumberField()
        self.participants.setRange(0, MOST_PARTICIPANTS)
        self.participants.setSpecialValueText(tr("not known yet"))
        self.participants.valueChanged.connect(self._participants_chosen)
        self.own_layout = QCheckBox(tr("The trainer's packet has a &layout of its own"))
        self.own_layout.toggled.connect(self._own_layout_chosen)
        self.options = OptionsForm(KINDS)
        self.options.changed.connect(self._options_chosen)
        self.told = SpokenLabel()
        self.told.setObjectName("told")
        self.told.hide()  # until there is something to tell: an empty strip looks like a fault
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)

    def _make_ways_out(self) -> None:
        self.paper = SpokenLabel()
        self.paper.setObjectName("paperLine")
        self.paper.setWordWrap(True)
        self.state = SpokenLabel()
        self.state.setObjectName("faint")
        self.state.setWordWrap(True)
        self.folder = print_layout.FolderButton()
        self.save_button = QPushButton(tr("S&ave PDF…"))
        self.print_button = QPushButton(tr("Pri&nt…"))
        self.close_button = QPushButton(tr("Close"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_pages)
        self.close_button.clicked.connect(self.close)
        for button in (self.print_button, self.close_button):
            press_by_enter(button)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Part&icipants"), self.participants)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 12, 8)
        column.setSpacing(8)
        for part in (self._list, self.one_file, form, self.own_layout, self.options, self.told):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch(1)
        foot = QFrame()
        foot.setObjectName("workshopFoot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 8, 12, 12)
        below.addWidget(self.paper)
        below.addWidget(self.state)
        below.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        for button in (self.save_button, self.print_button, self.close_button):
            row.addWidget(button)
        below.addLayout(row)
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(ScrollColumn(inside), 1)
        rows.addWidget(foot)
        print_layout.lay_out(self, side, max(SIDE, inside.sizeHint().width() + 18), self.pages, (1120, 820))
        self.move(self.screen().availableSize().width() // 2 - self.width() // 2, 20)
        geometry.restore(self, self._store.read(settings.PRINT_WINDOW))

    # -- What is shown ---------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """Which of the things is looked at."""
        return KINDS[max(0, self._list.currentRow())]

    @property
    def ticked(self) -> tuple[Kind, ...]:
        """What is wanted, as far as the workshop has it."""
        offered = set(typeset.kinds_of(self._handbook, self._document.workshop))
        items = (self._list.item(row) for row in range(self._list.count()))
        chosen = {item.data(KIND) for item in items if item.checkState() == Qt.CheckState.Checked}
        return tuple(kind for kind in KINDS if kind in chosen and kind in offered)

    def show_kind(self, kind: Kind) -> None:
        """Look at another of the things."""
        self._list.setCurrentRow(KINDS.index(kind))

    def _begin_with(self) -> None:
        """Look at the first thing that there is, or at what holds the item changed last."""
        offered = typeset.kinds_of(self._handbook, self._document.workshop)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(KINDS.index(offered[0]) if offered else 0)

    def _show_workshop(self) -> None:
        """The workshop is another: show what it says of printing."""
        workshop = self._document.workshop
        title = workshop.title.strip() or tr("Workshop without a title")
        self.setWindowTitle(tr("Print: {title}").format(title=title))
        offered = typeset.kinds_of(self._handbook, workshop)
        with QSignalBlocker(self._list):
            for row, kind in enumerate(KINDS):
                item = self._list.item(row)
                flags = item.flags()
                there = Qt.ItemFlag.ItemIsEnabled
                item.setFlags(flags | there if kind in offered else flags & ~there)
                if kind not in offered:
                    item.setText(tr("{what}: none").format(what=kind_name(kind)))
        self._fit_list()
        with QSignalBlocker(self.participants):
            self.participants.setValue(workshop.participants)
        self._show_options()

    def _fit_list(self) -> None:
        height = sum(self._list.sizeHintForRow(row) for row in range(self._list.count()))
        self._list.setFixedHeight(height + 2 * self._list.frameWidth() + 4)

    def _show_options(self) -> None:
        workshop, kind = self._document.workshop, self.kind
        self.own_layout.setVisible(kind == "trainer")
        with QSignalBlocker(self.own_layout):
            self.own_layout.setChecked(workshop.trainer_options is not None)
        self.options.show_options(workshop.options_for(kind))
        self.options.show_only(kind)

    def _chose(self) -> None:
        self._show_options()
        self._show_pages()

    def _show_pages(self) -> None:
        kind = self.kind
        if kind in self._ready:
            self._look_at(self._ready[kind])
        elif kind in self._faults:
            self._say(self._faults[kind])
        elif kind not in typeset.kinds_of(self._handbook, self._document.workshop):
            self._say(self._nothing(kind))
        elif self._page_builder.busy:
            self._page_builder.order(self._document.workshop, kind)  # what is looked at comes first

    def _nothing(self, kind: Kind) -> str:
        if not self._document.workshop.items:
            return tr("There is nothing in the workshop yet. Add a passage, and its pages come here.")
        return tr("{what}: the workshop has none.").format(what=kind_name(kind))

    def _say(self, text: str) -> None:
        self._opening.drop()
        self._on_view = None
        self.pages.say(text)

    def _look_at(self, printed: Printed) -> None:
        if printed is self._on_view:
            return
        self._on_view = printed
        self._opening.start(printed)

    def _opened(self, printed: Printed, document: Document) -> None:
        if printed is not self._on_view:
            document.close()
            return
        self.pages.show_document(document)
        touched = self._document.touched
        if touched is not None and touched in printed.item_pages:
            self.pages.show_page(printed.item_pages[touched] - 1)

    def _not_opened(self, _: Printed, error: Exception) -> None:
        self._say(tr("The preview could not be drawn: {error}").format(error=reason_of(error)))

    # -- From the press --------------------------------------------------------------------------------------

    def _begun(self) -> None:
        self._ready, self._faults, self._made = {}, {}, None
        self.state.setText(tr("Setting the pages…"))
        self.folder.offer(None)
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
        if self.kind not in typeset.kinds_of(self._handbook, self._document.workshop):
            self._say(self._nothing(self.kind))
        else:
            self.pages.take_back()

    def _kind_made(self, kind: Any, printed: Any) -> None:
        self._ready[kind] = printed
        if kind == self.kind:
            self._look_at(printed)
        item = self._list.item(KINDS.index(kind))
        with QSignalBlocker(self._list):
            said = ngettext("{what}: {n} page", "{what}: {n} pages", printed.pages)
            item.setText(said.format(what=kind_name(kind), n=printed.pages))

    def _kind_failed(self, kind: Any, error: Any) -> None:
        known = isinstance(error, HandbookError)
        said = reason_of(error)
        self._faults[kind] = said if known else tr("This could not be set: {error}").format(error=said)
        if kind == self.kind:
            self._say(self._faults[kind])

    def _none_made(self, error: Any) -> None:
        text = tr("The pages could not be set: {error}").format(error=reason_of(error))
        self.state.setText(text)
        self._say(text)

    def _all_made(self, made: Any) -> None:
        if bare(made.workshop) != bare(self._document.workshop):
            return
        self._made = made
        self.state.setText("" if made.printed or self._faults else tr("There is nothing to print yet."))
        self._tell_paper()
        self._tell_faults(made)
        self._follow_touched(made)

    def _follow_touched(self, made: Made) -> None:
        """Show the packet that holds what was just added, where the one in view does not."""
        touched = self._document.touched
        if touched is None or (self.kind in made.printed and touched in made.printed[self.kind].item_pages):
            return
        holding = next((kind for kind, one in made.printed.items() if touched in one.item_pages), None)
        if holding is not None:
            self.show_kind(holding)

    def _tell_paper(self) -> None:
        made = self._made
        if made is None:
            return
        kinds = self.ticked
        self.paper.setText(jobs.paper_line(made.workshop, made.printed, kinds) or tr("Nothing is ticked."))
        there = any(kind in made.printed for kind in kinds)
        for button in (self.save_button, self.print_button):
            button.setEnabled(there)

    def _tell_faults(self, made: Made) -> None:
        """What will not stand on the paper as it was meant."""
        told: list[str] = []
        for item in made.workshop.items:
            if isinstance(item, Passage) and self._handbook.find(item.address) is None:
                title = timetable.title_of(self._handbook, item)
                told.append(tr("'{title}' is not in this handbook any more and is left out.").format(title=title))
        lacking = needs.not_there(self._handbook, made.workshop)
        if lacking:
            titles = ", ".join(one.title for one in lacking)
            told.append(tr("Not in the packet: {titles}.").format(titles=titles))
        told += jobs.told_of(made.workshop, made.printed)
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))

    # -- What is chosen --------------------------------------------------------------------------------------

    def _options_chosen(self) -> None:
        self._set_options(self.options.options())

    def _set_options(self, options: PrintOptions) -> None:
        workshop = self._document.workshop
        own = self.kind == "trainer" and workshop.trainer_options is not None
        changed = replace(workshop, trainer_options=options) if own else replace(workshop, options=options)
        self._document.change(changed, tr("Change the layout"), key="layout")

    def _own_layout_chosen(self, on: bool) -> None:
        workshop = self._document.workshop
        changed = replace(workshop, trainer_options=workshop.options if on else None)
        self._document.change(changed, tr("Change the layout"))

    def _participants_chosen(self, number: int) -> None:
        changed = replace(self._document.workshop, participants=number)
        self._document.change(changed, tr("Change the number of participants"), key="participants")

    # -- Ways out --------------------------------------------------------------------------------------------

    def save_pdf(self) -> None:
        """Ask where to, and save what is ticked: a PDF each in a folder, or all in one."""
        if self._made is None:
            return
        kinds = self.ticked
        if self.one_file.isChecked() or len(kinds) == 1:
            name = self._file_name(None if len(kinds) > 1 else kinds[0])
            target = print_layout.ask_for_pdf(self, self._store, name)
            if target is not None:
                self.save_one(target)
            return
        start = str(print_layout.pdf_folder(self._store))
        found = QFileDialog.getExistingDirectory(self, tr("Folder for the PDFs"), start)
        if found:
            self.save_each(Path(found))

    def _file_name(self, kind: Kind | None) -> str:
        # Translators: a workshop that has no title, and its list in the window
        title = self._document.workshop.title.strip() or tr("Workshop")
        return atomic_file.file_name(title, what=jobs.kind_in_file(kind) if kind is not None else "")

    def save_one(self, target: Path) -> bool:
        """Save what is ticked in one PDF; says what went wrong."""
        workshop, kinds, made = self._document.workshop, self.ticked, self._made
        own = self._page_builder.own_of(workshop)

        def work(_: Progress, stale: Stale) -> bytes:
            if len(kinds) == 1 and made is not None and kinds[0] in made.printed:
                return made.printed[kinds[0]].pdf
            typesetter = self._page_builder.typesetter.until(stale)
            return typeset.print_workshop(self._handbook, workshop, kinds, own, typesetter).pdf

        def save(progress: Progress, stale: Stale) -> bool:
            return atomic_file.save(work(progress, stale), target, progress.last_step)

        try:
            done = wait_for(self, tr("Setting the pages…"), 0, save)
        except (atomic_file.NotSaved, typeset.TypesetError) as exc:
            QMessageBox.warning(self, tr("Not saved"), str(exc))
            return False
        if done:
            self._saved(target.parent, tr("Saved: {file}").format(file=target))
        return bool(done)

    def save_each(self, folder: Path) -> bool:
        """Save what is ticked, a PDF each; says what went wrong."""
        made = self._made
        if made is None:
            return False
        files = {folder / self._file_name(kind): made.printed[kind].pdf for kind in self.ticked if kind in made.printed}
        there = [path.name for path in files if path.exists()]
        if there and not self._may_replace(there):
            return False

        saved: list[Path] = []

        def work(progress: Progress, stale: Stale) -> bool:
            for path, pdf in files.items():
                if not atomic_file.save(pdf, path, lambda: not stale()):
                    return False
                saved.append(path)
                progress.done += 1
            return progress.last_step()

        try:
            done = wait_for(self, tr("Saving…"), len(files), work)
        except atomic_file.NotSaved as exc:
            QMessageBox.warning(self, tr("Not saved"), str(exc))
            done = False
        if saved or done:
            text = ngettext("{n} file saved in {folder}", "{n} files saved in {folder}", len(saved))
            self._saved(folder, text.format(n=len(saved), folder=folder))
        return bool(done)

    def _may_replace(self, names: list[str]) -> bool:
        text = tr("These files are there already. Replace them?\n\n{names}").format(names="\n".join(names))
        return ask(self, tr("Replace files?"), text, tr("&Replace them"))

    def _saved(self, folder: Path, text: str) -> None:
        self._store.write(settings.PDF_FOLDER, str(folder))
        self.state.setText(text)
        self.folder.offer(folder)

    def print_pages(self) -> None:
        """Send what is ticked to a printer, each thing as often as it is needed."""
        made = self._made
        if made is None:
            return
        from handbook.ui.printing import printer  # brings in QtPrintSupport

        wanted = [(kind, made.printed[kind]) for kind in self.ticked if kind in made.printed]
        documents = wait_for(
            self, tr("Opening the pages…"), 0, lambda *_: [Document(printed.pdf) for _, printed in wanted]
        )
        if documents is None:
            return
        going: list[printer.Job] = []
        for (kind, printed), document in zip(wanted, documents, strict=True):
            options = made.workshop.options_for(kind)
            sides = sides_for(options, kind)
            title = self._document.workshop.title.strip() or tr("Workshop")
            name = f"{title} - {kind_name(kind)}"
            for pages, copies in jobs.batches(printed.runs[kind], both_sides=sides != "one"):
                going.append(printer.Job(document, printed.pdf, options, name, pages, copies, sides=sides))
        try:
            if going and printer.print_jobs(going, self):
                self.state.setText(tr("Sent to the printer."))
                self.folder.offer(None)
        finally:
            for document in documents:
                document.close()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self.pages.restyle(theme)

    def done(self, result: int) -> None:
        """Close: what is under way for this window is dropped."""
        self._store.write(settings.PRINT_WINDOW, geometry.to_text(self))
        self._opening.close(wait=0)
        self.pages.close_document()
        super().done(result)
        self.closed.emit()


def _open(printed: Printed, stale: Stale) -> Document:
    document = Document(printed.pdf)
    if stale():
        document.close()
    return document
