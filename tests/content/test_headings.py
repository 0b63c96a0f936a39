"""Headings, anchors, links and footnotes of a source, and that they are those of the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.chapter import title_words
from handbook.content.headings import fenced_lines, references, scan, slug, without_comments
from tests.helpers import chapter_of, examples
from tests.markdown import CHAPTER

# What Markdown is made of, so that chance meets it often.
ODD = st.text("# \n+=-`~{}[]()<>!:|*_\\^a1.&\t", max_size=60)


def headings(source: str) -> list[tuple[int, str, str]]:
    return [(one.level, title_words(one.title), one.anchor) for one in scan(source.split("\n")).headings]


# -- Headings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One", [(1, "One", "")]),
        ("###### Six", [(6, "Six", "")]),
        ("####### Seven", []),
        ("#hashtag and #5 more", []),
        ("#", []),
        ("## ##", []),
        ("  ## Moved in", [(2, "Moved in", "")]),
        ("    # Code", []),
        ("## Closed ##", [(2, "Closed", "")]),
        ("## About C#", [(2, "About C#", "")]),
        ("## With id {#my-id}", [(2, "With id", "my-id")]),
        ("## With class {.big #my-id title='x'}", [(2, "With class", "my-id")]),
        ("## Set {a, b}", [(2, "Set {a, b}", "")]),
        ("## *All of it*", [(2, "All of it", "")]),
        ("## Some *of* `it` & [more](x#y)", [(2, "Some of it & more", "")]),
        ("## Two * three", [(2, "Two * three", "")]),
        ("-   #### *In a list* {#b1}", [(4, "In a list", "b1")]),
        ("1. ## Numbered", [(2, "Numbered", "")]),
        ("1) ## No list here", []),
        ("> ## Quoted", []),
        ("Words\n# Right after", [(1, "Right after", "")]),
    ],
)
def test_a_line_that_is_a_heading_or_not(source: str, expected: list[tuple[int, str, str]]) -> None:
    assert headings(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Title\n=====", [(1, "Title", "")]),
        ("Title\n-", [(2, "Title", "")]),
        ("Title {#t}\n---", [(2, "Title", "t")]),
        ("# Above\nTitle\n---", [(1, "Above", ""), (2, "Title", "")]),
        ("Two lines\nof words\n---", []),
        ("\n---", []),
        ("---", []),
        ("| a | b |\n---", []),
        ("    code\n---", []),
    ],
)
def test_a_title_with_a_line_under_it(source: str, expected: list[tuple[int, str, str]]) -> None:
    assert headings(source) == expected


@pytest.mark.parametrize("fence", ["```", "~~~~", "``` python", "```{.toml}"])
def test_no_heading_or_anchor_in_a_fence(fence: str) -> None:
    end = re.match("[`~]+", fence)
    assert end is not None
    source = f"{fence}\n# Comment\nTitle\n=====\n{{: #x }}\n[a](b) [^c]\n{end.group()}\n\n# Heading"
    assert headings(source) == [(1, "Heading", "")]
    assert scan(source.split("\n")).anchors == ()
    assert references(source.split("\n")) == ((), (), (), ())


def test_a_fence_that_nothing_closes_is_none() -> None:
    source = "```\n# Heading\n\n~~~\n# Code\n~~~\n"
    assert headings(source) == [(1, "Heading", "")]


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        ("a\n```\nb\n```\nc", "01110"),
        ("```\n~~~\n```\n~~~", "1110"),
        ("````\n```\n````", "111"),
        ("```\n````\n```", "111"),
        ("```\n```\n```", "110"),
        ("``` a b c\n```\n", "000"),
        ("    ```\n    ```", "00"),
    ],
)
def test_which_lines_are_fenced(source: str, flags: str) -> None:
    assert fenced_lines(source.split("\n")) == [flag == "1" for flag in flags]


def test_many_open_fences_take_no_time() -> None:
    assert not any(fenced_lines(["```x"] * 50_000))  # looking for each end anew would take minutes


@given(CHAPTER)
@settings(max_examples=examples(60))
def test_the_page_has_the_same_headings(source: str) -> None:
    chapter = chapter_of(source)
    tree = markup.parse(chapter)
    shown = [element for element in tree.iter() if element.tag in markup.HEADINGS]
    assert [int(element.tag[1]) for element in shown] == [heading.level for heading in chapter.found.headings]
    titles = [" ".join(markup.words_of(element).split()) for element in shown]
    assert titles == [
        " ".join(title_words(heading.title, chapter.defined).split()) for heading in chapter.found.headings
    ]


# -- Anchors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Focus on root causes", "focus-on-root-causes"),
        ("1. Take on: the Human-Rights Approach!", "1-take-on-the-human-rights-approach"),
        ("Women's rights", "womens-rights"),
        ("Women\u2019s rights", "womens-rights"),
        ("Žene – права", "žene-права"),
        ("???", "section"),
        ("", "section"),
    ],
)
def test_an_anchor_is_made_of_the_titles_words(title: str, anchor: str) -> None:
    assert slug(title) == anchor


@given(st.text())
def test_an_anchor_is_never_empty_and_has_no_spaces(title: str) -> None:
    anchor = slug(title)
    assert anchor
    assert not re.search(r"[\s#]", anchor)
    assert slug(anchor) == anchor or anchor != anchor.lower()  # some letters have no single lower case


@given(
    st.lists(st.sampled_from(["Same", "same", "Same 2", "same-2", "Same {#same}", "Same {#same-2}", "?"]), max_size=8)
)
def test_no_two_sections_share_an_anchor(titles: list[str]) -> None:
    chapter = chapter_of("# Top\n\n" + "\n\n".join(f"## {title}\n\nWords." for title in titles))
    anchors = [section.address.anchor for section in chapter.sections]
    assert len(set(anchors)) == len(anchors) == len(titles) + 1


def test_anchors_of_blocks() -> None:
    source = "Words.\n{: #p1 }\n\nWords *here*{: #word } and on.\n{: .kind #p2 }\n\n{#p3}\n{: .only }"
    assert scan(source.split("\n")).anchors == ((1, "p1"), (3, "word"), (4, "p2"), (6, "p3"))


# -- Links and footnotes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("[a](b#c)", "b#c"),
        ("[a *b* [c]](d)", "d"),
        ('[a](b "Title")', "b"),
        ("[a](<b>)", "b"),
        ("[a]( #c )", "#c"),
        ("[a]()", ""),
        ("[a](https://example.org/x)", "https://example.org/x"),
    ],
)
def test_a_link(line: str, target: str) -> None:
    assert references(["", f"See {line}."]).links == ((1, target),)


@pytest.mark.parametrize("line", ["`[a](b)`", "![a](b)", "[a] (b)", "[a]", "``x ` [a](b) [^c]``"])
def test_no_link(line: str) -> None:
    assert references([line]).links == ()


def test_footnotes() -> None:
    lines = ["One[^a] and[^b-2].", "", "[^a]: The text", "  [^c]: see[^a] `[^d]`"]
    found = references(lines)
    assert found.footnote_uses == ((0, "a"), (0, "b-2"), (3, "a"))
    assert [(line, name) for line, name in found.footnote_texts] == [(2, "a"), (3, "c")]


# -- Comments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a\n<!-- b\n# c\n-->\nd", "a\n\n\n\nd"),
        ("a <!-- open", "a <!-- open"),
        ("```\n<!-- kept -->\n```\n<!-- gone -->", "```\n<!-- kept -->\n```\n"),
        ("<!--\n```\ngone\n```\n-->\nb", "\n\n\n\n\nb"),
        ("`<!-- kept -->` <!-- gone -->", "`<!-- kept -->` "),
        ("``` open\n<!-- gone -->", "``` open\n"),
    ],
)
def test_comments_go_and_lines_keep_their_numbers(text: str, without: str) -> None:
    assert without_comments(text) == without


@given(ODD | st.lists(st.sampled_from(["<!--", "-->", "```", "\n", "`", "a", "~~~"])).map("".join))
def test_no_line_moves_when_comments_go(text: str) -> None:
    assert without_comments(text).count("\n") == text.count("\n")


def test_a_fault_below_a_comment_has_its_line() -> None:
    chapter = chapter_of("# Title\n\n<!-- one\ntwo\n-->\n\n## Later\n")
    assert [section.start for section in chapter.sections] == [0, 6]


# -- Any text -----------------------------------------------------------------------------------------------


@given(ODD | st.text())
def test_any_text_is_scanned(text: str) -> None:
    lines = text.split("\n")
    found = scan(lines)
    assert len(fenced_lines(lines)) == len(lines)
    numbers = [heading.line for heading in found.headings]
    assert numbers == sorted(set(numbers))
    references(lines)
    title_words(text)
