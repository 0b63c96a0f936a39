"""Which links out of the handbook stay links in an exported file, and how they are written.

Belongs here: that rule. Not here: links between the texts of a book (book.py)."""

from __future__ import annotations

import re

_HOST = r"(?:[\w.~!$&'()*+,;=:-]++@)?+[\w-]++(?:\.[\w-]++)*+\.?+(?::[0-9]{0,5}+)?+"  # no "..." as in examples
_LIVE = re.compile(rf"https?://{_HOST}(?=[/?#]|$)|mailto:(?=.)", re.ASCII)
_SEEN = re.compile("[!-~]+")
_LONGEST = 2000  # letters
_ODD = re.compile(r'%(?![0-9A-Fa-f]{2})|["<>\\^`{|}\[\]]')


def live(target: str) -> str:
    """An address for a browser or a mail program, as it is valid; "" for any other, of which the words are left.

    Browsers take it with signs that no address may have, such as a second "#"; an EPUB may not have them."""
    begins = _LIVE.match(target)
    if begins is None or len(target) > _LONGEST or not _SEEN.fullmatch(target):
        return ""
    page, sharp, place = target[begins.end() :].partition("#")
    rest = page + sharp + place.replace("#", "%23")
    return begins.group() + _ODD.sub(lambda sign: f"%{ord(sign.group()):02X}", rest)
