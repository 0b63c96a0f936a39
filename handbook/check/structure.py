"""Checks links, footnotes, headings, anchors and old addresses: everything that is pointed at exists."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.bounds import DEEPEST
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook
from handbook.content.links import alike
from handbook.content.loading import MANIFEST


def line_in_file(chapter: Chapter, line: int) -> int:
    """The line in the file (from 1) of a line of the chapter's text (from 0)."""
    return line + chapter.offset + 1


def pages(handbook: Handbook) -> Iterator[Fault]:
    """What is pointed at stands on the page: links, headings, anchors. Each chapter is parsed once for all three."""
    for chapter in handbook.chapters.values():
        tree = markup.parse(chapter)
        if tree.get(markup.PLAIN):
            yield Fault(chapter.file, 0, tr("its Markdown can't be read: it is shown as it is written"))
        if tree.get(markup.FLAT):
            what = tr("lists or quotations lie more than {deepest} deep in each other: they are set flat").format(
                deepest=DEEPEST
            )
            yield Fault(chapter.file, 0, what)
        yield from _links(handbook, chapter, tree)
        yield from _headings(chapter, tree)
        yield from _anchors(handbook, chapter, tree)


def _links(handbook: Handbook, chapter: Chapter, tree: Element) -> Iterator[Fault]:
    """Every link inside the handbook leads to an address that exists."""
    shown = {link.get("href", "") for link in tree.iter("a")}
    broken = {to for to in shown if not markup.is_external(to) and handbook.find(to) is None}
    for line, target in chapter.references.links if broken else ():
        address = str(chapter.resolve(target))
        if address in broken:
            message = tr("link to '{target}' leads nowhere ({address})").format(target=target, address=address)
            yield Fault(chapter.file, line_in_file(chapter, line), message)
            shown.discard(address)
    for address in broken & shown:  # where it is written was not found
        yield Fault(chapter.file, 0, tr("a link leads nowhere ({address})").format(address=address))


def names(handbook: Handbook) -> Iterator[Fault]:
    """The names of files are others on every system, and so are the ids of chapters."""
    files: set[str] = set()
    ids: dict[str, Chapter] = {}
    for chapter in handbook.own_chapters.values():
        if alike(chapter.file) in files:
            text = tr("Two files differ only in capitals or accents: '{name}'. Rename one of them.")
            yield Fault(chapter.file, 0, text.format(name=chapter.file))
        elif (other := ids.get(alike(chapter.id))) is not None:
            what = tr("chapter id '{id}' is taken by {file}: rename one of the files")
            yield Fault(chapter.file, 0, what.format(id=chapter.id, file=other.file))
        files.add(alike(chapter.file))
        ids.setdefault(alike(chapter.id), chapter)


def footnotes(handbook: Handbook) -> Iterator[Fault]:
    """Every footnote has a text, and every text is referred to."""
    for chapter in handbook.chapters.values():
        used = {name for _, name in chapter.references.footnote_uses}
        written = {name for _, name in chapter.references.footnote_texts}
        for line, name in chapter.references.footnote_uses:
            if name not in written:
                yield Fault(
                    chapter.file, line_in_file(chapter, line), tr("footnote '{name}' has no text").format(name=name)
                )
        for line, name in chapter.references.footnote_texts:
            if name not in used:
                yield Fault(
                    chapter.file,
                    line_in_file(chapter, line),
                    tr("footnote '{name}' is never referred to").format(name=name),
                )
        yield from _deep_notes(chapter)


def _deep_notes(chapter: Chapter) -> Iterator[Fault]:
    """Footnotes that refer to footnotes, and those to others, deeper than paper has them."""
    of_line = dict(chapter.references.footnote_texts)
    lines = {name: line for line, name in of_line.items()}
    above = {used: of_line[line] for line, used in chapter.references.footnote_uses if line in of_line}
    for name, line in lines.items():
        depth, at, seen = 0, name, {name}
        while at in above and above[at] not in seen and depth <= DEEPEST:
            at = above[at]
            seen.add(at)
            depth += 1
        if depth == DEEPEST:
            what = tr(
                "footnote '{name}' lies more than {deepest} deep in others: its name is printed in its place"
            ).format(name=name, deepest=DEEPEST)
            yield Fault(chapter.file, line_in_file(chapter, line), what)


def _headings(chapter: Chapter, tree: Element) -> Iterator[Fault]:
    """Every section is a heading on its page, and no level is skipped on the way down."""
    shown = {element.get("id") for element in tree.iter() if element.tag in markup.HEADINGS}
    above = 1
    for section in chapter.sections[1:]:
        line = line_in_file(chapter, section.start)
        if section.address.anchor not in shown:
            yield Fault(chapter.file, line, tr("heading '{title}' is not one on the page").format(title=section.title))
        if section.level > above + 1:
            message = tr("heading '{title}' of level {level} stands under one of level {above}").format(
                title=section.title, level=section.level, above=above
            )
            yield Fault(chapter.file, line, message)
        above = section.level


def _anchors(handbook: Handbook, chapter: Chapter, tree: Element) -> Iterator[Fault]:
    """Every paragraph anchor in the source exists on the page."""
    shown = {element.get("id") for element in tree.iter()}
    for line, name in chapter.found.anchors:
        if name not in shown and handbook.find(Address(chapter.id, name)) is not None:
            yield Fault(
                chapter.file, line_in_file(chapter, line), tr("anchor '#{name}' is not on the page").format(name=name)
            )


def old_addresses(handbook: Handbook) -> Iterator[Fault]:
    """The manifest's old addresses are no longer in use, and each leads to an address that exists."""
    for old, now in handbook.manifest.was.items():
        if handbook.current(Address.parse(old)) == Address.parse(old):
            yield Fault(MANIFEST, 0, tr("'was' names '{old}', which is there").format(old=old))
        if handbook.find(now) is None:
            yield Fault(MANIFEST, 0, tr("'was' leads '{old}' to '{now}', which is not there").format(old=old, now=now))
