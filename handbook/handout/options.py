"""Every option of a printed page, with what it may be.

Belongs here: names, values, defaults and what they mean. Not here: how a page is set with them (printing/typeset/),
how they are asked for (ui/printing/print_options.py, cli/print.py, workshop/file.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Paper = Literal["a4", "letter"]
Notes = Literal["none", "column", "pages"]
Poster = Literal["page", "double", "glued"]
Writing = Literal["ruled", "blank"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
SIZES = (11, 14, 18)  # points; 18 is large print
CARDS = (2, 4, 6, 8, 9)  # to a sheet


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How the pages look.

    paper:          the sheet in the printer.
    size:           of the running text, in points: one of SIZES.
    booklet:        pages of half a sheet, two to a side in folding order, for turning on the short edge.
    notes:          where there is room to write: nowhere, the outer third of each page, or a ruled page after
                    each page.
    single:         with `booklet`: the pages of half a sheet one by one, in reading order, as for a screen.
    double_sided:   paper is printed on both sides: page numbers stand on the outer edge.
    chapters_right: a chapter begins on a right-hand page, for printing on both sides.
    saving:         no grey grounds: less toner. Nothing is said by them alone.
    cards:          to a sheet: one of CARDS.
    card_backs:     cards are printed on both sides: their backs are set so that they meet their fronts when the
                    sheet is turned on its long edge.
    poster:         a poster fills one page of the paper, a sheet of twice its size (A3), or two sheets to be
                    glued with an overlap.
    writing:        worksheets give lines to write on, or blank room of the same height.
    Raises ValueError for a value that is not offered."""

    paper: Paper = "a4"
    size: int = 11
    booklet: bool = False
    notes: Notes = "none"
    single: bool = False
    double_sided: bool = False
    chapters_right: bool = False
    saving: bool = False
    cards: int = 8
    card_backs: bool = False
    poster: Poster = "page"
    writing: Writing = "ruled"

    def __post_init__(self) -> None:
        for name, offered in OFFERED.items():
            value = getattr(self, name)
            # `1 == True`, and a file may say either
            if value not in offered or isinstance(value, bool) is not isinstance(offered[0], bool):
                raise ValueError(f"{name} must be one of {', '.join(map(_spelt, offered))}, not {_spelt(value)}")

    @property
    def two_sided(self) -> bool:
        """Is there a left-hand and a right-hand page?"""
        return self.double_sided or self.chapters_right or self.booklet


_SWITCH = (False, True)
# What each option may be, for dialogs, files and the command line.
OFFERED: Mapping[str, tuple[object, ...]] = {
    "paper": PAPERS,
    "size": SIZES,
    "booklet": _SWITCH,
    "notes": get_args(Notes),
    "single": _SWITCH,
    "double_sided": _SWITCH,
    "chapters_right": _SWITCH,
    "saving": _SWITCH,
    "cards": CARDS,
    "card_backs": _SWITCH,
    "poster": get_args(Poster),
    "writing": get_args(Writing),
}


AS_USUAL = PrintOptions()


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
