"""Text that no word of is broken, on a page that is narrow for the size of its letters.

Belongs here: how large letters may be, and headings made smaller. Not here: how wide the page is (page_layout.py)."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from handbook.ui.widgets.theme import INSET, SMALL_INSET

LONGEST_WORD = 17  # average letters that a line always has room for, or the text is smaller
HEAD_WORD = 19  # such letters in the place of which a heading's longest word has room
SMALLEST = 9  # points
PLENTY = 40  # letters in a line from which headings have the size that they should
_EDGE = 5  # pixels of the line beside the statement


class Fits(NamedTuple):
    """How large a page's text is, how many letters a line of it has, and the room beside the statement."""

    points: int
    letters: int
    inset: float


def fitting(width: float, points: int, letter: float) -> Fits:
    """How large the text may be so that no word of it is broken, and how many letters its lines have then.

    width: of the lines, in pixels; points: that are wanted; letter: the average width of a letter of those. Only large
    letters in a small window are made smaller, and never to less than half of what was asked for."""
    room = width - _EDGE
    for inset in (INSET, SMALL_INSET):
        most = room / (LONGEST_WORD * letter / points + 2 * inset)  # points: the letters, and the room beside them
        if most >= points:
            break
    shown = max(SMALLEST, points // 2, min(points, int(most)))
    return Fits(shown, min(PLENTY, int((room - 2 * inset * shown) / (letter / points * shown))), inset)


def shrink_headings(document: QTextDocument, fits: Fits) -> None:
    """In a narrow page, make headings small enough for their longest words.

    A style sheet can't: for Qt, the size that HTML gives a heading goes before it."""
    if fits.letters >= PLENTY:
        return
    largest = fits.points * max(1.0, fits.letters / HEAD_WORD)
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            for start, end, look in _looks(block):
                if look.font().pointSizeF() > largest:
                    look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
                    look.setFontPointSize(largest)
                    cursor.setPosition(start)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(look)
        block = block.next()


def _looks(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The stretches of a paragraph that look alike: where they begin and end, and their look."""
    made = []
    found = block.begin()
    while not found.atEnd():
        part = found.fragment()
        if part.isValid():
            made.append((part.position(), part.position() + part.length(), part.charFormat()))
        found += 1
    return made
