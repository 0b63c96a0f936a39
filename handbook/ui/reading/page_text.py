"""The text of a page as it is read out: with the bullets of its lists, without signs that only Qt knows.

Belongs here: that text, and which position in the document answers to which place in it. Not here: structure
(page_structure.py).

Qt puts signs without a meaning where table cells begin and end (U+FDD0, U+FDD1), and one for each picture (U+FFFC);
bullets and numbers it only paints. Places are counted as Qt counts, by 16 bits."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QTextBlock, QTextDocument, QTextListFormat

from handbook.base.late_patterns import late_pattern

BULLET = "•"
_BULLETS = (QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare)
# Line breaks inside a paragraph, pictures, and what else Qt or a typeface of signs may put into a text.
_BREAKS = dict.fromkeys((0x2028, 0x2029, 0xFDD0, 0xFDD1), "\n")
_SIGNS = late_pattern("[\ufffc\xa0\ue000-\uf8ff]")


class PageText:
    """The text of a document, once; make a new one when the document changes."""

    def __init__(self, document: QTextDocument) -> None:
        pieces: list[str] = []
        self._positions: list[int] = []  # of each block in the document
        self._places: list[int] = []  # of each block in the text, its bullet included
        self._marks: list[int] = []  # length of each block's bullet
        at = 0
        block = document.begin()
        while block.isValid():
            mark = mark_of(block)
            words = _SIGNS.sub(" ", block.text().translate(_BREAKS))
            self._positions.append(block.position())
            self._places.append(at)
            self._marks.append(len(mark))
            pieces += (mark, words, "\n")
            at += len(mark) + block.length()
            block = block.next()
        text = "".join(pieces)
        # A letter beyond U+FFFF is two of Qt's.
        self._wide = None if text.isascii() or max(text, default="") <= "\uffff" else text.encode("utf-16-le")
        self._text = text
        self.length = at

    def of(self, first: int, last: int) -> str:
        """The text between two places."""
        first, last = max(0, first), max(0, last)
        if self._wide is not None:
            return self._wide[2 * first : 2 * last].decode("utf-16-le", "replace")
        return self._text[first:last]

    def between(self, start: int, end: int) -> str:
        """The text between two positions of the document, without white space around it."""
        return self.of(*self.places(start, end)).strip()

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The places of two positions; a stretch from the beginning of an item has its bullet."""
        block = self._block_at(start)
        first = self.place_of(start)
        if start == self._positions[block]:
            first -= self._marks[block]
        return first, max(first, self.place_of(end - 1) + 1)

    def place_of(self, position: int) -> int:
        """The place of a position of the document."""
        block = self._block_at(position)
        return min(self._places[block] + self._marks[block] + position - self._positions[block], self.length)

    def position_of(self, place: int) -> int:
        """The position in the document of a place; on a bullet, that of the words behind it."""
        block = max(0, bisect_right(self._places, place) - 1)
        return self._positions[block] + max(0, place - self._places[block] - self._marks[block])

    def _block_at(self, position: int) -> int:
        return max(0, bisect_right(self._positions, position) - 1)


def mark_of(block: QTextBlock) -> str:
    """The bullet or number before a paragraph, with a space; "" for none."""
    items = block.textList()
    if items is None:
        return ""
    if items.format().style() in _BULLETS:
        return f"{BULLET} "
    number = items.itemText(block)  # none where boxes to tick stand in its place
    return f"{number} " if number else ""
