r"""Patterns that are compiled when they are first used.

Belongs here: that alone. `re.compile` takes up to two milliseconds, and a start of the program uses few patterns.
`_WORD = late_pattern(r"\w+")` is used like what `re.compile` gives, but `re.sub` and the like don't take it as
their pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")


class LatePattern:
    """Stands for a pattern until one of its methods is called; from then on they are those of the compiled one."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        made = re.compile(self.pattern, self._flags)
        for name in _METHODS:
            setattr(self, name, getattr(made, name))
        return made


def _later(name: str) -> Callable[..., object]:
    def call(self: LatePattern, *values: object, **named: object) -> object:
        return getattr(self.compiled(), name)(*values, **named)

    return call


for _name in _METHODS:
    setattr(LatePattern, _name, _later(_name))


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, as `re.compile` makes it, later."""
    return cast("re.Pattern[str]", LatePattern(text, flags))
