"""To paper: the system's printer dialog, then the PDF itself where CUPS takes it, else page images one by one.

Belongs here: QtPrintSupport, and how each choice in its dialog is carried out. Imported when something is printed, not
before. Not here: making the PDF, CUPS' commands (print_queue.py).

Images are drawn at the printer's resolution, in a thread, with progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrintEngine, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QGroupBox, QMessageBox, QRadioButton, QWidget

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.handout.options import PrintOptions, Sides
from handbook.printing.page_images import Document
from handbook.ui.printing import print_queue
from handbook.ui.printing.preview import to_qimage
from handbook.ui.printing.print_queue import NotPrinted, lp
from handbook.ui.printing.sides import DUPLEX, IN_LP, SidesAsked
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale

FINEST = 600  # dots an inch: beyond that an A4 page takes more than 100 MB and looks the same
POINTS = 72.0
_CUPS_OPTIONS = QPrintEngine.PrintEnginePropertyKey(0xFE00)  # Qt's own (PPK_CupsOptions): names and values by turns
_OURS = ("page-ranges", "page-set")  # of those: pages are picked here, for every way of printing alike


@dataclass(frozen=True)
class Job:
    """Pages that go out together.

    sides: of the paper that they are made for. numbers: of the pages, from 0; None is all. copies: 1 or more.
    sheet: what the person wants them on, in place of their own size. several: go onto each side of a sheet."""

    document: Document
    pdf: bytes
    options: PrintOptions
    sides: Sides = field(kw_only=True)
    title: str
    numbers: Sequence[int] | None = None
    copies: int = 1
    sheet: QPageSize | None = None
    several: bool = False

    @property
    def pages(self) -> Sequence[int]:
        """The pages to print, from 0."""
        return range(len(self.document)) if self.numbers is None else self.numbers

    @property
    def whole(self) -> bool:
        """Are that all there are?"""
        return len(self.pages) == len(self.document)


class Sent(NamedTuple):
    """What has gone out. request: its name in the print queue, "" where there is none."""

    title: str
    request: str


# -- The dialog -----------------------------------------------------------------------------------------------


def print_jobs(jobs: Sequence[Job], parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it or not all of it came out."""
    if not _queue_answers(parent):
        return False
    if not QPrinterInfo.availablePrinterNames():
        QMessageBox.information(
            parent,
            tr("No printer"),
            tr(
                "This computer has no printer set up, so nothing was printed. Choose 'Save PDF' instead: "
                "the file can be printed from any other computer."
            ),
        )
        return False
    printer = make_printer(jobs[0].document, jobs[0].options)
    own_sheet = printer.pageLayout().pageSize()
    printer.setDuplex(DUPLEX[jobs[0].sides])
    dialog = QPrintDialog(printer, parent)
    sides = SidesAsked(dialog, printer, jobs[0].sides)
    alone = len(jobs) == 1
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=alone)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)  # 'Save PDF' does that, and better
    if alone:
        printer.setCopyCount(jobs[0].copies)
        dialog.setMinMax(1, len(jobs[0].pages))
    if not _accepted(dialog):
        return False
    _read_grey(dialog, printer)
    sheet = printer.pageLayout().pageSize()
    told = sides.of([job.sides for job in jobs])
    jobs = [replace(job, sides=each) for job, each in zip(jobs, told, strict=True)]
    wanted = asked(jobs, printer, sheet if sheet != own_sheet else None)
    if not wanted:
        QMessageBox.information(parent, tr("Nothing printed"), tr("There is no such page, so nothing was printed."))
        return False
    return run(wanted, printer, parent)


def _queue_answers(parent: QWidget) -> bool:
    """Find out, where Qt would wait in the window's thread, whether there is somebody to ask for printers."""
    answer = wait_for(parent, tr("Looking for printers…"), 0, lambda _, stale: print_queue.answers(stale))
    if answer is False:
        QMessageBox.warning(
            parent,
            tr("Not printed"),
            tr("The computer's print system does not answer, so nothing was printed. 'Save PDF' works without it."),
        )
    return bool(answer)


class _NotOffered(QObject):
    """Hides what Qt's dialog offers and what would do nothing: the pages bring their margins and their orientation."""

    _GROUPS = ("groupBox", "groupBox_3")  # of QPageSetupWidget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and watched.objectName() == "pageSetup":
            for name in self._GROUPS:
                group = watched.findChild(QGroupBox, name)
                if group is not None:
                    group.hide()
        return False


def _accepted(dialog: QPrintDialog) -> bool:
    not_offered = _NotOffered(dialog)
    application = QApplication.instance()
    if application is not None:
        application.installEventFilter(not_offered)
    try:
        return bool(dialog.exec() == QDialog.DialogCode.Accepted)
    finally:
        if application is not None:
            application.removeEventFilter(not_offered)


def _read_grey(dialog: QPrintDialog, printer: QPrinter) -> None:
    """Qt's own dialog forgets that grey was chosen (6.11): the printer is set to colours whatever its button says."""
    button = dialog.findChild(QRadioButton, "grayscale")
    if button is not None:
        grey = button.isChecked()
        printer.setColorMode(QPrinter.ColorMode.GrayScale if grey else QPrinter.ColorMode.Color)


def asked(jobs: Sequence[Job], printer: QPrinter, sheet: QPageSize | None = None) -> list[Job]:
    """The jobs with what the dialog asked for: copies, which of their pages, another sheet. One without pages goes."""
    copies, several = max(1, printer.copyCount()), queue_options(printer).get("number-up", "1") != "1"
    times = [job.copies if len(jobs) > 1 else 1 for job in jobs]  # of a single job the dialog showed the copies
    found = [
        replace(job, numbers=_picked(job.pages, printer), copies=each * copies, sheet=sheet, several=several)
        for job, each in zip(jobs, times, strict=True)
    ]
    return [job for job in found if job.numbers]


def _picked(pages: Sequence[int], printer: QPrinter) -> tuple[int, ...]:
    """Those of the pages that the dialog asked for, which counts them from 1."""
    options = queue_options(printer)
    ranges = QPageRanges.fromString(options.get("page-ranges", ""))
    if ranges.isEmpty():
        ranges = printer.pageRanges()
    odd_or_even = {"odd": 1, "even": 0}.get(options.get("page-set", ""))
    return tuple(
        page
        for number, page in enumerate(pages, 1)
        if (ranges.isEmpty() or ranges.contains(number)) and odd_or_even in (None, number % 2)
    )


def queue_options(printer: QPrinter) -> dict[str, str]:
    """What Qt's dialog keeps for CUPS: pages to a sheet, when to print, banners, and all that is the printer's own."""
    flat = printer.printEngine().property(_CUPS_OPTIONS) or []
    return dict(zip(flat[::2], flat[1::2], strict=False))


def make_printer(document: Document, options: PrintOptions) -> QPrinter:
    """A printer set to the paper and orientation of some pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(printer.resolution(), FINEST))
    printer.setFullPage(True)  # the pages bring their own margins
    set_paper(printer, document, options)
    return printer


def set_paper(printer: QPrinter, document: Document, options: PrintOptions, sheet: QPageSize | None = None) -> None:
    """Tell a printer the sheet of some pages and which way round it is."""
    width, height = document.size(0)
    size = QPageSize.PageSizeId.A4 if options.paper == "a4" else QPageSize.PageSizeId.Letter
    if options.poster == "double" and max(width, height) > 1000:  # points: A3 and its like, from 1,190
        size = QPageSize.PageSizeId.A3 if options.paper == "a4" else QPageSize.PageSizeId.Tabloid
    printer.setPageSize(sheet or QPageSize(size))
    landscape = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(landscape if width > height else QPageLayout.Orientation.Portrait)


# -- Printing -------------------------------------------------------------------------------------------------


def run(jobs: Sequence[Job], printer: QPrinter, parent: QWidget) -> bool:
    """Print in a thread, behind a box with progress; True when all pages went out. Says why not.

    After cancelling nothing more goes out, and what lies in the print queue is taken back."""
    spooler = lp()
    commands = [command_for(job, printer) for job in jobs] if spooler is not None else [[] for _ in jobs]
    sent: list[Sent] = []
    ended = threading.Event()

    def work(progress: Progress, stale: Stale) -> bool:
        try:
            for job, arguments in zip(jobs, commands, strict=True):
                if stale():
                    return False
                before = progress.done
                printer.setDuplex(DUPLEX[job.sides])
                if spooler is not None:
                    request = hand_over(spooler, arguments, job, stale)
                    if request or not stale():
                        sent.append(Sent(job.title, request))
                elif paint(job, printer, stale, lambda n, before=before: setattr(progress, "done", before + n)):  # type: ignore[misc]  # mypy: a default in a lambda
                    sent.append(Sent(job.title, ""))
                progress.done = before + len(job.pages)
            return progress.last_step()
        finally:
            ended.set()

    try:
        done = wait_for(parent, tr("Printing…"), sum(len(job.pages) for job in jobs), work)
    except HandbookError as exc:
        QMessageBox.warning(parent, tr("Not printed"), " ".join([str(exc), *_gone(sent)]))
        return False
    if not done:
        _take_back(sent, ended, parent)
    return bool(done)


def _gone(sent: Sequence[Sent]) -> list[str]:
    """What has gone to the printer, as a sentence; none for nothing."""
    titles = ", ".join(f"'{one.title}'" for one in sent)
    return [tr("This has gone to the printer: {titles}.").format(titles=titles)] if titles else []


def _take_back(sent: list[Sent], ended: threading.Event, parent: QWidget) -> None:
    """After cancelling: have what has gone out taken back, and say what could not be."""

    def work(_: Progress, stale: Stale) -> list[str]:
        while not ended.wait(0.05):
            if stale():
                return []
        return print_queue.take_back([one.request for one in sent if one.request])

    left = wait_for(parent, tr("Taking back what went to the printer…"), 0, work)
    if not sent:
        return
    too_late = sent if left is None else [one for one in sent if not one.request or one.request in left]
    if too_late:
        text = " ".join([tr("Printing was cancelled, but not all of it could be taken back."), *_gone(too_late)])
        # Translators: title of a message: printing was cancelled
        QMessageBox.warning(parent, tr("Cancelled"), text)
    else:
        QMessageBox.information(
            parent,
            # Translators: title of a message: printing was cancelled
            tr("Cancelled"),
            tr(
                "Printing was cancelled, and what had gone to the printer was taken back. Pages that it had begun may "
                "still come out."
            ),
        )


# -- The PDF itself, to CUPS ----------------------------------------------------------------------------------


def command_for(job: Job, printer: QPrinter) -> list[str]:
    """Lp's arguments for what the printer dialog asked for. Sets the printer to the job's sheet.

    Where several pages go onto a side, CUPS counts sides: the pages are then picked out before (see hand_over)."""
    set_paper(printer, job.document, job.options, job.sheet)
    arguments = ["-n", str(job.copies), "-t", job.title]
    if printer.printerName():
        arguments += ["-d", printer.printerName()]
    wanted = {
        "media": printer.pageLayout().pageSize().key(),
        "print-scaling": "none" if job.sheet is None else "fit",
        "collate": "true" if printer.collateCopies() else "false",
        "sides": IN_LP[job.sides],
    }
    if not job.whole and not job.several:
        wanted["page-ranges"] = _in_ranges(job.pages)
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        wanted["print-color-mode"] = "monochrome"
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        wanted["outputorder"] = "reverse"
    wanted |= {name: value for name, value in queue_options(printer).items() if value and name not in _OURS}
    return [*arguments, *(part for name, value in wanted.items() for part in ("-o", f"{name}={_quoted(value)}"))]


def _in_ranges(pages: Sequence[int]) -> str:
    """Pages from 0, in their order, as a person writes them: "2,4,6-7"."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and ranges[-1][1] == page - 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ",".join(f"{first + 1}-{last + 1}" if last > first else f"{first + 1}" for first, last in ranges)


def _quoted(value: str) -> str:
    """An option's value as lp reads it: a blank would end it."""
    return "".join(f"\\{letter}" if letter in " \t\n'\"\\{}" else letter for letter in value)


def hand_over(spooler: str, arguments: Sequence[str], job: Job, stale: Stale) -> str:
    """Give a job's pages to CUPS; their name in the queue, "" for none. Raises NotPrinted with what it said."""
    pdf = job.document.extract(job.pages) if job.several and not job.whole else job.pdf
    return print_queue.hand_over(spooler, arguments, job.title, pdf, stale)


# -- Page images ----------------------------------------------------------------------------------------------


def paint(job: Job, printer: QPrinter, stale: Stale, done: Callable[[int], None]) -> bool:
    """Paint a job's pages one by one; runs in a worker's thread. False when it was cancelled. Raises NotPrinted.

    done: called with how many pages are painted. Copies are the driver's work, where it does them."""
    set_paper(printer, job.document, job.options, job.sheet)
    printer.setResolution(min(printer.resolution(), FINEST))
    printer.setDocName(job.title)
    by_driver = printer.supportsMultipleCopies()
    printer.setCopyCount(job.copies if by_driver else 1)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted(
            tr("The printer '{name}' did not take the pages. Nothing was printed.").format(
                name=printer.printerName() or printer.outputFileName()
            )
        )
    whole = False
    try:
        for order, number in enumerate(_in_turn(job, printer, 1 if by_driver else job.copies)):
            if stale():
                return False
            if order and not printer.newPage():
                raise NotPrinted(tr("The printer stopped taking pages. See what has come out of it."))
            _paint_page(painter, printer, job, number)
            done(min(order + 1, len(job.pages)))
        whole = True
    finally:
        if not whole:
            printer.abort()  # before the painter's end, which would send what is there
        painter.end()
    return whole


def _in_turn(job: Job, printer: QPrinter, copies: int) -> list[int]:
    """The pages in the order in which they come out, each as often as it is painted here."""
    pages = list(job.pages)
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages * copies if printer.collateCopies() else [page for page in pages for _ in range(copies)]


def _paint_page(painter: QPainter, printer: QPrinter, job: Job, number: int) -> None:
    image = to_qimage(job.document, number, printer.resolution() / POINTS)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
    target = QRect(0, 0, paper.width(), paper.height())
    if job.sheet is not None:  # not the size that the page was made for
        size = image.size().scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
    painter.drawImage(target, image)
