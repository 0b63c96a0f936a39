"""The search: what it finds, in what order, what it marks, and what it does with damaged files."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import whoosh.fields
import whoosh.index
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.search import index_files, tokens
from handbook.search.index import Index, build_index, cache_folder, matcher, open_or_build
from handbook.search.index_files import IndexDamaged, IndexNotWritten
from handbook.search.query import MAX_WORDS, Query
from handbook.search.whoosh_store import Cancelled
from tests.helpers import examples, handbook_of

ROOT = Path(__file__).resolve().parents[2]
STATEMENT = ROOT / "content" / "en" / "statement"
CATALOGUE = "handbook_index.json"


@cache
def statement() -> Handbook:
    """The statement alone: texts that are added to the handbook later must not change these tests."""
    return load(STATEMENT)


@cache
def index() -> Index:
    return Index.in_memory(statement())


def found(query: str, *, typing: bool = False, correct: bool = True) -> list[str]:
    """Addresses found in the statement, without the chapter's name."""
    hits = index().search(query, typing=typing, correct=correct).hits
    return [hit.address.removeprefix("statement").removeprefix("#") for hit in hits]


Book = Callable[..., Index]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Makes a handbook of one chapter, a section for each title and text, and gives its index."""

    def make(*sections: tuple[str, str]) -> Index:
        return Index.in_memory(small(tmp_path / "content", *sections))

    return make


def small(folder: Path, *sections: tuple[str, str]) -> Handbook:
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"## {title} {{#s{number}}}\n\n{text}\n\n" for number, (title, text) in enumerate(sections))
    (folder / "book.md").write_text(f"# Zzz\n\n{text}", "utf-8")
    return load(folder)


def order(index: Index, query: str, *, typing: bool = False) -> list[int]:
    """Numbers of the sections found."""
    hits = index.search(query, typing=typing).hits
    return [int(hit.address.removeprefix("book#s")) for hit in hits if "#s" in hit.address]


# -- What is found ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("root causes", "r2"),
        ("roots causes", "r2"),
        ("recommendation 4", "r4"),
        ("Recommendations 4", "r4"),
        ("rec 4", "r4"),
        ("rec. 1", "r1"),
        ("2", "r2"),
        ("millennium development goals", "b1"),
        ("raids on brothels", "r1"),
        ("organizing conferences", "r4"),
        ("labor law", "b3"),
        ("UN Convention on the Protection of the Rights of all Migrant Workers", "b3"),
        ("independance of NGOs", "r3"),
        ("ngo's independence", "r3"),
        ("watchdog", "achievements"),
        ("watch dog", "achievements"),
        ("watch-dog", "achievements"),
        ("watchdogs", "achievements"),
        ("grassroots", "r3"),
        ("fieldwork", "r3"),
        ("coordination", "achievements"),
        ("co-ordination", "achievements"),
        ("toolkits", "r4"),
        ("What are the principles of La Strada?", ""),
        ("discriminated", "b1"),
        ("woman", ""),
    ],
)
def test_the_right_section_of_the_statement_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first
    assert found(query, typing=True)[0] == first


@pytest.mark.parametrize(
    "queries",
    [
        "antitrafficking|Antitrafficking|anti trafficking|anti-trafficking|anti‑trafficking|ANTI–TRAFFICKING",
        "women's rights|women’s rights|womens rights|WOMEN RIGHTS|woman right",
        "organise labour|organize labor|organizing labours|Organisations, labour",
        "tools kits|tool kit|tool-kits",
        "programme|program|programs|programmes",
        "exploitation|exploited|exploitative|exploiters",
        "Łabor migrátion|labor migration",
    ],
)
def test_one_query_in_other_clothes_finds_the_same(queries: str) -> None:
    answers = [
        [(hit.address, round(hit.score, 9)) for hit in index().search(query).hits] for query in queries.split("|")
    ]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_joined_words_find_all_that_the_two_words_find_side_by_side() -> None:
    texts = {
        section.address.anchor: statement().chapters["statement"].text(section) for section in statement().sections
    }
    together = {anchor for anchor, text in texts.items() if re.search("anti[ -]trafficking", text, re.IGNORECASE)}
    assert set(found("antitrafficking", correct=False)) == together
    assert set(found("antitrafficking")[: len(together)]) == together  # and then those with one of the words


def test_every_title_finds_its_own_section_first() -> None:
    handbook = load(ROOT / "content" / "en")
    whole = Index.in_memory(handbook)

    def bare(title: str) -> list[str]:
        return [tokens.term(form) for form in tokens.forms(re.sub(r"^\d+\. ", "", title))]  # "Raids" is "Raid", too

    for section in handbook.sections:
        for query in (section.title, section.title.upper(), re.sub(r"^\d+\. ", "", section.title)):
            first = handbook.find(whole.search(query, limit=1).hits[0].address)
            assert first is not None
            assert bare(first.title) == bare(section.title), query


def test_a_section_that_is_called_as_the_query_beats_one_that_says_it_often(book: Book) -> None:
    much = "Demand and demand and demand. " * 20
    assert order(book(("Demand and supply of demand", much), ("Demand", "It is short.")), "demand")[0] == 1
    assert order(book(("The way of it", "x"), ("The way", "y"), ("Ways", "way way way")), "the way")[0] == 1


def test_a_title_weighs_more_than_a_text(book: Book) -> None:
    text = "A word about shelters stands here among others."
    assert order(book(("One thing", text), ("Closed shelters", "Something about other places.")), "shelters") == [1, 0]


@pytest.mark.parametrize(("text", "total"), [("# …\n\nA word.\n", 1), ("# …\n", 0)], ids=["text", "nothing"])
def test_a_handbook_without_a_word_in_its_titles_can_be_searched(text: str, total: int) -> None:
    assert Index.in_memory(handbook_of({"a.md": text})).search("word").total == total


def test_more_of_the_words_come_before_fewer_and_any_word_finds(book: Book) -> None:
    sections = [
        ("A", "poverty alone here"),
        ("B", "poverty and violence here"),
        ("C", "poverty, violence, migration"),
    ]
    assert order(book(*sections), "migration violence poverty unicorn") == [2, 1, 0]


def test_a_phrase_comes_before_the_same_words_scattered(book: Book) -> None:
    scattered = "Rights stand here first, and then labour is spoken of in some more words."
    together = "Here it is: labour rights stand side by side, and then come some more words."
    assert order(book(("A", scattered), ("B", together)), "labour rights") == [1, 0]


def test_a_phrase_comes_first_even_if_the_words_are_a_title_elsewhere(book: Book) -> None:
    made = book(("Work and fields", "We work and work."), ("B", "It is based on field work and more of the like here."))
    assert order(made, "field work") == [1, 0]


def test_all_of_a_few_words_come_before_some_of_them_said_often(book: Book) -> None:
    some = "Police and police. Cards of police, cards. " * 3
    made = book(("A", some), ("B", "Here the role of the police is on one of the cards, among many other words."))
    assert order(made, "role police cards") == [1, 0]


def test_what_a_text_rests_on_comes_after_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('+++\nkind = "sources"\n+++\n# Zzz\n\n## A {#a}\n\nA report on shelters.\n', "utf-8")
    (tmp_path / "b.md").write_text("# Yyy\n\n## B {#b}\n\nA report on shelters.\n", "utf-8")
    made = Index.in_memory(load(tmp_path))
    assert [hit.address for hit in made.search("shelters").hits] == ["b#b", "a#a"]


def test_a_list_of_links_comes_after_a_text(book: Book) -> None:
    made = book(
        ("A", "Terms: [shelters](book#s1), [demand](book#s1)"), ("B", "About shelters there is more to say than that.")
    )
    assert order(made, "shelters") == [1, 0]


def test_words_of_one_family_that_stemming_keeps_apart_help(book: Book) -> None:
    texts = ("Visas for musicians of all kinds", "Visas for gardeners of all kinds", "Music")
    assert order(book(*[("Same", text) for text in texts]), "visas musically") == [2, 0, 1]


def test_short_and_full_names_find_each_other(tmp_path: Path) -> None:
    glossary = "## Public office {#po}\n\nA place of work.\n\n-   Also: PO, POs\n-   Related: [x](#po)\n"
    (tmp_path / "g.md").write_text(f'+++\nkind = "glossary"\n+++\n# Glossary\n\n{glossary}', "utf-8")
    (tmp_path / "t.md").write_text("# T\n\n## A {#a}\n\nAsk the PO.\n\n## B {#b}\n\nAsk the public offices.\n", "utf-8")
    made = Index.in_memory(load(tmp_path))
    for query in ("PO", "public office", "public offices"):
        answer = made.search(query)
        assert {hit.address for hit in answer.hits} == {"g#po", "t#a", "t#b"}
        assert answer.card is not None
        assert answer.card.title == "Public office"
    hit = next(hit for hit in made.search("PO").hits if hit.address == "t#b")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["public offices"]


def test_words_at_the_seam_of_two_paragraphs_are_no_phrase(book: Book) -> None:
    seam = "They speak of labour\n\nrights are spoken of there"
    phrase = "They speak of labour rights\n\nare spoken of there"
    assert order(book(("A", seam), ("B", phrase)), "labour rights") == [1, 0]


def test_compounds_find_each_other_in_any_spelling(book: Book) -> None:
    sections = [
        ("A", "a watch dog barks"),
        ("B", "the watchdog barks"),
        ("C", "watch-dogs bark"),
        ("D", "a dog to watch"),
    ]
    made = book(*sections)
    assert set(order(made, "watchdog")) == {0, 1, 2}
    assert set(order(made, "watch dog")) == {0, 1, 2, 3}
    assert order(made, "watch dog")[-1] == 3
    assert order(made, "watch-dog") == order(made, "watch dog")


def test_an_ordinary_word_is_not_taken_apart(book: Book) -> None:
    made = book(("A", "The rapist was tried."), ("B", "A therapist helps."), ("C", "Show us the way in to it."))
    assert order(made, "therapist") == [1]
    assert order(made, "into") == []


def test_equal_scores_keep_the_order_of_the_handbook(book: Book) -> None:
    made = book(*[("Same", "the same text about visas") for _ in range(40)])
    assert order(made, "visas") == list(range(40))


def test_stop_words_count_only_when_there_is_nothing_else(book: Book) -> None:
    made = book(("A", "the the the of the of the"), ("B", "rights"))
    assert order(made, "the rights of") == [1]
    assert order(made, "of the") == [0]


def test_single_digits_and_numbers_with_slashes_are_found(book: Book) -> None:
    made = book(
        ("A", "Goals 1, 2 and 3 of 2011."),
        ("B", "Directive 2011/36/EU says."),
        ("C", "Article 26 of 36."),
        ("D", "Art. 6"),
    )
    assert order(made, "3") == [0]
    assert order(made, "2011/36/EU")[0] == order(made, "2011/36")[0] == 1
    assert order(made, "art. 26")[0] == order(made, "article 26")[0] == 2
    assert order(made, "Article 6")[0] == 3


def test_cyrillic_is_found_as_typed_and_never_bent(book: Book) -> None:
    made = book(("A", "Торгівля людьми — злочин"), ("B", "край"), ("C", "краи"), ("D", "права п’ятьох"))
    assert order(made, "ТОРГІВЛЯ людьми") == [0]
    assert order(made, "край") == [1]
    assert order(made, "п'ятьох") == [3]


def test_the_path_is_searched_too(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# Prevention\n\n## Posters\n\nHang them.\n\n### Large\n\nA2.\n", "utf-8")
    made = Index.in_memory(load(tmp_path))
    assert {hit.address for hit in made.search("prevention posters large").hits} == {
        "one",
        "one#posters",
        "one#large",
    }
    assert made.search("posters large").hits[0].address == "one#large"


def test_a_hit_says_where_it_is() -> None:
    hit = index().search("poverty").hits[0]
    assert hit.address == "statement#b1"
    assert hit.title == "Poverty, gender inequality and violence and discrimination in the countries of origin"
    assert hit.path[-2:] == ("Recommendations", "2. Focus on root causes")
    top = index().search("belarus").hits[0]
    assert top.address == "statement"
    assert statement().find(top.address) is not None


def test_scores_fall_and_the_limit_holds() -> None:
    answer = index().search("trafficking of persons", limit=3)
    assert answer.query == "trafficking of persons"
    assert answer.ms > 0
    assert answer.suggestion == ""
    assert len(answer.hits) == 3
    assert answer.hits == index().search("trafficking of persons").hits[:3]
    scores = [hit.score for hit in index().search("trafficking of persons in root causes").hits]
    assert scores == sorted(scores, reverse=True)


# -- While typing -----------------------------------------------------------------------------------------


def test_no_letter_typed_empties_the_list_while_a_word_begins_so() -> None:
    for form in {form for section in everything() for form in tokens.forms(section)}:
        for end in range(1, len(form) + 1):
            assert found(form[:end], typing=True), form[:end]


def everything() -> Iterator[str]:
    for chapter in statement().chapters.values():
        for section in chapter.sections:
            yield f"{section.title}\n{chapter.text(section)}"


def test_only_the_last_word_grows() -> None:
    assert "r1" in found("broth", typing=True)
    assert found("broth, xyz", typing=True, correct=False) == []
    assert found("broth -labour", correct=False) == []


def test_a_word_that_the_handbook_has_is_not_taken_for_the_beginning_of_others(book: Book) -> None:
    made = book(("A", "safeguards and more"), ("B", "a safe place here"), ("C", "safety at work now"))
    assert order(made, "safe", typing=True) == [1]
    assert set(order(made, "saf", typing=True)) == {0, 1, 2}


@pytest.mark.parametrize("query", ["antitraf", "broth", "labour rights", "raids on broth", "gen", "rec 4"])
def test_typed_and_finished_a_query_gives_one_list(query: str) -> None:
    typed = index().search(query, typing=True).hits
    assert typed
    assert typed == index().search(query).hits == index().search(f"{query} ", typing=True).hits


def test_a_single_letter_beside_other_words_changes_nothing() -> None:
    assert found("labour m", typing=True) == found("labour", typing=True)
    assert found("the l", typing=True) == found("the", typing=True)


@pytest.mark.parametrize("text", ["organisations", "organizations"])
@pytest.mark.parametrize("typed", ["organi", "organis", "organiz", "organise", "organize", "organisat", "organizat"])
def test_a_word_grows_in_either_spelling(book: Book, text: str, typed: str) -> None:
    made = book(("A", f"many {text} there"))
    assert order(made, typed, typing=True) == [0]
    assert marks(made, typed, f"many {text} there", typing=True) == [text]


def test_a_joined_compound_grows_too() -> None:
    assert found("watchdo", correct=False) == []
    assert set(found("antitraf", typing=True, correct=False)) == set(found("antitrafficking", correct=False))
    assert found("antitraf", typing=True) == found("antitrafficking", typing=True)


# -- Asking precisely -------------------------------------------------------------------------------------


@pytest.fixture
def signs(book: Book) -> Index:
    return book(
        ("A", "The human rights approach is taken."),
        ("B", "A right of humans. Approach!"),
        ("C", "Rights that are human, and demand"),
        ("D", "Demand alone."),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"human rights"', {0}),
        ("“human rights”", {0}),
        ('"human right"', None),
        ('"rights"', {0, 2}),
        ('"human rights" OR demand', {0, 2, 3}),
        ("rights -demand", {0, 1}),
        ("rights -demands", {0, 1}),
        ('rights -"human rights"', {1, 2}),
        ("-rights", {0, 1, 2}),
        ("demand in:book", {2, 3}),
        ("in:book -demand", {0, 1}),
        ("demand in:nothing", {2, 3}),
    ],
)
def test_signs_of_a_query(signs: Index, query: str, expected: set[int] | None) -> None:
    answer = signs.search(query)
    assert answer.loosened == (expected is None)
    assert set(order(signs, query)) == ({0, 1, 2} if expected is None else expected)


@pytest.mark.parametrize(
    ("query", "idle"),
    [
        ("demand in:nothing", ("in:nothing",)),
        ('in:"no such" demand -rights', ('in:"no such"',)),
        ("-rights", ("-rights",)),
        ("-rights -demand", ("-rights", "-demand")),
        ("in:book -rights", ()),
        ("in:nothing -rights", ("in:nothing",)),
        ("rights -demand in:book", ()),
        ("anti-rights", ()),
    ],
)
def test_signs_that_mean_nothing_are_told(signs: Index, query: str, idle: tuple[str, ...]) -> None:
    assert signs.search(query).idle == idle


def test_exact_words_are_marked_where_they_stand_together(signs: Index) -> None:
    text = "Human rights, rights that are human, human rights."
    found = matcher(signs.search('"human rights"').matching)(text)
    assert [text[start:end] for start, end in found] == ["Human rights", "human rights"]


def test_in_takes_the_id_or_the_beginning_of_the_title_of_a_part_or_chapter() -> None:
    whole = Index.in_memory(load(ROOT / "content" / "en"))
    for name in ("in:glossary", "in:gloss", "in:Glossary", 'in:"glossary"'):
        hits = whole.search(f"{name} trafficking").hits
        assert hits
        assert {hit.address.split("#")[0] for hit in hits} == {"glossary"}
    answer = whole.search("in:training trafficking")
    assert [part for part, _ in answer.counts] == ["training"]
    assert whole.search("in:statement").hits[0].address == "statement"


def test_in_takes_the_title_of_a_group() -> None:
    handbook = load(ROOT / "content" / "en")
    hits = Index.in_memory(handbook).search('in:"session plans" trafficking').hits
    assert hits
    assert {handbook.chapters[hit.address.split("#")[0]].front.kind for hit in hits} == {"session-plan"}


def test_the_parts_are_counted_over_all_that_was_found() -> None:
    whole = Index.in_memory(load(ROOT / "content" / "en"))
    answer = whole.search("trafficking", limit=3)
    assert len(answer.hits) == 3
    assert answer.total == sum(count for _, count in answer.counts) > 50
    parts = ["the-statement", "understanding", "practice", "training", "reference"]
    assert [part for part, _ in answer.counts] == parts


# -- Any text is a query ----------------------------------------------------------------------------------

NO_WORDS = (
    "",
    " ",
    "\n\t",
    "*",
    '"',
    '"(',
    "(((",
    "***",
    "?!.,;:—–-_/\\|",
    "😀🎉",
    "\0",
    "\ud800\udfff",
    "\u202e\u200f",
    "'",
    "ﾟ",
)
ODD = (
    "AND ( root",
    "title:root AND NOT [x TO y]",
    "root*",
    '"root causes',
    "root^9~2",
    "causes\0root",
    "root \ud800 causes",
    "root 😀 causes",
    "שורש root",
    "\u202eroot",
    "ﷺ root",
)


@pytest.mark.parametrize("query", NO_WORDS)
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert found(query) == found(query, typing=True) == []
    assert matcher(index().search(query, typing=True).matching)("root causes") == ()


@pytest.mark.parametrize("query", ODD)
def test_signs_in_a_query_are_passed_over(query: str) -> None:
    assert bool(found(query)) == ("root" in query)


@pytest.mark.parametrize("piece", ["root causes ", "a", "(", "*", "word%d ", "a-", "co-", "rec ", "'", "é\u0301"])
def test_a_query_of_a_hundred_thousand_characters_is_answered(piece: str) -> None:
    text = "".join(piece % number if "%" in piece else piece for number in range(100_000 // len(piece)))[:100_000]
    answer = index().search(text, typing=True)
    assert answer.query == text
    assert bool(answer.hits) == (piece in ("root causes ", "a-"))
    matcher(answer.matching)("root causes " * 100)


def test_of_a_long_query_the_first_64_different_words_count() -> None:
    filler = " ".join(f"xx{number}" for number in range(63))
    assert found(f"{filler} brothels") == ["r1"]
    assert found(f"{filler} xx63 brothels") == []
    assert found(f"{'xx1 ' * 100} brothels") == ["r1"]
    assert len(Query.parse("root causes " * 9000).words) == 4 * MAX_WORDS


VOCABULARY = sorted({word for text in everything() for word in re.findall(r"\w[\w'’-]*", text)})
QUERIES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join),
    st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=4)), max_size=8).map("".join),
)


@settings(max_examples=examples(300))
@given(QUERIES, st.booleans())
@example(query="co-ordination re co rec 4", typing=True)
def test_every_text_is_a_query_and_every_hit_is_sound(query: str, typing: bool) -> None:
    answer = index().search(query, typing=typing)
    assert len({hit.address for hit in answer.hits}) == len(answer.hits)
    for hit in answer.hits:
        section = statement().find(hit.address)
        assert section is not None
        assert str(section.address) == hit.address
        text = statement().chapters["statement"].text(section)
        assert hit.snippet in text
        assert "\n" not in hit.snippet
        assert len(hit.snippet) <= 220
        check_marks(hit.snippet, hit.marks)


@settings(max_examples=examples(300))
@given(QUERIES, st.one_of(QUERIES, st.sampled_from(list(everything()))), st.booleans())
def test_marks_lie_on_word_borders_of_any_text(query: str, text: str, typing: bool) -> None:
    check_marks(text, matcher(index().search(query, typing=typing).matching)(text))


def check_marks(text: str, marks: tuple[tuple[int, int], ...]) -> None:
    """Sorted, apart, inside, each from the beginning of a word to the end of one."""
    borders = {place for match in tokens.WORD.finditer(text) for place in match.span()}
    end = -1
    for start, stop in marks:
        assert end < start < stop <= len(text)
        assert {start, stop} <= borders
        end = stop


@settings(max_examples=examples(60))
@given(
    st.lists(st.sampled_from([word for word in VOCABULARY if word != "or"]), min_size=1, max_size=6),  # OR is more
    st.booleans(),
)
@example(parts=["Europe", "Europe"], typing=False)
@example(parts=["Czech", "Europe"], typing=True)
@example(parts=["a", "Achieve"], typing=False)
@example(parts=["While", "a"], typing=False)
@example(parts=["European", "sex"], typing=False)
def test_case_accents_hyphens_and_quotes_change_nothing(parts: list[str], typing: bool) -> None:
    query = " ".join(parts)
    expected = hits(query, typing=typing)
    if len(parts[-1]) > 1:  # "plan B" ends in a word, "plan b" in the beginning of one
        assert hits(query.upper(), typing=typing) == expected
        assert hits(query.title(), typing=typing) == expected
    if not index().search(accented(query), typing=typing).understood:  # "european" is a Romanian word, too
        assert hits(accented(query), typing=typing) == expected
        assert hits(unicodedata.normalize("NFD", accented(query)), typing=typing) == expected
    assert hits(query.replace("-", " "), typing=typing) == expected
    hyphened = re.sub(r"(?<!\b[^\W\d_]) ", "-", query)  # a letter and a hyphen make one word of the next: "e-mail"
    assert hits(hyphened, typing=typing) == expected
    assert hits(query.replace("'", "’").replace("’", "'"), typing=typing) == expected
    assert hits(f'"{query}', typing=typing) == expected


def hits(query: str, *, typing: bool = False) -> list[tuple[str, float]]:
    return [(hit.address, hit.score) for hit in index().search(query, typing=typing).hits]


def accented(text: str) -> str:
    return text.translate(str.maketrans("aeioucnzl", "áèïöûçñžł"))


# -- Marks and snippets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("organize", "They organise and organised; organs play.", ["organise", "organised"]),
        ("woman", "Women’s rights, and a woman.", ["Women’s", "woman"]),
        ("antitrafficking", "anti-trafficking, anti trafficking, antitrafficking, trafficking", [
            "anti-trafficking", "anti trafficking", "antitrafficking",
        ]),
        ("anti-trafficking", "anti trafficking, antitrafficking", ["anti", "trafficking", "antitrafficking"]),
        ("coordination", "Co-ordination or ordination", ["Co-ordination"]),
        ("ordination", "Co-ordination or ordination", ["ordination"]),
        ("the root of it", "The root of it", ["root"]),
        ("human beings", "To be a human being, or human beings", ["human", "being", "human", "beings"]),
        ("of the", "The root of it", ["The", "of"]),
        ("cafe", "A Café, a cafe\u0301!", ["Café", "cafe\u0301"]),
        ("rec 4", "Rec. 4 is recommendation 4; a rec", ["Rec", "4", "recommendation", "4"]),
        ("rec 4", "Rec 4", ["Rec", "4"]),
        ("край", "край, краи", ["край"]),
    ],
)  # fmt: skip
def test_the_words_that_match_are_marked(book: Book, query: str, text: str, marked: list[str]) -> None:
    assert marks(book(("A", text)), query, text) == marked


def marks(made: Index, query: str, text: str, *, typing: bool = False) -> list[str]:
    """The stretches of a text that are marked for a query."""
    spans = matcher(made.search(query, typing=typing).matching)(text)
    return [text[start:end] for start, end in spans]


def test_all_that_begins_with_the_word_being_typed_is_marked(book: Book) -> None:
    text = "Traffic, trafficking and a trap"
    assert marks(book(("A", text)), "a traff", text, typing=True) == ["Traffic", "trafficking"]


def test_a_section_that_is_found_by_its_text_has_something_to_mark() -> None:
    chapter = statement().chapters["statement"]
    texts = {str(section.address): chapter.text(section) for section in chapter.sections}
    for query in (
        "watchdog",
        "labor",
        "women",
        "organizing",
        "antitrafficking",
        "co-operation",
        "exploiters",
    ):
        for hit in index().search(query).hits:
            assert bool(hit.marks) == bool(matcher(index().search(query).matching)(texts[hit.address]))
    assert all(hit.marks for hit in index().search("brothels watchdog").hits)


def test_a_snippet_is_a_passage_of_some_160_to_220_characters_from_a_word_to_a_word() -> None:
    for query in VOCABULARY[::7]:
        for hit in index().search(query).hits:
            section = statement().find(hit.address)
            assert section is not None
            text = statement().chapters["statement"].text(section)
            paragraph = next(line for line in text.split("\n") if hit.snippet in line)
            assert len(hit.snippet) >= min(150, len(paragraph))
            padded = f" {paragraph} "
            assert f" {hit.snippet} " in padded


def test_the_snippet_is_the_passage_with_most_of_the_words(book: Book) -> None:
    filler = "Nothing of any weight is told in this sentence at all. " * 12
    text = f"Demand is named here. {filler}Here cheap labour meets demand. {filler}Labour alone."
    hit = book(("A", text)).search("demand for cheap labour").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["cheap", "labour", "demand"]
    assert hit.snippet.startswith(("Nothing", "Here"))


def test_a_section_found_by_its_title_shows_its_beginning(book: Book) -> None:
    made = book(("Closed shelters", "The first words. " + "Many more words follow. " * 20), ("Empty shelters", ""))
    first, second = sorted(made.search("shelters").hits, key=lambda hit: hit.address)
    assert first.snippet.startswith("The first words.")
    assert 150 <= len(first.snippet) <= 220
    assert (first.marks, second.snippet, second.marks) == ((), "", ())


def test_a_section_without_words_of_its_own_shows_what_stands_below() -> None:
    book = handbook_of({"a.md": "# A\n\n## Shelters\n\n### Open ones\n\nWords.\n\n### Closed shelters\n\nMore.\n"})
    (hit,) = (hit for hit in Index.in_memory(book).search("shelters").hits if hit.address == "a#shelters")
    assert hit.snippet == "Open ones · Closed shelters"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["shelters"]


def test_one_digit_is_no_beginning_of_a_number(book: Book) -> None:
    made = book(("A", "At 45 minutes."), ("B", "Recommendation 4."))
    assert order(made, "4", typing=True) == [1]
    assert order(made, "45", typing=True) == [0]


def test_a_word_longer_than_a_snippet_and_a_text_without_spaces_do_no_harm(book: Book) -> None:
    made = book(("A", "x" * 3000), ("B", "貧困" * 400 + " demand"), ("C", "demand" + "-demand" * 200))
    assert all(len(hit.snippet) <= 220 for query in ("x" * 3000, "demand") for hit in made.search(query).hits)
    for hit in made.search("demand").hits:
        check_marks(hit.snippet, hit.marks)


# -- The index on disk ------------------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with an index of the statement."""
    folder = tmp_path / "index"
    build_index(statement(), folder)
    return folder


def test_an_index_from_disk_answers_like_one_in_memory(built: Path) -> None:
    opened = Index.open(built, statement())
    for query in ("root causes", "watchdog", "rec 4", "the", "traff"):
        assert opened.search(query, typing=True).hits == index().search(query, typing=True).hits
    shutil.rmtree(built)  # nothing is read from the disk any more, and no file is open
    assert opened.search("labour").hits
    opened.close()


def test_the_index_is_an_index_of_whoosh(built: Path) -> None:
    """Whoosh itself opens it, and finds by the same terms."""
    name = next(path.stem for path in built.glob("*.words"))
    reader: Any = whoosh.index.open_dir(str(built), name).reader()
    assert reader.doc_count() == len(list(statement().sections))
    ours = sorted(hit.address for hit in index().search("brothels poverty", limit=100).hits)
    addresses = [str(section.address) for section in statement().sections]
    theirs = {number for term in ("brothel", "poverti") for number in reader.postings("all", term).all_ids()}
    assert ours == sorted(addresses[number] for number in theirs)
    reader.close()


BUILD = """
import sys
from pathlib import Path
from handbook.content.loading import load
from handbook.search.index import build_index
build_index(load(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another folder and another process, whose sets and dicts have another order."""
    shutil.copytree(STATEMENT, tmp_path / "копія 2")
    for seed, source in (("1", STATEMENT), ("2", tmp_path / "копія 2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", BUILD, str(source), str(tmp_path / seed)]
        subprocess.run(command, env=environment, check=True)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert len(contents(tmp_path / "1")) > 4


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_building_leaves_other_files_alone_and_takes_old_ones_away(built: Path, tmp_path: Path) -> None:
    before = set(contents(built))
    (built / "README.md").write_text("What lies here")
    (built / "MAIN_x.seg").write_bytes(b"another index")
    (built / ".handbook-index-young").mkdir()
    (built / ".handbook-index-old").mkdir()
    os.utime(built / ".handbook-index-old", (0, 0))
    other = small(tmp_path / "content", ("A", "text"))
    build_index(other, built)
    names = {path.name for path in built.iterdir()}
    assert names >= {"README.md", "MAIN_x.seg", ".handbook-index-young"}
    assert ".handbook-index-old" not in names
    assert names & before == {CATALOGUE}
    assert Index.open(built, other).search("text").hits
    with pytest.raises(IndexDamaged, match="another text"):
        Index.open(built, statement())


def test_building_again_over_a_damaged_index_mends_it(built: Path) -> None:
    whole = contents(built)
    for name in whole:
        (built / name).write_bytes(b"")
    build_index(statement(), built)
    assert contents(built) == whole


def test_building_can_be_stopped_at_any_time(built: Path, tmp_path: Path) -> None:
    whole = contents(built)
    other = small(tmp_path / "content", *[(f"T{number}", f"word{number}") for number in range(30)])
    for calls in itertools.count(1):
        left = [False] * calls
        try:
            build_index(other, built, cancelled=lambda left=left: not left or left.pop())  # type: ignore[misc]
        except Cancelled:
            assert contents(built) == whole
        else:
            break
    assert calls > 30
    with pytest.raises(Cancelled):
        open_or_build(statement(), tmp_path, tmp_path, cancelled=lambda: True)


def test_writing_that_breaks_off_leaves_the_old_index_whole(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogue comes last, so until then the old one rules, and its files are still there."""
    other = small(tmp_path / "content", ("A", "text"))
    replace = Path.replace
    for calls in range(len(contents(built))):
        left = [None] * calls

        def breaks_off(self: Path, target: Path, left: list[None] = left) -> Path:
            if not left:
                raise OSError(28, "No space left on device")
            left.pop()
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", breaks_off)
        with pytest.raises(IndexNotWritten, match="not enough room on the disk"):
            build_index(other, built)
        assert Index.open(built, statement()).search("labour").hits
        assert not list(built.glob(".handbook-index-*"))
    monkeypatch.undo()
    build_index(other, built)
    assert Index.open(built, other).search("text").hits


def test_two_programs_may_build_at_once(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            build_index(statement(), tmp_path / "index")
        except BaseException as exc:  # noqa: BLE001 - told below
            failed.append(exc)

    for _ in range(5):
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed
    assert Index.open(tmp_path / "index", statement()).search("labour").hits


# -- Damage -----------------------------------------------------------------------------------------------


def damages(built: Path) -> Iterator[str]:
    """Damage one file after the other in every way; what was done is named, and undone afterwards."""
    for name, data in contents(built).items():
        path = built / name
        if not data:
            continue  # the statement has no glossary
        half = len(data) // 2
        flipped = [data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :] for at in (0, half, len(data) - 1)]
        cut = [data[:at] for at in (0, 1, half, len(data) - 1)]
        for number, other in enumerate([*flipped, *cut, b"\xff" * len(data), b"garbage" * 99, data + b"more"]):
            if name == CATALOGUE and other.strip() and json_equal(other, data):
                continue
            path.write_bytes(other)
            yield f"{name} {number}"
        path.unlink()
        yield f"{name} missing"
        path.mkdir()
        yield f"{name} a folder"
        path.rmdir()
        path.write_bytes(data)


def json_equal(one: bytes, other: bytes) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def test_every_damage_is_seen_when_the_index_is_opened(built: Path) -> None:
    for damage in damages(built):
        with pytest.raises(IndexDamaged) as caught:
            Index.open(built, statement())
        assert str(caught.value).endswith("from the handbook's text."), damage
    assert Index.open(built, statement()).search("labour").hits


@pytest.mark.parametrize(
    "catalogue",
    [
        b"", b"[]", b"3", b"null", b"{}", b"[" * 100_000, b"\xff", b'{"format": 1}',
        b'{"format": 1, "content": "FP"}', b'{"format": 1, "content": "FP", "files": []}',
        b'{"format": 1, "content": "FP", "files": {}}',
        b'{"format": 1, "content": "FP", "files": {"../x": 3}}',
        b'{"format": 1, "content": "FP", "files": {"LEX": "", "../x": ""}}',
        b'{"format": 1, "content": "FP", "files": {"LEX": "", "a\\u0000b": ""}}',
        b'{"format": 1, "content": "FP", "files": {"LEX": 3}}',
        b'{"format": 1, "content": "FP", "files": {"LEX": "", "": ""}}',
        b'{"format": 0, "content": "FP", "files": {"LEX": ""}}',
    ],
)  # fmt: skip
def test_a_catalogue_that_is_none_is_damage(built: Path, catalogue: bytes) -> None:
    vocabulary = next(name for name in contents(built) if name.endswith(".words"))
    filled = catalogue.replace(b"FP", statement().fingerprint.encode()).replace(b"LEX", vocabulary.encode())
    (built / CATALOGUE).write_bytes(filled)
    with pytest.raises(IndexDamaged):
        Index.open(built, statement())


def test_folders_that_hold_no_index_are_damage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    whoosh.index.create_in(str(tmp_path / "empty"), whoosh.fields.Schema(text=whoosh.fields.TEXT()))
    for folder in ("file", "file/below", "missing", "empty"):
        with pytest.raises(IndexDamaged):
            Index.open(tmp_path / folder, statement())


def test_an_index_of_another_version_is_not_opened(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_files, "FORMAT", index_files.FORMAT + 1)
    with pytest.raises(IndexDamaged, match="this version"):
        Index.open(built, statement())


def test_damage_with_the_right_digests_ends_in_hits_or_as_damage(built: Path) -> None:
    """As a library of another version might write it: seen, at the latest, when a search reads the place."""
    whole = contents(built)
    outcomes = set()
    for name in whole:
        if name.endswith((".pst", ".trm", ".words", ".places", ".col", ".starts", ".forms", ".grams")):
            data = whole[name]
            for at in range(0, len(data), max(1, len(data) // 20)):
                damaged = {**whole, name: data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]}
                outcomes.add(outcome(built, damaged))
                outcomes.add(outcome(built, {**whole, name: data[:at]}))
    assert outcomes == {"answered", "damaged"}


def seal(folder: Path, held: dict[str, bytes]) -> None:
    """Write files with digests that fit them."""
    sealed = json.loads(held[CATALOGUE])
    sealed["files"] = {name: index_files.digest(held[name]) for name in sealed["files"]}
    for name, data in (*held.items(), (CATALOGUE, json.dumps(sealed).encode())):
        (folder / name).write_bytes(data)


def outcome(folder: Path, held: dict[str, bytes]) -> str:
    seal(folder, held)
    try:
        opened = Index.open(folder, statement())
        for query in ("root causes of trafficking", "labour", "antitraf", "rec 4"):
            opened.search(query, typing=True)
    except IndexDamaged:
        return "damaged"
    return "answered"


@pytest.mark.slow
def test_queries_of_a_damaged_index_end_in_hits_or_as_damage(built: Path) -> None:
    whole = contents(built)
    chance = random.Random(4)  # noqa: S311 - damage, no secrets
    asked = 0
    while asked < 5 * examples(500):  # 10,000 before a release
        name = chance.choice([name for name in whole if name != CATALOGUE and whole[name]])
        data = bytearray(whole[name])
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        seal(built, {**whole, name: bytes(data)})
        try:
            opened = Index.open(built, statement())
            for _ in range(100):
                asked += 1
                words_asked = chance.choices(VOCABULARY, k=chance.randrange(1, 4))
                query = " ".join(word[: chance.randrange(1, 12)] for word in words_asked)
                assert opened.search(query, typing=chance.random() < 0.5).query == query
        except IndexDamaged:
            continue


# -- Open or build ----------------------------------------------------------------------------------------


def test_the_shipped_index_is_used_if_it_fits(built: Path, tmp_path: Path) -> None:
    opened, message = open_or_build(statement(), built, tmp_path / "cache", building=lambda: pytest.fail("built"))
    assert opened.search("labour").hits
    assert message == ""
    assert not (tmp_path / "cache").exists()


def test_an_index_made_anew_is_used_from_then_on(tmp_path: Path) -> None:
    handbook = small(tmp_path / "content", ("A", "shelter"))
    shipped, cache = tmp_path / "shipped", tmp_path / "cache"
    build_index(handbook, shipped)
    for file in shipped.iterdir():
        os.utime(file, (1e9, 1e9))
    rebuilt, message = open_or_build(handbook, shipped, cache, anew=True)
    assert (order(rebuilt, "shelter"), message) == ([0], "")
    shutil.rmtree(shipped)
    found, _ = open_or_build(handbook, shipped, cache, building=lambda: pytest.fail("built a second time"))
    assert order(found, "shelter") == [0]


def test_of_two_good_indexes_the_later_one_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handbook = small(tmp_path / "content", ("A", "shelter"))
    shipped, cache = tmp_path / "shipped", tmp_path / "cache"
    kept = cache_folder(cache, handbook)
    opened: list[Path] = []
    read = index_files.read

    def note(folder: Path, handbook: Handbook) -> dict[str, bytes]:
        opened.append(folder)
        return read(folder, handbook)

    monkeypatch.setattr(index_files, "read", note)
    for folder, written in ((shipped, 1e9), (kept, 1e9)):
        build_index(handbook, folder)
        os.utime(folder / CATALOGUE, (written, written))
    for later in (kept, shipped):
        os.utime(later / CATALOGUE, (1e9 + 60, 1e9 + 60))
        open_or_build(handbook, shipped, cache)
        os.utime(later / CATALOGUE, (1e9, 1e9))
    assert opened == [kept, shipped]


def test_a_damaged_or_missing_one_is_built_once_in_the_cache(built: Path, tmp_path: Path) -> None:
    (built / CATALOGUE).write_text("{}")
    told: list[str] = []
    for _ in range(2):
        opened, message = open_or_build(
            statement(), built, tmp_path / "cache", building=lambda: told.append("building")
        )
        assert opened.search("labour").hits
        assert message == ""
    assert told == ["building"]
    assert (built / CATALOGUE).read_text() == "{}"  # the program's own folder is never written
    assert contents(cache_folder(tmp_path / "cache", statement()))


def test_every_damage_in_both_places_still_gives_an_index(built: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    kept = cache_folder(cache, statement())
    for number, _ in enumerate(damages(built)):
        if number % 5 == 0:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.copytree(built, kept)
            opened, message = open_or_build(statement(), built, cache)
            assert opened.search("labour").hits
            assert message == "" or "can't be kept" in message


def test_an_index_of_other_content_in_the_cache_is_replaced(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    other = small(tmp_path / "content", ("A", "text"))
    open_or_build(other, tmp_path, cache)
    open_or_build(statement(), tmp_path, cache)
    names = [path.name for path in cache.rglob("*.words")]
    assert len(names) == 1
    assert statement().fingerprint[:16] in names[0]


def test_a_cache_that_cannot_be_made_is_told_and_search_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    opened, message = open_or_build(statement(), tmp_path, tmp_path / "file" / "cache")
    assert opened.search("labour").hits
    assert message.startswith("Search works, but its index can't be kept")
    assert "there is a file where a folder has to be" in message
    with pytest.raises(IndexNotWritten, match="a file where a folder has to be"):
        build_index(statement(), tmp_path / "file" / "index")


CHILD = """
import os, resource, sys, tempfile
from pathlib import Path
from handbook.content.loading import load
from handbook.search.index import Index, build_index, open_or_build
from handbook.search.index_files import IndexNotWritten
source, cache, what = sys.argv[1:]
handbook = load(Path(source))
Index.in_memory(handbook).search("labour")  # imports all that takes part
tempfile.gettempdir()
if what == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
elif os.geteuid() == 0:
    os.setuid(65534)
index, message = open_or_build(handbook, Path("/nonexistent"), Path(cache))
print(message, len(index.search("labour").hits) > 2)
try:
    build_index(handbook, Path(cache) / "index")
except IndexNotWritten as exc:
    print(exc)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits and rights of POSIX")
@pytest.mark.parametrize(
    ("what", "reason"), [("full", "not enough room on the disk"), ("read-only", "no permission for it")]
)
def test_a_full_and_a_read_only_cache_are_told_and_leave_the_old_index(what: str, reason: str) -> None:
    """Made to happen by the system: a limit on the size of files, and a folder that others own."""
    cache = Path(tempfile.mkdtemp())  # not below tmp_path, which others may not even enter
    try:
        cache.chmod(0o755)
        other = load(ROOT / "content" / "en")
        build_index(other, cache / "index")
        before = contents(cache / "index")
        if what == "read-only":
            (cache / "index").chmod(0o555)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", CHILD, str(STATEMENT), str(cache), what]
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        first, second = done.stdout.splitlines()
        assert first.startswith("Search works, but its index can't be kept")
        assert first.endswith(f"{reason}. True")
        assert second.startswith("The search index can't be written to")
        assert reason in second
        assert contents(cache / "index") == before
    finally:
        (cache / "index").chmod(0o755)
        shutil.rmtree(cache)


def test_after_it_was_made_ready_a_question_waits_for_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = Index.in_memory(load(Path(__file__).resolve().parents[2] / "content" / "en"))
    ready.prepare()

    def read(path: Path, *_: object, **__: object) -> str:
        raise AssertionError(path)

    with monkeypatch.context() as patched:
        for name in ("read_text", "read_bytes"):
            patched.setattr(Path, name, read)
        for query in ("residence permit", "traficking", "zoom with my group"):
            assert ready.search(query).hits
    fresh = Index.in_memory(handbook_of({"book.md": "# Book\n\nText.\n"}))
    fresh.prepare(lambda: True)  # a question has come: nothing more is read
