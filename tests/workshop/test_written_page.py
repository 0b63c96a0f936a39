"""A page of one's own as blocks: what is there stays, whatever an editor can show of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.workshop.written_page import Block, Kind, Words, _meaning, read, settled, write
from tests.helpers import examples

PIECES = st.sampled_from(
    [
        "Be on time.", "**Bold** and *leaning*", "a **b** c", "***both***", "# One", "## Two", "-   item", "- ☐ box",
        "- [ ] task", "1. first", "2. second", '!!! lines "4"', "    What?", "| A | B |", "|---|---|", "| 1 | *2* |",
        "[link](ex-jigsaw)", "`code`", "```", "> quote", "", "", "    indented", "* star", "3) third", "text  ", "---",
        "![picture](x.png)", "<b>raw</b>", "a & b &amp; c", "\\*no\\*", "Term\n:   Meaning", "note[^1]", "[^1]: below",
        "!!! safety\n    Care.", "☐ box alone", "~~gone~~", "==", "+ plus", "A line\nand another", "&#42; star",
        "    - nested", "    1. nested number", "        - deep",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=12).map("\n".join)


@settings(max_examples=examples(40))
@example("- a\n\n- b\n\ntext")
@example("-   a\n\n1.  b\n\n-   ☐ c")
@example("Anna\nBogdan\n\n- [ ] paper")
@given(PAGES | st.text(st.sampled_from("ab *_`#-|>!\n[]()1.:~&;☐\\ "), max_size=60))
def test_what_is_there_stays(text: str) -> None:
    assert _meaning(write(read(text))) == _meaning(text)


SAID = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from("*_`#-|>![]()1.:~&;+=\\<"),
               min_size=1, max_size=12)  # fmt: skip
LINES = st.lists(st.builds(Words, SAID, st.booleans(), st.booleans()), min_size=1, max_size=3).map(
    lambda words: tuple(one._replace(text=f"{one.text} " if at < len(words) - 1 else one.text)
                        for at, one in enumerate(words))
)  # fmt: skip
PLAIN: tuple[Kind, ...] = ("text", "item", "number", "box")
BLOCKS = st.one_of(
    st.tuples(st.sampled_from(PLAIN), LINES, st.integers(0, 2)).map(
        lambda one: Block(one[0], one[1], one[2] if one[0] != "text" else 0)
    ),
    st.tuples(LINES, st.integers(1, 3)).map(lambda one: Block("heading", one[0], one[1])),
    st.tuples(st.just(()) | LINES, st.integers(1, 9)).map(lambda one: Block("lines", one[0], one[1])),
    st.lists(st.tuples(LINES, LINES | st.just(())), min_size=2, max_size=3).map(
        lambda rows: Block("table", rows=tuple(rows))
    ),
)


def words_of(blocks: tuple[Block, ...]) -> list[str]:
    lines = [line for block in blocks for line in (block.words, *(cell for row in block.rows for cell in row))]
    return [" ".join("".join(one.text for one in line).split()) for line in lines if line]


@settings(max_examples=examples(40))
@example([])
@example([Block("text", (Words("1. no list"),))])
@example([Block("text", (Words("# no heading"),))])
@example([Block("item", (Words("a"),)), Block("number", (Words("b"),)), Block("box", (Words("c"),))])
@given(st.lists(BLOCKS, max_size=6))
def test_words_that_are_typed_are_read_again(blocks: list[Block]) -> None:
    again = read(write(blocks))
    if len(again) == 1 and again[0].kind == "kept":
        again = ()
        pytest.fail(write(blocks))
    assert words_of(again) == words_of(tuple(blocks))
    placed = settled(blocks)
    assert [block.kind for block in again] == [block.kind for block in placed]
    assert [block.level for block in again] == [block.level for block in placed]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Be **on time**.\n\n## Rules\n\n-   one\n-   two\n\n1.  a\n2.  b", "text heading item item number number"),
        ("- ☐ box\n- [ ] task", "box box"),
        ('!!! lines "4"\n    What?', "lines"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "table"),
        ("See [this](ex-jigsaw).\n\nPlain.", "kept text"),
        ("```\n\ncode\n\n```\n\nafter", "kept text"),
        ("- a\n    - b\n    - c\n- d", "item item item item"),
        ("1. a\n    - b\n        - ☐ c\n2. d", "number item box number"),
        ("- a\n\n    - b", "kept"),
    ],
)
def test_what_the_editor_can_show(text: str, kinds: str) -> None:
    blocks = read(text)
    assert [block.kind for block in blocks] == kinds.split()
    for block in blocks:
        assert block.kept in text
