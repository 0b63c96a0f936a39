"""Lists are in the order of the person's alphabet."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import alphabet, catalogue
from handbook.base.languages import LANGUAGES

ORDERED = {
    "en": ["10 cards", "Ärger", "Élan", "elbow", "Zebra"],
    "uk": ["2 дні", "10 днів", "Ганок", "Ґанок", "Еліта", "Європа", "Ирій", "Ізюм", "Їжа", "Йод", "Apple"],
    "be": ["Еўропа", "Ёсць", "Жыта", "Іншы", "Універсітэт", "Ўсё", "Фарба"],
    "mk": ["Дете", "Ѓорѓи", "Ептен", "Зима", "Ѕвезда", "Игра", "Јазик", "Лето", "Љубов", "Њива", "Ќебе", "Улица"],
    "bg": ["Щит", "Ъгъл", "Юг", "Ябълка"],
    "ru": ["ежик", "Ёжик", "ель", "Жук", "Zoo"],
    "pl": ["Adam", "Ąka", "Baba", "cel", "ćma", "Lalka", "Łapa", "Zebra", "Źrebię", "Żaba"],
    "cs": ["cena", "čaj", "hudba", "chata", "igelit", "rada", "řada", "sad", "šála", "zeď", "žába"],
    "ro": ["azi", "ăla", "âla", "bun", "iar", "îndată", "sat", "șarpe", "tare", "țară"],
    "nl": ["één", "eend", "Zee"],
}


@pytest.mark.parametrize("language", ORDERED)
def test_each_language_has_its_order(language: str) -> None:
    mixed = list(ORDERED[language])
    random.Random(3).shuffle(mixed)  # noqa: S311 - no secret
    assert sorted(mixed, key=lambda text: alphabet.key(text, language)) == ORDERED[language]


def test_without_a_language_it_is_the_one_that_is_spoken() -> None:
    before, spoken = catalogue.in_use(), catalogue.language()
    catalogue.use(before, "cs")
    assert alphabet.key("chata") > alphabet.key("hudba")
    catalogue.use(before, spoken)
    assert alphabet.key("chata") < alphabet.key("hudba")


@given(st.lists(st.text(max_size=12), max_size=6), st.sampled_from(LANGUAGES))
def test_every_text_has_a_place_and_none_two(texts: list[str], language: str) -> None:
    keys = [alphabet.key(text, language) for text in texts]
    assert sorted(range(len(texts)), key=lambda at: keys[at]) is not None
    for one, text in zip(keys, texts, strict=True):
        for other, another in zip(keys, texts, strict=True):
            assert (one == other) == (text == another)
