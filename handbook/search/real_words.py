"""Real words that the handbook need not have: English words, names of places, people and organisations.

Belongs here: whether a word is real. Not here: the words of the handbook (vocabulary.py), what is done about a word
that is not real (spelling.py), making the lists (packaging/word_lists.py). words/README.md says what the lists hold."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase

FOLDER = Path(__file__).with_name("words")
_LONGEST = 30  # letters of a word with its line's end
GZIP = 31  # zlib's number for the format of gzip files


class RealWords:
    """The lists, each read when it is first looked at: 1.5 MB in all, in lines that are sorted by their bytes."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def __contains__(self, form: str) -> bool:
        """Is it a word or a name?"""
        return self.is_word(form) or _holds(self._names, f"{form}\n")

    def is_word(self, form: str) -> bool:
        """Is it a word, whether or not it is a name as well?"""
        return _holds(self._words, f"{form}\n")

    def begins(self, beginning: str, *, name: bool) -> bool:
        """Does any word begin so, or, if it may be one, any name?

        Names are so many that most errors begin one."""
        return _holds(self._words, beginning) or (name and _holds(self._names, beginning))

    def goes_on(self, beginning: str) -> bool:
        """Does any other word begin so?"""
        at = _first(self._words, beginning.encode())
        whole = f"{beginning}\n".encode()
        at += len(whole) * self._words.startswith(whole, at)
        return self._words.startswith(beginning.encode(), at)

    def is_near(self, form: str) -> bool:
        """Is a word one letter away from it, behind the first, which hardly anybody mistypes; or does one sound so?"""
        cuts = [(form[:at], form[at:]) for at in range(1, len(form) + 1)]
        near = {head + tail[1:] for head, tail in cuts if tail} | {
            head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1
        }
        for letter in ascii_lowercase:
            near |= {head + letter + tail for head, tail in cuts} | {head + letter + tail[1:] for head, tail in cuts}
        doubled = {head + head[-1] + tail for head, tail in cuts} | {form.replace("k", "ck")}
        heard = {one[:at] + one[at - 1] + one[at:] for one in doubled for at in range(1, len(one) + 1)}
        return any(map(self.is_word, near | heard))

    def beginning(self, beginning: str, most: int = 40) -> list[str]:
        """The first words that begin so; none if there are more."""
        lines, wanted = self._words, beginning.encode()
        at = _first(lines, wanted)
        found = lines[at : at + most * _LONGEST].split(b"\n")[:-1]
        words = [line for line in found if line.startswith(wanted)]
        return [] if len(words) > most else [word.decode() for word in words]

    @cached_property
    def _words(self) -> bytes:
        return unpacked(self._folder / "words.txt.gz")

    @cached_property
    def _names(self) -> bytes:
        return unpacked(self._folder / "names.txt.gz")


def _holds(lines: bytes, start: str) -> bool:
    """Does any of some sorted lines begin so?"""
    wanted = start.encode()
    return lines.startswith(wanted, _first(lines, wanted)) if wanted else bool(lines)


def _first(lines: bytes, wanted: bytes) -> int:
    """Where the first of some sorted lines begins that is not before another; halving finds out, looking takes a ms."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        first = lines.rfind(b"\n", 0, middle) + 1
        end = lines.find(b"\n", middle) + 1 or len(lines)
        if lines[first:end] < wanted:
            low = end
        else:
            high = first
    return low


def unpacked(path: Path) -> bytes:
    """The content of a gzip file; none, if it is missing or damaged: search works without these lists, less well."""
    try:
        return zlib.decompress(path.read_bytes(), GZIP)
    except (OSError, zlib.error):
        return b""
