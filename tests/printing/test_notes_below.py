"""Numbers of footnotes, and the distance of what stands below a paragraph with one."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import document, to_pdf
from handbook.printing.typeset.job import job_of
from tests.helpers import handbook_of
from tests.printed import Pdf, runs

WORDS = "First words stand here.\n\nSecond words stand here.{note}\n\nThird words stand here.\n\n[^n]: Who said so.\n"
PLAN = '+++\nkind = "session-plan"\nminutes = 5\n+++\n# Plan\n\n## Steps\n\n### 1. Step (5 minutes)\n\n'


@pytest.mark.parametrize("head", ["# Text\n\n", PLAN], ids=["text", "plan"])
def test_a_paragraph_below_one_with_a_note_keeps_its_distance(head: str) -> None:
    gaps: list[tuple[float, float]] = []
    for note in ("", "[^n]"):
        handbook = handbook_of({"one.md": head + WORDS.format(note=note)})
        read = Pdf(to_pdf(handbook, Handout(("one",))))
        feet = [
            box[1] for word in ("First", "Second", "Third") for box, words in runs(read, 0) if words.startswith(word)
        ]
        gaps.append((feet[0] - feet[1], feet[1] - feet[2]))
    plain, noted = gaps
    assert noted == pytest.approx(plain, abs=1.5)


def test_a_comma_stands_at_the_number_also_where_a_space_parts_the_notes() -> None:
    notes = "One.[^a] [^b] Two.[^a][^c]\n\n[^a]: First.\n[^b]: Second.\n[^c]: Third.\n"
    read = Pdf(to_pdf(handbook_of({"one.md": f"# Text\n\n{notes}"}), Handout(("one",))))
    page = read.words(0)
    boxes = [(page.get_text_range(at, 1), page.get_charbox(at)) for at in range(page.count_chars())]
    boxes = [(letter, box) for letter, box in boxes if not letter.isspace()]
    gaps = [box[0] - before[2] for (_, before), (letter, box) in pairwise(boxes) if letter == ","]
    assert len(gaps) == 2
    assert gaps[0] == pytest.approx(gaps[1], abs=0.2)


@pytest.mark.parametrize(("size", "below"), [(11, False), (14, True), (18, True)])
def test_on_half_a_sheet_of_larger_print_notes_stand_below_their_paragraph(size: int, below: bool) -> None:
    text = "# Text\n\nA first line.[^n]\n\n-   An item.[^m]\n-   Another.\n\nThe last line.[^n]\n\n"
    book = handbook_of({"one.md": f"{text}[^n]: Who said so.\n[^m]: Who wrote it.\n"})
    read = Pdf(to_pdf(book, Handout(("one",), PrintOptions(size=size, booklet=True, single=True))))
    words = " ".join(read.text(0, 0, 0).split())
    places = [words.index(one) for one in ("first", "Who said", "item", "Who wrote", "Another", "last")]
    assert (places == sorted(places)) is below
    assert words.count("Who said so.") == (2 if below else 1)  # also where the number comes again


@pytest.mark.parametrize("count", range(14, 17))
def test_a_heading_above_another_one_goes_with_it_where_its_note_has_no_room(count: int) -> None:
    lines = "".join(f"Line {number} of it.\n\n" for number in range(count))
    noted = "Some words that are long enough to be read, with a note.[^n] " + "And again some words that go on. " * 3
    text = f"# One\n\n{lines}## Steps\n\n### First\n\n{noted}\n\nMore.\n\n[^n]: Who said so.\n"
    read = Pdf(to_pdf(handbook_of({"one.md": text}), Handout(("one",), PrintOptions(size=14))))
    ends = [read.text(page).split() for page in range(len(read))]
    assert not [words for words in ends if words and words[-1] in ("Steps", "First")]


@pytest.mark.parametrize("count", range(14, 26))
def test_a_note_goes_overleaf_with_its_heading_and_the_table_below(count: int) -> None:
    lines = "".join(f"Line {number} of it.\n\n" for number in range(count))
    table = "| One | Two |\n|---|---|\n" + "| a cell | another cell |\n" * 6
    text = f"# One\n\n{lines}## Head\n\nShort words above it.[^n]\n\n{table}\nMore.\n\n[^n]: Who said so.\n"
    read = Pdf(to_pdf(handbook_of({"one.md": text}), Handout(("one",))))
    pages = [
        next(at for at in range(len(read)) if some in read.text(at, 0, 0)) for some in ("Head", "Short", "Who said")
    ]
    assert len(set(pages)) == 1, pages


@pytest.mark.parametrize(
    ("kind", "length"), [("note", 1), ("key", 5), ("note", 6)], ids=["few lines", "key that stays whole", "parts"]
)
@pytest.mark.parametrize("count", range(11, 23))
def test_a_box_with_notes_stands_on_the_page_of_the_heading_above_it(count: int, kind: str, length: int) -> None:
    lines = "".join(f"Line {number} of it.\n\n" for number in range(count))
    said = "Some words that are in a box for the trainer. " * length
    box = f'!!! {kind} "Box"\n    {said}[^n]\n\n' + (f"    {said}[^m]\n\n" if length > 1 else "")
    notes = f"[^n]: {'Who said so. ' * 20}\n[^m]: {'Who wrote it. ' * 20}\n"
    text = f"# One\n\n{lines}## Head\n\n{box}{'More. ' * 200}\n\n{notes}"
    read = Pdf(to_pdf(handbook_of({"one.md": text}), Handout(("one",))))
    pages = [next(at for at in range(len(read)) if some in read.text(at, 0, 0)) for some in ("Head", "Box")]
    assert len(set(pages)) == 1, pages


def test_a_box_with_notes_that_is_longer_than_a_page_is_there_whole() -> None:
    said = " ".join(f"word{number}" for number in range(1500))
    text = f'# One\n\n## Head\n\n!!! note "Box"\n    {said}.[^n]\n\n[^n]: Who said so.\n'
    read = Pdf(to_pdf(handbook_of({"one.md": text}), Handout(("one",))))
    assert set(said.split()) <= set(read.body.replace(".", " ").split())


def test_a_page_may_end_before_each_part_of_a_box_with_notes() -> None:
    """Where a note would stand astray, no more goes overleaf than has to."""
    box = "".join(f"    {7 * 'Words in a box. '}[^{number}]\n\n" for number in range(1, 6))
    notes = "".join(f"[^{number}]: Who said {number}.\n" for number in range(1, 6))
    book = handbook_of({"one.md": f'# One\n\n!!! note "Box"\n{box}\n{notes}'})
    written = document.part(book, job_of(book, Handout(("one",)))).files["c1.typ"]
    assert re.findall(r'break-for-notes\(settled, "c1n(\d)"\)', written) == [*"12345"]
