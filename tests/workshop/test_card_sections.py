"""Cards and cases that are sections of their deck, and what comes along for the trainer: read back from real PDFs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import Kind, PrintOptions
from handbook.printing.typeset import kinds_of, print_workshop
from handbook.search.index import Index
from handbook.workshop.model import Passage, Workshop
from handbook.workshop.packet import packet
from tests.helpers import handbook_of
from tests.printed import Pdf, printed
from tests.workshops import everything

DECK = """+++
kind = "cards"
+++
# Roles

For the walk.

## The judge {#judge}

!!! card ""
    You decide on appeals.

!!! back ""
    Behind the judge.

## The *farm* worker {#worker}

!!! card ""
    You pick tomatoes.

## The donor {#donor}

!!! card ""
    You pay a third.
"""
CASES = """+++
kind = "cards"
+++
# Cases

Twelve of them.

## Case 1: The car wash {#car-wash}

!!! case ""
    T. polishes bonnets.[^s]

!!! key "Facilitator's key"
    The answer about bonnets.

## Case 2: The harvest {#harvest}

!!! case ""
    N. gathers asparagus.

!!! key "Facilitator's key"
    The answer about asparagus.

[^s]: A source.
"""
PLAN = """+++
kind = "session-plan"
minutes = 30
materials = [{ item = "cases#car-wash", per = "each" }, { item = "deck", per = "one" }]
+++
# A plan

## Materials

-   Print: a case from the [Cases](cases), the [Roles](deck), the [Form](form). Read [About words](words#about).

## Steps

### 1. Begin (30 minutes)

Read the [content note](before#note). Then [Later](words#later) may help, and the [rules](words#rules).

## Exercises used

-   [An exercise](ex)
"""
FILES = {
    "deck.md": DECK,
    "cases.md": CASES,
    "plan.md": PLAN,
    "ex.md": '+++\nkind = "exercise"\nminutes = 20\n+++\n# An exercise\n\n## Materials\n\n[Later](words#later).\n',
    "form.md": '+++\nkind = "form"\n+++\n# Form\n\nTo fill in.\n',
    "words.md": "# Words\n\nAll about words.\n\n## About words {#about}\n\nHow words are made.\n\n"
    "## Later {#later}\n\nHow words went on.\n\n## Rules {#rules}\n\n!!! safety \"A rule\"\n    Not read aloud.\n",
    "before.md": '+++\naudience = "trainer"\n+++\n# Before\n\nFor the trainer.\n\n## The note {#note}\n\n'
    '!!! safety "To read aloud"\n    Nobody has to speak.\n\n## More {#more}\n\nMore for the trainer.\n',
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def of(*items: str | Passage) -> Workshop:
    passages = (item if isinstance(item, Passage) else Passage(item) for item in items)
    return Workshop("A day", participants=6, items=tuple(passages))


def text_of(handbook: Handbook, workshop: Workshop, kind: Kind) -> str:
    return " ".join(everything(Pdf(print_workshop(handbook, workshop, [kind]).pdf)).split())


def addresses(handbook: Handbook, workshop: Workshop, kind: Kind) -> list[str]:
    return [str(piece.sections[0].address) for piece in packet(handbook, workshop, kind).pieces]


# -- Printed --------------------------------------------------------------------------------------------------


def test_a_card_has_the_title_of_its_section(small: Handbook) -> None:
    text = " ".join(everything(printed(small, "deck")).split())
    assert "The judge You decide on appeals. The farm worker You pick tomatoes. The donor You pay a third." in text
    assert text.count("The judge") == 1  # no heading beside it
    assert "For the walk." not in text  # what it is for is not worth a sheet
    backs = " ".join(everything(printed(small, "deck", options=PrintOptions(card_backs=True))).split())
    assert "Behind the judge." in backs


def test_one_card_by_its_address_prints_that_card(small: Handbook) -> None:
    read = printed(small, "deck#worker")
    text = " ".join(everything(read).split())
    assert len(read) == 1
    assert "The farm worker You pick tomatoes." in text
    assert "judge" not in text
    assert "donor" not in text
    assert text.startswith("Roles")  # the deck by which sets are told apart


def test_a_case_by_its_address_prints_the_case_and_behind_it_its_key(small: Handbook) -> None:
    read = printed(small, "cases#harvest")
    assert len(read) == 2
    assert "Case 2: The harvest N. gathers asparagus." in " ".join(read.text(0, 0, 0).split())
    assert "The answer" not in read.text(0, 0, 0)
    assert "The answer about asparagus." in " ".join(read.text(1, 0, 0).split())
    assert "bonnets" not in everything(read)


def test_beside_a_text_a_card_keeps_its_title_and_a_case_its_page(small: Handbook) -> None:
    read = printed(small, "words#about", "deck#worker", "deck#donor", "cases")
    text = " ".join(everything(read).split())
    assert text.count("The donor") == 1  # on the card alone; the first of them heads the passage too
    assert "The farm worker You pick tomatoes." in text
    pages = [read.text(page, 0, 0) for page in range(len(read))]
    (key,) = [page for page in pages if "The answer about bonnets" in page]
    assert "polishes" not in key
    assert "asparagus" not in key
    titles = [title for _, title, _ in read.outline]
    assert "Case 2: The harvest" in titles
    assert "The donor" not in titles


@pytest.mark.parametrize("kind", ["cards", "trainer"])
def test_a_packet_of_chosen_cards_holds_those_and_tells_their_pages(small: Handbook, kind: Kind) -> None:
    workshop = of("deck#donor", "cases#harvest", "deck#judge", "words")
    made = print_workshop(small, workshop, [kind])
    text = " ".join(everything(Pdf(made.pdf)).split())
    assert "worker" not in text
    assert "bonnets" not in text
    if kind == "cards":
        assert "The judge You decide on appeals. The donor You pay a third." in text  # on one sheet
        assert "The answer" not in text
        assert made.item_pages == {0: 1, 1: 2, 2: 1}
    else:
        assert "The donor You pay a third." in text  # what is cut out is a list there
        assert "N. gathers asparagus." in text
        assert "The answer about asparagus." in text
        assert set(made.item_pages) == {0, 1, 2, 3}


def test_a_link_on_a_card_leads_to_what_is_printed_or_says_its_name(small: Handbook) -> None:
    linked = DECK.replace(
        "You pay a third.", "You pay. See [more](words#later), [him](#judge), [a case](cases#harvest)."
    )
    handbook = handbook_of(FILES | {"deck.md": linked.replace("Behind the judge.", "Behind: [her](#donor).")})
    workshop = of("deck#donor", "deck#judge", "deck", "cases#harvest")
    for options in (PrintOptions(), PrintOptions(card_backs=True)):
        made = print_workshop(handbook, replace(workshop, options=options))
        assert "You pay. See more (“Later”), him" in " ".join(everything(Pdf(made.pdf)).split())
        assert set(made.item_pages) == {0, 1, 2, 3}


def test_each_card_is_found_on_its_sheet(small: Handbook) -> None:
    many = "".join(f'\n## Card {n} {{#card-{n}}}\n\n!!! card ""\n    The words of {n}.\n' for n in range(1, 20))
    handbook = handbook_of({"deck.md": f'+++\nkind = "cards"\n+++\n# Many\n{many}'})
    made = print_workshop(handbook, of(*(f"deck#card-{n}" for n in range(19, 0, -1))), ["cards"])
    read = Pdf(made.pdf)
    assert len(read) == 3
    for item, page in made.item_pages.items():
        assert f"The words of {19 - item}." in " ".join(read.text(page - 1, 0, 0).split())
    assert set(made.item_pages) == set(range(19))


def test_a_note_to_a_card_is_in_the_trainers_packet(small: Handbook) -> None:
    workshop = of(Passage("deck#donor", note="Give it to Ana."), "deck#judge", "words")
    text = text_of(small, workshop, "trainer")
    assert "The donor Give it to Ana. You pay a third." in text
    assert "The judge You decide on appeals." in text


def test_what_has_no_card_is_no_deck(small: Handbook) -> None:
    assert kinds_of(small, of("cases#car-wash", "deck")) == ("trainer", "cards")
    empty = handbook_of(FILES | {"empty.md": '+++\nkind = "cards"\n+++\n# Empty\n\n## How to {#how}\n\nWords.\n'})
    assert kinds_of(empty, of("empty")) == ("trainer",)
    made = print_workshop(empty, of("empty", "deck#judge"), ["cards"])
    assert made.item_pages == {1: 1}
    assert [(run.pages, run.copies) for run in made.runs["cards"]] == [(1, 1)]


def test_participants_get_no_heading_of_an_answer_that_is_left_out() -> None:
    handbook = handbook_of(
        {"text.md": '# Text\n\nWords.\n\n## Answers\n\n!!! key "Key"\n    It is so.\n\n## More\n\nM.\n'}
    )
    text = text_of(handbook, of("text"), "participants")
    assert "Answers" not in text.partition("Contents")[2]
    assert "More" in text


# -- For the trainer alone ------------------------------------------------------------------------------------


def test_what_is_for_the_trainer_alone_stays_out_of_the_participants_packet(small: Handbook) -> None:
    workshop = of("before", "before#more", "words")
    assert addresses(small, workshop, "participants") == ["words"]
    assert addresses(small, workshop, "trainer") == ["before", "words"]
    assert kinds_of(small, of("before#note")) == ("trainer",)


def test_what_a_plan_needs_comes_along_for_the_trainer(small: Handbook) -> None:
    assert addresses(small, of("plan"), "trainer") == ["plan", "words#about", "before#note", "cases#car-wash"]
    text = text_of(small, of("plan"), "trainer")
    for words in ("The answer about bonnets.", "How words are made.", "Nobody has to speak."):
        assert words in text
    for words in ("asparagus", "How words went on", "More for the trainer", "You pick", "To fill in", "Not read aloud"):
        assert words not in text
    assert addresses(small, of("plan"), "participants") == []


def test_what_is_there_does_not_come_twice(small: Handbook) -> None:
    workshop = of("plan", "words", "cases", "before")
    assert addresses(small, workshop, "trainer") == ["plan", "words", "before", "cases"]  # cards and cases last


def test_for_an_exercise_that_a_plan_holds_nothing_comes_along(small: Handbook) -> None:
    held = of("plan", Passage("ex", minutes=0))
    assert "words#later" not in addresses(small, held, "trainer")
    assert "words#later" in addresses(small, of("plan", "ex"), "trainer")


# -- Found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("tomatoes", "deck#worker"),
        ("farm worker", "deck#worker"),
        ("asparagus", "cases#harvest"),
        ("bonnets", "cases#car-wash"),
    ],
)
def test_a_card_and_a_case_are_found_by_their_own_words(small: Handbook, query: str, address: str) -> None:
    assert Index.in_memory(small).search(query).hits[0].address == address


def test_every_card_and_case_of_the_handbook_is_a_section_of_its_own(real: Handbook) -> None:
    for chapter in real.chapters.values():
        if chapter.front.kind != "cards":
            continue
        for section in chapter.sections:
            lines = chapter.lines[section.body : section.text_end]
            fronts = [line for line in lines if line.startswith(("!!! card", "!!! case"))]
            assert len(fronts) <= (section.level > 0), section.address
            assert all(line.endswith(' ""') for line in fronts), section.address
