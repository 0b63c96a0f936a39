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
from handbook.content.handbook import Chapter, Fault, Handbook

_OF_STATEMENT = "15 September 2010"  # it is the statement's name too
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:(?: to | and |–)(\d{{1,2}}))? ({_MONTH}) (\d{{4}})\b")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')
_DATED = frozenset(one.name for one in CALLOUTS.values() if one.is_dated)


def once(handbook: Handbook) -> Iterator[Fault]:
    """No exact day stands twice."""
    if not any(part.facts for part in handbook.parts):
        return
    first: dict[str, Chapter] = {}
    for chapter in handbook.chapters.values():
        if chapter.front.kind == "statement" or not any(map(_DAY.search, chapter.lines)):
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
    return (day for day in _days_in(_QUOTED.sub("", _counted(tree))) if day != _OF_STATEMENT)


def _days_in(words: str) -> Iterator[str]:
    for found in _DAY.finditer(words):
        *numbers, month, year = found.groups()
        yield from (f"{number} {month} {year}" for number in filter(None, numbers))


def _counted(element: Element) -> str:
    """The words of a page that count, a block a line."""
    classes = (element.get("class") or "").split()
    words = "".join(element.itertext())
    if element.get("data-note") or "footnotes" in classes:  # a note's number stands right behind the year
        return " "
    if element.tag == "em" and not words.endswith(":"):  # with a colon it is a label
        return " "
    children = list(element)[1:] if not _DATED.isdisjoint(classes) else list(element)
    inside = (element.text or "") + "".join(_counted(child) + (child.tail or "") for child in children)
    return f"\n{inside}\n" if element.tag in markup.BLOCKS else inside


def _last_line_with(chapter: Chapter, day: str) -> int:
    """The last line that has a day, in no footnote: where it stands twice in a chapter, the second is one too many."""
    for number, line in reversed(list(enumerate(chapter.lines))):
        if not line.startswith("[^") and day in _days_in(line):
            return line_in_file(chapter, number)
    return 0
