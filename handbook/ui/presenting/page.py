"""How a page looks that is shown to a room: colours, sizes, and how high blocks are.

Belongs here: what is painted. Not here: which blocks are on a page (handbook/presenting/fitting.py).

The contrast of text is above 7:1 in both colours (black on white 21:1). The smallest text is 28 points on a screen of
768 rows, 37 of them: a projector fills a screen of two metres in width with 1366 columns, so that a capital is 36 mm
high. From ten metres that is 12 minutes of arc, more than twice the 5 that good eyes need (a Snellen letter); text
is larger wherever it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextDocument, QTextOption

from handbook.content.html import to_html
from handbook.ui.widgets.theme import SANS, SERIF

SMALLEST = 28 * 96 / 72 / 768  # of the height of the screen
LARGEST = 0.14
TITLE, FOOT = 0.042, 0.022
MARGIN = 0.06  # of the width, at either side


class Look(NamedTuple):
    """The colours of a page, each as #rrggbb, and whether its ground is dark."""

    ground: str
    text: str
    title: str
    faint: str  # the source line
    statement: str  # behind La Strada's words
    bar: str  # beside them, and around cells
    dark: bool


LIGHT = Look("#ffffff", "#000000", "#0b4650", "#454a50", "#fbf3e2", "#a3631c", dark=False)
DARK = Look("#000000", "#ffffff", "#a5dfe8", "#c2c6c9", "#1d1810", "#d9a05e", dark=True)
# Of high contrast, without tints: the statement is known by the bar beside it, and by its letters.
BLACK_ON_WHITE = Look("#ffffff", "#000000", "#000000", "#000000", "#ffffff", "#000000", dark=False)
WHITE_ON_BLACK = Look("#000000", "#ffffff", "#ffffff", "#ffffff", "#000000", "#ffffff", dark=True)


def look(*, dark: bool, contrast: bool) -> Look:
    """The colours of a page for a window of some colours."""
    if contrast:
        return WHITE_ON_BLACK if dark else BLACK_ON_WHITE
    return DARK if dark else LIGHT


class Sizes(NamedTuple):
    """Measures of a window of some size, in pixels."""

    margin: int
    title: int
    foot: int
    smallest: int
    largest: int

    @classmethod
    def of(cls, width: int, height: int, scale: float = 1.0) -> Sizes:
        """The measures for a window. scale: how much larger or smaller the person wants the text."""
        smallest = max(8, round(SMALLEST * height * scale))
        largest = max(smallest, round(LARGEST * height * min(scale, 1.0)))
        return cls(
            round(MARGIN * width), max(9, round(TITLE * height)), max(8, round(FOOT * height)), smallest, largest
        )


def document(blocks: Sequence[Element], size: int, width: int, look: Look, *, verbatim: bool) -> QTextDocument:
    """Blocks laid out in a width, with text of a size in pixels."""
    made = QTextDocument()
    font = QFont(SERIF if verbatim else SANS)
    font.setPixelSize(size)
    made.setDefaultFont(font)
    made.setDocumentMargin(0)
    made.setIndentWidth(size * 1.5)  # Qt's 40 pixels are for small text: the number of an item began in the margin
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    made.setDefaultStyleSheet(_style(size, look))
    root = Element("div")
    root.extend(blocks)
    made.setHtml(f'<body style="color: {look.text}">{to_html(root)}</body>')
    made.setTextWidth(width)
    return made


def height_of(blocks: Sequence[Element], size: int, width: int, *, verbatim: bool) -> float:
    """How high blocks are, in pixels; infinite where a word or a table is wider than the width.

    A picture has a page of its own, as large as fits."""
    if any(block.tag == "figure" for block in blocks):
        return 0 if len(blocks) == 1 else float("inf")
    made = document(blocks, size, width, LIGHT, verbatim=verbatim)
    found: QSizeF = made.size()
    return found.height() if found.width() <= width + 1 else float("inf")


def _style(size: int, look: Look) -> str:
    gap, pad = round(size * 0.5), round(size * 0.25)
    return f"""
    p, li, dt, dd, td, th {{ line-height: 122%; }}
    p, ul, ol, dl {{ margin-top: 0; margin-bottom: {gap}px; }}
    li {{ margin-bottom: {pad}px; }}
    h1, h2, h3, h4, h5, h6 {{ font-size: {size}px; font-weight: 600; margin-top: 0; margin-bottom: {pad}px; }}
    dt, p.admonition-title {{ font-weight: 600; }}
    table.grid {{ border-collapse: collapse; border: 2px solid {look.bar}; margin-bottom: {gap}px; }}
    td.grid, th.grid {{ border: 2px solid {look.bar}; padding: {pad}px; }}
    td.box {{ border-left: {max(3, size // 8)}px solid {look.bar}; padding: 0 0 0 {gap}px; }}
    td.rule {{ border-bottom: 2px solid {look.bar}; }}
    """
