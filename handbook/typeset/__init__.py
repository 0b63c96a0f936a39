"""A handout to PDF, through Typst: the printed page.

    __init__.py     what the rest of the program calls
    document.py     a whole document: measures, front, pieces
    walk.py         parsed Markdown to calls of page.typ
    expressions.py  Python's values as Typst's: the only door for words of the content
    glyphs.py       which characters the fonts have
    page.typ        how a page looks
    booklet.py      finished pages on sheets for folding
    compiler.py     Typst itself and its guards (the only module that imports typst)

Not here: what is printed (handout.py), pixels (pages.py)."""

from __future__ import annotations

import datetime
from pathlib import Path

from handbook import render, saving
from handbook.content import Handbook
from handbook.handout import Handout, pieces, title_of
from handbook.saving import NotSaved
from handbook.typeset import booklet, compiler, document, glyphs
from handbook.typeset.compiler import TypesetError

__all__ = ["NotSaved", "TypesetError", "markup", "missing_glyphs", "save_pdf", "to_pdf"]


def markup(handbook: Handbook, handout: Handout) -> str:
    """The whole Typst document of a handout's pages, in reading order; a booklet is folded later.

    Raises TypesetError for a handout without a section, UnknownAddress."""
    if not handout.addresses:
        raise TypesetError("There is nothing to print. Choose at least one section.")
    return document.write(handbook, handout)


def to_pdf(handbook: Handbook, handout: Handout) -> bytes:
    """The finished PDF; the same handbook and handout give the same bytes.

    Its pages are tagged (PDF/UA-1 and PDF/A-2a). Those of a booklet are not: its sheets are for folding, and
    nobody reads them in the order of the file. Any thread may call; calls wait for each other.
    Raises TypesetError, UnknownAddress."""
    source, stamp = markup(handbook, handout), _timestamp(handbook)
    if not handout.options.booklet:
        return compiler.compile_pdf(source, stamp)
    single = compiler.compile_pdf(source, stamp, tagged=False)
    sheets = booklet.write(
        title_of(handbook, handout),
        handbook.manifest.language,
        document.SHEETS[handout.options.paper],
        compiler.page_count(source),
    )
    return compiler.compile_pdf(sheets, stamp, {booklet.PAGES: booklet.as_input(single)}, tagged=False)


def save_pdf(handbook: Handbook, handout: Handout, target: Path) -> None:
    """Make a handout's PDF at a path, whole or not at all.

    Raises NotSaved, TypesetError, UnknownAddress; a file that was there is then as it was."""
    saving.check(target)  # before the work, which may take seconds
    saving.save(to_pdf(handbook, handout), target)


def missing_glyphs(handbook: Handbook, handout: Handout) -> str:
    """The characters of a handout that no font of ours has, each once; they print as glyphs.MISSING."""
    words = [title_of(handbook, handout)]
    words += (render.words_of(document.tree(piece)) for piece in pieces(handbook, handout))
    return glyphs.missing("".join(words))


def _timestamp(handbook: Handbook) -> int:
    """The date a PDF bears, in seconds since 1970: that of its words. Today's would change its bytes."""
    as_of = handbook.manifest.as_of or datetime.date(1970, 1, 1)
    return int(datetime.datetime(as_of.year, as_of.month, as_of.day, tzinfo=datetime.UTC).timestamp())
