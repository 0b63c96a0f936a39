"""Which links out of the handbook stay links in an exported file.

Belongs here: that rule. Not here: links between the texts of a book (book.py)."""

from __future__ import annotations

import re

_LIVE = re.compile(r"(https?://|mailto:)[!-~]+")
_LONGEST = 2000  # letters


def is_live(target: str) -> bool:
    """Is it an address for a browser or a mail program? Of all others the words are left."""
    return len(target) <= _LONGEST and bool(_LIVE.fullmatch(target))
