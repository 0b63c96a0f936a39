"""Front matter: ours in TOML, and that of others in YAML, of which nothing but the title is read or shown."""

from __future__ import annotations

import time

import pytest

from handbook.check import check
from handbook.content.front_matter import LONGEST
from handbook.content.metadata import Material
from tests.content.small_handbook import faults, found
from tests.helpers import PROCESSOR, chapter_of, handbook_of

BOMB = "a: &a [x, x]\n" + "".join(
    f"{after}: &{after} [*{one}, *{one}]\n" for one, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("yaml", "title"),
    [
        ("title: Coffee in the hall\nbreak: 15", "Coffee in the hall"),
        ("title: Session on trust\n\ntrainer: One of us\ntime: 30 minutes", "Session on trust"),
        ("# a comment\nauthor: x\ntitle:   'It''s: one'  # two", "It's: one"),
        ('title: "A \\"quoted\\" \\u0437"', 'A "quoted" з'),
        ("title: Plain # comment", "Plain"),
        ("title: C# for all", "C# for all"),
        ("title: >-\n  Folded over\n  lines\nother: 1", "Folded over lines"),
        ("title:\n  Below", "Below"),
        ("Title: With a capital", "With a capital"),
        ('"title": In quotes', "In quotes"),
        ("title: 2024", "2024"),
        ("title: Зал", "Зал"),
        ("title:", "Heading"),
        ("title: ~", "Heading"),
        ("tags: [a, b]", "Heading"),
        ("nav:\n  title: Not this\n- title: nor this", "Heading"),
        ("subtitle: x", "Heading"),
    ],
)
@pytest.mark.parametrize("end", ["---", "..."])
def test_the_title_is_taken_and_the_rest_left_out(yaml: str, title: str, end: str) -> None:
    book = handbook_of({"page.md": f"---\n{yaml}\n{end}\n# Heading\n\nWords.\n"})
    chapter = book.chapters["page"]
    assert not check(book)
    assert chapter.title == title
    assert chapter.text(chapter.sections[0]).split("\n") == ["Heading", "Words."][title == "Heading" :]
    assert [section.level for section in chapter.sections] == [0]


@pytest.mark.parametrize(
    ("yaml", "line", "said", "title"),
    [
        ("x: &x 1\ntitle: One", 2, "has anchors or aliases", "One"),
        ("x: 1\ntitle: *x", 3, "has anchors or aliases", "Heading"),
        ("x: 1\ntitle: *x", 3, "is no text on one line", "Heading"),
        (BOMB + "title: Boom", 2, "has anchors or aliases", "Boom"),
        ("<<: *x\ntitle: One", 2, "has anchors or aliases", "One"),
        ("title: [One]", 2, "is no text on one line", "Heading"),
        ("title: !!python/object x", 2, "is no text on one line", "Heading"),
        ("title: {{ x }}", 2, "is no text on one line", "Heading"),
        ("title: 'One", 2, "is no text on one line", "Heading"),
        ('title: "\\x"', 2, "is no text on one line", "Heading"),
        ("title: " + "x" * 1001, 2, "is no text on one line", "Heading"),
    ],
)
def test_what_is_not_read_is_told_with_its_line(yaml: str, line: int, said: str, title: str) -> None:
    book = handbook_of({"page.md": f"---\n{yaml}\n---\n# Heading\n\nWords.\n"})
    chapter = book.chapters["page"]
    assert any(fault.line == line and said in fault.message for fault in check(book))
    assert chapter.title == title
    assert chapter.text(chapter.sections[0]).split("\n") == ["Heading", "Words."][title == "Heading" :]


def test_rules_are_no_front_matter() -> None:
    for source in ("---\n\nWords.\n\n---\n", "---\nMore words: none\n", "---\n"):
        chapter = chapter_of(source)
        assert chapter.offset == 0
    assert chapter_of("---\nWords alone\n---\nx").offset == 0
    assert chapter_of("---\n---\nx: 1\n---\n").offset == 2  # Jekyll's, without a key


@pytest.mark.parametrize(
    "yaml", ["a: 1\n" * LONGEST, "x: " + "[" * 1_000_000 + "\n", "title: " + "'" * 1_000_000 + "\n"]
)
def test_of_a_large_block_only_a_part_is_looked_at(yaml: str) -> None:
    before = time.process_time()
    book = handbook_of({"page.md": f"---\n{yaml}---\n# Heading\n"})
    assert time.process_time() - before < PROCESSOR / 10
    assert book.chapters["page"].title in ("Heading", "page")
    many = yaml.count("\n") >= LONGEST
    assert any("not closed within" in fault.message for fault in book.faults) == many


# -- Our own, in TOML ---------------------------------------------------------------------------------------


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
