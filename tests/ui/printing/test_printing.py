"""Printing from the window: what is chosen, what is shown, what is saved, what reaches a printer."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing import print_queue, printer
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets import progress
from handbook.ui.widgets.theme import LIGHT
from tests.helpers import PATIENCE
from tests.ui.printing.forms import choose_in

OpenDialog = Callable[[str], PrintDialog]
Spooler = Callable[..., str]
Queue = Callable[[str], Path]


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def job_of(document: Document, pdf: bytes = b"") -> printer.Job:
    return printer.Job(document, pdf, PrintOptions(), "A handout", sides="one")


@pytest.fixture
def store(home: Paths) -> settings.Store:
    return settings.Store(home.config)


@pytest.fixture
def open_dialog(
    typesetter: Typesetter, qtbot: QtBot, book: Handbook, store: settings.Store, set_once: None
) -> Iterator[OpenDialog]:
    """Opens the dialog at an address and waits for its first pages, if there is something to print."""
    opened: list[PrintDialog] = []

    def open_one(address: str) -> PrintDialog:
        dialog = PrintDialog(book, typesetter, store, address, LIGHT)
        opened.append(dialog)
        dialog.show()
        if address:
            qtbot.waitUntil(dialog.save_button.isEnabled)
        return dialog

    yield open_one
    for dialog in opened:
        dialog.done(0)
        dialog.deleteLater()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said."""
    sentences: list[str] = []
    for kind in ("warning", "information"):
        monkeypatch.setattr(QMessageBox, kind, lambda *args: sentences.append(args[2]))
    return sentences


def test_it_offers_the_section_in_view_first(open_dialog: OpenDialog) -> None:
    dialog = open_dialog("statement#r2")
    assert dialog.this_section.isChecked()
    assert dialog.handout().addresses == ("statement#r2",)


def test_a_chapter_is_offered_at_its_top(open_dialog: OpenDialog) -> None:
    dialog = open_dialog("statement")
    assert not dialog.this_section.isVisible()
    assert dialog.handout().addresses == ("statement",)


def test_nothing_is_printed_before_something_is_ticked(open_dialog: OpenDialog, qtbot: QtBot) -> None:
    dialog = open_dialog("")
    qtbot.waitUntil(lambda: "Tick the sections" in dialog.preview.message)
    assert not dialog.save_button.isEnabled()
    dialog.model.tick(("statement#r1", "statement#r4"))
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.handout().addresses == ("statement#r1", "statement#r4")


def test_it_asks_for_ticks_no_more_once_there_are_some(
    open_dialog: OpenDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the pages were set, the sentence still stood in their place: a large choice seemed not to be taken."""
    dialog = open_dialog("")
    qtbot.waitUntil(lambda: "Tick the sections" in dialog.preview.message)
    monkeypatch.setattr(dialog._setting, "start", lambda _: None)  # they are being set, for as long as it is looked at
    dialog.model.tick(("statement#r1",))
    qtbot.waitUntil(lambda: dialog.count.text() == "Setting the pages…")
    assert dialog.preview.message == ""


def test_a_list_of_passages_is_offered_first_and_printed_in_its_order(
    typesetter: Typesetter, book: Handbook, store: settings.Store, qtbot: QtBot
) -> None:
    listed = ("glossary#poverty", "statement#r2", "plan-opening", "glossary#poverty", "no#where")
    dialog = PrintDialog(book, typesetter, store, "statement#r1", LIGHT, listed=listed)
    dialog.show()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.handout().addresses == listed[:3]
    texts = [dialog.passages.item(row).text() for row in range(dialog.passages.count())]
    assert "Glossary" in texts[0]
    assert "whole chapter" in texts[2]
    dialog.passages.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.save_button.isEnabled()  # the preview is of the old choice
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.shown_for is not None
    assert dialog.shown_for.addresses == ("glossary#poverty", "plan-opening")
    dialog.this_section.setChecked(True)
    assert dialog.handout().addresses == ("statement#r1",)
    assert dialog.tree.isVisible()
    dialog.done(0)
    dialog.deleteLater()


def test_ticking_begins_with_the_section_in_view(open_dialog: OpenDialog) -> None:
    dialog = open_dialog("statement#r3")
    dialog.ticked.setChecked(True)
    assert dialog.handout().addresses == ("statement#r3",)


def test_ticking_a_section_takes_what_stands_under_it(open_dialog: OpenDialog) -> None:
    dialog = open_dialog("statement#r2")
    dialog.ticked.setChecked(True)
    assert dialog.model.ticked_addresses() == ("statement#r2",)
    dialog.model.tick(("statement#b1", "statement#b3"))
    assert dialog.model.ticked_addresses() == ("statement#b1", "statement#b3")


def test_the_saved_file_is_what_the_preview_shows(open_dialog: OpenDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog("statement#r3")
    choose_in(dialog.options, "size", 18)
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and "18" in str(dialog.shown_for))
    assert dialog.save_to(tmp_path / "third.pdf")
    pdf = (tmp_path / "third.pdf").read_bytes()
    assert pdf == typeset.to_pdf(dialog.handbook, dialog.handout())
    assert "NGOs should be supported to operate independently" in words(pdf)


def test_the_options_are_kept_for_the_next_time(open_dialog: OpenDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog("statement#r3")
    choose_in(dialog.options, "paper", "letter")
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and "letter" in str(dialog.shown_for))
    assert dialog.save_to(tmp_path / "third.pdf")
    assert open_dialog("statement#r1").handout().options.paper == "letter"


def test_saving_over_a_folder_says_so_and_keeps_the_dialog(
    open_dialog: OpenDialog, tmp_path: Path, told: list[str]
) -> None:
    dialog = open_dialog("statement#r3")
    (tmp_path / "taken.pdf").mkdir()
    assert not dialog.save_to(tmp_path / "taken.pdf")
    assert "is a folder" in told[0]
    assert dialog.save_button.isEnabled()


def test_a_file_that_cannot_be_replaced_is_kept(open_dialog: OpenDialog, tmp_path: Path, told: list[str]) -> None:
    dialog = open_dialog("statement#r3")
    (tmp_path / "file").write_text("kept", "utf-8")
    assert not dialog.save_to(tmp_path / "file" / "handout.pdf")
    assert told
    assert (tmp_path / "file").read_text("utf-8") == "kept"


def test_the_file_dialog_proposes_the_title(
    open_dialog: OpenDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: settings.Store
) -> None:
    asked: list[str] = []

    def answer(*args: object) -> tuple[str, str]:
        asked.append(str(args[2]))
        return str(tmp_path / "chosen"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    dialog = open_dialog("statement#r3")
    dialog.save_pdf()
    assert Path(asked[0]).name == "3. Respect and value the independence of NGOs.pdf"
    assert (tmp_path / "chosen.pdf").read_bytes().startswith(b"%PDF")
    assert store.read(settings.PDF_FOLDER) == str(tmp_path)


def test_a_booklet_counts_its_sheets(open_dialog: OpenDialog, qtbot: QtBot) -> None:
    dialog = open_dialog("statement")
    choose_in(dialog.options, "form", "folded")
    qtbot.waitUntil(lambda: "short edge" in dialog.count.text())
    assert dialog.count.text().startswith("Sheets: ")


def test_closing_while_pages_are_being_set_ends_quietly(
    typesetter: Typesetter, qtbot: QtBot, book: Handbook, store: settings.Store
) -> None:
    dialog = PrintDialog(book, typesetter, store, "statement", LIGHT)
    dialog.show()
    qtbot.waitUntil(lambda: "Setting" in dialog.count.text())
    dialog.done(0)
    dialog.deleteLater()


def test_the_pages_in_view_are_drawn(open_dialog: OpenDialog, qtbot: QtBot) -> None:
    dialog = open_dialog("statement")
    qtbot.waitUntil(lambda: 0 in dialog.preview.drawn)
    bar = dialog.preview.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: dialog.preview.pages - 1 in dialog.preview.drawn)


def test_without_a_printer_the_way_to_pdf_is_told(
    open_dialog: OpenDialog, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    dialog = open_dialog("statement#r3")
    dialog.print_pages()
    assert "no printer" in told[0]
    assert "Save PDF" in told[0]
    assert dialog.isVisible()


def into_a_file(document: Document, options: PrintOptions, target: Path, dots: int) -> QPrinter:
    """A printer for a document that writes a PDF of so many dots an inch."""
    device = printer.make_printer(document, options)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(target))
    device.setResolution(dots)
    return device


def test_what_is_printed_has_every_page_at_its_size(book: Handbook, tmp_path: Path) -> None:
    handout = Handout(("statement",))
    with Document(typeset.to_pdf(book, handout)) as document:
        device = into_a_file(document, handout.options, tmp_path / "out.pdf", 100)
        done: list[int] = []
        printer.paint(job_of(document), device, lambda: False, done.append)
        assert done == list(range(1, len(document) + 1))
        with pypdfium2.PdfDocument(tmp_path / "out.pdf") as printed:
            assert len(printed) == len(document)
            assert printed[0].get_size() == pytest.approx(document.size(0), abs=1.5)
    assert device.fullPage()  # the pages bring their own margins


def test_only_the_pages_asked_for_are_printed(book: Handbook, tmp_path: Path) -> None:
    handout = Handout(("statement",))
    with Document(typeset.to_pdf(book, handout)) as document:
        device = into_a_file(document, handout.options, tmp_path / "out.pdf", 72)
        device.setFromTo(2, 2)
        (job,) = printer.asked([job_of(document)], device)
        printer.paint(job, device, lambda: False, lambda _: None)
        with pypdfium2.PdfDocument(tmp_path / "out.pdf") as printed:
            assert len(printed) == 1


def test_cancelling_stops_between_pages(book: Handbook, tmp_path: Path) -> None:
    handout = Handout(("statement",))
    with Document(typeset.to_pdf(book, handout)) as document:
        device = into_a_file(document, handout.options, tmp_path / "out.pdf", 72)
        done: list[int] = []
        printer.paint(job_of(document), device, lambda: len(done) >= 1, done.append)
        assert done == [1]


def test_a_booklet_is_printed_on_its_side(book: Handbook) -> None:
    handout = Handout(("statement",), PrintOptions(booklet=True))
    with Document(typeset.to_pdf(book, handout)) as document:
        device = printer.make_printer(document, handout.options)
    assert device.pageLayout().orientation() == QPageLayout.Orientation.Landscape


@pytest.mark.no_qt_log  # Qt says it too
def test_a_printer_that_does_not_take_the_pages_is_told(book: Handbook, tmp_path: Path) -> None:
    handout = Handout(("statement#r3",))
    with Document(typeset.to_pdf(book, handout)) as document:
        device = printer.make_printer(document, handout.options)
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
        with pytest.raises(print_queue.NotPrinted, match="Nothing was printed"):
            printer.paint(job_of(document), device, lambda: False, lambda _: None)


# -- What the dialog asked for --------------------------------------------------------------------------------


@pytest.fixture
def pages(book: Handbook, set_once: None) -> Iterator[Document]:
    """More than three pages."""
    with Document(typeset.to_pdf(book, Handout(("statement",), PrintOptions(size=14)))) as document:
        assert len(document) > 3
        yield document


def chosen(monkeypatch: pytest.MonkeyPatch, **options: str) -> None:
    """Options as Qt's dialog keeps them for CUPS, which no printer here does."""
    spelt = {name.replace("_", "-"): value for name, value in options.items()}
    monkeypatch.setattr(printer, "queue_options", lambda _: spelt)


def test_single_pages_and_ranges_are_asked_for(pages: Document) -> None:
    device = printer.make_printer(pages, PrintOptions())
    device.setPageRanges(QPageRanges.fromString("1,3"))
    (job,) = printer.asked([job_of(pages)], device)
    assert tuple(job.pages) == (0, 2)
    assert "page-ranges=1,3" in printer.command_for(job, device)


def test_pages_and_their_parity_come_from_the_dialog_of_cups_too(
    pages: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = printer.make_printer(pages, PrintOptions())
    chosen(monkeypatch, page_ranges="2-4", page_set="even")
    (job,) = printer.asked([job_of(pages)], device)
    assert tuple(job.pages) == (1, 3)
    arguments = printer.command_for(job, device)
    assert "page-ranges=2,4" in arguments
    assert not any("page-set" in argument for argument in arguments)  # done here: CUPS would take half of the half
    chosen(monkeypatch, page_set="odd")
    (job,) = printer.asked([replace(job_of(pages), numbers=range(1, 4))], device)
    assert tuple(job.pages) == (1, 3)  # the first and the third of those


def test_a_job_without_a_page_is_none(pages: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    device = printer.make_printer(pages, PrintOptions())
    chosen(monkeypatch, page_set="even")
    one, three = (replace(job_of(pages), numbers=range(count)) for count in (1, 3))
    assert [tuple(job.pages) for job in printer.asked([one, three], device)] == [(1,)]


def test_what_else_the_dialog_offers_is_passed_on(pages: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    device = printer.make_printer(pages, PrintOptions())
    device.setCopyCount(3)
    device.setCollateCopies(False)
    device.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    device.setColorMode(QPrinter.ColorMode.GrayScale)
    chosen(monkeypatch, InputSlot="Tray2", job_billing="", job_hold_until="indefinite", Note="two 'words'")
    (job,) = printer.asked([job_of(pages)], device)
    arguments = printer.command_for(job, device)
    for wanted in (
        *("collate=false", "outputorder=reverse", "print-color-mode=monochrome", "InputSlot=Tray2"),
        *("job-hold-until=indefinite", "Note=two\\ \\'words\\'", "media=A4", "print-scaling=none", "3"),
    ):
        assert wanted in arguments
    assert not any("billing" in argument or "page-ranges" in argument for argument in arguments)


def test_another_sheet_is_passed_on_and_filled(pages: Document, tmp_path: Path) -> None:
    device = into_a_file(pages, PrintOptions(), tmp_path / "out.pdf", 72)
    (job,) = printer.asked([job_of(pages)], device, QPageSize(QPageSize.PageSizeId.A5))
    arguments = printer.command_for(job, device)
    assert "media=A5" in arguments
    assert "print-scaling=fit" in arguments
    printer.paint(job, device, lambda: False, lambda _: None)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as printed:
        assert printed[0].get_size() == pytest.approx((420, 595), abs=1.5)


def test_grey_is_read_from_the_dialog_itself(pages: Document, qtbot: QtBot) -> None:
    device = printer.make_printer(pages, PrintOptions())
    dialog = QPrintDialog(device)
    qtbot.addWidget(dialog)
    button = dialog.findChild(QRadioButton, "grayscale")
    assert button is not None
    button.setChecked(True)
    printer._read_grey(dialog, device)
    assert device.colorMode() == QPrinter.ColorMode.GrayScale


@pytest.mark.parametrize(
    ("reverse", "collate", "order"),
    [
        (False, True, [0, 2, 0, 2]),
        (True, True, [2, 0, 2, 0]),
        (False, False, [0, 0, 2, 2]),
        (True, False, [2, 2, 0, 0]),
    ],
)
def test_where_pages_are_painted_they_come_in_the_order_asked_for(
    pages: Document, reverse: bool, collate: bool, order: list[int]
) -> None:
    device = printer.make_printer(pages, PrintOptions())
    device.setPageOrder(QPrinter.PageOrder.LastPageFirst if reverse else QPrinter.PageOrder.FirstPageFirst)
    device.setCollateCopies(collate)
    job = replace(job_of(pages), numbers=(0, 2), copies=2)
    assert printer._in_turn(job, device, 2) == order


@pytest.mark.parametrize("way", ["cancelled", "fails"])
def test_what_is_not_painted_whole_is_not_sent(
    pages: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    device = into_a_file(pages, PrintOptions(), tmp_path / "out.pdf", 72)
    aborted: list[bool] = []
    monkeypatch.setattr(device, "abort", lambda: aborted.append(True))
    done: list[int] = []

    def stale() -> bool:
        if done and way == "fails":
            raise ValueError("the document is closed")
        return bool(done)

    with contextlib.suppress(ValueError):
        assert not printer.paint(job_of(pages), device, stale, done.append)
    assert aborted == [True]


# -- To CUPS --------------------------------------------------------------------------------------------------

LP = """#!/bin/sh
printf "%s " "$@" > "{folder}/arguments"
{begin}
cat > "{folder}/received.pdf"
{end}
"""


@pytest.fixture
def spooler(tmp_path: Path) -> Spooler:
    """A command in lp's place that keeps what it was told, and ends as the test wants."""

    def make(end: str, begin: str = "") -> str:
        script = tmp_path / "lp"
        script.write_text(LP.format(folder=tmp_path, begin=begin, end=end), "utf-8")
        script.chmod(0o755)
        return str(script)

    return make


needs_sh = pytest.mark.skipif(sys.platform.startswith("win"), reason="CUPS is on Linux and macOS")


@needs_sh
def test_cups_gets_the_pdf_itself(
    book: Handbook, spooler: Spooler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = PrintOptions(paper="letter", double_sided=True)
    pdf = typeset.to_pdf(book, Handout(("statement",), options))
    with Document(pdf) as document:
        device = printer.make_printer(document, options)
        job = printer.Job(document, pdf, options, "One; $(two)", range(1, 3), 24, sides="long edge")
        printer.hand_over(spooler(""), printer.command_for(job, device), job, lambda: False)
    assert (tmp_path / "received.pdf").read_bytes() == pdf
    told = (tmp_path / "arguments").read_text("utf-8")
    for wanted in ("-n 24", "-t One; $(two)", "media=Letter", "sides=two-sided-long-edge", "page-ranges=2-3"):
        assert wanted in told


@needs_sh
def test_what_cups_says_is_told(book: Handbook, spooler: Spooler) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    with Document(pdf) as document, pytest.raises(print_queue.NotPrinted, match=r"no such printer.*Save PDF"):
        printer.hand_over(spooler("echo lp: no such printer >&2; exit 1"), [], job_of(document, pdf), lambda: False)


@needs_sh
def test_how_lp_ended_is_told_in_words(book: Handbook, spooler: Spooler) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    with Document(pdf) as document, pytest.raises(print_queue.NotPrinted, match=r"was stopped from outside\. Nothing"):
        printer.hand_over(spooler("kill -TERM $$"), [], job_of(document, pdf), lambda: False)


@needs_sh
def test_a_print_queue_that_does_not_answer_can_be_left(book: Handbook, spooler: Spooler) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    with Document(pdf) as document:
        printer.hand_over(spooler("exec sleep 600"), [], job_of(document, pdf), lambda: True)


def test_without_lp_on_the_way_pages_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert print_queue.lp() is None


def test_several_jobs_keep_their_copies(book: Handbook) -> None:
    with Document(typeset.to_pdf(book, Handout(("statement#r3",)))) as document:
        device = printer.make_printer(document, PrintOptions())
        device.setCopyCount(2)
        jobs = printer.asked([replace(job_of(document), copies=copies) for copies in (24, 1)], device)
    assert [job.copies for job in jobs] == [48, 2]


@needs_sh
def test_a_queue_that_begins_to_read_late_gets_it_all(book: Handbook, spooler: Spooler, tmp_path: Path) -> None:
    # Through a pipe a PDF of more than 64 KB never arrived: after a time-out Python wrote no more.
    pdf = typeset.to_pdf(book, Handout(("glossary",)))
    assert len(pdf) > 100_000
    with Document(pdf) as document:
        script = spooler('echo "Anfrage-ID ist Office-7 (1 Datei(en))"', begin="sleep 0.5")
        assert printer.hand_over(script, [], job_of(document, pdf), lambda: False) == "Office-7"
    assert (tmp_path / "received.pdf").read_bytes() == pdf


@needs_sh
def test_several_pages_to_a_side_are_those_asked_for(
    book: Handbook, pages: Document, spooler: Spooler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # CUPS would count sides of paper, and the person counts pages.
    device = printer.make_printer(pages, PrintOptions())
    chosen(monkeypatch, number_up="2", page_ranges="2-3")
    pdf = typeset.to_pdf(book, Handout(("statement",), PrintOptions(size=14)))
    (job,) = printer.asked([job_of(pages, pdf)], device)
    printer.hand_over(spooler(""), printer.command_for(job, device), job, lambda: False)
    told = (tmp_path / "arguments").read_text("utf-8")
    assert "number-up=2" in told
    assert "page-ranges" not in told
    with pypdfium2.PdfDocument(tmp_path / "received.pdf") as received, pypdfium2.PdfDocument(pdf) as whole:
        assert len(received) == 2
        texts = [document[number].get_textpage().get_text_range() for document, number in ((received, 0), (whole, 1))]
    assert texts[0] == texts[1]


@needs_sh
def test_a_command_that_hangs_is_ended_with_all_that_it_started(
    pages: Document, spooler: Spooler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_queue, "_GRACE", 0.1)
    script = spooler("", begin=f"sleep 600 & echo $! > {tmp_path}/pid; wait")

    def stale() -> bool:
        return (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text())

    assert printer.hand_over(script, [], job_of(pages), stale) == ""
    pid = int((tmp_path / "pid").read_text())
    end = time.monotonic() + PATIENCE
    while _runs(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


QUEUE = """#!/bin/sh
echo begun >> "{folder}/log"
cat > /dev/null
{body}
"""


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """lp and cancel in the way of programs; both write down what they did in the file that is given back."""

    def make(body: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name, text in (
            ("lp", QUEUE.format(folder=tmp_path, body=body)),
            ("cancel", f'#!/bin/sh\necho "cancel $1" >> "{tmp_path}/log"\n'),
        ):
            (folder / name).write_text(text, "utf-8")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(progress, "APPEARS", 0)
        monkeypatch.setattr(print_queue, "_GRACE", 0.1)
        return tmp_path / "log"

    return make


ACCEPTS = """n=$(grep -c begun "{folder}/log")
echo "request id is Office-$n (1 file(s))"
echo "job $n" >> "{folder}/log"
"""
HANGS = 'if [ $(grep -c begun "{folder}/log") = 2 ]; then sleep 600; fi\n'


def cancel_when(condition: Callable[[], bool]) -> QTimer:
    """Press Cancel as soon as something is the case."""
    clock = QTimer()

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QProgressDialog) and box.labelText().startswith("Printing") and condition():
            clock.stop()
            box.canceled.emit()

    clock.timeout.connect(look)
    clock.start(5)
    return clock


def lines(log: Path) -> list[str]:
    return log.read_text("utf-8").splitlines() if log.exists() else []


@needs_sh
@pytest.mark.parametrize(("body", "went"), [(HANGS + ACCEPTS, 1), (ACCEPTS + HANGS, 2)], ids=["before", "after"])
def test_after_cancel_nothing_more_goes_out_and_what_went_is_taken_back(
    pages: Document, queue: Queue, tmp_path: Path, qtbot: QtBot, told: list[str], body: str, went: int
) -> None:
    log = queue(body.format(folder=tmp_path))
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    device = printer.make_printer(pages, PrintOptions())
    jobs = [replace(job_of(pages), title=title) for title in ("One", "Two", "Three", "Four")]
    clock = cancel_when(lambda: lines(log).count("begun") == 2 and f"job {went}" in lines(log))
    assert not printer.run(jobs, device, parent)
    clock.stop()
    assert [line for line in lines(log) if line.startswith("job")] == [f"job {n + 1}" for n in range(went)]
    assert [line for line in lines(log) if line.startswith("cancel")] == [f"cancel Office-{n + 1}" for n in range(went)]
    assert "taken back" in told[0]


@needs_sh
def test_what_cannot_be_taken_back_is_told(
    pages: Document, queue: Queue, tmp_path: Path, qtbot: QtBot, told: list[str]
) -> None:
    log = queue((HANGS + ACCEPTS).format(folder=tmp_path))
    (tmp_path / "bin" / "cancel").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    device = printer.make_printer(pages, PrintOptions())
    clock = cancel_when(lambda: lines(log).count("begun") == 2)
    assert not printer.run([replace(job_of(pages), title=title) for title in ("One", "Two")], device, parent)
    clock.stop()
    assert "not all of it could be taken back" in told[0]
    assert "'One'." in told[0]


@needs_sh
def test_a_refusal_in_the_middle_says_what_has_gone(
    pages: Document, queue: Queue, tmp_path: Path, qtbot: QtBot, told: list[str]
) -> None:
    queue(f'{ACCEPTS.format(folder=tmp_path)}[ $n = 1 ] || {{ echo "lp: the queue is full" >&2; exit 1; }}')
    parent = QWidget()
    qtbot.addWidget(parent)
    device = printer.make_printer(pages, PrintOptions())
    jobs = [replace(job_of(pages), title=title) for title in ("One", "Two", "Three")]
    assert not printer.run(jobs, device, parent)
    assert "did not take 'Two': lp: the queue is full" in told[0]
    assert "has gone to the printer: 'One'." in told[0]


@needs_sh
def test_all_jobs_go_out_one_after_the_other(
    pages: Document, queue: Queue, tmp_path: Path, qtbot: QtBot, told: list[str]
) -> None:
    log = queue(ACCEPTS.format(folder=tmp_path))
    parent = QWidget()
    qtbot.addWidget(parent)
    device = printer.make_printer(pages, PrintOptions())
    assert printer.run([job_of(pages)] * 3, device, parent)
    assert lines(log) == ["begun", "job 1", "begun", "job 2", "begun", "job 3"]
    assert told == []


@needs_sh
def test_a_print_system_that_does_not_answer_is_told(
    pages: Document, tmp_path: Path, qtbot: QtBot, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # -r is answered by whoever listens, also by a daemon that stands still
    (tmp_path / "lpstat").write_text('#!/bin/sh\n[ "$1" = -r ] && exit 0\nsleep 600\n', "utf-8")
    (tmp_path / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(print_queue, "_PATIENCE", 0.1)
    monkeypatch.setattr(print_queue, "_GRACE", 0.1)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: pytest.fail("Qt would wait with it"))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not printer.print_jobs([job_of(pages)], parent)
    assert "does not answer" in told[0]
    assert "Save PDF" in told[0]
