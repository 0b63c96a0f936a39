"""Which of the pages that were made go to a printer, and the line that says how much paper they take.

Belongs here: which pages are printed together, how often; words about paper. Not here: printers (printer.py),
counting sheets (handbook/workshop/paper.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbook.base.catalogue import ngettext, pgettext, tr
from handbook.handout.options import KINDS, Kind
from handbook.printing.typeset import Printed
from handbook.workshop import paper
from handbook.workshop.model import Workshop
from handbook.workshop.paper import Run

MOST_LETTERS = 8  # of those that no typeface has


def kind_name(kind: Kind) -> str:
    """What one of the things that a workshop prints is called."""
    return {
        "participants": tr("Participants' packet"),
        "trainer": tr("Trainer's packet"),
        # Translators: what is printed: cards to cut out
        "cards": tr("Cards"),
        "posters": tr("Posters"),
        "worksheets": tr("Worksheets"),
    }[kind]


def kind_in_file(kind: Kind) -> str:
    """The same in the name of a file, as the command line has it."""
    return {
        # Translators: at the end of the name of a file: what is for the participants
        "participants": pgettext("name of a file", "participants"),
        # Translators: at the end of the name of a file: what is for the trainer
        "trainer": pgettext("name of a file", "trainer"),
        "cards": pgettext("name of a file", "cards"),
        "posters": pgettext("name of a file", "posters"),
        "worksheets": pgettext("name of a file", "worksheets"),
    }[kind]


def batches(runs: Sequence[Run], *, both_sides: bool) -> Iterator[tuple[range, int]]:
    """The pages, from 0, of runs that follow each other in one PDF, and their copies; neighbours as often go together.

    Printed on both sides, each begins on a sheet of its own: there is an empty page before it where it needs one."""
    start = 0
    waiting: tuple[range, int] | None = None
    for run in runs:
        if both_sides and start % 2:
            start += 1
        pages = range(start, start + run.pages)
        start = pages.stop
        if waiting is not None and waiting[1] == run.copies:
            waiting = range(waiting[0].start, pages.stop), run.copies
            continue
        if waiting is not None and waiting[1]:
            yield waiting
        waiting = pages, run.copies
    if waiting is not None and waiting[1]:
        yield waiting


def paper_line(workshop: Workshop, printed: Mapping[Kind, Printed], kinds: Iterable[Kind] = KINDS) -> str:
    """'24 participants: 24 × 7 sheets, 6 sheets of cards' for some of the things made; "" for none."""
    wanted = set(kinds)
    runs = {kind: one.runs[kind] for kind, one in printed.items() if kind in wanted}
    counts = paper.count(workshop, runs)
    if not counts:
        return ""
    return paper.in_words(workshop, counts)


def told_of(workshop: Workshop, printed: Mapping[Kind, Printed]) -> list[str]:
    """What is to be known of the pages before they are printed: large posters, tables that look otherwise."""
    told: list[str] = []
    sheets = max((run.pages for run in printed["posters"].runs["posters"]), default=0) if "posters" in printed else 0
    if sheets > (2 if workshop.options_for("posters").poster == "glued" else 1):
        told.append(
            ngettext(
                "A poster takes {n} sheet: its letters can be read from 5 metres.",
                "A poster takes {n} sheets: its letters can be read from 5 metres.",
                sheets,
            ).format(n=sheets)
        )
    titles = dict.fromkeys(title for one in printed.values() for title in one.reshaped)
    told += map(table_told, titles)
    letters = sorted({letter for one in printed.values() for letter in one.missing})
    return [*told, letters_told(letters)] if letters else told


def letters_told(letters: Sequence[str]) -> str:
    """That no typeface has some letters."""
    shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:MOST_LETTERS])
    others = len(letters) - MOST_LETTERS
    said = (
        ngettext(
            "No typeface here has {letters} and {n} more. □ stands for each.",
            "No typeface here has {letters} and {n} more. □ stands for each.",
            others,
        )
        if others > 0
        else tr("No typeface here has {letters}. □ stands for each.")
    )
    return said.format(letters=shown, n=others)


def table_told(title: str) -> str:
    """That the table below a heading is not printed as it is written."""
    return tr("The table in '{title}' is too wide for the page: it is turned, or set as a list.").format(title=title)
