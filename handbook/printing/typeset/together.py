"""Which blocks share a page: a heading with what it stands above, a paragraph with its list, box, table or cards.

Belongs here: telling that from calls that are written, and writing the calls that ask for it. Not here: what is written
of an element (walk.py), how much room a call asks for (notes.py), how it is kept (page.typ, blocks.typ)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from handbook.printing.typeset import notes, settling
from handbook.printing.typeset.expressions import Code, block, literal
from handbook.printing.typeset.tables import Room

NEW_PAGE = Code("new-page")
BOX_PART = "box-part("  # how the call for a part of a box begins; what follows says whether it begins and ends the box
KEPT_BOX = "kept-box("  # how the call for a box begins that stays whole with its notes
SMALL_BOX = "small-box("  # how the call for a box begins that stays with the paragraph above it
OWN_NOTE = "own-remark("  # for a note of the person's own
FITTED_HERE = "to-read("  # for some of a piece's words that are set closer where they have to be
NOTE = "note("  # for a footnote
BREAK = "break-for-notes("  # for a place where a page ends so that a footnote stands on the page of its mark
SHORT_PARAGRAPH = 700  # letters of Typst: some four lines
_WHOLE_TABLES = ("noted-table(", "turned(")  # for a table that a page's end does not part
_HALF_A_PAGE = 1.0  # of a page's letters that a table takes as Typst, for half a page of words
_HEAD = "head("  # for a heading
_LISTS = ("list(", "enum(", "whole-list(", "begun-list(", "list-part(", "kept-part(", "two-lists(")  # those for a list
_TABLES = ("begun-table(", "noted-table(", "grid-table(", "turned(")  # for a table
_CARDS = ("card-list(", "card-sheet(")  # for cards
_PARAGRAPH, _PLAIN = "par(", "plain-par("  # for a paragraph, and for one of which Typst keeps less in memory
_NOTED = (NOTE, "note-again(")  # in the call for one with a mark of a footnote
_ATTACHED = ("list(", "enum(")  # for a list that stands close to a paragraph above it
_WORDS = (_PARAGRAPH, "kept(", "quotation(", "code-block(")  # for what a paragraph may announce, beside a list
_STICKY = (_HEAD, "minor-head(", "par-above(", "lead-in(")  # those for what shares a page with what is below it,
_STICKS, _NEAR = "sticky: true", 40  # as does a call that begins with this
_KEPT = ("kept(", "kept-part(", KEPT_BOX)  # for a paragraph, an item and a box that stay whole
_WHOLE_BOX = f"{SMALL_BOX}false"  # for one of a few lines that does
_FIRST_PART = f"{BOX_PART}true"  # for the first part of a box,
_GOES_ON = f"{_FIRST_PART}, false"  # where it has others
_SPOT = "spot("  # for a label that a link leads to
_ANNOUNCES = re.compile(r':[”’»]?"\)*\}?\)+$')  # how the call ends for a paragraph that ends with a colon
_ALL_ITALIC = re.compile(r'par\(emph\("(?:[^"\\]|\\.)*"\)\)')  # a paragraph that stands as a small heading


def kept(codes: Sequence[Code], room: Room, *, is_tight: bool, is_statement: bool) -> list[Code]:
    """Let a heading share a page with what stays whole below it, and a paragraph with what it announces or leads to.

    is_tight: of a plan, where a paragraph stays above a list if that costs no page. The statement's long paragraphs may
    stand a page before what they announce: to take them overleaf too costs a page."""
    out: list[Code] = []
    for code in codes:
        if out and _stays_whole(code, room) and out[-1].startswith(_HEAD):
            count = notes.room_for(code, room)
            below = "below: 0pt, " if code.startswith(_GOES_ON) else ""
            heading = out.pop()
            # One that stands right above it too: where a footnote finds no room, what sticks would stay behind.
            over = f"over: {out.pop()}, " if out and out[-1].startswith(_HEAD) else ""
            out.append(Code(f"head-kept({over}{below}{heading[len(_HEAD) : -1]}, {count}, {code})"))
            continue
        if out and _belong_together(out, code, room) and not (is_statement and code.startswith((*_LISTS, *_WORDS))):
            out[-1] = _sticking(out[-1], is_lead_in=is_tight and code.startswith((*_LISTS, *_WORDS)))
        out.append(code)
    return list(_with_plain(out))


def _stays_whole(code: Code, room: Room) -> bool:
    """Do words stay whole with the notes that they have, so that a heading has room above them?"""
    if code.startswith((_WHOLE_BOX, _FIRST_PART)):
        return NOTE in code and len(code) < _HALF_A_PAGE * room.letters
    return code.startswith(_KEPT)


def _with_plain(codes: Sequence[Code]) -> Iterator[Code]:
    """Write paragraphs in the way that takes less memory: all but those with notes, or with a list attached to them.

    Typst leaves the notes of a block on the page where it began (its issue 5314), and attaches a list to paragraphs
    alone."""
    below = ""
    turned: list[Code] = []
    for code in reversed(codes):
        is_noted = any(call in code for call in _NOTED)
        is_plain = code.startswith(_PARAGRAPH) and not is_noted and not below.startswith(_ATTACHED)
        turned.append(Code(f"{_PLAIN}{code[len(_PARAGRAPH) :]}") if is_plain else code)
        below = below if code.startswith(_SPOT) else code
    return reversed(turned)


def fitted(codes: Sequence[Code], name: str) -> Iterator[Code]:
    """Let what begins on a page of its own, up to the next such, be set closer where that saves a page.

    name: of the piece, by which each of these is known to Typst."""
    starts = [*(at for at, code in enumerate(codes) if code == NEW_PAGE), len(codes)]
    yield from codes[: starts[0]]
    for number, (start, end) in enumerate(pairwise(starts), 1):
        yield NEW_PAGE
        part = settling.arguments(f"{name}o{number}", [name])
        yield Code(f"{FITTED_HERE}{part}, {block(codes[start + 1 : end])})")


def with_breaks(codes: Sequence[Code]) -> Iterator[Code]:
    """Write before blocks with footnotes that a page may end there, before all that sticks to them.

    Typst sets a footnote first and then takes its paragraph overleaf, with the heading above it, where a table below
    these has no room: the note stays behind. Where that happened is only known from the pages (settling.py)."""
    chain: list[Code] = []
    for code in codes:
        chain.append(code)
        if code.startswith(_STICKY) or _STICKS in code[:_NEAR]:
            continue
        yield from _with_break(chain)
        chain.clear()
    yield from _with_break(chain)


def _with_break(chain: Sequence[Code]) -> Iterator[Code]:
    names = [name for code in chain for name in notes.names_in(code.partition(BREAK)[0])]
    if names:
        yield Code(f"{BREAK}{settling.NAME}, {', '.join(map(literal, names))})")
    yield from chain


def by_sections(codes: Sequence[Code]) -> Iterator[Code]:
    """Put what stands below each heading of a sheet into one block with it, which stays whole if it is short.

    A table is parted between its rows."""
    starts = [at for at, code in enumerate(codes) if code.startswith(_HEAD)]
    yield from codes[: starts[0]] if starts else codes
    for start, end in pairwise([*starts, len(codes)]):
        section = codes[start:end]
        is_parted = NEW_PAGE in section or any(code.startswith(_TABLES) for code in section)
        if len(section) > 1 and not is_parted:  # a heading alone holds to what is next to it
            rank = section[0][len(_HEAD) :].split(",")[1]
            yield Code(f"sheet-section({rank}, {block(section)})")
        else:
            yield from section


def _belong_together(above: Sequence[Code], below: Code, room: Room) -> bool:
    """Does the last of what stands above go with what begins below it?

    A few lines under a heading stay behind where a whole table fills half a page: the rest of theirs would be white."""
    last = above[-1]
    if not last.startswith((_PARAGRAPH, "kept(", "head-kept(")):
        return False
    if below.startswith((SMALL_BOX, OWN_NOTE)):
        return last.startswith(_PARAGRAPH) and NOTE not in below
    announces = _ANNOUNCES.search(last) is not None
    if below.startswith((*_TABLES, *_CARDS)):  # a few lines under a heading lead to these, too
        under_heading = last.startswith("head-kept(") or (len(above) > 1 and above[-2].startswith(_HEAD))
        fills = below.startswith(_WHOLE_TABLES) and len(last) + len(below) > _HALF_A_PAGE * room.letters
        return len(last) < SHORT_PARAGRAPH and (announces or (under_heading and not fills))
    if below.startswith(_LISTS):
        return announces or _ALL_ITALIC.fullmatch(last) is not None
    return below.startswith(_WORDS) and announces


def _sticking(above: Code, *, is_lead_in: bool) -> Code:
    """The call for a paragraph, with its heading or notes where it has some, that goes with what is below it."""
    if above.startswith(_PARAGRAPH):
        return Code(f"{'lead-in' if is_lead_in else 'par-above'}({above[len(_PARAGRAPH) : -1]})")
    name = above[: above.index("(")]
    return Code(f"{name}(sticky: true, {above[len(name) + 1 :]}")
