"""The texts of a book as HTML: what EPUB, HTML and ZIM have in common.

Belongs here: a text with its title, label and source line, and the style sheet. Not here: the elements in it
(content/web_text.py), the files around it (web.py, epub.py, zim/)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from handbook.base.escape import escape
from handbook.content import figures
from handbook.content.markup import is_external
from handbook.content.web_page import STYLE
from handbook.content.web_text import TOP, Places, web_text
from handbook.export.book import Book, Place, Text
from handbook.export.links import live
from handbook.export.words import words_of

STYLES = (
    STYLE.strip()
    + """
.source, .sheet { font-size: .9em; font-style: italic; } figcaption { font-size: .9em; }
figure { margin: 1em 0; } th { background: rgba(23, 96, 109, .15); }
thead { display: table-header-group; } tr, figure, .box { break-inside: avoid; }
nav ol { list-style: none; padding-left: 1.2em; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; line-height: 1.25; }
.skip { position: absolute; left: -99em; } .skip:focus { position: static; }
@media print {
  body { font-size: 11pt; max-width: none; margin: 0; padding: 0; }
  nav, .skip, .search { display: none; } a { color: inherit; text-decoration: none; }
  article { break-before: page; }
}
"""
)


def section(
    book: Book,
    text: Text,
    address: Callable[[Place], str],
    name: Callable[[str], str],
    picture: Callable[[Element], str],
    first_level: int = 1,
) -> str:
    """A text from its title to its source line.

    address: of a place of the book, in a link. name: of a place in this text. first_level: of its title."""

    def link(target: str) -> str:
        if is_external(target):
            return live(target)
        place = book.place(target)
        return address(place) if place is not None else ""

    places = Places(name, link, picture, figures.not_shown)
    words = words_of(book, text)
    out: list[str] = []
    level = first_level
    if not text.has_title:
        out.append(f'<h{level} id="{escape(name(TOP))}">{escape(text.title)}</h{level}>\n')
        out.append(f'<p class="sheet">{escape(text.label)}</p>\n')
        level += 1
    apart = web_text(text.apart, words, places, level) if text.apart is not None else ""
    body = web_text(text.tree, words, places, level)
    if text.is_statement:
        named = f'aria-label="{escape(words.theirs)}"'
        body = f'{apart}<section {named}><blockquote class="theirs">\n{body}</blockquote></section>\n'
    out.append(f'<div lang="{text.language}" xml:lang="{text.language}">\n{body}</div>\n' if text.language else body)
    out.append(f'<p class="source">{escape(text.source)}</p>\n')
    return "".join(out)
