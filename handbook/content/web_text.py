"""An element tree as HTML for browsers, readers of e-books and screen readers.

Belongs here: which elements, roles and ids a text is made of. Not here: the file around it (web_page.py, export/), the
HTML of the window's page (html.py).

What is written is both HTML and well-formed XML, as an EPUB asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.base.direction import direction_of
from handbook.base.escape import escape
from handbook.content import figures
from handbook.content.markup import BLOCKS, HEADINGS, is_tick_list

_DIRECTED = BLOCKS - {"div", "thead", "tbody", "tr", "hr", "figure"}  # may be read another way than what is around
_SAME = BLOCKS | {"code", "del", "em", "strong", "span", "sub", "sup"}
# Names of ours have a "~", which no anchor of a text has: a text may have a heading "Note 1".
TOP = "~top"
_NO_NAME = re.compile(r"[^\w.-]|_")  # signs of footnotes' names that may not stand in a name or an address


class Heading(NamedTuple):
    """A line of the contents."""

    level: int
    title: str
    anchor: str


class Words(NamedTuple):
    """What the file says besides the chapter, in the person's language."""

    contents: str  # above the list of headings
    theirs: str  # whose words the statement is
    notes: str  # name of the footnotes
    note: str  # of a mark in the text, before its number
    back: str  # of the link from a footnote to its mark
    room: str  # instead of empty lines to write on


class Places(NamedTuple):
    """How a text's places and links are called in a file.

    name: of a place in the text, by its anchor. link: of where a link leads, by its target; "" to leave its words.
    picture: the address of a figure's picture; "" to leave its words. not_shown: why it has none."""

    name: Callable[[str], str]
    link: Callable[[str], str]
    picture: Callable[[Element], str]
    not_shown: Callable[[Element], str]


def web_text(tree: Element, words: Words, places: Places, first_level: int = 1) -> str:
    """What is in a tree, as HTML. first_level: of the tree's highest heading; none is skipped on the way down."""
    return _Writer(words, places, first_level).written(tree)


class _Writer:
    """Writes one text; counts how often each footnote was referred to, as each mark needs a name of its own."""

    def __init__(self, words: Words, places: Places, first_level: int) -> None:
        self._words, self._places, self._first = words, places, first_level
        self._marks: Counter[str] = Counter()
        self._above: list[int] = []
        self._out: list[str] = []
        self._direction = "ltr"  # of what is around

    def written(self, tree: Element) -> str:
        self._children(tree)
        return "".join(self._out)

    def _id(self, anchor: str) -> str:
        return f' id="{escape(self._places.name(anchor))}"'

    def _children(self, element: Element) -> None:
        self._out.append(escape(element.text))
        after_mark = False
        for child in element:
            mark = child.tag == "sup" and child.get("data-note") is not None
            if mark and after_mark:
                self._out.append("<sup>, </sup>")
            self._element(child)
            after_mark = mark and not (child.tail or "").strip()
            self._out.append("" if after_mark else escape(child.tail))

    def _wrapped(self, element: Element, tag: str, attributes: str = "") -> None:
        name, around = element.get("id"), self._direction
        if tag in _DIRECTED:
            self._direction = direction_of("".join(element.itertext())) or around
        way = f' dir="{self._direction}"' if self._direction != around else ""
        self._out.append(f"<{tag}{self._id(name or TOP) if name is not None else ''}{way}{attributes}>")
        self._children(element)
        self._direction = around
        self._out.append(f"</{tag}>" + ("\n" if tag in BLOCKS else ""))

    def _element(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in ("br", "hr"):
            self._out.append(f"<{tag}/>")
        elif tag in HEADINGS:
            self._wrapped(element, f"h{self._level(element)}")
        elif tag == "a":
            self._link(element)
        elif tag == "figure":
            self._figure(element)
        elif element.get("data-note") is not None and tag in ("sup", "li"):
            (self._mark if tag == "sup" else self._note)(element, element.get("data-note", ""))
        elif tag == "div" and element.get("class"):
            self._box(element, element.get("class", "").split())
        elif tag in ("th", "td"):
            # Markdown has heads of columns alone
            self._wrapped(element, tag, ' scope="col"' if tag == "th" else "")
        elif tag == "ol":
            start = element.get("start", "")
            self._wrapped(element, "ol", f' start="{start}"' if re.fullmatch("[0-9]{1,9}", start) else "")
        elif is_tick_list(element):
            self._wrapped(element, "ul", ' class="ticks"')
        else:
            self._wrapped(element, tag if tag in _SAME else "div")

    def _level(self, heading: Element) -> int:
        level = 0 if "chapter" in heading.get("class", "").split() else int(heading.tag[1])
        if heading.get("id") is None:  # it begins no section
            return min(6, level + self._first - 1)
        while self._above and self._above[-1] >= level:
            self._above.pop()
        self._above.append(level)
        return min(6, self._first + len(self._above) - 1)

    def _link(self, element: Element) -> None:
        target = self._places.link(element.get("href", ""))
        self._wrapped(element, "a" if target else "span", f' href="{escape(target)}"' if target else "")

    def _figure(self, element: Element) -> None:
        alternative, caption = element.get("alt", ""), figures.caption_of(element)
        anchor = element.get("id")
        self._out.append(f"<figure{self._id(anchor) if anchor else ''}>")
        address = self._places.picture(element) if figures.is_shown(element) else ""
        if address:
            self._out.append(f'<img alt="{escape(alternative)}" src="{escape(address)}"/>')
            drawn = element.get("data-words", "")
            self._out.append(f'<p class="unseen">{escape(drawn)}</p>' if drawn else "")
        else:
            said = "" if figures.is_shown(element) else self._places.not_shown(element)
            told = (said, alternative, element.get("data-words", ""))
            self._out.extend(f"<p>{escape(text)}</p>" for text in told if text)
        self._out.append(f"<figcaption>{escape(caption)}</figcaption>" if caption else "")
        self._out.append("</figure>\n")

    def _mark(self, element: Element, note: str) -> None:
        self._marks[note] += 1
        name = self._id(_name_of("mark", note)) if self._marks[note] == 1 else ""
        target = escape(self._places.name(_name_of("note", note)))
        label = escape(f"{self._words.note} {element.text or ''}")
        self._out.append(
            f'<sup><a{name} href="#{target}" role="doc-noteref" aria-label="{label}">{escape(element.text)}</a></sup>'
        )

    def _note(self, element: Element, note: str) -> None:
        self._out.append(f"<li{self._id(_name_of('note', note))}>")
        self._children(element)
        if self._marks[note]:
            label = escape(self._words.back)
            name = escape(self._places.name(_name_of("mark", note)))
            self._out.append(f'<a href="#{name}" role="doc-backlink" aria-label="{label}">↩</a>')
        self._out.append("</li>\n")

    def _box(self, element: Element, classes: list[str]) -> None:
        if "footnotes" in classes:
            self._out.append(f'<hr/><section role="doc-endnotes" aria-label="{escape(self._words.notes)}">\n')
            self._children(element)
            self._out.append("</section>\n")
        elif "lines" in classes:
            self._wrapped(element, "div")
            self._out.append(f'<div class="room" role="img" aria-label="{escape(self._words.room)}"></div>\n')
        elif "admonition" in classes:
            self._wrapped(element, "div", ' class="box" role="note"')
        else:
            self._wrapped(element, "div")


def _name_of(what: str, note: str) -> str:
    """The name of a footnote ("note"), or of the first mark that leads to it ("mark")."""
    return f"{what}~{_NO_NAME.sub(lambda sign: f'_{ord(sign.group()):x}_', note)}"


def contents(headings: Iterable[Heading]) -> str:
    """Links to headings as lists in lists, whatever levels are left out."""
    out: list[str] = []
    levels: list[int] = []
    for level, title, anchor in headings:
        while len(levels) > 1 and levels[-2] >= level:
            out.append("</li></ul>")
            levels.pop()
        if not levels or level > levels[-1]:
            out.append("<ul>")
            levels.append(level)
        else:
            out.append("</li>")
            levels[-1] = level
        out.append(f'<li><a href="#{escape(anchor)}">{escape(title)}</a>')
    out.append("</li></ul>" * len(levels))
    return "".join(out)
