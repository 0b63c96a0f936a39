"""The printed page, read back from real PDFs: nothing here looks at the document that Typst was given.

The exception are the golden files, which hold that document for review: UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import Paper, PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import markup, sheets, to_pdf
from handbook.printing.typeset.job import library
from tests.helpers import handbook_of
from tests.printed import (
    A4,
    BOOKLET,
    GOLDEN,
    LARGE,
    LARGE_LETTER,
    LAYOUTS,
    MM,
    NOTES,
    ROOT,
    SMALLEST,
    Pdf,
    letters,
    made,
    name_of,
    printed,
    runs,
    within_page,
    without_numbers,
    words,
)

WITH_CONTENTS = PrintOptions(contents="yes")


# -- The words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", LAYOUTS, ids=name_of)
def test_the_statement_is_there_whole_and_once(real: Handbook, options: PrintOptions) -> None:
    (statement,) = words(real, "statement")
    pdf = printed(real, "statement", options=options)
    body = letters(without_numbers("".join(page_without_notes(pdf, page, options) for page in range(len(pdf)))))
    assert body.count(letters(statement)) == 1


def page_without_notes(pdf: Pdf, page: int, options: PrintOptions) -> str:
    """A page's words without the one that stands above the ruled lines."""
    text = pdf.text(page)
    return re.sub(r"(?m)^Notes\n|\n?Notes$| Notes$", "\n", text, count=1) if options.notes == "column" else text


def test_chosen_sections_stand_in_the_order_chosen_each_once(real: Handbook) -> None:
    chosen = (
        "about#rights",
        "statement#r4",
        "statement#r2",
        "statement#b1",
        "about#the-text",
        "statement#r2",
    )
    texts = [letters(text) for text in words(real, *chosen)]
    body = letters(without_numbers(re.sub(r"\s+\(“.*?”\)", "", printed(real, *chosen).body, flags=re.DOTALL)))
    places = [body.find(text) for text in texts]
    assert -1 not in places
    assert places == sorted(places)
    assert [body.count(text) for text in texts] == [1] * 4


def test_nothing_that_was_not_chosen_is_printed(real: Handbook) -> None:
    body = printed(real, "statement#r3").body
    assert "Stop talking" not in body
    assert "Focus on root causes" not in body


def test_whose_words_they_are_is_said_above_them(real: Handbook) -> None:
    source = "La Strada International, statement of 15 September 2010"
    whole = " ".join(printed(real, "statement").body.split())
    assert f"The title is this handbook’s own. Word for word beside the line: {source}." in whole
    section = " ".join(printed(real, "statement#r3").body.split())
    assert f"From: Statement of 15 September 2010 › Recommendations Word for word beside the line: {source}." in section
    assert "Word for word" not in printed(real, "about").body


def test_the_statement_is_set_in_its_own_typeface(real: Handbook) -> None:
    pdf = printed(real, "about#independent", "statement#r3", title="Both")
    assert fonts_of(pdf, "Independent of its author") == {"SourceSans3-Bold"}
    assert fonts_of(pdf, "This handbook is not made by") == {"SourceSans3-Regular"}
    assert fonts_of(pdf, "3. Respect and value the independence") == {"SourceSerif4-Bold"}
    assert fonts_of(pdf, "NGOs should be supported to operate") == {"SourceSerif4-Regular"}
    assert fonts_of(printed(real, "statement"), "Statement of 15 September 2010") == {"SourceSans3-Bold"}


def fonts_of(pdf: Pdf, text: str) -> set[str]:
    """The fonts of a text where it is first found, without the tags of their subsets."""
    for page in range(len(pdf)):
        found = pdf.words(page)
        finder = found.search(text, match_case=True)
        place = finder.get_next()
        if place is not None:
            start, count = place
            names = set()
            for index in range(start, start + count):
                buffer, flags = ctypes.create_string_buffer(100), ctypes.c_int(0)
                pdfium.FPDFText_GetFontInfo(found, index, buffer, 100, flags)
                if not found.get_text_range(index, 1).isspace():
                    names.add(buffer.value.decode().split("+")[-1])
            return names
    raise AssertionError(f"not printed: {text}")


# -- The pages ----------------------------------------------------------------------------------------------


def test_every_number_in_the_contents_is_the_page_of_its_heading(tmp_path: Path) -> None:
    pdf = printed(long_handbook(tmp_path), "long")
    listed = re.findall(r"(?m)^(Heading \d+)(?: \.)+ (\d+)$", pdf.body)
    assert len(listed) == 40
    for title, number in listed:
        on = [page + 1 for page in range(len(pdf)) if re.search(rf"(?m)^{title}$", pdf.text(page))]
        assert on == [int(number)], title
    assert [(title, page) for _, title, page in pdf.outline][1:] == [(title, int(page)) for title, page in listed]


def long_handbook(folder: Path, *, statement: bool = False) -> Handbook:
    """Forty sections of two paragraphs of many lengths, so that page ends fall everywhere."""
    front = '+++\nkind = "statement"\ntitle = "Long"\n+++\n' if statement else "# Long\n\nAn opening.\n"
    sections = []
    for number in range(1, 41):
        first, second = number * 37 % 150 + 12, number * 53 % 120 + 30
        sections.append(f"## Heading {number}\n\n{filler(f'p{number}', first)}\n\n{filler(f'q{number}', second)}\n")
    return made(folder, long=front + "\n" + "\n".join(sections))


def filler(name: str, count: int) -> str:
    """A paragraph whose every word tells where it is from."""
    return " ".join(f"{name}w{number}" for number in range(count))


@pytest.mark.parametrize("statement", [False, True])
@pytest.mark.parametrize("options", [A4, LARGE, PrintOptions("letter", notes="column")], ids=name_of)
def test_no_heading_stands_alone_at_a_pages_foot(tmp_path: Path, options: PrintOptions, *, statement: bool) -> None:
    pdf = printed(long_handbook(tmp_path, statement=statement), "long", options=options)
    at_foot = 0
    for page in range(len(pdf)):
        lines = [line for line in pdf.text(page).split("\n") if line.strip()]
        for title in re.findall(r"(?m)^Heading (\d+)$", pdf.text(page)):
            after = lines[lines.index(f"Heading {title}") + 1 :]
            assert after, f"Heading {title} is the last line of page {page + 1}"
            assert after[0].startswith(f"p{title}w0"), f"Heading {title} is parted from its text"
            at_foot += len(after) <= 4
    assert at_foot, "no heading came near a page's foot, so this proved nothing"


@pytest.mark.parametrize("statement", [False, True])
def test_no_line_of_a_paragraph_stands_alone(tmp_path: Path, *, statement: bool) -> None:
    pdf = printed(long_handbook(tmp_path, statement=statement), "long")
    parted = 0
    seen: dict[str, list[int]] = {}
    for page in range(len(pdf)):
        counts: dict[str, int] = {}
        for line in pdf.text(page).split("\n"):
            found = re.match(r"([pq]\d+)w\d+", line)
            if found:
                counts[found.group(1)] = counts.get(found.group(1), 0) + 1
        for name, count in counts.items():
            seen.setdefault(name, []).append(count)
    for name, parts in seen.items():
        if len(parts) > 1:
            parted += 1
            assert min(parts) >= 2, f"{name}: lines on each page {parts}"
    assert parted > 5


def test_headings_in_a_list_stay_with_their_text(tmp_path: Path) -> None:
    for lines in range(1, 30):  # pushes the list down the page line by line
        items = "".join(f"-   #### Item {n}\n\n    {filler(f'i{n}', 40)}\n\n" for n in range(1, 9))
        text = '+++\nkind = "statement"\n+++\n\n## Top\n\n' + "A line.\n\n" * lines + items
        pdf = printed(made(tmp_path, one=text), "one")
        for page in range(len(pdf)):
            shown = [line for line in pdf.text(page).split("\n") if line.strip()]
            assert not re.match(r"•? ?Item \d$|•$", shown[-1]), f"{lines} lines above: {shown[-1]}"


@pytest.mark.parametrize("note", ["", "[^1]"], ids=["plain", "with notes"])
def test_two_items_of_a_list_at_least_stand_on_either_side_of_a_break(tmp_path: Path, note: str) -> None:
    parted = 0
    for lines in range(8, 32):  # pushes the list down the page line by line
        items = "".join(f"- Item {n} of the list.{note if n in (2, 6) else ''}\n" for n in range(1, 8))
        after = "\n" + "A line.\n\n" * 14  # so that the last page is worth its paper
        text = "# One\n\n" + "A line.\n\n" * lines + items + after + "[^1]: A note.\n"
        pdf = printed(made(tmp_path, one=text), "one")
        counts = [len(re.findall(r"Item \d of", pdf.text(page))) for page in range(len(pdf))]
        there = [count for count in counts if count]
        assert sum(there) == 7
        if len(there) > 1:
            parted += 1
            assert min(there) >= 2, f"{lines} lines above: {there}"
    assert parted


def test_items_of_several_paragraphs_stand_as_far_apart_as_these(tmp_path: Path) -> None:
    items = "".join(f"- Item {n} of the list.\n\n    More of it {n}.\n\n" for n in range(1, 5))
    pdf = printed(made(tmp_path, one=f"# One\n\n{items}"), "one")
    feet = sorted(box[1] for box, words in runs(pdf, 0) if re.match(r"Item|More", words))
    gaps = [above - below for below, above in pairwise(feet)]
    assert len(gaps) == 7
    assert max(gaps) - min(gaps) < 1


def test_what_announces_a_list_stands_on_its_page(tmp_path: Path) -> None:
    for lines in range(8, 32):
        text = "# One\n\n" + "A line.\n\n" * lines + "It needs four:\n\n- Ink\n- Paper\n- Time\n- Room\n"
        pdf = printed(made(tmp_path, one=text), "one")
        for page in range(len(pdf)):
            assert not pdf.text(page).strip().endswith("It needs four:")


LINE = "A line.\n\n"


@pytest.mark.parametrize("note", ["", "[^1]"], ids=["plain", "with a note"])
@pytest.mark.parametrize("cell", ["", "[^2]"], ids=["table", "table with notes"])
def test_a_heading_and_its_line_stand_on_the_page_of_their_table(tmp_path: Path, note: str, cell: str) -> None:
    rows = "".join(f"| Row {n} | Cell{cell} |\n" for n in range(6))
    for lines in range(8, 32, 2):
        text = f"# One\n\n{LINE * lines}## Above\n\nBound by it.{note}\n\n| Head | Second |\n|--|--|\n{rows}"
        pdf = printed(made(tmp_path, one=f"{text}\n[^1]: A note.\n[^2]: Another.\n"), "one")
        there = next(pdf.text(page) for page in range(len(pdf)) if "Above" in pdf.text(page))
        assert "Bound by it" in there
        assert "Row 0" in there, f"{lines} lines above"


def test_what_announces_a_list_in_a_plan_stands_on_its_page_where_that_costs_none(tmp_path: Path) -> None:
    front = '+++\nkind = "exercise"\nminutes = 30\n+++\n'
    items = "".join(f"{n}. {filler(f'i{n}', 16)}\n" for n in range(1, 5))
    kept = 0
    for lines in range(18, 44):
        text = f"{front}# One\n\n## Steps\n\n{LINE * lines}It needs four:\n\n{items}\n{LINE * 12}"
        pdf = printed(made(tmp_path, one=text), "one")
        assert len(pdf) <= 2
        page = next(page for page in range(len(pdf)) if "It needs four:" in pdf.text(page))
        kept += page == 1
        assert "i1w0" in pdf.text(page), f"{lines} lines above"
    assert kept


def test_where_neighbouring_sections_are_from_is_said_once(tmp_path: Path) -> None:
    sections = "".join(f"## Screen {n}\n\nWords {n}.\n\n" for n in range(1, 6))
    handbook = made(tmp_path, deck=f"# Deck\n\n{sections}", other="# Other\n\n## Part\n\nMore.\n")
    chosen = ["deck#screen-4", "deck#screen-1", "deck#screen-2", "other#part", "deck#screen-5"]
    body = printed(handbook, *chosen).body
    lines = [line for line in body.split("\n") if line.startswith(("From:", "Screen", "Part"))]
    expected = ["From: Deck", "Screen 4", "Screen 1", "Screen 2", "From: Other", "Part", "From: Deck", "Screen 5"]
    assert lines[-len(expected) :] == expected  # below the contents


def test_a_table_repeats_its_head_and_breaks_no_row(tmp_path: Path) -> None:
    rows = "\n".join(f"| start{n} | {filler(f'r{n}', 40 + n % 9)} end{n} | c |" for n in range(40))
    pdf = printed(made(tmp_path, one=f"# One\n\n| Head A | Head B | Head C |\n|--|--|--|\n{rows}\n"), "one")
    assert len(pdf) > 3
    for page in range(len(pdf)):
        text = pdf.text(page)
        assert "Head A" in text
        assert sorted(re.findall(r"start(\d+)", text)) == sorted(re.findall(r"end(\d+)", text))
    assert sorted(map(int, re.findall(r"start(\d+)", pdf.body))) == list(range(40))


def test_a_row_longer_than_a_page_goes_on_overleaf(tmp_path: Path) -> None:
    pdf = printed(made(tmp_path, one=f"# One\n\n| A | B |\n|--|--|\n| x | {filler('r', 900)} |\n"), "one")
    assert letters(filler("r", 900)) in letters(pdf.body.replace("A B\n", ""))


def test_room_to_write_is_ruled(tmp_path: Path) -> None:
    one = '# One\n\nBefore.\n\n!!! lines "7"\n\nAfter.\n'
    pdf = printed(made(tmp_path, one=one), "one")
    boxes = [item.get_bounds() for item in pdf.raw[0].get_objects() if item.type == pdfium.FPDF_PAGEOBJ_PATH]
    heights = sorted(round(box[1], 1) for box in boxes)[1:-1]  # without the lines of foot and masthead
    assert len(heights) == 7
    gaps = {round(upper - lower, 1) for lower, upper in pairwise(heights)}
    assert max(gaps) - min(gaps) <= 0.11
    assert min(gaps) == pytest.approx(8 * MM, abs=0.1)
    assert "Before.\nAfter." in pdf.body
    assert "7" not in pdf.body


def test_a_footnote_stands_on_the_page_of_its_number(tmp_path: Path) -> None:
    text = "# One\n\n" + "\n\n".join(f"{filler(f'p{n}', 90)} here[^{n}]." for n in range(12))
    notes = "\n".join(f"[^{n}]: The note of p{n}." for n in range(12))
    pdf = printed(made(tmp_path, one=f"{text}\n\n{notes}\n"), "one")
    assert len(pdf) > 1
    for number in range(12):
        (page,) = (page for page in range(len(pdf)) if f"The note of p{number}." in pdf.text(page))
        assert re.search(rf"p{number}w89\s+here", pdf.text(page))


@pytest.mark.parametrize("options", [*LAYOUTS, BOOKLET, SMALLEST], ids=name_of)
@pytest.mark.parametrize("address", ["kinds", "rules", "words"])
def test_nothing_leaves_the_page(sampler: Handbook, address: str, options: PrintOptions) -> None:
    within_page(printed(sampler, address, options=options))


@pytest.mark.parametrize("options", [LARGE, PrintOptions(size=18, notes="column"), SMALLEST], ids=name_of)
def test_long_heads_and_feet_stay_on_the_page(tmp_path: Path, options: PrintOptions) -> None:
    (tmp_path / "handbook.toml").write_text(
        f'publisher = "{"Our own words and those of others " * 3}"\n'
        f'statement = "{"The words of somebody else " * 3}"\n'
        '[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["one", "two"]\n'
    )
    title = "A title that is long and longer than most " * 3
    one = f'+++\nkind = "statement"\ntitle = "One"\n+++\n\n## {title}\n\n' + "Their line.\n\n" * 40
    within_page(
        printed(
            made(tmp_path, one=one, two=f"# Two\n\n## {title}\n\nOurs."),
            "one",
            "two",
            title=title,
            options=options,
        )
    )


@pytest.mark.parametrize(
    ("options", "millimetres"),
    [
        (A4, (210, 297)),
        (PrintOptions("letter"), (215.9, 279.4)),
        (BOOKLET, (297, 210)),
        (PrintOptions("letter", booklet=True), (279.4, 215.9)),
    ],
)
def test_the_paper_is_the_one_asked_for(
    real: Handbook, options: PrintOptions, millimetres: tuple[float, float]
) -> None:
    pdf = printed(real, "statement", options=options)
    expected = pytest.approx([side * MM for side in millimetres], abs=0.01)
    assert all(list(pdf.raw.get_page_size(page)) == expected for page in range(len(pdf)))


@pytest.mark.parametrize("size", [11, 14, 18])
def test_the_text_has_the_size_asked_for(real: Handbook, size: int) -> None:
    pdf = printed(real, "statement#r3", options=PrintOptions(size=size))
    assert size in pdf.letter_heights(0, "NGOs")
    assert min(pdf.letter_heights(0, "abcdefghijklmnopqrstuvwxyz")) >= 0.8 * size  # all of it grows


def test_the_edges_stay_when_the_text_grows(real: Handbook) -> None:
    lefts = {
        round(min(box[0] for box in printed(real, "about", options=PrintOptions(size=size)).boxes(0)))
        for size in (11, 18)
    }
    assert max(lefts) - min(lefts) <= 1


def test_notes_leave_an_outer_third_to_write_in(real: Handbook) -> None:
    pdf = printed(real, "statement", options=NOTES)
    width, _ = pdf.raw.get_page_size(1)
    assert all(right < width * 2 / 3 for left, _, right, _ in pdf.boxes(1) if left < width * 2 / 3 - 1)
    lines = [item.get_bounds() for item in pdf.raw[1].get_objects() if item.type == pdfium.FPDF_PAGEOBJ_PATH]
    ruled = [box for box in lines if box[0] >= width * 2 / 3 - 1]
    assert len(ruled) > 20
    assert all(box[2] < width for box in ruled)


def test_heads_and_feet(real: Handbook) -> None:
    pdf = printed(real, "statement")
    assert pdf.head(0) == ""
    assert pdf.head(1).startswith("Statement of 15 September 2010")
    for page in range(len(pdf)):
        assert pdf.foot(page).endswith(f"page {page + 1} of {len(pdf)}")


def test_the_running_head_names_the_section_that_the_page_begins_in(tmp_path: Path) -> None:
    pdf = printed(long_handbook(tmp_path), "long")
    current = ""
    for page in range(len(pdf)):
        lines = [line for line in pdf.text(page).split("\n") if line.strip()]
        opening = re.match(r"Heading \d+$", lines[0])
        if page:
            assert pdf.head(page) == f"Long {opening.group() if opening else current}".strip()
        current = (re.findall(r"(?m)^Heading \d+$", pdf.text(page)) or [current])[-1]


def test_a_running_head_is_never_printed_over_another(tmp_path: Path) -> None:
    section = "A heading of a good many words that fill a line"
    book = made(tmp_path, one=f"# Book\n\n## {section}\n\n" + "Words of a paragraph.\n\n" * 60)
    pdf = printed(book, "one", title="The title of the handout", options=PrintOptions(size=18, notes="column"))
    heads = {pdf.head(page) for page in range(2, len(pdf))}
    assert heads == {"The title of the handout Book"}
    narrow = printed(book, "one", title="The title of the handout", options=PrintOptions(size=11))
    assert {narrow.head(page) for page in range(1, len(narrow))} == {"The title of the handout Book"}
    alone = printed(book, "one", options=PrintOptions(size=18, notes="column"))
    assert {alone.head(page) for page in range(2, len(alone))} == {section}  # it says more than the title does


def test_the_source_line_is_that_of_the_words_on_the_page(real: Handbook) -> None:
    assert real.manifest.as_of is not None
    theirs, ours = (
        "La Strada International, statement of 15 September 2010",
        "Field Handbook, as of 28 November 2026",
    )
    statement = printed(real, "statement")
    assert all(statement.foot(page).startswith(f"{theirs} page") for page in range(len(statement)))
    assert printed(real, "about").foot(0).startswith(ours)
    mixed = printed(real, "about#independent", "statement#r4")
    assert mixed.foot(0).startswith(f"{ours} · La Strada International")
    large = printed(real, "statement", options=LARGE_LETTER)
    assert large.foot(0).startswith(ours)  # the title and the contents: the statement begins overleaf
    assert large.foot(1).startswith("La Strada International")


def test_a_piece_that_ends_with_its_page_is_not_named_on_the_next(tmp_path: Path) -> None:
    (tmp_path / "handbook.toml").write_text(
        'publisher = "Ours"\nstatement = "Theirs"\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["one", "two"]\n'
    )
    for lines in range(20, 45):
        one = '+++\nkind = "statement"\ntitle = "One"\n+++\n\n' + "\n\n".join(f"Their line {n}." for n in range(lines))
        pdf = printed(made(tmp_path, one=one, two="# Two\n\nOur line."), "one", "two", title="Both")
        for page in range(len(pdf)):
            text, foot = pdf.text(page), pdf.foot(page)
            assert ("Their line" in text) == ("Theirs" in foot), f"{lines} lines, page {page + 1}: {foot}"
            assert ("Our line" in text) == ("Ours" in foot), f"{lines} lines, page {page + 1}: {foot}"


# -- What the file says of itself ---------------------------------------------------------------------------


def test_title_language_and_date(real: Handbook) -> None:
    pdf = printed(real, "statement")
    facts = pdf.raw.get_metadata_dict()
    assert facts["Title"] == "Statement of 15 September 2010"
    assert facts["Author"] == ""  # nobody is made up
    assert real.manifest.as_of is not None
    assert facts["CreationDate"].startswith("D:20261128")
    assert pdf.language == "en-GB"


def test_a_given_title_is_printed_and_told(real: Handbook) -> None:
    pdf = printed(real, "statement#r3", title='Monday: "independence" \\ [and] #more')
    assert pdf.raw.get_metadata_dict()["Title"] == 'Monday: "independence" \\ [and] #more'
    assert 'Monday: "independence" \\ [and] #more' in pdf.body


def test_the_outline_has_every_section_at_its_level(real: Handbook) -> None:
    pdf = printed(real, "statement")
    sections = real.chapters["statement"].sections
    assert [title for _, title, _ in pdf.outline] == [section.title for section in sections]
    assert [level for level, *_ in pdf.outline] == [0, 1, 1, 2, 2, 3, 3, 3, 2, 2]


def test_levels_begin_at_one_and_leave_none_out(real: Handbook) -> None:
    pdf = printed(real, "statement#r2", "statement#b1", "about#rights", "statement#r4")
    assert [level for level, *_ in pdf.outline] == [0, 1, 1, 1, 0, 0]


def test_pages_are_tagged(sampler: Handbook) -> None:
    pdf = printed(sampler, "kinds", options=WITH_CONTENTS)
    assert pdfium.FPDFCatalog_IsTagged(pdf.raw)
    tags = [tag for page in range(len(pdf)) for tag in pdf.tags(page)]
    assert {"H1", "H2", "P", "L", "LI", "Table", "TR", "TH", "TD", "Link", "Note", "Code", "TOC"} <= set(tags)
    assert tags.index("H1") < tags.index("H2") < tags.index("H3")


@pytest.mark.parametrize("address", ["kinds", "rules", "words", "words#b2"])
def test_the_file_claims_both_standards(sampler: Handbook, address: str) -> None:
    data = to_pdf(sampler, Handout((address,)))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data


def test_more_than_two_sections_have_contents(real: Handbook) -> None:
    three, two = ("statement#r1", "statement#r3", "statement#r4"), ("statement#r1", "statement#r3")
    assert "Contents" in printed(real, *three, options=WITH_CONTENTS).body
    assert "Contents" not in printed(real, *two, options=WITH_CONTENTS).body
    assert "Contents" not in printed(real, *three).body  # fewer than six pages are found without a list
    assert "Contents" in printed(real, "statement", "instruments").body
    assert "Contents" not in printed(real, "statement", "instruments", options=PrintOptions(contents="no")).body


def test_a_title_is_not_printed_twice(real: Handbook) -> None:
    title = "3. Respect and value the independence of NGOs"
    assert printed(real, "statement#r3").body.count(title) == 1
    assert printed(real, "about").body.count("About this handbook") == 1


@pytest.mark.parametrize("options", [A4, BOOKLET], ids=name_of)
def test_the_same_handout_gives_the_same_bytes(real: Handbook, options: PrintOptions) -> None:
    handout = Handout(("statement", "about"), options)
    here = hashlib.sha256(to_pdf(real, handout)).hexdigest()
    assert hashlib.sha256(to_pdf(load(real.folder), handout)).hexdigest() == here
    code = (
        "import hashlib, sys; from pathlib import Path; from handbook.content.loading import load;"
        "from handbook.handout.options import PrintOptions; from handbook.handout.selection import Handout;"
        "from handbook.printing.typeset import to_pdf;"
        f"handout = Handout(('statement', 'about'), {options!r});"
        "print(hashlib.sha256(to_pdf(load(Path(sys.argv[1])), handout)).hexdigest())"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", code, str(real.folder)],
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert fresh.stdout.strip() == here


# -- Links --------------------------------------------------------------------------------------------------


def test_links_within_the_handout_lead_to_their_page_and_name_it(tmp_path: Path) -> None:
    one = (
        "# One\n\nSee [the rules](two#rules) and [a paragraph](#spot).\n\n" + "Filler.\n\n" * 60 + "Here.\n{: #spot }\n"
    )
    two = "# Two\n\n" + "Filler.\n\n" * 70 + "## Ground rules {#rules}\n\nText.\n"
    pdf = printed(made(tmp_path, one=one, two=two), "one", "two")
    (rules,) = (page for _, title, page in pdf.outline if title == "Ground rules")
    (spot,) = (page + 1 for page in range(len(pdf)) if re.search(r"(?m)^Here\.$", pdf.text(page)))
    assert f"See the rules (page {rules}) and a paragraph (page {spot})." in pdf.body
    links = dict(pdf.links(0))
    assert links["the rules"] == rules
    assert links["a paragraph"] == spot
    assert 1 < spot < rules


def test_every_link_of_the_contents_leads_where_it_says(real: Handbook) -> None:
    pdf = printed(real, "statement", options=WITH_CONTENTS)
    found = [(text, page) for text, page in pdf.links(0) if re.search(r"\. \d+$", text)]
    assert len(found) >= 6
    assert all(text.endswith(f" {page}") for text, page in found)


def test_a_link_to_what_is_not_in_the_handout_gives_its_name(tmp_path: Path) -> None:
    one = "# One\n\nSee [the rules](two#rules), [Ground rules](two#rules) and [nothing](gone#x).\n"
    handbook = made(tmp_path, one=one, two="# Two\n\n## Ground rules {#rules}\n\nText.\n")
    pdf = printed(handbook, "one")
    assert "See the rules (“Ground rules”), Ground rules and nothing." in pdf.body
    assert pdf.links(0) == []


def test_a_link_out_gives_its_address(tmp_path: Path) -> None:
    text = (
        "# One\n\nSee [our pages](https://example.org/a?b=1), <https://example.net/>, "
        "[us](mailto:a@example.org), [a file](file:///etc/passwd) and [a script](javascript:alert(1)).\n"
    )
    pdf = printed(made(tmp_path, one=text), "one")
    shown = " ".join(pdf.body.split())
    assert "See our pages (https://example.org/a?b=1), https://example.net/, us (a@example.org)" in shown
    assert "a file (file:///etc/passwd)" in shown
    targets = {target for _, target in pdf.links(0)}
    assert targets == {"https://example.org/a?b=1", "https://example.net/", "mailto:a@example.org"}


# -- Booklets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", range(1, 42))
def test_a_folded_booklet_reads_from_first_to_last(pages: int) -> None:
    sides = sheets.folding_order(pages)
    folds = [(sides[n], sides[n + 1]) for n in range(0, len(sides), 2)]
    # Fold: the right half of each front and the left half of each back are the first leaves, from the outer
    # sheet inwards; then the other halves, from the inner sheet outwards.
    order = [page for front, back in folds for page in (front[1], back[0])]
    order += [page for front, back in reversed(folds) for page in (back[1], front[0])]
    assert order == list(range(1, len(order) + 1))
    assert len(order) % 4 == 0
    assert pages <= len(order) < pages + 4


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("leaves", [2, 3, 4, 5, 9])
def test_a_booklets_sheets_hold_its_pages_in_folding_order(tmp_path: Path, leaves: int, paper: Paper) -> None:
    handbook = made(tmp_path, one="# One\n\n" + "\n\n".join(filler(f"p{n}", 150) for n in range(leaves)))
    pdf = printed(handbook, "one", options=PrintOptions(paper, booklet=True))
    numbers = [half_numbers(pdf, page) for page in range(len(pdf))]
    total = max(number for side in numbers for number in side)
    expected = [tuple(n if n <= total else 0 for n in side) for side in sheets.folding_order(total)]
    assert numbers == expected


def half_numbers(pdf: Pdf, page: int) -> tuple[int, int]:
    """The page numbers at the foot of the left and the right half of a sheet; 0 where it is blank."""
    width, height = pdf.raw.get_page_size(page)
    found = []
    for left in (0, width / 2):
        text = pdf.words(page).get_text_bounded(left, 0, left + width / 2, height)
        number = re.search(r"page (\d+) of \d+", text)
        assert number or not text.strip()
        found.append(int(number.group(1)) if number else 0)
    return found[0], found[1]


def test_a_booklets_text_is_not_shrunk_and_complete(real: Handbook) -> None:
    pdf = printed(real, "statement", options=BOOKLET)
    assert 11 in pdf.letter_heights(1, "NGOs")
    halves: dict[int, str] = {}
    for page in range(len(pdf)):
        width, height = pdf.raw.get_page_size(page)
        for number, left in zip(half_numbers(pdf, page), (0, width / 2), strict=True):
            halves[number] = pdf.words(page).get_text_bounded(left, 17 * MM, left + width / 2, height - 19 * MM)
    (statement,) = words(real, "statement")
    assert letters(statement) in letters(
        without_numbers("".join(halves[number] for number in sorted(halves) if number))
    )
    assert pdf.raw.get_metadata_dict()["Title"] == "Statement of 15 September 2010"


@pytest.mark.parametrize("mark", ["-", "1.", "- [ ]"])
def test_a_list_of_one_item_stands_closer_to_the_paragraph_above_it_than_a_paragraph_does(mark: str) -> None:
    book = handbook_of({"one.md": f"# One\n\nFirst words.\n\nSecond words.\n\n{mark} Third words.\n"})
    read = Pdf(to_pdf(book, Handout(("one",))))
    feet = [box[1] for word in ("First", "Second", "Third") for box, said in runs(read, 0) if said.startswith(word)]
    first, second, third = feet
    assert second - third < first - second - 3


def test_paragraphs_of_a_quotation_stand_as_far_apart_as_others() -> None:
    book = handbook_of({"one.md": "# One\n\nFirst.\n\nSecond.\n\n> Third.\n>\n> Fourth.\n"})
    read = Pdf(to_pdf(book, Handout(("one",))))
    said = ("First", "Second", "Third", "Fourth")
    first, second, third, fourth = (box[1] for word in said for box, words in runs(read, 0) if words.startswith(word))
    assert third - fourth == pytest.approx(first - second, abs=0.5)


# -- Golden files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "handout"),
    [
        (
            "everything",
            Handout(("kinds", "rules#safety", "words"), PrintOptions("letter", 14, notes="column"), "All"),
        ),
        ("chapter", Handout(("words",))),
        ("section", Handout(("words#b2",), PrintOptions(booklet=True))),
    ],
)
def test_the_document_is_as_agreed(sampler: Handbook, name: str, handout: Handout) -> None:
    ours = library("blocks", "page", "front")
    text = markup(sampler, handout).replace(ours, "// blocks.typ, page.typ and front.typ stand here\n")
    agreed = GOLDEN / f"{name}.typ"
    if os.environ.get("UPDATE_GOLDEN"):
        agreed.write_text(text, encoding="utf-8")
    assert text == agreed.read_text(encoding="utf-8"), "if meant: UPDATE_GOLDEN=1 pytest …, and read the diff"
