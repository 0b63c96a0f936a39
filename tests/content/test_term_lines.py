"""The terms in other languages on a glossary's page."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from handbook.base import catalogue
from handbook.content import markup, term_lines
from handbook.content.loading import load
from handbook.presenting.slides import slides_of, with_terms

CONTENT = Path(__file__).resolve().parents[2] / "content" / "en"


class _Polish(gettext.NullTranslations):
    def info(self) -> dict[str, str]:
        return {"language": "pl"}


@pytest.fixture
def in_polish() -> object:
    before = catalogue.in_use()
    catalogue.use(_Polish())
    yield
    catalogue.use(before)


def test_each_term_has_a_line_with_the_languages() -> None:
    tree = markup.parse(load(CONTENT).chapters["glossary"])
    term_lines.add_to_page(tree, CONTENT)
    blocks = list(tree)
    at = next(n for n, block in enumerate(blocks) if block.get("id") == "trafficking-in-human-beings")
    words = markup.words_of(blocks[at + 2])
    assert "Ukrainian: торгівля людьми" in words
    assert "Polish: handel ludźmi" in words
    assert "[official text]" in words
    assert blocks[at + 3].tag == "ul"


@pytest.mark.usefixtures("in_polish")
def test_the_programs_language_stands_first_with_its_traps() -> None:
    assert term_lines.languages(CONTENT)[0] == "pl"
    tree = markup.parse(load(CONTENT).chapters["glossary"])
    term_lines.add_to_page(tree, CONTENT)
    blocks = list(tree)
    at = next(n for n, block in enumerate(blocks) if block.get("id") == "trafficking-in-human-beings")
    assert markup.words_of(blocks[at + 2]).startswith("Polish: handel ludźmi")


def test_a_slide_has_a_term_in_two_languages_and_the_trap() -> None:
    book = load(CONTENT)
    made = with_terms(slides_of(book, book.chapters["glossary"]), CONTENT, "bg")
    slide = next(one for one in made if one.address.anchor == "smuggling-of-migrants")
    assert slide.title == "Smuggling of migrants"
    assert "трафик" in markup.words_of(slide.blocks[0])
    entries = term_lines.by_anchor(CONTENT, "bg")["smuggling-of-migrants"]
    for trap in term_lines.traps(entries):
        assert trap in markup.words_of(slide.blocks[1])


def test_a_handbook_without_terms_stays_as_it_is(tmp_path: Path) -> None:
    tree = markup.parse(load(CONTENT).chapters["glossary"])
    count = len(list(tree))
    term_lines.add_to_page(tree, tmp_path)
    assert len(list(tree)) == count
