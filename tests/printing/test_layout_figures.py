"""Measures of the layout, taken from finished PDFs, most of the one-day workshop: sizes, edges, distances.

Belongs here: what was agreed as a figure. Not here: what follows from the words (test_typeset.py, test_sheets.py)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import Kind, PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import print_workshop, to_pdf
from handbook.workshop import file, ready_files
from tests.helpers import CONTENT
from tests.printed import MM, Pdf, made

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


@lru_cache(maxsize=100)
def letters(read: Pdf, page: int) -> list[Letter]:
    words, scale = read.words(page), pdfium.FS_MATRIX()
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


def printed(real: Handbook, kind: Kind, workshop: str = "one-day", **options: object) -> Pdf:
    path = next(path for path in ready_files(CONTENT) if path.stem == workshop)
    read = replace(file.read(path).workshop, options=PrintOptions(**options), trainer_options=None)  # type: ignore[arg-type]  # any option
    return Pdf(print_workshop(real, read, [kind]).pdf)


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


def test_heads_are_near_what_stands_above_them(packet: Pdf, real: Handbook) -> None:
    page = page_of(packet, "Opening")
    assert sizes(said(packet, page, "Background")) == {13.8}  # 1.25 of 11
    assert sizes(said(packet, page, "1. Welcome")) == {11.6}  # 1.05 of 11
    lines = [one for page in range(page, page + 2) for one in run_in_lines(packet, page)]
    assert [sizes(line) for line in lines] == 2 * [{9.0}]
    read = Pdf(to_pdf(real, Handout(("first-contact",), PrintOptions())))
    heads = [title for level, title, page in read.outline if level == 1 and page == 2]
    assert heads
    for title in heads:
        head = said(read, 1, title)
        above = [one.bottom for one in letters(read, 1) if one.sign in "aenor" and one.bottom > head[0].top]
        if above:
            space = (min(above) - head[0].top) * MM
            assert space == pytest.approx(1.1 * 13.75, abs=1)


def run_in_lines(read: Pdf, page: int) -> Iterator[Sequence[Letter]]:
    whole = "".join(letter.sign for letter in letters(read, page))
    for title in ("Used in:", "Exercises used:", "Related:"):
        if title.replace(" ", "") in whole:
            yield said(read, page, title)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """Lists, tables and boxes that begin at every height of a page."""
    parts: list[str] = ["# Parted"]
    for n in range(40):
        filler = "\n\n".join(["Words of a paragraph that stands between."] * (1 + n % 5))
        tri = "\n".join(f"- tri{n:02}{one}" for one in "abc")
        six = "\n".join(f"- six{n:02}{one}" for one in "abcdef")
        rows = "\n".join(f"| row{n:02}{one} | what is said of it |" for one in "abcdefgh")
        box = "\n".join(f"    box{n:02}{one}  " for one in "abcd")
        parts += [filler, tri, filler, six, "Then a table.", f"| head{n:02} | Said |\n|---|---|\n{rows}"]
        parts += [f"announces{n:02} a box:", f'!!! note "Box"\n{box}', f"## Title{n:02}", f"follows{n:02} the title."]
    return Pdf(
        to_pdf(
            made(tmp_path_factory.mktemp("parted"), one="\n\n".join(parts)),
            Handout(("one",), PrintOptions(contents="no")),
        )
    )


def pages_of(read: Pdf, *names: str) -> list[int]:
    return [next(page for page in range(len(read)) if name in read.text(page)) for name in names]


def test_what_belongs_together_is_on_one_page(parted: Pdf) -> None:
    broken = 0
    for n in range(40):
        assert len(set(pages_of(parted, *(f"tri{n:02}{one}" for one in "abc")))) == 1
        assert len(set(pages_of(parted, f"Title{n:02}", f"follows{n:02}"))) == 1
        assert len(set(pages_of(parted, f"announces{n:02}", *(f"box{n:02}{one}" for one in "abcd")))) == 1
        six = pages_of(parted, *(f"six{n:02}{one}" for one in "abcdef"))
        assert six[0] == six[1]
        assert six[-2] == six[-1]
        rows = pages_of(parted, *(f"row{n:02}{one}" for one in "abcdefgh"))
        assert pages_of(parted, f"head{n:02}") + rows[:1] == rows[:1] + rows[1:2]
        assert rows[-2] == rows[-1]
        broken += len({*six}) + len({*rows}) - 2
    assert broken > 2  # some do go on overleaf


def test_blank_pages_for_notes_are_ruled_with_light_lines(real: Handbook) -> None:
    options = PrintOptions(notes="column", chapters_right=True)
    read = Pdf(to_pdf(real, Handout(("statement", "agenda", "media"), options)))
    blank = [page for page in range(len(read)) if read.text(page).split() in ([], ["Notes"])]
    assert blank
    for page in blank:
        lines = [one for one in shapes(read, page) if one[3] - one[1] < 1 and one[2] - one[0] > 0.9 * (210 - 2 * 18)]
        assert len(lines) > 25
    for page in range(len(read)):
        greys = {rule_grey(one) for one in read.raw[page].get_objects() if is_long_rule(one)}
        assert page not in blank or greys == {153}  # 60 % white


def is_long_rule(one: pypdfium2.PdfObject) -> bool:
    left, bottom, right, top = (edge / MM for edge in one.get_bounds())
    return bool(one.type == pdfium.FPDF_PAGEOBJ_PATH and top - bottom < 1 and right - left > 100)


def rule_grey(one: pypdfium2.PdfObject) -> int:
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetStrokeColor(one.raw, red, green, blue, opaque)
    return red.value if red.value == green.value == blue.value else -1


def test_programme_and_contents_stand_before_a_packet(packet: Pdf) -> None:
    front = [page for page in range(4) if "Contents" in packet.text(page) or "Programme" in packet.text(page)]
    heads = [
        said(packet, page, name) for page in front for name in ("Programme", "Contents") if name in packet.text(page)
    ]
    assert [sizes(head) for head in heads] == 2 * [{19.8}]
    contents = packet.text(front[-1])
    groups = [contents.index(f"\n{name}\n") for name in ("Sessions", "Reading", "Exercises", "Cards")]
    assert groups == sorted(groups)
    for label in ("5 minutes", "Materials", "Debriefing", "Tips"):
        assert label not in contents[groups[0] :]
    cover = packet.text(0)
    for words in ("How to use this packet", "La Strada International, statement of 15 September 2010"):
        assert words in " ".join(cover.split())


def test_programme_and_contents_share_a_page_where_they_fit(real: Handbook) -> None:
    read = printed(real, "trainer", workshop="online-two-hours")
    both = [page for page in range(4) if {"Programme", "Contents"} <= set(read.text(page).split())]
    assert len(both) == 1


def test_cards_in_the_trainers_packet_are_a_list_in_two_columns(packet: Pdf) -> None:
    page = page_of(packet, "Role cards")
    one, other = said(packet, page, "Farm worker on a seasonal"), said(packet, page, "Judge in the capital")
    assert sizes(one) == {9.0}
    assert one[0].bottom == pytest.approx(other[0].bottom, abs=0.5)
    assert other[0].left - one[0].left > 60


@pytest.mark.parametrize("options", [{}, {"paper": "letter"}, {"poster": "glued"}, {"poster": "double"}], ids=str)
def test_capitals_of_posters_can_be_read_from_five_metres(real: Handbook, options: Mapping[str, object]) -> None:
    """Also where a word is longer than a line of these: it is parted at its hyphen."""
    read = printed(real, "posters", "two-days", **options)
    for page in range(len(read)):
        capitals = [letter for letter in letters(read, page) if letter.sign in "NTHEWLI" and letter.size > 20]
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


def test_the_key_to_a_case_is_whole_in_the_trainers_packet(real: Handbook) -> None:
    read = printed(real, "trainer", "referral-in-our-town")
    key = next(page for page in map(read.text, range(len(read))) if "Do not judge all hosts" in page)
    assert "Act: transport" in key
    assert "as a mother and not with her" in " ".join(key.split())


def test_a_list_with_notes_in_a_box_looks_like_one_without(tmp_path: Path) -> None:
    """Its parts stay whole by themselves: they have one frame, and its items stand as near to each other."""
    words = "What was said of it then, by those who had to say it. " * 2
    items = "".join(f"    - Item {number}. {words}[^{number}]\n" for number in range(5))
    notes = "".join(f"[^{number}]: Who said {number}.\n" for number in range(5))
    read = Pdf(to_pdf(made(tmp_path, one=f'# One\n\n!!! note "Box"\n\n{items}\n{notes}'), Handout(("one",))))
    heights = [said(read, 0, f"Item {number}.")[0].bottom for number in range(5)]
    gaps = [above - below for above, below in pairwise(heights)]
    assert gaps == pytest.approx(4 * gaps[:1], abs=0.1)
    sides = {(round(left, 2), round(right, 2)) for left, b, right, top in shapes(read, 0) if right - left < 1 < top - b}
    assert len(sides) == 2


BELOW = {
    "a list": 6 * f"- an item of a list {5 * 'that has a lot of words to say '}\n",
    "words": "“Words that are said aloud, and that are so long that they take some lines of a page. "
    + "More. " * 40
    + "”\n",
}


@pytest.mark.parametrize("note", ["", "[^n]"], ids=["plain", "noted"])
@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_what_announces_something_is_on_its_page(tmp_path: Path, below: str, note: str) -> None:
    """Wherever on a page it stands."""
    for count in range(20, 30):
        filler = "".join(f"Line {number} of it.\n\n" for number in range(count))
        text = f"# One\n\n{filler}Some words, and then more.{note} Said in the room:\n\n{below}\n[^n]: Who said so.\n"
        folder = tmp_path / str(count)
        folder.mkdir()
        read = Pdf(to_pdf(made(folder, one=text), Handout(("one",))))
        lines = [line for line in read.text(0).splitlines() if not line.endswith("Who said so.")]
        assert not lines[-1].endswith("in the room:"), count


def test_a_key_of_short_items_stands_in_two_columns(real: Handbook) -> None:
    read = printed(real, "trainer")
    page = next(at for at in range(len(read)) if "Root causes: I" in read.text(at))
    one, other = said(read, page, "Root causes: I")[0], said(read, page, "Transparency: K")[0]
    assert other.left - one.left > 60
    assert one.bottom == pytest.approx(other.bottom, abs=0.5)
    low = said(read, page, "Accountability: E")[0], said(read, page, "Implementation: D")[0]
    assert low[0].bottom == pytest.approx(low[1].bottom, abs=0.5)


def test_a_long_key_stays_in_one_column(real: Handbook) -> None:
    read = printed(real, "trainer", "referral-in-our-town")
    words = " ".join(read.body.split())
    parts = [words.index(some) for some in ("3: no pay slip", "7: pay below", "20: no day of rest", "24: unpaid hours")]
    assert parts == sorted(parts)
