"""Checks the glossary: the form of each entry, and that a search for a term finds its entry first."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.catalogue import tr
from handbook.check.structure import line_in_file
from handbook.content.glossary import terms
from handbook.content.handbook import Fault, Handbook


def form(handbook: Handbook) -> Iterator[Fault]:
    """A term has a definition, says where the statement uses it, and shares no variant with another."""
    owner: dict[str, str] = {}
    for chapter in handbook.chapters.values():
        if chapter.front.kind != "glossary":
            continue
        for term in terms(chapter):
            line = line_in_file(chapter, term.line)
            if not term.definition:
                yield Fault(chapter.file, line, tr("'{title}' has no definition").format(title=term.title))
            if term.used_in is None:
                yield Fault(
                    chapter.file, line, tr("'{title}' has no line 'In the statement:'").format(title=term.title)
                )
            for name in (term.title, *term.variants):
                other = owner.setdefault(name.casefold(), term.title)
                if other != term.title:
                    yield Fault(
                        chapter.file, line, tr("'{name}' is a variant of '{other}' too").format(name=name, other=other)
                    )


_NEAR = 3  # a search for a variant must find the term among this many hits


def found_first(handbook: Handbook) -> Iterator[Fault]:
    """Searched by its name, a term's own entry is the first hit; by a variant, it is among the first."""
    entries = [
        (chapter, term)
        for chapter in handbook.chapters.values()
        if chapter.front.kind == "glossary"
        for term in terms(chapter)
    ]
    if not entries:
        return
    from handbook.search.index import Index  # imports Whoosh, so only when there is a glossary to check

    index = Index.in_memory(handbook)
    for chapter, term in entries:
        hits = index.search(term.title, limit=1).hits
        if hits and hits[0].address != str(term.address):
            message = tr("a search for '{title}' finds {first} first").format(title=term.title, first=hits[0].address)
            yield Fault(chapter.file, line_in_file(chapter, term.line), message)
        for words in term.variants if hits else (term.title, *term.variants):
            if str(term.address) not in [hit.address for hit in index.search(words, limit=_NEAR).hits]:
                message = tr("a search for '{variant}' does not find '{title}' among the first {most}").format(
                    variant=words, title=term.title, most=_NEAR
                )
                yield Fault(chapter.file, line_in_file(chapter, term.line), message)
    index.close()
