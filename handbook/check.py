"""Proofs of the content: `handbook check` lists every fault, not only the first.

Belongs here: what can be wrong with a handbook beyond what content.py meets while reading it. Each proof is
a generator of faults over the whole handbook; a new one is a function in PROOFS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from handbook import render
from handbook.content import Address, Chapter, Fault, Handbook

STATEMENT_DIGEST = "statement.sha256"  # beside handbook.toml
Proof = Callable[[Handbook], Iterator[Fault]]


def check(handbook: Handbook) -> tuple[Fault, ...]:
    """Every fault of a handbook, in the order of its files."""
    found = set(handbook.faults)
    for proof in PROOFS:
        found.update(proof(handbook))
    return tuple(sorted(found))


def _line(chapter: Chapter, line: int) -> int:
    """A line of the chapter's text as the file counts it."""
    return line + chapter.offset + 1


def links(handbook: Handbook) -> Iterator[Fault]:
    """Every link within the handbook leads to a place that exists: those on the page, however written."""
    for chapter in handbook.chapters.values():
        shown = {link.get("href", "") for link in render.parse(chapter).iter("a")}
        broken = {to for to in shown if not render.is_external(to) and handbook.find(to) is None}
        told = set()
        for line, target in chapter.references.links:
            address = str(render.resolve(target, chapter.id))
            if address in broken:
                told.add(address)
                yield Fault(chapter.file, _line(chapter, line), f"link to '{target}' leads nowhere ({address})")
        for address in broken - told:  # its text or its target stands on another line
            yield Fault(chapter.file, 0, f"a link leads nowhere ({address})")


def footnotes(handbook: Handbook) -> Iterator[Fault]:
    """Every footnote has a text, and every text is referred to."""
    for chapter in handbook.chapters.values():
        used = {name for _, name in chapter.references.footnote_uses}
        written = {name for _, name in chapter.references.footnote_texts}
        for line, name in chapter.references.footnote_uses:
            if name not in written:
                yield Fault(chapter.file, _line(chapter, line), f"footnote '{name}' has no text")
        for line, name in chapter.references.footnote_texts:
            if name not in used:
                yield Fault(chapter.file, _line(chapter, line), f"footnote '{name}' is never referred to")


def headings(handbook: Handbook) -> Iterator[Fault]:
    """Every section is a heading on its page, and no level is skipped on the way down."""
    for chapter in handbook.chapters.values():
        shown = {element.get("id") for element in render.parse(chapter).iter() if element.tag in render.HEADINGS}
        above = 1
        for section in chapter.sections[1:]:
            if section.address.anchor not in shown:
                yield Fault(
                    chapter.file,
                    _line(chapter, section.start),
                    f"heading '{section.title}' is not one on the page",
                )
            if section.level > above + 1:
                yield Fault(
                    chapter.file,
                    _line(chapter, section.start),
                    f"heading '{section.title}' of level {section.level} stands under one of level {above}",
                )
            above = section.level


def pictures(handbook: Handbook) -> Iterator[Fault]:
    """The handbook shows and prints words only: a picture would be lost in silence."""
    for chapter in handbook.chapters.values():
        for number, line in enumerate(chapter.lines):
            if "![" in line and "](" in line:
                yield Fault(chapter.file, _line(chapter, number), "holds a picture; only words are shown and printed")


def statement(handbook: Handbook) -> Iterator[Fault]:
    """The statement is word for word its source: the digest of its words is kept beside the manifest."""
    chapters = [chapter for chapter in handbook.chapters.values() if chapter.front.kind == "statement"]
    if not chapters:
        return
    wanted = _kept_digest(handbook.folder)
    if wanted is None:
        yield Fault(STATEMENT_DIGEST, 0, "is missing: nothing proves that the statement is word for word its source")
        return
    if statement_digest(handbook) != wanted:
        yield Fault(chapters[0].file, 0, "the statement is not word for word its source")


def statement_digest(handbook: Handbook) -> str:
    """SHA-256 of the statement's words in order, one space between them, as the page shows them."""
    words = [
        render.words_of(render.parse(chapter))
        for chapter in handbook.chapters.values()
        if chapter.front.kind == "statement"
    ]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _kept_digest(folder: Path) -> str | None:
    try:
        return (folder / STATEMENT_DIGEST).read_text(encoding="ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return None


def anchors(handbook: Handbook) -> Iterator[Fault]:
    """Every paragraph anchor that the source names is there on the page."""
    for chapter in handbook.chapters.values():
        shown = {element.get("id") for element in render.parse(chapter).iter()}
        for line, name in chapter.found.anchors:
            if name not in shown and handbook.find(Address(chapter.id, name)) is not None:
                yield Fault(chapter.file, _line(chapter, line), f"anchor '#{name}' is not on the page")


PROOFS: tuple[Proof, ...] = (links, footnotes, headings, anchors, pictures, statement)
