"""The element tree as HTML, in the subset that Qt's text documents read.

Belongs here: which tags and classes a page is made of. Not here: parsing (markup.py), colours and type
(ui/widgets/theme.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from handbook.base.escape import escape
from handbook.content import figures
from handbook.content.callouts import of_classes
from handbook.content.markup import HEADINGS, is_tick_list

BESIDE = "beside:"  # the URL scheme of links in the margin
PICTURE = "picture:"  # the URL scheme of pictures; the number of the picture on its page follows
_CONTAINERS = frozenset(("li", "blockquote", "dd", "div"))  # their content has less width


def to_html(
    root: Element,
    *,
    statement: bool = False,
    title: str = "",
    label: str = "",
    beside: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    not_shown: Callable[[Element], str] = lambda figure: figure.get("data-problem", ""),
) -> str:
    """HTML in the subset that Qt's text documents read, without colours: classes are styled by the caller.

    statement: the text is La Strada's: it is put into a table of class "statement", apart from our own.
    title:     a heading above a text that has none; `label` is a line that says whose text follows.
    beside:    anchor → (text, href) of a link in the margin next to that block. Its href gets the scheme BESIDE, so
               that copying and finding can leave it out.
    not_shown: why a figure is not shown, as a sentence.

    A picture is an image in a link to itself, both of the scheme PICTURE, by its number among `shown_figures`. Below
    it, in paragraphs of class "unseen", are its alternative text and the words drawn in it, for screen readers, for
    finding and for copying; then its caption."""
    _describe_figures(root, not_shown)
    out: list[str] = []
    if title:
        out.append(f'<h1 class="editorial"><a name="top"></a>{escape(title)}</h1>')
    if label:
        out.append(f'<p class="label">{escape(label)}</p>')
    if not statement:
        for child in root:
            _html(child, out)
        return "".join(out)
    # A table, as it is the only box in Qt's rich text that can have a line at its side and a background.
    out.append('<table class="statement" width="100%" cellspacing="0" cellpadding="0">')
    for child in _rows(root, beside):
        # The space above a heading, as Qt leaves out the margin of a cell's first block.
        out.append(f'<tr><td class="statement{"-head" if child.tag in HEADINGS else ""}">')
        _html(child, out)
        out.append('</td><td class="beside">')
        links = [beside[name] for name in _names(child) if name in beside]
        out.extend(
            f'<p class="beside"><a href="{BESIDE}{escape(href)}">{escape(words)}</a></p>' for words, href in links
        )
        out.append("</td></tr>")
    out.append("</table>")
    return "".join(out)


def shown_figures(root: Element) -> list[tuple[Element, int]]:
    """The figures of a tree that are shown, in order, each with the number of lists and boxes that it lies in."""
    found: list[tuple[Element, int]] = []

    def walk(element: Element, depth: int) -> None:
        for child in element:
            if child.tag == "figure":
                if "data-name" in child.attrib:
                    found.append((child, depth))
            else:
                walk(child, depth + (child.tag in _CONTAINERS))

    walk(root, 0)
    return found


def _describe_figures(root: Element, not_shown: Callable[[Element], str]) -> None:
    for number, (figure, _) in enumerate(shown_figures(root)):
        figure.set("data-number", str(number))
    for figure in root.iter("figure"):
        if "data-name" not in figure.attrib:
            figure.set("data-said", not_shown(figure))


def _figure(element: Element, out: list[str]) -> None:
    name = element.get("id")
    anchor = f'<a name="{escape(name)}"></a>' if name else ""
    alternative = escape(element.get("alt"))
    number = element.get("data-number")
    if number is None:
        out.append(f'<p class="no-picture">{anchor}{escape(element.get("data-said"))}</p>')
        out.append(f'<p class="no-picture">{alternative}</p>' if alternative else "")
    else:
        address = f"{PICTURE}{number}"
        out.append(f'<p class="picture">{anchor}<a href="{address}"><img src="{address}"/></a></p>')
        unseen = filter(None, (alternative, escape(element.get("data-words"))))
        out.extend(f'<p class="unseen">{words}</p>' for words in unseen)
    caption = figures.caption_of(element)
    if caption:
        out.append(f'<p class="caption">{escape(caption)}</p>')


def _names(element: Element) -> Iterator[str]:
    return (one.get("id", "") for one in element.iter())


def _rows(root: Element, beside: Mapping[str, object]) -> Iterator[Element]:
    """The blocks of a text, one for each row of the table. A list with links beside several items is split by items."""
    for child in root:
        if child.tag not in {"ul", "ol"} or sum(any(name in beside for name in _names(item)) for item in child) < 2:
            yield child
            continue
        first = child.get("start", "1")
        for number, item in enumerate(child, int(first) if first.isdecimal() else 1):
            alone = Element(child.tag, {**child.attrib, **({"start": str(number)} if child.tag == "ol" else {})})
            alone.append(item)
            yield alone


def _html(element: Element, out: list[str]) -> None:
    special = _SCREEN.get(str(element.tag))
    if special:
        special(element, out)
        return
    _wrapped(element, str(element.tag), "", out)


def _wrapped(element: Element, tag: str, attributes: str, out: list[str]) -> None:
    name, class_ = element.get("id"), element.get("class")
    if class_:
        attributes += f' class="{escape(class_)}"'
    out.append(f"<{tag}{attributes}>")
    if name is not None:
        out.append(f'<a name="{escape(name or "top")}"></a>')
    _inside(element, out)
    out.append(f"</{tag}>")


def _inside(element: Element, out: list[str]) -> None:
    out.append(escape(element.text))
    after_note = False
    for child in element:
        note = child.get("data-note") is not None and child.tag == "sup"
        if note and after_note:
            out.append("<sup>, </sup>")  # without it, two footnote numbers in a row would look like one
        _html(child, out)
        after_note = note and not (child.tail or "").strip()
        out.append("" if after_note else escape(child.tail))


def _link(element: Element, out: list[str]) -> None:
    out.append(f'<a href="{escape(element.get("href"))}">')
    _inside(element, out)
    out.append("</a>")


def _empty(element: Element, out: list[str]) -> None:
    out.append(f"<{element.tag}/>")


def _sup(element: Element, out: list[str]) -> None:
    note = element.get("data-note")
    if note is None:
        _wrapped(element, "sup", "", out)
        return
    out.append(f'<sup><a href="#note-{escape(note)}">{escape(element.text)}</a></sup>')


def _item(element: Element, out: list[str]) -> None:
    note = element.get("data-note")
    if note is None:
        _wrapped(element, "li", "", out)
        return
    out.append(f'<li><a name="note-{escape(note)}"></a>')
    _inside(element, out)
    out.append("</li>")


def _div(element: Element, out: list[str]) -> None:
    classes = element.get("class", "").split()
    if "footnotes" in classes:
        out.append('<hr/><div class="footnotes">')
        _inside(element, out)
        out.append("</div>")
    elif (kind := of_classes(classes)) is not None and kind.screen == "writing room":
        _inside(element, out)
        rows = '<tr><td class="rule">&nbsp;</td></tr>' * int(element.get("data-lines", "3"))
        out.append(f'<table class="rule" width="100%" cellspacing="0">{rows}</table>')
    elif "admonition" in classes:
        name = next((name for name in classes if name != "admonition"), "note")
        # "box-note" and not "note", so that no other style has the same class.
        out.append(f'<table class="box" width="100%"><tr><td class="box box-{escape(name)}">')
        _inside(element, out)
        out.append("</td></tr></table>")
    else:
        _wrapped(element, "div", "", out)


def _bullets(element: Element, out: list[str]) -> None:
    _wrapped(element, "ul", ' style="list-style-type:none"' if is_tick_list(element) else "", out)


def _numbered(element: Element, out: list[str]) -> None:
    start = element.get("start", "")
    _wrapped(element, "ol", f' start="{start}"' if start.isdecimal() else "", out)


def _table(element: Element, out: list[str]) -> None:
    _wrapped(element, "table", ' class="grid" cellspacing="0" cellpadding="6" width="100%"', out)


def _cell(element: Element, out: list[str]) -> None:
    align = re.search(r"text-align:\s*(left|right|center)", element.get("style", ""))
    attributes = f' align="{align.group(1)}"' if align else ' align="left"'
    _wrapped(element, str(element.tag), attributes + ' class="grid"', out)


_SCREEN: dict[str, Callable[[Element, list[str]], None]] = {
    "a": _link,
    "br": _empty,
    "hr": _empty,
    "sup": _sup,
    "li": _item,
    "ol": _numbered,
    "ul": _bullets,
    "div": _div,
    "figure": _figure,
    "table": _table,
    "th": _cell,
    "td": _cell,
}
