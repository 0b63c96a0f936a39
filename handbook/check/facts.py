"""What the handbook states as a fact says where it comes from, and from when.

A part of the manifest with `facts = true` is held to it: each paragraph, list item or table row that names a
year, the number or an article of an instrument, or a count of states has a footnote, or stands in a call-out
of class "as-of". Each footnote leads to an entry of the chapter of kind "sources", where an entry is a
heading of the third level, and each entry is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook import render
from handbook.check.structure import line_in_file
from handbook.content import Address, Chapter, Fault, Handbook

# The statement's own date is on its title, and needs no proof each time it is named.
_OWN_DATE = re.compile(r"(15 September )?2010 statement|statement of (15 September )?2010|15 September 2010")
_FACT = re.compile(
    r"\b(1[89]|20)\d\d\b"  # a year
    r"|\b\d{2,4}/\d+(/[A-Z]+)?\b|\bCETS\b|\bNo\. ?\d"  # the number of an instrument
    r"|\b(Article|Articles|Art\.) \d"
    r"|\b\d+ (states|countries|parties|members|experts)\b"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}|\b(?:https?://|www\.)\S+")
_PHONE = re.compile(
    r"(?<![\w/.])(?:\+|00)\d[\d ()-]{6,}\d"
    r"|\b(?:tel|telephone|phone|hotline|helpline|call)\b[^.\n]{0,24}\b\d{3,}"
    r"|\b\d{3}[ -]\d{3}[ -]\d{3,4}\b"
    r"|\b116[ -]?\d{3}\b",
    re.IGNORECASE,
)
_EXEMPT = frozenset(("as-of", "footnotes", "admonition-title"))
_VARIANTS = "Also: "  # the glossary's other spellings are no statements
_UNITS = frozenset(("p", "li", "tr", "dd"))


def sourced(handbook: Handbook) -> Iterator[Fault]:
    """Every fact in the parts held to it has a footnote or an as-of date."""
    for part in handbook.parts:
        for chapter in part.chapters if part.facts else ():
            if chapter.front.kind == "sources":
                continue
            for words in _unsourced(render.parse(chapter)):
                found = _FACT.search(words)
                fact = found.group() if found else ""
                message = f"'{fact}' has no footnote and no as-of date: “{words[:70]}”"
                yield Fault(chapter.file, _line_of(chapter, words), message)


def _unsourced(tree: Element) -> Iterator[str]:
    """The words of each paragraph, item or row that names a fact and carries no footnote."""

    def walk(element: Element) -> Iterator[str]:
        classes = (element.get("class") or "").split()
        if not _EXEMPT.isdisjoint(classes):
            return
        nested = any(child.tag in render.BLOCKS for child in element)
        if element.tag in _UNITS and (element.tag == "tr" or not nested):
            words = render.words_of(element)
            noted = any(sup.get("data-note") for sup in element.iter("sup"))
            if not noted and not words.startswith(_VARIANTS) and _FACT.search(_OWN_DATE.sub("", words)):
                yield words
            return
        for child in element:
            yield from walk(child)

    yield from walk(tree)


def _line_of(chapter: Chapter, words: str) -> int:
    """The line where a paragraph begins, found by its first words; 0 when marks stand between them."""
    start = " ".join(words.split()[:3])
    for number, line in enumerate(chapter.lines):
        if start in line:
            return line_in_file(chapter, number)
    return 0


def _sources(handbook: Handbook) -> dict[str, Chapter]:
    """The address of each entry → its chapter."""
    return {
        str(section.address): chapter
        for chapter in handbook.chapters.values()
        if chapter.front.kind == "sources"
        for section in chapter.sections
        if section.level == 3
    }


def _lines_of_notes(chapter: Chapter) -> Iterator[tuple[int, str, Address | None]]:
    """(line, name, the address that its link leads to) of each footnote's text."""
    targets = dict(chapter.references.links)
    for line, name in chapter.references.footnote_texts:
        target = targets.get(line)
        yield line, name, render.resolve(target, chapter.id) if target else None


def sources_exist(handbook: Handbook) -> Iterator[Fault]:
    """Every footnote leads to an entry of the sources."""
    sources = _sources(handbook)
    if not sources:
        return
    for chapter in handbook.chapters.values():
        for line, name, address in _lines_of_notes(chapter):
            if str(address) not in sources:
                message = f"footnote '{name}' leads to no entry of the sources"
                yield Fault(chapter.file, line_in_file(chapter, line), message)


def sources_used(handbook: Handbook) -> Iterator[Fault]:
    """Every entry of the sources is pointed at by another chapter."""
    sources = _sources(handbook)
    used = {
        str(render.resolve(target, chapter.id))
        for chapter in handbook.chapters.values()
        if chapter.front.kind != "sources"
        for _, target in chapter.references.links
    }
    for address, chapter in sources.items():
        if address not in used:
            section = handbook.find(address)
            line = line_in_file(chapter, section.start) if section else 0
            yield Fault(chapter.file, line, f"source '{address}' is never used")


def contact_details(handbook: Handbook) -> Iterator[Fault]:
    """No telephone number, e-mail or web address anywhere: they age, and may put somebody at risk.

    Asked of a handbook that is held to its facts; in other people's pages it is none of our business."""
    if not any(part.facts for part in handbook.parts):
        return
    for chapter in handbook.chapters.values():
        for number, line in enumerate(chapter.lines):
            found = _MAIL.search(line) or _PHONE.search(line)
            if found:
                message = f"'{found.group()}' looks like a telephone number, an e-mail or a web address"
                yield Fault(chapter.file, line_in_file(chapter, number), message)
