"""The words of an element, and titles as short as a running head needs them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_SHORT = 60  # letters of a title that fit in a running head


def words_in(element: Element) -> str:
    """The text of an element without the numbers of footnotes and without double spaces."""
    found: list[str] = []
    _gather(element, found)
    return " ".join("".join(found).split())


def _gather(element: Element, found: list[str]) -> None:
    # No function inside the other one: one that calls itself is garbage that only the collector can free, and a long
    # packet left ten thousand of them to the window's thread.
    if element.tag != "sup" or element.get("data-note") is None:
        found.append(element.text or "")
        for child in element:
            _gather(child, found)
            found.append(child.tail or "")


def short(title: str) -> str:
    """A title for the running head; a long one is cut after a word."""
    title = " ".join(title.split())
    if len(title) <= _SHORT:
        return title
    cut = title[: _SHORT - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > _SHORT // 2 else cut).rstrip(" ,;:-–") + "…"
