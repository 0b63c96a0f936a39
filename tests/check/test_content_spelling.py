"""British spelling of the handbook's own words, by a Hunspell dictionary and the handbook's own list.

The statement is left alone: its words are its author's. So are the glossary's other spellings."""

from __future__ import annotations

import gc
import re
import warnings
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook

HERE = Path(__file__).resolve().parent / "spelling"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls leaves its two files open
        made = Dictionary.from_files(str(HERE / "en-GB"))
        gc.collect()
    return made


# Right in Britain in another sense than the American one, and not needed in ours.
AMERICAN = frozenset(("license", "percent", "programs", "toward"))


def words_of(chapter: Chapter, handbook: Handbook) -> set[str]:
    materials = (one.item for one in chapter.front.materials if handbook.find(one.item) is None)  # no addresses
    front = (chapter.title, chapter.front.group_size, *materials)
    text = "\n".join((section.title + "\n" + chapter.text(section)) for section in chapter.sections)
    kept = (line for line in (*front, *text.split("\n")) if not line.startswith("Also: "))
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
        for word in words_of(chapter, real)
        if not right(word) or word in AMERICAN
    }
    assert sorted(wrong) == []


def test_every_word_of_our_own_list_is_needed(real: Handbook, dictionary: Dictionary) -> None:
    """A name that is gone from the handbook would let a misspelling pass."""
    own = set((HERE / "words.txt").read_text("utf-8").split())
    used = {
        piece
        for chapter in real.chapters.values()
        for word in words_of(chapter, real)
        for piece in (word, word.removesuffix("'s"), *word.removesuffix("'s").split("-"))
    }
    assert sorted(own - used) == []
    assert sorted(word for word in own if dictionary.lookup(word)) == []


@pytest.mark.parametrize(("british", "american"), [("labour", "labor"), ("organise", "organize"), ("centre", "center")])
def test_a_misspelt_and_an_american_word_are_seen(british: str, american: str, dictionary: Dictionary) -> None:
    assert dictionary.lookup(british)
    assert not dictionary.lookup(american)
    assert not dictionary.lookup("traficking")
