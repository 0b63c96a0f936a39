"""To paper: the system's printer dialog, then page images at the printer's resolution, with progress and cancel.

Belongs here: QtPrintSupport. Imported when something is printed, not before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt, QTimer
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QMessageBox, QProgressDialog, QWidget

from handbook.handout import Handout
from handbook.pages import Document
from handbook.ui.background import Newest, Stale
from handbook.ui.preview import to_qimage

FINEST = 600  # dots an inch: beyond that an A4 page takes more than 100 MB and looks the same
POINTS = 72.0


def tr(text: str) -> str:
    """A text of this module in the person's language."""
    return QCoreApplication.translate("Printing", text)


def print_document(document: Document, handout: Handout, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the person thought better of it or there is none."""
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
    printer = make_printer(document, handout)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    dialog.setMinMax(1, len(document))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    return run(document, printer, parent)


def make_printer(document: Document, handout: Handout) -> QPrinter:
    """A printer set to the handout's paper and orientation."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(min(printer.resolution(), FINEST))
    size = QPageSize.PageSizeId.A4 if handout.options.paper == "a4" else QPageSize.PageSizeId.Letter
    printer.setPageSize(QPageSize(size))
    width, height = document.size(0)
    landscape = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(landscape if width > height else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)  # the pages bring their own margins
    if handout.options.booklet:
        printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
    return printer


def page_numbers(printer: QPrinter, count: int) -> range:
    """The pages that the dialog asked for, counted from 0, in order."""
    first = max(1, printer.fromPage() or 1)
    last = min(count, printer.toPage() or count)
    return range(first - 1, last)


def paint(document: Document, printer: QPrinter, stale: Stale, done: Callable[[int], None]) -> str:
    """Paint the pages one by one; runs in a worker's thread. Returns "" or why it failed.

    done: called with how many pages are painted."""
    printer.setResolution(min(printer.resolution(), FINEST))
    painter = QPainter()
    if not painter.begin(printer):
        return tr("The printer '{name}' did not take the pages. Nothing was printed.").format(
            name=printer.printerName() or printer.outputFileName()
        )
    scale = printer.resolution() / POINTS
    for order, number in enumerate(page_numbers(printer, len(document))):
        if stale():
            printer.abort()
            break
        if order:
            printer.newPage()
        image = to_qimage(document, number, scale)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        painter.drawImage(QRect(0, 0, paper.width(), paper.height()), image)
        done(order + 1)
    painter.end()
    return ""


def run(document: Document, printer: QPrinter, parent: QWidget) -> bool:
    """Paint in a thread behind a progress dialog; True when all pages went out."""
    count = len(page_numbers(printer, len(document)))
    progress = QProgressDialog(tr("Printing…"), tr("Cancel"), 0, count, parent)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(700)
    progress.setAutoReset(False)
    painted = [0]
    outcome: list[str] = []

    def work(_: None, stale: Stale) -> str:
        return paint(document, printer, stale, lambda n: painted.__setitem__(0, n))

    def finish(_: None, message: str) -> None:
        outcome.append(message)
        progress.accept()

    def fail(_: None, error: Exception) -> None:
        outcome.append(str(error))
        progress.accept()

    job: Newest[None, str] = Newest("print", work, finish, fail)
    progress.canceled.connect(job.drop)
    clock = QTimer(progress)
    clock.timeout.connect(lambda: progress.setValue(min(painted[0], count - 1)))
    clock.start(100)
    job.start(None)
    progress.exec()
    clock.stop()
    job.close(wait=30)
    if outcome and outcome[0]:
        QMessageBox.warning(parent, tr("Not printed"), outcome[0])
    return outcome == [""]
