"""The column that a page is set in: its width and margins, and what of the text is set to fit it.

Belongs here: measures, and changes of the document that HTML and style sheets can't make. Not here: when a page is set
(page_layout.py), letters on a narrow page (narrow_page.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextListFormat,
)

from handbook.ui.reading import narrow_page
from handbook.ui.widgets.theme import PageLook, page_font

if TYPE_CHECKING:
    from PySide6.QtGui import QTextList

SHORTEST_LINE = 45
NARROW = 44  # letters in a line, below which the links of the margin go under the text
# What content/html.py has between a text and those links, and what takes its place: a row of their own. Every letter
# keeps its number, so that marks and matches stay where they are.
_UNDER = ('</td><td class="beside">', '</td></tr><tr><td class="under">')
LEAST_MARGIN = 24.0  # pixels beside the column
MARKER_GAP = 300  # stretch in percent of the space between a bullet and its text


def root_frame(document: QTextDocument) -> QTextFrame:
    """The frame around a whole page. Not by rootFrame(): of that PySide keeps an object for each page ever shown."""
    frame = QTextCursor(document).currentFrame()
    while (above := frame.parentFrame()) is not None:
        frame = above
    return frame


class PageColumn(NamedTuple):
    """The column of a page with text of a size, in a view of a width."""

    points: int
    look: PageLook
    view: int

    @property
    def _letter(self) -> float:
        """The average width of a letter."""
        return QFontMetricsF(page_font(self.points, self.look.words)).averageCharWidth()

    def _side(self, letter: float) -> float:
        """The room at either side."""
        return max(LEAST_MARGIN, (self.view - letter * self.look.column) / 2)

    @property
    def fits(self) -> narrow_page.Fits:
        """How large the text may be in the room that it has."""
        return narrow_page.fitting(self.view - 2 * LEAST_MARGIN, self.points, self._letter)

    @property
    def is_narrow(self) -> bool:
        """Is there too little width for links beside the statement? Its words would be broken."""
        letter = self._letter
        return self.view - 2 * self._side(letter) < letter * NARROW

    @property
    def least_view(self) -> int:
        """Pixels that a line of the shortest length takes at this text size, with its margins."""
        return round(self._letter * SHORTEST_LINE + 2 * LEAST_MARGIN)

    def fit(self, document: QTextDocument) -> bool:
        """Keep the lines at a comfortable length, in the middle of whatever width there is; False if they were so."""
        side = self._side(self._letter)
        root = root_frame(document)
        form = root.frameFormat()
        if form.leftMargin() == side and form.topMargin() == self.points * 2:
            return False
        form.setLeftMargin(side)
        form.setRightMargin(side)
        form.setTopMargin(self.points * 2)
        form.setBottomMargin(self.points * 6)
        root.setFrameFormat(form)
        return True


def has_links_beside(html: str) -> bool:
    """Has a page links in the margin?"""
    return _UNDER[0] in html


def with_links_under(html: str) -> str:
    """A page with those links under the text."""
    return html.replace(*_UNDER)


def space_markers(document: QTextDocument) -> None:
    """Widen the distance between the bullets of lists and their text.

    Qt makes it as wide as a space in the font of the block, which differs from the font of the words in it."""
    bullets = (QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare)
    cursor = QTextCursor(document)
    wide = QTextCharFormat()
    wide.setFontStretch(MARKER_GAP)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        items: QTextList | None = block.textList()  # the stubs forget that there may be none
        if items is not None and items.format().style() in bullets:
            cursor.setPosition(block.position())
            cursor.mergeBlockCharFormat(wide)
        block = block.next()
    cursor.endEditBlock()


def flatten_empty_rows(document: QTextDocument) -> None:
    """Let the rows for links of the margin, under the text, take no room where there is no link."""
    flat, form = QTextCharFormat(), QTextBlockFormat()
    flat.setFontPointSize(1)
    form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        if block.length() == 1:
            cursor.setPosition(block.position())
            if cursor.currentTable() is not None:
                cursor.setBlockCharFormat(flat)
                cursor.mergeBlockFormat(form)
        block = block.next()
