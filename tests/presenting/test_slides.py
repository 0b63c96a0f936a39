"""Chapters as slides, and blocks in smaller pieces."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.presenting.slides import Slide, pieces_of, place_of, slides_of, smaller
from tests.helpers import handbook_of, write
from tests.pictures import drawing


def of(source: str) -> tuple[Slide, ...]:
    book = handbook_of({"page.md": source})
    return slides_of(book, book.chapters["page"])


def words(*blocks: Element) -> str:
    root = Element("div")
    root.extend(blocks)
    return markup.words_of(root)


def test_a_slide_for_each_section_with_words_of_its_own() -> None:
    made = of("# Title\n\nFirst.\n\n## Empty\n\n### Below {#below}\n\nSecond.\n")
    assert [(slide.title, words(*slide.blocks)) for slide in made] == [("Title", "First."), ("Below", "Second.")]
    assert made[1].address == Address("page", "below")


def test_a_section_without_words_leads_to_the_next_that_has_some() -> None:
    made = of("# Title\n\nFirst.\n\n## Empty {#empty}\n\n### Below {#below}\n\nSecond.\n")
    assert place_of(made, "empty", ["", "empty", "below"]) == 1
    assert place_of(made, "unknown", ["", "empty", "below"]) == 0


def test_links_and_footnotes_are_left_out_and_no_word_with_them() -> None:
    (slide,) = of("# Title\n\nSee [the page](page)[^1], **now**.\n\n[^1]: A note.\n")
    assert words(*slide.blocks) == "See the page, now."
    assert not [one for block in slide.blocks for one in block.iter() if one.tag == "a"]


def test_the_back_of_a_card_and_the_key_to_a_case_are_covered() -> None:
    made = of('# Cards\n\n## One\n\n!!! card ""\n    Question?\n\n!!! back ""\n    Answer.\n')
    assert words(*made[0].blocks) == "Question?"
    assert words(*made[0].covered) == "Answer."


def test_the_statement_is_shown_whole_and_as_theirs(real: Handbook) -> None:
    chapter = real.chapters["statement"]
    made = slides_of(real, chapter)
    shown = " ".join(words(*slide.blocks) for slide in made)
    for section in chapter.sections:
        for paragraph in chapter.text(section).split("\n"):
            assert " ".join(paragraph.split()) in shown
    assert all(slide.verbatim and slide.source == real.manifest.statement for slide in made)
    anchors = {name for slide in made for name, _ in slide.anchors} | {slide.address.anchor for slide in made}
    assert {f"p{number:02}" for number in range(1, 17)} <= anchors


def test_no_chapter_is_without_slides(real: Handbook) -> None:
    for chapter in real.chapters.values():
        made = slides_of(real, chapter)
        assert made, chapter.id
        assert not any(slide.covered and not slide.blocks for slide in made)


def test_a_glossary_entry_is_its_definition(real: Handbook) -> None:
    chapter = next(one for one in real.chapters.values() if one.front.kind == "glossary")
    consent = next(slide for slide in slides_of(real, chapter) if slide.title == "Consent")
    assert "Related" not in words(*consent.blocks)


# -- Dividing -------------------------------------------------------------------------------------------------

lines = st.lists(
    st.sampled_from(["A sentence. And one more! ", "word " * 30, "**bold** and. plain"]), min_size=1, max_size=4
)
sources = st.builds(
    lambda kind, texts: {
        "p": "".join(texts),
        "ul": "\n".join(f"-   {text}" for text in texts),
        "ol": "\n".join(f"{number}.  {text}" for number, text in enumerate(texts, 3)),
        "table": "| a | b |\n|---|---|\n" + "\n".join(f"| {text.strip()} | 1 |" for text in texts),
        "box": '!!! note "Title"\n' + "\n\n".join(f"    {text}" for text in texts),
        "quote": "\n>\n".join(f"> {text}" for text in texts),
    }[kind],
    st.sampled_from(["p", "ul", "ol", "table", "box", "quote"]),
    lines,
)


@given(sources)
def test_a_divided_block_shows_the_same_words(source: str) -> None:
    for slide in of(f"# Title\n\n{source}\n"):
        for block in slide.blocks:
            waiting, leaves = [block], list[str]()
            while waiting:
                one = waiting.pop(0)
                parts = smaller(one)
                assert len(parts) != 1
                if one.tag != "table":  # each row has the head above it
                    assert not parts or words(*parts) == words(one)
                assert all(len(words(part)) < len(words(one)) or one.tag == "table" for part in parts)
                waiting += parts
                leaves += [] if parts else [words(one)]
            assert leaves


def test_numbers_go_on_in_the_parts_of_a_list() -> None:
    (slide,) = of("# Title\n\n1.  One\n2.  Two\n3.  Three\n")
    assert [piece.get("start") for piece in pieces_of(slide.blocks)] == ["1", "2", "3"]


def test_each_row_of_a_divided_table_has_its_head() -> None:
    (slide,) = of("# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")
    assert [words(row) for row in smaller(slide.blocks[0])] == ["a b 1 2", "a b 3 4"]


def test_a_picture_is_a_block_of_its_own_and_words_where_it_cannot_be_shown(tmp_path: Path) -> None:
    page = "# Page\n\n![Two boxes](a.svg)\n\n-   item\n\n    ![In a list](a.svg)\n\n![A map](no.png)\n"
    book = load(write(tmp_path, {"page.md": page, "a.svg": drawing()}))
    (slide,) = slides_of(book, book.chapters["page"])
    assert slide.blocks[0].tag == "figure"
    assert not any("figure" in [one.tag for one in block.iter()] for block in slide.blocks[1:])
    assert words(*slide.blocks[1:]) == "item In a list A map"


def test_a_section_with_a_picture_alone_is_a_slide(tmp_path: Path) -> None:
    book = load(write(tmp_path, {"page.md": "# Page\n\n![Two boxes](a.svg)\n", "a.svg": drawing()}))
    assert len(slides_of(book, book.chapters["page"])) == 1


def test_an_initial_ends_no_sentence() -> None:
    block = Element("p")
    block.text = "What does N. need today? In a month?"
    assert [words(part) for part in smaller(block)] == ["What does N. need today?", "In a month?"]
