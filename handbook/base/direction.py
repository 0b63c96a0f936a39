"""Which way a text is read: from left to right, or from right to left.

Belongs here: that alone. Qt finds it out by itself for each paragraph; a file that is exported has to say it."""

from __future__ import annotations

import re
from typing import Literal

_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_letters_to_left(text: str) -> bool:
    """Has a text letters of a script that is read from right to left, such as Arabic?"""
    return bool(_TO_LEFT.search(text))


def direction_of(text: str) -> Literal["ltr", "rtl", ""]:
    """Which way a paragraph is read: as its first letter is. Without a letter it is read as what is around it."""
    if not has_letters_to_left(text):
        return "ltr" if any(sign.isalpha() for sign in text) else ""
    import unicodedata  # 1 MB that a start has no use for

    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return "ltr" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") == "L" else "rtl"
