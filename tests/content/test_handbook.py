"""The handbook as data: what stands at an address, and what is said of files that are not as they should be."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import bounded, dates
from handbook.content.address import Address, library_name
from handbook.content.chapter import Section
from handbook.content.handbook import Handbook
from handbook.content.loading import ContentError, load
from handbook.content.metadata import Material
from tests.helpers import PROCESSOR, chapter_of, handbook_of, write

MANIFEST = """
title = "Small handbook"
as_of = 2026-11-24
publisher = "The small handbook"
statement = "Someone, 2010"

[[parts]]
id = "first"
title = "First part"
chapters = ["two", "one"]
"""
ONE = """# One

Words of one.

## Alpha {#alpha}

Words of alpha.

### Inside

Words inside.

{: #marked }

## Beta

Words of beta.
"""


def faults(handbook: Handbook) -> list[str]:
    return [str(fault) for fault in handbook.faults]


def found(handbook: Handbook, address: str) -> Section:
    section = handbook.find(address)
    assert section is not None, f"nothing at {address}"
    return section


# -- The real content ---------------------------------------------------------------------------------------


def test_the_statement_comes_first_and_what_is_ours_after_it(real: Handbook) -> None:
    first = real.parts[0]
    assert (first.title, [chapter.id for chapter in first.chapters]) == ("The statement", ["statement"])
    assert real.first == Address("statement")
    assert "about" in real.chapters
    assert real.faults == ()


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("r1", "1. Take on the Human Rights Approach"),
        ("r2", "2. Focus on root causes"),
        ("r3", "3. Respect and value the independence of NGOs"),
        ("r4", "4. Stop talking and drafting, start working"),
        ("b1", "Poverty, gender inequality and violence and discrimination in the countries of origin"),
        ("b2", "Lack of safe and legal migration opportunities due to restrictive immigration policies"),
        ("b3", "Demand for cheap and exploitative labour and the lack of protection for irregular workers"),
    ],
)
def test_recommendations_and_root_causes_have_addresses(real: Handbook, anchor: str, words: str) -> None:
    section = found(real, f"statement#{anchor}")
    assert section.title == words
    assert section.address == Address("statement", anchor)


@pytest.mark.parametrize(
    ("anchor", "holder"),
    [(f"p{number:02}", "") for number in (1, 2, 3)]
    + [(f"p{number:02}", "achievements") for number in (4, 5, 6, 7)]
    + [("p08", "recommendations"), ("p09", "r1"), ("p10", "r1"), ("p11", "r2")]
    + [("p12", "b1"), ("p13", "b2"), ("p14", "b3"), ("p15", "r3"), ("p16", "r4")],
)
def test_a_paragraph_is_in_the_section_around_it(real: Handbook, anchor: str, holder: str) -> None:
    assert found(real, f"statement#{anchor}").address == Address("statement", holder)


def test_the_root_causes_belong_to_the_second_recommendation(real: Handbook) -> None:
    cause = found(real, "statement#b2")
    assert cause.parent == Address("statement", "r2")
    assert cause.path == (
        "The statement",
        "Statement of 15 September 2010",
        "Recommendations",
        "2. Focus on root causes",
    )
    assert found(real, "statement#r3").parent == Address("statement", "recommendations")


def test_every_section_is_found_at_its_own_address(real: Handbook) -> None:
    for section in real.sections:
        assert real.find(section.address) is section
        assert real.find(str(section.address)) is section
        if section.parent is not None:
            holder = found(real, str(section.parent))
            assert holder.start <= section.start < section.end <= holder.end


def test_whose_words_a_chapter_holds(real: Handbook) -> None:
    statement = real.source_line(real.chapters["statement"])
    ours = real.source_line(real.chapters["about"])
    assert "La Strada International" in statement
    assert "La Strada" not in ours
    assert real.manifest.as_of is not None
    assert ours.endswith(f"as of {dates.written(real.manifest.as_of)}")


# -- Addresses and sections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("one", Address("one")),
        ("one#alpha", Address("one", "alpha")),
        (" one#alpha ", Address("one", "alpha")),
        ("one#", Address("one")),
        ("#alpha", Address("", "alpha")),
        ("", Address("")),
        ("one#a#b", Address("one", "a#b")),
    ],
)
def test_an_address_is_read_as_written(text: str, address: Address) -> None:
    assert Address.parse(text) == address


@given(st.text(st.characters(exclude_characters="#", exclude_categories=["Z", "C"])), st.text().map(str.strip))
def test_an_address_survives_being_written(chapter: str, anchor: str) -> None:
    address = Address(chapter, anchor)
    assert Address.parse(str(address)) == address


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


@pytest.mark.parametrize("address", ["nothing", "page#nothing", "", "#alpha", "Page", "page#Alpha"])
def test_nothing_is_found_where_nothing_is(address: str) -> None:
    assert handbook_of({"page.md": ONE}).find(address) is None


def test_a_text_without_headings_is_one_section() -> None:
    chapter = chapter_of("Only words.\n\nAnd more.\n")
    assert chapter.title == "page"
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


def test_a_part_that_is_not_there_is_none(real: Handbook) -> None:
    assert real.part("nothing") is None
    assert [real.part(part.id) for part in real.parts] == list(real.parts)


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


def test_the_day_is_written_the_same_in_every_locale() -> None:
    assert dates.written(datetime.date(2026, 11, 24)) == "24 November 2026"
    assert dates.written(datetime.date(2010, 9, 1)) == "1 September 2010"


def test_a_source_line_without_a_manifest_is_the_folder(tmp_path: Path) -> None:
    handbook = load(write(tmp_path / "My notes", {"page.md": ONE}))
    assert handbook.source_line(handbook.chapters["page"]) == "My notes"


def test_a_source_line_is_the_publisher_and_the_day() -> None:
    files = {"handbook.toml": MANIFEST, "one.md": ONE, "two.md": '+++\nkind = "statement"\n+++\n\nTheirs.\n'}
    handbook = handbook_of(files)
    assert handbook.source_line(handbook.chapters["one"]) == "The small handbook, as of 24 November 2026"
    assert handbook.source_line(handbook.chapters["two"]) == "Someone, 2010"


# -- Groups, and addresses of before ------------------------------------------------------------------------

GROUPED = """
title = "Grouped"

[was]
"gone" = "one#alpha"
"renamed" = "one"
"older" = "gone"
"one#lost" = "two"

[[parts]]
id = "all"
title = "All"
chapters = ["two"]

[[parts.groups]]
title = "Sheets"
chapters = ["one", "three"]

[[parts.groups]]
title = "None yet"
chapters = []
"""
THREE = {"one.md": ONE, "two.md": "# Two\n", "three.md": "# Three\n"}


def test_a_part_has_its_chapters_in_groups() -> None:
    handbook = handbook_of(THREE | {"handbook.toml": GROUPED})
    (part,) = handbook.parts
    assert faults(handbook) == []
    assert [(group.title, [one.id for one in group.chapters]) for group in part.groups] == [
        ("", ["two"]),
        ("Sheets", ["one", "three"]),
    ]
    assert [chapter.id for chapter in part.chapters] == ["two", "one", "three"]
    assert list(handbook.chapters) == ["two", "one", "three"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Sheets"\n', "", "each [[parts.groups]] title and chapters"),
        ('chapters = ["one", "three"]', 'chapters = "one"', "each [[parts.groups]] title and chapters"),
        ('title = "Sheets"', 'title = "Sheets"\nlevel = 1', "each [[parts.groups]] title and chapters"),
        ('["one", "three"]', '["one", "two", "three"]', "chapter 'two' is listed twice"),
        ('["one", "three"]', '["one", "three", "four"]', "chapter 'four' has no file four.md"),
        ('["one", "three"]', '["one"]', "is not listed in handbook.toml"),
        ('"older" = "gone"', '"older" = 3', "'was' must be a table of old addresses"),
    ],
)
def test_a_wrong_group_and_a_wrong_old_address_are_told(old: str, new: str, said: str) -> None:
    handbook = handbook_of(THREE | {"handbook.toml": GROUPED.replace(old, new, 1)})
    assert any(said in fault for fault in faults(handbook)), faults(handbook)
    assert {"one", "two", "three"} <= set(handbook.chapters)  # whatever the manifest says, all can be read


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("gone", "one#alpha"),
        ("gone#inside", "one#inside"),  # it went along: it stands in that section
        ("gone#marked", "one#inside"),
        ("gone#beta", "one#alpha"),  # of that name there is one, but in another section
        ("gone#nothing", "one#alpha"),
        ("renamed", "one"),
        ("renamed#beta", "one#beta"),
        ("older#inside", "one#inside"),
        ("one#lost", "two"),
        ("one#beta", "one#beta"),
    ],
)
def test_an_address_of_before_leads_to_where_its_words_are_now(address: str, leads_to: str) -> None:
    assert str(found(handbook_of(THREE | {"handbook.toml": GROUPED}), address).address) == leads_to


@pytest.mark.parametrize("address", ["renamed#nothing", "never", "one#never", ""])
def test_an_address_that_never_was_leads_nowhere(address: str) -> None:
    assert handbook_of(THREE | {"handbook.toml": GROUPED}).find(address) is None


def test_addresses_that_lead_to_each_other_lead_nowhere() -> None:
    ring = GROUPED.replace('"gone" = "one#alpha"', '"gone" = "older"')
    assert handbook_of(THREE | {"handbook.toml": ring}).find("gone") is None


# -- Front matter -------------------------------------------------------------------------------------------


def test_front_matter_is_typed() -> None:
    front = """+++
title = "Warming up"
kind = "exercise"
minutes = 20
group_size = "8 to 20"
level = 2
materials = ["cards", "pens"]
+++
# Another title
"""
    chapter = chapter_of(front)
    assert chapter.title == "Warming up"
    assert (chapter.front.kind, chapter.front.minutes, chapter.front.level) == ("exercise", 20, 2)
    assert chapter.front.materials == (Material("cards"), Material("pens"))
    assert chapter.front.group_size == "8 to 20"
    assert chapter.front.audience == "everyone"


def test_materials_say_how_many_for_how_many_people() -> None:
    front = """+++
audience = "trainer"
materials = [
    "bell",
    { item = "cards" },
    { item = "form", per = "each" },
    { item = "worksheet#part", per = "pair" },
    { item = "pens", per = "group of 4", number = 3 },
]
+++
"""
    chapter = chapter_of(front)
    assert chapter.front.audience == "trainer"
    assert chapter.front.materials == (
        Material("bell", 0, 1),
        Material("cards", 0, 1),
        Material("form", 1, 1),
        Material("worksheet#part", 2, 1),
        Material("pens", 4, 3),
    )
    assert [one.copies(17) for one in chapter.front.materials] == [1, 1, 17, 9, 15]
    assert [one.copies(16) for one in chapter.front.materials] == [1, 1, 16, 8, 12]
    assert [one.copies(0) for one in chapter.front.materials] == [1, 1, 1, 1, 3]  # how many come is not known


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('colour = "red"', "unknown key 'colour'"),
        ('kind = "novel"', "'kind' must be one of"),
        ("kind = 3", "'kind' must be one of"),
        ('minutes = "20"', "'minutes' must be a whole number above 0"),
        ("minutes = 0", "'minutes' must be a whole number above 0"),
        ("minutes = true", "'minutes' must be a whole number above 0"),
        ("minutes = 1.5", "'minutes' must be a whole number above 0"),
        ("level = 4", "'level' must be 1, 2 or 3"),
        ("title = 5", "'title' must be text in quotes"),
        ('materials = "cards"', "'materials' must be a list of texts in quotes"),
        ("materials = [1]", "one of the 'materials' is no text in quotes, nor a table"),
        ("materials = [{ per = 'each' }]", "one of the 'materials' is no text in quotes, nor a table"),
        ("materials = [{ item = 'pens', unit = 'each' }]", "one of the 'materials' is no text in quotes, nor a table"),
        ("materials = [{ item = 'pens', number = '2' }]", "one of the 'materials' is no text in quotes, nor a table"),
        ("materials = [{ item = 'pens', number = 0 }]", "'number' of 'pens' must be a whole number above 0"),
        ("materials = [{ item = 'pens', number = true }]", "'number' of 'pens' must be a whole number above 0"),
        ("materials = [{ item = 'pens', per = 'head' }]", "'per' of 'pens' must be each, pair, group of a number"),
        ("materials = [{ item = 'pens', per = 'group of 0' }]", "'per' of 'pens' must be each, pair, group of"),
        ('audience = "boss"', "'audience' must be one of everyone, trainer"),
    ],
)
def test_a_wrong_key_is_named_with_file_and_line(key: str, said: str) -> None:
    handbook = handbook_of({"part/page.md": f'+++\ngroup_size = "any"\n{key}\n+++\n\n# Title\n\nWords.\n'})
    (fault,) = handbook.faults
    assert (fault.file, fault.line) == ("part/page.md", 3)
    assert said in fault.message
    chapter = handbook.chapters["page"]
    assert chapter.front.group_size == "any"  # the rest is taken
    assert chapter.text(chapter.sections[0]) == "Words."


def test_front_matter_that_is_not_closed() -> None:
    handbook = handbook_of({"page.md": '+++\nkind = "text"\n\n# Title\n\nWords.\n'})
    assert faults(handbook) == ["page.md:1: front matter is opened by +++ and never closed"]
    assert found(handbook, "page").title == "Title"


def test_front_matter_that_is_no_toml() -> None:
    handbook = handbook_of({"page.md": '+++\nkind = "text"\nminutes twenty\n+++\n\n# Title\n\nWords.\n'})
    (fault,) = handbook.faults
    assert (fault.file, fault.line) == ("page.md", 3)
    chapter = handbook.chapters["page"]
    assert chapter.text(chapter.sections[0]) == "Words."


def test_a_fault_below_front_matter_has_the_files_line() -> None:
    handbook = handbook_of({"page.md": '+++\nkind = "text"\n+++\n# T\n\n## A {#a}\n\n## B {#a}\n'})
    assert faults(handbook) == ["page.md:8: anchor '#a' is used twice in this file"]


# -- A folder without a manifest ----------------------------------------------------------------------------


def test_any_folder_of_markdown_is_a_handbook(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "chapter-10.md": "# Ten\n",
        "chapter-2.md": "# Two\n",
        "Field work/visit.markdown": "A visit\n=======\n",
        "Field work/deep/er.md": "# Deeper\n",
        "picture.png": b"\x89PNG",
        ".hidden/secret.md": "# Secret\n",
        ".draft.md": "# Draft\n",
        "LOUD.MD": "# Loud\n",
    }
    handbook = load(write(tmp_path / "notes", files))
    assert handbook.manifest.title == "notes"
    assert [part.title for part in handbook.parts] == ["Pages", "Field work"]
    pages, visits = handbook.parts
    assert [chapter.title for chapter in pages.chapters] == ["Loud", "Two", "Ten"]
    assert sorted(chapter.title for chapter in visits.chapters) == ["A visit", "Deeper"]
    assert handbook.faults == ()
    assert found(handbook, "chapter-10").path == ("Pages",)


def test_a_file_name_with_spaces_is_an_address_without() -> None:
    handbook = handbook_of({"our first visit #1.md": "# Visit\n\n## Day one\n"})
    assert found(handbook, "our-first-visit-1#day-one").title == "Day one"


def test_words_of_any_script_are_read(tmp_path: Path) -> None:
    handbook = load(write(tmp_path / "ряд", {"права.md": "# Права людини\n\n## Дівчата й хлопці\n\nСлова.\n"}))
    assert found(handbook, "права#дівчата-й-хлопці").title == "Дівчата й хлопці"


# -- Bad input: the rest can be read ------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"no folder .*nowhere"):
        load(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"page.md": ONE})
    with pytest.raises(ContentError, match=r"no folder .*page\.md"):
        load(tmp_path / "page.md")


def test_a_whole_disk_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / str(number)).mkdir()
    (tmp_path / "page.md").write_text("# Page\n", "utf-8")
    monkeypatch.setattr(bounded, "MOST_SEEN", 4)
    with pytest.raises(ContentError, match="more than 4 files"):
        load(tmp_path)
    monkeypatch.setattr(bounded, "MOST_SEEN", 6)
    assert list(load(tmp_path).chapters) == ["page"]


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no Markdown"):
        load(tmp_path)


def test_a_manifest_alone_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no Markdown"):
        load(write(tmp_path, {"handbook.toml": MANIFEST}))


def test_a_broken_manifest_leaves_everything_readable() -> None:
    broken = MANIFEST.replace('title = "First part"', 'title = "First part')
    handbook = handbook_of({"handbook.toml": broken, "one.md": ONE, "two.md": "# Two\n"})
    (fault,) = handbook.faults
    assert fault.file == "handbook.toml"
    assert fault.line == broken.split("\n").index('title = "First part') + 1
    assert "not valid TOML" in fault.message
    assert set(handbook.chapters) == {"one", "two"}


def test_a_manifest_from_a_windows_editor_is_read() -> None:
    manifest = b"\xef\xbb\xbf" + MANIFEST.replace("\n", "\r\n").encode()
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert handbook.faults == ()
    assert handbook.manifest.title == "Small handbook"


@pytest.mark.parametrize("manifest", [b"title = \xff", b"parts = 3", b""])
def test_no_manifest_stops_the_reading(manifest: bytes) -> None:
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert set(handbook.chapters) == {"one", "two"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("as_of = 2026-11-24", 'as_of = "today"'), "'as_of' must be a date"),
        (("as_of = 2026-11-24", "as_of = 2026-11-24T10:00:00"), "'as_of' must be a date"),
        (('publisher = "The small handbook"', "publisher = 3"), "'publisher' must be text in quotes"),
        (("publisher =", "editor ="), "unknown key 'editor'"),
        (('["two", "one"]', '["two", "one", "two"]'), "chapter 'two' is listed twice"),
        (('["two", "one"]', '["two", "one", 3]'), "chapter '3' has no file"),
        (('["two", "one"]', '["two", "one", ["x"]]'), "has no file"),
        (('title = "First part"\n', ""), "each [[parts]] needs id, title and chapters"),
    ],
)
def test_a_wrong_manifest_entry_is_told_and_passed_over(change: tuple[str, str], said: str) -> None:
    manifest = MANIFEST.replace(*change)
    assert manifest != MANIFEST
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert any(fault.file == "handbook.toml" and said in fault.message for fault in handbook.faults), faults(handbook)
    assert set(handbook.chapters) == {"one", "two"}


def test_a_chapter_whose_file_is_missing() -> None:
    handbook = handbook_of({"handbook.toml": MANIFEST, "one.md": ONE})
    assert faults(handbook) == ["handbook.toml: chapter 'two' has no file two.md that can be read"]
    assert list(handbook.chapters) == ["one"]


def test_a_file_that_the_manifest_does_not_name_stands_last() -> None:
    handbook = handbook_of({"handbook.toml": MANIFEST, "one.md": ONE, "two.md": "# 2\n", "extra.md": "# Extra\n"})
    assert faults(handbook) == ["extra.md: is not listed in handbook.toml"]
    assert list(handbook.chapters) == ["two", "one", "extra"]


def test_two_files_of_one_id_can_both_be_read() -> None:
    manifest = '[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["page"]\n'
    handbook = handbook_of({"handbook.toml": manifest, "a/page.md": "# First\n", "b/page.md": "# Second\n"})
    assert "b/page.md: chapter id 'page' is taken by a/page.md: rename one of the files" in faults(handbook)
    assert {section.title for section in handbook.sections} == {"First", "Second"}
    assert found(handbook, "page").title == "First"


def test_files_of_one_name_in_several_folders_are_no_fault_without_a_manifest() -> None:
    files = ("a/index.md", "b/c/index.md", "index.md", "other.md")
    handbook = handbook_of({name: f"# {name}\n" for name in files})
    assert not handbook.faults
    assert {chapter.file: chapter.id for chapter in handbook.chapters.values()} == {
        "a/index.md": "a-index",
        "b/c/index.md": "b-c-index",
        "index.md": "index",
        "other.md": "other",
    }


def test_a_file_that_is_not_utf8() -> None:
    handbook = handbook_of({"page.md": "# Café\n\nfirst\n\nséance\n".encode("latin-1"), "other.md": "# Other\n"})
    (fault,) = handbook.faults
    assert (fault.file, fault.line) == ("page.md", 1)
    assert "not UTF-8" in fault.message
    assert found(handbook, "page").title == "Caf\ufffd"
    assert found(handbook, "other").title == "Other"


def test_signs_that_a_terminal_would_obey_are_shown_as_others() -> None:
    handbook = handbook_of({"page.md": "# A\x1b[31mB\x07\n\na\x0cb\tc\x9bd\n"})
    assert found(handbook, "page").title == "A\ufffd[31mB\ufffd"
    assert "a b\tc\ufffdd" in handbook.chapters["page"].lines


def test_the_line_of_the_first_letter_that_is_not_utf8() -> None:
    assert handbook_of({"page.md": b"# Title\n\nwords\n\ns\xe9ance\n"}).faults[0].line == 5


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"page.md": ONE})
    if sys.platform.startswith("win"):
        pytest.skip("links need rights there")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    handbook = load(tmp_path)
    (fault,) = handbook.faults
    assert fault.file == "gone.md"
    assert "cannot be read" in fault.message
    assert list(handbook.chapters) == ["page"]


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    handbook = handbook_of({"odd.md/inside.md": "# Inside\n", "page.md": ONE})
    assert set(handbook.chapters) == {"inside", "page"}


def test_a_manifest_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "handbook.toml").mkdir()
    handbook = load(write(tmp_path, {"page.md": ONE}))
    assert [fault.file for fault in handbook.faults] == ["handbook.toml"]
    assert list(handbook.chapters) == ["page"]


@pytest.mark.parametrize("text", ["", "\n", "+++\n+++\n", "+++", "<!-- nothing -->", "\ufeff", "#", "   \n\t\n"])
def test_an_empty_file_is_a_chapter_without_words(text: str) -> None:
    chapter = chapter_of(text)
    assert chapter.text(chapter.sections[0]) in ("", "#")


def test_an_anchor_used_twice_leads_to_the_first() -> None:
    handbook = handbook_of({"page.md": "# T\n\n## A {#x}\n\n## B {#x}\n\nWords.\n{: #x }\n"})
    assert found(handbook, "page#x").title == "A"
    assert found(handbook, "page#b").title == "B"  # still has an address
    assert [fault.line for fault in handbook.faults] == [5, 8]


# -- The same text in other files ---------------------------------------------------------------------------

FRONT = '+++\ntitle = "Own"\n+++\n'


@pytest.mark.parametrize(
    "written",
    [
        (FRONT + ONE).replace("\n", "\r\n").encode(),
        (FRONT + ONE).replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + (FRONT + ONE).encode(),
        b"\xef\xbb\xbf" + (FRONT + ONE).replace("\n", "\r\n").encode(),
    ],
    ids=["windows", "old-mac", "byte-order-mark", "both"],
)
def test_line_ends_and_byte_order_marks_make_no_other_content(written: bytes) -> None:
    plain, other = handbook_of({"page.md": FRONT + ONE}), handbook_of({"page.md": written})
    assert list(other.sections) == list(plain.sections)
    assert other.chapters["page"].front == plain.chapters["page"].front
    assert [part.title for part in plain.parts] == [part.title for part in other.parts]
    assert other.fingerprint == plain.fingerprint
    assert other.faults == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Words of beta", "Words of Beta"),
        ("beta.", "beta"),
        ("## Beta", "### Beta"),
        ("# One", "# Two"),
        ("{#alpha}", ""),
    ],
)
def test_the_fingerprint_changes_with_every_word(old: str, new: str) -> None:
    changed = ONE.replace(old, new)
    assert changed != ONE
    assert handbook_of({"page.md": ONE}).fingerprint != handbook_of({"page.md": changed}).fingerprint


def test_the_fingerprint_knows_names_order_and_front_matter() -> None:
    files: dict[str, str | bytes] = {"handbook.toml": MANIFEST, "one.md": ONE, "two.md": "# Two\n"}
    prints = {
        handbook_of(files).fingerprint,
        handbook_of({**files, "handbook.toml": MANIFEST.replace('"two", "one"', '"one", "two"')}).fingerprint,
        handbook_of({**files, "handbook.toml": MANIFEST.replace("First part", "Part one")}).fingerprint,
        handbook_of({**files, "two.md": "+++\nlevel = 1\n+++\n# Two\n"}).fingerprint,
        handbook_of({**files, "three.md": "# Three\n"}).fingerprint,
    }
    assert len(prints) == 5
    assert handbook_of(files).fingerprint in prints


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_moved_to_the_next_file_is_other_content(first: str, second: str) -> None:
    def fingerprint(one: str, two: str) -> str:
        return handbook_of({"a.md": one.encode("utf-8", "replace"), "b.md": two.encode("utf-8", "replace")}).fingerprint

    assert fingerprint("x" + first, second) != fingerprint(first, "x" + second)


# -- Any file at all ----------------------------------------------------------------------------------------


@given(st.binary(max_size=200) | st.text("# \n+=-`~{}[]()<>!:|*_\\a1.\t", max_size=80).map(str.encode))
def test_any_file_can_be_read(data: bytes) -> None:
    handbook = handbook_of({"page.md": data})
    chapter = handbook.chapters["page"]
    anchors = [section.address.anchor for section in chapter.sections]
    assert len(set(anchors)) == len(anchors)
    for section in chapter.sections:
        assert handbook.find(section.address) is section
        assert section.start <= section.body <= section.text_end <= section.end <= len(chapter.lines)
        chapter.text(section)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("x = " + "9" * 5000, "a name or a number of more than 300 letters"),
        ("x = " + "[" * 300 + "]" * 300, "more than 20 arrays or tables in each other"),
        ("".join(f"a.b{n}.c = 1\n" for n in range(50_000)), "more than 150,000 names"),
        ('title = "\\ud83d"', "is not valid TOML"),
        ("title = " + '"' * 1_000_000, "is not valid TOML"),
        (f"[[parts]]\nid = 1\ntitle = {'[' * 15}{']' * 15}\nchapters = [{'1,' * 9000}]", "each [[parts]] needs id"),
    ],
)
@pytest.mark.parametrize("place", ["manifest", "front matter"])
def test_toml_that_does_harm_is_told_in_a_sentence(toml: str, said: str, place: str) -> None:
    front = f"+++\n{toml}\n+++\n" if place == "front matter" else ""
    files: dict[str, str | bytes] = {"one.md": f"{front}# One\n"}
    if not front:
        files["handbook.toml"] = toml
    before = time.process_time()
    handbook = handbook_of(files)
    assert time.process_time() - before < PROCESSOR / 10
    assert list(handbook.chapters) == ["one"]
    told = faults(handbook)
    assert any(said in fault for fault in told) or (place == "front matter" and "unknown key 'parts'" in told[0])
    assert max(map(len, told)) < 600


def test_the_last_day_of_the_calendar_is_a_date() -> None:
    handbook = handbook_of({"handbook.toml": "as_of = 9999-12-31\n", "one.md": "# One\n"})
    assert handbook.source_line(handbook.chapters["one"]).endswith("31 December 9999")


# -- Several handbooks ------------------------------------------------------------------------------------------


@pytest.fixture
def others(tmp_path: Path) -> dict[str, Handbook]:
    """Our own handbook and two of the library, which know each other by name."""
    made: dict[str, Handbook] = {}
    for name in ("", "shelter", "legal"):
        title = name or "ours"
        manifest = f'title = "{title}"\n[[parts]]\nid = "p"\ntitle = "Part"\nchapters = ["plan", "more"]\n'
        text = f"# Plan of {title}\n\n## Steps {{#steps}}\n\n### First {{#first}}\n\nWords.\n"
        files = {"handbook.toml": manifest, "plan.md": text, "more.md": "# More\n"}
        made[name] = load(write(tmp_path / title, files), name=name).with_(others=made.get)
    return made


@pytest.mark.parametrize(
    ("id_", "name"),
    [("plan", ""), ("plan#steps", ""), ("shelter:plan", "shelter"), ("shelter:plan#a:b", "shelter"), ("plan#a:b", "")],
)
def test_an_address_begins_with_the_name_of_its_handbook(id_: str, name: str) -> None:
    assert library_name(id_) == name


def test_chapters_of_others_are_found_by_their_addresses(others: dict[str, Handbook]) -> None:
    own, shelter = others[""], others["shelter"]
    assert own.chapters["shelter:plan"] is shelter.own_chapters["shelter:plan"]
    assert shelter.chapters["plan"] is own.own_chapters["plan"]
    assert "shelter:plan" not in own.own_chapters
    for id_ in ("shelter:none", "none:plan", "none"):
        with pytest.raises(KeyError, match=id_):
            own.chapters[id_]
    assert own.of("shelter:plan#steps") is shelter.of("shelter:plan") is shelter
    assert shelter.of("plan") is own.of("none:plan") is own
    assert shelter.of("") is shelter  # no address is in no other
    assert [own.lacking(one) for one in ("plan", "shelter:plan", "none:plan#a")] == ["", "", "none"]
    assert shelter.lacking("shelter:none") == ""


def test_the_steps_to_a_section_lead_down_from_its_part(others: dict[str, Handbook]) -> None:
    section = others[""].find("plan#first")
    assert section is not None
    down = [("Plan of ours", "plan"), ("Steps", "plan#steps"), ("First", "plan#first")]
    assert others[""].steps_to(section) == [("Part", "plan"), *down]
    section = others["shelter"].find("shelter:more")
    assert section is not None
    assert others["shelter"].steps_to(section) == [
        ("shelter", "shelter:"),
        ("Part", "shelter:plan"),
        ("More", "shelter:more"),
    ]


def test_a_handbook_with_something_else_is_the_same_otherwise(others: dict[str, Handbook]) -> None:
    own = others[""]
    for changed, what in (
        (own.with_(manifest=others["legal"].manifest), "manifest"),
        (own.with_(parts=()), "parts"),
        (own.with_(others=lambda _: None), "others"),
        (own.with_(), ""),
    ):
        for name in ("folder", "manifest", "parts", "read_faults", "name", "others"):
            assert (getattr(changed, name) == getattr(own, name)) is (name != what), (what, name)


def test_words_drawn_in_a_picture_and_pictures_are_those_of_the_chapters_folder(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="5" y="20">Drawn</text></svg>'
    files = {"page.md": "# Page\n\n![Two boxes](a.svg)\n", "a.svg": drawing}
    chapter = load(write(tmp_path, files)).chapters["page"]
    assert getattr(chapter.picture("a.svg"), "name", "") == "a.svg"
    assert "Drawn" in chapter.text(chapter.sections[0])
    assert chapter_of("# Page\n").picture("a.svg") == "missing"
