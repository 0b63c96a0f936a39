"""What an exported file says besides its texts, in the person's language.

Belongs here: those few words. Not here: words in the language of the texts (book.py)."""

from __future__ import annotations

from handbook.base.catalogue import tr
from handbook.content.web_text import Words
from handbook.export.book import Book, Text


def words_of(book: Book, text: Text) -> Words:
    """The words around one text as HTML."""
    return Words(
        contents=book.said.pgettext("head of a list", "Contents"),
        theirs=tr("The words of {source}").format(source=text.source),
        notes=tr("Notes"),
        note=tr("Note"),
        back=tr("Back to the text"),
        room=tr("Room to write"),
    )
