"""To paper: the system's printer dialog, then the PDF itself where CUPS takes it, else page images one by one.

Belongs here: QtPrintSupport and `lp`. Imported when something is printed, not before. Not here: making the PDF.

Images are drawn at the printer's resolution, in a thread, with progress. `lp` is the command of CUPS, on Linux and
macOS (https://www.cups.org/doc/options.html)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from handbook.base.errors import HandbookError
from handbook.handout.options import PrintOptions, Sides
from handbook.printing.page_images import Document
from handbook.ui.printing.preview import to_qimage
from handbook.ui.printing.sides import DUPLEX, IN_LP, SidesAsked
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale

FINEST = 600  # dots an inch: beyond that an A4 page takes more than 100 MB and looks the same
POINTS = 72.0
_POLL = 0.1  # s between two looks whether the person cancelled


class NotPrinted(HandbookError):
    """The printer, or the system's print queue, did not take the pages."""


@dataclass(frozen=True)
class Job:
    """Pages that go out together.

    sides: of the paper that they are made for.
    numbers: of the pages, from 0, without gaps; None is all. copies: 1 or more."""

    document: Document
    pdf: bytes
    options: PrintOptions
    sides: Sides = field(kw_only=True)
    title: str
    numbers: range | None = None
    copies: int = 1

    @property
    def pages(self) -> range:
        """The pages to print, from 0."""
        return range(len(self.document)) if self.numbers is None else self.numbers


def tr(text: str) -> str:
    """A text of this module in the person's language."""
    return QCoreApplication.translate("Printing", text)


def print_jobs(jobs: Sequence[Job], parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it or nothing came out."""
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
    printer.setDuplex(DUPLEX[jobs[0].sides])
    dialog = QPrintDialog(printer, parent)
    sides = SidesAsked(dialog, printer, jobs[0].sides)
    alone = len(jobs) == 1
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=alone)
    if alone:
        printer.setCopyCount(jobs[0].copies)
        dialog.setMinMax(1, len(jobs[0].pages))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    told = sides.of([job.sides for job in jobs])
    jobs = [replace(job, sides=each) for job, each in zip(jobs, told, strict=True)]
    return run(asked(jobs, printer), printer, parent)


def asked(jobs: Sequence[Job], printer: QPrinter) -> list[Job]:
    """The jobs with what the dialog asked for: copies, and of a single job the range of its pages."""
    if len(jobs) > 1:
        return [replace(job, copies=job.copies * max(1, printer.copyCount())) for job in jobs]
    pages = jobs[0].pages
    first = max(1, printer.fromPage() or 1)
    last = min(len(pages), printer.toPage() or len(pages))
    return [replace(jobs[0], numbers=pages[first - 1 : last], copies=max(1, printer.copyCount()))]


def make_printer(document: Document, options: PrintOptions) -> QPrinter:
    """A printer set to the paper and orientation of some pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(printer.resolution(), FINEST))
    printer.setFullPage(True)  # the pages bring their own margins
    set_paper(printer, document, options)
    return printer


def set_paper(printer: QPrinter, document: Document, options: PrintOptions) -> None:
    """Tell a printer the sheet of some pages and which way round it is."""
    width, height = document.size(0)
    size = QPageSize.PageSizeId.A4 if options.paper == "a4" else QPageSize.PageSizeId.Letter
    if options.poster == "double" and max(width, height) > 1000:  # points: A3 and its like, from 1,190
        size = QPageSize.PageSizeId.A3 if options.paper == "a4" else QPageSize.PageSizeId.Tabloid
    printer.setPageSize(QPageSize(size))
    landscape = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(landscape if width > height else QPageLayout.Orientation.Portrait)


def run(jobs: Sequence[Job], printer: QPrinter, parent: QWidget) -> bool:
    """Print in a thread, behind a box with progress; True when all pages went out. Says why not."""
    count = sum(len(job.pages) for job in jobs)
    spooler = None if printer.outputFileName() else lp()

    def work(progress: Progress, stale: Stale) -> bool:
        for job in jobs:
            before = progress.done
            set_paper(printer, job.document, job.options)
            printer.setDuplex(DUPLEX[job.sides])
            if spooler is not None:
                hand_over(spooler, command_for(job, printer), job, stale)
                progress.done = before + len(job.pages)
            else:
                paint(job, printer, stale, lambda n, before=before: setattr(progress, "done", before + n))  # type: ignore[misc]  # mypy: a default in a lambda
        return not stale()

    try:
        return bool(wait_for(parent, tr("Printing…"), count, work))
    except HandbookError as exc:
        QMessageBox.warning(parent, tr("Not printed"), str(exc))
        return False


# -- The PDF itself, to CUPS --------------------------------------------------------------------------------


def lp() -> str | None:
    """The command that hands a PDF to CUPS, where there is one."""
    return None if sys.platform.startswith("win") else shutil.which("lp")


def command_for(job: Job, printer: QPrinter) -> list[str]:
    """Lp's arguments for what the printer dialog asked for."""
    pages = job.pages
    arguments = ["-n", str(job.copies), "-t", job.title]
    if printer.printerName():
        arguments += ["-d", printer.printerName()]
    wanted = [f"media={printer.pageLayout().pageSize().key()}", "print-scaling=none", "collate=true"]
    wanted.append(f"sides={IN_LP[job.sides]}")
    if printer.colorMode() == QPrinter.ColorMode.GrayScale:
        wanted.append("print-color-mode=monochrome")
    if pages != range(len(job.document)):
        wanted.append(f"page-ranges={pages.start + 1}-{pages.stop}")
    return [*arguments, *(part for option in wanted for part in ("-o", option))]


def hand_over(spooler: str, arguments: Sequence[str], job: Job, stale: Stale) -> None:
    """Give a job's PDF to CUPS. Raises NotPrinted with what it said."""
    try:
        child = subprocess.Popen(
            [spooler, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except OSError as exc:
        raise NotPrinted(tr("The print queue could not be asked: {error}.").format(error=exc.strerror or exc)) from exc
    sent: bytes | None = job.pdf
    while True:
        try:
            _, said = child.communicate(sent, timeout=_POLL)
            break
        except subprocess.TimeoutExpired:
            sent = None
            if stale():
                child.kill()
                child.communicate()
                return
    if child.returncode:
        words = said.decode(errors="replace").strip().rstrip(".") or str(child.returncode)
        raise NotPrinted(
            tr("The print queue did not take '{title}': {words}. Nothing of it was printed; 'Save PDF' works.").format(
                title=job.title, words=words
            )
        )


# -- Page images --------------------------------------------------------------------------------------------


def paint(job: Job, printer: QPrinter, stale: Stale, done: Callable[[int], None]) -> None:
    """Paint a job's pages one by one; runs in a worker's thread. Raises NotPrinted.

    done: called with how many pages are painted. Copies are the driver's work, where it does them."""
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
    scale = printer.resolution() / POINTS
    first = True
    try:
        for _ in range(1 if by_driver else job.copies):
            for order, number in enumerate(job.pages):
                if stale():
                    printer.abort()
                    return
                if not first and not printer.newPage():
                    raise NotPrinted(tr("The printer stopped taking pages. See what has come out of it."))
                first = False
                image = to_qimage(job.document, number, scale)
                paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
                painter.drawImage(QRect(0, 0, paper.width(), paper.height()), image)
                done(order + 1)
    finally:
        painter.end()
