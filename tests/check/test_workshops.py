"""Each proof of the ready workshops is seen to fail."""

from __future__ import annotations

import pytest

from handbook.check import workshops
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.workshop import ready_files
from tests.helpers import write
from tests.workshop.test_model import FILES

WHOLE = """format = 1
end = 10:30:00

[[items]]
address = "plan"

[[items]]
entry = "Break"

[[items]]
address = "ex-one"
minutes = 0

[[items]]
address = "cards-one"

[[items]]
address = "worksheet-two"
"""


def faults(folder: object, text: str) -> list[str]:
    content = write(folder, FILES | {"workshops/day.workshop": text})  # type: ignore[arg-type]
    return [str(fault) for fault in workshops.workshops(load(content))]


def test_a_whole_workshop_has_no_fault(tmp_path: object) -> None:
    assert faults(tmp_path, WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"worksheet-two"',
            '"worksheet-tow"',
            "day.workshop:18: the address 'worksheet-tow' is not there; the nearest",
        ),
        ('[[items]]\naddress = "cards-one"\n', "", "day.workshop:5: 'plan' needs cards-one"),
        ("minutes = 0\n", "", "day.workshop:11: 'ex-one' needs form-three, which the workshop has not"),
        ("10:30:00", "10:20:00", "day 1 runs over its end by 10 minutes"),
        ('entry = "Break"', 'entry = "Break"\nstart = 10:10:00', "'Opening' runs over 'Break' by 5"),
        ("format = 1", "format = 1\nmood = 2", "Line 2: 'mood' is not known"),
        ("format = 1", "format = 1\ntitle = 2", "day.workshop:2: 'day.workshop' can't be opened"),
    ],
)
def test_a_fault_is_found(tmp_path: object, old: str, new: str, said: str) -> None:
    found = faults(tmp_path, WHOLE.replace(old, new))
    assert any(said in fault for fault in found), found


def test_those_that_come_with_the_handbook_are_whole(real: Handbook) -> None:
    ready = {path.stem for path in ready_files(real.folder)}
    assert ready >= {"half-a-day", "one-day", "two-days", "referral-in-our-town", "training-of-trainers"}
    assert list(workshops.workshops(real)) == []
