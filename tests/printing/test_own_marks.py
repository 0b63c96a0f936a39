"""The person's notes and highlights on paper, read back from PDFs: in the trainer's packet, when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, PrintOptions
from handbook.marks.anchoring import quote_of
from handbook.marks.model import Mark
from handbook.printing.typeset import own_marks, print_workshop
from handbook.workshop.model import Passage, Workshop
from tests.helpers import handbook_of
from tests.printed import MM, Pdf, overlapping, runs, within_page
from tests.workshops import FILES, WORKSHOP, everything

FILES = {
    **FILES,
    "text.md": "# Ground rules\n\nThe **first** rule is that nobody must speak.\n\n"
    "-   ☐ Bring the chairs.\n-   Ask who is cold.\n\n| Who | What |\n|---|---|\n| Ana | opens the door |\n\n"
    "## Later {#later}\n\nThe end of it all.\n",
}


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def of(handbook: Handbook, address: str, words: str, note: str = "", style: int = 1) -> Mark:
    """A highlight of words, as the window makes it."""
    chapter = handbook.chapters[Address.parse(address).chapter]
    text = "\n".join(chapter.text(section) for section in chapter.sections)
    start = text.index(words)
    return Mark("highlight", address, "", *quote_of(text, start, start + len(words)), note, style)


def trainers(handbook: Handbook, own: Iterable[Mark], *, asked: bool = True, **options: object) -> Pdf:
    workshop = replace(WORKSHOP, options=PrintOptions(my_notes=asked, **options))  # type: ignore[arg-type]
    return Pdf(print_workshop(handbook, workshop, ["trainer"], own=tuple(own)).pdf)


def all_kinds(handbook: Handbook) -> list[Mark]:
    return [
        of(handbook, "text", "nobody must speak", "SILENCE IS FINE"),
        of(handbook, "text", "Bring the chairs", "FROM THE HALL", 2),
        of(handbook, "text", "opens the door", "AT NINE", 3),
        of(handbook, "plan#steps", "Say hello", "AND SMILE", 4),
        of(handbook, "statement", "Their first words", "READ ALOUD"),
        Mark("bookmark", "text#later", "Later", note="ABOUT THIS SECTION"),
        Mark("highlight", "text#later", "Later", "words of an old edition", note="KEPT FROM BEFORE"),
    ]


NOTES = (
    *("SILENCE IS FINE", "FROM THE HALL", "AT NINE", "AND SMILE", "READ ALOUD", "ABOUT THIS SECTION"),
    "KEPT FROM BEFORE",
)


def test_the_trainers_packet_has_the_notes_at_their_passages(small: Handbook) -> None:
    text = " ".join(everything(trainers(small, all_kinds(small))).split())
    for note in NOTES:
        assert text.count(note) == 1
    assert text.index("nobody must speak") < text.index("SILENCE IS FINE") < text.index("Bring the chairs")
    assert text.index("Bring the chairs") < text.index("FROM THE HALL") < text.index("Ask who is cold")
    assert text.index("opens the door") < text.index("AT NINE") < text.index("ABOUT THIS SECTION")
    assert text.index("ABOUT THIS SECTION") < text.index("The end of it all")
    assert "“words of an old edition” KEPT FROM BEFORE" in text


def test_no_other_print_has_them_and_no_one_who_did_not_ask(small: Handbook) -> None:
    own = all_kinds(small)
    workshop = replace(WORKSHOP, options=PrintOptions(my_notes=True))
    for kind in KINDS:
        if kind != "trainer":
            with_them = print_workshop(small, workshop, [kind], own=own).pdf
            assert with_them == print_workshop(small, workshop, [kind]).pdf
    assert not any(note in everything(trainers(small, own, asked=False)) for note in NOTES)


@pytest.mark.parametrize(
    "options",
    [{}, {"notes": "column"}, {"booklet": True, "single": True}, {"size": 18}, {"saving": True, "paper": "letter"}],
    ids=str,
)
def test_nothing_lies_on_anything(small: Handbook, options: dict[str, object]) -> None:
    read = trainers(small, all_kinds(small), **options)  # type: ignore[arg-type]
    within_page(read)
    for page in range(len(read)):
        assert overlapping(read, page) == []


def test_a_long_note_goes_on_overleaf(small: Handbook) -> None:
    long = " ".join(f"word{n}" for n in range(1500))
    text = everything(trainers(small, [of(small, "text", "Ask who is cold", long)]))
    assert "word1499" in text


def test_notes_of_what_is_not_in_the_packet_stay_out(small: Handbook) -> None:
    workshop = Workshop(items=(Passage("text#later"),), options=PrintOptions(my_notes=True))
    text = everything(Pdf(print_workshop(small, workshop, ["trainer"], own=all_kinds(small)).pdf))
    assert "ABOUT THIS SECTION" in text
    assert "SILENCE" not in text


def test_a_hostile_note_is_words(small: Handbook) -> None:
    hostile = '#read("/etc/passwd") *bold* $x$ <script> \\ "quote"'
    text = everything(trainers(small, [of(small, "text", "Ask who is cold", hostile)]))
    assert hostile.replace(" ", "") in "".join(text.split()).replace("“", '"').replace("”", '"')


def test_words_are_marked_across_elements_and_a_tick_box_stays_one() -> None:
    root = Element("div")
    for words in ("☐ Bring the chairs", "Ask who is cold"):
        item = Element("li")
        item.text = words
        root.append(item)
    marks = [(Address("c", ""), Mark("highlight", "c", "", "☐ Bring the chairs Ask who"))]
    own_marks.insert(root, [Address("c", "")], marks)
    first, second = root
    assert first.text == "☐ "
    assert [one.text for one in first] == ["Bring the chairs"]
    assert [(one.text, one.tail) for one in second] == [("Ask who", " is cold")]


# -- In the margin ----------------------------------------------------------------------------------------------


def noted(text: str, *notes: tuple[str, str], **options: object) -> Pdf:
    book = handbook_of({"text.md": text})
    own = [of(book, "text", words, note) for words, note in notes]
    workshop = Workshop(items=(Passage("text"),), options=PrintOptions(my_notes=True, cover="no", **options))  # type: ignore[arg-type]  # any option
    return Pdf(print_workshop(book, workshop, ["trainer"], own=own).pdf)


LINES = "# Title\n\n" + "\n\n".join(f"Paragraph {n} has some words in a line." for n in range(1, 16)) + "\n"


def at(read: Pdf, words: str) -> tuple[float, float, float, float]:
    return next(box for box, said in runs(read, len(read) - 1) if words in said)


@pytest.mark.parametrize("options", [{}, {"paper": "letter"}, {"double_sided": True}], ids=str)
def test_a_short_note_stands_in_the_margin_beside_its_words(options: dict[str, object]) -> None:
    read = noted(LINES, ("Paragraph 3", "Mine."), ("Paragraph 9", "Yours."), **options)
    width, _ = read.raw.get_page_size(0)
    for words, note in (("Paragraph 3", "Mine."), ("Paragraph 9", "Yours.")):
        beside, above = at(read, note), at(read, words)
        assert width - 34 * MM < beside[0] < beside[2] < width - 6 * MM
        assert abs(beside[1] - above[1]) < 4
    plain = noted(LINES, **options)
    assert at(read, "Paragraph 15")[1] == pytest.approx(at(plain, "Paragraph 15")[1], abs=0.5)  # it takes no room


@pytest.mark.parametrize(
    ("note", "options"),
    [
        ("A long note of many words. " * 12, {}),
        ("Of two.\n\nParagraphs.", {}),
        ("Larger.", {"size": 14}),
        ("Narrow.", {"notes": "column"}),
        ("Small.", {"booklet": True, "single": True}),
    ],
    ids=["long", "two paragraphs", "larger text", "ruled column", "booklet"],
)
def test_other_notes_are_boxes_in_the_text(note: str, options: dict[str, object]) -> None:
    read = noted(LINES, ("Paragraph 3", note), **options)
    assert at(read, note.split(".", maxsplit=1)[0])[0] < at(read, "Paragraph 4")[0] + 20 * MM


def test_many_notes_in_the_margin_stand_below_each_other_in_their_order() -> None:
    own = [(f"Paragraph {n}", f"NOTE{n} " + "word " * 11) for n in range(8, 16)]
    read = noted(LINES, *own)
    page = len(read) - 1
    within_page(read)
    assert overlapping(read, page) == []
    tops = [at(read, f"NOTE{n}")[3] for n in range(8, 16)]
    assert tops == sorted(tops, reverse=True)
    beside = [box for box, said in runs(read, page) if said.startswith("word")]
    assert len(beside) > 20
    assert all(box[1] > 27 * MM - 1 for box in beside)  # above the foot
    many = noted(LINES, *((f"Paragraph {n}", "A NOTE " * 20) for n in range(1, 16)))
    assert any(
        "A NOTE" in words and box[0] < 60 * MM for box, words in runs(many, len(many) - 1)
    )  # boxes where too many
    assert overlapping(many, len(many) - 1) == []


def test_a_note_on_a_table_is_below_it() -> None:
    read = noted("# Title\n\n| A | B |\n|---|---|\n| one word | two |\n", ("one word", "HERE"))
    assert at(read, "HERE")[0] < 60 * MM
