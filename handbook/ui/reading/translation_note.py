"""The line on a page that says whether its words are a translation.

Belongs here: which sentence a chapter gets, and where its link leads. Not here: which chapters are translated
(content/translation.py)."""

from __future__ import annotations

from typing import NamedTuple

from handbook.base.catalogue import tr
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook


class Note(NamedTuple):
    """A sentence, and the words and the address of a link behind it."""

    words: str
    link: tuple[str, str] | None = None


def translation_note(handbook: Handbook, chapter: Chapter) -> Note:
    """The line for below the title of a chapter, in a handbook of which something is translated."""
    if to := handbook.translations.get(chapter.id):
        return Note(tr("This is the English text that was translated."), (tr("Read the translation"), to))
    if not chapter.language:
        return Note(tr("This page is not translated yet: it is in English."))
    if chapter.front.source:
        said = tr("This page is a translation. {source}").format(source=chapter.front.source)
    else:
        said = tr("This page is a translation by this handbook; no native speaker has read it yet.")
    return Note(said, (tr("Read it in English"), chapter.original))
