"""Finds the section at a position or a height in the document of a page.

Belongs here: positions and heights of sections. Not here: scrolling, and which section commands use (page_places.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtGui import QTextDocument


class Sections:
    """The sections of a document, by their anchors; "" is the text before the first section.

    Make a new object when the text changes, and call laid_out_anew() when only the layout changes."""

    def __init__(self, document: QTextDocument, anchors: Iterable[str]) -> None:
        self._document = document
        self._starts: list[int] = [0]  # the positions of their first blocks
        self._anchors: list[str] = [""]
        self._tops: list[float] | None = None  # computed at first use
        wanted = set(anchors)
        block = document.begin()
        while wanted and block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                names = wanted.intersection(iterator.fragment().charFormat().anchorNames())
                self._starts += [block.position()] * len(names)
                self._anchors += names
                wanted -= names
                iterator += 1
            block = block.next()

    def laid_out_anew(self) -> None:
        """Note that the layout has changed: heights are computed again."""
        self._tops = None

    @property
    def tops(self) -> list[float]:
        """The upper edges of the sections; the first use after a change lays out the whole page."""
        if self._tops is None:
            layout = self._document.documentLayout()
            found = (layout.blockBoundingRect(self._document.findBlock(start)).top() for start in self._starts[1:])
            self._tops = [0.0, *found]
        return self._tops

    @property
    def last_top(self) -> float:
        """The upper edge of the last section."""
        return self.tops[-1]

    def top_of(self, anchor: str) -> float:
        """The upper edge of a section; 0 for one that is not there."""
        return self.tops[self._anchors.index(anchor)] if anchor in self._anchors else 0.0

    def at_position(self, position: int) -> str:
        """The section that holds a position in the document."""
        return self._anchors[max(0, bisect_right(self._starts, position) - 1)]

    def at_height(self, height: float) -> str:
        """The section that holds a height in the document."""
        return self._anchors[max(0, bisect_right(self.tops, height) - 1)]

    def position_of(self, anchor: str) -> int | None:
        """The position in the document at which a section begins; None for one that is not there."""
        return self._starts[self._anchors.index(anchor)] if anchor in self._anchors else None

    def is_in(self, anchor: str, top: float, bottom: float) -> bool:
        """Is a part of a section between two heights?"""
        if anchor not in self._anchors:
            return False
        number = self._anchors.index(anchor)
        following = self.tops[number + 1] if number + 1 < len(self.tops) else float("inf")
        return self.tops[number] < bottom and following > top

    def filling(self, top: float, bottom: float) -> str:
        """The section that has most of the space between two heights; the upper one of two with the same."""
        tops = self.tops
        most, found = 0.0, self.at_height(top)
        for number in range(max(0, bisect_right(tops, top) - 1), len(tops)):
            if tops[number] >= bottom:
                break
            end = min(bottom, tops[number + 1]) if number + 1 < len(tops) else bottom
            seen = end - max(top, tops[number])
            if seen > most:
                most, found = seen, self._anchors[number]
        return found
