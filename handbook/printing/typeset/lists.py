"""Writes lists as Typst: which of their items stay together, so that no item is alone at a page's head or foot.

Belongs here: the parts that a list is written in. Not here: the words of its items (walk.py), how a list looks
(blocks.typ)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.printing.typeset.expressions import NOTHING, Code, truth
from handbook.printing.typeset.notes import NEW, room_for
from handbook.printing.typeset.tables import Room

_FEW = 3  # items of a list that stay together
_LONG_LIST = 900  # letters of a list of a few items that may be parted,
_MOST_WHOLE = 0.6  # and of a small page's
_LONG_ITEM = 1500  # letters of Typst of items that may be parted from their notes
_LINE = 1.45  # em
_MOST_ASKED = 12  # lines for which room is asked
_FROM = 6  # items from which a key's list may stand in two columns
_AT_MOST = 0.75  # of its height in one column, for which two are worth it
_LATER_PART = re.compile(r"(?:list|kept)-part\([0-9]+, true, false, ")


@dataclass(frozen=True, slots=True)
class Items:
    """A list that is to be written: "list" or "enum", its first number, its marker, whether items stand close.

    items: their words as Typst. lines: about how many each takes. letters: of all of it.
    nested: whether it holds a list."""

    kind: str
    start: int
    marker: str
    tight: bool
    items: Sequence[Code]
    lines: Sequence[int]
    letters: int
    nested: bool

    def call(self, some: range, words: Sequence[Code] | None = None) -> Code:
        """The call for some of its items. words: in place of theirs."""
        listed = ", ".join(f"{self.kind}.item({(words or self.items)[at]})" for at in some)
        start = f"start: {self.start + some.start}, " if self.kind == "enum" and self.start + some.start != 1 else ""
        return Code(f"{self.kind}({start}{self.marker}tight: {truth(self.tight)}, {listed})")


def written(items: Items, room: Room) -> list[Code]:
    """A list: a short one stays whole, of a longer one two items at least stand before a break, and two behind it.

    An item with a note is a block of its own: what is a part of a list may stand a page before its note."""
    count = len(items.items)
    whole = items.call(range(count))
    if any(NEW.search(words) for words in items.items):
        return list(_parts(items, room))
    if count < _FEW - 1 or items.nested:
        return [whole]
    if count <= _FEW:
        stays = items.letters <= min(_LONG_LIST, _MOST_WHOLE * room.letters)
        return [Code(f"whole-list({whole})")] if stays else [whole]
    words = list(items.items)
    if sum(items.lines[-2:]) <= _MOST_ASKED:
        words[-2] = Code(f"before-last({_LINE * sum(items.lines[-2:]):.1f}em, {words[-2]})")
    begun = min(sum(items.lines[:2]), _MOST_ASKED)
    return [Code(f"begun-list({_LINE * begun:.1f}em, {items.call(range(count), words)})")]


def in_two_columns(items: Items, lines: Sequence[int]) -> Code:
    """A list of short items in two columns, down one and then the other; NOTHING where it would be nearly as high.

    lines: about how many each item takes in half the width."""
    count = len(items.items)
    half = -(-count // 2)
    high = max(sum(lines[:half]), sum(lines[half:]))
    noted = any(NEW.search(words) for words in items.items)
    if count < _FROM or items.nested or noted or high > _AT_MOST * sum(items.lines):
        return NOTHING
    return Code(f"two-lists({items.call(range(half))}, {items.call(range(half, count))})")


def goes_on(code: Code) -> bool:
    """Is a call for a part of a list whose items stand close, and not for its first part?"""
    return _LATER_PART.match(code) is not None


def _parts(items: Items, room: Room) -> Iterator[Code]:
    """A list in parts: each item with a note by itself, those between together, the first two and the last two too."""
    for group in _groups(items, room):
        some = items.items[group.start : group.stop]
        ends = f"{truth(group.start == 0)}, {truth(group.stop == len(items.items))}"
        kept = sum(map(len, some)) < _LONG_ITEM and (_with_note(some) or _tied(group.start, len(items.items)))
        name, words = "kept-part" if kept else "list-part", Code(" ".join(some))
        yield Code(f"{name}({room_for(words, room)}, {truth(items.tight)}, {ends}, {items.call(group)})")


def _groups(items: Items, room: Room) -> list[range]:
    """The items that are written together, in order."""
    groups: list[range] = []
    for at in range(len(items.items)):
        last = groups[-1] if groups else range(0)
        joined = items.items[last.start : at + 1]
        ties = at > 0 and _tied(at - 1, len(items.items)) and _may_join(joined, room)
        plain = at > 0 and not _with_note(joined) and not _tied(last.start, len(items.items))
        if ties or (plain and not _tied(at, len(items.items))):
            groups[-1] = range(last.start, at + 1)
        else:
            groups.append(range(at, at + 1))
    return groups


def _tied(at: int, count: int) -> bool:
    """Is an item one that shares a page with the next?"""
    return at + 1 < count and (count <= _FEW or at in (0, count - 2))


def _may_join(some: Sequence[Code], room: Room) -> bool:
    """Are some items short enough to share a page, with room for their notes?"""
    words = Code(" ".join(some))
    return len(words) < _LONG_ITEM and (not _with_note(some) or room_for(words, room) > 0)


def _with_note(some: Sequence[Code]) -> bool:
    return any(NEW.search(words) for words in some)
