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


def titled(inside: str, tag: str = "em") -> Element:
    block = Element("p")
    emphasis = Element(tag)
    emphasis.text = inside
    block.append(emphasis)
    return block


def feet(*blocks: Element) -> list[str]:
    """The last words of all pages but the last one."""
    found = fit(blocks, height, 80, 10, 120)
    assert len(found.pages) > 1
    assert " ".join(markup.words_of(one) for page in found.pages for one in page) == " ".join(
        map(markup.words_of, blocks)
    )
    return [markup.words_of(page[-1]) for page in found.pages[:-1]]


def test_what_introduces_the_next_thing_does_not_stay_alone_at_the_foot_of_a_page() -> None:
    heading, colon, term, callout = (
        Element("h3"),
        Element("p"),
        Element("dt"),
        Element("p", {"class": "admonition-title"}),
    )
    for one in (heading, colon, term, callout):
        one.text = "Title:" if one is colon else "Title"
    item = Element("li")
    item.extend([titled("Title"), paragraph(500)])
    long = Element("ul")
    long.append(item)  # more than a page, so it is divided behind its title
    for introduction in ([heading], [colon], [term], [callout], [titled("Title")], [titled("Title", "strong"), colon]):
        for above in (300, 400, 450, 500):
            assert not any("Title" in foot[-7:] for foot in feet(paragraph(above), *introduction, paragraph(600)))
    for above in (300, 400, 450, 500):
        item[1].text = "word " * 300
        assert not any("Title" in foot[-7:] for foot in feet(paragraph(above), long))


def test_titles_alone_fill_their_page_all_the_same() -> None:
    blocks = [titled(f"Title {number}") for number in range(60)]
    assert len(feet(*blocks)) > 0
    assert len(feet(titled("Title"), paragraph(3000))) > 0


def listing(*letters: int, tag: str = "ul") -> Element:
    made = Element(tag)
    for count in letters:
        item = Element("li")
        item.append(paragraph(count))
        made.append(item)
    return made


def test_a_paragraph_in_an_item_is_divided_and_an_item_has_one_bullet_on_a_page() -> None:
    made = fit([listing(4000, 50)], height, 200, 10, 120)
    assert len(made.pages) > 1
    assert all(height(page, made.size) <= 200 for page in made.pages)
    assert all(len(page) == 1 and len(page[0]) == 1 for page in made.pages[:-1])


def test_rows_of_a_table_are_one_table_on_each_page() -> None:
    table, head, body = Element("table"), Element("thead"), Element("tbody")
    for parent, count in ((head, 1), (body, 30)):
        for number in range(count):
            row = Element("tr")
            cell = Element("td")
            cell.text = f"row {number} " * 5
            row.append(cell)
            parent.append(row)
        table.append(parent)
    found = fit([table], lambda some, size: sum(size * len(list(one.iter("tr"))) for one in some), 200, 20, 40)
    assert [len(page) for page in found.pages] == [1] * len(found.pages)
    assert sum(len(page[0].findall("tbody/tr")) for page in found.pages) == 30
    assert all(page[0].find("thead") is not None for page in found.pages)
