"""Writes the Typst document of posters: each fills its sheet with text as large as fits.

Belongs here: the sheet's size. Not here: how a poster looks (posters.typ), how a large one is cut into two sheets
(sheets.py)."""

from __future__ import annotations

from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.handout.options import PrintOptions
from handbook.printing.typeset.document import SHEETS, Job, Written, common_settings, let, library, places, source_of
from handbook.printing.typeset.expressions import Code, between, block, literal, string
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.trees import drop_notes, headings, tree
from handbook.printing.typeset.walk import LONGEST, Walk, words_in

EDGE = 14.0  # mm left free on every side
OVERLAP = 15.0  # mm by which two sheets are glued
UNPRINTED = 8.0  # mm at a sheet's edge that are left to the printer, and cut off where sheets meet


def sheet_size(options: PrintOptions) -> tuple[float, float]:
    """Width and height of the whole poster in millimetres.

    "double" is a sheet of twice the paper: A3 for A4. "glued" is as wide; in height two sheets lying on their
    sides, without what the overlap and the printer take."""
    width, height = SHEETS[options.paper]
    if options.poster == "page":
        return width, height
    if options.poster == "double":
        return height, 2 * width
    return height, 2 * (width - UNPRINTED) - OVERLAP


def part(handbook: Handbook, job: Job) -> Written:
    """The posters of a job, each on its sheet."""
    width, height = sheet_size(job.options)
    values = common_settings(job) | {
        "poster-width": f"{width}mm",
        "poster-height": f"{height}mm",
        "poster-edge": f"{EDGE}mm",
        "doc-prefix": literal(job.prefix),
    }
    pictures: dict[str, Picture] = {}
    posters = [_poster(handbook, job, number, pictures) for number in range(len(job.pieces))]
    numbers = "".join(f"{number + 1}, " for number in range(len(job.pieces)))
    begin = {one.address: f"{job.prefix}b{n}" for n, piece in enumerate(job.pieces, 1) for one in piece.sections}
    end = Code(f"sheets-end(({numbers}), {places(job, begin)})")
    body = [Code("sheets-start"), *between(posters, "pagebreak(weak: true)"), end]
    text = (let(values), library("blocks"), "#show: words-look", library("sheets", "posters"), "#" + block(body), "")
    return Written("\n".join(text), pictures=pictures)


def _poster(handbook: Handbook, job: Job, number: int, pictures: dict[str, Picture]) -> Code:
    piece = job.pieces[number]
    root = drop_notes(tree(piece))
    walk = Walk(handbook, {}, Room(20 * 11, 400, 11))
    walk.begin(piece, root, f"{job.prefix}{number + 1}")
    words = words_in(root).split()
    longest = max((min(len(word), LONGEST) for word in words), default=1)
    heading = next(headings(root))
    title = words_in(heading)
    for parent in root.iter():
        if heading in list(parent):
            parent.remove(heading)
            break
    for inner in headings(root):  # a poster has one title; what else is written as one is a bold line
        inner.attrib.pop("id", None)
    marks = (f'spot("{job.prefix}b{number + 1}")', f'spot("{job.prefix}e{number + 1}")')
    call = f"poster({longest}, {string(title)}, {string(source_of(handbook, job, piece))}, {walk.flow(root)})"
    pictures |= walk.pictures
    return Code("\n".join((marks[0], call, marks[1])))
