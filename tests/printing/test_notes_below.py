"""What stands below a paragraph with a footnote keeps its distance from it."""

from __future__ import annotations

import pytest

from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from tests.helpers import handbook_of
from tests.printed import Pdf, runs

WORDS = "First words stand here.\n\nSecond words stand here.{note}\n\nThird words stand here.\n\n[^n]: Who said so.\n"
PLAN = '+++\nkind = "session-plan"\nminutes = 5\n+++\n# Plan\n\n## Steps\n\n### 1. Step (5 minutes)\n\n'


@pytest.mark.parametrize("head", ["# Text\n\n", PLAN], ids=["text", "plan"])
def test_a_paragraph_below_one_with_a_note_keeps_its_distance(head: str) -> None:
    gaps: list[tuple[float, float]] = []
    for note in ("", "[^n]"):
        handbook = handbook_of({"one.md": head + WORDS.format(note=note)})
        read = Pdf(to_pdf(handbook, Handout(("one",))))
        feet = [
            box[1] for word in ("First", "Second", "Third") for box, words in runs(read, 0) if words.startswith(word)
        ]
        gaps.append((feet[0] - feet[1], feet[1] - feet[2]))
    plain, noted = gaps
    assert noted == pytest.approx(plain, abs=1.5)
