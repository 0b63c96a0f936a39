"""Measures of the layout, taken from finished PDFs of the one-day workshop: sizes, edges, distances.

Belongs here: what was agreed as a figure. Not here: what follows from the words (test_typeset.py, test_sheets.py)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import Kind, PrintOptions
from handbook.printing.typeset import print_workshop
from handbook.workshop import file, ready_files
from tests.helpers import CONTENT
from tests.printed import MM, Pdf

EDGE = 34  # mm at the left and the right of a packet's text
SHEET_WIDTH = 210 - 2 * 22  # mm of a worksheet's text
TICK_BOX = 4.6  # mm, as PDFium measures a square of 4 with its line


class Letter(NamedTuple):
    """A letter: its size in points, its typeface, its edges in millimetres from the left and from below."""

    sign: str
    size: float
    face: str
    left: float
    bottom: float
    right: float
    top: float


def letters(read: Pdf, page: int) -> list[Letter]:
    words, scale = read.raw[page].get_textpage(), pdfium.FS_MATRIX()
    found: list[Letter] = []
    for at in range(words.count_chars()):
        sign = words.get_text_range(at, 1)
        if not sign.strip():
            continue
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFText_GetFontInfo(words, at, name, 100, None)
        pdfium.FPDFText_GetMatrix(words, at, scale)
        size = pdfium.FPDFText_GetFontSize(words, at) * abs(scale.d)
        edges = (edge / MM for edge in words.get_charbox(at))
        found.append(Letter(sign, size, name.value.decode().split("+")[-1], *edges))
    return found


def said(read: Pdf, page: int, words: str) -> list[Letter]:
    """The letters of some words where they first stand on a page."""
    all_of_page, sought = letters(read, page), words.replace(" ", "")
    at = "".join(letter.sign for letter in all_of_page).index(sought)
    return all_of_page[at : at + len(sought)]


def shapes(read: Pdf, page: int) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top, in millimetres, of everything drawn."""
    for one in read.raw[page].get_objects():
        if one.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = (edge / MM for edge in one.get_bounds())
            yield left, bottom, right, top


def printed(real: Handbook, kind: Kind, **options: object) -> Pdf:
    path = next(path for path in ready_files(CONTENT) if path.stem == "one-day")
    workshop = replace(file.read(path).workshop, options=PrintOptions(**options), trainer_options=None)  # type: ignore[arg-type]  # any option
    return Pdf(print_workshop(real, workshop, [kind]).pdf)


@pytest.fixture(scope="module")
def packet(real: Handbook) -> Pdf:
    return printed(real, "trainer", double_sided=True)


def page_of(read: Pdf, title: str) -> int:
    return next(page for level, said_there, page in read.outline if level == 0 and said_there == title) - 1


def sizes(some: Sequence[Letter]) -> set[float]:
    return {round(letter.size, 1) for letter in some}


def test_the_statements_numbers_hang_left_of_its_rule(packet: Pdf) -> None:
    page = page_of(packet, "Statement of 15 September 2010") + 1
    rule = min(left for left, bottom, right, top in shapes(packet, page) if right - left < 1 and top - bottom > 20)
    for number in ("P07", "P08", "R1"):
        letters_of = said(packet, page, number)
        assert sizes(letters_of) == {8.0}
        assert {letter.face for letter in letters_of} == {"SourceSans3-Bold"}
        assert rule - letters_of[-1].right == pytest.approx(3, abs=0.3)


def test_the_facts_of_a_plan_stand_in_two_columns(packet: Pdf) -> None:
    page = page_of(packet, "Opening")
    name, fact = said(packet, page, "Group")[0], said(packet, page, "8 to 24 people")[0]
    assert fact.left - name.left == pytest.approx(28, abs=0.5)
    assert sizes([name, fact]) == {10.0}
    widest = max(right - left for left, bottom, right, top in shapes(packet, page) if top - bottom < 1)
    assert widest == pytest.approx(210 - 2 * EDGE, abs=1)
    margin = "".join(letter.sign for letter in letters(packet, page) if letter.right < EDGE)
    assert "5min" in margin  # the minutes of a step


def test_plans_and_exercises_are_spreads(packet: Pdf) -> None:
    for title in ("Opening", "Root causes", "Power walk", "Action plan"):
        page = page_of(packet, title) + 1
        assert page % 2 == 0
        assert title in packet.head(page - 1)
        assert title in packet.head(page)


def test_heads_and_notes_have_their_sizes(packet: Pdf) -> None:
    page = page_of(packet, "Opening")
    head = [letter for letter in letters(packet, page) if letter.bottom > 275]
    assert sizes(head) == {9.0}
    assert {letter.face for letter in head if letter.left < 60} == {"SourceSans3-Bold"}  # outer side: the chapter
    notes = [letter for letter in letters(packet, page) if 24 < letter.bottom < 30 and letter.size > 6]
    assert sizes(notes) == {8.5}


def test_the_foot_is_one_line(packet: Pdf) -> None:
    for page in range(3, len(packet)):
        foot = [
            round(letter.bottom) for letter in letters(packet, page) if letter.bottom < 21 and letter.sign.isupper()
        ]
        assert not foot or max(foot) - min(foot) <= 1


def test_cards_in_the_trainers_packet_are_a_list_in_two_columns(packet: Pdf) -> None:
    page = page_of(packet, "Role cards")
    one, other = said(packet, page, "Farm worker on a seasonal"), said(packet, page, "Judge in the capital")
    assert sizes(one) == {9.0}
    assert one[0].bottom == pytest.approx(other[0].bottom, abs=0.5)
    assert other[0].left - one[0].left > 60


def test_capitals_of_posters_can_be_read_from_five_metres(real: Handbook) -> None:
    read = printed(real, "posters")
    for page in range(len(read)):
        capitals = [letter for letter in letters(read, page) if letter.sign in "NTHEW" and letter.size > 20]
        assert capitals
        assert min(letter.top - letter.bottom for letter in capitals) >= 14


def test_worksheets_have_room_to_write_and_to_tick(real: Handbook) -> None:
    read = printed(real, "worksheets")
    gaps: list[float] = []
    for page in range(len(read)):
        lines = sorted(
            b for left, b, right, top in shapes(read, page) if top - b < 1 and right - left > 0.9 * SHEET_WIDTH
        )
        gaps += [above - below for below, above in pairwise(lines)]
        squares = {
            round(right - left, 1) for left, b, right, top in shapes(read, page) if 3 < right - left < 6 > top - b > 3
        }
        assert squares <= {TICK_BOX}
        assert "page 1 of 1" not in read.foot(page)
    to_write_on = [gap for gap in gaps if 8.5 < gap < 10.6]
    assert len(to_write_on) > 12  # two or more for each open question, 9 to 10 mm apart
    assert all(8.9 < gap < 10.2 for gap in to_write_on if gap < 10.3)
    form = len(read) - 1
    upright = sorted({round(left) for left, b, right, top in shapes(read, form) if right - left < 1 and top - b > 3})
    assert [right - left for left, right in pairwise(upright)] == pytest.approx([14, 15], abs=1.1)
