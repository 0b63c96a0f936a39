"""The words of an element, and titles as short as a running head needs them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_SHORT = 60  # letters of a title that fit in a running head


def words_in(element: Element) -> str:
    """The text of an element without the numbers of footnotes and without double spaces."""
    found: list[str] = []

    def gather(inner: Element) -> None:
        if inner.tag != "sup" or inner.get("data-note") is None:
            found.append(inner.text or "")
            for child in inner:
                gather(child)
                found.append(child.tail or "")

    gather(element)
    return " ".join("".join(found).split())


def short(title: str) -> str:
    """A title for the running head; a long one is cut after a word."""
    title = " ".join(title.split())
    if len(title) <= _SHORT:
        return title
    cut = title[: _SHORT - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > _SHORT // 2 else cut).rstrip(" ,;:-–") + "…"
