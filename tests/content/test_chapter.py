"""A chapter: its title, its sections and their anchors, its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.loading import load
from tests.content.small_handbook import ONE, faults, found
from tests.helpers import chapter_of, handbook_of, write


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    chapter = chapter_of(ONE)
    sections = {section.address.anchor: section for section in chapter.sections}
    assert list(sections) == ["", "alpha", "inside", "beta"]
    assert sections["alpha"].end == sections["beta"].start
    assert chapter.text(sections["alpha"]) == "Words of alpha."
    assert chapter.text(sections["inside"]) == "Words inside."
    assert chapter.text(sections[""]) == "Words of one."
    assert sections["inside"].path == ("Pages", "One", "Alpha")
    assert chapter.anchors["marked"] is sections["inside"]


def test_a_text_without_headings_is_one_section() -> None:
    chapter = chapter_of("Only words.\n\nAnd more.\n")
    assert chapter.title == "Page"  # of page.md
    assert [chapter.text(section) for section in chapter.sections] == ["Only words.\nAnd more."]


@pytest.mark.parametrize("level", range(1, 7))
def test_a_single_heading_at_the_top_is_the_title_whatever_its_level(level: int) -> None:
    chapter = chapter_of(f"{'#' * level} Title\n\nWords.\n")
    assert [(one.title, one.level, chapter.text(one)) for one in chapter.sections] == [("Title", 0, "Words.")]


def test_of_several_headings_only_one_of_the_first_level_is_the_title() -> None:
    chapter = chapter_of("## One\n\nWords.\n\n## Two\n")
    assert [(one.title, one.level) for one in chapter.sections] == [("One", 0), ("One", 2), ("Two", 2)]
    chapter = chapter_of("# One\n\nWords.\n\n## Two\n")
    assert [(one.title, one.level) for one in chapter.sections] == [("One", 0), ("Two", 2)]


def test_a_section_holds_itself_and_what_is_below_it() -> None:
    chapter = chapter_of("## One\n\nWords.\n\n### Inside\n\n## Two\n")
    top, one, inside, two = chapter.sections
    assert [section.title for section in chapter.sections if top.holds(section)] == ["One", "One", "Inside", "Two"]
    assert [section for section in chapter.sections if one.holds(section)] == [one, inside]
    assert [section for section in chapter.sections if two.holds(section)] == [two]
    other = handbook_of({"a.md": "# A\n", "b.md": "# B\n"}).chapters
    assert not other["a"].sections[0].holds(other["b"].sections[0])


def test_a_line_is_in_the_section_of_the_heading_above_it_or_on_it() -> None:
    chapter = chapter_of("Before.\n\n# T\n\n## One\n\nWords.\n\n### Inside\n\n## Two\n")
    at = [chapter.section_at(line).title for line in range(11)]
    assert at == ["T"] * 4 + ["One"] * 4 + ["Inside"] * 2 + ["Two"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("*All of it*", "All of it"),
        ("***Both***", "Both"),
        ("_One_ and **two**", "One and two"),
        ("*Not closed", "*Not closed"),
        ("Not opened**", "Not opened**"),
        ("2 \\* 2", "2 * 2"),
    ],
)
def test_a_title_has_no_signs_of_markdown(written: str, title: str) -> None:
    assert chapter_of(f"# {written}\n").title == title


def test_words_before_the_first_heading_belong_to_the_chapter() -> None:
    chapter = chapter_of("Before.\n\n# Title\n\nAfter.\n")
    assert chapter.title == "Title"
    assert [(one.title, chapter.text(one)) for one in chapter.sections] == [("Title", "Before."), ("Title", "After.")]


def test_equal_titles_get_anchors_of_their_own() -> None:
    chapter = chapter_of("# Top\n\n## Same\n\n## Same\n\n## Other {#same-2}\n\n## Same\n")
    anchors = [section.address.anchor for section in chapter.sections[1:]]
    assert anchors == ["same", "same-1", "same-2", "same-3"]
    listed = handbook_of(
        {
            "handbook.toml": 'title = "B"\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["page"]\n',
            "page.md": "\n".join(chapter.lines),
        }
    ).chapters["page"]
    anchors = [section.address.anchor for section in listed.sections[1:]]
    assert anchors == ["same", "same-3", "same-2", "same-4"]


@pytest.mark.parametrize("text", ["", "\n", "+++\n+++\n", "+++", "<!-- nothing -->", "\ufeff", "#", "   \n\t\n"])
def test_an_empty_file_is_a_chapter_without_words(text: str) -> None:
    chapter = chapter_of(text)
    assert chapter.text(chapter.sections[0]) in ("", "#")


def test_an_anchor_used_twice_leads_to_the_first() -> None:
    handbook = handbook_of({"page.md": "# T\n\n## A {#x}\n\n## B {#x}\n\nWords.\n{: #x }\n"})
    assert found(handbook, "page#x").title == "A"
    assert found(handbook, "page#b").title == "B"  # still has an address
    assert [fault.line for fault in handbook.faults] == [5, 8]


def test_a_fault_below_front_matter_has_the_files_line() -> None:
    handbook = handbook_of({"page.md": '+++\nkind = "text"\n+++\n# T\n\n## A {#a}\n\n## B {#a}\n'})
    assert faults(handbook) == ["page.md:8: anchor '#a' is used twice in this file"]


def test_words_drawn_in_a_picture_and_pictures_are_those_of_the_chapters_folder(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="5" y="20">Drawn</text></svg>'
    files = {"page.md": "# Page\n\n![Two boxes](a.svg)\n", "a.svg": drawing}
    chapter = load(write(tmp_path, files)).chapters["page"]
    assert getattr(chapter.picture("a.svg"), "name", "") == "a.svg"
    assert "Drawn" in chapter.text(chapter.sections[0])
    assert chapter_of("# Page\n").picture("a.svg") == "missing"
