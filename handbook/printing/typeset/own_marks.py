"""The person's highlights and notes in the tree of a piece, for the trainer's packet.

Belongs here: where they stand in a tree. Not here: who gets them (packets.py), how they look (walk.py, blocks.typ).

Highlighted words become elements `mark`, and behind those with a note stands its number. A short note is an attribute
of its number, to stand beside it in the margin, where there is one. Any other is a box below the paragraph, list item
or table that the words are in: in the flow of the text, so that nothing lies on anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.marks.anchoring import Quote, Text, exactly, nearly
from handbook.marks.model import Mark
from handbook.marks.moved import Elsewhere

if TYPE_CHECKING:
    from handbook.workshop.packet import OwnMarks

HIGHLIGHT, NUMBER, NOTE = "own-words", "own-number", "own-note"  # classes
ASIDE = "data-aside"  # the attribute of a number whose note stands in the margin
_SHORT = 180  # letters of a note that may stand there
_MOST_BESIDE, _PAGE = 600, 4000  # letters of notes that may stand beside so many letters of text
_UNMARKED = frozenset({*markup.HEADINGS, "pre", "code", "figure"})  # their words stay as they are


def gathered(handbook: Handbook, marks: Iterable[Mark]) -> OwnMarks:
    """Marks by the chapter that they are in now, each with the address of its section."""
    found: dict[str, list[tuple[Address, Mark]]] = {}
    elsewhere = Elsewhere(handbook)
    for mark in marks:
        section = handbook.find(mark.address) or handbook.find(elsewhere.find(mark) or "")
        if section is not None and (mark.kind == "highlight" or mark.note):
            found.setdefault(section.address.chapter, []).append((section.address, mark))
    return {chapter: tuple(ones) for chapter, ones in found.items()}


def insert(
    root: Element, sections: Iterable[Address], marks: Sequence[tuple[Address, Mark]], *, margin: bool = False
) -> None:
    """Put marks into the tree of a piece with these sections; those of other sections only where their words stand.

    margin: whether short notes stand in the margin."""
    here = set(sections)
    nodes = list(_nodes(root))
    text = Text("".join(node.words for node in nodes))
    placed: list[_Placed] = []
    for address, mark in marks:
        span = None
        if mark.kind == "highlight":
            quote = Quote(mark.quote, mark.before, mark.after)
            span = exactly(quote, text) or (nearly(quote, text) if address in here else None)
        if span is not None or (address in here and mark.note):  # what is noted is never left out
            placed.append(_Placed(span, address, mark))
    placed.sort(key=lambda one: (one.span or (-1, -1), one.mark.id))
    _put(root, nodes, placed, margin=margin)


class _Node(NamedTuple):
    """A piece of text of a tree: of `element`, or behind it in `parent`. start: in the text of the whole tree."""

    element: Element | None
    parent: Element | None
    words: str
    start: int
    above: tuple[Element, ...]  # the elements that it stands in, from the root down
    plain: bool  # may it be marked?


class _Placed(NamedTuple):
    """A mark and where its words stand, None for those that are to stand below the heading of their section."""

    span: tuple[int, int] | None
    address: Address
    mark: Mark


def _nodes(root: Element) -> Iterator[_Node]:
    at = 0

    def walk(element: Element, above: tuple[Element, ...], *, plain: bool) -> Iterator[_Node]:
        nonlocal at
        inside = (*above, element)
        is_block = element.tag in markup.BLOCKS or element.tag in ("li", "dt", "dd", "tr", "th", "td")
        plain = plain and element.tag not in _UNMARKED and element.get("data-note") is None
        plain = plain and "footnotes" not in element.get("class", "")
        if is_block:
            yield _Node(None, None, "\n", at, inside, plain=False)
            at += 1
        words = element.text or ""
        yield _Node(element, None, words, at, inside, plain and not _is_between(words))
        at += len(words)
        for child in list(element):
            yield from walk(child, inside, plain=plain)
            words = child.tail or ""
            yield _Node(child, element, words, at, inside, plain and not _is_between(words))
            at += len(words)
        if is_block:
            yield _Node(None, None, "\n", at, inside, plain=False)
            at += 1

    yield from walk(root, (), plain=True)


def _is_between(words: str) -> bool:
    """Is it the blank between two blocks, where no element may come to stand?"""
    return not words.strip() and (not words or "\n" in words)


def _put(root: Element, nodes: Sequence[_Node], placed: Sequence[_Placed], *, margin: bool) -> None:
    """Highlight words, number the notes and put them beside or below what they are about."""
    count = 0
    ends: dict[int, list[tuple[str, str]]] = {}  # where words with a note end → the numbers there, with notes beside
    beside: list[tuple[int, int]] = []  # where notes in the margin stand, and their letters
    boxes: list[tuple[Element, Element]] = []
    spans: list[tuple[int, int, int]] = []
    for one in placed:
        number = ""
        touched = [node for node in nodes if node.plain and one.span is not None and _meets(node, one.span)]
        if one.span is not None and touched:
            spans.append((*one.span, one.mark.style))
        if not one.mark.note:
            continue
        count += 1
        number = str(count)
        last = touched[-1] if touched else None
        if last is not None and one.span is not None:
            at = min(one.span[1], last.start + len(last.words))
            is_beside = margin and _fits_beside(one.mark.note, last, beside)
            ends.setdefault(at, []).append((number, one.mark.note.strip() if is_beside else ""))
            if is_beside:
                beside.append((last.start, len(one.mark.note)))
                continue
            below = _place_of(last.above)
        else:
            below = _heading(root, one.address.anchor)
        boxes.append((below, _box(number, one.mark, quoted=last is None)))
    for node in reversed(nodes):
        _mark(node, [span for span in spans if node.plain and _meets(node, span[:2])], ends)
    for below, box in reversed(boxes):
        _put_below(root, below, box)


def _fits_beside(note: str, node: _Node, beside: Sequence[tuple[int, int]]) -> bool:
    """May a note stand in the margin? A long one would not fit, nor many; beside a turned table is none."""
    near = sum(letters for start, letters in beside if node.start - start < _PAGE)
    is_short = len(note) <= _SHORT and near + len(note) <= _MOST_BESIDE and "\n\n" not in note.strip()
    return is_short and not any(one.tag in ("table", "pre") for one in node.above)


def _meets(node: _Node, span: tuple[int, int]) -> bool:
    return node.start < span[1] and node.start + len(node.words) > span[0]


def _mark(node: _Node, spans: Sequence[tuple[int, int, int]], ends: Mapping[int, list[tuple[str, str]]]) -> None:
    """Put elements for highlighted words into a piece of text, and numbers where they end."""
    if not spans or node.element is None:
        return
    # A box to tick stays what a list item begins with.
    lead = len(node.words) - len(node.words.lstrip(f"{markup.TICK} \n"))
    start, stop = node.start + lead, node.start + len(node.words)
    cuts = sorted({start, stop} | {at for span in spans for at in span[:2] if start < at < stop})
    made: list[Element] = []
    first = node.words[:lead]
    for begin, end in pairwise(cuts):
        words = node.words[begin - node.start : end - node.start]
        style = next((one[2] for one in reversed(spans) if one[0] <= begin and end <= one[1]), 0)
        if style:
            made.append(Element("mark", {"class": HIGHLIGHT, "data-style": str(style)}))
            made[-1].text = words
        elif made:
            made[-1].tail = (made[-1].tail or "") + words
        else:
            first += words
        for number, note in ends.get(end, ()):
            made.append(Element("mark", {"class": NUMBER, **({ASIDE: note} if note else {})}))
            made[-1].text = number
    if node.parent is None:
        node.element.text = first
        node.element[:0] = made
    else:
        node.element.tail = first
        at = list(node.parent).index(node.element) + 1
        node.parent[at:at] = made


def _place_of(above: Sequence[Element]) -> Element:
    """Below which element a note to words in it stands: the paragraph or list item, or all of what is in cells."""
    found = above[0]
    for inner in above[1:]:
        if inner.tag not in markup.BLOCKS and inner.tag not in markup.HEADINGS:
            break
        found = inner
        if inner.tag not in ("ul", "ol", "li") and "admonition" not in inner.get("class", "").split():
            break
    return found


def _heading(root: Element, anchor: str) -> Element:
    """The heading of a section, or what stands in its place; the first one for a section that has none here."""
    first = next((one for one in root.iter() if one.tag in markup.HEADINGS), root[0])
    return next((one for one in root.iter() if anchor and one.get("id") == anchor), first)


def _put_below(root: Element, place: Element, box: Element) -> None:
    if place.tag == "li":
        place.append(box)
        return
    parents = {child: parent for parent in root.iter() for child in parent}
    above = [place]
    while above[0] is not root:
        above.insert(0, parents[above[0]])
    below = _place_of(above)
    parent = parents.get(below, root)
    at = list(parent).index(below) + 1 if below is not root else 0
    while below.tag in markup.HEADINGS and at < len(parent) and "sheet" in parent[at].get("class", "").split():
        at += 1
    box.tail, below.tail = below.tail, None
    parent.insert(at, box)


def _box(number: str, mark: Mark, *, quoted: bool) -> Element:
    """A note as a box. quoted: with the words that it is about, which are not on the page."""
    box = Element("div", {"class": f"admonition {NOTE}", "data-number": number})
    if quoted and mark.quote:
        SubElement(SubElement(box, "p"), "em").text = f"“{mark.quote}”"
    for paragraph in mark.note.replace("\r\n", "\n").split("\n\n"):
        first, *more = paragraph.strip().split("\n")
        words = SubElement(box, "p")
        words.text = first
        for line in more:
            SubElement(words, "br").tail = line
    return box
