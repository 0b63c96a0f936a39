"""What the smallest weight of the ranking is for: it breaks a tie against the order of the handbook."""

from __future__ import annotations

from handbook.search.index import Index, matcher
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


TEXTS = (
    ("One", "A closed shelter and its doors. Echo."),
    ("Two", "Closed doors of a shelter. Echo."),
    ("Three", "Many shelters closed their door. Echo."),
)


def test_words_that_are_not_wanted_are_left_out_in_any_form_and_exact_ones_as_they_are() -> None:
    assert sorted(order("echo", *TEXTS)) == [0, 1, 2]
    assert sorted(order("echo -doors", *TEXTS, ("Four", "Echo alone."))) == [3]
    assert sorted(order('echo -"closed shelter"', *TEXTS)) == [1, 2]
    assert sorted(order('echo -"closed doors"', *TEXTS)) == [0, 2]
    assert order('"shelters"', *TEXTS) == [2]
    assert order('"closed doors"', *TEXTS) == [1]


def test_what_is_marked_is_what_was_asked() -> None:
    text = "Closed doors of a shelter; the door is closed, shelters are not."
    index = Index.in_memory(handbook_of({"book.md": f"# Zzz\n\n## One\n\n{text}\n"}))

    def marked(query: str) -> list[str]:
        return [text[start:end] for start, end in matcher(index.search(query).matching)(text)]

    assert marked("shelter") == ["shelter", "shelters"]
    assert marked('"closed doors"') == ["Closed doors"]
    assert marked('"closed doors" door') == ["Closed doors", "door"]
    assert marked("shelt") == ["shelter", "shelters"]
