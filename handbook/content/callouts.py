"""The kinds of call-out that content may hold (`!!! note "Title"`), declared once.

Belongs here: each kind's name and what becomes of it: in plain text, on the screen, on paper, in `handbook check`, in
docs/writing.md. Not here: how a frame looks (ui/widgets/theme.py, printing/typeset/blocks.typ). A new kind is a line
of CALLOUTS, its row in docs/writing.md, and, where it looks like no other, its look in those two."""

from __future__ import annotations

from typing import Literal, NamedTuple

Audience = Literal["all", "participants", "trainer", "cutter"]  # who reads a print; the cutter has cards and scissors
Screen = Literal["frame", "writing room"]


class CallOut(NamedTuple):
    """A kind of call-out.

    name:       as it is written.
    use, paper: its row in docs/writing.md; kinds with the same row stand in one.
    screen:     a frame, or lines to write on.
    titled:     its title is words of the page; else it says something else, such as how many lines there are.
    hidden:     from whom it is left out on paper.
    on_sheet:   it stands on a card sheet with its neighbours.
    own_page:   printed for all, each is on a page of its own.
    is_dated:   its title has a date, and what it holds needs no footnote (`handbook check`)."""

    name: str
    use: str
    paper: str
    screen: Screen = "frame"
    titled: bool = True
    hidden: tuple[Audience, ...] = ()
    on_sheet: bool = False
    own_page: bool = False
    is_dated: bool = False


_FRAME = "a frame"
_WORD = "a word of ours beside the text"
_CASE = "a case, and the trainer's key to it"
_CASE_ON_PAPER = "each on a page of its own; the key in the trainer's packet alone"
CALLOUTS = {
    one.name: one
    for one in (
        CallOut("note", _WORD, _FRAME),
        CallOut("safety", _WORD, _FRAME),
        CallOut(
            "as-of",
            'what can change; its title is the date, as in `"As of 23 November 2026"`',
            _FRAME,
            is_dated=True,
        ),
        CallOut(
            "card",
            "a card to cut out; neighbours share a sheet",
            "with cut lines: a deck by itself as many to a sheet as chosen, else two beside each other",
            hidden=("trainer", "cutter"),
            on_sheet=True,
        ),
        CallOut(
            "back",
            "right after a card: its back, where cards are printed with backs",
            "behind its card",
            hidden=("trainer", "cutter"),
            on_sheet=True,
        ),
        CallOut("case", _CASE, _CASE_ON_PAPER, hidden=("cutter",), own_page=True),
        CallOut("key", _CASE, _CASE_ON_PAPER, hidden=("participants",), own_page=True),
        CallOut(
            "lines",
            "a question with room to write: five lines, or a height",
            "ruled lines, 8 mm apart, or blank room",
            screen="writing room",
            titled=False,
        ),
    )
}


def hidden_from(audience: Audience) -> frozenset[str]:
    """The kinds that are left out of what somebody reads."""
    return frozenset(one.name for one in CALLOUTS.values() if audience in one.hidden)


def of_classes(classes: list[str]) -> CallOut | None:
    """The kind that an element of these classes is; None for one that is none or of no kind we know."""
    return next((CALLOUTS[name] for name in classes if name in CALLOUTS), None)
