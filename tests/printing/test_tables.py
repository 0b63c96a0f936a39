"""Tables on paper: words stay in their cells, columns to write in are wide enough, notes stand with their rows."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import reshaped_tables, tables, to_pdf
from handbook.printing.typeset.tables import Cells, Room
from tests.helpers import ROOT, write
from tests.printed import MM, Pdf, outside, overlapping

WORDS = ("Responsibility", "Implementation", "Organisations", "Accommodation", "Nevertheless", "Confidentiality", "Law")
LAYOUTS = (
    PrintOptions(),
    PrintOptions(size=18),
    PrintOptions(size=18, notes="column"),
    PrintOptions(size=14, booklet=True, single=True),
)


def printed(folder: Path, text: str, options: PrintOptions) -> Pdf:
    return Pdf(to_pdf(load(write(folder, {"one.md": text})), Handout(("one",), options)))


def table(columns: int, rows: int = 3) -> str:
    names = [WORDS[number % len(WORDS)] for number in range(columns)]
    lines = [names, ["---"] * columns, *[[f"{name} {row}" for name in names] for row in range(rows)]]
    return "# Wide\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


@pytest.mark.parametrize("options", LAYOUTS, ids=str)
@pytest.mark.parametrize("columns", [2, 5, 7, 9, 12, 20])
def test_no_word_is_printed_over_another_or_off_the_page(columns: int, options: PrintOptions, tmp_path: Path) -> None:
    read = printed(tmp_path, table(columns), options)
    assert [(page, overlapping(read, page)) for page in range(len(read)) if overlapping(read, page)] == []
    assert [(page, outside(read, page)) for page in range(len(read)) if outside(read, page)] == []
    body = re.sub(r"\W", "", read.body)
    for name in {WORDS[number % len(WORDS)] for number in range(columns)}:
        assert f"{name}2" in body  # whole, however it was broken


@pytest.mark.parametrize("columns", [6, 9])
def test_names_of_files_and_addresses_are_not_printed_over_another(columns: int, tmp_path: Path) -> None:
    names = ("contact_name_2", "somebody@example.org.example", "report_of_the_year.final.md", "v1.22.333.4444")
    row = " | ".join(names[number % len(names)] for number in range(columns))
    read = printed(tmp_path, f"# Wide\n\n| {row} |\n|{' --- |' * columns}\n| {row} |\n", PrintOptions())
    assert [page for page in range(len(read)) if overlapping(read, page) or outside(read, page)] == []
    assert "somebodyexampleorgexample" in re.sub(r"\W", "", read.body)  # whole, however it was broken


@pytest.mark.parametrize("options", LAYOUTS, ids=str)
def test_the_worksheets_of_the_handbook_can_be_read_and_filled_in(real: Handbook, options: PrintOptions) -> None:
    sheets = [name for name, chapter in real.chapters.items() if chapter.front.kind in ("worksheet", "form")]
    read = Pdf(to_pdf(real, Handout(tuple(sheets), options)))
    assert [(page, overlapping(read, page)) for page in range(len(read)) if overlapping(read, page)] == []


@pytest.mark.parametrize("rows", range(34, 38))
def test_no_row_stands_alone_below_the_head_that_is_repeated(rows: int, tmp_path: Path) -> None:
    read = printed(tmp_path, table(3, rows), PrintOptions())
    assert len(read) == 1 or read.text(len(read) - 1).count("Organisations") > 2  # the head and two rows


def test_a_column_to_write_in_is_wider_than_its_head() -> None:
    cells = Cells(
        [["Question", "Yes", "How do we know?"], ["Has it started?", "", ""]], True, ("words", "tick", "room")
    )
    made = tables.plan(cells, Room(142 / 25.4 * 72, 700, 11))
    assert made is not None
    _, tick, room = (share * 142 for share in made.widths)
    assert tick == pytest.approx(tables.TICK_WIDTH, abs=0.5)
    assert room > 50  # mm: it has what the words do not need
    assert sum(made.widths) == pytest.approx(1, abs=0.01)


def test_text_gets_smaller_before_words_are_broken_and_no_size_is_below_the_least() -> None:
    def fitting(columns: int, room: float) -> tables.Plan | None:
        cells = Cells([list(WORDS[:columns]), list(WORDS[:columns])], True, ["words"] * columns)
        return tables.plan(cells, Room(room, 700, 11))

    easy, tight, broken = fitting(3, 400), fitting(5, 400), fitting(7, 330)
    assert easy is not None
    assert tight is not None
    assert broken is not None
    assert easy.scale == tables.LARGEST
    assert (tight.scale < tables.LARGEST, tight.breaking) == (True, 0)
    assert broken.breaking > 0
    assert min(tight.scale, broken.scale) * 11 >= tables.SMALLEST
    assert fitting(7, 120) is None


def test_a_table_too_wide_for_its_page_is_turned_before_it_becomes_a_list(tmp_path: Path) -> None:
    def shape(columns: int) -> tuple[int, tuple[str, ...]]:
        """How many letters stand on their side, and which tables are told."""
        handbook = load(write(tmp_path, {"one.md": table(columns)}))
        handout = Handout(("one",), PrintOptions(size=18))
        read = Pdf(to_pdf(handbook, handout))
        pages = [read.words(page) for page in range(len(read))]
        angles = [pdfium.FPDFText_GetCharAngle(text, index) for text in pages for index in range(text.count_chars())]
        return sum(1 for angle in angles if abs(angle - 1.5 * math.pi) < 0.1), reshaped_tables(handbook, handout)

    assert shape(3) == (0, ())
    turned, told = shape(11)
    assert turned > 100
    assert told == ("Wide",)
    assert shape(20) == (0, ("Wide",))  # no page is wide enough: a list of its rows


NOTED = "# Noted\n\n| Head one | Head two |\n|---|---|\n" + "".join(
    f"| Row {n} has some words that take a line or two of it | Said[^a{n}]{f'[^b{n}]' if n % 7 == 0 else ''} |\n"
    for n in range(1, 61)
)
NOTED += "\n" + "".join(f"[^{letter}{n}]: Note {letter}{n}.\n" for n in range(1, 61) for letter in "ab")


@pytest.mark.parametrize("options", LAYOUTS, ids=str)
def test_a_note_stands_on_the_page_of_its_mark(options: PrintOptions, tmp_path: Path) -> None:
    """Each row's number is on the page that has the row's notes."""
    read = printed(tmp_path, NOTED, options)
    pages = [" ".join(read.text(page, 0, 0).split()) for page in range(len(read))]
    for n in range(1, 61):
        (row,) = (page for page, text in enumerate(pages) if f"Row {n} has" in text)
        assert f"Note a{n}." in pages[row], n
        if n % 7 == 0:
            assert f"Note b{n}." in pages[row], n


def test_notes_of_tables_are_counted_with_the_others(tmp_path: Path) -> None:
    text = (
        "# One\n\nFirst.[^x]\n\n| A | B |\n|---|---|\n| c[^y] | d[^x] |\n\nLast[^z] and again.[^y]\n\n"
        "[^x]: Note x.\n[^y]: Note y.\n[^z]: Note z.\n"
    )
    body = printed(tmp_path, text, PrintOptions()).text(0, 0, 0)
    squeezed = re.sub(r"\s+", "", body)
    for said in ("First.1", "c2", "d1", "2Notey.", "Last3andagain.2", "1Notex.", "3Notez."):
        assert said in squeezed, body
    assert squeezed.count("Notey.") == 1


def test_columns_to_write_in_are_alike_as_far_as_their_heads_allow() -> None:
    heads = ["Need", "Place", "How to reach it", "Open, languages", "Unconditional"]
    columns: list[tables.Column] = ["words", "room", "room", "room", "room"]
    cells = Cells([heads, ["In danger now", "", "", "", ""]], True, columns)
    wide, narrow = (tables.plan(cells, Room(mm / 25.4 * 72, 700, 18)) for mm in (240, 166))
    assert wide is not None
    assert wide.widths[1:] == pytest.approx(4 * wide.widths[1:2])
    assert narrow is not None
    assert narrow.widths[1] == pytest.approx(narrow.widths[2])
    assert narrow.widths[1] < narrow.widths[4]
    assert sum(narrow.widths) == pytest.approx(1)


def test_the_shipped_case_prints_without_a_word_over_another() -> None:
    folder = ROOT / "tests" / "cases" / "wide-table" / "input"
    read = Pdf(to_pdf(load(folder), Handout(("seven",), PrintOptions(size=18))))
    assert overlapping(read, 0) == []
    assert MM > 0


def test_a_table_to_fill_in_stands_upright_on_half_a_sheet() -> None:
    heads = ["What we keep", "Why do we need it?", "Who can open it?", "Does the person know?", "Destroy on"]
    columns: list[tables.Column] = ["words", "room", "room", "room", "room"]
    cells = Cells([heads, ["Notes of interpreters", "", "", "", ""]], True, columns)
    assert tables.plan(cells, Room(114 / 25.4 * 72, 460, 11)) is not None
    made = tables.plan(cells, Room(166 / 25.4 * 72, 700, 11))
    assert made is not None
    assert min(made.widths[1:]) * 166 >= tables.ROOM_WIDTH - 0.1  # a whole sheet has the room


def test_a_column_has_room_for_names_behind_its_links(tmp_path: Path) -> None:
    rows = "".join(f"| [N{n}](other#part-{n}) | {'Words that are much longer. ' * 5} |\n" for n in range(3))
    parts = "".join(f"## A title of five words {n} {{#part-{n}}}\n\nWords.\n\n" for n in range(3))
    pages = {"one.md": f"# One\n\n| Short | In full |\n|---|---|\n{rows}", "other.md": f"# Other\n\n{parts}"}
    read = Pdf(to_pdf(load(write(tmp_path, pages)), Handout(("one",), PrintOptions())))
    for n in range(3):
        name = read.body[read.body.index(f"N{n}") :].split("”")[0]
        assert name.count("\n") <= 1, name
