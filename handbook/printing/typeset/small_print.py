"""What stands in the heads and feet of pages: whose words they hold, which heading they are under.

Belongs here: finding that, and whether there is room for it. Not here: how it looks (page.typ)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.base import catalogue
from handbook.content.handbook import Handbook
from handbook.content.metadata import FrontMatter
from handbook.handout.selection import Piece
from handbook.printing.typeset import glyphs
from handbook.printing.typeset.expressions import Code, literal, string, truth
from handbook.printing.typeset.job import Job
from handbook.printing.typeset.page_measures import Page
from handbook.printing.typeset.words import short
from handbook.workshop.packet import custom_source, is_custom

Head = tuple[str, str]  # the label of a heading, and its words
_STEP = re.compile(r"[0-9]{1,2}\. ")


def source_of(handbook: Handbook, job: Job, piece: Piece) -> str:
    """Whose words a piece holds, to stand on its pages."""
    if is_custom(piece.chapter):
        return custom_source(job.owner, catalogue.of(job.language))
    return handbook.source_line(piece.chapter, job.language)


def own_source(handbook: Handbook, job: Job) -> Code:
    """The source line of the handbook's own words, for pages that hold nothing else."""
    chapter = job.pieces[0].chapter._replace(part="", front=FrontMatter())
    return _in_one_line(handbook.source_line(chapter, job.language))


def sources(handbook: Handbook, job: Job, names: Sequence[str]) -> str:
    """For each piece where its words begin and end, and whose they are. names: of the pieces, in labels."""
    items = (
        f"(first: <{name}b>, last: <{name}e>, title: {string(short(piece.chapter.title))}, "
        f"source: {_in_one_line(source_of(handbook, job, piece))}),"
        for name, piece in zip(names, job.pieces, strict=True)
    )
    return f"({' '.join(items)})"


def heads(named: Iterable[Head]) -> str:
    """The label and the words of each heading, in order, for the running head; whether it is a step of a plan."""
    items = (
        f'(name: "{name}", words: {string(words)}, step: {truth(bool(_STEP.match(words)))}),' for name, words in named
    )
    return f"({' '.join(items)})"


def fits(handbook: Handbook, job: Job, page: Page, named: Iterable[Head]) -> bool:
    """Is there surely room for every head and foot at their usual size? Letters count 0.6em, as wide ones do."""
    letter = 0.82 * 0.6 * job.options.size / 72 * 25.4  # mm
    line = 0.82 * 1.3 * job.options.size / 72 * 25.4
    width = page.width - 2 * page.edge - page.gutter - page.notes - 2 * letter

    def lines(left: int, right: int) -> float:
        """Lines of the left words beside the right ones; at least 2 letters wide, as words break unevenly."""
        return max(1.0, 1.3 * left * letter / max(2 * letter, width - right * letter))

    longest = max((len(words) for _, words in named), default=0)
    source = max(len(source_of(handbook, job, piece)) for piece in job.pieces)
    head = lines(min(len(job.title), 60), longest) * line + 3
    foot = line + 3
    return head <= page.top - 13 and foot <= page.bottom - 12 and lines(source, 22) <= 1.0


def _in_one_line(words: str) -> Code:
    """Words as a Typst string that has no places to break it: what is too long for a foot is cut."""
    return literal(glyphs.printable(" ".join(words.split())).replace(glyphs.BREAK, ""))
