"""The measures of a page: its sheet, its margins, the ruled column.

Belongs here: numbers, worked out from the options. Not here: what is set in them (document.py), how (page.typ)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.handout.options import Paper, PrintOptions

SHEETS: Mapping[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm, upright


@dataclass(frozen=True, slots=True)
class Page:
    """A page's measures in millimetres; `notes` is the width of the ruled column, 0 for none."""

    width: float
    height: float
    top: float
    bottom: float
    edge: float
    gutter: float = 0
    notes: float = 0

    @property
    def text_width(self) -> float:
        """What the edges and the ruled column leave for the text, in millimetres."""
        return self.width - 2 * self.edge - self.gutter - self.notes


def page_of(options: PrintOptions, *, sheets: bool) -> Page:
    """The page of some options: half a sheet for a booklet; with notes, its outer third is ruled.

    The edges leave lines of some 65 to 80 letters at 11 points, which is what reads well. `sheets` are filled in
    rather than read, and are wider."""
    width, height = SHEETS[options.paper]
    if options.booklet:
        width, height = height / 2, width
    top, bottom = (21, 21) if options.booklet else (17, 18) if sheets else (27, 27)
    if options.notes == "column":
        edge, gutter = (11, 5) if options.booklet else (18, 8)
        return Page(width, height, top, bottom, edge, gutter, width / 3 - edge)
    return Page(width, height, top, bottom, 16 if options.booklet else 22 if sheets else 34)


def page_size(options: PrintOptions) -> tuple[float, float]:
    """Width and height of a page in millimetres: half a sheet of a booklet."""
    page = page_of(options, sheets=False)
    return page.width, page.height
