"""Counts the footnotes of words that must stay on one page, so that room for them is kept below: Typst keeps none.

Belongs here: counting the notes in words that are written. Not here: what a note says (walk.py), where it stands
(footnotes.py), how the room is asked for (blocks.typ)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.printing.typeset.tables import Room

NEW = re.compile(r"(?<![-\w])note\(")  # how the call for a footnote begins that has not been set
_NAME = re.compile(NEW.pattern + '"([^"]*)"')
_NEXT = re.compile(r'"(?:[^"\\]|\\.)*"|[()]')  # a string, or a bracket outside of one
_SMALLER = 0.91  # the size of a note, of the text's
_MOST_OF_PAGE = 0.6  # up to which words and their notes ask for room together


def room_for(code: str, room: Room) -> int:
    """About how many lines the notes take that some words bring along which stay whole.

    0 where the words may fill most of a page with them: room that is asked for has to be there, as on a page too small
    for it the words below would be printed over these."""
    notes = sum(_lines(said, room, _SMALLER) for said in map(_said, _calls(code)))
    lines = len(code) * 0.5 * room.size / room.width
    return notes if lines + 2 * notes < _MOST_OF_PAGE * room.height / (1.4 * room.size) else 0


def names_in(code: str) -> list[str]:
    """The labels of the notes that some words bring along."""
    return _NAME.findall(code)


def _calls(code: str) -> Iterator[str]:
    """What stands in the brackets of each call for a new note."""
    for call in NEW.finditer(code):
        depth, at = 1, call.end()
        while depth and (found := _NEXT.search(code, at)):
            depth += {"(": 1, ")": -1}.get(found.group(), 0)
            at = found.end()
        yield code[call.end() : at]


def _said(call: str) -> str:
    """The words of a note, from its call: its strings but for the first, which is its name."""
    strings = [one.group()[1:-1] for one in _NEXT.finditer(call) if one.group()[0] == '"']
    return "".join(strings[1:])


def _lines(words: str, room: Room, scale: float) -> int:
    return max(1, -(-int(len(words) * 0.5 * scale * room.size) // int(room.width)))
