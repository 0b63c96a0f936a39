"""The handbook's own content and its index, made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.search.index import Index
from tests.helpers import CONTENT


@cache
def handbook() -> Handbook:
    """The handbook in English."""
    return load(CONTENT)


@cache
def index() -> Index:
    """Its index, in memory."""
    return Index.in_memory(handbook())
