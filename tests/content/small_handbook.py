"""A handbook of two chapters, and what tests ask of one."""

from __future__ import annotations

from handbook.content.chapter import Section
from handbook.content.handbook import Handbook

MANIFEST = """
title = "Small handbook"
as_of = 2026-11-24
publisher = "The small handbook"
statement = "Someone, 2010"

[[parts]]
id = "first"
title = "First part"
chapters = ["two", "one"]
"""
ONE = """# One

Words of one.

## Alpha {#alpha}

Words of alpha.

### Inside

Words inside.

{: #marked }

## Beta

Words of beta.
"""


def faults(handbook: Handbook) -> list[str]:
    return [str(fault) for fault in handbook.faults]


def found(handbook: Handbook, address: str) -> Section:
    section = handbook.find(address)
    assert section is not None, f"nothing at {address}"
    return section
