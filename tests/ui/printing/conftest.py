"""What tests of printing windows share: pages that are set once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pytest

from handbook.base import catalogue
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind
from handbook.handout.selection import Handout
from handbook.marks.model import Mark
from handbook.printing import typeset
from handbook.printing.typeset import Printed, Typesetter
from handbook.workshop.model import Workshop


@pytest.fixture(scope="session")
def packets_set() -> dict[Hashable, Printed]:
    """The packets that were set in this process."""
    return {}


@pytest.fixture(scope="session")
def handouts_set() -> dict[Hashable, bytes]:
    """The handouts that were set in this process."""
    return {}


@pytest.fixture
def set_once(
    packets_set: dict[Hashable, Printed], handouts_set: dict[Hashable, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most windows here are opened on the same workshop or section, whose pages are the same each time: set once.

    Not for tests of pages that are given up, or waited for."""
    whole, handout = typeset.print_workshop, typeset.to_pdf

    def print_workshop(
        book: Handbook,
        workshop: Workshop,
        kinds: Sequence[Kind] = KINDS,
        own: Sequence[Mark] = (),
        typesetter: Typesetter | None = None,
    ) -> Printed:
        key = (book, workshop, tuple(kinds), tuple(own), catalogue.language())
        if key not in packets_set:
            packets_set[key] = whole(book, workshop, kinds, own, typesetter)
        return packets_set[key]

    def to_pdf(book: Handbook, asked: Handout, typesetter: Typesetter | None = None) -> bytes:
        key = (book, asked, catalogue.language())
        if key not in handouts_set:
            handouts_set[key] = handout(book, asked, typesetter)
        return handouts_set[key]

    monkeypatch.setattr(typeset, "print_workshop", print_workshop)
    monkeypatch.setattr(typeset, "to_pdf", to_pdf)
