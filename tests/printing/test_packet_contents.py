"""What a packet's contents call its pieces, and what stands above them."""

from __future__ import annotations

import datetime
import re

import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions, Shown
from handbook.printing.typeset import document, front, print_workshop
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from tests.helpers import handbook_of
from tests.printed import Pdf

FILES = {
    "deck.md": '+++\nkind = "cards"\n+++\n# Deck of roles\n\nFor the walk.\n'
    + "".join(f'\n## {one}. Role {one} {{#role-{one}}}\n\n!!! card ""\n    You are {one}.\n' for one in range(1, 5)),
    "text.md": "# A text\n\nWords to read.\n",
}


WITH_CONTENTS = PrintOptions(cover="no", contents="yes")


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def trainers(
    book: Handbook, *items: Passage | CustomPage, options: PrintOptions = WITH_CONTENTS
) -> tuple[Pdf, dict[int, int]]:
    printed = print_workshop(book, Workshop(options=options, items=items), ["trainer"])
    return Pdf(printed.pdf), dict(printed.item_pages)


def test_the_trainers_own_pages_have_a_head_of_their_own(small: Handbook) -> None:
    read, _ = trainers(small, CustomPage("House rules", "Be kind."), Passage("text"), Passage("deck"))
    lines = [line.strip(" .0123456789") for line in read.text(0).splitlines()]
    heads = [line for line in lines if line in ("Reading", "Own pages", "Cards", "House rules", "A text")]
    assert heads == ["Reading", "A text", "Own pages", "House rules", "Cards"]


def test_several_cards_are_headed_by_their_deck(small: Handbook) -> None:
    read, pages = trainers(small, Passage("deck#role-2"), Passage("deck#role-4"))
    words = " ".join(read.text(1, 0, 0).split())
    assert "Deck of roles 2. Role 2 You are 2. 4. Role 4 You are 4." in words
    assert "From:" not in words
    assert [title for _, title, _ in read.outline] == ["Deck of roles"]
    assert pages == {0: 2, 1: 2}  # each can be found


def test_cards_of_a_deck_stand_together_in_its_order(small: Handbook) -> None:
    some = [Passage(f"deck#role-{number}") for number in (3, 4, 1, 2)]
    read, pages = trainers(small, some[0], Passage("text"), *some[1:])
    assert [title for _, title, _ in read.outline] == ["A text", "Deck of roles"]
    words = " ".join(read.body.split())
    assert [number for number in range(1, 5) if words.count(f"You are {number}.") != 1] == []
    assert words.index("You are 1.") < words.index("You are 4.")
    assert pages == {0: 3, 1: 2, 2: 3, 3: 3, 4: 3}


def test_a_card_alone_is_headed_by_its_own_title(small: Handbook) -> None:
    read, _ = trainers(small, Passage("deck#role-2"))
    assert [title for _, title, _ in read.outline] == ["2. Role 2"]
    assert "From: Deck of roles" in read.text(1, 0, 0)


def test_a_day_too_long_for_a_page_takes_the_fewest(small: Handbook) -> None:
    """In large print on half a sheet: it would take four at the usual size."""
    options = PrintOptions(size=18, booklet=True, single=True, cover="no", contents="no")
    day = [Entry(f"What is done then, and who does it, {number}") for number in range(25)]
    printed = print_workshop(small, Workshop(options=options, items=(*day, Passage("text"))), ["trainer"])
    assert printed.item_pages[25] == 3


def test_sections_read_one_after_the_other_leave_no_page_of_a_few_lines(real: Handbook) -> None:
    items = (Passage(f"before-you-start#{name}") for name in ("safety", "opting-out", "confidentiality"))
    options = PrintOptions("letter", cover="no", contents="no")
    read, _ = trainers(real, Passage("statement#achievements"), *items, options=options)
    pages = [page for page in range(len(read)) if "Say it in plain words" in read.text(page)]
    assert pages == [page for page in range(len(read)) if "Take flip charts down" in read.text(page)]


def test_what_stands_above_cards_is_on_the_page_of_the_first_ones() -> None:
    """Wherever on a page it stands."""
    long = FILES["deck.md"].replace("You are", 60 * "There is more to say. " + "You are")
    for count in range(26, 42):
        filler = "".join(f"Line {number} of it.\n\n" for number in range(count))
        first = f'+++\nkind = "cards"\n+++\n# First deck\n\n{filler}\n!!! card ""\n    It.\n'
        book = handbook_of({"first.md": first, "deck.md": long})
        read, _ = trainers(book, Passage("first"), Passage("deck"), options=PrintOptions(cover="no", contents="no"))
        above, card = (
            next(at for at in range(len(read)) if some in read.text(at, 0, 0)) for some in ("the walk", "You are 1")
        )
        assert above == card, count


def test_contents_that_need_several_pages_take_no_more_than_smaller_letters_do() -> None:
    texts = {f"text{n:02}.md": f"# Text {n:02}\n\nWords to read.\n" for n in range(38)}
    options = PrintOptions(size=18, booklet=True, single=True, cover="no", contents="yes")
    items = [Passage(name.removesuffix(".md")) for name in texts]
    read, _ = trainers(handbook_of(texts), *items, options=options)
    counts = [sum(". . ." in line for line in read.text(page, 0, 0).splitlines()) for page in range(4)]
    assert sum(counts) == 38
    assert len([count for count in counts if count]) == 2


@pytest.mark.parametrize("wish", ["auto", "no"])
def test_a_packet_of_many_words_has_what_any_packet_of_six_pages_has(
    wish: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"text{n}.md": f"# Text {n}\n\n" + "Words to read.\n\n" * 60 for n in range(6)}
    items = tuple(Passage(name.removesuffix(".md")) for name in texts)
    workshop = Workshop(options=PrintOptions(cover=wish, contents=wish), items=items)
    pdfs = []
    for letters in (10**9, 1):
        monkeypatch.setattr(document, "_SURELY_LONG", letters)
        pdfs.append(print_workshop(handbook_of(texts), workshop, ["participants"]).pdf)
    counted, known = pdfs
    assert known == counted
    assert ("Contents" in Pdf(known).body) == (wish == "auto")


def test_the_steps_in_the_trainers_programme_end_when_their_item_does(real: Handbook) -> None:
    workshop = Workshop("A day", start=datetime.time(9), items=(Passage("ex-jigsaw", minutes=30),))
    assert max(re.findall(r"[0-9]{2}:[0-9]{2}", front.front(real, workshop, "trainer"))) == "09:30"
