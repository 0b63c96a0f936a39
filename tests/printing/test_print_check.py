"""Reads finished PDFs back: every chapter and every ready workshop, in layouts that pair every two choices once.

Belongs here: what must be true of any page of the handbook. Not here: how one kind of page looks (test_typeset.py,
test_sheets.py). With HANDBOOK_PRINT_CHECK=all in the environment everything is printed in every layout, which takes
an hour; else each chapter and each print of a workshop is printed in one of them."""

from __future__ import annotations

import itertools
import logging
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import Kind, Paper, PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import kinds_of, print_workshop, to_pdf
from handbook.printing.typeset.plans import KINDS
from handbook.workshop import file, ready_files
from handbook.workshop.model import Passage, Workshop
from tests.helpers import CONTENT
from tests.printed import MM, Pdf, crowded, outside, overlapping, runs, within_page

FORMS: tuple[dict[str, object], ...] = (
    {},
    {"notes": "column"},
    {"booklet": True, "single": True},
    {"double_sided": True},
    {"chapters_right": True},
)
SIZES = (11, 14, 18)
PAPERS: tuple[Paper, ...] = ("a4", "letter")
# Every two choices of size, form and paper meet in one of these.
PAIRS = [
    PrintOptions(paper=PAPERS[(at + number) % 2], size=size, **form)  # type: ignore[arg-type]
    for at, form in enumerate(FORMS)
    for number, size in enumerate(SIZES)
]
ALL = [PrintOptions(paper=p, size=s, **f) for p, s, f in itertools.product(PAPERS, SIZES, FORMS)]  # type: ignore[arg-type]
WHOLE = os.environ.get("HANDBOOK_PRINT_CHECK") == "all"
LAYOUTS = ALL if WHOLE else PAIRS
LEAST = 0.25  # of a page that is filled, unless a chapter ends on it
LEAST_OF_HALF = 0.1  # of half a sheet of large print, where a table that stays whole with its notes fills the next page
MOST_SHORT = 12  # one page in so many may be shorter than that
EDGES = 24 * MM, 23 * MM  # where head and foot are, from above and from below


def name_of(layout: PrintOptions) -> str:
    usual = PrintOptions()
    said = (
        name
        for name in ("notes", "booklet", "double_sided", "chapters_right")
        if getattr(layout, name) != getattr(usual, name)
    )
    return "-".join((layout.paper, str(layout.size), *said))


@pytest.fixture(autouse=True)
def steady(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail where Typst gave up looking for the page numbers."""
    with caplog.at_level(logging.WARNING, "handbook.printing"):
        yield
    # Not caplog.records, which are those of this end alone.
    assert not [record for record in caplog.get_records("call") if "converge" in record.getMessage()]


@pytest.mark.parametrize("number", range(len(LAYOUTS)), ids=lambda number: name_of(LAYOUTS[number]))
def test_chapters_are_right_on_paper(real: Handbook, number: int) -> None:
    names = tuple(real.chapters)
    for chosen in [names[at :: len(PAIRS)] for at in range(len(PAIRS))] if WHOLE else [names[number :: len(PAIRS)]]:
        read = Pdf(to_pdf(real, Handout(chosen, LAYOUTS[number], "Some chapters")))
        check(read, LAYOUTS[number])
        sheets_of_a_session_are_worth_their_pages(real, chosen, read)
        if "statement" in chosen:
            has_numbers(read)


@pytest.mark.parametrize("path", ready_files(CONTENT), ids=lambda path: path.stem)
def test_workshops_are_right_on_paper(real: Handbook, path: os.PathLike[str]) -> None:
    ready = ready_files(CONTENT)
    workshop = file.read(next(one for one in ready if one == path)).workshop
    for at, kind in enumerate(kinds_of(real, workshop)):
        layouts = LAYOUTS if WHOLE else [LAYOUTS[(3 * ready.index(path) + 4 * at) % len(LAYOUTS)]]  # type: ignore[arg-type]
        for layout in layouts:
            printed = print_workshop(real, replace(workshop, options=layout, trainer_options=None), [kind])
            read = Pdf(printed.pdf)
            check(read, layout, kind)
            if kind == "participants" and any(getattr(item, "address", "") == "statement" for item in workshop.items):
                has_numbers(read)


@pytest.mark.parametrize("path", ready_files(CONTENT), ids=lambda path: path.stem)
def test_workshops_are_right_as_they_come(real: Handbook, path: Path) -> None:
    workshop, remarks = file.read(path)
    assert not remarks
    for kind in kinds_of(real, workshop):
        printed = print_workshop(real, workshop, [kind])
        assert (printed.missing, printed.skipped, [*printed.runs]) == ("", (), [kind])
        read = Pdf(printed.pdf)
        check(read, workshop.options_for(kind), kind)
        within_page(read)


def test_page_numbers_settle_where_sources_fill_the_feet(real: Handbook) -> None:
    """On half sheets of large print, where each foot is measured; the fixture above looks at what Typst says of it."""
    path = next(one for one in ready_files(CONTENT) if one.stem == "half-a-day")
    layout = PrintOptions(size=18, booklet=True, single=True)
    workshop = replace(file.read(path).workshop, options=layout, trainer_options=None)
    check(Pdf(print_workshop(real, workshop, ["participants"]).pdf), layout)


@pytest.mark.parametrize("paper", PAPERS)
def test_no_column_is_so_narrow_that_its_words_leave_the_page(real: Handbook, paper: Paper) -> None:
    """Half a sheet of large print with room for notes: rows of a plan's box, and cards to look something up in."""
    layout = PrintOptions(paper, 18, booklet=True, single=True, notes="column")
    for plan in ("plan-start-working", "plan-online-rights"):
        check(Pdf(to_pdf(real, Handout((plan,), layout))), layout)
    deck = Workshop("A deck", items=(Passage("cards-hard-moments"),), options=layout)
    check(Pdf(print_workshop(real, deck, ["trainer"]).pdf), layout, "trainer")


# -- What must be true of every PDF ---------------------------------------------------------------------------


def check(read: Pdf, layout: PrintOptions, kind: Kind = "participants") -> None:
    """Everything that is asked of a PDF."""
    for page in range(len(read)):
        where = f"{name_of(layout)} {kind} page {page + 1}"
        assert not overlapping(read, page), where
        assert not crowded(read, page), where
        assert not outside(read, page), where
    if kind in ("participants", "trainer"):
        no_heading_ends_a_page(read)
        labels_are_the_printed_numbers(read)
        notes_stand_on_the_page_of_their_mark(read)
        references_lead_where_they_say(read)
        pages_are_filled(read, LEAST_OF_HALF if layout.booklet and layout.size > SIZES[0] else LEAST)


def no_heading_ends_a_page(read: Pdf) -> None:
    """Below a heading there is some of its text on the same page."""
    for page in range(len(read)):
        lines = [line.strip() for line in read.text(page).splitlines() if line.strip()]
        while lines and re.match(r"\d{1,3}[A-Z]", lines[-1]):
            del lines[-1]  # notes
        assert not lines or not lines[-1].startswith("From: "), f"page {page + 1}"  # above it, where a passage is from
        titles = [title for _, title, at in read.outline if at == page + 1]
        ends = {" ".join(lines[-count:]) for count in range(1, 5)}  # of a heading of some lines, whole
        alone = [title for title in titles if title in ends and lines[-1] not in lines[:-1]]
        assert not alone, f"page {page + 1}: {alone}"


def number_in_foot(read: Pdf, page: int) -> str:
    found = re.search(r"page (\d+) of \d+", read.foot(page))
    return found.group(1) if found else ""


def labels_are_the_printed_numbers(read: Pdf) -> None:
    for page in range(len(read)):
        printed = number_in_foot(read, page)
        assert not printed or printed == read.raw.get_page_label(page)


def notes_stand_on_the_page_of_their_mark(read: Pdf) -> None:
    """A mark leads to its note; one that is repeated leads back to where the note stands."""
    seen: set[str] = set()
    for page in range(len(read)):
        flowing = " ".join(read.text(page).split())
        for words, target in read.links(page):
            is_mark = re.fullmatch(r"\d{1,3}", words) and not re.search(rf"\b{words} \(page", flowing)
            if is_mark and isinstance(target, int) and words not in seen:
                seen.add(words)
                assert target == page + 1, f"note {words} of page {page + 1} is on page {target}"


def references_lead_where_they_say(read: Pdf) -> None:
    """Each line of contents has the number of its page, and so has each reference."""
    before: set[str] = set()
    for page in range(len(read)):
        links = [(words, target) for words, target in read.links(page) if isinstance(target, int)]
        numbers = {read.raw.get_page_label(target - 1) for _, target in links}
        for words, target in links:
            entry = re.search(r"\. ?(\d+)$", words)
            if entry and ". ." in words:
                assert entry.group(1) == read.raw.get_page_label(target - 1), words
        said = set(re.findall(r"\(page\s(\d+)\)", " ".join(read.text(page).split())))
        assert said <= numbers | before, f"page {page + 1}"  # the words of a link may end the page before its number
        before = numbers


def filled(read: Pdf, page: int) -> float:
    """How much of the height between head and foot a page's words take; 1 for an empty page, which is meant."""
    _, height = read.raw.get_page_size(page)
    top, bottom = (edge * min(1, height / 700) for edge in EDGES)
    ends = [box[1] for box, _ in runs(read, page) if box[1] > bottom and box[3] < height - top]
    return (height - top - min(ends)) / (height - top - bottom) if ends else 1.0


def pages_are_filled(read: Pdf, least: float) -> None:
    """A page of a few lines is one that a chapter ends on, and there are not many of them.

    On half a sheet a wide table is turned and fills a page; what stands above it may be short."""
    begin = {page for level, _, page in read.outline if level == 0}
    short = [page + 1 for page in range(len(read)) if filled(read, page) < least]
    for page in short:
        ends = page == len(read) or page + 1 in begin or not read.text(page).strip()
        assert ends or is_turned(read, page), f"page {page} of {len(read)}"
    assert len(short) <= 1 + len(read) // MOST_SHORT, short


def is_turned(read: Pdf, page: int) -> bool:
    """Does a page hold words that are read from its side?"""
    words = read.words(page)
    return any(pdfium.FPDFText_GetCharAngle(words, at) > 0.1 for at in range(words.count_chars()))


def sheets_of_a_session_are_worth_their_pages(real: Handbook, chosen: Sequence[str], read: Pdf) -> None:
    """No plan and no exercise ends on a page of a few lines."""
    begin = sorted({page for level, _, page in read.outline if level == 0})
    titles = {real.chapters[name].title for name in chosen if real.chapters[name].front.kind in KINDS}
    for level, title, page in read.outline:
        if level == 0 and title in titles:
            last = next((after for after in begin if after > page), len(read) + 1) - 1
            while last > page and not read.text(last - 1).strip():
                last -= 1
            assert last == page or filled(read, last - 1) >= LEAST, f"{title} ends on page {last}"


def has_numbers(read: Pdf) -> None:
    words = read.body
    assert [number for number in range(1, 17) if f"P{number:02}" not in words] == []
