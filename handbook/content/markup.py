"""Parses Markdown into an element tree.

Belongs here: the one tree from which both the page on the screen (html.py) and the printed page (printing/typeset/) are
made. Not here: what of Markdown is read (python_markdown.py), how either looks.

The tree is plain xml.etree:
- a heading has its section's anchor as `id`, a link inside the handbook the full address as `href`;
- raw HTML is text, so that nothing in a content file becomes markup of a page;
- a footnote mark is a `sup` of class "footnote-ref" with the id in `data-note`; the notes are in a `div` of class
  "footnotes" at the end, each an `li` with the id in `data-note`;
- a call-out is a `div` of class "admonition" and its kind, its title a first `p` of class "admonition-title";
- a place that the source has in HTML (`<a id="x"></a>`) is a `span` with the `id`;
- a picture alone in its paragraph is a `figure`, as figures.py describes it; any other is its words;
- room to write is a `div` of class "lines", with the number of lines in `data-lines` and its height in mm in
  `data-height`."""

from __future__ import annotations

import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Container, Iterator
from xml.etree.ElementTree import Element

from handbook.base.late_patterns import late_pattern
from handbook.base.log import logger
from handbook.content import figures
from handbook.content.address import SCHEMES
from handbook.content.bounds import flatten
from handbook.content.chapter import Chapter, title_words
from handbook.content.entities import unescaped, without_entities
from handbook.content.headings import fenced_lines

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    [
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "blockquote",
        "hr",
        "div",
        "figure",
    ]
).union(HEADINGS)
_CLOSED = frozenset(("admonition", "footnotes", "lines"))  # classes of blocks whose headings begin no section
TICK, TICKED = "☐", "☑"
LINE_HEIGHT = 8  # mm between the lines to write on
MOST_LINES = 40  # of writing room in one place: more is a page of its own
PLAIN, FLAT = "data-plain", "data-flat"  # of a tree: its source could not be parsed, or lay too deep in itself
_TAGS = BLOCKS - {"figure"} | frozenset(
    ("a", "br", "code", "del", "em", "img", "span", "strong", "sub", "sup")
)  # all that Markdown makes
_MEANING = late_pattern(r" {0,3}:[ \t]{1,3}\S")
_ROOM = late_pattern(r"\s*+(?:0++(?=[0-9]))?+([0-9]++)\s*+(mm)?+\s*+")
_STASHED = late_pattern("\u0002wzxhzdk:(\\d+)\u0003")
_STASHED_CODE = late_pattern(r"^<pre[^>]*><code[^>]*>(.*)</code></pre>\s*$", re.DOTALL)
_EXTERNAL = late_pattern(r"^[A-Za-z][A-Za-z0-9+.-]*:")


_log = logger(__name__)
_parsing = threading.Lock()  # a thread may print while the window shows a page, and there is one converter


def parse(chapter: Chapter, read: Callable[[str], Element] | None = None) -> Element:
    """A chapter as a new element tree under one `div`, which the caller may change.

    read: used in place of `from_markdown`; the window takes chapters from the cache with it (parse_cache.py)."""
    root = (read or from_markdown)("\n".join(chapter.lines))
    _name_headings(root, chapter)
    _name_once(root)
    if chapter.files.rule != "ours":
        _without_empty_heads(root)
    for link in root.iter("a"):
        target = link.get("href", "")
        if not _EXTERNAL.match(target):
            link.set("href", str(chapter.resolve(target)))
    figures.describe(root, chapter.picture)
    return root


def is_external(target: str) -> bool:
    """Does a link of a tree lead out of all handbooks?

    It begins with a scheme, such as https:, or the letter of a drive. The name of a handbook in the library is none."""
    scheme = target.partition(":")[0].lower() if _EXTERNAL.match(target) else ""
    return bool(scheme) and (len(scheme) == 1 or scheme in SCHEMES or target[len(scheme) + 1 :].startswith("/"))


def from_markdown(source: str) -> Element:
    """The tree of a Markdown source before headings get anchors; links are as written."""
    try:
        # Imported when first used: 40 ms that opening the window should not wait for.
        from handbook.content.python_markdown import convert

        with _parsing:
            root, stash = convert(_apart(source))
        _only_known_tags(root)  # first, as others may lie in each other, too
        if flatten(root):
            root.set(FLAT, "true")
        _unstash(root, stash)
    except Exception:  # noqa: BLE001 - whatever Python-Markdown makes of a text: no chapter may stop the others
        _log.warning("a chapter could not be parsed: shown as it is written", exc_info=True)
        return _as_plain(source)
    _footnotes(root)
    figures.gather(root)
    _join_places(root)
    _writing_room(root)
    root.tail = None  # Python-Markdown ends it with a line
    return root


def _as_plain(source: str) -> Element:
    """A source as paragraphs of plain text, marked as such."""
    root = Element("div", {PLAIN: "true"})
    for block in re.split(r"\n[ \t]*\n", source):
        if block.strip():
            ET.SubElement(root, "p").text = block.strip()
    return root


def _apart(source: str) -> str:
    """The source with an empty line added before each term of a definition list.

    Without it, Python-Markdown reads a term as part of the definition above it."""
    if "\n:" not in source:
        return source
    lines = source.split("\n")
    fenced = fenced_lines(lines)
    out: list[str] = []
    in_list = False
    for number, line in enumerate(lines):
        meaning = bool(_MEANING.match(line))
        is_term = (
            line[:1].strip() != "" and not meaning and number + 1 < len(lines) and _MEANING.match(lines[number + 1])
        )
        if is_term and in_list and not fenced[number] and out and out[-1].strip():
            out.append("")
        in_list = bool(meaning or is_term or (in_list and line[:1] in ("", " ", "\t")))
        out.append(line)
    return "\n".join(out)


def _unstash(root: Element, stash: list[str]) -> None:
    """Put the stash back in place of the placeholders: as text, and fenced code as `pre` elements."""

    def restored(text: str | None) -> str | None:
        if not text:
            return text
        # In Python-Markdown's own text (code, addresses) signs are entities; the stash is as it was written.
        text = text.replace("\u0002amp\u0003", "&").replace("\u0002qq3936677670287331zz\u0003", "\u00a0")
        text = without_entities(text)
        return _STASHED.sub(lambda match: _stash_text(stash, int(match.group(1))), text)

    for element in list(root.iter()):  # a list, as what is made here is whole already
        whole = _STASHED.fullmatch((element.text or "").strip())
        code = _STASHED_CODE.match(stash[int(whole.group(1))]) if whole and int(whole.group(1)) < len(stash) else None
        if code and element.tag == "p" and len(element) == 0:
            element.tag = "pre"
            element.text = ""
            child = ET.SubElement(element, "code")
            child.text = unescaped(code.group(1))
        else:
            element.text = restored(element.text)
        element.tail = restored(element.tail)
        for name, value in element.items():
            element.set(name, restored(value) or "")


def _stash_text(stash: list[str], number: int) -> str:
    """A stashed piece as text: an entity becomes its character, a tag stays as it is written.

    Raw HTML may contain placeholders of pieces that were stashed earlier, such as fenced code."""
    piece = stash[number] if number < len(stash) else ""
    code = _STASHED_CODE.match(piece)
    if code:
        return unescaped(code.group(1))
    if piece.startswith("&"):
        return unescaped(piece)
    return _STASHED.sub(lambda inner: _stash_text(stash[:number], int(inner.group(1))), piece)


def _footnotes(root: Element) -> None:
    """Give footnotes the form that this module's docstring describes."""
    for sup in root.iter("sup"):
        link = sup.find("a")
        if link is not None and link.get("class") == "footnote-ref":
            name = link.get("href", "").removeprefix("#fn:")
            number, tail = link.text, sup.tail
            sup.clear()  # takes the tail too
            sup.set("class", "footnote-ref")
            sup.set("data-note", name)
            sup.text, sup.tail = number, tail
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "div" and child.get("class") == "footnote":
                child.set("class", "footnotes")
                for rule in child.findall("hr"):
                    child.remove(rule)
                for item in child.iterfind("ol/li"):  # lists in a note are none
                    item.set("data-note", item.get("id", "").removeprefix("fn:"))
                    item.attrib.pop("id", None)
    for parent in list(root.iter()):
        ways_back = parent.findall("a[@class='footnote-backref']")
        for link in ways_back:
            parent.remove(link)
        if ways_back and len(parent):  # with the space before them
            parent[-1].tail = (parent[-1].tail or "").rstrip()
        elif ways_back:
            parent.text = (parent.text or "").rstrip()


def _only_known_tags(root: Element) -> None:
    """HTML with Markdown in it (`<section markdown="1">`) becomes elements: unknown ones are replaced by `div`."""
    for element in root.iter():
        if element.tag not in _TAGS:
            element.tag = "div"


def _join_places(root: Element) -> None:
    """Put places that stand in a paragraph by themselves at the beginning of the paragraph or heading below it."""
    for parent in list(root.iter()):
        for alone, below in zip(list(parent), list(parent)[1:], strict=False):
            if alone.tag == "p" and below.tag in ("p", *HEADINGS) and len(alone) and _holds_only_places(alone):
                alone[-1].tail, below.text = below.text, None
                below[:0] = list(alone)
                parent.remove(alone)


def _holds_only_places(element: Element) -> bool:
    return not (element.text or "").strip() and all(
        child.tag == "span"
        and child.get("id")
        and not len(child)
        and not f"{child.text or ''}{child.tail or ''}".strip()
        for child in element
    )


def _writing_room(root: Element) -> None:
    """Turn call-outs `!!! lines "5"` or `"40 mm"` into room to write: a div of class "lines" with its size."""
    for block in root.iter("div"):
        if "lines" in block.get("class", "").split():
            title = block.find("p[@class='admonition-title']")
            height = 3 * LINE_HEIGHT
            if title is not None:
                block.remove(title)
                asked = _ROOM.fullmatch(title.text or "")
                if asked:
                    height = int(asked.group(1)[:9]) * (1 if asked.group(2) else LINE_HEIGHT)
            height = min(height, MOST_LINES * LINE_HEIGHT)
            block.set("class", "lines")
            block.set("data-height", str(height))
            block.set("data-lines", str(height // LINE_HEIGHT))


def _without_empty_heads(root: Element) -> None:
    """Leave out the head of others' tables that has no words where the rows do: in Markdown no table has none."""
    for table in root.iter("table"):
        head, body = table.find("thead"), table.find("tbody")
        if head is None or body is None or any(text.strip() for text in head.itertext()):
            continue
        if any(text.strip() for text in body.itertext()) and head.find("./*/*/*") is None:
            table.remove(head)


def _outer_headings(parent: Element) -> Iterator[Element]:
    """The headings that can begin a section: not those in a quotation, a call-out, a definition or a footnote."""
    for child in parent:
        if child.tag in HEADINGS:
            yield child
        elif child.tag not in ("blockquote", "dd") and _CLOSED.isdisjoint(child.get("class", "").split()):
            yield from _outer_headings(child)


def _name_headings(root: Element, chapter: Chapter) -> None:
    """Give each heading the anchor of its section, matched by order, level and text.

    headings.py and Python-Markdown may find different headings in unusual sources: a heading that matches no section
    gets no anchor, and the others still get their own."""
    written = {
        heading.line: _letters(title_words(heading.title, chapter.defined)) for heading in chapter.found.headings
    }
    # The chapter itself is a section, and may have no heading.
    waiting = [section for section in chapter.sections if section.level or section.body > section.start]
    for element in root.iter():
        if element.tag in HEADINGS:
            element.attrib.pop("id", None)
    for element in _outer_headings(root):
        words, level = _letters(_title_of(element)), int(element.tag[1])
        for number, section in enumerate(waiting):
            if (section.level or level) == level and written.get(section.start, "") == words:
                element.set("id", section.address.anchor)
                if section.level == 0:
                    element.set("class", "chapter")
                del waiting[: number + 1]
                break


def _name_once(root: Element) -> None:
    """Leave an `id` to the heading that has it, else to the first element, as links lead there."""
    named = [element for element in root.iter() if element.get("id")]
    given = {element.get("id") for element in named if element.tag in HEADINGS}
    for element in named:
        if element.tag not in HEADINGS:
            if element.get("id") in given:
                del element.attrib["id"]
            else:
                given.add(element.get("id"))


def _title_of(element: Element) -> str:
    """A heading's text without the numbers of footnotes."""
    pieces = [element.text or ""]
    for child in element:
        if child.get("data-note") is None:
            pieces.append(_title_of(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


# -- Parts of a tree ----------------------------------------------------------------------------------------


def cut(root: Element, anchors: Container[str]) -> Element:
    """Leave only the blocks of some sections ("" is the chapter's own text), with the lists that contain them.

    The tree is changed and returned. Footnotes that nothing refers to any more are removed too."""
    current = ""

    def keep(parent: Element) -> bool:
        nonlocal current
        kept_any = False
        for child in list(parent):
            if child.tag in HEADINGS and child.get("id") is not None:
                current = child.get("id", "")
            before = current
            nested = any(grandchild.tag in BLOCKS for grandchild in child)
            if child.get("class") == "footnotes":
                kept = True
            elif nested:
                kept = keep(child)
                if (child.text or "").strip() and before not in anchors:
                    child.text = None
            else:
                kept = current in anchors
            if kept:
                kept_any = True
            else:
                parent.remove(child)
        return kept_any

    keep(root)
    used = {sup.get("data-note") for sup in root.iter("sup")}
    for notes in root.findall("div[@class='footnotes']"):
        for listing in notes:
            for item in list(listing):
                if item.get("data-note") not in used:
                    listing.remove(item)
        if not any(len(listing) for listing in notes):
            root.remove(notes)
    return root


def words_of(root: Element) -> str:
    """The whole text of a tree, with one space between words, for checks to compare."""
    pieces: list[str] = []

    def walk(element: Element) -> None:
        block = element.tag in BLOCKS or element.tag == "br"
        if block:
            pieces.append(" ")
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if block:
            pieces.append(" ")

    walk(root)
    return " ".join("".join(pieces).split())


def is_tick_list(element: Element) -> bool:
    """Is it a list each of whose items begins with a box to tick, or one that is ticked? It needs no other signs."""
    items = element.findall("li")
    return element.tag == "ul" and bool(items) and all(_first_words(item).startswith((TICK, TICKED)) for item in items)


def _first_words(item: Element) -> str:
    text = (item.text or "").lstrip()
    return text or next(((child.text or "").lstrip() for child in item if child.tag == "p"), "")


def add_below_title(root: Element, words: str, link: tuple[str, str] | None = None) -> None:
    """Add a line below a chapter's title, or at the top of a text without one.

    link: words that follow it, and the address that they lead to."""
    below = Element("p", {"class": "sheet"})
    below.text = words
    if link is not None:
        below.text += " "
        ET.SubElement(below, "a", {"href": link[1]}).text = link[0]
    heading = root.find("*[@class='chapter']")
    root.insert(0 if heading is None else list(root).index(heading) + 1, below)
