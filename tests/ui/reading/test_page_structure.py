"""What a page is made of, and its text as it is read out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument

from handbook.content.handbook import Handbook
from handbook.content.parse_cache import Parsed
from handbook.ui.reading import page_source
from handbook.ui.reading.page_structure import Kind, Part, read_parts
from handbook.ui.reading.page_text import PageText
from handbook.ui.reading.reader import Reader
from handbook.ui.widgets.theme import LIGHT
from tests.helpers import handbook_of

NO_CACHE = Path("there is no such folder")
PAGE = """# Title

Words with a [link](#two), a [second **link**](#three) and no more.

- one
- two with [a link](#two)
    1. inner
    2. inner two

    another paragraph of two

> quoted words

!!! note "Call-out"
    In a box.

## Two {#two}

| Name | Number |
|------|--------|
| left | 12     |
| more | 14     |

!!! lines "3"
    Write here.

### Three {#three}
"""


def document_of(source: str) -> QTextDocument:
    book = handbook_of({"page.md": source})
    reader = Reader(LIGHT, 12)
    reader.show_page(page_source.chapter_page(book, book.chapters["page"], Parsed(NO_CACHE)))
    document = reader.document()
    document.setParent(None)
    return document


@pytest.fixture
def page(qapp: object) -> tuple[list[Part], PageText, QTextDocument]:
    document = document_of(PAGE)
    return read_parts(document, quoted=False), PageText(document), document


def test_headings_paragraphs_lists_quotation_boxes_and_tables_are_told_apart(
    page: tuple[list[Part], PageText, QTextDocument],
) -> None:
    parts, _, _ = page
    kinds = [part.kind for part in parts]
    assert kinds == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST,
        Kind.QUOTATION,
        Kind.BOX,
        Kind.HEADING,
        Kind.TABLE,
        *([Kind.PARAGRAPH] if kinds.count(Kind.PARAGRAPH) == 2 else []),
        Kind.ROOM,
        Kind.HEADING,
    ]
    assert [part.level for part in parts if part.kind is Kind.HEADING] == [1, 2, 3]


def test_a_link_is_one_whatever_its_letters_look_like(page: tuple[list[Part], PageText, QTextDocument]) -> None:
    parts, text, _ = page
    links = [part for part in parts[1].inside if part.kind is Kind.LINK]
    assert [(text.between(link.start, link.end), link.href) for link in links] == [
        ("link", "page#two"),
        ("second link", "page#three"),
    ]


def test_lists_lie_in_items_and_have_their_bullets(page: tuple[list[Part], PageText, QTextDocument]) -> None:
    parts, text, _ = page
    items = parts[2].inside
    assert [text.between(item.start, item.end) for item in items] == ["• one", "• two with a link"]
    inner = next(part for part in items[1].inside if part.kind is Kind.LIST)
    assert inner.level == 2
    assert [text.between(item.start, item.end) for item in inner.inside] == ["1. inner", "2. inner two"]
    below = [part for part in parts[2].walk() if part.kind is Kind.PARAGRAPH]
    assert [text.between(part.start, part.end) for part in below] == ["another paragraph of two"]


def test_cells_know_their_place_and_their_heads(page: tuple[list[Part], PageText, QTextDocument]) -> None:
    parts, text, _ = page
    table = next(part for part in parts if part.kind is Kind.TABLE)
    assert (table.rows, table.columns) == (3, 2)
    cells = [cell for row in table.inside for cell in row.inside]
    assert [text.between(cell.start, cell.end) for cell in cells] == ["Name", "Number", "left", "12", "more", "14"]
    assert [cell.head for cell in cells] == [True, True, False, False, False, False]
    assert [(cell.row, cell.column) for cell in cells][3] == (1, 1)


def test_a_table_without_thead_has_a_row_of_heads_where_all_is_bold(qapp: object) -> None:
    document = QTextDocument()
    document.setHtml(
        '<table><tr><th style="font-weight:600">a</th><th style="font-weight:600">b</th></tr>'
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    (table,) = read_parts(document, quoted=False)
    assert [cell.head for row in table.inside for cell in row.inside] == [True, True, False, False]


def test_la_stradas_words_are_a_quotation_and_our_links_beside_them_are_not_in_it(real: Handbook, qapp: object) -> None:
    reader = Reader(LIGHT, 12)
    shown = page_source.chapter_page(real, real.chapters["statement"], Parsed(NO_CACHE))
    reader.show_page(shown)
    assert "La Strada International" in shown.quoted
    parts = read_parts(reader.document(), quoted=True)
    assert [part.kind for part in parts] == [Kind.HEADING, Kind.PARAGRAPH, Kind.QUOTATION, Kind.BESIDE]
    assert not [part for part in parts[2].walk() if part.kind is Kind.LINK]
    beside = [part for part in parts[3].walk() if part.kind is Kind.LINK]
    assert len(beside) > 20
    assert {part.kind for part in parts[2].inside} == {Kind.PARAGRAPH, Kind.HEADING, Kind.LIST}


def test_every_place_of_the_text_leads_back_to_its_position(page: tuple[list[Part], PageText, QTextDocument]) -> None:
    _, text, document = page
    for position in range(document.characterCount() - 1):
        letter = document.characterAt(position)
        place = text.place_of(position)
        assert text.position_of(place) == position
        if letter.isalnum():
            assert text.of(place, place + 1) == letter


def test_a_letter_of_two_halves_shifts_nothing(qapp: object) -> None:
    document = QTextDocument("😀 one two")
    text = PageText(document)
    assert text.between(3, 6) == "one"
    assert text.of(0, 2) == "😀"
    assert text.length == document.characterCount()


def test_what_is_read_has_no_signs_without_a_meaning(real: Handbook, qapp: object) -> None:
    reader = Reader(LIGHT, 12)
    for chapter in real.chapters.values():
        reader.show_page(page_source.chapter_page(real, chapter, Parsed(NO_CACHE)))
        text = PageText(reader.document())
        odd = {
            hex(ord(letter))
            for letter in text.of(0, text.length)
            if 0xE000 <= ord(letter) < 0xF900 or letter in "\ufffc\ufdd0\ufdd1\u2028\u2029"
        }
        assert (chapter.id, odd) == (chapter.id, set())
