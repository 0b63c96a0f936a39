"""Every option of a printed page, declared once.

Belongs here: an option's name, type, values, default, the words by which it is asked for, and which prints it concerns.
The print dialog, the print window, `handbook print` and the workshop's file are made from the declaration: a new option
is a new field of PrintOptions here and what the typesetter (printing/typeset/) makes of it. Not here: how a page is set
with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from handbook.base.catalogue import N_, tr

Paper = Literal["a4", "letter"]
Notes = Literal["none", "column", "pages"]
Poster = Literal["page", "double", "glued"]
Writing = Literal["ruled", "blank"]
Shown = Literal["auto", "yes", "no"]
T = TypeVar("T")

SIZES = (11, 14, 18)  # points; 18 is large print
CARDS = (0, 2, 4, 6, 8, 9)  # to a sheet; 0 is what takes the fewest sheets

Kind = Literal["participants", "trainer", "cards", "posters", "worksheets"]  # what a workshop prints
KINDS: tuple[Kind, ...] = get_args(Kind)
Print = Literal[Kind, "handout"]  # a handout: chosen sections by themselves
PRINTS: tuple[Print, ...] = (*KINDS, "handout")
PACKETS: tuple[Print, ...] = ("participants", "trainer")
PAGES: tuple[Print, ...] = (*PACKETS, "handout")

# Of a sheet: printed on one, or on both, turned on an edge.
Sides = Literal["one", "long edge", "short edge"]


class Choice(NamedTuple):
    """One of the things that a row of a dialog offers: its words, and the values of the options that it sets."""

    words: str
    values: Mapping[str, object]


class Row(NamedTuple):
    """A row of a dialog. label: with & before the letter for the keyboard. choices: none for a tick.

    concerns: the prints in which it means something."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    concerns: tuple[Print, ...]


class Flag(NamedTuple):
    """A switch of the command line: the value that it gives the option, and its help."""

    value: object
    help: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said of an option once.

    values:   what it may be, with the words for each in a list; a switch has None for its words.
    help:     for the command line; "" where `flags` say it all. flags: switches in place of `--name VALUE`, by name.
    row:      the row of a dialog that it shares with other options; None for one of its own."""

    label: str
    values: Mapping[object, str | None]
    concerns: tuple[Print, ...]
    help: str = ""
    flags: Mapping[str, Flag] = field(default_factory=dict)
    row: Row | None = None

    @property
    def is_switch(self) -> bool:
        """Is it on or off?"""
        return tuple(self.values) == (False, True)


def option(default: T, said: Declared) -> T:
    """A field of PrintOptions, and what is said of it; to a type checker it is its default."""
    return field(default=default, metadata={_KEY: said})


def switch(label: str, help: str, concerns: tuple[Print, ...], row: Row | None = None) -> Declared:  # noqa: A002 - argparse's word
    """What is said of an option that is on or off."""
    return Declared(label, {False: None, True: None}, concerns, help, row=row)


_KEY = "option"
_FORM = Row(
    "form",
    N_("&Form"),
    (
        Choice(N_("Pages"), {"booklet": False, "single": False}),
        Choice(N_("Booklet, to fold"), {"booklet": True, "single": False}),
        Choice(N_("Booklet, page by page"), {"booklet": True, "single": True}),
    ),
    PAGES,
)
_FROM_SIX_PAGES: Mapping[object, str | None] = {
    "auto": N_("With six pages or more"),
    # Translators: a title page or contents: always
    "yes": N_("Always"),
    # Translators: a title page or contents: never
    "no": N_("Never"),
}


class NotOffered(ValueError):
    """A value that a print option does not have. name: of the option, as in a workshop's file."""

    def __init__(self, name: str, offered: Iterable[str], value: str) -> None:
        super().__init__(
            tr("{name} must be one of {values}, not {value}").format(name=name, values=", ".join(offered), value=value)
        )
        self.name = name


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How the pages look.

    paper:          the sheet in the printer.
    size:           of the running text, in points: one of SIZES.
    notes:          where there is room to write: nowhere, the outer third of each page, or a ruled page after
                    each page.
    booklet:        pages of half a sheet, two to a side in folding order, for turning on the short edge.
    single:         with `booklet`: the pages of half a sheet one by one, in reading order, as for a screen.
    double_sided:   paper is printed on both sides: page numbers stand on the outer edge.
    chapters_right: a chapter begins on a right-hand page, for printing on both sides.
    my_notes:       the trainer's packet has what the person highlighted in the handbook and the notes to it.
    saving:         no grey grounds: less toner. Nothing is said by them alone.
    cards:          to a sheet: one of CARDS; 0 is eight, or nine where that takes fewer sheets.
    card_backs:     cards are printed on both sides: their backs are set so that they meet their fronts when the
                    sheet is turned on its long edge.
    poster:         a poster fills one page of the paper, a sheet of twice its size (A3), or two sheets to be
                    glued with an overlap.
    writing:        worksheets give lines to write on, or blank room of the same height.
    cover, contents: whether a packet has a title page, and pages have a list of contents; "auto" is with six pages of
                    text or more.
    Raises ValueError for a value that is not offered."""

    paper: Paper = option(
        "a4",
        Declared(
            label=N_("&Paper"),
            # Translators: a paper format of North America; keep it
            values={"a4": "A4", "letter": N_("Letter")},
            concerns=PRINTS,
            help=N_("the paper in the printer"),
        ),
    )
    size: int = option(
        11,
        Declared(
            label=N_("Text si&ze"),
            values={11: N_("11 points"), 14: N_("14 points, larger"), 18: N_("18 points, large print")},
            concerns=(*PAGES, "worksheets"),
            help=N_("text size in points"),
        ),
    )
    notes: Notes = option(
        "none",
        Declared(
            label=N_("&Room for notes"),
            values={
                # Translators: room for notes: none
                "none": N_("None"),
                "column": N_("A ruled third of each page"),
                "pages": N_("A ruled page after each page"),
            },
            concerns=PAGES,
            flags={
                "notes": Flag("column", N_("a ruled third of each page to write on")),
                "note-pages": Flag("pages", N_("a ruled page after each page")),
            },
        ),
    )
    booklet: bool = option(
        False,
        switch(
            label=N_("Booklet"), help=N_("half-size pages in folding order, two to a sheet"), concerns=PAGES, row=_FORM
        ),
    )
    single: bool = option(
        False,
        switch(
            label=N_("Page by page"),
            help=N_("with --booklet: the half-size pages one by one, not folded"),
            concerns=PAGES,
            row=_FORM,
        ),
    )
    double_sided: bool = option(
        False,
        switch(
            label=N_("Printed on &both sides"),
            help=N_("for printing on both sides: page numbers on the outer edge"),
            concerns=(*PAGES, "cards", "worksheets"),
        ),
    )
    chapters_right: bool = option(
        False,
        switch(
            label=N_("Chapters begin on a ri&ght-hand page"),
            help=N_("chapters begin on a right-hand page, for printing on both sides"),
            concerns=PACKETS,
        ),
    )
    my_notes: bool = option(
        False,
        switch(
            label=N_("With m&y notes and highlights"),
            help=N_("the trainer's packet with your own notes and highlights"),
            concerns=("trainer",),
        ),
    )
    saving: bool = option(
        False, switch(label=N_("Sa&ve toner: no grey grounds"), help=N_("no grey grounds: less toner"), concerns=PRINTS)
    )
    cards: int = option(
        0,
        Declared(
            label=N_("&Cards on a sheet"),
            values={number: str(number) if number else N_("8 or 9: the fewest sheets") for number in CARDS},
            concerns=("cards",),
            help=N_("cards to a sheet; 0: 8 or 9, whichever takes fewer sheets"),
        ),
    )
    card_backs: bool = option(
        False,
        switch(
            label=N_("Bac&ks of cards"), help=N_("cards with backs, for printing on both sides"), concerns=("cards",)
        ),
    )
    poster: Poster = option(
        "page",
        Declared(
            label=N_("P&osters"),
            values={
                "page": N_("One page"),
                "double": N_("A sheet twice as large (A3)"),
                "glued": N_("Two sheets to glue"),
            },
            concerns=("posters",),
            help=N_("one page, a sheet of twice the paper (A3), or two sheets to glue"),
        ),
    )
    writing: Writing = option(
        "ruled",
        Declared(
            label=N_("Room to &write"),
            # Translators: room to write in a worksheet: lines
            values={"ruled": N_("Lines"), "blank": N_("Blank")},
            concerns=("worksheets",),
            help=N_("room to write in worksheets"),
        ),
    )
    cover: Shown = option(
        "auto",
        Declared(
            label=N_("&Title page"),
            values=_FROM_SIX_PAGES,
            concerns=PACKETS,
            help=N_("a title page; auto is with six pages or more"),
        ),
    )
    contents: Shown = option(
        "auto",
        Declared(
            label=N_("Cont&ents"),
            values=_FROM_SIX_PAGES,
            concerns=PAGES,
            help=N_("a list of contents; auto is with six pages or more"),
        ),
    )

    def __post_init__(self) -> None:
        for one in fields(self):
            value, offered = getattr(self, one.name), tuple(declared(one).values)
            # `1 == True`, and a file may say either
            if value not in offered or isinstance(value, bool) is not isinstance(offered[0], bool):
                raise NotOffered(one.name.replace("_", "-"), map(_spelt, offered), _spelt(value))

    @property
    def facing_pages(self) -> bool:
        """Is there a left-hand and a right-hand page?"""
        return self.double_sided or self.chapters_right or self.booklet


def declared(one: Field[Any]) -> Declared:
    """What is said of a field of PrintOptions."""
    found = one.metadata[_KEY]
    assert isinstance(found, Declared)  # noqa: S101 - every field is made by option()
    return found


OPTIONS: Mapping[str, Declared] = {one.name: declared(one) for one in fields(PrintOptions)}
AS_USUAL = PrintOptions()


def sides_for(options: PrintOptions, print_: Print) -> Sides:
    """On which sides of its sheets something is printed: the paper count, the printer and the typesetter ask here.

    The sides of a folded booklet's sheets are turned on the short edge; only pages are folded. A poster has nothing on
    its back."""
    if print_ in PAGES and options.booklet and not options.single:
        return "short edge"
    both = {
        "cards": options.double_sided or options.card_backs,
        "posters": False,
        "worksheets": options.double_sided,
    }.get(print_, options.double_sided or options.chapters_right)
    return "long edge" if both else "one"


def rows(kind: Print) -> tuple[Row, ...]:
    """The rows by which a dialog asks for the options of a print, in order; a row shared by several stands once."""
    found: dict[str, Row] = {}
    for name, option in OPTIONS.items():
        if kind in option.concerns:
            row = option.row or Row(name, option.label, _choices(name, option), option.concerns)
            found.setdefault(row.name, row)
    return tuple(found.values())


def _choices(name: str, option: Declared) -> tuple[Choice, ...]:
    if option.is_switch:
        return ()
    return tuple(Choice(words or str(value), {name: value}) for value, words in option.values.items())


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
