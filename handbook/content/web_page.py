"""A chapter as one HTML file for a web browser, which screen readers know best.

Belongs here: the file around the text: landmarks, contents, policy, style. Not here: the text (web_text.py), the
HTML of the window's page (html.py), and opening the file (ui/reading/in_browser.py).

The file needs nothing but itself: it has no script, and its policy forbids the browser to fetch anything. Only links
within the chapter are links; of all others the words are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.base.atomic_file import file_name
from handbook.base.escape import escape
from handbook.content.address import Address
from handbook.content.markup import is_external
from handbook.content.web_text import TOP, Heading, Places, Words, contents, web_text

STYLE = """
:root { color-scheme: light dark; }
body { font: 1.15em/1.5 sans-serif; max-width: 42em; margin: 1em auto; padding: 0 1em; }
blockquote { margin: 1em 0; padding: 0 1em; border-left: 4px solid; }
blockquote.theirs { font-family: serif; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: .3em .6em; text-align: start; }
.box { border: 2px solid; padding: 0 1em; margin: 1em 0; } .box > p:first-child, dt { font-weight: bold; }
.room { border: 1px solid; height: 6em; } img { max-width: 100%; height: auto; background: #fff; }
ul.ticks { list-style: none; padding-left: 1em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


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
    names = {element.get("id") or TOP for element in page.tree.iter() if "id" in element.attrib} | {TOP}

    def link(target: str) -> str:
        if is_external(target):
            return ""  # the handbook opens no network from here
        to = Address.parse(target)  # as markup.parse has resolved it
        return f"#{to.anchor or TOP}" if to.chapter == page.address and (to.anchor or TOP) in names else ""

    def in_file(figure: Element) -> str:
        address = picture(figure)
        return address if address.startswith("data:image/") else ""

    title = escape(page.title)
    out = [f'<!DOCTYPE html>\n<html lang="{escape(page.language)}">\n<head>\n<meta charset="utf-8">\n']
    out.append(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n')
    out.append('<meta name="referrer" content="no-referrer">\n')
    out.append('<meta name="viewport" content="width=device-width">\n')
    out.append(f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n")
    if page.headings:
        name = escape(words.contents)
        out.append(f'<nav aria-labelledby="contents-of-this-page"><p id="contents-of-this-page">{name}</p>')
        out.append(f"{contents(page.headings)}</nav>\n")
    out.append("<main>\n")
    if not page.has_title:
        out.append(f'<h1 id="{TOP}">{title}</h1>\n')
    if page.label:
        out.append(f"<p>{escape(page.label)}</p>\n")
    if page.statement:
        out.append(f'<section aria-label="{escape(words.theirs)}"><blockquote class="theirs">\n')
    places = Places(lambda anchor: anchor, link, in_file, not_shown)
    out.append(web_text(page.tree, words, places, 1 if page.has_title else 2))
    out.append("</blockquote></section>\n" if page.statement else "")
    out.append(f"</main>\n<footer><p>{escape(page.source)}</p></footer>\n</body>\n</html>\n")
    return "".join(out)


def name_of(title: str) -> str:
    """The name of a chapter's file, valid on every system."""
    return file_name(title, ".html")


def headings_of(sections: Iterable[tuple[Address, str, int]]) -> tuple[Heading, ...]:
    """The contents of a chapter: its sections (address, title, level) that have an anchor."""
    return tuple(Heading(level, title, address.anchor) for address, title, level in sections if address.anchor)
