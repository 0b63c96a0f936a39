"""A handout or a workshop to PDF, through Typst: the printed page.

    __init__.py     what the rest of the program calls
    packets.py      a workshop's things to print
    document.py     a run of pages: measures, pieces
    front.py        a packet's title page and programme
    cards.py        cards on sheets
    posters.py      posters
    sheets.py       finished pages on sheets: folded, with ruled pages between, glued
    trees.py        a piece's words as a tree that is ready to be set
    walk.py         parsed Markdown to calls of the .typ files
    expressions.py  Python's values as Typst's: the only door for words of the content
    glyphs.py       which characters the fonts have
    *.typ           how it all looks
    compiler.py     Typst itself and its guards (the only module that imports typst)
    offline.py      no network for it
    process.py      a process of our own for it: started, asked, ended
    process_main.py what that process does
    limits.py       what holds that process within its memory and time
    pictures.py     a picture from outside, drawn once by such a process

Not here: what is printed (handout/, workshop/packet.py), pixels (page_images.py)."""

from __future__ import annotations

from pathlib import Path

from handbook.base import atomic_file
from handbook.base.atomic_file import NotSaved
from handbook.content.handbook import Handbook
from handbook.content.markup import words_of
from handbook.handout.options import Print
from handbook.handout.selection import Handout, pieces, title_of
from handbook.printing.typeset import document, glyphs, packets, trees
from handbook.printing.typeset.compiler import TypesetError
from handbook.printing.typeset.packets import Printed, kinds_of, print_custom_page, print_workshop
from handbook.printing.typeset.process import Cancelled, Stale, never

__all__ = [
    "Cancelled",
    "NotSaved",
    "Printed",
    "TypesetError",
    "kinds_of",
    "markup",
    "missing_glyphs",
    "print_custom_page",
    "print_of",
    "print_workshop",
    "save_pdf",
    "to_pdf",
]


def markup(handbook: Handbook, handout: Handout) -> str:
    """All Typst of a handout's pages, in reading order, each file behind its name; a booklet is folded later.

    Raises TypesetError for a handout without a section, UnknownAddress."""
    if not handout.addresses:
        raise TypesetError("There is nothing to print. Choose at least one section.")
    text, files = packets.document_of(handbook, document.job_of(handbook, handout))
    return "\n".join((text, *(f"// -- {name}\n{words}" for name, words in files.items())))


def print_of(handbook: Handbook, handout: Handout) -> Print:
    """What a handout comes out as: decks alone are cards on sheets, posters alone are posters, all else is pages.

    Raises UnknownAddress."""
    kind = packets.kind_of(document.job_of(handbook, handout))
    return kind if kind in ("cards", "posters") else "handout"


def to_pdf(handbook: Handbook, handout: Handout, cancelled: Stale = never) -> bytes:
    """The finished PDF; the same handbook and handout give the same bytes.

    Its pages are tagged (PDF/UA-1 and PDF/A-2a). Those of a booklet are not: its sheets are for folding, and
    nobody reads them in the order of the file. A handout of posters alone fills sheets of the size asked for.
    Any thread may call; calls wait for each other. `cancelled` is asked now and then. Raises TypesetError,
    UnknownAddress, Cancelled."""
    if not handout.addresses:
        raise TypesetError("There is nothing to print. Choose at least one section.")
    return packets.pdf_of(handbook, document.job_of(handbook, handout), cancelled)


def save_pdf(handbook: Handbook, handout: Handout, target: Path) -> None:
    """Make a handout's PDF at a path, whole or not at all.

    Raises NotSaved, TypesetError, UnknownAddress; a file that was there is then as it was."""
    atomic_file.check(target)  # before the work, which may take seconds
    atomic_file.save(to_pdf(handbook, handout), target)


def missing_glyphs(handbook: Handbook, handout: Handout) -> str:
    """The characters of a handout that no font of ours has, each once; they print as glyphs.MISSING."""
    words = [title_of(handbook, handout)]
    words += (words_of(trees.tree(piece)) for piece in pieces(handbook, handout))
    return glyphs.missing("".join(words))
