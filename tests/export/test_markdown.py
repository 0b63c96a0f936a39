"""Markdown that this program reads again: the same trees, links that arrive, pictures that are shown."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from handbook.check import check, verbatim
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export import markdown
from handbook.export.book import OneText
from tests.exported import book, handbook_in, squeezed
from tests.helpers import examples, handbook_of
from tests.markdown import CHAPTER


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def saved(files: object, folder: Path) -> Handbook:
    folder.mkdir()
    for name, data in files.items():  # type: ignore[attr-defined]
        (folder / name).write_bytes(data)
    return load(folder)


def written(tree: Element) -> str:
    """A tree as text, without how its blocks are set apart, and what a picture's file is called."""
    made = re.sub(r' (src|data-name)="[^"]*"', "", ET.tostring(tree, "unicode"))
    return re.sub(r"\s*(</?[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", made))


def test_the_handbook_is_read_again_as_the_same_trees(real: Handbook, tmp_path: Path) -> None:
    again = saved(markdown.folder(book(real)), tmp_path / "out")
    assert list(again.chapters) == list(real.chapters)
    for name, chapter in real.chapters.items():
        assert written(markup.parse(again.chapters[name])) == written(markup.parse(chapter)), name
        assert again.chapters[name].front.kind == chapter.front.kind
        assert again.chapters[name].front.materials == chapter.front.materials
        assert again.chapters[name].title == chapter.title
    assert again.manifest.statement == real.manifest.statement
    assert not [fault for fault in again.faults if "anchor" in fault.message]


def test_a_table_without_a_head_stays_one(tmp_path: Path) -> None:
    files = markdown.folder(book(handbook_of({"a.md": "# A\n\n<table><tr><td>x</td><td>y</td></tr></table>\n"})))
    table = saved(files, tmp_path / "out").chapters["a"]
    assert "|   |   |" in files["a.md"].decode()
    assert [markup.words_of(row) for row in markup.parse(table).iter("tr")] == ["", "x y"]


def test_what_proves_the_texts_goes_along(real: Handbook, tmp_path: Path) -> None:
    """Who went on writing in the folder had a fault for each step, and nothing that proved the statement."""
    assert check(saved(markdown.folder(book(real)), tmp_path / "all")) == ()
    part = markdown.folder(book(real, "statement#r1"))
    assert verbatim.STATEMENT_DIGEST not in part  # that of the whole would say that it is not verbatim


def test_a_sharp_at_the_end_of_a_title_is_read_again(tmp_path: Path) -> None:
    files = markdown.folder(book(handbook_of({"page.md": "# Page\n\n## C#\n\n## D \\#\n\n## E\n"})))
    again = saved(files, tmp_path / "out")
    assert [section.title for section in again.sections] == ["Page", "C#", "D #", "E"]
    assert markup.words_of(markup.parse(again.chapters["page"])) == "Page C# D # E"


def test_what_it_writes_it_writes_again(handbook: Handbook, tmp_path: Path) -> None:
    first = markdown.folder(book(handbook))
    again = markdown.folder(book(saved(first, tmp_path / "out")))
    assert {name: data for name, data in again.items() if name.endswith(".md")} == {
        name: data for name, data in first.items() if name.endswith(".md")
    }
    assert first == markdown.folder(book(handbook))


def test_pictures_go_along(handbook: Handbook, tmp_path: Path) -> None:
    again = saved(markdown.folder(book(handbook)), tmp_path / "out")
    shown = [one.get("data-name") for one in markup.parse(again.chapters["text"]).iter("figure")]
    assert shown == ["picture-1.svg", "picture-2.png", None]


def test_one_text_is_one_file_and_more_are_not(handbook: Handbook) -> None:
    said = markdown.one_file(book(handbook, "plan")).decode()
    assert said.startswith("+++\n# Ours, as of 23 November 2026\n")
    assert "# Opening" in said
    for choice in (("plan", "sheet"), ("text",)):
        with pytest.raises(OneText, match="new folder"):
            markdown.one_file(book(handbook, *choice))


def test_what_is_in_an_item_with_a_long_number_is_in_it_again(tmp_path: Path) -> None:
    lines = ("!!! note", "2010. one", "", "2011. two", "", "      -   in it<br>below", "", "      -   too")
    made = book(handbook_of({"page.md": "# Page\n\n" + "\n    ".join(lines) + "\n"}))
    alone = handbook_of({"page.md": markdown.one_file(made).decode()})
    for again in (alone, saved(markdown.folder(made), tmp_path / "out")):
        (numbered,) = markup.parse(again.chapters["page"]).iter("ol")
        assert [len(item.findall("ul/li")) for item in numbered.findall("li")] == [0, 2]


@settings(max_examples=examples(100))
@given(CHAPTER)
def test_any_chapter_keeps_its_words(source: str) -> None:
    made = book(handbook_of({"page.md": source}))
    again = handbook_of({"page.md": markdown.one_file(made).decode()}).chapters["page"]
    assert squeezed(markup.words_of(markup.parse(again))) == squeezed(markup.words_of(made.texts[0].tree))
