"""Checks that an exact day stands in one place, where a reader looks it up.

Elsewhere stand the month or the year, and a link: a day that stands twice is corrected in one place and stays wrong in
the other.

This applies to a handbook with a part with `facts = true`. Not counted: the statement and its own date, the titles of
as-of call-outs, what stands in quotation marks, titles in italics, days without a year, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.check.structure import line_in_file
from handbook.content import markup
from handbook.content.callouts import CALLOUTS
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook

_OF_STATEMENT = "15 September 2010"  # it is the statement's name too
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# In any blank a line may end.
_DAY = re.compile(rf"\b(\d{{1,2}})(?:(?:\s(?:to|and)\s|–)(\d{{1,2}}))?\s({_MONTH})\s(\d{{4}})\b")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')
_DATED = frozenset(one.name for one in CALLOUTS.values() if one.is_dated)


def once(handbook: Handbook) -> Iterator[Fault]:
    """No exact day stands twice."""
    if not any(part.facts for part in handbook.parts):
        return
    first: dict[str, Chapter] = {}
    for chapter in handbook.chapters.values():
        if chapter.front.kind == "statement" or not _DAY.search("\n".join(chapter.lines)):
            continue  # parsing takes a hundred times as long
        for day in days(markup.parse(chapter)):
            if day in first:
                message = tr("{day} stands in '{chapter}' already: say the month or the year, and link to it").format(
                    day=day, chapter=first[day].id
                )
                yield Fault(chapter.file, _last_line_with(chapter, day), message)
            first.setdefault(day, chapter)


def days(tree: Element) -> Iterator[str]:
    """The exact days of a page that count, such as "5 April 2011"; of "3 to 7 June 2013" the first and the last."""
    for found in _DAY.finditer(_QUOTED.sub("", _counted(tree))):
        yield from (day for day in _days_of(found) if day != _OF_STATEMENT)


def _days_of(found: re.Match[str]) -> list[str]:
    *numbers, month, year = found.groups()
    return [f"{number} {month} {year}" for number in numbers if number]


def _counted(element: Element) -> str:
    """The words of a page that count, a block a line."""
    classes = (element.get("class") or "").split()
    if element.get("data-note") or "footnotes" in classes:  # a note's number stands right behind the year
        return " "
    if element.tag == "em" and not "".join(element.itertext()).endswith(":"):  # with a colon it is a label
        return " "
    children = list(element)[1:] if not _DATED.isdisjoint(classes) else list(element)
    inside = (element.text or "") + "".join(_counted(child) + (child.tail or "") for child in children)
    return f"\n{inside}\n" if element.tag in markup.BLOCKS else inside


def _last_line_with(chapter: Chapter, day: str) -> int:
    """The last line that has a day, in no footnote: where it stands twice in a chapter, the second is one too many."""
    text = "\n".join(chapter.lines)
    lines = (text.count("\n", 0, found.start()) for found in _DAY.finditer(text) if day in _days_of(found))
    last = max((line for line in lines if not chapter.lines[line].startswith("[^")), default=None)
    return 0 if last is None else line_in_file(chapter, last)
