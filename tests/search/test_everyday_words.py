"""What people ask with arrives: everyday words, numbers as words, addresses; and hits tell apart what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.content.loading import load
from handbook.search import tokens
from handbook.search.index import Index
from tests.search.whole import handbook, index


def first(query: str, most: int = 3) -> list[str]:
    return [hit.address for hit in index().search(query, limit=most).hits]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("warm-up", "glossary#icebreaker"),
        ("warm up", "glossary#icebreaker"),
        ("discussion questions", "glossary#debriefing"),
        ("certificate", "plan-closing"),
        ("red flags", "glossary#indicator"),
        ("illegal worker", "glossary#irregular-worker"),
        ("translator", "before-you-start#interpreters"),
        ("foto", "before-you-start#pictures"),
        ("jail", "cards-statements#statement-4"),
        ("zoom", "before-you-start#online"),
        ("what if a participant cannot read", "before-you-start#low-literacy"),
        ("how to finish the training", "plan-closing"),
        ("watchdog role", "glossary#watchdog"),
        ("opening", "plan-opening"),
    ],
)
def test_everyday_words_find_what_the_text_calls_otherwise(query: str, wanted: str) -> None:
    assert wanted in first(query)


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("recommendation three", "recommendation 3"),
        ("rec. iii", "recommendation 3"),
        ("agenda 1 day", "agenda one day"),
        ("p9", "P09"),
        ("three phases", "3 phases"),
    ],
)
def test_numbers_are_found_as_words_and_as_digits(query: str, same: str) -> None:
    assert first(query, 10) == first(same, 10)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("R3", ["statement#r3", "reading-the-statement#r3"]),
        ("r3", ["statement#r3", "reading-the-statement#r3"]),
        ("P09", ["statement#r1", "reading-the-statement#p09"]),
        ("statement#r3", ["statement#r3"]),
        ("Glossary#debriefing", ["glossary#debriefing"]),
        ("recommendation three", ["statement#r3"]),
    ],
)
def test_addresses_and_short_names_are_understood(query: str, wanted: list[str]) -> None:
    answer = index().search(query)
    assert [hit.address for hit in answer.hits][: len(wanted)] == wanted
    assert answer.missing == ()


def test_an_address_obeys_a_filter_and_one_of_nothing_is_plain_words() -> None:
    assert all(hit.address.startswith("glossary") for hit in index().search("R3 in:glossary").hits)
    assert index().search("statement#nowhere").hits[0].address != "statement#nowhere"


@pytest.mark.parametrize("query", ["debriefing in:training", "icebreaker in:training", "indicator in:practice"])
def test_a_filter_is_obeyed_by_every_hit_and_by_the_card(query: str) -> None:
    answer = index().search(query)
    assert answer.hits
    assert answer.card is None
    part = query.partition("in:")[2]
    for hit in answer.hits:
        assert handbook().chapters[hit.address.partition("#")[0]].part == part


def test_a_chapters_own_name_beats_another_form_in_an_entry_of_the_glossary() -> None:
    answer = index().search("opening")
    assert answer.hits[0].address == "plan-opening"
    assert answer.card is None  # the glossary's Transparency is also called openness
    debriefing = index().search("debriefing").card
    assert debriefing is not None
    assert debriefing.address == "glossary#debriefing"


def test_participants_are_not_participation() -> None:
    assert index().search("participants").card is None


def test_hits_are_named_so_that_they_tell_apart() -> None:
    hits = index().search("debriefing", limit=50).hits
    assert "Jigsaw: Debriefing" in {hit.title for hit in hits}
    titles = [hit.title for hit in index().search("variations", limit=50).hits]
    assert len(titles) == len(set(titles))
    assert index().search("wheelchair").hits  # a title that is the only one of its kind stays as it is
    assert index().search("ground rules poster").hits[0].title.count(":") <= 1


def test_lists_of_links_are_no_words_of_an_entry() -> None:
    for query in ("accountability P03", "debriefing de-roling"):
        term = query.split()[0]
        answer = index().search(f"{query} in:glossary", correct=False)
        hit = next(hit for hit in answer.hits if hit.address == f"glossary#{term}")
        assert {hit.snippet[start:end].lower() for start, end in hit.marks} <= {term}
    assert "glossary#accountability" not in {hit.address for hit in index().search("P03", limit=100).hits}


def test_the_passage_that_says_it_is_found() -> None:
    """ "Related: watchdog" and "In the statement: P07" are links, and must not stand before the text itself."""
    hits = [hit.address for hit in index().search("plays an important role as watchdog").hits]
    assert hits[0] == "statement#achievements"


Book = Callable[..., Index]


def book(folder: Path, *sections: tuple[str, str]) -> Index:
    text = "".join(f"## {title} {{#s{number}}}\n\n{text}\n\n" for number, (title, text) in enumerate(sections))
    (folder / "book.md").write_text(f"# Zzz\n\n{text}", "utf-8")
    return Index.in_memory(load(folder))


def test_a_compound_in_two_pieces_is_a_neighbour_like_a_whole_one(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        ("A", "The watch dog barks here, and much later somebody speaks of monitoring by others."),
        ("B", "Much later somebody barks here and speaks of watch dog monitoring by others there."),
    )
    assert made.search("watchdog monitoring").hits[0].address == "book#s1"


def test_synonyms_alone_bring_nothing_in_beside_the_word_itself(tmp_path: Path) -> None:
    made = book(tmp_path, ("A", "A prize is given."), ("B", "An award is given."))
    assert [hit.address for hit in made.search("prize").hits] == ["book#s0"]
    other = book(tmp_path, ("A", "Nothing."), ("B", "An award is given."))
    assert [hit.address for hit in other.search("prize").hits] == ["book#s1"]


def test_letters_and_numbers_that_are_one(tmp_path: Path) -> None:
    made = book(tmp_path, ("A", "It cost 1,500,000 then."), ("B", "Всё о праве"), ("C", "An e-mail and an x-ray"))
    assert made.search("1500000").hits[0].address == "book#s0"
    assert made.search("все").hits[0].address == "book#s1"
    assert made.search("всё").hits[0].address == "book#s1"
    for query in ("email", "e-mail", "E-Mail", "xray", "x-ray"):
        answer = made.search(query)
        assert answer.hits[0].address == "book#s2", query
        assert (answer.suggestion, answer.missing) == ("", ()), query


@pytest.mark.parametrize("query", ["ice ", "gam", "ice", "debrie ", "jigs"])
def test_the_list_is_never_empty_while_a_word_of_the_handbook_begins_so(query: str) -> None:
    for typing in (True, False):
        answer = index().search(query, typing=typing)
        assert answer.hits
        assert answer.suggestion == ""


def test_plurals_name_the_same_and_stems_do_not() -> None:
    assert tokens.singular("participants") == tokens.singular("participant") != tokens.singular("participation")
    assert [tokens.singular(form) for form in ("agencies", "boxes", "ngos", "women", "crisis", "class", "three")] == [
        "agency", "box", "ngo", "woman", "crisis", "class", "3",
    ]  # fmt: skip
