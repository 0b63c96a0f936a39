"""Prepares the element tree of a piece for printing.

Belongs here: what is added (a heading, a line on minutes, the trainer's notes), what is left out for which audience,
which cards share a sheet. Not here: Typst (walk.py), which piece is in which packet (workshop/packet.py)."""

from __future__ import annotations

import copy
import gettext
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from handbook.base import catalogue
from handbook.content import facts_of_sheets, markup
from handbook.content.address import Address
from handbook.content.callouts import CALLOUTS, Audience, hidden_from
from handbook.content.chapter import Chapter
from handbook.content.metadata import PRINTABLES, FrontMatter
from handbook.handout.selection import Piece
from handbook.printing.typeset import own_marks, plans
from handbook.workshop.packet import is_custom

if TYPE_CHECKING:
    from handbook.workshop.packet import OwnMarks

TRAINER_NOTE = "trainer-note"  # the class of what a trainer has noted in a workshop
CARD_LIST = "card-list"  # the class of cards that are not cut out
_OWN_PAGE = frozenset(one.name for one in CALLOUTS.values() if one.own_page)
_ON_SHEET = frozenset(one.name for one in CALLOUTS.values() if one.on_sheet)


def tree(
    piece: Piece,
    audience: Audience = "all",
    notes: Mapping[Address, str] | None = None,
    times: Mapping[Address, str] | None = None,
    language: str = "en",
    own: OwnMarks | None = None,
    *,
    margin: bool = False,
) -> Element:
    """The element tree of a piece; its first section always has a heading.

    A chapter whose text has no title gets one of class "editorial". A custom page has the title that the trainer gave
    it. notes: the trainer's notes, by the address below whose heading they are printed. times: from when to when, for
    the line below a title. language: of that line. own: what the person marked in the handbook.
    margin: whether short notes of that stand in the margin."""
    first = piece.sections[0]
    root = _chosen(piece, copy.deepcopy(_parsed(piece.chapter)))
    time = (times or {}).get(first.address, "")
    is_plan = first.level == 0 and piece.chapter.front.kind in plans.KINDS
    if first.level == 0 and not is_plan and (facts := _facts(piece.chapter.front, time, catalogue.of(language))):
        markup.add_below_title(root, facts)
    for section in reversed(piece.sections):
        if notes and section.address in notes:
            _insert_note(root, section.address.anchor, notes[section.address])
    if is_plan:
        plans.arrange(root, piece.chapter.front, time, catalogue.of(language))
    _leave_out(root, hidden_from(audience))
    if own and (marks := own.get(piece.chapter.id)):
        own_marks.insert(root, (section.address for section in piece.sections), marks, margin=margin)
    if audience in ("all", "trainer"):
        _name_cards(root, ("card",), next(headings(root)))
    _gather_cards(root)
    if audience == "trainer":
        _list_cards(root)
    if audience == "all":
        for child in list(_beginnings(root))[1:]:  # the first may stand below the title
            child.set("data-own-page", "yes")
    return root


def as_written(
    piece: Piece,
    parsed: Element,
    audience: Audience = "all",
    notes: Mapping[Address, str] | None = None,
    times: Mapping[Address, str] | None = None,
    language: str = "en",
) -> Element:
    """The same without what paper asks for: sheets and plans keep their headings, cards their order. For exports.

    parsed: the chapter's tree, which is changed and returned."""
    root = _chosen(piece, parsed)
    first = piece.sections[0]
    if first.level == 0 and (
        facts := _facts(piece.chapter.front, (times or {}).get(first.address, ""), catalogue.of(language))
    ):
        markup.add_below_title(root, facts)
    for section in reversed(piece.sections):
        if notes and section.address in notes:
            _insert_note(root, section.address.anchor, notes[section.address])
    _leave_out(root, hidden_from(audience))
    return root


def _chosen(piece: Piece, parsed: Element) -> Element:
    """A chapter's tree cut to the sections of a piece, of which the first has a heading."""
    root = markup.cut(parsed, {section.address.anchor for section in piece.sections})
    first = piece.sections[0]
    if _are_some_cards(piece):  # the title of the first would be that of all
        anchor = f"{first.address.anchor} deck"  # as no heading's is: the deck may come more than once
        title = Element("h1", {"id": anchor, "class": "chapter editorial"})
        title.text = piece.chapter.title
        root.insert(0, title)
    elif not any(heading.get("id") == first.address.anchor for heading in headings(root)):
        title = Element("h1", {"id": first.address.anchor, "class": "chapter editorial"})
        title.text = first.title
        root.insert(0, title)
    elif is_custom(piece.chapter):
        _name(next(headings(root)), first.title)
    return root


def _are_some_cards(piece: Piece) -> bool:
    """Is a piece several cards or cases of a deck, without the deck's title?"""
    top = piece.sections[0].level
    return piece.chapter.front.kind == "cards" and top > 0 and sum(one.level == top for one in piece.sections) > 1


def _beginnings(root: Element) -> Iterator[Element]:
    """The elements that begin a new page: a case or a key, or the heading right above it."""
    above: Element | None = None
    for child in root:
        if not _OWN_PAGE.isdisjoint(classes(child)):
            yield child if above is None else above
        above = child if child.tag in markup.HEADINGS and source_level(child) else None


@lru_cache(maxsize=64)
def _parsed(chapter: Chapter) -> Element:
    """A chapter's tree, cached, as each change of a workshop sets all of it again; to be copied, not changed."""
    return markup.parse(chapter)


def headings(root: Element) -> Iterator[Element]:
    """All headings of a tree, in order."""
    return (element for element in root.iter() if element.tag in markup.HEADINGS)


def source_level(heading: Element) -> int:
    """A heading's level in its chapter: 0 for the chapter's title."""
    return 0 if "chapter" in classes(heading) else int(heading.tag[1])


def heading_levels(root: Element) -> Iterator[int]:
    """The level of each heading on paper, from 1. No level is skipped on the way down, as PDF/UA demands."""
    above: list[int] = []
    for heading in headings(root):
        if heading.get("id") is not None:
            level = source_level(heading)
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            yield len(above)


def classes(element: Element) -> list[str]:
    """An element's classes."""
    return element.get("class", "").split()


def cards(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """The cards and cases of a tree in order, each with its back where it has one.

    Footnotes are taken off them: a card has no foot, and the trainer's packet has the sources."""
    _drop_notes(root)
    _name_cards(root, ("card", "case"), None)
    front: Element | None = None
    for child in [inner for outer in root for inner in (outer if "cards" in classes(outer) else [outer])]:
        named = classes(child)
        if "back" in named and front is not None:
            yield front, child
            front = None
        elif "card" in named or "case" in named:
            if front is not None:
                yield front, None
            front = child
    if front is not None:
        yield front, None


def is_case(card: Element) -> bool:
    """Is a call-out a case, which fills a page and is not a card?"""
    return "case" in classes(card)


def drop_notes(root: Element) -> Element:
    """Remove footnotes and their numbers, for what has no foot of a page."""
    _drop_notes(root)
    return root


def is_sheet(piece: Piece) -> bool:
    """Is a chapter a sheet to hand out, and no text?"""
    return piece.chapter.front.kind in PRINTABLES


def _name(heading: Element, title: str) -> None:
    for child in list(heading):
        heading.remove(child)
    heading.text = title


def _facts(front: FrontMatter, time: str, said: gettext.NullTranslations) -> str:
    """The line of facts below a sheet's title: when it is on, how long it takes, the size of the group, the level."""
    facts = (
        time,
        facts_of_sheets.minutes(front, said),
        facts_of_sheets.people(front, said),
        facts_of_sheets.level(front, said),
    )
    return " · ".join(fact for fact in facts if fact)


def _insert_note(root: Element, anchor: str, text: str) -> None:
    """Put a trainer's note, which is plain text, below the heading of an anchor (and the line that follows it)."""
    box = Element("div", {"class": f"admonition {TRAINER_NOTE}"})
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        first, *more = paragraph.strip().split("\n")
        words = SubElement(box, "p")
        words.text = first
        for line in more:
            SubElement(words, "br").tail = line
    for parent in root.iter():
        for at, child in enumerate(parent):
            if child.tag in markup.HEADINGS and child.get("id") == anchor:
                below = at + 1
                while below < len(parent) and "sheet" in classes(parent[below]):
                    below += 1
                parent.insert(below, box)
                return


def _leave_out(root: Element, unwanted: frozenset[str]) -> None:
    """Remove call-outs, and the headings that then have nothing below them, except for the first."""
    emptied: list[Element] = []
    for parent in list(root.iter()):
        heading: Element | None = None
        for child in list(parent):
            if child.tag in markup.HEADINGS:
                heading = child
            elif not unwanted.isdisjoint(classes(child)):
                parent.remove(child)
                if heading is not None and parent is root:
                    emptied.append(heading)
    first = next(headings(root), None)
    for heading in reversed(dict.fromkeys(emptied)):  # those of lower levels before the one they stand under
        at = list(root).index(heading)
        below = root[at + 1] if at + 1 < len(root) else None
        is_last = below is None or "footnotes" in classes(below)
        ends = below is not None and below.tag in markup.HEADINGS and source_level(below) <= source_level(heading)
        if heading is not first and (is_last or ends):
            root.remove(heading)


def _name_cards(root: Element, kinds: tuple[str, ...], first: Element | None) -> None:
    """Give a card without a title that of its section, and remove the section's heading.

    first: a heading that is not removed."""
    heading: Element | None = None
    for child in list(root):
        named = classes(child)
        has_title = len(child) > 0 and "admonition-title" in classes(child[0])
        if heading is not None and not has_title and any(kind in named for kind in kinds):
            title = copy.deepcopy(heading)
            title.tag, title.attrib, title.tail = "p", {"class": "admonition-title"}, None
            child.insert(0, title)
            if heading is not first:
                root.remove(heading)
                child.set("id", heading.get("id", ""))
        heading = child if child.tag in markup.HEADINGS and source_level(child) else None


def _drop_notes(root: Element) -> None:
    for parent in list(root.iter()):
        before: Element | None = None
        for child in list(parent):
            if child.tag == "sup" and child.get("data-note") is not None:
                if before is None:
                    parent.text = (parent.text or "") + (child.tail or "")
                else:
                    before.tail = (before.tail or "") + (child.tail or "")
                parent.remove(child)
            elif "footnotes" in classes(child):
                parent.remove(child)
            else:
                before = child


def _list_cards(root: Element) -> None:
    """Let the trainer's cards be a list to look things up in; below a heading that says it a card has no title."""
    for sheet in root:
        if "cards" in classes(sheet):
            sheet.set("class", CARD_LIST)
            first = next(headings(root), None)
            title = sheet[0][0] if len(sheet[0]) else None
            if first is None or title is None or "admonition-title" not in classes(title):
                continue
            if "".join(title.itertext()) == "".join(first.itertext()):
                sheet[0].remove(title)


def _gather_cards(root: Element) -> None:
    """Put cards that follow each other into one element, as they share sheets."""
    sheet: Element | None = None
    for child in list(root):
        if _ON_SHEET.isdisjoint(classes(child)):
            sheet = None
            continue
        if sheet is None:
            sheet = Element("div", {"class": "cards"})
            root.insert(list(root).index(child), sheet)
        root.remove(child)
        sheet.append(child)
