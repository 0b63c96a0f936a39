"""Checks of translated chapters: whether they can stand in the place of the ones they translate.

Belongs here: what a translation must have in common with its original. Not here: whether it is a good translation."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.catalogue import tr
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook


def translations(handbook: Handbook) -> Iterator[Fault]:
    """A translated chapter has the anchors, headings and links of its original; a statement has its source too."""
    for chapter in handbook.chapters.values():
        original = handbook.chapters.get(chapter.original)
        if original is not None:
            for said in _differences(chapter, original):
                yield Fault(chapter.file, 0, said)


def _differences(chapter: Chapter, original: Chapter) -> Iterator[str]:
    for anchor in sorted(original.anchors.keys() - chapter.anchors.keys()):
        yield tr("translation: the anchor '#{anchor}' is missing").format(anchor=anchor)
    levels = [section.level for section in chapter.sections]
    if levels != [section.level for section in original.sections]:
        yield tr("translation: its headings are not those of the original, one for one")
    targets = (target for _, target in chapter.references.links)
    if sorted(targets) != sorted(target for _, target in original.references.links):
        yield tr("translation: its links do not lead where those of the original lead")
    if chapter.front.kind == "statement" and not chapter.front.source:
        yield tr("translation: the statement needs 'source' in its front matter: who translated it, and when")
