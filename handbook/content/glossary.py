"""Reads the glossary: each term with its definition, its variants and where the statement uses it.

Belongs here: how an entry is written in Markdown (docs/writing.md). Not here: searching for terms (search/).

A term is a heading of the second level; below it is the definition, then a list whose items begin with
"Also:", "Related:" and "In the statement:"."""

from __future__ import annotations

from typing import NamedTuple

from handbook.base.late_patterns import late_pattern
from handbook.content.address import Address
from handbook.content.chapter import Chapter, Section
from handbook.content.headings import links_of
from handbook.content.plain_text import plain_line

TERM_LEVEL = 2  # the level of headings that are terms
_FIELD = late_pattern(r"^[-*+][ \t]+(Also|Related|In the statement):[ \t]*(.*)$")


class Term(NamedTuple):
    """One entry.

    definition: plain text, without footnote marks.
    variants:   other spellings and abbreviations, for search.
    related:    addresses of other terms.
    used_in:    addresses in the statement; empty when it does not use the term; None when the entry does not say.
    line:       the line of the heading in the chapter's text, counted from 0."""

    address: Address
    title: str
    definition: str
    variants: tuple[str, ...]
    related: tuple[Address, ...]
    used_in: tuple[Address, ...] | None
    line: int


def terms(chapter: Chapter) -> tuple[Term, ...]:
    """The entries of a chapter of kind "glossary", in the chapter's order."""
    return tuple(_term(chapter, section) for section in chapter.sections if section.level == TERM_LEVEL)


def variants(chapter: Chapter, section: Section) -> tuple[str, ...]:
    """The other spellings and abbreviations of the term that a section defines."""
    return _split(_read(chapter, section)[1].get("Also", ""))


def definition(chapter: Chapter, section: Section) -> str:
    """The definition of a term as plain text; "" for a section that is no term."""
    if chapter.front.kind != "glossary" or section.level != TERM_LEVEL:
        return ""
    return plain_line(" ".join(_read(chapter, section)[0]))


def own_text(chapter: Chapter, section: Section) -> str:
    """The text of a section, one paragraph a line; of a term without the lists of links to others."""
    said = definition(chapter, section)
    return f"{said}\n{', '.join(variants(chapter, section))}".rstrip() if said else chapter.text(section)


def _read(chapter: Chapter, section: Section) -> tuple[list[str], dict[str, str]]:
    """The lines of an entry's definition, and its fields by name."""
    lines: list[str] = []
    found: dict[str, str] = {}
    for line in chapter.lines[section.body : section.text_end]:
        match = _FIELD.match(line)
        if match:
            found[match.group(1)] = match.group(2)
        elif not found and line.strip():
            lines.append(line.strip())
    return lines, found


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in (piece.strip() for piece in names.split(",")) if name)


def _term(chapter: Chapter, section: Section) -> Term:
    lines, found = _read(chapter, section)
    used = found.get("In the statement")
    return Term(
        section.address,
        section.title,
        plain_line(" ".join(lines)),
        _split(found.get("Also", "")),
        _addresses(found.get("Related", ""), chapter.id),
        None if used is None else _addresses(used, chapter.id),
        section.start,
    )


def _addresses(text: str, chapter: str) -> tuple[Address, ...]:
    targets = (Address.parse(link.target) for link in links_of(text) if not link.is_picture)
    return tuple(Address(target.chapter or chapter, target.anchor) for target in targets)
