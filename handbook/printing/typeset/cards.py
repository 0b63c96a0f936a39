"""The Typst document of cards to cut out, several on a sheet.

Belongs here: the grid, the order of the decks, which back belongs to which card. Not here: how a card looks
(cards.typ)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.handout.options import Paper, PrintOptions, sides_for
from handbook.handout.selection import Piece
from handbook.printing.typeset.expressions import Code, between, block, literal, string
from handbook.printing.typeset.job import Job, Written, library
from handbook.printing.typeset.labels import places
from handbook.printing.typeset.page_measures import SHEETS
from handbook.printing.typeset.small_print import source_of
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.trees import cards, is_case, tree
from handbook.printing.typeset.typst_values import common_settings, let
from handbook.printing.typeset.walk import Walk

# Columns and rows on an upright sheet, by the number of cards.
_LARGEST = {2: 32, 4: 26, 6: 21, 8: 19, 9: 18}  # points
GRIDS = {2: (1, 2), 4: (2, 2), 6: (2, 3), 8: (2, 4), 9: (3, 3)}
EDGE, TOP = 8.0, 11.0  # mm left free beside, and above and below the cards
_DEFAULT_CAPTION = "Back"  # what Python-Markdown calls a call-out `!!! back` without a title


def to_a_sheet(options: PrintOptions, count: int) -> int:
    """How many of a deck's cards come to a sheet: as chosen, or else nine where that saves a sheet."""
    return options.cards or min((8, 9), key=lambda number: -(-count // number))


def card_size(paper: Paper, number: int) -> tuple[float, float]:
    """Width and height in millimetres of a card of which so many come to a sheet."""
    columns, rows = GRIDS[number]
    width, height = SHEETS[paper]
    return (width - 2 * EDGE) / columns, (height - 2 * TOP) / rows


def part(handbook: Handbook, job: Job) -> Written:
    """The document with the sheets of a job's decks, in order. Raises ValueError if no piece has a card."""
    marks = {address: f"{job.prefix}a{number}" for number, address in enumerate(dict.fromkeys(job.places), 1)}
    pictures: dict[str, Picture] = {}
    on_both_sides = sides_for(job.options, "cards") != "one"  # nothing to cut apart is on another one's back
    apart = Code('pagebreak(weak: true, to: "odd")' if on_both_sides else "pagebreak(weak: true)")
    decks = [Code("\n".join(_deck(handbook, job, number, marks, pictures, apart))) for number in range(len(job.pieces))]
    numbers = "".join(f"{number}, " for number, deck in enumerate(decks, 1) if deck)
    if not numbers:
        raise ValueError("nothing to set")
    width, height = SHEETS[job.options.paper]
    values = common_settings(job.options, job.language, has_front=bool(job.front)) | {
        "sheet-width": f"{width}mm",
        "sheet-height": f"{height}mm",
        "sheet-edge": f"{EDGE}mm",
        "sheet-top": f"{TOP}mm",
        "doc-prefix": literal(job.prefix),
    }
    begin = {one.address: f"{job.prefix}b{n}" for n, piece in enumerate(job.pieces, 1) for one in piece.sections}
    begin |= {address: mark for address, mark in marks.items() if any(f'spot("{mark}")' in deck for deck in decks)}
    end = Code(f"sheets-end(({numbers}), {places(job, begin)})")
    body = [Code("sheets-start"), *between((deck for deck in decks if deck), apart), end]
    text = (let(values), library("blocks"), "#show: words-look", library("sheets", "cards"), "#" + block(body), "")
    return Written("\n".join(text), pictures=pictures)


def has_cards(piece: Piece) -> bool:
    """Does a piece have cards to cut out, or cases?"""
    return any(True for _ in cards(tree(piece)))


def _deck(
    handbook: Handbook,
    job: Job,
    number: int,
    marks: Mapping[Address, str],
    pictures: dict[str, Picture],
    apart: Code,
) -> Iterator[str]:
    """The Typst calls for a piece: its cards on sheets, and its cases, two to a sheet.

    marks: the labels for addresses whose page number is wanted. pictures: those on the cards are added to it.
    apart: what parts a sheet from the one before it."""
    piece = job.pieces[number]
    root = tree(piece)
    walk = Walk(handbook, {}, Room(40 * 11, 700, 11))
    walk.begin(piece, root, f"{job.prefix}{number + 1}")
    name = piece.chapter.title  # also where only some of its cards are wanted
    fronts: list[Code] = []
    backs: list[Code] = []
    cases: list[Code] = []
    for front, back in cards(root):
        anchor = front.get("id")  # of its section, where it has one of its own
        mark = marks.get(Address(piece.chapter.id, anchor), "") if anchor else ""
        if is_case(front):
            label = f'spot("{mark}")' if mark else "none"
            cases.append(Code(f"({walk.card(front)}, {label})"))
        else:
            fronts.append(walk.card(front, mark))
            backs.append(walk.card(_without_default(back)) if back is not None else _plain_back(name))
    pictures |= walk.pictures
    if not fronts and not cases:
        return
    source = string(source_of(handbook, job, piece))
    yield f'spot("{job.prefix}b{number + 1}")'
    if fronts:
        all_backs = f"({', '.join(backs)},)" if job.options.card_backs else "none"
        yield f"deck({_grid(job, len(fronts))}, {string(name)}, {source}, ({', '.join(fronts)},), {all_backs})"
    if cases:
        if fronts:
            yield apart
        several = number < len(job.copies) and job.copies[number] > 1
        yield f"cases({string(name)}, {source}, {'true' if several else 'false'}, {apart}, ({', '.join(cases)},))"
    yield f'spot("{job.prefix}e{number + 1}")'


def _grid(job: Job, count: int) -> str:
    """How a deck's cards lie on their sheets, as cards.typ wants it."""
    number = to_a_sheet(job.options, count)
    (columns, rows), (width, height) = GRIDS[number], card_size(job.options.paper, number)
    # never a hair more than fits
    size = f"width: {width - 0.001:.3f}mm, height: {height - 0.001:.3f}mm"
    return f"(columns: {columns}, rows: {rows}, {size}, largest: {_LARGEST[number]})"


def _plain_back(name: str) -> Code:
    """The back of a card without one of its own: the name of its deck, so that decks can be sorted again."""
    longest = max((min(len(word), 24) for word in name.split()), default=1)
    return Code(f"(none, {string(name)}, {longest})")


def _without_default(back: Element) -> Element:
    if len(back) and back[0].get("class") == "admonition-title" and back[0].text == _DEFAULT_CAPTION:
        back.remove(back[0])
    return back
