"""Two languages that nobody speaks, for tests: a longer one with accents and brackets, and one from right to left.

Belongs here: making them from messages.pot. They are made when a test runs and are never part of the program."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from handbook.translations import po_file

LONGER, SHORT, TWICE = 1.4, 10, 2.0  # how much longer a text is; one of up to ten letters often is twice as long
RULE = "en"  # whose plural forms they have
_POT = Path(po_file.__file__).with_name("messages.pot")
_ACCENTS = str.maketrans("aeiouycdlnrstzAEIOUYCDLNRSTZ", "áéíóúýčďľňŕšťžÁÉÍÓÚÝČĎĽŇŔŠŤŽ")
_FILL = "ěščřžýáíéúů"
# The letters of the Hebrew alphabet by sound, as far as there is one; only that they run from right to left matters.
_HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבצדעפגהייכלמנופקרסתוואחיז")
# What a translation keeps: places, line ends, keys after "&", marks of HTML, addresses of links, kinds of files.
_KEPT = re.compile(
    r"\{[^{}]*\}|%(?:\([a-z_]+\))?[sr]|\n|&\w+;|&.|<[^<>]{1,80}>|\]\([^()]*\)|\(\*[^()]*\)|`[^`]*`|\*\.\w+"
)


def long(text: str) -> str:
    """A text as the longer language has it: every letter with an accent where there is one, 40 % more
    (twice as many for a word), in brackets."""
    lines = text.split("\n")
    made = (
        _changed(line, lambda part: part.translate(_ACCENTS)) + _more(line) if line.strip() else "" for line in lines
    )
    return "[" + "\n".join(made) + "]"


def backwards(text: str) -> str:
    """A text as the language from right to left has it; what is kept stays in Latin letters."""
    return _changed(text, lambda part: part.lower().translate(_HEBREW))


def translations(made: Callable[[str], str]) -> gettext.GNUTranslations:
    """Every text of messages.pot, made so."""
    entries = []
    for one in po_file.read(_POT.read_text(encoding="utf-8")):
        texts = (one.text,) if one.plural is None else (one.text, one.plural)
        entries.append(replace(one, forms=tuple(map(made, texts)), fuzzy=False))
    return po_file.catalogue(entries, RULE)


def _changed(text: str, change: Callable[[str], str]) -> str:
    """A text with everything changed that is not kept."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [change(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join((*parts, change(text[at:])))


def _more(line: str) -> str:
    """What makes a line as much longer as it has to be, in words of some eight letters."""
    seen = len(_KEPT.sub("", line))
    wanted = max(2, round(seen * ((TWICE if seen <= SHORT else LONGER) - 1))) - 2  # the brackets count
    return "".join(" " if number % 9 == 0 else _FILL[number % len(_FILL)] for number in range(wanted))
