"""What an exported file says besides its texts, in the language of these, or of the workshop.

Belongs here: those few words. A file goes to others, and is read aloud in the language that it says it is in: so they
are not in that of the person who exports it."""

from __future__ import annotations

from handbook.content.web_text import Words
from handbook.export.book import Book, Text


def words_of(book: Book, text: Text) -> Words:
    """The words around one text as HTML."""
    tr = book.said.gettext
    return Words(
        contents=book.said.pgettext("head of a list", "Contents"),
        theirs=tr("The words of {source}").format(source=text.source),
        notes=tr("Notes"),
        note=tr("Note"),
        back=tr("Back to the text"),
        room=tr("Room to write"),
    )
