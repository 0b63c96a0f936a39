"""British spelling of the handbook's own words, by a Hunspell dictionary and the handbook's own list.

The statement is left alone: its words are its author's. So are the glossary's other spellings."""

from __future__ import annotations

import gc
import re
import warnings
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from handbook.content import Chapter, Handbook

HERE = Path(__file__).resolve().parent / "spelling"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves its two files open
        made = Dictionary.from_files(str(HERE / "en-GB"))
        gc.collect()
    return made


def words_of(chapter: Chapter) -> set[str]:
    text = "\n".join((section.title + "\n" + chapter.text(section)) for section in chapter.sections)
    kept = (line for line in text.split("\n") if not line.startswith("Also: "))
    return set(WORD.findall("\n".join(kept).replace("’", "'")))


def test_every_word_is_spelt_as_in_britain(real: Handbook, dictionary: Dictionary) -> None:
    own = set((HERE / "words.txt").read_text("utf-8").split())
    known: dict[str, bool] = {}

    def right(word: str) -> bool:
        if word not in known:
            bare = word.removesuffix("'s")
            known[word] = bare in own or word in own or dictionary.lookup(word) or dictionary.lookup(bare)
        return known[word] or ("-" in word and all(right(piece) for piece in word.split("-")))

    wrong = {
        f"{chapter.id}: {word}"
        for chapter in real.chapters.values()
        if chapter.front.kind != "statement"
        for word in words_of(chapter)
        if not right(word)
    }
    assert sorted(wrong) == []


def test_a_misspelt_and_an_american_word_are_seen(dictionary: Dictionary) -> None:
    assert not dictionary.lookup("traficking")
    assert not dictionary.lookup("labor")
    assert dictionary.lookup("labour")
