"""The line that says whether a page is a translation."""

from pathlib import Path

from handbook.content import markup
from handbook.content.parse_cache import Parsed
from handbook.ui.reading.page_source import chapter_page, chapter_tree
from handbook.ui.reading.translation_note import translation_note
from tests.content.test_translation import POLISH, made
from tests.helpers import handbook_of


def test_a_translated_page_leads_to_the_english_words_and_back(tmp_path: Path) -> None:
    book = made(tmp_path, POLISH)
    there = translation_note(book, book.chapters["one"])
    assert "no native speaker" in there.words
    assert there.link == ("Read it in English", "one.en")
    assert translation_note(book, book.chapters["one.en"]).link == ("Read the translation", "one")
    assert translation_note(book, book.chapters["two"]).link is None
    assert "not translated yet" in translation_note(book, book.chapters["two"]).words


def test_an_offices_own_translation_names_its_source(tmp_path: Path) -> None:
    book = made(tmp_path, {"one.md": '+++\nsource = "Made by an office, 2026."\n+++\n# Jeden\n'})
    assert translation_note(book, book.chapters["one"]).words == "This page is a translation. Made by an office, 2026."


def test_the_line_stands_below_the_title(tmp_path: Path) -> None:
    book = made(tmp_path, POLISH)
    tree = chapter_tree(book, book.chapters["two"], Parsed(tmp_path))
    assert [child.tag for child in tree][:2] == ["h1", "p"]
    assert "not translated yet" in markup.words_of(tree)


def test_a_translated_statement_is_not_called_unchanged(tmp_path: Path) -> None:
    book = made(tmp_path, {"statement.md": '+++\nsource = "An office, 2012"\n+++\n# Oświadczenie\n\nIch słowa.\n'})
    page = chapter_page(book, book.chapters["statement"], Parsed(tmp_path)).html
    assert "unchanged" not in page
    assert "a translation that was put in on this computer: La Strada, 2010. An office, 2012." in page
    assert "unchanged" in chapter_page(book, book.chapters["statement.en"], Parsed(tmp_path)).html


def test_without_a_translation_there_is_no_line(tmp_path: Path) -> None:
    book = handbook_of({"one.md": "# One\n\nWords.\n"})
    assert "transl" not in markup.words_of(chapter_tree(book, book.chapters["one"], Parsed(tmp_path)))
