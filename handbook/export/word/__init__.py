"""Writes a book as a Word document. The only package that imports docx.

    __init__.py   the document around the texts: title page, contents, header, footer, properties
    styles.py     every style, each with its look: what a person changes in Word in one place
    lists.py      numbering of lists
    notes.py      footnotes
    walk.py       element trees to paragraphs, tables and runs

Not here: what is exported (choice.py, book.py)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from handbook.export.archive import rezipped
from handbook.export.book import FRONT, Book, Step, Text, no_step
from handbook.export.pictures import pictures_of
from handbook.export.word import styles
from handbook.export.word.walk import Walk

if TYPE_CHECKING:
    from docx.document import Document

_FIRST = "[Content_Types].xml"
_MANY = 3  # headings from which there is a list of contents
_MOST_LINES = 150  # of contents: a longer list shows fewer levels
_LONGEST = 255  # letters of a property; python-docx takes no longer one
_PICTURES = 0.4  # of the time that remains when the book is there


def word(book: Book, step: Step = no_step) -> bytes:
    """The document, the same bytes for the same book. step: told from 0 to 1; raises to stop."""
    import docx  # 160 ms

    pictures = pictures_of(book, drawings=False, step=lambda share: step(_PICTURES * share))
    document = docx.Document(io.BytesIO(_template(docx)))
    styles.set_up(document, book)
    walk = Walk(book, document, pictures)
    body = list(_body(book, walk, lambda share: step(_PICTURES + (0.9 - _PICTURES) * share)))
    styles.fill(document, body)
    walk.finish()
    _properties(document, book)
    step(0.95)
    made = io.BytesIO()
    document.save(made)
    return rezipped(made.getvalue(), _FIRST)


def _template(docx: ModuleType) -> bytes:
    """What python-docx begins a document with. Read here, as of a file that can't be read it says another error."""
    return Path(str(docx.__file__)).with_name("templates").joinpath("default.docx").read_bytes()


def _body(book: Book, walk: Walk, step: Step) -> Iterator[str]:
    texts = book.texts
    alone = len(texts) == 1
    has_parts = len(book.groups) > 1
    if not alone and texts[0].kind != FRONT:
        yield walk.title_page()
    lines = _contents(book, has_parts=has_parts)
    has_contents = len(lines) >= _MANY
    has_front = texts[0].kind == FRONT  # the contents follow a packet's title page and programme
    if has_contents and not has_front:
        yield walk.contents(lines)
    done = 0
    for group in book.groups:
        if has_parts:
            yield walk.part(group.title)
        for number, text in enumerate(group.texts):
            step(done / len(texts))
            following = texts[done + 1] if done + 1 < len(texts) else None
            yield walk.text(
                text,
                level=2 if has_parts else 1,
                new_page=not alone
                and not (has_parts and number == 0)
                and (done > 0 or (has_contents and not has_front)),
                with_source=following is None or following.source != text.source,
            )
            done += 1
            if has_contents and has_front and done == 1:
                yield walk.contents(lines)


def _contents(book: Book, *, has_parts: bool) -> list[tuple[int, str, str, str]]:
    """The lines of the contents: level, title, text, anchor. Sections are in it where the list stays short."""
    chapters: list[tuple[int, str, str, str]] = []
    full: list[tuple[int, str, str, str]] = []
    for group in book.groups:
        if has_parts:
            line = (1, group.title, "", group.title)
            chapters.append(line)
            full.append(line)
        for text in group.texts:
            line = (2 if has_parts else 1, text.title, text.name, _first(text))
            chapters.append(line)
            full += [line, *((line[0] + 1, one.title, text.name, one.anchor) for one in text.headings)]
    return full if len(full) <= _MOST_LINES else chapters


def _first(text: Text) -> str:
    """The anchor of a text's title."""
    if not text.has_title:
        return ""
    return next((one.get("id", "") for one in text.tree.iter() if one.get("id") is not None), "")


def _properties(document: Document, book: Book) -> None:
    said = document.core_properties
    title, publisher, subtitle = (_short(words) for words in (book.title, book.publisher, book.subtitle))
    said.title, said.author, said.language = title, publisher, book.language
    said.subject, said.keywords, said.comments, said.category = subtitle, "", "", ""
    said.last_modified_by, said.revision, said.identifier = publisher, 1, f"urn:uuid:{book.identity}"
    day = datetime.datetime.fromisoformat(book.date)
    said.created = said.modified = said.last_printed = day


def _short(words: str) -> str:
    """Words as a property: the document itself has all of them."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
