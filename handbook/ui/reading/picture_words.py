"""The words of a page's pictures: they stand in the text unseen, for the search and for screen readers.

Belongs here: which picture they belong to. Not here: drawing pictures (page_pictures.py), what a page says
(page_source.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handbook.content.html import PICTURE

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

    from handbook.ui.reading.page_pictures import PagePicture


class PictureWords:
    """The unseen words of one text. Make a new object when the text changes."""

    def __init__(self, document: QTextDocument, pictures: Sequence[PagePicture]) -> None:
        self._document, self._pictures = document, pictures
        self._blocks: dict[int, tuple[int, int]] | None = None  # found at first use

    def _found(self) -> dict[int, tuple[int, int]]:
        """Position of each block that holds words of a picture → the picture's number and position."""
        if self._blocks is None:
            self._blocks = {}
            block = self._document.begin()
            number, at, left = -1, -1, 0
            while block.isValid() and self._pictures:
                found, where = _picture_in(block)
                if found >= 0 and found < len(self._pictures):
                    number, at, left = found, where, self._pictures[found].unseen
                elif left:
                    self._blocks[block.position()] = (number, at)
                    left -= 1
                block = block.next()
        return self._blocks

    def picture_at(self, position: int) -> tuple[int, int] | None:
        """The number and position of the picture whose words stand at a position; None for words of the page."""
        if not self._pictures:
            return None
        return self._found().get(self._document.findBlock(position).position())

    def seen(self, position: int) -> int:
        """Where a position is to be seen: at the picture, for words of a picture."""
        picture = self.picture_at(position)
        return position if picture is None else picture[1]


def _picture_in(block: QTextBlock) -> tuple[int, int]:
    """The number and the position of the picture in a block; -1 where there is none."""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        if form.isImageFormat():
            return _number_of(form.toImageFormat().name()), fragment.position()
        iterator += 1
    return -1, -1


def number_in(link: QTextCursor) -> int:
    """The number of the picture that a link shows larger; -1 for any other link."""
    return _number_of(link.charFormat().anchorHref())


def _number_of(address: str) -> int:
    number = address.removeprefix(PICTURE)
    return int(number) if address.startswith(PICTURE) and number.isdecimal() else -1
