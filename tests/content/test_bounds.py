"""Texts with more markup than anybody writes: they open, stay readable, and check names them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.check import check
from handbook.content import bounds, markup, python_markdown
from handbook.content.html import to_html
from handbook.content.loading import load
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from handbook.search.index import Index
from tests.helpers import PROCESSOR, ROOT, chapter_of, handbook_of
from tests.printed import Pdf

TOO_MUCH = {
    "brackets": "[" * 5000,
    "pictures": "![a](" * 5000,
    "stars": "*a " * 5000,
    "code": "`a " * 5000,
    "tags": "<a " * 5000,
    "fences": "```\n\n" * 1200,
    "table": "| a | b |\n|---|---|\n" + "| word [x](y) | *b* |\n" * 1600,
    "quotations": "> " * 300 + "x",
    "lists": "\n".join("    " * level + "- a" for level in range(300)),
    "items": "- " * 400 + "a",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_it_opens_prints_and_is_named_by_check(name: str) -> None:
    book = handbook_of({"one.md": f"# One\n\nBefore.\n\n{TOO_MUCH[name]}\n\nBehind.\n", "two.md": "# Two\n\nOther.\n"})
    root = markup.parse(book.chapters["one"])
    assert "Before." in to_html(root)
    assert "one.md" in {fault.file for fault in check(book)}
    if name != "table":  # a hundred pages
        body = Pdf(to_pdf(book, Handout(("one", "two")))).body
        assert "Before." in body
        assert "Other." in body


@pytest.mark.parametrize("terms", [2, 20, 300])
def test_terms_without_empty_lines_stand_side_by_side(terms: int) -> None:
    source = "# Terms\n\n" + "".join(f"Word {n}\n:   meaning {n}\n" for n in range(terms))
    root = markup.parse(chapter_of(source))
    (listing,) = root.findall("dl")
    assert ["".join(term.itertext()).strip() for term in listing.findall("dt")] == [f"Word {n}" for n in range(terms)]
    assert not listing.findall("dd//dl")


def test_a_meaning_of_several_lines_and_code_keep_their_form() -> None:
    source = "# T\n\nOne\n:   first line\n    second line\nTwo\nThree\n:   shared\n\n```\nx\n:   y\nz\n:   y\n```\n"
    root = markup.parse(chapter_of(source))
    (listing,) = root.findall("dl")
    assert [child.tag for child in listing] == ["dt", "dd", "dt", "dt", "dd"]
    code = root.find("pre")
    assert code is not None
    assert "".join(code.itertext()).count("\n\n") == 0


def test_a_text_within_the_limits_is_as_it_was() -> None:
    for chapter in load(ROOT / "content" / "en").chapters.values():
        text = "\n".join(chapter.lines)
        assert bounds.within_limits(text) == (text, "")


@pytest.mark.parametrize("depth", [bounds.DEEPEST, 50, 300])
def test_deep_quotations_lose_no_word(depth: int) -> None:
    root = markup.parse(chapter_of("# T\n\n" + "".join(f"{'> ' * level}w{level}\n\n" for level in range(1, depth))))
    words = markup.words_of(root).split()
    assert [word for word in words if word.startswith("w")] == [f"w{level}" for level in range(1, depth)]


@given(st.lists(st.sampled_from(["> ", "- ", "    ", "1. ", "a", "\n", "\n\n", ":   ", "!!! note\n"]), max_size=120))
def test_no_nesting_stops_a_page(pieces: list[str]) -> None:
    to_html(markup.parse(chapter_of("# T\n\n" + "".join(pieces))))


# -- Texts without end ----------------------------------------------------------------------------------------

MB = 1_000_000
ENDLESS = {
    "a paragraph": "some words of it " * 300_000,
    "a word": "x" * MB,
    "a word in Cyrillic": "ж" * MB,
    "a title": "# " + "word " * 200_000,
    "headings": "## Same\n\n" * 20_000,
    "headings in each other": "".join(f"{'#' * (1 + n % 6)} Same\n\n" for n in range(20_000)),
    "items": "- item [a](b) text\n" * 20_000,
    "paragraphs": "some words of it and more\n\n" * 30_000,
    "a table": "| a | b |\n|---|---|\n" + "| some words | more of them here |\n" * 28_000,
    "columns": "|" + "a|" * 20_000 + "\n|" + "---|" * 20_000 + "\n|" + "b|" * 20_000,
    "blanks behind a fence": "```" + " " * 100_000 + "x\n",
    "blanks in a title": "# x" + " " * 100_000 + "y",
    "fences": "```\n" * 5000,
    "fences, each longer": "\n".join("`" * n for n in range(3, 800)),
    "comments": "<!--" * 50_000,
    "attributes": "*x*{: .a " * 5000,
    "footnotes without a text": "[^x] " * 20_000,
    "references": "[a][b] " * 20_000 + "\n\n[b]: c",
    "escapes": "\\" * 100_000,
    "numbers of characters": "&#" * 50_000,
    "addresses": "<http://" * 20_000,
    "tags": "<div>" * 5000,
    "tags in many paragraphs": ("<a " * 390 + "\n\n") * 400,
    "brackets in many paragraphs": ("[a " * 390 + "\n\n") * 400,
    "links in many paragraphs": ("[a](b) " * 390 + "\n\n") * 150,
    "empty lines": "\n" * 490_000,
    "returns": "\r" * 490_000,
    "accents that no letter carries": "\u0301 " * 240_000,
    "stars in many paragraphs": ("*a " * 390 + "\n\n") * 400,
}


def spent() -> float:
    """Seconds of the processor, with those of the processes that have ended."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_without_end_is_read_and_found_soon(name: str) -> None:
    before = spent()
    book = handbook_of({"one.md": f"# One\n\nBefore.\n\n{ENDLESS[name]}\n", "two.md": "# Two\n\nOther.\n"})
    page = to_html(markup.parse(book.chapters["one"]))
    assert "Before." in page
    assert len(page) < 3 * MB
    found = Index.in_memory(book).search("before other")
    assert {hit.address for hit in found.hits} == {"one", "two"}
    check(book)
    assert spent() - before < PROCESSOR / 3  # two seconds on a quiet machine; before, some never ended


@pytest.mark.parametrize(
    "name", ["a paragraph", "a word", "headings", "items", "columns", "references", "accents that no letter carries"]
)
def test_a_text_without_end_is_printed_soon(name: str) -> None:
    book = handbook_of({"one.md": f"# One\n\nBefore.\n\n{ENDLESS[name]}\n", "two.md": "# Two\n\nOther.\n"})
    before = spent()
    body = Pdf(to_pdf(book, Handout(("two", "one")))).body
    assert "Other." in body
    assert "Before." in body
    assert spent() - before < PROCESSOR


@pytest.mark.parametrize("name", ["a paragraph", "a word", "headings", "items", "paragraphs", "empty lines"])
def test_what_is_left_out_is_said_on_the_page_and_by_check(name: str) -> None:
    book = handbook_of({"one.md": f"# One\n\n{ENDLESS[name]}\n"})
    assert any("the rest is left out" in fault.message for fault in book.faults)
    (note,) = markup.parse(book.chapters["one"]).findall("div[@class='admonition note']")
    assert "The rest of it is left out here." in markup.words_of(note)


def test_a_text_of_the_longest_is_whole() -> None:
    source = "".join(f"Paragraph {n} {'with some words ' * 8}\n\n" for n in range(3000))
    assert bounds.within_limits(source) == (source, "")
    source = "# T\n\n" + "".join(f"- [item {n}](page#x) and `code`, *so* {{x}}\n" for n in range(3000))
    assert bounds.within_limits(source) == (source, "")


def test_pictures_written_into_a_text_take_no_room() -> None:
    data = "data:image/png;base64," + "iVBORw0KGgo" * 200_000 + "=="
    book = handbook_of({"one.md": f"# One\n\n![][image1]\n\nBehind.\n\n[image1]: <{data}>\n\nEnd ![plan]({data}).\n"})
    assert not book.faults
    assert markup.words_of(markup.parse(book.chapters["one"])) == "One Behind. End plan."


def test_code_keeps_its_blanks_before_a_line() -> None:
    source = "```\n" + " " * 60 + "x\n```\n\n" + " " * 60 + "- y\n"
    text, said = bounds.within_limits(source)
    assert text.startswith("```\n" + " " * 60 + "x\n```")
    assert "set flat" in said


def test_a_chapter_that_python_markdown_cannot_read_is_shown_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    book = handbook_of({"one.md": "# One\n\nSome *words*.\n", "two.md": "# Two\n\nOther.\n"})
    convert = python_markdown.convert

    def fails(source: str) -> object:
        if "One" in source:
            raise ValueError(source)
        return convert(source)

    monkeypatch.setattr(python_markdown, "convert", fails)
    assert "Some *words*." in to_html(markup.parse(book.chapters["one"]))
    assert [str(fault) for fault in check(book)] == ["one.md: its Markdown can't be read: it is shown as it is written"]
    body = Pdf(to_pdf(book, Handout(("one", "two")))).body
    assert "Some *words*." in body
    assert "Other." in body


CASES = ROOT / "tests" / "cases"


def test_the_case_of_three_hundred_terms(tmp_path: Path) -> None:
    book = load(CASES / "deep-definition-list" / "input")
    body = Pdf(to_pdf(book, Handout(("start", "terms")))).body
    assert "Word 299" in body
    assert not [fault for fault in check(book) if fault.file == "terms.md"]
