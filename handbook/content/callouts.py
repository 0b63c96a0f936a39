"""The kinds of call-out that content may hold (`!!! note "Title"`), declared once.

Belongs here: the name of each kind, and how plain text, the screen, paper and `handbook check` treat it, with its row
in docs/writing.md. Not here: how a frame looks (ui/widgets/theme.py, printing/typeset/blocks.typ). To add a kind, add
a line to CALLOUTS and its row to docs/writing.md; if it looks different from all others, style it in those two."""

from __future__ import annotations

from typing import Literal, NamedTuple

Audience = Literal["all", "participants", "trainer", "cutter"]  # who reads a print; "cutter": who cuts out the cards
Screen = Literal["frame", "writing room"]


class CallOut(NamedTuple):
    """A kind of call-out.

    name:       as it is written in Markdown.
    use, paper: its row in docs/writing.md; kinds with the same texts share a row.
    screen:     shown as a frame, or as lines to write on.
    titled:     its title is text of the page; if not, it is a value such as the number of lines.
    hidden:     the audiences whose prints leave it out.
    on_sheet:   it is printed on a sheet of cards, together with those next to it.
    own_page:   in a print for everybody, each is on a page of its own.
    is_dated:   its title has a date, so `handbook check` asks for no footnotes in it."""

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
_CASE = "a case, right under the heading that is its title, and the trainer's key to it"
_CASE_ON_PAPER = (
    "printed from the handbook each on a page of its own; in the trainer's packet, which alone has the key, one below "
    "the other, a key of up to a third of a page whole"
)
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
            "trainer",
            "what speaks to the trainer, in a text that participants get too",
            "a frame, in no participants' packet",
            hidden=("participants", "cutter"),
        ),
        CallOut(
            "card",
            "a card to cut out, right under the heading that is its title; neighbours share a sheet",
            "with cut lines: a deck by itself as many to a sheet as chosen, else two beside each other; "
            "in the trainer's packet a list",
            hidden=("cutter",),
            on_sheet=True,
        ),
        CallOut(
            "back",
            "right after a card: its back, where cards are printed with backs",
            "behind its card",
            hidden=("cutter",),
            on_sheet=True,
        ),
        CallOut("case", _CASE, _CASE_ON_PAPER, hidden=("cutter",), own_page=True),
        CallOut("key", _CASE, _CASE_ON_PAPER, hidden=("participants",), own_page=True),
        CallOut(
            "lines",
            "a question with room to write: five lines, or a height",
            "ruled lines, 8 to 10 mm apart, as many more as the page has room for; or blank room",
            screen="writing room",
            titled=False,
        ),
    )
}


def hidden_from(audience: Audience) -> frozenset[str]:
    """The kinds that are left out of the prints for an audience."""
    return frozenset(one.name for one in CALLOUTS.values() if audience in one.hidden)


def of_classes(classes: list[str]) -> CallOut | None:
    """The kind of call-out of an element with these classes; None if it is no call-out, or of an unknown kind."""
    return next((CALLOUTS[name] for name in classes if name in CALLOUTS), None)
