"""What stands before a workshop's texts: its title, when and where it is, who gives it, and the programme.

Belongs here: these as an element tree, so that every format writes them as it writes any text. Not here: the same on
paper (printing/typeset/front.py)."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from handbook.base import catalogue, dates
from handbook.content.handbook import Handbook
from handbook.workshop.model import Workshop
from handbook.workshop.timetable import Day, clock, steps, timetable

PROGRAMME = "programme"  # the anchor of the programme


def tree(handbook: Handbook, workshop: Workshop, *, trainer: bool) -> Element:
    """The first text of a workshop's export. trainer: with minutes, steps and the notes of breaks."""
    said = catalogue.of(workshop.language)
    root = Element("div")
    _add(root, "h1", " ".join(workshop.title.split()) or handbook.manifest.title, id="", **{"class": "chapter"})
    _add(root, "p", said.gettext("Trainer’s packet") if trainer else said.gettext("Participants’ packet"))
    date = dates.written(workshop.date, said) if workshop.date else ""
    for line in (date, workshop.place, workshop.organisation):
        if line.strip():
            _add(root, "p", line)
    trainers = ", ".join(name for name in workshop.trainers if name.strip())
    if trainers:
        _add(root, "p", said.gettext("Trainers: {names}").format(names=trainers))
    manifest = handbook.manifest
    edition = f" {manifest.edition}" if manifest.edition else ""
    as_of = f", {dates.written(manifest.as_of, said)}" if manifest.as_of else ""
    _add(root, "p", f"{manifest.title}{edition}{as_of}")
    days = [day for day in timetable(handbook, workshop) if day.rows]
    if days:
        _add(root, "h2", said.gettext("Programme"), id=PROGRAMME)
    for number, day in enumerate(days, 1):
        title = _title(day, said, number if len(days) > 1 else 0)
        if title:
            _add(root, "h3", title, id=f"day-{day.number}")
        _table(root, said, _rows(handbook, workshop, day, trainer=trainer), trainer=trainer)
    return root


def _title(day: Day, said: gettext.NullTranslations, number: int) -> str:
    """The title of a day. number: of several days, else 0."""
    named = [day.title.strip() or (said.gettext("Day {number}").format(number=day.number) if number else "")]
    if number and day.date is not None:
        named.append(dates.written(day.date, said))
    return " · ".join(filter(None, named))


def _table(
    root: Element, said: gettext.NullTranslations, rows: Iterable[tuple[str, str, str]], *, trainer: bool
) -> None:
    """A table of the programme. rows: the time, what is done, how many minutes; those are for the trainer alone."""
    heads = (
        said.pgettext("head of a column", "Time"),
        said.pgettext("head of a column", "What"),
        said.pgettext("head of a column", "min"),
    )
    columns = 3 if trainer else 2
    table = SubElement(root, "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for words in heads[:columns]:
        _add(head, "th", words)
    body = SubElement(table, "tbody")
    for cells in rows:
        row = SubElement(body, "tr")
        for words in cells[:columns]:
            _add(row, "td", words)


def _rows(handbook: Handbook, workshop: Workshop, day: Day, *, trainer: bool) -> Iterator[tuple[str, str, str]]:
    """The rows of a day's table; a trainer's has the steps and the notes of breaks."""
    for row in day.rows:
        item = workshop.items[row.item]
        span = clock(row.start) if row.end == row.start else f"{clock(row.start)}–{clock(row.end)}"
        note = getattr(item, "note", "").strip() if trainer and row.is_break else ""
        what = f"{row.title} ({' '.join(note.split())})" if note else row.title
        yield span, what, str(row.end - row.start) if row.end > row.start else ""
        at = row.start
        for step, length in steps(handbook, item) if trainer else ():
            yield f"{clock(at)}–{clock(at + length)}", step, str(length)
            at += length


def _add(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    made = SubElement(parent, tag, attributes)
    made.text = text
    return made
