"""A real print system: what the printer's dialog offers, every kind of refusal, and Cancel at each moment.

What arrives at the printer is read back. Nothing may be printed that was not asked for, nothing that was asked for may
be missing, and the person is told what has become of the job. Needs CUPS (Debian: cups-daemon, cups-client,
cups-filters; printer-driver-cups-pdf for one trial), and to be root, as CUPS' daemon wants."""

from __future__ import annotations

import os
import pwd
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

import pypdfium2
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QWidget

from handbook.content.loading import load
from handbook.handout.options import PrintOptions, Sides
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.ui.printing import printer
from tests.faults import cups
from tests.faults.outcome import Outcome
from tests.helpers import CONTENT

MOMENTS = 60  # at which Cancel is pressed
_LATEST = 1.2  # seconds after the beginning, at most
_TITLE = "handbook-trial"
_A5 = {(420, 595)}


def trials(_: int, share: float) -> list[Outcome]:
    """Print, be refused, cancel; a share below 1 cancels at fewer moments."""
    if not cups.is_there():
        print("not tried: CUPS is not installed, or this is not root", file=sys.stderr)
        return []
    application = QApplication.instance()
    if application is None:
        application = QApplication([])
    pdf = typeset.to_pdf(load(CONTENT), Handout(("statement",), PrintOptions(size=14)))
    with cups.running() as system, Document(pdf) as document:
        desk = _Desk(system, document, pdf)
        found = [_offered(desk), _refused(desk), _cancelled(desk, max(4, round(MOMENTS * share)))]
        found += _to_pdf_printer(desk)
    del application
    return found


# -- What is printed ------------------------------------------------------------------------------------------


@dataclass
class _Desk:
    """A person at the printer: the pages, and what the program said."""

    system: cups.Cups
    document: Document
    pdf: bytes
    said: list[str] = field(default_factory=list)
    parent: QWidget = field(default_factory=QWidget)

    @property
    def count(self) -> int:
        return len(self.document)

    def job(self, title: str = _TITLE, copies: int = 1, sides: Sides = "one") -> printer.Job:
        return printer.Job(self.document, self.pdf, PrintOptions(size=14), sides=sides, title=title, copies=copies)

    def print_(self, jobs: Sequence[printer.Job], choose: Callable[[QPrinter], object] = bool, **options: str) -> bool:
        """Print as after the dialog, in which `choose` and the options of CUPS were chosen."""
        device = printer.make_printer(self.document, PrintOptions(size=14))
        own = device.pageLayout().pageSize()
        choose(device)
        sheet = device.pageLayout().pageSize()
        spelt = {name.replace("_", "-"): value for name, value in options.items()}
        self.said.clear()

        def say(*arguments: object) -> None:
            self.said.append(str(arguments[2]))

        with (
            mock.patch.object(printer, "queue_options", return_value=spelt),
            mock.patch.object(QMessageBox, "warning", say),
            mock.patch.object(QMessageBox, "information", say),
        ):
            wanted = printer.asked(jobs, device, sheet if sheet != own else None)
            return printer.run(wanted, device, self.parent)


@dataclass(frozen=True)
class _Offer:
    """What is chosen in the dialog, and the sides that come of it: the numbers of the pages on each."""

    sides: Callable[[int], list[list[int]]]
    choose: Callable[[QPrinter], object] = bool
    options: Mapping[str, str] = field(default_factory=dict)
    told: str = ""  # that the printer is told
    sizes: set[tuple[int, int]] | None = None
    duplex: Sides = "one"


def _each(numbers: range | list[int]) -> list[list[int]]:
    return [[number] for number in numbers]


def _in_pairs(numbers: range) -> list[list[int]]:
    return [list(numbers[at : at + 2]) for at in range(0, len(numbers), 2)]


def _twice(device: QPrinter, *, collated: bool) -> None:
    device.setCopyCount(2)
    device.setCollateCopies(collated)


def _reversed(device: QPrinter, pages: str) -> None:
    device.setPageRanges(QPageRanges.fromString(pages))
    device.setPageOrder(QPrinter.PageOrder.LastPageFirst)


_OFFERS: Mapping[str, _Offer] = {
    "all as it is": _Offer(lambda n: _each(range(1, n + 1))),
    "two copies": _Offer(lambda n: 2 * _each(range(1, n + 1)), lambda d: _twice(d, collated=True)),
    "two copies, page by page": _Offer(
        lambda n: [[k] for k in range(1, n + 1) for _ in range(2)], lambda d: _twice(d, collated=False)
    ),
    "pages 2 and 4": _Offer(lambda _: [[2], [4]], lambda d: d.setPageRanges(QPageRanges.fromString("2,4"))),
    "pages 2-4 in reverse": _Offer(
        lambda _: [[4], [3], [2]],
        lambda d: _reversed(d, "2-4"),
    ),
    "odd pages": _Offer(lambda n: _each(range(1, n + 1, 2)), options={"page_set": "odd"}),
    "even pages": _Offer(lambda n: _each(range(2, n + 1, 2)), options={"page_set": "even"}),
    "in reverse": _Offer(lambda n: _each(range(n, 0, -1)), lambda d: d.setPageOrder(QPrinter.PageOrder.LastPageFirst)),
    "two to a side": _Offer(lambda n: _in_pairs(range(1, n + 1)), options={"number_up": "2"}),
    "two to a side, pages 2-5": _Offer(
        lambda _: [[2, 3], [4, 5]],
        lambda d: d.setPageRanges(QPageRanges.fromString("2-5")),
        {"number_up": "2"},
    ),
    "grey": _Offer(
        lambda n: _each(range(1, n + 1)),
        lambda d: d.setColorMode(QPrinter.ColorMode.GrayScale),
        told="print-color-mode=monochrome",
    ),
    "on both sides": _Offer(lambda n: _each(range(1, n + 1)), told="Duplex=DuplexNoTumble", duplex="long edge"),
    "on both sides, short edge": _Offer(
        lambda n: _each(range(1, n + 1)), told="Duplex=DuplexTumble", duplex="short edge"
    ),
    "a smaller sheet": _Offer(
        lambda n: _each(range(1, n + 1)), lambda d: d.setPageSize(QPageSize(QPageSize.PageSizeId.A5)), sizes=_A5
    ),
    # Without a blank: at one in any value the CUPS of Debian 12 (2.4.2-3+deb12u10) crashes by its own fault.
    "a billing note": _Offer(
        lambda n: _each(range(1, n + 1)), options={"job_billing": "two'words'"}, told="job-billing=two\\'words\\'"
    ),
}


def _offered(desk: _Desk) -> Outcome:
    outcome = Outcome("print queue: what the dialog offers")
    desk.system.add("Keep")
    for name, offer in _OFFERS.items():
        desk.system.clear()
        outcome.tried += 1
        printed = desk.print_([desk.job(sides=offer.duplex)], offer.choose, **offer.options)
        if fault := _wrong(desk, offer, printed=printed):
            outcome.lost.append(f"{name}: {fault}")
    desk.system.clear()
    outcome.tried += 1
    desk.print_([desk.job("one"), desk.job("two", copies=2)])
    desk.system.done()
    came = [len(cups.numbers(path)) for path in desk.system.got()]
    if came != [desk.count, 2 * desk.count]:
        outcome.lost.append(f"two jobs: {came} sides")
    return outcome


def _wrong(desk: _Desk, offer: _Offer, *, printed: bool) -> str:
    if not printed or desk.said:
        return f"not printed: {desk.said}"
    desk.system.done()
    came = desk.system.got()
    if len(came) != 1:
        return f"{len(came)} jobs came"
    sides, expected = [side for side in cups.numbers(came[0]) if side], offer.sides(desk.count)
    if sides != expected:
        return f"{sides} in place of {expected}"
    if offer.sizes and cups.sizes(came[0]) != offer.sizes:
        return f"sheets of {cups.sizes(came[0])}"
    told = came[0].with_suffix(".txt").read_text()
    return "" if offer.told in told else f"not told: {offer.told} in {told}"


# -- Refusals -------------------------------------------------------------------------------------------------


def _refused(desk: _Desk) -> Outcome:
    """What is not taken is said; what is taken is printed when the queue goes on, or taken back."""
    outcome = Outcome("print queue: refusals")
    for name, trial in _REFUSALS.items():
        desk.system.add("Keep")
        desk.system.clear()
        outcome.tried += 1
        if fault := trial(desk):
            outcome.lost.append(f"{name}: {fault}")
    return outcome


def _not_taken(desk: _Desk) -> str:
    if desk.print_([desk.job()]):
        return "said to be printed"
    return "" if len(desk.said) == 1 and "Save PDF" in desk.said[0] else f"said: {desk.said}"


def _rejecting(desk: _Desk) -> str:
    desk.system.ask("cupsreject", "Keep")
    fault = _not_taken(desk)
    desk.system.ask("cupsaccept", "Keep")
    return fault or ("" if not desk.system.got() else "something was printed")


def _removed(desk: _Desk) -> str:
    desk.system.ask("lpadmin", "-x", "Keep")
    return _not_taken(desk)


def _paused(desk: _Desk) -> str:
    """The job waits, and comes when the printer goes on."""
    desk.system.ask("cupsdisable", "Keep")
    if not desk.print_([desk.job()]) or len(desk.system.waiting()) != 1:
        return f"it does not wait: {desk.said}"
    desk.system.ask("cupsenable", "Keep")
    return "" if desk.system.done() and len(desk.system.got()) == 1 else "it never came"


def _slow(desk: _Desk) -> str:
    desk.system.add("Keep", "keep:/3")
    started = time.monotonic()
    if not desk.print_([desk.job("one"), desk.job("two")]):
        return f"not printed: {desk.said}"
    if time.monotonic() - started > 3:
        return "the window waited for the printer"
    return "" if desk.system.done() and len(desk.system.got()) == 2 else "not all came"


def _failing(desk: _Desk) -> str:
    """The printer breaks off and its queue stops: the job is kept there, and comes when it is well."""
    desk.system.add("Keep", "keep:/fails")
    if not desk.print_([desk.job()]):
        return f"not printed: {desk.said}"
    if not _soon(lambda: "disabled" in desk.system.ask("lpstat", "-p", "Keep").stdout) or not desk.system.waiting():
        return "the job is gone"
    desk.system.add("Keep")
    return "" if desk.system.done() and len(desk.system.got()) == 1 else "it never came"


def _gone_away(desk: _Desk) -> str:
    desk.system.stop()
    try:
        return _not_taken(desk)
    finally:
        desk.system.start()


def _not_allowed(desk: _Desk) -> str:
    desk.system.ask("lpadmin", "-p", "Keep", "-u", "deny:" + pwd.getpwuid(os.geteuid()).pw_name)
    fault = _not_taken(desk)
    desk.system.ask("lpadmin", "-p", "Keep", "-u", "allow:all")
    return fault


def _does_not_answer(desk: _Desk) -> str:
    """CUPS stands still before the dialog: that is said, in place of a window that waits."""
    desk.said.clear()
    desk.system.hold_breath(still=True)
    with mock.patch.object(QMessageBox, "warning", lambda *arguments: desk.said.append(arguments[2])):
        printed = printer.print_jobs([desk.job()], desk.parent)
    desk.system.hold_breath(still=False)
    return "" if not printed and any("does not answer" in words for words in desk.said) else f"said: {desk.said}"


def _stops_answering(desk: _Desk) -> str:
    """CUPS stands still behind the dialog: Cancel ends it, and nothing is printed when it goes on."""
    with _cancelling(1.0) as pressed:
        printed = desk.print_([desk.job()], lambda _: desk.system.hold_breath(still=True))
    desk.system.hold_breath(still=False)
    desk.system.done()
    if printed or not pressed:
        return "it could not be cancelled"
    return "" if not desk.system.got() else "it was printed after Cancel"


_REFUSALS: Mapping[str, Callable[[_Desk], str]] = {
    "rejecting": _rejecting,
    "removed": _removed,
    "paused": _paused,
    "slow": _slow,
    "failing": _failing,
    "gone away": _gone_away,
    "not allowed": _not_allowed,
    "no answer before the dialog": _does_not_answer,
    "no answer behind it": _stops_answering,
}


# -- Cancel ---------------------------------------------------------------------------------------------------


def _cancelled(desk: _Desk, moments: int) -> Outcome:
    """Whenever Cancel is pressed, what had gone is taken back, or said to have gone."""
    outcome = Outcome("print queue: Cancel at each moment", hit=0)
    desk.system.add("Keep", "keep:/1")
    for moment in range(moments):
        desk.system.clear()
        outcome.tried += 1
        with _slow_lp(desk.system.folder), _cancelling(_LATEST * moment / moments) as pressed:
            printed = desk.print_([desk.job(str(number)) for number in range(4)])
        if printed:
            desk.system.clear()
            continue  # all had gone before
        outcome.hit = (outcome.hit or 0) + bool(pressed)
        told = " ".join(desk.said)
        left = desk.system.waiting()
        desk.system.done()
        came = len(desk.system.got())
        begun = came <= 1 and "may still come out" in told  # by the printer, when it was told to stop
        if left or (came and not begun and "not all of it could be taken back" not in told):
            outcome.lost.append(f"after {_LATEST * moment / moments:.2f} s: {came} came, {left} wait, said: {told}")
    return outcome


@contextmanager
def _slow_lp(folder: Path) -> Iterator[None]:
    """An lp that needs a moment before and after its work, so that there are moments to cancel at."""
    slow = folder / "slow"
    slow.mkdir(exist_ok=True)
    script = slow / "lp"
    script.write_text('#!/bin/sh\nsleep 0.15\n/usr/bin/lp "$@"\nstatus=$?\nsleep 0.15\nexit $status\n')
    script.chmod(0o755)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{slow}:{path}"
    try:
        yield
    finally:
        os.environ["PATH"] = path


@contextmanager
def _cancelling(after: float) -> Iterator[list[bool]]:
    """Press Cancel so long after the box has appeared; the list is filled when that was done."""
    pressed: list[bool] = []
    begun: list[float] = []
    clock = QTimer()

    def look() -> None:
        box = QApplication.activeModalWidget()
        if pressed or not isinstance(box, QProgressDialog) or not box.labelText().startswith("Printing"):
            return
        begun.append(time.monotonic())
        if time.monotonic() - begun[0] >= after:
            pressed.append(True)
            box.canceled.emit()

    clock.timeout.connect(look)
    clock.start(5)
    with mock.patch("handbook.ui.widgets.progress.APPEARS", 0):
        try:
            yield pressed
        finally:
            clock.stop()


def _soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + cups.PATIENCE
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


# -- cups-pdf -------------------------------------------------------------------------------------------------


def _to_pdf_printer(desk: _Desk) -> list[Outcome]:
    """The printer that many offices have: pages to a PDF in the person's folder."""
    if not desk.system.add_pdf_printer("Pdf"):
        print("not tried: cups-pdf is not installed", file=sys.stderr)
        return []
    outcome = Outcome("print queue: cups-pdf", 1)
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    was_there = folder.exists()
    title = f"{_TITLE}-{os.getpid()}"
    printed = desk.print_([replace(desk.job(), title=title)])
    desk.system.done()
    found = [path for path in folder.glob("*.pdf") if title.replace("-", "_") in path.name.replace("-", "_")]
    if not printed or len(found) != 1:
        outcome.lost.append(f"{len(found)} files: {desk.said}")
    else:
        with pypdfium2.PdfDocument(found[0]) as document:
            if len(document) != desk.count:
                outcome.lost.append(f"{len(document)} pages in place of {desk.count}")
    for path in found:
        path.unlink()
    if not was_there and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
    return [outcome]
