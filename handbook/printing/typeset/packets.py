"""Makes the PDFs of a workshop (packets, cards, posters, worksheets), each by itself or all in one file.

Belongs here: which document each kind is made of, and finding out on which page each item begins. Not here: who gets
what (workshop/packet.py), writing a page (document.py, cards.py, posters.py), running Typst (typesetter.py)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from handbook.base import catalogue
from handbook.base.catalogue import N_, ngettext, tr
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind, PrintOptions, sides_for
from handbook.handout.selection import Piece
from handbook.marks.model import Mark
from handbook.printing.typeset import (
    cards,
    compiler,
    document,
    front,
    glyphs,
    own_marks,
    page_measures,
    pictures,
    posters,
    sheets,
)
from handbook.printing.typeset.compiler import Compiled, TypesetError
from handbook.printing.typeset.expressions import string
from handbook.printing.typeset.job import Job, Written, opened
from handbook.printing.typeset.process import Stale
from handbook.printing.typeset.trees import tree
from handbook.printing.typeset.typesetter import Typesetter
from handbook.printing.typeset.words import words_in
from handbook.workshop.logo import BadLogo
from handbook.workshop.model import Workshop
from handbook.workshop.packet import Packet, Skipped, packet
from handbook.workshop.paper import Run
from handbook.workshop.timetable import clock, timetable

_NONE_OF: Mapping[Kind, str] = {
    "participants": N_("This workshop has no participants’ packet to print. Add something to it."),
    "trainer": N_("This workshop has no trainer’s packet to print. Add something to it."),
    "cards": N_("This workshop has no cards to print. Add something to it."),
    "posters": N_("This workshop has no posters to print. Add something to it."),
    "worksheets": N_("This workshop has no worksheets to print. Add something to it."),
}
# Translators: {title} is that of a workshop
_TITLES: Mapping[Kind, str] = {
    "participants": N_("{title}: participants’ packet"),
    "trainer": N_("{title}: trainer’s packet"),
    "cards": N_("{title}: cards"),
    "posters": N_("{title}: posters"),
    "worksheets": N_("{title}: worksheets"),
}
_A_FEW_LINES = 600  # letters
_WITH_FRONT: tuple[Kind, ...] = ("participants", "trainer")
_PREFIXES: Mapping[Kind, str] = {"participants": "p", "trainer": "t", "cards": "c", "posters": "w", "worksheets": "f"}


@dataclass(frozen=True)
class Printed:
    """A finished PDF, with what is known about its pages.

    runs:       the pages of each kind and how often they are printed, for paper.count().
    item_pages: the page, from 1, on which an item of the workshop begins, by its place; in an all-in-one PDF its
                first. Items that are not in it are missing.
    missing:    characters that no font of ours has, each once; they stand as glyphs.MISSING.
    skipped:    items whose address is gone.
    reshaped:   the heading above each table that is too wide for its page and is turned, or a list.
    pages:      of the PDF."""

    pdf: bytes
    pages: int
    runs: Mapping[Kind, tuple[Run, ...]]
    item_pages: Mapping[int, int]
    missing: str
    skipped: tuple[Skipped, ...]
    reshaped: tuple[str, ...] = ()


class _Part(NamedTuple):
    """One kind's Typst and what it needs of inputs.

    told:  what its pages said, when they were set before they came onto sheets; else None.
    order: the page of the finished part on which page n of the set ones has come to stand, both from 1.
    length: of the finished part in pages, where `told` is there."""

    packet: Packet
    prefix: str
    written: Written
    inputs: dict[str, str]
    told: Mapping[str, Any] | None = None
    order: Callable[[int], int] = int
    length: int = 0


def kinds_of(handbook: Handbook, workshop: Workshop) -> tuple[Kind, ...]:
    """The kinds of prints that a workshop has content for, in the order of KINDS."""
    return tuple(kind for kind in KINDS if _packet(handbook, workshop, kind).pieces)


def print_workshop(
    handbook: Handbook,
    workshop: Workshop,
    kinds: Sequence[Kind] = KINDS,
    own: Sequence[Mark] = (),
    typesetter: Typesetter | None = None,
) -> Printed:
    """The PDF of one kind of print, or of several in one file; kinds without content are left out.

    The same handbook and workshop give the same bytes. Any thread may call this; its typesetter's `cancelled` is asked
    in that thread. own: what the person marked, which only the trainer's packet gets, if its options say so. Raises
    TypesetError if there is nothing to print, and process.Cancelled."""
    typesetter = typesetter or Typesetter()
    found = [_packet(handbook, workshop, kind, own) for kind in KINDS if kind in kinds]
    wanted = [one for one in found if one.pieces]
    if not wanted:
        raise TypesetError(_nothing(found, kinds))
    workshop = _with_pixels(workshop, wanted, typesetter.cancelled)
    stamp = compiler.timestamp(handbook.manifest.as_of)
    alone = len(wanted) == 1
    parts = [_part(handbook, workshop, one, "" if alone else _PREFIXES[one.kind], typesetter) for one in wanted]
    whole = opened(
        parts[0].written
        if alone
        else _all_in_one(workshop.options, [part.written for part in parts], both_sides=_both_sides(workshop, wanted)),
        _title(handbook, workshop, [one.kind for one in wanted]),
        workshop.organisation or ", ".join(workshop.trainers),
        handbook.manifest.language,
    )
    inputs = {name: value for part in parts for name, value in part.inputs.items()}
    tagged = all(part.told is None for part in parts)
    made = typesetter.compile(whole.text, stamp, inputs, _files(whole, typesetter), tagged=tagged)
    return _printed(handbook, workshop, parts, made)


def _with_pixels(workshop: Workshop, wanted: Iterable[Packet], cancelled: Stale) -> Workshop:
    """With the logo that its fronts show as pixels alone: Typst must not meet a picture from outside in here."""
    if workshop.logo is None or not any(one.kind in _WITH_FRONT for one in wanted):
        return workshop
    try:
        return replace(workshop, logo=pictures.drawn(workshop.logo, cancelled))
    except BadLogo as exc:
        raise TypesetError(str(exc)) from exc


def document_of(handbook: Handbook, job: Job) -> Written:
    """The whole Typst document of one job's pages, in reading order."""
    return _opened(handbook, job, _pages_of(handbook, job))


def _opened(handbook: Handbook, job: Job, written: Written) -> Written:
    return opened(written, job.title, "", handbook.manifest.language)


def _pages_of(handbook: Handbook, job: Job) -> Written:
    """One job's pages, without the opening.

    Decks alone are cards on sheets, and behind them what is not cut out: their keys, and longer texts."""
    kind = kind_of(job)
    if kind != "cards":
        return _WRITERS.get(kind, document.part)(handbook, job)
    decks = cards.part(handbook, replace(job, prefix="c"))
    uncut = tuple(piece for piece in job.pieces if _is_read(piece))
    if not uncut:
        return decks
    options = replace(job.options, booklet=False, notes="none")
    rest = replace(job, pieces=uncut, audience="cutter", prefix="t", options=options)
    both_sides = sides_for(job.options, "cards") != "one"
    return _all_in_one(rest.options, (decks, document.part(handbook, rest)), both_sides=both_sides)


def _is_read(piece: Piece) -> bool:
    """Is there something to read on a piece's pages when its cards and cases are cut out?

    A key, a list, a longer text; what a deck is for, in a line or two, is not worth a sheet."""
    blocks = [child for child in tree(piece, "cutter") if child.tag not in markup.HEADINGS]
    return any(child.tag != "p" for child in blocks) or sum(len(words_in(child)) for child in blocks) > _A_FEW_LINES


def pdf_of(handbook: Handbook, job: Job, typesetter: Typesetter) -> bytes:
    """The PDF of one job, laid onto sheets as its options say."""
    kind = kind_of(job)
    part = _Part(Packet(kind, job.pieces, {}, (), {}, ()), job.prefix, _pages_of(handbook, job), {})
    for lay in _layings(job, kind):
        part = _laid(handbook, job, part, lay, typesetter)
    return _compile(handbook, job, part, typesetter, tagged=part.told is None).pdf


def _compile(handbook: Handbook, job: Job, part: _Part, typesetter: Typesetter, *, tagged: bool) -> Compiled:
    """One part as a PDF of its own."""
    whole = _opened(handbook, job, part.written)
    stamp = compiler.timestamp(handbook.manifest.as_of)
    return typesetter.compile(whole.text, stamp, part.inputs, _files(whole, typesetter), tagged=tagged)


def _files(written: Written, typesetter: Typesetter) -> dict[str, str]:
    """What a document brings in: its words, and its pictures as Typst may meet them in this process."""
    return {**written.files, **typesetter.pictures.of_document(written.pictures, typesetter.cancelled)}


def kind_of(job: Job) -> Kind:
    """What a plain handout is set as: posters or decks alone come on their sheets, all else is pages."""
    kinds = {piece.chapter.front.kind for piece in job.pieces}
    if kinds == {"cards"} and any(map(cards.has_cards, job.pieces)):
        return "cards"
    return "posters" if kinds == {"poster"} else "participants"


def missing_in(handbook: Handbook, workshop: Workshop, packets: Iterable[Packet]) -> str:
    """The characters of some packets that no font of ours has, each once."""
    words: list[str] = []
    for one in packets:
        if one.kind in _WITH_FRONT:
            words += front.words(handbook, workshop, one.kind)
        words += (markup.words_of(tree(piece, notes=one.notes, own=one.own)) for piece in one.pieces)
    return glyphs.missing("".join(words))


def _packet(handbook: Handbook, workshop: Workshop, kind: Kind, own: Sequence[Mark] = ()) -> Packet:
    """A kind's packet; of cards, only the pieces in which there are some; the trainer's with her own marks."""
    one = packet(handbook, workshop, kind)
    if kind == "trainer" and workshop.options_for(kind).my_notes:
        return replace(one, own=own_marks.gathered(handbook, own))
    if kind != "cards":
        return one
    kept = [(piece, copies) for piece, copies in zip(one.pieces, one.copies, strict=True) if cards.has_cards(piece)]
    return replace(one, pieces=tuple(piece for piece, _ in kept), copies=tuple(copies for _, copies in kept))


def _nothing(found: Sequence[Packet], kinds: Sequence[Kind]) -> str:
    gone = len(found[0].skipped) if found else 0
    if not gone:
        return tr(_NONE_OF[kinds[0]]) if len(kinds) == 1 else tr("There is nothing to print. Add something to it.")
    return ngettext(
        "There is nothing to print: {n} of the workshop's addresses is gone from the handbook.",
        "There is nothing to print: {n} of the workshop's addresses are gone from the handbook.",
        gone,
    ).format(n=gone)


def _title(handbook: Handbook, workshop: Workshop, kinds: Sequence[Kind]) -> str:
    """The title of the PDF."""
    title = front.title(handbook, workshop)
    if len(kinds) != 1:
        return title
    return catalogue.of(workshop.language).gettext(_TITLES[kinds[0]]).format(title=title)


def _all_in_one(options: PrintOptions, parts: Sequence[Written], *, both_sides: bool) -> Written:
    """Several parts as one document; when paper is printed on both sides, each part begins on a new sheet."""
    width, height = page_measures.SHEETS[options.paper]
    apart = '#pagebreak(weak: true, to: "odd")\n' if both_sides else ""
    page = f"#set page(width: {width}mm, height: {height}mm)\n"
    text = page + apart.join(f"#[\n{part.text}\n]\n" for part in parts)
    return Written(
        text,
        {name: words for part in parts for name, words in part.files.items()},
        {name: picture for part in parts for name, picture in part.pictures.items()},
        tuple(title for part in parts for title in part.reshaped),
    )


def _both_sides(workshop: Workshop, packets: Iterable[Packet]) -> bool:
    """Is any of it printed on both sides of its sheets?"""
    return any(sides_for(workshop.options_for(one.kind), one.kind) != "one" for one in packets)


def _part(handbook: Handbook, workshop: Workshop, one: Packet, prefix: str, typesetter: Typesetter) -> _Part:
    """The document of a kind of print. If its pages are arranged on sheets, they are compiled here first."""
    job = _job(handbook, workshop, one, prefix)
    inputs = front.logo_input(workshop.logo) if job.front else {}
    part = _Part(one, prefix, _WRITERS.get(one.kind, document.part)(handbook, job), inputs)
    for lay in _layings(job, one.kind):
        part = _laid(handbook, job, part, lay, typesetter)
    return part


_Laying = Callable[[Job, int, str], tuple[str, Callable[[int], int], int]]


def _layings(job: Job, kind: Kind) -> list[_Laying]:
    """What is done with a kind's finished pages, one after the other."""
    if kind in ("posters", "cards"):
        return []
    wanted: list[_Laying] = [_interleaved] if job.options.notes == "pages" else []
    return wanted + ([_folded] if sides_for(job.options, kind) == "short edge" else [])


def _interleaved(job: Job, count: int, name: str) -> tuple[str, Callable[[int], int], int]:
    source = sheets.interleaved(page_measures.page_size(job.options), count, _notes(job), name)
    return source, lambda page: 2 * page - 1, 2 * count


def _notes(job: Job) -> str:
    """Typst for the word above room to write."""
    return string(catalogue.of(job.language).pgettext("room to write", "Notes"))


def _folded(job: Job, count: int, name: str) -> tuple[str, Callable[[int], int], int]:
    order = sheets.folding_order(count)
    word = _notes(job) if job.options.notes != "none" else ""
    return sheets.folded(job.options.paper, count, name, word), sheets.side_of(count), len(order)


def _laid(handbook: Handbook, job: Job, part: _Part, lay: _Laying, typesetter: Typesetter) -> _Part:
    pdf, marks = _compile(handbook, job, part, typesetter, tagged=False)
    count = part.length or marks[0]["last"]
    name = f"pages{part.prefix}"
    source, order, finished = lay(job, count, name)
    written = Written(sheets.opened(part.prefix) + source, reshaped=part.written.reshaped)
    before = part.order
    told = part.told or marks[0]
    inputs = {name: sheets.as_input(pdf)}
    return _Part(part.packet, part.prefix, written, inputs, told, lambda page: order(before(page)), finished)


_WRITERS: Mapping[Kind, Callable[[Handbook, Job], Written]] = {"cards": cards.part, "posters": posters.part}


def _job(handbook: Handbook, workshop: Workshop, one: Packet, prefix: str) -> Job:
    options = workshop.options_for(one.kind)
    job = Job(
        front.title(handbook, workshop),
        one.pieces,
        options,
        workshop.language,
        copies=one.copies,
        owner=workshop.organisation or ", ".join(workshop.trainers),
        places=tuple(one.places.values()),
        prefix=prefix,
    )
    if one.kind == "participants":
        return replace(job, audience="participants", front=front.front(handbook, workshop, one.kind))
    if one.kind == "trainer":
        return replace(
            job,
            audience="trainer",
            front=front.front(handbook, workshop, one.kind),
            notes=one.notes,
            own=one.own,
            times=_times(handbook, workshop, one.places),
        )
    # What is handed out to be filled in is a sheet by itself: nothing to fold, and room to write as it is.
    return replace(job, options=replace(options, booklet=False, notes="none", chapters_right=False), by_piece=True)


def _times(handbook: Handbook, workshop: Workshop, places: Mapping[int, Address]) -> dict[Address, str]:
    """The times of each item, which are printed below its title."""
    rows = (row for day in timetable(handbook, workshop) for row in day.rows)
    return {places[row.item]: f"{clock(row.start)}–{clock(row.end)}" for row in rows if row.item in places}


def _printed(handbook: Handbook, workshop: Workshop, parts: Sequence[_Part], made: Compiled) -> Printed:
    """The finished PDF with the page on which each item begins, read from the marks in the document."""
    marks = {told["part"]: told for told in made.told}
    runs: dict[Kind, tuple[Run, ...]] = {}
    item_pages: dict[int, int] = {}
    pages = 0
    for part in parts:
        mark = marks[part.prefix]
        told, first = part.told or mark, mark["first"]
        last = first + part.length - 1 if part.told else mark["last"]
        pages = max(pages, last)
        offset = first - part.order(told["first"]) if part.told else 0
        for number, page in zip(part.packet.places, told["places"], strict=True):
            if page:
                item_pages.setdefault(number, part.order(page) + offset)
        runs[part.packet.kind] = tuple(_runs(workshop, part, told, last - first + 1))
    missing = missing_in(handbook, workshop, [part.packet for part in parts])
    reshaped = tuple(title for part in parts for title in part.written.reshaped)
    return Printed(made.pdf, pages, runs, item_pages, missing, parts[0].packet.skipped, reshaped)


def _runs(workshop: Workshop, part: _Part, told: Mapping[str, Any], pages: int) -> Iterator[Run]:
    """The runs of pages that are printed together, with the number of copies of each."""
    kind = part.packet.kind
    if kind in _WITH_FRONT:
        yield Run(pages, max(1, workshop.participants) if kind == "participants" else 1)
        return
    twice = set(told.get("twice", ()))  # of these sheets, a copy makes two
    for copies, (first, last) in zip(part.packet.copies, told["pieces"], strict=True):
        for doubled, some in itertools.groupby(range(first, last + 1), twice.__contains__):
            yield Run(len(list(some)), -(-copies // 2) if doubled else copies)
