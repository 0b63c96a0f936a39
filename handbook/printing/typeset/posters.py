"""Writes the Typst document of posters: words to be read from five metres, each poster on as many sheets as it takes.

Belongs here: a sheet's size, the entries of a poster. Not here: how a poster looks and which entries share a sheet
(posters.typ)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.handout.options import PrintOptions
from handbook.printing.typeset import tables
from handbook.printing.typeset.expressions import Code, between, block, literal, string
from handbook.printing.typeset.job import Job, Written, library
from handbook.printing.typeset.labels import places
from handbook.printing.typeset.page_measures import SHEETS
from handbook.printing.typeset.small_print import source_of
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.trees import drop_notes, headings, tree
from handbook.printing.typeset.typst_values import common_settings, let
from handbook.printing.typeset.walk import LONGEST, Walk
from handbook.printing.typeset.words import words_in

EDGE = 14.0  # mm left free on every side
OVERLAP = 23.0  # mm of a sheet that the next one is glued onto, with what the printer does not print
CUT = 12.0  # mm that are cut off the next one
_WIDEST = 3  # words of a poster that are measured, as one of them is the widest


def sheet_size(options: PrintOptions) -> tuple[float, float]:
    """Width and height of a sheet in millimetres. "double" is a sheet of twice the paper: A3 for A4.

    "glued" are sheets lying on their sides, one below the other."""
    width, height = SHEETS[options.paper]
    return {"page": (width, height), "double": (height, 2 * width), "glued": (height, width)}[options.poster]


def part(handbook: Handbook, job: Job) -> Written:
    """The posters of a job, each on sheets of its own."""
    width, height = sheet_size(job.options)
    values = common_settings(job.options, job.language, has_front=bool(job.front)) | {
        "poster-width": f"{width}mm",
        "poster-height": f"{height}mm",
        "poster-edge": f"{EDGE}mm",
        "poster-overlap": f"{OVERLAP}mm",
        "poster-cut": f"{CUT}mm",
        "poster-glued": "true" if job.options.poster == "glued" else "false",
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
    heading = next(headings(root))
    title = words_in(heading)
    for parent in root.iter():
        if heading in list(parent):
            parent.remove(heading)
            break
    for inner in headings(root):  # a poster has one title; what else is written as one is a bold line
        inner.attrib.pop("id", None)
    body, head = words_in(root).split(), title.split()
    entries = (f"({'true' if is_item else 'false'}, {words})," for is_item, words in _entries(walk, root))
    arguments = (
        string(title),
        f"({_widest(body)}, {_widest(head)})",
        f"({_widest(_parts(body))}, {_widest(_parts(head))})",
        string(source_of(handbook, job, piece)),
        f"({' '.join(entries)})",
    )
    marks = (f'spot("{job.prefix}b{number + 1}")', f'spot("{job.prefix}e{number + 1}")')
    pictures |= walk.pictures
    return Code("\n".join((marks[0], f"poster({', '.join(arguments)})", marks[1])))


def _entries(walk: Walk, root: Element) -> Iterator[tuple[bool, Code]]:
    """What stays together on a sheet: each block, and each item of a list of points (True)."""
    for child in root:
        if child.tag == "ul":
            yield from ((True, walk.flow(item) or Code("{}")) for item in child)
        elif words := walk.flow_block(child):
            yield False, words


def _parts(words: Iterable[str]) -> Iterator[str]:
    """What a line's end may part: words, and what stands between their hyphens."""
    for word in words:
        yield from re.findall("[^-]*-|[^-]+", word)


def _widest(words: Iterable[str]) -> str:
    """The words that may be the widest, as a Typst array."""
    found = sorted({word[:LONGEST] for word in words}, key=tables.width, reverse=True)[:_WIDEST]
    return f"({''.join(f'{literal(word)}, ' for word in found)})"
