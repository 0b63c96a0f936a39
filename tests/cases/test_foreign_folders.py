"""Folders of Markdown of other people, each with the right value that its README.md names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from handbook.check import check
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.html import to_html
from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from handbook.search.index import Index
from tests.printed import Pdf

CASES = Path(__file__).parent


@cache
def book(case: str) -> Handbook:
    return load(CASES / case / "input")


@cache
def index(case: str) -> Index:
    return Index.in_memory(book(case))


def links(case: str, file: str) -> list[str]:
    """The files that the links of a file lead to, "" where they lead nowhere."""
    handbook = book(case)
    chapter = next(one for one in handbook.chapters.values() if one.file == file)
    found = [handbook.find(link.get("href", "")) for link in markup.parse(chapter).iter("a")]
    return [handbook.chapters[section.address.chapter].file if section else "" for section in found]


def snippets(case: str, query: str) -> list[str]:
    return [hit.snippet for hit in index(case).search(query).hits]


def test_a_file_with_a_space_in_its_name_is_reached_by_each_form_of_link() -> None:
    assert links("file-with-space", "start.md") == ["list of rooms.md"] * 3 + ["зал.md"]
    assert not check(book("file-with-space"))


def test_links_lead_to_the_file_that_their_path_names() -> None:
    assert links("same-name-files", "programme.md") == ["arrival/index.md", "evening/index.md"]
    assert links("same-name-files", "evening/index.md") == ["arrival/index.md"]
    assert links("same-name-files", "arrival/index.md") == ["programme.md"]
    assert not check(book("same-name-files"))


def test_they_lead_there_on_paper_too() -> None:
    handbook = book("same-name-files")
    body = " ".join(Pdf(to_pdf(handbook, Handout(tuple(handbook.chapters)))).body.split())
    assert re.search(r"First the arrival [(→]*\w+ ?\d*\)?, then the evening", body)


def test_words_of_pictures_are_found_as_they_stand_on_the_page() -> None:
    case = "picture-in-link"
    assert "Chairs in a ring" in to_html(markup.parse(book(case).chapters["hall"]))
    assert snippets(case, "ring")
    assert snippets(case, "plan hall")
    text = "\n".join(book(case).chapters["hall"].text(section) for section in book(case).chapters["hall"].sections)
    assert text.split("\n") == [
        "Seats for all: Plan of the hall",
        "A bigger one: Chairs in a ring, door on the left",
        "words (in brackets)",
    ]


def test_what_nothing_defines_is_found_as_it_stands_on_the_page() -> None:
    case = "undefined-notes"
    assert "[^lost]" in to_html(markup.parse(book(case).chapters["notes"]))
    assert snippets(case, "lost")
    assert snippets(case, "nowhere else")
    assert [str(fault) for fault in check(book(case))] == ["notes.md:3: footnote 'lost' has no text"]


def test_front_matter_in_yaml_is_no_text() -> None:
    handbook = book("yaml-front-matter")
    assert not check(handbook)
    assert [chapter.title for chapter in handbook.chapters.values()] == ["Coffee in the hall", "Session on trust"]
    pages = "".join(to_html(markup.parse(chapter)) for chapter in handbook.chapters.values())
    body = Pdf(to_pdf(handbook, Handout(("coffee", "session")))).body
    for word in ("break", "trainer", "30 minutes"):
        assert word not in pages
        assert word not in body
        assert not snippets("yaml-front-matter", word)
    assert "Take the stairs down." in body
    assert "Everybody says one word." in body


@pytest.mark.parametrize(
    "options",
    [PrintOptions(), PrintOptions(size=18), PrintOptions(size=18, booklet=True, single=True)],
    ids=["usual", "large", "large booklet"],
)
def test_each_note_of_a_table_stands_on_the_page_of_its_mark(options: PrintOptions) -> None:
    handbook = book("notes-in-tables")
    pdf = Pdf(to_pdf(handbook, Handout(("notes-in-table",), options)))
    source = (CASES / "notes-in-tables" / "input" / "notes-in-table.md").read_text(encoding="utf-8")
    marks = dict(re.findall(r"\| (ROW\d+) .*\[\^(n\d+b)\]", source))
    for row, note in marks.items():
        (where,) = [page for page in range(len(pdf)) if row in pdf.text(page)]
        assert f"NOTE{note[1:].zfill(3)}" in pdf.text(where, 0, 0), row
