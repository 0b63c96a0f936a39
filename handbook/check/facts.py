"""Checks that facts have a source and a date.

This applies to each part of the manifest with `facts = true`: a paragraph, list item or table row that names a
year, the number or an article of an instrument, or a count of states must have a footnote, or be inside a call-out
of kind "as-of", whose title gives the date. Each footnote must link to an entry (a heading of the third level) of the
chapter of kind "sources", and each entry must be used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.check.structure import line_in_file
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.callouts import CALLOUTS
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook

# The statement's own date is in its title, and needs no source each time it is named.
_OWN_DATE = re.compile(r"(15 September )?2010 statement|statement of (15 September )?2010|15 September 2010")
_YEAR = r"\b(?:1[89]|20)\d\d"
_FACT = re.compile(
    rf"{_YEAR}s?\b"
    r"|\b\d{2,4}/\d+(/[A-Z]+)?\b|\bCETS\b|\bNo\. ?\d|\bnumber \d\d|\b(C\d\d|C\d{3}|P\d{3})\b"  # an instrument's
    r"|\b(Article|Articles|Art\.) \d"
    r"|\b(\d+|(twenty|thirty|forty|fifty|sixty)(-\w+)?) ((participating|member|European|EU) )?"
    r"(states|countries|parties|members|experts)\b"
)
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]++\.\w{2,}"
    r"|(?<![\w.+-])[\w.+-]++ ?[\[(] ?at ?[\])] ?[\w-]+"  # written so that machines overlook it
    r"|\b(?:https?://|www\.)\S+"
    r"|(?<![\w-])[a-z][\w-]++\.(?:org|com|net|eu|int|info|gov|by|bg|cz|mk|nl|pl|ua)\b",  # not .md
    re.IGNORECASE,
)
_CALLED = re.compile(  # short numbers, known by the words before them
    r"\b(?:tel|telephone|phone|mobile|number is|hotline|helpline|call|dial|ring|sms|whatsapp)\b"
    rf"[^.|\n]{{0,40}}?(?<![\w/.-])(?!{_YEAR}\b)\d{{3,}}(?![\w/])"
    r"|\btext (?:to )?\d{3,}|\b116[ -]?\d{3}\b|(?<![\w/.-])(?:112|113|911|999)(?![\w/.-])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w/.])[+(]{0,2}\d+(?:[) \u00a0\u2011–-]{1,2}\(?\d+){0,15}(?![\w/])")
_OWN = re.compile(r"\[\^[^\]]*\]|(?<=\])\([\w-]*(?:#[\w-]+)?\)|\{[^}]*\}")  # notes, our links, anchors
_SHORTEST = 7  # digits in a telephone number that nothing announces
_DATED = frozenset(one.name for one in CALLOUTS.values() if one.is_dated)
_EXEMPT = _DATED | {"footnotes", "admonition-title"}
_VARIANTS = "Also: "  # the glossary's other spellings are no statements
_UNITS = frozenset(("p", "li", "tr", "dd"))


def sourced(handbook: Handbook) -> Iterator[Fault]:
    """Every fact has a footnote or an as-of date, in the parts with `facts = true`."""
    for part in handbook.parts:
        for chapter in part.chapters if part.facts else ():
            if chapter.front.kind == "sources":
                continue
            for words in _unsourced(markup.parse(chapter)):
                found = _FACT.search(words)
                fact = found.group() if found else ""
                message = tr("'{fact}' has no footnote and no as-of date: “{words}”").format(
                    fact=fact, words=words[:70]
                )
                yield Fault(chapter.file, _line_of(chapter, words), message)


def _unsourced(tree: Element) -> Iterator[str]:
    """The text of each paragraph, list item or table row that names a fact and has no footnote."""

    def walk(element: Element) -> Iterator[str]:
        classes = (element.get("class") or "").split()
        if not _EXEMPT.isdisjoint(classes):
            return
        if element.tag in _UNITS:
            blocks = [] if element.tag == "tr" else [child for child in element if child.tag in markup.BLOCKS]
            own = _without(element, blocks)
            words = markup.words_of(own)
            noted = any(sup.get("data-note") for sup in own.iter("sup"))
            if not noted and not words.startswith(_VARIANTS) and _FACT.search(_OWN_DATE.sub("", words)):
                yield words
            children = blocks
        else:
            children = list(element)
        for child in children:
            yield from walk(child)

    yield from walk(tree)


def _without(element: Element, blocks: list[Element]) -> Element:
    """An element's own line: what it holds but its blocks, which are units of their own."""
    own = Element(element.tag)
    own.text = element.text
    own.extend(child for child in element if child not in blocks)
    return own


def dated(handbook: Handbook) -> Iterator[Fault]:
    """An as-of call-out has a date in its title: the date is what its content has in place of footnotes."""
    for chapter in handbook.chapters.values():
        if not any("!!!" in line and name in line for line in chapter.lines for name in _DATED):
            continue  # parsing takes a hundred times as long
        for box in markup.parse(chapter).iter("div"):
            if _DATED.isdisjoint((box.get("class") or "").split()):
                continue
            title = markup.words_of(box[0]) if len(box) else ""
            if not re.search(_YEAR, title):
                message = tr("the as-of call-out '{title}' has no date in its title").format(title=title)
                yield Fault(chapter.file, _line_of(chapter, title), message)


def _line_of(chapter: Chapter, words: str) -> int:
    """The line where a paragraph begins, found by its first words; 0 when Markdown signs are between those."""
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
        yield line, name, chapter.resolve(target) if target else None


def sources_exist(handbook: Handbook) -> Iterator[Fault]:
    """Every footnote leads to an entry of the sources."""
    sources = _sources(handbook)
    if not sources:
        return
    for chapter in handbook.chapters.values():
        for line, name, address in _lines_of_notes(chapter):
            if str(address) not in sources:
                message = tr("footnote '{name}' leads to no entry of the sources").format(name=name)
                yield Fault(chapter.file, line_in_file(chapter, line), message)


def sources_used(handbook: Handbook) -> Iterator[Fault]:
    """Every entry of the sources is pointed at by another chapter."""
    sources = _sources(handbook)
    used = {
        str(chapter.resolve(target))
        for chapter in handbook.chapters.values()
        if chapter.front.kind != "sources"
        for _, target in chapter.references.links
    }
    for address, chapter in sources.items():
        if address not in used:
            section = handbook.find(address)
            line = line_in_file(chapter, section.start) if section else 0
            yield Fault(chapter.file, line, tr("source '{address}' is never used").format(address=address))


def contact_details(handbook: Handbook) -> Iterator[Fault]:
    """No telephone number, e-mail or web address anywhere: they go out of date, and may put somebody at risk.

    Only for a handbook in which some part has `facts = true`: other people's handbooks may have them."""
    if not any(part.facts for part in handbook.parts):
        return
    for chapter in handbook.chapters.values():
        for number, line in enumerate(chapter.lines):
            for found in contacts(line):
                message = tr("'{found}' looks like a telephone number, an e-mail or a web address").format(found=found)
                yield Fault(chapter.file, line_in_file(chapter, number), message)
        for words in (chapter.title, chapter.front.group_size, *(one.item for one in chapter.front.materials)):
            for found in contacts(words):
                yield Fault(
                    chapter.file,
                    1,
                    tr("'{found}' looks like a telephone number, an e-mail or a web address").format(found=found),
                )


def contacts(line: str) -> Iterator[str]:
    """The contact details in a line, and what looks like them."""
    line = _OWN.sub("", line)
    found = _MAIL.search(line) or _CALLED.search(line)
    if found:
        yield found.group()
        return
    for group in _DIGITS.finditer(line):
        numbers = re.findall(r"\d+", group.group())
        if sum(map(len, numbers)) >= _SHORTEST and not all(re.fullmatch(_YEAR, number) for number in numbers):
            yield group.group()
