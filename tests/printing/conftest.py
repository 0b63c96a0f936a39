"""For tests of print."""

from __future__ import annotations

import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.printed import GOLDEN


@pytest.fixture(scope="session")
def sampler() -> Handbook:
    """A handbook with everything that is set in a way of its own."""
    return load(GOLDEN / "content")
