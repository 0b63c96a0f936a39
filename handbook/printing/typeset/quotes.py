"""Makes straight quotation marks and apostrophes the curved ones of English, so that those of a page are of one kind.

Belongs here: which mark is which. Not here: the statement, whose signs are never changed (walk.py)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook.content.markup import BLOCKS

_OPENS_AFTER = " \t\n\u00a0([{–—/“‘"
_CURVED = str.maketrans("“”‘’", "\"\"''")
_AS_WRITTEN = ("code", "pre")


def curved(text: str, before: str = " ") -> str:
    """A text with curved marks. before: the letter that stands before it."""
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    for letter in text:
        opens = before in _OPENS_AFTER
        made = {'"': "“" if opens else "”", "'": "‘" if opens else "’"}.get(letter, letter)
        out.append(made)
        before = made
    return "".join(out)


def straight(text: str) -> str:
    """A text with straight marks, to compare it with another."""
    return text.translate(_CURVED)


def curve(root: Element) -> None:
    """Curve the marks of a tree; a mark before or after a change of letters sees what is on the other side."""
    before = " "
    for element, is_tail in list(_texts(root)):
        text = (element.tail if is_tail else element.text) or ""
        if element.tag in BLOCKS or element.tag == "br":
            before = " "
        if not text:
            continue
        made = curved(text, before)
        if is_tail:
            element.tail = made
        else:
            element.text = made
        before = made[-1]


def _texts(element: Element) -> Iterator[tuple[Element, bool]]:
    """Each text of a tree in reading order: an element's own (False), and what follows it (True)."""
    if element.tag not in _AS_WRITTEN:
        yield element, False
        for child in element:
            yield from _texts(child)
            yield child, True
