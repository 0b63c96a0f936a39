"""The sides of the paper: what is counted is what is set, and what a printer is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind, PrintOptions, Sides, sides_for
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing import jobs, printer
from handbook.ui.printing.page_builder import pages_of_items
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.printing.print_window import PrintWindow
from handbook.ui.printing.sides import DUPLEX, SidesAsked
from handbook.ui.widgets.theme import LIGHT
from handbook.workshop import model, paper
from handbook.workshop.model import CustomPage, Passage, Workshop
from tests import workshops
from tests.ui.conftest import OpenWindow
from tests.ui.printing.forms import choose_in
from tests.workshops import name_of

SWITCHES = ("booklet", "single", "double_sided", "chapters_right", "card_backs")
EVERY_WAY = [
    {name: True for name, on in zip(SWITCHES, flags, strict=True) if on}
    for flags in itertools.product((False, True), repeat=len(SWITCHES))
    if flags[:2] != (False, True)  # "single" is said of a booklet
]
CHOSEN = Workshop(
    "One day",
    participants=12,
    items=(
        Passage("plan"),
        CustomPage("Our own page", "We meet here."),
        Passage("words"),  # the first deck has an odd number of sheets
        *(Passage(address) for address in ("deck", "poster", "sheet", "form")),
    ),
)
TOLD = {"one": "sides=one-sided", "long edge": "sides=two-sided-long-edge", "short edge": "sides=two-sided-short-edge"}


@pytest.fixture
def small() -> Handbook:
    return workshops.small()


def test_what_is_counted_is_what_is_set(small: Handbook) -> None:
    """In every combination the pages that go out are those of the PDF, on as many sheets as the paper line counts."""
    seen: dict[tuple[Kind, PrintOptions], int] = {}
    for chosen in EVERY_WAY:
        options = PrintOptions(cards=2, **chosen)  # type: ignore[arg-type]  # switches
        workshop = replace(CHOSEN, options=options)
        for kind in KINDS:
            sides = sides_for(options, kind)
            printed = typeset.print_workshop(small, workshop, [kind])
            batches = list(jobs.batches(printed.runs[kind], both_sides=sides != "one"))
            assert batches[-1][0].stop == printed.pages, (kind, chosen)
            sheets = sum((-(-len(pages) // 2) if sides != "one" else len(pages)) * copies for pages, copies in batches)
            (count,) = paper.count(workshop, printed.runs)
            assert sheets == count.total, (kind, chosen)
            seen[kind, options] = sheets
    usual = PrintOptions(cards=2)
    assert seen["posters", replace(usual, booklet=True)] == seen["posters", usual] == 1
    assert seen["worksheets", replace(usual, booklet=True)] == seen["worksheets", usual]
    assert seen["participants", replace(usual, double_sided=True)] < seen["participants", usual]


# -- What a printer is told -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "trainer", "wanted"),
    [
        ({}, None, ("one", "one", "one", "one", "one")),
        ({"booklet": True}, None, ("short edge", "short edge", "one", "one", "one")),
        ({"booklet": True}, {}, ("short edge", "one", "one", "one", "one")),
        ({"booklet": True, "single": True}, None, ("one", "one", "one", "one", "one")),
        ({"chapters_right": True}, {"booklet": True}, ("long edge", "short edge", "one", "one", "one")),
        ({"double_sided": True}, {}, ("long edge", "one", "long edge", "one", "long edge")),
        ({"card_backs": True}, None, ("one", "one", "long edge", "one", "one")),
    ],
    ids=name_of,
)
def test_each_thing_goes_out_on_its_own_sides(
    options: dict[str, Any],
    trainer: dict[str, Any] | None,
    wanted: Sequence[Sides],
    small: Handbook,
    open_window: OpenWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The trainer's packet on one side after a booklet, posters and worksheets beside one: each as it is counted."""
    going: list[printer.Job] = []
    monkeypatch.setattr(printer, "print_jobs", lambda wanted, _: going.extend(wanted))
    controller = open_window("text", book=small).workshop.controller
    own = PrintOptions(**trainer) if trainer is not None else None
    controller.document.open(replace(CHOSEN, options=PrintOptions(**options), trainer_options=own), None)
    controller.print_window()
    window = controller.printing
    assert isinstance(window, PrintWindow)
    qtbot.waitUntil(window.print_button.isEnabled)
    window.print_pages()
    told: dict[str, Sides] = {job.title.rpartition(" - ")[2]: job.sides for job in going}
    assert told == dict(zip(map(jobs.kind_name, KINDS), wanted, strict=True))


@pytest.mark.parametrize("sides", DUPLEX)
def test_lp_is_told_a_jobs_own_sides(sides: Sides, small: Handbook) -> None:
    """Whatever the printer was set to by the job before."""
    with Document(typeset.to_pdf(small, Handout(("text",)))) as document:
        device = QPrinter()
        job = printer.Job(document, b"", PrintOptions(booklet=True), "One", sides=sides)
        assert TOLD[sides] in printer.command_for(job, device)


class OneSheet(QPrinter):
    """A printer that keeps which sides it was set to when its pages began."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.setOutputFileName(file)
        self.told: list[QPrinter.DuplexMode] = []

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.told.append(duplex)


def test_a_painted_job_sets_its_sides_before_its_pages(
    small: Handbook, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = OneSheet(str(tmp_path / "out.pdf"))
    parent = QWidget()
    qtbot.addWidget(parent)
    with Document(typeset.to_pdf(small, Handout(("statement",)))) as document:
        two = [printer.Job(document, b"", PrintOptions(), name, range(1), sides=name) for name in ("short edge", "one")]
        monkeypatch.setattr(printer, "lp", lambda: None)

        def painted(job: printer.Job, *_: object) -> bool:
            device.told.append(job.title)  # type: ignore[arg-type]  # a word among the sides, in their order
            return True

        monkeypatch.setattr(printer, "paint", painted)
        assert printer.run(two, device, parent)
    wanted = [QPrinter.DuplexMode.DuplexShortSide, "short edge", QPrinter.DuplexMode.DuplexNone, "one"]
    assert device.told == wanted


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[QPrintDialog]:
    """Qt's own printer dialog, without a printer."""
    device = QPrinter()
    made = QPrintDialog(device)
    qtbot.addWidget(made)
    if not made.findChildren(QRadioButton, "duplexShort"):
        pytest.skip("the system's own printer dialog: what it shows can't be seen from here")
    yield made
    del device


def test_what_is_chosen_in_the_dialog_holds_for_all(dialog: QPrintDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    device = dialog.printer()
    asked = SidesAsked(dialog, device, "short edge")
    monkeypatch.setattr(device, "duplex", lambda: QPrinter.DuplexMode.DuplexLongSide)  # another printer's own
    assert asked.of(list(DUPLEX)) == list(DUPLEX)
    dialog.findChild(QRadioButton, "noDuplex").click()
    assert asked.of(["one", "short edge"]) == ["one", "long edge"]  # a poster stays a poster
    assert asked.of(["one", "one"]) == ["long edge", "long edge"]
    monkeypatch.setattr(device, "duplex", lambda: QPrinter.DuplexMode.DuplexNone)
    assert asked.of(list(DUPLEX)) == ["one", "one", "one"]


def test_another_printer_is_shown_with_the_sides_that_are_meant(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With widgets named as in Qt's dialog, which shows each printer's usual sides: here there is no printer."""
    dialog, device = QWidget(), QPrinter()
    qtbot.addWidget(dialog)
    none, long, short = (QRadioButton(name, dialog) for name in ("noDuplex", "duplexLong", "duplexShort"))
    printers = QComboBox(dialog)
    for widget, name in ((none, "noDuplex"), (long, "duplexLong"), (short, "duplexShort"), (printers, "printers")):
        widget.setObjectName(name)
    printers.addItems(["Usual", "Other"])
    printers.currentIndexChanged.connect(lambda _: none.setChecked(True))
    asked = SidesAsked(dialog, device, "short edge")
    short.setEnabled(False)
    printers.setCurrentIndex(1)
    assert none.isChecked()  # this printer does it not: nothing is promised
    short.setEnabled(True)
    printers.setCurrentIndex(0)
    assert short.isChecked()
    none.click()
    printers.setCurrentIndex(1)
    assert none.isChecked()
    monkeypatch.setattr(device, "duplex", lambda: QPrinter.DuplexMode.DuplexNone)
    assert asked.of(["short edge"]) == ["one"]


def test_without_buttons_to_see_a_change_is_a_choice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the dialogs of Windows and macOS."""
    device = QPrinter()
    dialog = QPrintDialog(device)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(dialog, "findChildren", lambda *_: [])
    asked = SidesAsked(dialog, device, "short edge")
    assert asked.of(["short edge"]) == ["short edge"]
    changed = QPrinter.DuplexMode.DuplexLongSide
    monkeypatch.setattr(device, "duplex", lambda: changed)
    assert asked.of(["short edge"]) == ["long edge"]
    changed = QPrinter.DuplexMode.DuplexAuto  # the printer's own way
    assert asked.of(["short edge"]) == ["short edge"]


def test_the_jobs_leave_the_dialog_with_their_sides(
    small: Handbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Sides] = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Accepted)

    def run(wanted: Sequence[printer.Job], *_: object) -> bool:
        gone.extend(job.sides for job in wanted)
        return True

    monkeypatch.setattr(printer, "run", run)
    parent = QWidget()
    qtbot.addWidget(parent)
    with Document(typeset.to_pdf(small, Handout(("text",)))) as document:
        each = [printer.Job(document, b"", PrintOptions(), "One", sides=sides) for sides in DUPLEX]
        assert printer.print_jobs(each, parent)
    assert gone == list(DUPLEX)


# -- A handout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "told", "sides"),
    [
        ("text", "Sheets: {folded}, printed on both sides, flipped on the short edge", "short edge"),
        ("poster", "Sheets: 1", "one"),
        ("deck", "Pages: {n} · sheets printed on both sides would be {m}", "one"),
    ],
)
def test_a_handout_is_told_and_printed_on_the_sides_it_is_set_for(
    address: str,
    told: str,
    sides: Sides,
    small: Handbook,
    home: Paths,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A booklet is chosen; a poster and a deck are not folded."""
    going: list[printer.Job] = []
    monkeypatch.setattr(printer, "print_jobs", lambda wanted, _: going.extend(wanted))
    window = PrintDialog(small, Typesetter(), settings.Store(home.config), address, LIGHT)
    qtbot.addWidget(window, before_close_func=lambda dialog: dialog.done(0))
    window.show()
    qtbot.waitUntil(window.save_button.isEnabled)
    choose_in(window.options, "form", "folded")
    qtbot.waitUntil(lambda: window.shown_for is not None and window.shown_for.options.booklet)
    pages = window.preview.pages
    half = -(-pages // 2)
    assert window.count.text() == told.format(n=pages, m=half, folded=half)
    window.print_pages()
    assert [job.sides for job in going] == [sides]


def test_of_one_page_sheets_printed_on_both_sides_are_not_told(small: Handbook, home: Paths, qtbot: QtBot) -> None:
    window = PrintDialog(small, Typesetter(), settings.Store(home.config), "text#later", LIGHT)
    qtbot.addWidget(window, before_close_func=lambda dialog: dialog.done(0))
    window.show()
    qtbot.waitUntil(window.save_button.isEnabled)
    assert window.count.text() == "1 page"


def test_pages_of_what_is_not_folded_are_told_beside_a_booklet(small: Handbook) -> None:
    workshop = replace(CHOSEN, options=PrintOptions(booklet=True))
    printed = {kind: typeset.print_workshop(small, workshop, [kind]) for kind in KINDS}
    sheet = next(
        n for n, item in enumerate(workshop.items) if isinstance(item, model.Passage) and item.address == "sheet"
    )
    told = dict(pages_of_items(small, workshop, printed))
    assert told[sheet] == 1
    assert 1 not in told  # our own page is in the booklets alone
