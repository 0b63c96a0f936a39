"""The size of text in front of a room, and pages that are turned."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from handbook.content import markup
from handbook.presenting.fitting import fit


def paragraph(letters: int) -> Element:
    block = Element("p")
    block.text = "word " * (letters // 5)
    return block


def height(blocks: Sequence[Element], size: int) -> float:
    """As if a line held 1000 / size letters."""
    return sum(size * (1 + len(markup.words_of(block)) // max(1, 1000 // size)) for block in blocks)


@given(st.lists(st.integers(5, 4000).map(paragraph), min_size=1, max_size=8), st.integers(60, 2000))
def test_nothing_is_lost_and_every_page_fits(blocks: list[Element], room: int) -> None:
    found = fit(blocks, height, room, 10, 120)
    assert " ".join(markup.words_of(block) for page in found.pages for block in page) == " ".join(
        map(markup.words_of, blocks)
    )
    assert all(height(page, found.size) <= room for page in found.pages)
    assert all(found.pages)
    assert 10 <= found.size <= 120


def test_what_fits_is_as_large_as_it_can_be() -> None:
    found = fit([paragraph(50)], height, 300, 10, 120)
    assert len(found.pages) == 1
    assert height(found.pages[0], found.size) <= 300 < height(found.pages[0], found.size + 10) or found.size == 120


def test_short_blocks_stay_whole() -> None:
    blocks = [paragraph(400) for _ in range(6)]
    found = fit(blocks, height, 120, 10, 120)
    assert len(found.pages) > 1
    assert all(block in blocks for page in found.pages for block in page)


def test_an_empty_slide_is_one_page() -> None:
    assert fit([], height, 100, 10, 20).pages == ((),)


def test_a_word_that_is_larger_than_the_page_is_there_all_the_same() -> None:
    found = fit([paragraph(5)], lambda *_: 1000.0, 100, 10, 20)
    assert [markup.words_of(block) for page in found.pages for block in page] == ["word"]
