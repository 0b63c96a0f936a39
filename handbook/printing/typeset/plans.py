"""Lays out a session plan or an exercise: its facts in a box, each of its short lists on one line.

Belongs here: where each section of such a sheet is on paper. Not here: which sections it must have (check/training.py),
how the box and the lines look (page.typ)."""

from __future__ import annotations

import gettext
import re
from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element, SubElement

from handbook.content import facts_of_sheets
from handbook.content.address import Address
from handbook.content.markup import HEADINGS
from handbook.content.metadata import FrontMatter

KINDS = ("session-plan", "exercise")
FACTS, ENDING, RUN_IN = "facts", "ending", "run-in"  # classes of what is made here
_BOXED = ("Aim", "Objectives", "Materials")
_LINES = ("Exercises used", "Used in", "Related")
_SMALL = ("Safety", "Tips", "Variations", "Ideas for action", "Follow-up")
_LEAD = re.compile(r"(Print|Bring):\s*")
_STEP_MINUTES = re.compile(r"\s*\((\d+) minutes?\)$")


def arrange(root: Element, front: FrontMatter, time: str, said: gettext.NullTranslations) -> None:
    """Lay a whole sheet out: the box below the title and its line, the short sections and the lines at the end.

    time: from when to when it is on, "" if that is not known. said: the translations for our words. The
    anchors of sections that lose their headings go to what stands in their place."""
    rows = list(_fact_rows(front, time, said))
    ending: Element | None = None
    for title, anchor, blocks in list(_sections(root)):
        heading = blocks[0]
        if title in _BOXED:
            rows += _rows_of(title, anchor, blocks[1:])
            _take_out(root, blocks)
        elif title in _LINES:
            at = list(root).index(heading)
            _take_out(root, blocks)
            root.insert(at, _run_in(title, anchor, blocks[1:]))
        elif title in _SMALL:
            at = list(root).index(heading)
            _take_out(root, blocks)
            if ending is None:
                ending = Element("div", {"class": ENDING})
                root.insert(at, ending)
            ending.append(_row(title, blocks[1:], anchor))
    for heading in root.iter("h3"):
        _minutes_aside(heading)
    box = Element("div", {"class": FACTS})
    box.extend(rows)
    note = next((one for one in root[1:2] if "trainer-note" in one.get("class", "").split()), None)
    if note is not None:  # below the box, not between the title and its line
        root.remove(note)
    at = _below_title(root)
    root[at:at] = [box] if note is None else [box, note]


def leave_out_terms(root: Element, there: Container[Address]) -> None:
    """Remove from the lines at the end the terms that are not in the document, as paper has no links."""
    for line in root.iter("p"):
        if RUN_IN not in line.get("class", "").split():
            continue
        for item in [child for child in line if child.get("class") == "item"]:
            links = item.findall("a")
            kept = [link for link in links if not _is_term(link) or Address.parse(link.get("href", "")) in there]
            if len(kept) == len(links):
                continue
            if not kept:
                line.remove(item)
                _end_with(line, "")
                continue
            for link in links:
                item.remove(link)
            for number, link in enumerate(kept):
                link.tail = ", " if number + 1 < len(kept) else ""
                item.append(link)


def _end_with(line: Element, tail: str) -> None:
    """Put `tail` after the last item of a line, after items have been removed."""
    line[-1].tail = tail if len(line) > 1 else line[-1].tail


def _is_term(link: Element) -> bool:
    return link.get("href", "").startswith("glossary#")


def _sections(root: Element) -> Iterator[tuple[str, str, list[Element]]]:
    """Title, anchor and blocks, the heading first, of each section of the second level."""
    found: list[Element] = []
    for child in [*root, Element("h2")]:
        ends = child.tag in ("h1", "h2") or "footnotes" in child.get("class", "")
        if found and ends:
            yield "".join(found[0].itertext()).strip(), found[0].get("id", ""), found
            found = []
        if found or child.tag == "h2":
            found.append(child)


def _take_out(root: Element, blocks: list[Element]) -> None:
    for block in blocks:
        root.remove(block)


def _row(label: str, blocks: list[Element], anchor: str = "") -> Element:
    row = Element("div", {"class": "fact", "data-label": label} | ({"id": anchor} if anchor else {}))
    row.extend(blocks)
    return row


def _words(text: str) -> list[Element]:
    paragraph = Element("p")
    paragraph.text = text
    return [paragraph]


def _fact_rows(front: FrontMatter, time: str, said: gettext.NullTranslations) -> Iterator[Element]:
    length, group = facts_of_sheets.minutes(front, said), facts_of_sheets.people(front, said)
    if time or length:
        yield _row(said.pgettext("of a session", "Time"), _words(" · ".join(filter(None, (time, length)))))
    if group:
        yield _row(said.pgettext("of a session", "Group"), _words(group))
    if front.level:
        # Translators: how hard it is
        label = said.pgettext("of a session", "Level")
        yield _row(label, _words(said.gettext("{n} of 3").format(n=front.level)))


def _rows_of(title: str, anchor: str, blocks: list[Element]) -> Iterator[Element]:
    """A section's row; what is printed and what is brought have a row each."""
    if title == "Materials" and len(blocks) == 1 and blocks[0].tag == "ul":
        items = list(blocks[0])
        leads = [_LEAD.match(item.text or "") for item in items]
        if all(leads):
            for number, (item, lead) in enumerate(zip(items, leads, strict=True)):
                assert lead is not None  # noqa: S101 - all() said so
                item.tag, item.text = "p", (item.text or "")[lead.end() :]
                _begin_large(item)
                yield _row(lead.group(1), [item], anchor if number == 0 else "")
            return
    yield _row(title, blocks, anchor)


def _begin_large(words: Element) -> None:
    """Make the first letter of some words a capital, also where it is that of a link."""
    first = next((one for one in words.iter() if (one.text or "").strip()), words)
    text = (first.text or "").lstrip()
    first.text = text[:1].upper() + text[1:]


def _run_in(title: str, anchor: str, blocks: list[Element]) -> Element:
    """A list as one line: its title in bold, followed by its items."""
    line = Element("p", {"class": RUN_IN, "id": anchor})
    lead = SubElement(line, "strong")
    lead.text, lead.tail = f"{title}:", " "
    items = [item for block in blocks for item in (block if block.tag in ("ul", "ol") else [block])]
    for number, item in enumerate(items, 1):
        part = SubElement(line, "span", {"class": "item"})
        part.text = item.text
        inner = list(item)
        if len(inner) == 1 and inner[0].tag == "p":  # a loose list
            part.text, inner = inner[0].text, list(inner[0])
        part.extend(inner)
        part.tail = "; " if number < len(items) else ""
    return line


def _minutes_aside(heading: Element) -> None:
    """Note how long a step takes, to be printed in the margin; the heading is not changed."""
    last = heading[-1] if len(heading) else None
    words = (heading.text if last is None else last.tail) or ""
    found = _STEP_MINUTES.search(words)
    if found:
        heading.set("data-minutes", found.group(1))


def _below_title(root: Element) -> int:
    """The position of the box: after the title and the line that says what the sheet is."""
    at = 0
    while at < len(root) and (root[at].tag == "h1" or root[at].tag == "p"):
        at += 1
    return at if at and root[0].tag in HEADINGS else 0
