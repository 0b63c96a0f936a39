"""The print dialog: what to print, on what paper, the real pages beside it, and the two ways out.

Belongs here: the choice and its preview. Not here: how a page is set (printing/typeset/) and how it reaches the
printer (printer.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from handbook.base.atomic_file import NotSaved, file_name, save
from handbook.base.catalogue import ngettext, tr
from handbook.base.system_errors import reason_of
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.options import Print, PrintOptions, sides_for
from handbook.handout.selection import Handout, title_of
from handbook.printing import page_images, typeset
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing import jobs, print_layout
from handbook.ui.printing.pages_view import PagesView
from handbook.ui.printing.print_options import OptionsForm
from handbook.ui.reading.contents_panel import ContentsModel
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.progress import wait_for
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.spoken_label import SpokenLabel
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.tree import TickTree
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale
from handbook.workshop import paper

SIDE = 400  # pixels that the choice and the options take
LEFT, RIGHT, FRAME = 18, 14, 12  # pixels beside what can be chosen, and of the frame around its words


@dataclass(frozen=True, slots=True)
class Made:
    """A handout as PDF, the same opened to be looked at, what it came out as, and what is to be told of it."""

    pdf: bytes
    document: page_images.Document
    kind: Print
    told: tuple[str, ...] = ()


class PrintDialog(QDialog):
    """Print what is being read, or any choice of sections.

    address: the section in view, "" on a page that is none: then sections are ticked from the start.
    listed:  the addresses of a list, such as that of hits: offered first, in their order."""

    def __init__(
        self,
        handbook: Handbook,
        typesetter: Typesetter,
        store: settings.Store,
        address: str,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        listed: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Print"))
        self._listed = tuple(dict.fromkeys(listed))
        self.handbook, self._typesetter, self._store = handbook, typesetter, store
        self._section = handbook.find(address) if address else None
        self._made: Made | None = None
        self._made_for: Handout | None = None
        self._setting: LatestOnlyWorker[Handout, Made] = LatestOnlyWorker(
            "typeset", self._make, self._show, self._failed
        )
        self._setting.end_with(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)  # ticking a branch of the tree changes many boxes at once
        self._soon.timeout.connect(self._start)
        self.pages = PagesView(theme, thumbnails=False)
        self.preview = self.pages.preview
        self._make_choice()
        self._make_options()
        self._lay_out()
        typesetter.warm_up()
        self.changed()

    # -- Widgets ---------------------------------------------------------------------------------------------

    def _make_choice(self) -> None:
        section = self._section
        chapter = self.handbook.chapters[section.address.chapter] if section else None
        self.this_section = QRadioButton()
        self.this_chapter = QRadioButton()
        self.ticked = QRadioButton(tr("Sections that I &tick:"))
        self._label(self.this_section, tr("This &section: {title}"), section.title if section else "")
        self._label(self.this_chapter, tr("This &chapter: {title}"), chapter.title if chapter else "")
        self.from_list = QRadioButton(tr("The &list of passages found ({n}):").format(n=len(self._listed)))
        self._which = QButtonGroup(self)
        for button in (self.from_list, self.this_section, self.this_chapter, self.ticked):
            self._which.addButton(button)
        self.model = ContentsModel(self.handbook, tickable=True)
        self.tree = TickTree()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(tr("Sections to print"))
        for row in range(self.model.rowCount()):
            self.tree.expand(self.model.index(row, 0))
        self.passages = self._make_passages()
        if self._listed:
            self.from_list.setChecked(True)
        elif section is None:
            self.ticked.setChecked(True)
        else:
            (self.this_section if section.level else self.this_chapter).setChecked(True)
        self._choices = QStackedWidget()
        self._choices.addWidget(self.tree)
        self._choices.addWidget(self.passages)
        self._choices.setCurrentWidget(self.passages if self._listed else self.tree)
        self.tree.setEnabled(self.ticked.isChecked())
        self._which.buttonToggled.connect(lambda _, on: self._chose() if on else None)
        self.model.ticked.connect(self.changed)

    def _make_passages(self) -> QListWidget:
        """The passages of the list, each with a tick; a chapter's own address stands for the whole of it."""
        made = QListWidget()
        made.setAccessibleName(tr("Passages to print"))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long titles are cut, with a tip
        for address in self._listed:
            section = self.handbook.find(address)
            if section is None:
                continue
            if section.level:  # several are called "Materials"
                title = tr("{title} ({chapter})").format(title=section.title, chapter=section.path[-1])
            else:
                title = tr("{title} (whole chapter)").format(title=section.title)
            item = QListWidgetItem(title)
            item.setToolTip(" › ".join((*section.path, section.title)))
            item.setData(Qt.ItemDataRole.UserRole, address)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            made.addItem(item)
        made.itemChanged.connect(self.changed)
        return made

    def _ticked_passages(self) -> tuple[str, ...]:
        items = (self.passages.item(row) for row in range(self.passages.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _label(self, button: QRadioButton, text: str, title: str) -> None:
        """Put a title into a button's text, cut where the column ends; tooltip and screen readers have the whole."""
        button.ensurePolished()  # before that it does not know how large its letters are
        style, metrics = self.style(), button.fontMetrics()
        kinds = (
            QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
            QStyle.PixelMetric.PM_RadioButtonLabelSpacing,
            QStyle.PixelMetric.PM_ScrollBarExtent,  # a low window has one
        )
        taken = sum(style.pixelMetric(kind, None, button) for kind in kinds) + scale.px(FRAME)
        side = min(scale.px(SIDE), geometry.widest_side(self))
        room = side - LEFT - RIGHT - taken - metrics.horizontalAdvance(text.format(title=""))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(room, metrics.averageCharWidth() * 12))
        button.setText(text.format(title=shown.replace("&", "&&")))
        button.setAccessibleName(text.replace("&", "").format(title=title))
        button.setToolTip(title)

    def _make_options(self) -> None:
        self.options = OptionsForm(("handout",))
        self.options.show_options(
            PrintOptions(paper=self._store.read(settings.PAPER), size=self._store.read(settings.PRINT_SIZE))  # type: ignore[arg-type]  # the setting takes only what is offered
        )
        self.options.changed.connect(self.changed)

    def _lay_out(self) -> None:
        self.count = SpokenLabel()
        self.count.setWordWrap(True)
        self.count.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        buttons = QDialogButtonBox()
        self.save_button = QPushButton(tr("S&ave PDF…"))
        self.print_button = QPushButton(tr("Pri&nt…"))
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.print_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_pages)
        buttons.rejected.connect(self.reject)
        inside = QWidget()
        choices = QVBoxLayout(inside)
        choices.setContentsMargins(LEFT, 16, RIGHT, 4)
        choices.setSpacing(9)
        for widget in (self.from_list, self.this_section, self.this_chapter, self.ticked):
            choices.addWidget(widget)
        # Now that they are in the column: without a parent each would be a window of its own.
        self.from_list.setVisible(bool(self._listed))
        # At a chapter's top, the section is the chapter.
        self.this_section.setVisible(self._section is not None and self._section.level > 0)
        self.this_chapter.setVisible(self._section is not None)
        choices.addWidget(self._choices, 1)
        choices.addWidget(self.options)
        self.folder = print_layout.FolderButton()
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 14)
        left.setSpacing(5)
        left.addWidget(ScrollColumn(inside), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(18, 0, 14, 0)
        foot.addWidget(self.count)
        foot.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(buttons)
        left.addLayout(foot)
        print_layout.lay_out(self, side, SIDE, self.pages, (1060, 780))
        self.save_button.setDefault(True)  # now that it is in the dialog, which else forgets it

    # -- The handout -----------------------------------------------------------------------------------------

    def handout(self) -> Handout:
        """What is chosen now; without addresses when nothing is ticked."""
        options = self.options.options()
        section = self._section
        if self.from_list.isChecked():
            return Handout(self._ticked_passages(), options)
        if section is not None and self.this_section.isChecked():
            return Handout((str(section.address),), options)
        if section is not None and self.this_chapter.isChecked():
            return Handout((str(Address(section.address.chapter)),), options)
        return Handout(self.model.ticked_addresses(), options)

    @property
    def shown_for(self) -> Handout | None:
        """The handout whose pages the preview shows; None while they are being set."""
        return self._made_for if self.save_button.isEnabled() else None

    def _chose(self) -> None:
        self.tree.setEnabled(self.ticked.isChecked())
        self._choices.setCurrentWidget(self.passages if self.from_list.isChecked() else self.tree)
        if self.ticked.isChecked() and not self.model.ticked_addresses() and self._section is not None:
            self.model.tick((str(self._section.address),))
            index = self.model.index_of(str(self._section.address))
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        self.changed()

    def changed(self) -> None:
        """The choice is another: set its pages soon. What is shown till then is not what would be printed."""
        self._setting.drop()  # pages of the choice before would else be offered in place of these
        self._enable_ways_out(may=False)
        self.folder.offer(None)
        self._soon.start()

    def _start(self) -> None:
        handout = self.handout()
        if not handout.addresses:
            self._made = self._made_for = None
            self.pages.say(tr("Tick the sections to print in the list on the left."))
            self.count.setText("")
            return
        self.pages.take_back()
        self.count.setText(tr("Setting the pages…"))
        self._setting.start(handout)

    def _enable_ways_out(self, *, may: bool) -> None:
        self.save_button.setEnabled(may)
        self.print_button.setEnabled(may)

    def _make(self, handout: Handout, stale: Stale) -> Made:
        pdf = typeset.to_pdf(self.handbook, handout, self._typesetter.until(stale))
        told = [jobs.table_told(title) for title in typeset.reshaped_tables(self.handbook, handout)]
        letters = typeset.missing_glyphs(self.handbook, handout)
        told += [jobs.letters_told(letters)] if letters else []
        kind = typeset.print_of(self.handbook, handout)
        document = page_images.Document(pdf)
        if stale():
            document.close()
        return Made(pdf, document, kind, tuple(told))

    def _show(self, handout: Handout, made: Made) -> None:
        self._made, self._made_for = made, handout
        self.pages.show_document(made.document)
        self.count.setText("\n".join((self._paper_count(handout.options, made), *made.told)))
        self._enable_ways_out(may=True)

    def _paper_count(self, options: PrintOptions, made: Made) -> str:
        """How many pages there are and how many sheets they take, in one line."""
        pages, sides = len(made.document), sides_for(options, made.kind)
        sheets = paper.sheets(pages, options, made.kind)
        if sides == "short edge":
            return tr("Sheets: {n}, printed on both sides, flipped on the short edge").format(n=sheets)
        if sides == "long edge":
            return tr("Pages: {n} · sheets printed on both sides: {m}").format(n=pages, m=sheets)
        if made.kind == "posters":
            return tr("Sheets: {n}").format(n=sheets)
        if pages == 1:  # there is nothing to choose
            return ngettext("{n} page", "{n} pages", pages).format(n=pages)
        return tr("Pages: {n} · sheets printed on both sides would be {m}").format(n=pages, m=-(-pages // 2))

    def _failed(self, handout: Handout, error: Exception) -> None:
        self._made = self._made_for = None
        self.pages.say(reason_of(error))
        self.count.setText("")

    # -- Ways out --------------------------------------------------------------------------------------------

    def save_pdf(self) -> None:
        """Ask where, and save what the preview shows."""
        made, handout = self._made, self._made_for
        if made is None or handout is None:
            return
        target = print_layout.ask_for_pdf(self, self._store, file_name(title_of(self.handbook, handout)))
        if target is not None:
            self.save_to(target)

    def save_to(self, target: Path) -> bool:
        """Save the preview's PDF; says what went wrong, and keeps a file that was there."""
        if self._made is None:
            return False
        pdf = self._made.pdf
        try:
            saved = wait_for(self, tr("Saving…"), 0, lambda progress, _: save(pdf, target, progress.last_step))
        except NotSaved as exc:
            QMessageBox.warning(self, tr("Not saved"), str(exc))
            return False
        if not saved:
            return False
        self._store.write(settings.PDF_FOLDER, str(target.parent))
        self._keep_options()
        self.count.setText(tr("Saved: {file}").format(file=target))
        self.folder.offer(target.parent)
        return True

    def print_pages(self) -> None:
        """Send what the preview shows to a printer."""
        if self._made is None or self._made_for is None:
            return
        from handbook.ui.printing import printer  # brings in QtPrintSupport

        self._keep_options()
        title, options = title_of(self.handbook, self._made_for), self._made_for.options
        sides = sides_for(options, self._made.kind)
        job = printer.Job(self._made.document, self._made.pdf, options, title, sides=sides)
        if printer.print_jobs([job], self):
            self.accept()

    def _keep_options(self) -> None:
        options = self.options.options()
        self._store.write(settings.PAPER, options.paper)
        self._store.write(settings.PRINT_SIZE, options.size)

    def done(self, result: int) -> None:
        """Close: what is under way is dropped."""
        self._soon.stop()
        self._setting.close(wait=0)
        self.pages.close_document()
        super().done(result)
