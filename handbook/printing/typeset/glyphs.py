"""Finds out which characters the handbook's fonts have, and replaces those that they do not.

Belongs here: the tables of the fonts, what is printed for a character that no font has. Not here: pages."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

FOLDER = Path(__file__).resolve().parents[2] / "fonts"
FAMILIES = ("SourceSans3", "SourceSerif4")  # each in several styles: SourceSans3-Regular.ttf and so on
MISSING = "□"  # WHITE SQUARE: what a reader knows as "a letter is missing here"; Source Sans has it

# The longest words of running English have about 20 letters. Lines break after a stroke or a hyphen as it is,
# where a letter follows: addresses of web pages need no help, and keep what a reader may want to copy.
_LONG_WORD = re.compile(r"[^\s/-]{25,}|[^\sA-Za-z]{25,}")
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_BREAK_AFTER = re.compile(rf"([/._?&=:-]{{1,8}}|[^/._?&=:-]{{8}})(?=[^{_ACCENTS}])")
_NO_TEXT = ("Cc", "Cn", "Co", "Cs")  # controls; not assigned; private use; surrogates
BREAK = "\u200b"  # ZERO WIDTH SPACE, where a word may be broken


def printable(text: str) -> str:
    """A text with only characters that can be printed.

    Letters and their accents are composed (NFC), as the fonts have them. Invisible characters are removed, one that
    no font has becomes MISSING, an accent that no letter carries stands on a no-break space (else Typst looks through
    all typefaces for each), and a word too long for a line gets a BREAK after each slash, point or hyphen, or after
    every eighth letter if it has none."""
    if text.isascii() and text.isprintable():
        return _LONG_WORD.sub(_breakable, text)
    text = unicodedata.normalize("NFC", text)
    text = "".join(letter if letter in covered() else _substitute(letter) for letter in text)
    text = _without_carrier().sub("\u00a0", text)
    return _LONG_WORD.sub(_breakable, text)


def missing(text: str) -> str:
    """The characters of a text that would print as MISSING, each once, in order of their code points."""
    if text.isascii():
        return ""
    letters = set(unicodedata.normalize("NFC", text)) - covered()
    return "".join(sorted(letter for letter in letters if _substitute(letter) == MISSING))


def _substitute(letter: str) -> str:
    """The replacement for a character that is not in the fonts."""
    category = unicodedata.category(letter)
    if category in ("Zs", "Zl", "Zp") or letter in "\t\n\r\v\f":
        return " "
    if category in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef":
        return ""  # steers the look or the direction of others, and is itself not seen
    return MISSING


def _breakable(match: re.Match[str]) -> str:
    return _BREAK_AFTER.sub(r"\1" + BREAK, match.group())


@lru_cache(maxsize=1)
def _without_carrier() -> re.Pattern[str]:
    """Finds the places before accents that no letter carries: at the beginning, and behind what is not seen."""
    unseen = "".join(re.escape(letter) for letter in sorted(covered()) if unicodedata.category(letter)[0] in "ZC")
    return re.compile(f"(?<![^{unseen}])(?=[{_ACCENTS}])")


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """All characters that one of the families has in each of its styles, and that text may contain.

    Private-use code points are left out: PDF/A-2a allows them only where their meaning is stated."""
    found: set[int] = set()
    for family in FAMILIES:
        found |= set.intersection(*(_code_points(path) for path in sorted(FOLDER.glob(f"{family}-*.ttf"))))
    letters = (chr(number) for number in found)
    return frozenset(letter for letter in letters if unicodedata.category(letter) not in _NO_TEXT)


def _code_points(path: Path) -> set[int]:
    """The code points of a TrueType font.

    Read from table 'cmap', subtable format 12 (groups of first, last, glyph; all numbers big-endian):
    https://learn.microsoft.com/typography/opentype/spec/cmap. Raises ValueError where there is none."""
    with path.open("rb") as file:
        table = _table_offset(file, b"cmap")
        _, count = _unpack(file, table, ">HH")
        for number in range(count):
            _, _, offset = _unpack(file, table + 4 + 8 * number, ">HHI")
            if _unpack(file, table + offset, ">H") == (12,):
                groups = _groups(file, table + offset)
                return {code for first, last in groups for code in range(first, last + 1)}
    raise ValueError(f"{path.name} has no character map of format 12")


def _table_offset(file: BinaryIO, tag: bytes) -> int:
    """Where a table of a font begins, in bytes from the start of the file."""
    (count,) = _unpack(file, 4, ">H")
    for number in range(count):
        name, _, offset, _ = _unpack(file, 12 + 16 * number, ">4sIII")
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _groups(file: BinaryIO, subtable: int) -> Iterator[tuple[int, int]]:
    (count,) = _unpack(file, subtable + 12, ">I")
    file.seek(subtable + 16)
    for first, last, _ in struct.iter_unpack(">III", file.read(12 * count)):
        yield first, last


def _unpack(file: BinaryIO, offset: int, form: str) -> tuple[Any, ...]:
    file.seek(offset)
    return struct.unpack(form, file.read(struct.calcsize(form)))
