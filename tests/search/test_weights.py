"""What the smallest weight of the ranking is for: it breaks a tie against the order of the handbook."""

from __future__ import annotations

from handbook.search.index import Index
from tests.helpers import handbook_of


def order(query: str, *sections: tuple[str, str]) -> list[int]:
    """Numbers of the sections found, best first; without any difference they keep the order of the handbook."""
    text = "".join(f"## {title} {{#s{number}}}\n\n{text}\n\n" for number, (title, text) in enumerate(sections))
    hits = Index.in_memory(handbook_of({"book.md": f"# Zzz\n\n{text}"})).search(query).hits
    return [int(hit.address.removeprefix("book#s")) for hit in hits if "#s" in hit.address]


def test_a_word_of_the_same_family_beats_one_of_another() -> None:
    gardeners, musicians = ("Same", "Visas for gardeners of all kinds"), ("Same", "Visas for musicians of all kinds")
    assert order("visas musically", gardeners, musicians, ("Same", "Music")) == [2, 1, 0]


def test_a_phrase_of_five_words_comes_first_and_of_six_it_is_one_sign_among_others() -> None:
    scattered = ("Same", "Echo delta. Charlie bravo. Alpha echo. " * 6)
    talk = "and then there follow many other words of no interest to anybody. " * 6
    together = ("Same", f"It says alpha bravo charlie delta echo here, {talk}")
    assert order("alpha bravo charlie delta echo", scattered, together) == [1, 0]
    assert order("alpha bravo charlie delta echo foxtrot", scattered, together) == [0, 1]
