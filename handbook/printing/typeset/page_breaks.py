"""Where the pieces of a document begin: on which page, and which of them are set together.

Belongs here: what follows from their kinds and the options. Not here: where a page may end within words (together.py),
how close words are set (settling.py)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from handbook.handout.options import SIZES
from handbook.handout.selection import Piece
from handbook.printing.typeset import plans
from handbook.printing.typeset.expressions import Code, truth
from handbook.printing.typeset.job import Job
from handbook.printing.typeset.words import words_in

_READ_ON = ("text", "statement", "glossary", "sources", "cards", "screen")  # kinds that need no page of their own
_FEW_PAGES = 15_000  # letters of what is set closer or less close to save a page


def is_two_sided(job: Job) -> bool:
    """Are there left-hand and right-hand pages? With ruled pages between, every page of text is a right-hand one."""
    return job.options.facing_pages and job.options.notes != "pages"


class PageBreaks:
    """What parts the pieces of a job; they count from 1. pieces: with their trees."""

    def __init__(self, job: Job, pieces: Sequence[tuple[Piece, Element]]) -> None:
        self._job, self._pieces = job, pieces
        self._two_sided = is_two_sided(job)

    def before(self, number: int) -> list[Code]:
        """What parts a piece from the one before it; the first one from a packet's front."""
        if number == 1 and not self._job.front:
            return []
        before = self._pieces[number - 2][0] if number > 1 else None
        return self._between(self._pieces[number - 1][0], before)

    def ends_page(self, number: int) -> bool:
        """Does the page end with a piece?"""
        if number == len(self._pieces):
            return True
        return bool(self._between(self._pieces[number][0], self._pieces[number - 1][0]))

    def runs(self) -> tuple[dict[int, str], set[int]]:
        """The pieces that are set together, so that the last of their pages is worth its paper; pieces count from 1.

        With which piece each run of them begins, and the function of page.typ for it; with which pieces runs end."""
        begin: dict[int, str] = {}
        end: set[int] = set()
        look, letters = "", 0
        for number, (piece, root) in enumerate(self._pieces, 1):
            own, length = self._set_together(piece, root)
            letters += length
            if own and own == look and letters < _FEW_PAGES and not self.before(number):
                end.remove(number - 1)
            elif own:
                begin[number], letters = own, length
            if own:
                end.add(number)
            look = own
        for number in [number for number in end if not self.ends_page(number)]:  # others go on below it
            end.remove(number)
            del begin[max(one for one in begin if one <= number)]
        return begin, end

    def is_deck(self, piece: Piece) -> bool:
        """Is a piece cards that a packet holds to look things up in?"""
        return bool(self._job.front) and piece.chapter.front.kind == "cards"

    def _set_together(self, piece: Piece, root: Element) -> tuple[str, int]:
        """The function for a run of pieces like this one, "" for none, and how many letters count in it."""
        if self.is_deck(piece):
            return "decks", 0
        length = len(words_in(root))
        is_read = piece.chapter.front.kind == "text" and length < _FEW_PAGES
        return "to-read" if is_read else "", length

    def _between(self, piece: Piece, before: Piece | None) -> list[Code]:
        """What parts a piece from the one before it; None for what stands before the first one."""
        kind = piece.chapter.front.kind
        starts = piece.sections[0].level == 0
        if self._job.options.chapters_right and self._two_sided:
            return [Code("right-hand-page")] if starts or before is None else []
        on_two_pages = self._job.options.size == SIZES[0] and not self._job.options.booklet
        if self._job.front and kind in plans.KINDS and self._two_sided and on_two_pages:  # both are in view
            return [Code("left-hand-page")]
        if before is None:
            return [Code(f"first-page({truth('programme(' in self._job.front)})")]
        if self._job.front and kind == before.chapter.front.kind == "cards":
            return []
        if self._job.front and kind == "cards":
            return [Code("new-page")]
        apart = kind == "screen" != before.chapter.front.kind  # screens share a page with each other alone
        if self._job.by_piece or kind not in _READ_ON or apart or (starts and self._job.front):
            return [Code("right-hand-page" if self._job.by_piece and self._two_sided else "new-page")]
        return []
