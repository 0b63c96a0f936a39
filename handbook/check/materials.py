"""Checks the materials of session plans and exercises: what they need exists and is linked, and all of it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.catalogue import tr
from handbook.check.structure import line_in_file
from handbook.check.training import sheets
from handbook.content.address import Address
from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Fault, Handbook
from handbook.content.metadata import PRINTABLES

_PRINTED = (*PRINTABLES, "statement")  # kinds of chapter of which a link in Materials asks for copies
_PRINTABLE_ID = re.compile(rf"^({'|'.join(PRINTABLES)})-[\w-]+$")
_ADDRESS = re.compile(r"[\w-]+#[\w:.-]+")


def exist(handbook: Handbook) -> Iterator[Fault]:
    """Everything that is named as a material exists, and is something to print."""
    for chapter in handbook.chapters.values():
        for material in chapter.front.materials:
            is_address = _ADDRESS.fullmatch(material.item) or _PRINTABLE_ID.match(material.item)
            if is_address and handbook.find(material.item) is None:
                yield Fault(
                    chapter.file, 1, tr("the materials name '{item}', which does not exist").format(item=material.item)
                )
        if _PRINTABLE_ID.match(chapter.id) and chapter.front.kind not in PRINTABLES:
            yield Fault(
                chapter.file, 1, tr("its id says it is printable, its kind is '{kind}'").format(kind=chapter.front.kind)
            )


def linked(handbook: Handbook) -> Iterator[Fault]:
    """The chapters in `materials` of the front matter and those linked in the section Materials are the same."""
    for chapter in sheets(handbook):
        listed = next((section for section in chapter.sections if section.title == "Materials"), None)
        if listed is None:
            continue  # training.elements says so
        needed = [section for one in chapter.front.materials if (section := handbook.find(one.item)) is not None]
        there = list(_linked(handbook, chapter, listed))
        for section in needed:
            if not any(_touch(section, other) for _, other in there):
                message = tr("the materials name '{address}', to which the section Materials has no link").format(
                    address=section.address
                )
                yield Fault(chapter.file, line_in_file(chapter, listed.start), message)
        for line, other in there:
            kind = handbook.chapters[other.address.chapter].front.kind
            if kind in _PRINTED and not any(_touch(section, other) for section in needed):
                message = tr("the section Materials has a link to '{address}', which the materials do not name").format(
                    address=other.address
                )
                yield Fault(chapter.file, line_in_file(chapter, line), message)


def used(handbook: Handbook) -> Iterator[Fault]:
    """Every chapter to print is named by another chapter, in its materials or its text."""
    named: set[str] = set()
    for chapter in handbook.chapters.values():
        addresses = [Address.parse(one.item) for one in chapter.front.materials]
        addresses += [chapter.resolve(target) for _, target in chapter.references.links]
        named.update(one.chapter for one in map(handbook.current, addresses) if one.chapter != chapter.id)
    for chapter in handbook.chapters.values():
        if chapter.front.kind in PRINTABLES and chapter.id not in named:
            yield Fault(chapter.file, 0, tr("nothing uses this printable"))


def _linked(handbook: Handbook, chapter: Chapter, around: Section) -> Iterator[tuple[int, Section]]:
    """(line, section) of each link to the handbook in a section's own text."""
    for line, target in chapter.references.links:
        section = handbook.find(chapter.resolve(target))
        if section is not None and around.body <= line < around.text_end:
            yield line, section


def _touch(one: Section, other: Section) -> bool:
    """Are two sections the same, or is one of them in the other?"""
    return one.holds(other) or other.holds(one)
