"""A pattern that is compiled later does what it would do at once."""

from __future__ import annotations

import re

import pytest

from handbook.base.late_patterns import late_pattern

CALLS = [
    ("match", ("ab1 cd2",)),
    ("fullmatch", ("ab1",)),
    ("search", ("-- Ab1",)),
    ("findall", ("ab1 cd2",)),
    ("split", ("ab1 cd2", 1)),
    ("sub", (r"<\1>", "ab1 cd2")),
    ("subn", (r"<\1>", "ab1 cd2")),
]


@pytest.mark.parametrize(("method", "values"), CALLS)
def test_it_does_the_same(method: str, values: tuple[object, ...]) -> None:
    text, flags = r"([a-z]+)\d", re.IGNORECASE
    late, now = late_pattern(text, flags), re.compile(text, flags)
    wanted = getattr(now, method)(*values)
    for _ in "first", "again":
        found = getattr(late, method)(*values)
        assert (found.group() if isinstance(found, re.Match) else found) == (
            wanted.group() if isinstance(wanted, re.Match) else wanted
        )


def test_each_match_is_found() -> None:
    late = late_pattern("[a-z]")
    assert [found.start() for found in late.finditer("a1b")] == [0, 2]
    assert [found.start() for found in late.finditer("a1b", 1)] == [2]


def test_it_is_not_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def watched(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return real(text, flags)

    monkeypatch.setattr(re, "compile", watched)
    late = late_pattern("a")
    finditer = late.finditer  # to take a method is not to use it
    assert not compiled
    assert len(list(finditer("aa"))) == 2
    assert late.match("a")
    assert compiled == ["a"]
