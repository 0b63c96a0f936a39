"""How a process ended, in words that a person can do something with."""

from __future__ import annotations

import pytest

from handbook.base.child_process import how_it_ended, is_crash


@pytest.mark.parametrize(
    ("status", "crash", "said"),
    [
        (1, False, "ended without saying why"),
        (0, False, "ended without saying why"),
        (-9, True, "memory was short"),
        (-6, True, "needs too much memory"),
        (-2, True, "stopped from outside"),
        (-15, True, "stopped from outside"),
        (-11, True, "crashed"),
        (0xC0000005, True, "crashed"),
        (0xC0000017, True, "memory was short"),
        (0xC000012D, True, "memory was short"),
        (0xC0000409, True, "needs too much memory"),
        (0xC00000FD, True, "crashed"),
    ],
)
def test_each_end_is_told_in_words(status: int, crash: bool, said: str) -> None:
    words = how_it_ended(status)
    assert words.endswith(said)
    assert not any(letter.isdigit() for letter in words)
    assert is_crash(status) is crash
