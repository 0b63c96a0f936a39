"""Real words that the handbook need not have: English words, names of places, people and organisations.

Belongs here: whether a word is real. Not here: the words of the handbook (vocabulary.py), what is done about a word that
is not real (spelling.py), making the lists (packaging/word_lists.py). words/README.md says what the lists hold."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
LISTS = ("words.txt.gz", "names.txt.gz")
GZIP = 31  # zlib's number for the format of gzip files


class RealWords:
    """The lists, read when the first word is looked up: 1.5 MB, in which one look takes under a millisecond."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def __contains__(self, form: str) -> bool:
        """Is it a word or a name?"""
        return f"\n{form}\n".encode() in self._lines

    def begins(self, beginning: str) -> bool:
        """Does any word or name begin so?"""
        return f"\n{beginning}".encode() in self._lines

    @cached_property
    def _lines(self) -> bytes:
        return b"\n".join((b"", *(unpacked(self._folder / name) for name in LISTS)))


def unpacked(path: Path) -> bytes:
    """The content of a gzip file; none, if it is missing or damaged: search works without these lists, less well."""
    try:
        return zlib.decompress(path.read_bytes(), GZIP)
    except (OSError, zlib.error):
        return b""
