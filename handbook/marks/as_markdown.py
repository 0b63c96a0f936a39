"""Marks as a Markdown text to read, or to put into a paper of one's own.

Belongs here: that text. Not here: the file that marks are kept in and carried with (file.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handbook.base import dates
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.marks.model import Mark, by_place

_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]<>|"}


def as_markdown(
    handbook: Handbook,
    marks: Iterable[Mark],
    title: str,
    labels: Mapping[str, str],
    where: Callable[[Mark], str] | None = None,
) -> str:
    """All marks in the order of the handbook, each with its source line.

    labels: the words for "bookmark", "highlight" and "note" in the person's language. where: as in by_place()."""
    lines = [f"# {_plain(title)}", ""]
    heading = ""
    for mark in by_place(handbook, marks, where):
        if mark.title != heading:
            heading = mark.title
            lines += [f"## {_plain(heading)}", ""]
        if mark.quote:
            lines += [f"> {_plain(mark.quote)}", ""]
        address = where(mark) if where is not None else mark.address
        chapter = handbook.chapter(Address.parse(address))
        source = f"{handbook.source_line(chapter)} ({address})" if chapter is not None else address
        lines += [f"{labels[mark.kind]}, {dates.written(mark.made)}. {_plain(source)}", ""]
        if mark.note.strip():
            note = _plain(" ".join(mark.note.split()))
            lines += [f"{labels['note']}: {note}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A text in which no letter means anything to Markdown."""
    plain = " ".join(text.split()).translate(_SIGNS)
    return f"\\{plain}" if plain[:1] in ("#", "-", "+") else plain
