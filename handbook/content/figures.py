"""Pictures in the element tree: a picture alone in its paragraph, or in a line of it, is a figure.

Belongs here: the form of a figure. Not here: files (pictures.py), how it looks on the screen or on paper.

A figure is an element `figure` with the picture's address as it is written in `src`, the alternative text in `alt`,
the width that is asked for in `width` (percent of the column, or pixels), and its caption in a `figcaption`. Nothing
else makes such an element, whatever HTML a file holds. When a chapter is parsed, `describe` adds what its file is:
- its name inside the content folder in `data-name`, its size in `data-size` ("800x450"), `data-fills` where it takes
  the width that there is, the words drawn in it in `data-words`;
- or why it is not shown in `data-problem`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from handbook.base.catalogue import tr
from handbook.base.late_patterns import late_pattern
from handbook.content.pictures import Picture, Problem

BETWEEN = " · "  # two texts in a drawing
_INLINE = frozenset(("a", "br", "code", "del", "em", "img", "span", "strong", "sub", "sup"))
_WIDTH = late_pattern(r"\s*([0-9]{1,4})(?:\.[0-9]{1,3})?\s*(%|px|)\s*")


def gather(root: Element) -> None:
    """Make figures of pictures that stand alone in a line; the others become their words.

    Several pictures in one paragraph, with nothing else, are as many figures."""
    for parent in list(root.iter()):
        for at, child in reversed(list(enumerate(parent))):
            if child.tag == "p" and len(parts := _parts(child)) > 1:
                parts[-1].tail = child.tail
                parent[at : at + 1] = parts
        if parent.tag in ("li", "dd"):
            _divide_item(parent)
        for at, child in reversed(list(enumerate(parent))):
            if child.tag == "p" and _holds_pictures_alone(child):
                figures = _figures(child)
                figures[-1].tail = child.tail
                parent[at : at + 1] = figures
        if parent.tag == "li" and _holds_pictures_alone(parent):
            figures = _figures(parent)
            parent[:] = figures
            parent.text = None
    for image in root.iter("img"):
        image.tag, image.text = "span", image.get("alt", "")
        image.attrib.clear()


def _lines_of(element: Element) -> list[list[Element | str]]:
    """What stands in each line of a paragraph."""
    lines: list[list[Element | str]] = [[]]
    for child in (None, *element):
        if child is not None:
            lines[-1].append(child)
        text = (element.text if child is None else child.tail) or ""
        first, *others = text.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return lines


def _is_pictures(line: Sequence[Element | str]) -> bool:
    """Are there only pictures in a line?"""
    elements = [one for one in line if not isinstance(one, str)]
    return (
        all(not one.strip() for one in line if isinstance(one, str))
        and all(one.tag in ("img", "br") for one in elements)
        and any(one.tag == "img" for one in elements)
    )


def _parts(paragraph: Element) -> list[Element]:
    """A paragraph as several, those with pictures apart from those with words."""
    if paragraph.find("img") is None:
        return [paragraph]
    parts: list[tuple[bool, list[Element | str]]] = []
    for line in _lines_of(paragraph):
        is_pictures = _is_pictures(line)
        if parts and parts[-1][0] == is_pictures:
            parts[-1][1].extend(("\n", *line))
        else:
            parts.append((is_pictures, list(line)))
    made = [_paragraph(pieces) for _, pieces in parts]
    made = [one for one in made if len(one) or (one.text or "").strip()]
    if made:
        made[0].attrib.update(paragraph.attrib)
    return made


def _paragraph(pieces: Sequence[Element | str]) -> Element:
    """A paragraph of words and elements, without the breaks that end it."""
    made = Element("p")
    for piece in pieces:
        if not isinstance(piece, str):
            piece.tail = None
            made.append(piece)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + piece
        else:
            made.text = (made.text or "") + piece
    while len(made) and made[-1].tag == "br" and not (made[-1].tail or "").strip():
        made.remove(made[-1])
    return made


def _divide_item(item: Element) -> None:
    """Set the pictures apart that stand in lines of an item's own words."""
    own: list[Element] = []
    for child in item:
        if child.tag not in _INLINE:
            break
        own.append(child)
    if not any(child.tag == "img" for child in own):
        return
    words = Element("p")
    words.text = item.text
    words.extend(own)
    parts = _parts(words)
    if len(parts) < 2:
        return
    first, rest = parts[0], item[len(own) :]
    item.text = None
    if first.find("img") is None or not _holds_pictures_alone(first):
        item.text = first.text
        parts[:1] = list(first)
    item[:] = [*parts, *rest]


def _holds_pictures_alone(element: Element) -> bool:
    if not len(element) or (element.text or "").strip():
        return False
    return all(child.tag in ("img", "br") and not (child.tail or "").strip() for child in element) and any(
        child.tag == "img" for child in element
    )


def _figures(element: Element) -> list[Element]:
    made: list[Element] = []
    for image in element.iter("img"):
        figure = Element("figure", {"src": image.get("src", ""), "alt": " ".join(image.get("alt", "").split())})
        asked = _WIDTH.fullmatch(image.get("width", ""))
        if asked and int(asked.group(1)):
            figure.set("width", asked.group(1) + ("%" if asked.group(2) == "%" else ""))
        anchor = image.get("id") or (element.get("id") if element.tag == "p" and not made else None)
        if anchor:
            figure.set("id", anchor)
        caption = " ".join(image.get("title", "").split())
        if caption:
            SubElement(figure, "figcaption").text = caption
        made.append(figure)
    return made


def describe(root: Element, find: Callable[[str], Picture | Problem]) -> None:
    """Add to each figure what its file is."""
    for figure in root.iter("figure"):
        found = find(figure.get("src", ""))
        if isinstance(found, Picture):
            figure.set("data-name", found.name)
            figure.set("data-size", f"{found.width:g}x{found.height:g}")
            if found.fills:
                figure.set("data-fills", "yes")
            if found.words:
                figure.set("data-words", BETWEEN.join(found.words))
        else:
            figure.set("data-problem", found)


def as_words(root: Element) -> None:
    """Replace the figures below an element by their alternative text and their caption, where no picture is shown."""
    for parent in list(root.iter()):
        for at, child in reversed(list(enumerate(parent))):
            if child.tag == "figure":
                words = [Element("p") for text in (child.get("alt"), caption_of(child)) if text]
                for made, text in zip(words, filter(None, (child.get("alt"), caption_of(child))), strict=True):
                    made.text = text
                if words:
                    words[-1].tail = child.tail
                parent[at : at + 1] = words


def is_shown(block: Element) -> bool:
    """Is it a figure whose picture can be shown?"""
    return block.tag == "figure" and "data-name" in block.attrib


def words_of(figure: Element) -> str:
    """What is said of a figure to somebody who does not see it."""
    parts = (figure.get("alt", ""), figure.get("data-words", ""), caption_of(figure))
    return ". ".join(part.rstrip(".") for part in parts if part)


def not_shown(figure: Element) -> str:
    """Why a figure's picture is not shown, as a sentence for the person."""
    sentences = {
        "missing": tr("The picture '{name}' is not shown: there is no such file."),
        "outside": tr("The picture '{name}' is not shown: it lies, or leads, outside the handbook's folder."),
        "network": tr("The picture '{name}' is not shown: the handbook opens no network address."),
        "large": tr("The picture '{name}' is not shown: it is too large."),
        "kind": tr("The picture '{name}' is not shown: it is no PNG, JPEG, GIF, WebP or SVG picture."),
        "damaged": tr("The picture '{name}' is not shown: its file is damaged."),
    }
    name = figure.get("src", "").rsplit("/", 1)[-1]
    return sentences[figure.get("data-problem", "missing")].format(name=name)


def size_of(figure: Element) -> tuple[float, float]:
    """Width and height of a figure's picture, in pixels."""
    width, _, height = figure.get("data-size", "1x1").partition("x")
    return float(width), float(height)


def caption_of(figure: Element) -> str:
    """The caption of a figure; "" for none."""
    return figure.findtext("figcaption") or ""


def width_of(figure: Element) -> tuple[float, float]:
    """The width that a figure has where there is room: a share of the column (0 to 1) or pixels; the other is 0."""
    asked = figure.get("width", "")
    if asked.endswith("%"):
        return min(1.0, int(asked[:-1]) / 100), 0
    if asked:
        return 0, float(asked)
    return (1, 0) if figure.get("data-fills") else (0, size_of(figure)[0])
