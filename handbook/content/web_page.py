"""A chapter as one HTML file for a web browser, which screen readers know best.

Belongs here: landmarks, headings, tables, notes and alternative texts of that file. Not here: the HTML of the window's
page (html.py), and opening the file (ui/reading/in_browser.py).

The file needs nothing but itself: it has no script, and its policy forbids the browser to fetch anything. Only links
within the chapter are links; of all others the words are there."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.base.atomic_file import file_name
from handbook.content import figures
from handbook.content.handbook import Address
from handbook.content.markup import BLOCKS, is_external

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.15em/1.5 sans-serif; max-width: 42em; margin: 1em auto; padding: 0 1em; }
blockquote { margin: 1em 0; padding: 0 1em; border-left: 4px solid; }
blockquote.theirs { font-family: serif; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: .3em .6em; text-align: left; }
.box { border: 2px solid; padding: 0 1em; margin: 1em 0; } .box > p:first-child, dt { font-weight: bold; }
.room { border: 1px solid; height: 6em; } img { max-width: 100%; height: auto; background: #fff; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SAME = BLOCKS | {"code", "em", "strong", "span", "sup"}


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


class Page(NamedTuple):
    """A chapter to be written.

    address:  of the chapter, to tell links within it from all others.
    title:    the chapter's.
    has_title: is the title the tree's first heading?
    statement: the text is La Strada's: it becomes a quotation of its own.
    label:    a line of ours above the statement.
    source:   whose text it is, at the end of the file."""

    tree: Element
    address: str
    language: str
    title: str
    has_title: bool
    headings: tuple[Heading, ...]
    source: str
    statement: bool = False
    label: str = ""


def web_page(
    page: Page,
    words: Words,
    picture: Callable[[Element], str] = lambda _: "",
    not_shown: Callable[[Element], str] = lambda figure: figure.get("data-problem", ""),
) -> str:
    """The whole file. picture: a figure's picture as an address "data:…", "" to leave its words alone."""
    return _Writer(page, words, picture, not_shown).file()


def name_of(title: str) -> str:
    """The name of a chapter's file, valid on every system."""
    return file_name(title, ".html")


class _Writer:
    """Writes one file; counts how often each footnote was referred to, as each mark needs a name of its own."""

    def __init__(
        self, page: Page, words: Words, picture: Callable[[Element], str], not_shown: Callable[[Element], str]
    ) -> None:
        self._page, self._words, self._picture, self._not_shown = page, words, picture, not_shown
        self._names = {element.get("id") or "top" for element in page.tree.iter() if "id" in element.attrib} | {"top"}
        self._marks: Counter[str] = Counter()
        self._out: list[str] = []

    def file(self) -> str:
        page, out = self._page, self._out
        title = _escape(page.title)
        out.append(f'<!DOCTYPE html>\n<html lang="{_escape(page.language)}">\n<head>\n<meta charset="utf-8">\n')
        out.append(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n')
        out.append('<meta name="referrer" content="no-referrer">\n')
        out.append('<meta name="viewport" content="width=device-width">\n')
        out.append(f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n")
        if page.headings:
            name = _escape(self._words.contents)
            out.append(f'<nav aria-labelledby="contents-of-this-page"><p id="contents-of-this-page">{name}</p>')
            out.append(f"{_contents(page.headings)}</nav>\n")
        out.append("<main>\n")
        if not page.has_title:
            out.append(f'<h1 id="top">{title}</h1>\n')
        if page.label:
            out.append(f"<p>{_escape(page.label)}</p>\n")
        if page.statement:
            out.append(f'<section aria-label="{_escape(self._words.theirs)}"><blockquote class="theirs">\n')
        self._children(page.tree)
        out.append("</blockquote></section>\n" if page.statement else "")
        out.append(f"</main>\n<footer><p>{_escape(page.source)}</p></footer>\n</body>\n</html>\n")
        return "".join(out)

    def _children(self, element: Element) -> None:
        self._out.append(_escape(element.text))
        after_mark = False
        for child in element:
            mark = child.tag == "sup" and child.get("data-note") is not None
            if mark and after_mark:
                self._out.append("<sup>, </sup>")
            self._element(child)
            after_mark = mark and not (child.tail or "").strip()
            self._out.append("" if after_mark else _escape(child.tail))

    def _wrapped(self, element: Element, tag: str, attributes: str = "") -> None:
        name = element.get("id")
        self._out.append(f"<{tag}{_id(name or 'top') if name is not None else ''}{attributes}>")
        self._children(element)
        self._out.append(f"</{tag}>" + ("\n" if tag in BLOCKS else ""))

    def _element(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in ("br", "hr"):
            self._out.append(f"<{tag}>")
        elif tag == "a":
            self._link(element)
        elif tag == "figure":
            self._figure(element)
        elif element.get("data-note") is not None and tag in ("sup", "li"):
            (self._mark if tag == "sup" else self._note)(element, element.get("data-note", ""))
        elif tag == "div" and element.get("class"):
            self._box(element, element.get("class", "").split())
        elif tag in ("th", "td"):
            self._wrapped(element, tag, ' scope="col"' if tag == "th" else "")  # Markdown has heads of columns alone
        elif tag == "ol":
            start = element.get("start", "")
            self._wrapped(element, "ol", f' start="{start}"' if re.fullmatch("[0-9]{1,9}", start) else "")
        else:
            self._wrapped(element, tag if tag in _SAME else "div")

    def _link(self, element: Element) -> None:
        target = element.get("href", "")
        if not is_external(target):
            to = Address.parse(target)  # as markup.parse has resolved it
            if to.chapter == self._page.address and (to.anchor or "top") in self._names:
                self._wrapped(element, "a", f' href="#{_escape(to.anchor or "top")}"')
                return
        self._wrapped(element, "span")  # another chapter, or the network: the handbook opens neither from here

    def _figure(self, element: Element) -> None:
        alternative, caption = element.get("alt", ""), figures.caption_of(element)
        self._out.append(f"<figure{_id(element.get('id')) if element.get('id') else ''}>")
        address = self._picture(element) if figures.is_shown(element) else ""
        if address.startswith("data:image/"):
            self._out.append(f'<img alt="{_escape(alternative)}" src="{_escape(address)}">')
            drawn = element.get("data-words", "")
            self._out.append(f'<p class="unseen">{_escape(drawn)}</p>' if drawn else "")
        else:
            said = "" if figures.is_shown(element) else self._not_shown(element)
            told = (said, alternative, element.get("data-words", ""))
            self._out.extend(f"<p>{_escape(text)}</p>" for text in told if text)
        self._out.append(f"<figcaption>{_escape(caption)}</figcaption>" if caption else "")
        self._out.append("</figure>\n")

    def _mark(self, element: Element, note: str) -> None:
        self._marks[note] += 1
        name = _id(f"mark-{note}") if self._marks[note] == 1 else ""
        label = _escape(f"{self._words.note} {element.text or ''}")
        self._out.append(
            f'<sup><a{name} href="#note-{_escape(note)}" role="doc-noteref" aria-label="{label}">'
            f"{_escape(element.text)}</a></sup>"
        )

    def _note(self, element: Element, note: str) -> None:
        self._out.append(f"<li{_id(f'note-{note}')}>")
        self._children(element)
        if self._marks[note]:
            label = _escape(self._words.back)
            self._out.append(f'<a href="#mark-{_escape(note)}" role="doc-backlink" aria-label="{label}">↩</a>')
        self._out.append("</li>\n")

    def _box(self, element: Element, classes: list[str]) -> None:
        if "footnotes" in classes:
            self._out.append(f'<hr><section role="doc-endnotes" aria-label="{_escape(self._words.notes)}">\n')
            self._children(element)
            self._out.append("</section>\n")
        elif "lines" in classes:
            self._wrapped(element, "div")
            self._out.append(f'<div class="room" role="img" aria-label="{_escape(self._words.room)}"></div>\n')
        elif "admonition" in classes:
            self._wrapped(element, "div", ' class="box" role="note"')
        else:
            self._wrapped(element, "div")


def _contents(headings: Iterable[Heading]) -> str:
    """Links to headings as lists in lists, whatever levels are left out."""
    out: list[str] = []
    levels: list[int] = []
    for level, title, anchor in headings:
        while len(levels) > 1 and levels[-1] > level:
            out.append("</li></ul>")
            levels.pop()
        if not levels or level > levels[-1]:
            out.append("<ul>")
            levels.append(level)
        else:
            out.append("</li>")
            levels[-1] = level
        out.append(f'<li><a href="#{_escape(anchor)}">{_escape(title)}</a>')
    out.append("</li></ul>" * len(levels))
    return "".join(out)


def headings_of(sections: Iterable[tuple[Address, str, int]]) -> tuple[Heading, ...]:
    """The contents of a chapter: its sections (address, title, level) that have an anchor."""
    return tuple(Heading(level, title, address.anchor) for address, title, level in sections if address.anchor)


def _id(name: str | None) -> str:
    return f' id="{_escape(name)}"'


def _escape(text: str | None) -> str:
    return html.escape(text or "", quote=True)
