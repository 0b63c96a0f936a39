"""Makes PDFs of handouts and workshops, with Typst.

    __init__.py     the functions that the rest of the program calls
    packets.py      the PDFs of a workshop: participants' packet, trainer's packet, cards, posters, worksheets
    job.py          what is set: pieces, for whom, with which options
    document.py     the Typst document of a run of pages: its pieces, what stands before and around them
    page_breaks.py  on which page a piece begins, which pieces are set together
    small_print.py  what stands in heads and feet
    labels.py       the labels of pieces, headings and other places
    page_measures.py  paper size, margins
    typst_values.py the values that the .typ files are written for, with the words that are printed by themselves
    front.py        a packet's title page and programme
    cards.py        cards on sheets
    posters.py      posters
    sheets.py       finished pages arranged on sheets: folded, with ruled pages between
    trees.py        the element tree of a piece, prepared for printing
    walk.py         an element tree to calls of the functions in the .typ files
    together.py     which of these calls share a page
    lists.py        a list to such calls: which items stay together
    table_text.py   a table to such calls
    tables.py       the widths of a table's columns
    links.py        a link to such calls
    figure.py       a picture to such calls
    footnotes.py    where footnotes stand, and what refers to them
    words.py        the plain words of an element
    plans.py        the box and the steps of session plans and exercises
    notes.py        for how many footnotes room is kept
    own_marks.py    the person's highlights and notes
    citations.py    what a footnote says of a source
    quotes.py       curved quotation marks
    expressions.py  Python values to Typst expressions; text of the content passes through here only
    glyphs.py       which characters the fonts have
    *.typ           how everything looks
    typesetter.py   how pages are set for one window or command: in which process, and what is kept between two prints
    compiler.py     runs Typst (the only module that imports typst)
    offline.py      keeps Typst from the network
    process.py      starts and ends a process of its own for Typst
    kept_process.py the one that is kept for the window's pages
    process_main.py what such a process does
    frames.py       what it is told and what it answers, as bytes
    settling.py     how close plans, cases and short chapters are set, so that none ends with a few lines on a page; how
                    the last ones ended
    limits.py       limits the memory and the time of that process
    pictures.py     decodes a picture from outside, in such a process; the content's pictures for Typst

Not here: what is printed (handout/, workshop/packet.py), pixels (page_images.py)."""

from __future__ import annotations

from pathlib import Path

from handbook.base import atomic_file
from handbook.base.atomic_file import NotSaved
from handbook.base.catalogue import tr
from handbook.content.handbook import Handbook
from handbook.content.markup import words_of
from handbook.handout.options import Print
from handbook.handout.selection import Handout, pieces, title_of
from handbook.printing.typeset import glyphs, packets, trees
from handbook.printing.typeset.compiler import TypesetError
from handbook.printing.typeset.job import job_of
from handbook.printing.typeset.kept_process import KeptProcess
from handbook.printing.typeset.packets import Printed, kinds_of, print_workshop
from handbook.printing.typeset.process import Cancelled
from handbook.printing.typeset.typesetter import Typesetter

__all__ = [
    "Cancelled",
    "KeptProcess",
    "NotSaved",
    "Printed",
    "TypesetError",
    "Typesetter",
    "kinds_of",
    "markup",
    "missing_glyphs",
    "missing_letters",
    "print_of",
    "print_workshop",
    "reshaped_tables",
    "save_pdf",
    "to_pdf",
]


def markup(handbook: Handbook, handout: Handout) -> str:
    """The Typst source of a handout's pages, in reading order, each file after its name. Booklets are not folded yet.

    Raises TypesetError for a handout without a section, UnknownAddress."""
    if not handout.addresses:
        raise TypesetError(tr("There is nothing to print. Choose at least one section."))
    written = packets.document_of(handbook, job_of(handbook, handout))
    return "\n".join((written.text, *(f"// -- {name}\n{words}" for name, words in written.files.items())))


def print_of(handbook: Handbook, handout: Handout) -> Print:
    """What a handout is printed as: only decks give sheets of cards, only posters give posters, the rest pages.

    Raises UnknownAddress."""
    kind = packets.kind_of(job_of(handbook, handout))
    return kind if kind in ("cards", "posters") else "handout"


def to_pdf(handbook: Handbook, handout: Handout, typesetter: Typesetter | None = None) -> bytes:
    """The PDF of a handout; the same handbook and handout give the same bytes.

    Pages are tagged (PDF/UA-1 and PDF/A-2a), but not those of a booklet: its sheets are for folding, and
    nobody reads them in the order of the file. Any thread may call this; calls wait for each other. typesetter: of
    whoever has more to print. Raises TypesetError, UnknownAddress, Cancelled."""
    if not handout.addresses:
        raise TypesetError(tr("There is nothing to print. Choose at least one section."))
    return packets.pdf_of(handbook, job_of(handbook, handout), typesetter or Typesetter())


def save_pdf(handbook: Handbook, handout: Handout, target: Path) -> None:
    """Save a handout's PDF to a path.

    Raises NotSaved, TypesetError, UnknownAddress; a file that was there before is then unchanged."""
    atomic_file.check(target)  # before the work, which may take seconds
    atomic_file.save(to_pdf(handbook, handout), target)


def reshaped_tables(handbook: Handbook, handout: Handout) -> tuple[str, ...]:
    """The heading above each table of a handout that is too wide for its page and is turned, or a list."""
    return packets.document_of(handbook, job_of(handbook, handout)).reshaped


def missing_letters(text: str) -> str:
    """The characters of a text that no font of ours has, each once."""
    return glyphs.missing(text)


def missing_glyphs(handbook: Handbook, handout: Handout) -> str:
    """The characters of a handout that none of the fonts has, each once; they are printed as glyphs.MISSING."""
    words = [title_of(handbook, handout)]
    words += (words_of(trees.tree(piece)) for piece in pieces(handbook, handout))
    return glyphs.missing("".join(words))
