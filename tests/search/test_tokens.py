"""What counts as one word, and which words count as the same."""

from __future__ import annotations

import threading
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.support.charset import accent_map

from handbook.search import tokens

SAME = (
    "trafficking trafficked traffickings",
    "trafficker traffickers trafficker's",
    "organise organize organising organizing organised organisation organization organizations organiser",
    "labour labor labours LABOUR labourers laborer",
    "behaviour behavior behavioural",
    "favourable favorable",
    "programme program programmes programs programming",
    "co-ordination coordination Coordination",
    "co-operate cooperate co-operation",
    "re-integration reintegration",
    "centre center centres centers",
    "defence defense",
    "licence license licensed",
    "practise practice practising",
    "judgement judgment",
    "dialogue dialog dialogues",
    "analyse analyze analysis analyses analysing",
    "counselling counseling",
    "counsellor counselor counsellors",
    "travelled traveled travelling",
    "fulfil fulfill fulfilment fulfillment",
    "paediatric pediatric",
    "woman women woman's women's womens woman’s",
    "child children children's",
    "person persons people",
    "criterion criteria",
    "NGO NGOs ngo ngos NGO's NGO’s",
    "MDG MDGs mdgs",
    "café cafe CAFÉ cafe\u0301 CAFE",
    "Łódź Lodz",
    "Kraków Krakow",
    "Straße Strasse STRASSE",
    "п'ять п’ять пʼять П'ЯТЬ",
    "teach taught teaches teaching",
    "co\u00adopera\u00adtion cooperation",
    "４ 4",
)
APART = (
    "traffic trafficking",
    "police policy",
    "universal university",
    "organ organise",
    "four for",
    "hour our",
    "poet pet",
    "prize price",
    "will well",
    "й и",
    "ї і",
    "1 2",
    "15 5",
)


@pytest.mark.parametrize("group", SAME)
def test_these_are_one_word(group: str) -> None:
    assert len({tuple(map(tokens.term, tokens.forms(raw))) for raw in group.split()}) == 1


@pytest.mark.parametrize("group", APART)
def test_these_are_different_words(group: str) -> None:
    terms = [tokens.term(form) for form in tokens.forms(group)]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2011/36/EU", ["2011", "36", "eu"]),
        ("MDG 1-3", ["mdg", "1", "3"]),
        ("anti-trafficking", ["anti", "trafficking"]),
        ("(field work)", ["field", "work"]),
        ("‘root’ \"causes\" “root” 'causes'", ["root", "causes", "root", "causes"]),
        ("workers' rights", ["workers", "rights"]),
        ("Rec. 4, recs 1-3, art 26, para. 5", [
            "recommendation", "4", "recommendations", "1", "3", "article", "26", "paragraph", "5",
        ]),
        ("an e-mail, E\u2011mails, T-shirt's, x-y, plan-B", ["an", "email", "emails", "tshirt", "x", "y", "plan", "b"]),
        ("1,500,000 1 500 000 1.500 12500,000 1,5000 0,500 3, 500", [
            "1500000", "1500000", "1500", "12500", "000", "1", "5000", "0", "500", "3", "500",
        ]),
        ("art for a rec room", ["art", "for", "a", "rec", "room"]),
        ("co ordination, co-ordination, co.", ["coordination", "coordination", "co"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("*** \" AND ( 😀 \ud800 \0", ["and"]),
        ("ʼ", ["ʼ"]),
    ],
)  # fmt: skip
def test_words_of_a_text(text: str, forms: list[str]) -> None:
    assert tokens.forms(text) == forms


@given(st.text(st.one_of(st.sampled_from("co re rec art 4-’' \u0301\u00adé1,500._"), st.characters())))
@example("co-co-re rec 4")
@example("e-mail, co-e-mail, a_b-cd, é\u0301-mail, 1 500 000, rec 1,500, 1,5000")
@example("\ufdfa ½ ŉ")
def test_scan_and_forms_agree_and_places_are_right(text: str) -> None:
    found = list(tokens.scan(text))
    assert [word.form for word in found] == tokens.forms(text)
    end = 0
    for word in found:
        assert end <= word.start < word.end <= len(text)
        assert word.form
        assert len(word.form) <= tokens.MAX_LETTERS
        end = word.end


def test_accents_fold_as_whoosh_folds_them() -> None:
    letters = "áàâäãåāăąæçćčĉďđéèêëēĕėęěğģĝíìîïĩīĭįıķłļľńñňņóòôöõøōŏőœŕřŗśšşșŝťţțŧúùûüũūŭůűųýÿŷźžżðħŵ"
    theirs: dict[Any, str] = dict(accent_map.items())
    for letter in letters + letters.upper():
        assert tokens.fold(letter) == theirs.get(ord(letter), tokens.fold(letter)).lower(), letter


@given(st.text("abcdefghijklmnopqrstuvwxyzçéèüößñøåšłабвгґдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=1, max_size=12))
def test_case_and_the_way_accents_are_stored_change_nothing(word: str) -> None:
    for other in (word.upper(), word.title(), unicodedata.normalize("NFD", word)):
        assert tokens.fold(other) == tokens.fold(word)


def test_the_beginning_of_a_word_is_spelled_like_the_word() -> None:
    for british, american in (
        ("organisation", "organization"),
        ("labour", "labor"),
        ("programme", "program"),
    ):
        for end in range(3, len(british) + 1):
            assert tokens.spelled(british).startswith(tokens.spelled(british[:end])[:7])
        for end in range(3, len(american) + 1):
            assert tokens.spelled(british).startswith(tokens.spelled(american[:end])[:7])


def test_stop_words_are_the_ones_that_say_little() -> None:
    assert all(map(tokens.is_stop, ("the", "of", "and", "what", "is", "how", "with")))
    assert not any(map(tokens.is_stop, ("women", "root", "rights", "4", "work", "need")))


def test_stems_are_right_when_threads_ask_at_once() -> None:
    """The window marks a page while the search thread searches."""
    forms = [
        f"{stem}{end}" for stem in ("traffick", "organis", "protect", "exploit") for end in ("ing", "ed", "er", "s")
    ]
    expected = list(map(tokens.term, forms))
    wrong: list[str] = []

    def work() -> None:
        for _ in range(200):
            wrong.extend(
                form for form, term in zip(forms, expected, strict=True) if tokens.term.__wrapped__(form) != term
            )

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("parties", "party"),
        ("classes", "class"),
        ("wishes", "wish"),
        ("churches", "church"),
        ("boxes", "box"),
        ("visas", "visa"),
        ("cries", "cry"),
        ("ties", "tie"),
        ("gas", "gas"),
        ("class", "class"),
        ("status", "status"),
        ("basis", "basis"),
        ("007", "7"),
        ("r007", "r7"),
        ("iii", "3"),
    ],
)
def test_names_are_compared_by_the_singular(plural: str, single: str) -> None:
    assert tokens.singular(plural) == single


def test_the_parts_of_compounds_are_known_by_their_place() -> None:
    assert tokens.parts("Write an e-mail or take an x-ray") == {2: ("mail",), 6: ("ray",)}
    assert [(word.form, word.parts) for word in tokens.scan("x-ray it")] == [("xray", ("ray",)), ("it", ())]
