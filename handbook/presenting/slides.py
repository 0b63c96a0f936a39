"""A chapter as slides to be shown to a room, and blocks in smaller pieces.

Belongs here: what stands on a slide, in which order, and where a block may be divided. Not here: how large it is shown,
and what fits on a page (fitting.py)."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from handbook.content import figures, markup, term_lines
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.markup import BLOCKS, HEADINGS
from handbook.content.terms import Entry

COVERED = frozenset(("back", "key"))  # call-outs that are shown only when asked for: a card's back, a case's key
_UNFRAMED = frozenset(("card", "back", "case"))  # shown without their frame: the slide itself is one
NO_INITIAL = r"(?<!\b[^\W\d_]\.)"  # a pattern: a single letter with its stop, as "N.", ends no sentence
_SENTENCE_END = re.compile(rf"(?<=[.!?…:;]){NO_INITIAL}[”\"'’)]*\s+")
_FRAMES = ("li", "div", "blockquote")
_AROUND = ("ul", "ol", "dl", *_FRAMES)
_TITLES = (*HEADINGS, "dt")
_WORDS_EACH = 12  # of a sentence that has to be divided


class Slide(NamedTuple):
    """What is shown at once, if it fits.

    address:  of the section that it shows.
    anchors:  of places inside it, such as a paragraph of the statement, and the number of the block that has each.
    title:    "" for none.
    blocks:   its block elements in order; each can also be shown by itself.
    covered:  shown in place of the blocks when somebody asks: the back of a card, the key to a case.
    source:   whose words these are.
    verbatim: are they La Strada's?
    first:    words by which the page is known that is shown first, "" for the first of all.
    largest:  how much larger than other text its text may be."""

    address: Address
    title: str
    blocks: tuple[Element, ...]
    covered: tuple[Element, ...]
    source: str
    verbatim: bool
    anchors: tuple[tuple[str, int], ...] = ()
    first: str = ""
    largest: float = 1.0


def slides_of(handbook: Handbook, chapter: Chapter, read: Callable[[str], Element] | None = None) -> tuple[Slide, ...]:
    """A slide for each section of a chapter that has words of its own, in order.

    read: as in markup.parse()."""
    return slides_in(handbook, chapter, markup.parse(chapter, read))


def slides_in(handbook: Handbook, chapter: Chapter, root: Element) -> tuple[Slide, ...]:
    """The same of a tree of the chapter, from which some may have been left out."""
    verbatim = chapter.front.kind == "statement"
    source = handbook.source_line(chapter)
    titles = {section.address.anchor: section.title for section in chapter.sections}
    made: list[Slide] = []
    # Of a glossary, other names and links are for the reader.
    left_out = ("ul",) if chapter.front.kind == "glossary" else ()
    for anchor, own in _by_section(root):
        blocks = [block for block in own if block.tag not in left_out]
        shown, covered = list[Element](), list[Element]()
        anchors: list[tuple[str, int]] = []
        for block in blocks:
            if _is_covered(block):
                covered += _unframed(_plain(block))
            else:
                anchors += [(name, len(shown)) for one in block.iter() if (name := one.get("id"))]
                shown += _unframed(_plain(block))
        if any(figures.is_shown(block) or markup.words_of(block) for block in shown):
            address, title = Address(chapter.id, anchor), titles.get(anchor, chapter.title)
            made.append(Slide(address, title, tuple(shown), tuple(covered), source, verbatim, tuple(anchors)))
    return tuple(made)


def with_terms(made: Sequence[Slide], folder: Path, language: str) -> tuple[Slide, ...]:
    """Slides of a glossary with each term in another language above its definition, with what misleads."""
    table = term_lines.by_anchor(folder, language)
    return tuple(
        slide._replace(blocks=_with_terms(slide, table[slide.address.anchor]))
        if slide.address.anchor in table
        else slide
        for slide in made
    )


def _with_terms(slide: Slide, entries: Sequence[Entry]) -> tuple[Element, ...]:
    above = Element("p")
    SubElement(above, "strong").text = term_lines.line(entries, slide.title)
    misleading = []
    for trap in term_lines.traps(entries):
        misleading.append(Element("p"))
        misleading[-1].text = trap
    return (above, *misleading, *slide.blocks)


def slide_of_words(text: str, address: Address, source: str, *, verbatim: bool) -> Slide:
    """A slide of selected words alone, a paragraph for each line."""
    blocks = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        block = Element("p")
        block.text = line
        blocks.append(block)
    return Slide(address, "", tuple(blocks), (), source, verbatim)


def place_of(slides: Sequence[Slide], anchor: str, order: Sequence[str]) -> int:
    """The number of the slide for a section, or of the next one below it that has words; 0 if there is none.

    order: the anchors of the chapter's sections, in order."""
    numbers = {slide.address.anchor: number for number, slide in enumerate(slides)}
    begin = order.index(anchor) if anchor in order else 0
    return next((numbers[one] for one in order[begin:] if one in numbers), 0)


def pieces_of(blocks: Sequence[Element]) -> tuple[Element, ...]:
    """Blocks in the pieces that are shown one by one: each paragraph, list item, table."""
    lists = ("ul", "ol", "dl")

    def parts(block: Element) -> tuple[Element, ...]:
        # A single item is a piece: its sentences belong together.
        return smaller(block) if block.tag in lists and len(block) > 1 else ()

    return tuple(piece for block in blocks for piece in parts(block) or (block,))


def introduces(block: Element) -> bool:
    """Does a block say nothing without what follows? A title, a term, a line with a colon."""
    if len(block) == 1 and block.tag in _AROUND and not (block.text or "").strip():
        return introduces(block[0])
    if block.tag in _TITLES or "admonition-title" in _classes(block):
        return True
    words = markup.words_of(block).strip()
    emphasised = "".join(markup.words_of(child) for child in block if child.tag in ("em", "strong")).strip()
    return block.tag in ("p", "li") and bool(words) and (words.endswith(":") or words == emphasised)


# -- Of a tree ------------------------------------------------------------------------------------------------


def _by_section(root: Element) -> Iterator[tuple[str, list[Element]]]:
    """The anchor of each section and its own blocks, without its heading."""
    anchor, blocks = "", list[Element]()
    for block in root:
        if block.tag in HEADINGS and block.get("id") is not None:
            if blocks:
                yield anchor, blocks
            anchor, blocks = block.get("id", ""), []
        elif block.get("class") != "footnotes":
            blocks.append(block)
    if blocks:
        yield anchor, blocks


def _plain(block: Element) -> Element:
    """A copy without what is of no use in front of a room: links, numbers of footnotes, anchors.

    A picture inside a list or a frame, or one that is not shown, becomes its words: only a whole page can hold one."""
    made = copy.deepcopy(block)
    made.tail = None
    if not figures.is_shown(made):
        around = Element("div")
        around.append(made)
        figures.as_words(around)
        made = around[0] if len(around) == 1 else around
    for parent in list(made.iter()):
        parent.attrib.pop("id", None)
        for child in list(parent):
            if child.tag == "a":
                child.tag = "span"
                child.attrib.clear()
            elif child.get("data-note") is not None:
                _remove(parent, child)
    return made


def _remove(parent: Element, child: Element) -> None:
    """Take a child out and leave what stands behind it."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _classes(block: Element) -> frozenset[str]:
    return frozenset(block.get("class", "").split())


def _is_covered(block: Element) -> bool:
    return not COVERED.isdisjoint(_classes(block))


def _unframed(block: Element) -> list[Element]:
    """A block, or what is in it where its frame would only be one more on the slide."""
    if _UNFRAMED.isdisjoint(_classes(block)):
        return [block]
    return [child for child in block if markup.words_of(child)]


# -- Dividing -------------------------------------------------------------------------------------------------


def smaller(block: Element) -> tuple[Element, ...]:
    """A block in smaller ones that show the same words in the same order; empty for one that can't be divided.

    A list is divided into its items, a table into its rows, each under the table's head, a frame into what is in it,
    a paragraph into its sentences, and a sentence into runs of words."""
    if block.tag in ("ul", "ol"):
        return _items(block)
    if block.tag == "dl":
        return _alone(block, list(block))
    if block.tag == "table":
        return _rows(block)
    if block.tag in ("div", "blockquote") and any(child.tag in BLOCKS for child in block):
        parts = list(block)
        return _alone(block, parts) if len(parts) > 1 else _rewrapped(block, parts[0])
    return _sentences(block)


def joined(whole: Element, parts: Sequence[Element]) -> Element:
    """Some of the parts that smaller() made of a block, which follow each other, as one block again.

    Otherwise rows of one table would have columns of different widths, and sentences of one item bullets of their own.
    """
    if len(parts) == 1:
        return parts[0]
    made = _copy_of(parts[0])
    if whole.tag == "table":
        if (head := whole.find("thead")) is not None:
            made.append(head)
        body = Element("tbody")
        body.extend(row for part in parts for row in part.iterfind("tbody/tr"))
        made.append(body)
    elif whole.tag in ("ul", "ol") and len(whole) == 1:
        made.append(joined(whole[0], [part[0] for part in parts]))
    elif whole.tag in _FRAMES and any(child.tag in BLOCKS for child in whole):
        if len(whole) == 1:
            made.append(joined(whole[0], [part[0] for part in parts]))
        else:
            made.extend(child for part in parts for child in part)
    elif whole.tag in ("ul", "ol", "dl"):
        made.extend(child for part in parts for child in part)
    else:
        for part in parts:
            _add_text(made, part.text)
            for child in part:
                inline = copy.deepcopy(child)
                inline.tail = None
                made.append(inline)
                _add_text(made, child.tail)
    return made


def _add_text(block: Element, text: str | None) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "") + (text or "")
    else:
        block.text = (block.text or "") + (text or "")


def _copy_of(block: Element, *children: Element, **attributes: str) -> Element:
    made = Element(block.tag, {**block.attrib, **attributes})
    made.extend(children)
    return made


def _alone(block: Element, children: Sequence[Element]) -> tuple[Element, ...]:
    return tuple(_copy_of(block, child) for child in children) if len(children) > 1 else ()


def _rewrapped(block: Element, child: Element) -> tuple[Element, ...]:
    """A frame with one thing in it that is divided: a frame around each part."""
    return tuple(_copy_of(block, part) for part in smaller(child))


def _items(listing: Element) -> tuple[Element, ...]:
    items = list(listing)
    if len(items) == 1:
        item = items[0]
        if not any(child.tag in BLOCKS for child in item):
            parts = _sentences(item)
        elif len(item) == 1:
            parts = _rewrapped(item, item[0])
        else:
            parts = _alone(item, list(item))
        return tuple(_copy_of(listing, part) for part in parts)
    start = int(listing.get("start", "1")) if listing.get("start", "1").isdecimal() else 1
    numbered = listing.tag == "ol"
    return tuple(
        _copy_of(listing, item, **({"start": str(start + number)} if numbered else {}))
        for number, item in enumerate(items)
    )


def _rows(table: Element) -> tuple[Element, ...]:
    head = table.find("thead")
    rows = [row for row in table.iter("tr") if head is None or row not in list(head)]
    made: list[Element] = []
    for row in rows if len(rows) > 1 else ():
        body = Element("tbody")
        body.append(row)
        made.append(_copy_of(table, *([head] if head is not None else []), body))
    return tuple(made)


def _sentences(block: Element) -> tuple[Element, ...]:
    """A block with words in it, divided behind its sentences; behind some words where it is a single one."""
    return _divided(block, _SENTENCE_END) or _divided(block, None)


def _divided(block: Element, end: re.Pattern[str] | None) -> tuple[Element, ...]:
    """Divide where `end` matches outside inline elements, or after some words where it is None."""
    made = [_copy_of(block)]

    def add_text(text: str | None) -> None:
        for number, part in enumerate(_parts(text or "", end)):
            if number:
                made.append(_copy_of(block))
            _add_text(made[-1], part)

    add_text(block.text)
    for child in block:
        inline = copy.deepcopy(child)
        inline.tail = None
        made[-1].append(inline)
        add_text(child.tail)
    kept = [one for one in made if markup.words_of(one)]
    return tuple(kept) if len(kept) > 1 else ()


def _parts(text: str, end: re.Pattern[str] | None) -> list[str]:
    if end is not None:
        cuts = [match.end() for match in end.finditer(text)]
        return [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    words = re.split(r"(?<=\s)(?=\S)", text)
    return ["".join(words[at : at + _WORDS_EACH]) for at in range(0, len(words), _WORDS_EACH)] or [""]
