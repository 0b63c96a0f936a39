"""The tags of a PDF, read back: what a screen reader goes by in the file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import print_workshop, to_pdf
from handbook.workshop import file, ready_files
from tests.helpers import CONTENT, write
from tests.pictures import png
from tests.printed import Pdf, wide

SOURCE = """# Title

First words, with a [link](#two).

- one
- two
    1. inner

| Name | Number |
|---|---|
| left | 12 |
| more | 14 |

> Quoted words.

![What is drawn](drawn.png)

## Two {#two}

Last words.
"""


class Tag(NamedTuple):
    """An element of the structure: its type, alternative text, and what is in it."""

    kind: str
    alternative: str
    inside: tuple[Tag, ...]

    def walk(self) -> list[Tag]:
        return [self, *(one for child in self.inside for one in child.walk())]


def tags_of(pdf: Pdf) -> list[Tag]:
    """All elements of all pages, in reading order; one that goes over pages once for each."""
    return [tag for page in range(len(pdf)) for tag in tags_of_page(pdf, page)]


def tags_of_page(pdf: Pdf, page: int) -> list[Tag]:
    """All elements of a page, in reading order."""

    def read(element: object) -> Tag:
        count = pdfium.FPDF_StructElement_CountChildren(element)
        children = (pdfium.FPDF_StructElement_GetChildAtIndex(element, number) for number in range(count))
        return Tag(
            wide(pdfium.FPDF_StructElement_GetType, element),
            wide(pdfium.FPDF_StructElement_GetAltText, element),
            tuple(read(child) for child in children if child),
        )

    found: list[Tag] = []
    tree = pdfium.FPDF_StructTree_GetForPage(pdf.raw[page])
    for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        found += read(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number)).walk()
    pdfium.FPDF_StructTree_Close(tree)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"page.md": SOURCE, "drawn.png": png(40, 30)})


def printed(folder: Path, **options: object) -> Pdf:
    book = load(folder)
    return Pdf(to_pdf(book, Handout(("page",), PrintOptions(**options))))  # type: ignore[arg-type]  # any option


@pytest.mark.parametrize("size", [11, 18])
def test_headings_lists_tables_and_links_are_tagged_in_reading_order(size: int, folder: Path) -> None:
    pdf = printed(folder, size=size)
    kinds = [tag.kind for tag in tags_of(pdf)]
    order = [kinds.index(kind) for kind in ("H1", "Link", "L", "Table", "BlockQuote", "Figure", "H2")]
    assert order == sorted(order)
    assert pdf.language == "en-GB"


def test_items_lie_in_lists_and_inner_lists_in_their_list(folder: Path) -> None:
    outer = next(tag for tag in tags_of(printed(folder)) if tag.kind == "L")
    assert [tag.kind for tag in outer.inside] == ["LI", "LI", "L"]  # as PDF has inner lists


def test_the_first_row_of_a_table_holds_header_cells(folder: Path) -> None:
    table = next(tag for tag in tags_of(printed(folder)) if tag.kind == "Table")
    rows = [[cell.kind for cell in tag.inside] for tag in table.walk() if tag.kind == "TR"]
    assert rows == [["TH", "TH"], ["TD", "TD"], ["TD", "TD"]]


def test_a_picture_has_its_alternative_text(folder: Path) -> None:
    assert [tag.alternative for tag in tags_of(printed(folder)) if tag.kind == "Figure"] == ["What is drawn"]


def test_la_stradas_words_are_a_quotation_with_its_headings_in_it(real: Handbook) -> None:
    tags = tags_of(Pdf(to_pdf(real, Handout(("statement",), PrintOptions()))))
    quotations = [tag for tag in tags if tag.kind == "BlockQuote"]
    assert quotations
    inside = [one.kind for tag in quotations for one in tag.walk()]
    assert inside.count("P") > 10
    assert "H2" in inside


def test_every_table_of_a_trainers_packet_says_what_its_columns_are(real: Handbook) -> None:
    """Rule 15-003 of the Matterhorn protocol: what has no head, such as the facts of a plan, is no table."""
    path = next(path for path in ready_files(CONTENT) if path.stem == "referral-in-our-town")
    pdf = Pdf(print_workshop(real, file.read(path).workshop, ["trainer"]).pdf)
    tables = [[tag.kind for tag in tags_of_page(pdf, page)] for page in range(len(pdf))]
    with_table = [page for page, kinds in enumerate(tables) if "Table" in kinds]
    assert with_table
    for page in with_table:  # one that goes on overleaf has its head on the page where it begins
        assert "TH" in tables[page] or (page - 1 in with_table and "TH" in tables[page - 1]), page + 1
