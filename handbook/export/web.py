"""Writes a book as HTML: one file, or a folder of files with a page that searches.

Belongs here: the pages around the texts: landmarks, contents, ways to the next page, search. Not here: the HTML of the
texts (web_texts.py).

Reading needs no script and nothing from a network: the policy of each page forbids the browser to fetch. The page that
searches has its script and its data inside, as a browser reads no other file from file:// for a script."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base.escape import escape
from handbook.content import markup
from handbook.content.web_text import TOP, Heading, contents
from handbook.export.book import Book, Place, Step, Text, no_step
from handbook.export.pictures import Pictures, pictures_of
from handbook.export.web_texts import STYLES, section
from handbook.printing.typeset import trees

_POLICY = "default-src 'none'; img-src {pictures}; style-src 'unsafe-inline'; base-uri 'none'{scripts}"
_BESIDE = "'self' file:"  # pictures beside the page, from a server or a disk
_WITH_SCRIPT = "; script-src 'unsafe-inline'"
_SCRIPT = Path(__file__).with_name("search.js")
_STYLE_FILE = "style.css"
_WIDE_FIELD = (
    "main form, main label { display: flex; flex: 1; align-items: baseline; gap: .5em; } "
    "main input { flex: 1; min-width: 0; } main input, main button { font: inherit; padding: .3em .5em; }"
)
_UNFOUND, _FOUND = "<!--htdig_noindex-->", "<!--/htdig_noindex-->"  # Kiwix quotes nothing between them among its hits
_COUNTED = 200  # numbers of which the page knows the form: from there on it is that of the last two figures
_MOST_HEADINGS = 400  # in the contents of one file; of longer books they are the chapters alone


def one_file(book: Book, step: Step = no_step) -> bytes:
    """The book as one file, its pictures in it. step: told from 0 to 1; raises to stop."""
    pictures = pictures_of(book, drawings=True, step=lambda share: step(0.3 * share))
    data = {one.name: f"data:{one.media};base64,{base64.b64encode(one.data).decode()}" for one in pictures.files}
    alone = len(book.texts) == 1
    out: list[str] = []
    for number, text in enumerate(book.texts):
        step(0.3 + 0.6 * number / len(book.texts))

        body = section(
            book,
            text,
            lambda place: f"#{_name(place)}",
            partial(_name_in, text.name),
            _picture(pictures, data),
            1 if alone else 2,
        )
        out.append(f"<article>\n{body}</article>\n")
    heading = "" if alone else f"<header><h1>{escape(book.title)}</h1>{_below(book)}</header>\n"
    full = sum(len(text.headings) for text in book.texts) <= _MOST_HEADINGS
    lines = _lines(book, _name, full=full)
    nav = _nav(book, contents(lines)) if len(lines) > 1 else ""
    head = _head(book, book.title, "data:")
    step(0.95)
    return (
        f'{head}<body>\n{_skip(book)}{heading}{nav}<main id="~main">\n{"".join(out)}</main>\n</body>\n</html>\n'
    ).encode()


def folder(book: Book, step: Step = no_step, *, for_reader: bool = False) -> Mapping[str, bytes]:
    """The book as files of a folder by their names: index.html, a page for each text, one that searches, pictures.

    for_reader: the pages are for a program that has a search and bounds of its own, and adds to each page what it
    needs (Kiwix): without a page that searches, without a policy, with the style in a file."""
    page = partial(_page, book, for_reader=for_reader)
    pictures = pictures_of(book, drawings=True, step=lambda share: step(0.3 * share))
    files: dict[str, bytes] = {}
    lines = _lines(book, _file_address, full=False)
    first = f"<h1>{escape(book.title)}</h1>{_below(book)}\n{_nav(book, _listed(lines))}"
    files["index.html"] = page(book.title, first, "", "")
    texts = book.texts
    for number, text in enumerate(texts):
        step(0.3 + 0.6 * number / len(texts))
        before = texts[number - 1] if number else None
        after = texts[number + 1] if number + 1 < len(texts) else None
        body = section(
            book,
            text,
            partial(_from_page, text.name),
            lambda anchor: anchor,
            _picture(pictures, {one.name: one.name for one in pictures.files}),
        )
        here = [Heading(one.level, one.title, one.anchor) for one in text.headings]
        files[file_of(text)] = page(text.title, body, contents(here), _ways(book, before, after))
    if for_reader:
        files[_STYLE_FILE] = STYLES.encode()
    else:
        files["search.html"] = _search(book)
    files |= {one.name: one.data for one in pictures.files}
    step(0.95)
    return files


def file_of(text: Text) -> str:
    """The name of a text's page in a folder."""
    return f"{text.name}.html"


def _picture(pictures: Pictures, addresses: Mapping[str, str]) -> Callable[[Element], str]:
    def picture(figure: Element) -> str:
        found = pictures.of(figure)
        return addresses[found.name] if found is not None else ""

    return picture


def _name(place: Place) -> str:
    """The name of a place in one file of all texts: an anchor may be in several of them."""
    return f"{place.text}/{place.anchor or TOP}"


def _file_address(place: Place) -> str:
    return f"{place.text}.html" + (f"#{place.anchor}" if place.anchor else "")


def _name_in(text: str, anchor: str) -> str:
    return _name(Place(text, anchor))


def _from_page(text: str, place: Place) -> str:
    return f"#{place.anchor or TOP}" if place.text == text else _file_address(place)


def _lines(book: Book, address: Callable[[Place], str], *, full: bool) -> list[Heading]:
    """The contents: parts, texts, and sections if `full`."""
    lines: list[Heading] = []
    for group in book.groups:
        if len(book.groups) > 1:
            lines.append(Heading(1, group.title, address(Place(group.texts[0].name, ""))))
        for text in group.texts:
            lines.append(Heading(2, text.title, address(Place(text.name, ""))))
            lines += [
                Heading(one.level + 2, one.title, address(Place(text.name, one.anchor)))
                for one in (text.headings if full else ())
            ]
    return lines


def _listed(lines: list[Heading]) -> str:
    return contents(lines).replace('href="#', 'href="')


def _head(book: Book, title: str, pictures: str, scripts: str = "", style: str = "") -> str:
    policy = _POLICY.format(pictures=pictures, scripts=scripts)
    bounds = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    return _head_with(book, title, bounds, f"<style>{STYLES}{style}</style>")


def _head_with(book: Book, title: str, bounds: str, style: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(book.language)}">\n<head>\n<meta charset="utf-8">\n{bounds}'
        '<meta name="referrer" content="no-referrer">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n{style}\n</head>\n"
    )


def _skip(book: Book) -> str:
    said = escape(book.said.gettext("Skip to the text"))
    return f'<a class="skip" href="#~main">{said}</a>\n'


def _below(book: Book) -> str:
    lines = (book.subtitle, next((text.source for text in book.texts if not text.is_statement), ""))
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _nav(book: Book, listed: str) -> str:
    said = escape(book.said.pgettext("head of a list", "Contents"))
    return f'<nav aria-labelledby="~contents"><h2 id="~contents">{said}</h2>{listed}</nav>\n'


def _page(book: Book, title: str, body: str, listed: str, ways: str, *, for_reader: bool) -> bytes:
    """A page of a folder."""
    find = escape(book.said.gettext("Search"))
    form = (
        '<form class="search" role="search" '
        f'action="search.html" method="get"><label>{find} <input type="search" name="q"></label> '
        f"<button>{find}</button></form>"
    )
    top = f'<header><p><a href="index.html">{escape(book.title)}</a></p>{"" if for_reader else form}</header>\n'
    whole = f"{book.title}" if title == book.title else f"{title} – {book.title}"
    nav = _nav(book, listed) if listed else ""
    before, after = f"{_skip(book)}{top}{nav}", ways
    if for_reader:
        head = _head_with(book, whole, "", f'<link rel="stylesheet" href="{_STYLE_FILE}">')
        before, after = (f"{_UNFOUND}{part}{_FOUND}\n" for part in (before, after))
    else:
        head = _head(book, whole, _BESIDE)
    return f'{head}<body>\n{before}<main id="~main">\n{body}</main>\n{after}</body>\n</html>\n'.encode()


def _ways(book: Book, before: Text | None, after: Text | None) -> str:
    """Links to the pages before and after."""
    tr = book.said.gettext
    links = [
        f'<a rel="{rel}" href="{escape(text.name)}.html">{escape(said.format(title=text.title))}</a>'
        for rel, said, text in (
            ("prev", tr("Before: {title}"), before),
            ("next", tr("Next: {title}"), after),
        )
        if text is not None
    ]
    name = escape(tr("Other pages"))
    return f'<nav aria-label="{name}"><p>{" · ".join(links)}</p></nav>\n' if links else ""


def _search(book: Book) -> bytes:
    """The page that searches: its data is what each section says, in order."""
    tr = book.said.gettext
    data = [row for text in book.texts for row in sections(text)]
    find = escape(tr("Search"))
    without = escape(tr("Searching needs a script. The contents are on the first page."))
    forms: dict[str, int] = {}
    counted = (book.said.ngettext("{n} passage", "{n} passages", n) for n in range(_COUNTED))
    which = "".join(str(forms.setdefault(form, len(forms))) for form in counted)
    said = {"none": tr("Nothing found."), "forms": list(forms), "which": which}
    written = json.dumps({"said": said, "sections": data}, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"{_head(book, f'{find} – {book.title}', 'data:', _WITH_SCRIPT, _WIDE_FIELD)}<body>\n"
        f'{_skip(book)}<header><p><a href="index.html">{escape(book.title)}</a></p></header>\n<main id="~main">\n'
        f'<h1>{find}</h1>\n<form role="search" action="search.html" method="get"><label>{find} '
        f'<input type="search" name="q" id="q" autofocus></label> <button>{find}</button></form>\n'
        f"<noscript><p>{without}</p></noscript>\n"
        '<p role="status" id="count"></p>\n<ol id="found"></ol>\n</main>\n'
        f'<script type="application/json" id="data">{written}</script>\n'
        f"<script>{_SCRIPT.read_text(encoding='utf-8')}</script>\n</body>\n</html>\n"
    ).encode()


def sections(text: Text) -> list[tuple[str, str, str]]:
    """Address, title and words of each section of a text."""
    first = [_said(text.apart)] if text.apart is not None else []
    rows: list[tuple[str, str, list[str]]] = [(f"{text.name}.html", text.title, first)]
    titles = {one.anchor: one.title for one in text.headings}
    for block in text.tree:
        anchor = block.get("id")
        if block.tag in markup.HEADINGS:
            if anchor and anchor in titles:
                rows.append((f"{text.name}.html#{anchor}", f"{text.title}: {titles[anchor]}", []))
            continue
        if block.get("class") != "footnotes":
            rows[-1][2].append(_said(block))
    return [(address, title, " ".join(filter(None, words))) for address, title, words in rows]


def _said(block: Element) -> str:
    words = markup.words_of(trees.drop_notes(copy.deepcopy(block)))
    alternatives = [f"{one.get('alt', '')} {one.get('data-words', '')}".strip() for one in block.iter("figure")]
    return " ".join(filter(None, (words, *alternatives)))
