"""Real words that the handbook need not have: English words, names of places, people and organisations.

Belongs here: whether a word is real. Not here: the words of the handbook (vocabulary.py), what is done about a word
that is not real (spelling.py), making the lists (packaging/word_lists.py). words/README.md says what the lists hold."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
GZIP = 31  # zlib's number for the format of gzip files


class RealWords:
    """The lists, each read when it is first looked at: 1.5 MB in all, in which one look takes under a millisecond."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def __contains__(self, form: str) -> bool:
        """Is it a word or a name?"""
        line = f"\n{form}\n".encode()
        return line in self._words or line in self._names

    def is_word(self, form: str) -> bool:
        """Is it a word, whether or not it is a name as well?"""
        return f"\n{form}\n".encode() in self._words

    def begins(self, beginning: str, *, name: bool) -> bool:
        """Does any word begin so, or, if it may be one, any name?

        Names are so many that most errors begin one."""
        line = f"\n{beginning}".encode()
        return line in self._words or (name and line in self._names)

    @cached_property
    def _words(self) -> bytes:
        return b"\n" + unpacked(self._folder / "words.txt.gz")

    @cached_property
    def _names(self) -> bytes:
        return b"\n" + unpacked(self._folder / "names.txt.gz")


def unpacked(path: Path) -> bytes:
    """The content of a gzip file; none, if it is missing or damaged: search works without these lists, less well."""
    try:
        return zlib.decompress(path.read_bytes(), GZIP)
    except (OSError, zlib.error):
        return b""
