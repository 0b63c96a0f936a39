"""Where the person has been: a list to go back and forward in. No Qt, no file."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 500


class Visit(NamedTuple):
    """A place on a page: the address ("" is the start page) and the pixels scrolled below its top."""

    address: str
    offset: int = 0


class History:
    """The visits of one window; one of them is the present."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._now = -1

    @property
    def can_go_back(self) -> bool:
        """Is there an earlier visit?"""
        return self._now > 0

    @property
    def can_go_forward(self) -> bool:
        """Is there a later visit?"""
        return self._now < len(self._visits) - 1

    def visit(self, visit: Visit) -> None:
        """Go to a new place; what lay ahead is forgotten."""
        if self._now >= 0 and self._visits[self._now].address == visit.address:
            self._visits[self._now] = visit
            return
        del self._visits[self._now + 1 :]
        self._visits.append(visit)
        del self._visits[:-LONGEST]
        self._now = len(self._visits) - 1

    def leave(self, visit: Visit) -> None:
        """Note where on the page the person was, before going on."""
        if self._now >= 0:
            self._visits[self._now] = visit

    def step(self, way: int) -> Visit | None:
        """The visit one back (-1) or forward (+1), which is then the present; None at the end."""
        if not 0 <= self._now + way < len(self._visits):
            return None
        self._now += way
        return self._visits[self._now]
