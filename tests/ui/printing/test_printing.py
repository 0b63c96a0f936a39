"""Printing from the window: what is chosen, what is shown, what is saved, what reaches a printer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.base.atomic_file import file_name
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.ui import settings
from handbook.ui.printing import printer
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.widgets.theme import LIGHT
from tests.ui.printing.forms import choose_in

OpenDialog = Callable[[str], PrintDialog]


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def job_of(document: Document, pdf: bytes = b"") -> printer.Job:
    return printer.Job(document, pdf, PrintOptions(), "A handout", sides="one")


@pytest.fixture
def store(home: Paths) -> settings.Store:
    return settings.Store(home.config)


@pytest.fixture
def open_dialog(qtbot: QtBot, book: Handbook, store: settings.Store) -> Iterator[OpenDialog]:
    """Opens the dialog at an address and waits for its first pages, if there is something to print."""
    opened: list[PrintDialog] = []

    def open_one(address: str) -> PrintDialog:
        dialog = PrintDialog(book, store, address, LIGHT)
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


def test_a_list_of_passages_is_offered_first_and_printed_in_its_order(
    book: Handbook, store: settings.Store, qtbot: QtBot
) -> None:
    listed = ("glossary#poverty", "statement#r2", "plan-opening", "glossary#poverty", "no#where")
    dialog = PrintDialog(book, store, "statement#r1", LIGHT, listed=listed)
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


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2. Focus on root causes", "2. Focus on root causes.pdf"),
        ("a/b\\c: d?", "a b c d.pdf"),
        ("...", "handout.pdf"),
        ("Права людини", "Права людини.pdf"),
        ("x" * 300, f"{'x' * 80}.pdf"),
    ],
)
def test_a_title_becomes_a_name_for_every_system(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_booklet_counts_its_sheets(open_dialog: OpenDialog, qtbot: QtBot) -> None:
    dialog = open_dialog("statement")
    choose_in(dialog.options, "form", "folded")
    qtbot.waitUntil(lambda: "short edge" in dialog.count.text())
    assert dialog.count.text().startswith("Sheets: ")


def test_closing_while_pages_are_being_set_ends_quietly(qtbot: QtBot, book: Handbook, store: settings.Store) -> None:
    dialog = PrintDialog(book, store, "statement", LIGHT)
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
        with pytest.raises(printer.NotPrinted, match="Nothing was printed"):
            printer.paint(job_of(document), device, lambda: False, lambda _: None)


# -- To CUPS --------------------------------------------------------------------------------------------------

LP = """#!/bin/sh
printf "%s " "$@" > "{folder}/arguments"
cat > "{folder}/received.pdf"
{end}
"""


@pytest.fixture
def spooler(tmp_path: Path) -> Callable[[str], str]:
    """A command in lp's place that keeps what it was told, and ends as the test wants."""

    def make(end: str) -> str:
        script = tmp_path / "lp"
        script.write_text(LP.format(folder=tmp_path, end=end), "utf-8")
        script.chmod(0o755)
        return str(script)

    return make


needs_sh = pytest.mark.skipif(sys.platform.startswith("win"), reason="CUPS is on Linux and macOS")


@needs_sh
def test_cups_gets_the_pdf_itself(book: Handbook, spooler: Callable[[str], str], tmp_path: Path) -> None:
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
def test_what_cups_says_is_told(book: Handbook, spooler: Callable[[str], str]) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    with Document(pdf) as document, pytest.raises(printer.NotPrinted, match=r"no such printer.*Save PDF"):
        printer.hand_over(spooler("echo lp: no such printer >&2; exit 1"), [], job_of(document, pdf), lambda: False)


@needs_sh
def test_a_print_queue_that_does_not_answer_can_be_left(book: Handbook, spooler: Callable[[str], str]) -> None:
    pdf = typeset.to_pdf(book, Handout(("statement#r3",)))
    with Document(pdf) as document:
        printer.hand_over(spooler("exec sleep 600"), [], job_of(document, pdf), lambda: True)


def test_without_lp_on_the_way_pages_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert printer.lp() is None


def test_several_jobs_keep_their_copies(book: Handbook) -> None:
    with Document(typeset.to_pdf(book, Handout(("statement#r3",)))) as document:
        device = printer.make_printer(document, PrintOptions())
        device.setCopyCount(2)
        jobs = printer.asked([replace(job_of(document), copies=copies) for copies in (24, 1)], device)
    assert [job.copies for job in jobs] == [48, 2]
