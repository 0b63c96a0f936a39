"""Sheets read back from real PDFs: booklets, ruled pages, cards, posters, worksheets, and their paper."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import CARDS, Paper, PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import cards, posters, print_workshop, to_pdf
from handbook.printing.typeset.page_measures import SHEETS
from handbook.printing.typeset.sheets import folding_order
from handbook.workshop.model import Passage, Workshop
from handbook.workshop.paper import Run, count, in_words
from tests import workshops
from tests.helpers import handbook_of
from tests.printed import MM, Pdf, letters, outside, overlapping, runs, within_page
from tests.workshops import (
    WORKSHOP,
    everything,
    made,
    pdf,
    with_options,
)


@pytest.fixture
def small() -> Handbook:
    return workshops.small()


# -- Sheets ---------------------------------------------------------------------------------------------------


def test_a_ruled_page_follows_each_page(small: Handbook) -> None:
    plain, ruled = pdf(small, "participants"), pdf(small, "participants", notes="pages")
    assert len(ruled) == 2 * len(plain)
    for page in range(len(plain)):
        assert letters(ruled.text(2 * page, 0, 0)) == letters(plain.text(page, 0, 0))
        assert ruled.text(2 * page + 1, 0, 0).strip() == "Notes"
        assert len(list(ruled.raw[2 * page + 1].get_objects())) > 20


def test_a_folded_booklet_has_the_single_pages(small: Handbook) -> None:
    single, folded = pdf(small, "participants", booklet=True, single=True), pdf(small, "participants", booklet=True)
    assert len(folded) == -(-len(single) // 4) * 2
    width, height = folded.raw.get_page_size(0)
    assert (round(width / MM), round(height / MM)) == (297, 210)
    assert [int(side / MM + 0.01) for side in single.raw.get_page_size(0)] == [148, 210]
    for side, (left, right) in enumerate(folding_order(len(single))):
        for page, (from_, to) in ((left, (0, width / 2)), (right, (width / 2, width))):
            words = folded.words(side).get_text_bounded(from_, 0, to, height)
            assert letters(words) == (letters(single.text(page - 1, 0, 0)) if page <= len(single) else "")


@pytest.mark.parametrize("notes", ["column", "pages"])
def test_the_last_sides_of_a_booklet_for_notes_are_ruled(small: Handbook, notes: str) -> None:
    single = pdf(small, "participants", booklet=True, single=True, notes=notes)
    folded = pdf(small, "participants", booklet=True, notes=notes)
    width, height = folded.raw.get_page_size(0)
    for side, both in enumerate(folding_order(len(single))):
        for page, (from_, to) in zip(both, ((0, width / 2), (width / 2, width)), strict=True):
            if page > len(single):
                assert folded.words(side).get_text_bounded(from_, 0, to, height).strip() == "Notes"


def test_items_of_a_folded_booklet_stand_on_the_sides_told(small: Handbook) -> None:
    single = made(small, "trainer", with_options(booklet=True, single=True))
    folded = made(small, "trainer", with_options(booklet=True))
    order = folding_order(single.pages)
    assert set(folded.item_pages) == set(single.item_pages)
    for item, side in folded.item_pages.items():
        assert single.item_pages[item] in order[side - 1]


def test_cards_in_a_text_stay_on_their_page_however_long_they_are() -> None:
    said = "Some words that this card says to whoever reads it. " * 10
    text = f'+++\nkind = "cards"\n+++\n# Deck\n\n## One\n\n!!! card ""\n    {said}\n\n!!! card ""\n    Short words.\n'
    read = Pdf(
        to_pdf(handbook_of({"deck.md": text}), Handout(("deck",), PrintOptions(size=18, booklet=True, single=True)))
    )
    for page in range(len(read)):
        assert not overlapping(read, page)
        assert not outside(read, page)
    assert letters(read.body).count(letters(said)) == 1


def test_a_cards_title_is_no_part_of_its_first_word() -> None:
    text = '+++\nkind = "cards"\n+++\n# Deck\n\n## Business of everyone\n\n!!! card ""\n    Trafficking is here.\n'
    read = Pdf(to_pdf(handbook_of({"deck.md": text}), Handout(("deck",), PrintOptions(cards=4))))
    assert 26 in read.letter_heights(0, "r")  # the largest of four to a sheet


def card_of(options: PrintOptions) -> tuple[float, float]:
    width, height = cards.card_size(options.paper, to_a_sheet(options))
    return width * MM, height * MM


def to_a_sheet(options: PrintOptions, count: int = 11) -> int:
    return cards.to_a_sheet(options, count)


def places(read: Pdf, page: int, words: str) -> list[tuple[float, float]]:
    """Where some words begin on a page: left and baseline, in points."""
    text = read.words(page)
    whole = text.get_text_range()
    return [text.get_charbox(found.start())[:2] for found in re.finditer(re.escape(words), whole)]


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_card_is_whole_and_within_its_cut_lines(small: Handbook, number: int, paper: str) -> None:
    options = PrintOptions(cards=number, paper=paper)  # type: ignore[arg-type]
    read = Pdf(made(small, "cards", replace(WORKSHOP, options=options)).pdf)
    width, height = card_of(options)
    sheet_width, sheet_height = (side * MM for side in SHEETS[options.paper])
    number = to_a_sheet(options)
    found: dict[str, int] = {}
    for page in range(-(-11 // number)):
        text = read.words(page)
        for n in range(number):
            column, row = n % cards.GRIDS[number][0], n // cards.GRIDS[number][0]
            left = cards.EDGE * MM + column * width
            top = sheet_height - cards.TOP * MM - row * height
            words = " ".join(text.get_text_bounded(left, top - height, left + width, top).split())
            if words:
                found[words] = page
    assert set(found) == {f"Role {n} You are person {n}." for n in range(1, 12)}
    assert sheet_width > 0


@pytest.mark.parametrize("number", CARDS)
def test_backs_meet_their_fronts(small: Handbook, number: int) -> None:
    workshop = replace(
        WORKSHOP,
        items=(Passage("words"),),
        options=PrintOptions(cards=number, card_backs=True),
    )
    read = Pdf(made(small, "cards", workshop).pdf)
    width, _ = card_of(workshop.options)
    sheet = SHEETS["a4"][0] * MM
    text = [read.text(page, 0, 0) for page in range(len(read))]
    for front, back in (("First.", "Back of one."), ("Second.", "Back of two.")):
        at = next(page for page, words in enumerate(text) if front in words)
        assert at % 2 == 0
        (x, y), (back_x, back_y) = places(read, at, front)[0], places(read, at + 1, back)[0]
        column = int((x - cards.EDGE * MM) // width)
        behind = int((sheet - back_x - cards.EDGE * MM) // width)  # seen through the paper
        assert behind == column
        _, height = card_of(workshop.options)
        top = SHEETS["a4"][1] * MM - cards.TOP * MM
        assert int((top - y) // height) == int((top - back_y) // height)


def test_a_card_without_a_back_of_its_own_has_its_decks_name(small: Handbook) -> None:
    read = pdf(small, "cards", card_backs=True)
    assert read.text(1, 0, 0).count("Role cards") == 8


def test_a_text_too_long_for_its_card_is_not_cut_off() -> None:
    long = " ".join(f"word{n}" for n in range(900))
    text = f'+++\nkind = "cards"\n+++\n# Deck\n\n!!! card "Short"\n    Few.\n\n!!! card "Long"\n    {long}\n'
    text += f'\n!!! card "Wide"\n    {"Ж" * 10_000}\n'
    handbook = handbook_of({"deck.md": text})
    read = Pdf(print_workshop(handbook, Workshop(items=(Passage("deck"),)), ["cards"]).pdf)
    within_page(read)
    words = letters(everything(read))
    assert letters(long) in words
    assert words.count("Ж") == 10_000


def test_a_deck_takes_the_fewest_sheets() -> None:
    fewest = [cards.to_a_sheet(PrintOptions(), count) for count in (1, 8, 9, 16, 18, 24, 27)]
    assert fewest == [8, 8, 9, 8, 9, 8, 9]
    assert cards.to_a_sheet(PrintOptions(cards=4), 9) == 4


def test_heads_of_cards_are_level_and_far_from_the_cut(small: Handbook) -> None:
    read = pdf(small, "cards", cards=9)
    tops = {round(places(read, 0, f"Role {n}\r")[0][1]) for n in (1, 2, 3)}
    assert len(tops) == 1
    cut = (SHEETS["a4"][1] - cards.TOP) * MM
    assert 10 * MM < cut - tops.pop() < 16 * MM


def test_two_cases_share_a_sheet_and_a_long_one_has_its_own() -> None:
    def case(name: str, words: int) -> str:
        return f'!!! case "{name}"\n    ' + " ".join(["word"] * words) + f" end of {name}\n\n"

    text = '+++\nkind = "cards"\n+++\n# Cases\n\n' + case("One", 90) + case("Two", 90) + case("Long", 420)
    read = Pdf(print_workshop(handbook_of({"c.md": text}), Workshop(items=(Passage("c"),)), ["cards"]).pdf)
    assert len(read) == 2
    assert min(read.letter_heights(0, "w")) == 14
    assert places(read, 0, "Two")[0][1] < SHEETS["a4"][1] * MM / 2 < places(read, 0, "One")[0][1]
    assert "end of Long" in " ".join(read.text(1, 0, 0).split())


def test_a_case_for_each_person_is_on_both_halves_of_its_sheet() -> None:
    case = '!!! case "{0}"\n    A person came.\n\n'
    deck = '+++\nkind = "cards"\n+++\n# Cases\n\n' + "".join(map(case.format, ("One", "Two", "Three")))
    plan = '+++\nkind = "exercise"\nmaterials = [{ item = "c", per = "each" }]\n+++\n# Plan\n\nWords.\n'
    book = handbook_of({"c.md": deck, "p.md": plan})
    for people, runs_of_sheets in ((1, [Run(2, 1)]), (15, [Run(1, 15), Run(1, 8)])):
        workshop = Workshop(participants=people, items=(Passage("c"), Passage("p")))
        printed = print_workshop(book, workshop, ["cards"])
        assert list(printed.runs["cards"]) == runs_of_sheets
        read = Pdf(printed.pdf)
        assert [read.text(page, 0, 0).count("A person came") for page in range(2)] == [2, 2 if people > 1 else 1]
        assert [title for _, title, _ in read.outline] == ["One", "Two", "Three"]


def test_cases_do_not_share_a_sheet_back_to_back() -> None:
    deck = '+++\nkind = "cards"\n+++\n# Cases\n\n' + "".join(f'!!! case "C{n}"\n    Came.\n\n' for n in range(4))
    workshop = Workshop(options=PrintOptions(card_backs=True), items=(Passage("c"),))
    read = Pdf(print_workshop(handbook_of({"c.md": deck}), workshop, ["cards"]).pdf)
    assert [read.text(page, 0, 0).count("Came") for page in range(len(read))] == [2, 0, 2]


@pytest.mark.parametrize("poster", ["page", "double", "glued"])
def test_a_poster_fills_its_sheet(small: Handbook, poster: str) -> None:
    read = pdf(small, "posters", poster=poster)
    width, height = read.raw.get_page_size(0)
    size = {"page": (210, 297), "double": (297, 420), "glued": (297, 210)}[poster]
    assert (round(width / MM), round(height / MM)) == size
    assert len(read) == (2 if poster == "glued" else 1)
    if poster == "glued":
        return
    boxes = list(read.boxes(0))
    assert max(right for _, _, right, _ in boxes) > 0.75 * width or min(bottom for _, bottom, _, _ in boxes) < 40 * MM
    assert min(read.letter_heights(0, "p")) > 30 or len(read.letter_heights(0, "p")) > 1


def test_sheets_to_glue_say_what_to_cut_and_what_to_glue(small: Handbook) -> None:
    read = pdf(small, "posters", poster="glued")
    upper, lower = (" ".join(read.text(page, 0, 0).split()) for page in range(2))
    assert "How we work" in upper
    assert "No photos." in lower
    assert "Glue the next sheet onto this strip" in upper
    assert "Cut off this strip" in lower
    # No word lies in a strip but what says so.
    strip = posters.OVERLAP * MM
    assert all(bottom > strip for (_, bottom, _, top), words in runs(read, 0) if "Glue" not in words)
    _, height = read.raw.get_page_size(1)
    assert all(top < height - posters.CUT * MM for (_, _, _, top), words in runs(read, 1) if "Cut" not in words)


def test_what_is_too_long_to_be_read_from_afar_takes_more_sheets() -> None:
    points = "".join(f"-   Rule number {n} of many that a group has made.\n" for n in range(12))
    handbook = handbook_of({"p.md": f'+++\nkind = "poster"\n+++\n# Rules\n\n{points}'})
    for poster in ("page", "double", "glued"):
        options = PrintOptions(poster=poster)
        printed = print_workshop(handbook, Workshop(items=(Passage("p"),), options=options), ["posters"])
        read = Pdf(printed.pdf)
        assert len(read) == printed.runs["posters"][0].pages > 1
        assert min(min(read.letter_heights(page, "R") or {99}) for page in range(len(read))) >= 60
        assert [n for n in range(12) if f"Rule number {n} " in " ".join(everything(read).split())] == list(range(12))
        within_page(read)


def test_worksheets_share_their_height_among_the_lines_to_write_on(small: Handbook) -> None:
    def lines(read: Pdf) -> list[float]:
        """The heights of horizontal lines that go across the page, from its top."""
        found = [item.get_bounds() for item in read.raw[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
        return sorted(
            {round(top, 1) for left, low, right, top in found if right - left > 120 * MM and top - low < 3},
            reverse=True,
        )

    ruled, blank = pdf(small, "worksheets"), pdf(small, "worksheets", writing="blank")
    apart = [round((one - other) / MM, 1) for one, other in itertools.pairwise(lines(ruled))]
    assert sum(1 for step in apart if 9 <= step <= 10) > 12
    assert min(lines(ruled)) < 60 * MM  # no empty half of a page below
    heights = [
        round((top - bottom) / MM)
        for item in blank.raw[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        for _, bottom, _, top in [item.get_bounds()]
    ]
    assert max(heights) > 60
    squares = [
        1
        for item in ruled.raw[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        for left, bottom, right, top in [item.get_bounds()]
        if 3.9 * MM < right - left < 4.6 * MM and 3.9 * MM < top - bottom < 4.6 * MM
    ]
    assert squares  # the box to tick
    assert "Group" in ruled.text(0, 0, 0)
    assert "Date" in ruled.text(0, 0, 0)
    assert "Group" not in ruled.text(1, 0, 0)  # a form


def test_each_worksheet_is_a_paper_of_its_own(small: Handbook) -> None:
    printed = made(small, "worksheets")
    assert printed.item_pages == {11: 1, 12: 2}
    read = Pdf(printed.pdf)
    assert [re.search(r"page .*", read.foot(page)) for page in range(2)] == [None] * 2  # one page needs no number
    assert [read.raw.get_page_label(page) for page in range(2)] == ["1", "1"]
    assert [(run.pages, run.copies) for run in printed.runs["worksheets"]] == [(1, 12), (1, 2)]


def test_paper_is_counted_from_what_was_set(small: Handbook) -> None:
    workshop = with_options(double_sided=True, poster="glued")
    printed = print_workshop(small, workshop)
    said = in_words(workshop, count(workshop, printed.runs))
    packet_pages = made(small, "participants", workshop).pages
    assert said.startswith(f"12 participants: 12 × {-(-packet_pages // 2)} sheets, ")
    assert said.endswith("2 sheets of posters, 14 sheets of worksheets")


def test_decks_alone_are_cards_on_sheets_and_then_what_is_not_cut_out(small: Handbook) -> None:
    read = Pdf(to_pdf(small, Handout(("deck", "words"), PrintOptions(cards=4, booklet=True))))
    text = [read.text(page, 0, 0) for page in range(len(read))]
    assert len(read) == 3 + 1 + 1 + 1
    assert [page.count("You are person") for page in text] == [4, 4, 3, 0, 0, 0]
    assert "A person came" in text[4]
    for words in ("An introduction", "The answer of the cards", "The answer of the case", "The source."):
        assert words in text[5]
    mixed = everything(Pdf(to_pdf(small, Handout(("deck", "text")))))
    assert mixed.count("You are person") == 11


def test_a_field_of_a_worksheet_is_on_one_page(real: Handbook) -> None:
    read = Pdf(to_pdf(real, Handout(("worksheet-problem-tree",))))
    pages = [one.get_textpage().get_text_bounded() for one in read.raw]
    page = next(page for page in pages if "We choose this root:" in page)
    assert "One root we choose" in page
    assert "Who can change it, and what do they need?" in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_few_cards_do_not_take_a_page_for_themselves(real: Handbook, paper: Paper) -> None:
    read = Pdf(to_pdf(real, Handout(("agenda", "cards-roles"), PrintOptions(paper))))
    assert "Member of parliament" in read.text(1)
    assert len(read) == 2


def test_a_list_of_a_worksheet_is_on_the_page_of_its_heading() -> None:
    """Also where nothing but the list stands below it."""
    ticks = "".join(f"- [ ] tick {number}\n" for number in range(4))
    for lines in range(18, 30):
        filler = "".join(f"Line {number} of it.\n\n" for number in range(lines))
        text = f'+++\nkind = "worksheet"\n+++\n# Sheet\n\n{filler}\n## I leave out\n\n{ticks}\n## More\n\nWords.\n'
        read = Pdf(to_pdf(handbook_of({"one.md": text}), Handout(("one",), PrintOptions(size=18))))
        pages = [next(at for at in range(len(read)) if some in read.text(at, 0, 0)) for some in ("I leave", "tick 3")]
        assert pages[0] == pages[1], lines
