"""The trials of faults can be run; what they find in thousands of tries is in docs/reliability.md."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.outcome import Outcome, table
from tests.helpers import ROOT


@pytest.mark.slow
def test_a_small_share_of_the_trials_loses_nothing() -> None:
    command = [sys.executable, "-m", "tests.faults", "kills", "damaged", "--share", "0.001"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("| 0 |") >= 9


def test_what_was_lost_is_written_below_the_table() -> None:
    text = table([Outcome("one", 3), Outcome("two", 5, hit=4, lost=["it was gone"])])
    assert text.splitlines()[2:] == [
        "| one | 3 | all | 3 | 0 |",
        "| two | 5 | 4 | 4 | 1 |",
        "",
        "- two: it was gone",
    ]
