"""Texts with more markup than anybody writes: they open, stay readable, and check names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.check import check
from handbook.content import bounds, markup
from handbook.content.html import to_html
from handbook.content.loading import load
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from tests.helpers import ROOT, chapter_of, handbook_of
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


CASES = ROOT / "tests" / "cases"


def test_the_case_of_three_hundred_terms(tmp_path: Path) -> None:
    book = load(CASES / "deep-definition-list" / "input")
    body = Pdf(to_pdf(book, Handout(("start", "terms")))).body
    assert "Word 299" in body
    assert not [fault for fault in check(book) if fault.file == "terms.md"]
