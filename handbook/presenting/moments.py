"""A workshop as the moments that a trainer goes through: the steps of each plan and exercise, breaks, and all else.

Belongs here: which moments there are, what belongs to each, and how long each is planned. Not here: the clock that runs
(run_clock.py)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.presenting.slides import Slide, pieces_of
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from handbook.workshop.timetable import Row, steps, timetable

QUESTIONS = "debriefing"  # the anchor of the section that holds an exercise's or plan's questions


class Moment(NamedTuple):
    """Something with a beginning and an end.

    day:     its number, from 1.
    start:   when it is planned to begin, in minutes from midnight.
    minutes: how long it is planned; 0 is a moment such as "Welcome".
    item:    the title of the workshop's item that it is part of; step: its own title inside that, "" for all of it.
    address: of the section with its text; "" for a break.
    text:    Markdown of a page that the trainer wrote herself.
    note:    the trainer's note.
    needed:  titles of the materials of the plan or exercise that begins here."""

    day: int
    start: int
    minutes: int
    item: str
    step: str
    address: str
    text: str
    note: str
    needed: tuple[str, ...]
    is_break: bool

    @property
    def title(self) -> str:
        """The step, or the item where that has none."""
        return self.step or self.item

    @property
    def whole_title(self) -> str:
        """The item, and the step if it has one."""
        return f"{self.item}: {self.step}" if self.step else self.item


def moments_of(handbook: Handbook, workshop: Workshop) -> tuple[Moment, ...]:
    """All moments of a workshop, day after day; none if nothing in it takes time."""
    return tuple(moment for _, some in by_row(handbook, workshop) for moment in some)


def by_row(handbook: Handbook, workshop: Workshop) -> Iterator[tuple[Row, list[Moment]]]:
    """The rows of a workshop's timetable, day after day, each with the moments that it is made of."""
    for day in timetable(handbook, workshop):
        for row in day.rows:
            item = workshop.items[row.item]
            length = row.end - row.start
            note = getattr(item, "note", "")
            address = str(handbook.current(Address.parse(item.address))) if isinstance(item, Passage) else ""
            text = item.text if isinstance(item, CustomPage) else ""
            base = Moment(
                day.number, row.start, length, row.title, "", address, text, note, _needed(handbook, address),
                isinstance(item, Entry),
            )  # fmt: skip
            parts = steps(handbook, item)
            yield row, _steps(handbook, base, parts) if parts else [base]


def _steps(handbook: Handbook, item: Moment, parts: tuple[tuple[str, int], ...]) -> list[Moment]:
    """The steps of an item."""
    chapter = handbook.chapters[item.address]
    anchors = _anchors(chapter)
    made: list[Moment] = []
    start = item.start
    for number, (title, minutes) in enumerate(parts):
        made.append(
            item._replace(
                start=start,
                minutes=minutes,
                step=title,
                address=str(Address(chapter.id, anchors.get(title, ""))),
                note=item.note if number == 0 else "",
                needed=item.needed if number == 0 else (),
            )
        )
        start += minutes
    return made


def _anchors(chapter: Chapter) -> dict[str, str]:
    """The anchor of each step by its title without the minutes."""
    return {section.title.rsplit(" (", 1)[0]: section.address.anchor for section in chapter.sections}


def _needed(handbook: Handbook, address: str) -> tuple[str, ...]:
    chapter = handbook.chapters.get(address)
    if chapter is None:
        return ()
    found = ((material.item, handbook.find(material.item)) for material in chapter.front.materials)
    return tuple(section.title if section is not None else item for item, section in found)


# -- What the group is shown ------------------------------------------------------------------------------------


def questions_of(handbook: Handbook, moment: Moment) -> tuple[Slide, ...]:
    """The debriefing questions of the exercise or plan that a moment is part of, a slide each; none if it has none."""
    chapter = handbook.chapters.get(Address.parse(moment.address).chapter)
    if chapter is None or QUESTIONS not in chapter.anchors:
        return ()
    top = chapter.anchors[QUESTIONS]
    anchors = {one.address.anchor for one in chapter.sections if top.holds(one)}
    root = markup.cut(markup.parse(chapter), anchors)
    source = handbook.source_line(chapter)
    lists = [listing for listing in root.iter() if listing.tag in ("ul", "ol")]
    made = []
    for piece in pieces_of(lists):
        question = Element("p")
        question.text = markup.words_of(piece)
        made.append(Slide(top.address, chapter.title, (question,), (), source, verbatim=False))
    return tuple(made)
