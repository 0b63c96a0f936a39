"""Front matter in YAML, as others write it: its title is taken, nothing else of it is read or shown."""

from __future__ import annotations

import time

import pytest

from handbook.check import check
from handbook.content.front_matter import LONGEST
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
