"""When each item of a workshop begins and ends.

Belongs here: minutes to clock times, day by day, and where they run over. Not here: how a timetable looks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.workshop.model import Entry, Item, NewDay, Passage, Workshop

_STEP_MINUTES = re.compile(r"\s*\((\d{1,3}) minutes?\)$")  # as the title of a step ends
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timetable. Times are minutes from midnight; above 1,440 is the next day.

    item:   its place in Workshop.items.
    over:   minutes by which it runs past the day's end, or past the start that a later item is fixed to; 0 is
            none. `over_what` is "" for the day's end, else the title of that item.
    free:   minutes with nothing in them before this row, as it is fixed to a later start.
    is_break: an entry of the trainer's, no page of the handbook."""

    item: int
    title: str
    start: int
    end: int
    over: int = 0
    over_what: str = ""
    free: int = 0
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its number from 1, its own title or "", its date where the workshop has one, its rows in order.

    over: minutes by which the last row ends after the day's end; 0 is none."""

    number: int
    title: str
    date: datetime.date | None
    start: int
    end: int | None
    rows: tuple[Row, ...]
    over: int = 0

    @property
    def minutes(self) -> int:
        """What is filled, breaks too."""
        return sum(row.end - row.start for row in self.rows)


def minutes_of(handbook: Handbook, item: Item) -> int:
    """How long an item takes: as it says itself, else as its session plan, exercise or step says; 0 is none."""
    if isinstance(item, NewDay):
        return 0
    if item.minutes is not None:
        return item.minutes
    section = handbook.find(item.address) if isinstance(item, Passage) else None
    if section is None:
        return 0
    if section.level == 0:
        return handbook.chapters[section.address.chapter].front.minutes
    found = _STEP_MINUTES.search(section.title)
    return int(found.group(1)) if found else 0


def title_of(handbook: Handbook, item: Item) -> str:
    """What an item is called: a passage as the handbook has it now, else as it was last seen."""
    section = handbook.find(item.address) if isinstance(item, Passage) else None
    if section is not None:
        return section.title
    return item.title or (item.address if isinstance(item, Passage) else "")


def steps(handbook: Handbook, item: Item) -> tuple[tuple[str, int], ...]:
    """The steps of a session plan or an exercise with their minutes: ("1. Welcome", 5), in order.

    Their minutes are in proportion where the trainer gave the item others than its plan has; without any it has no
    steps."""
    address = handbook.current(Address.parse(item.address)) if isinstance(item, Passage) else Address("")
    chapter = handbook.chapters.get(str(address))
    if chapter is None or (isinstance(item, Passage) and item.minutes == 0):
        return ()
    timed = ((section.title, _STEP_MINUTES.search(section.title)) for section in chapter.sections[1:])
    found = [(title[: length.start()], int(length.group(1))) for title, length in timed if length]
    planned = [length for _, length in found]
    lengths = shared(planned, minutes_of(handbook, item) or sum(planned))
    return tuple((title, length) for (title, _), length in zip(found, lengths, strict=True))


def shared(lengths: list[int], total: int) -> list[int]:
    """Minutes in proportion to others, with a given sum; each at least 1 while there are enough of them.

    Largest remainders get the minutes that rounding down leaves."""
    whole = sum(lengths)
    if whole == total or not lengths:
        return list(lengths)
    least = 1 if total >= len(lengths) else 0
    if not whole:
        lengths, whole = [1] * len(lengths), len(lengths)
    exact = [least + (total - least * len(lengths)) * length / whole for length in lengths]
    made = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (made[at] - exact[at], at))
    for at in by_remainder[: total - sum(made)]:
        made[at] += 1
    return made


def timetable(handbook: Handbook, workshop: Workshop) -> tuple[Day, ...]:
    """The days of a workshop, each with its rows; one day at least.

    Items without minutes have no row, but for entries and what is fixed to a start."""
    days: list[Day] = []
    opening = NewDay("", workshop.start, workshop.end)
    waiting: list[tuple[int, Item]] = []
    for number, item in enumerate(workshop.items):
        if isinstance(item, NewDay):
            days.append(_day(handbook, workshop, len(days), opening, waiting))
            opening, waiting = item, []
        else:
            waiting.append((number, item))
    days.append(_day(handbook, workshop, len(days), opening, waiting))
    return tuple(days)


def clock(minutes: int) -> str:
    """Minutes from midnight as a time of the day: 575 is 09:35."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _day(
    handbook: Handbook, workshop: Workshop, number: int, opening: NewDay, items: Sequence[tuple[int, Item]]
) -> Day:
    start = _minutes(opening.start or workshop.start)
    closing = opening.end or workshop.end
    end = _minutes(closing) if closing is not None else None
    if end is not None and end <= start:
        end += _DAY  # past midnight
    rows: list[Row] = []
    at = start
    for place, item in items:
        length, fixed = minutes_of(handbook, item), getattr(item, "start", None)
        if not length and fixed is None and not isinstance(item, Entry):
            continue
        begins = at if fixed is None else _minutes(fixed)
        if begins + _DAY // 2 < at:
            begins += _DAY  # after midnight
        if begins < at and rows:
            last = rows[-1]
            title = title_of(handbook, item)
            rows[-1] = Row(last.item, last.title, last.start, last.end, at - begins, title, last.free, last.is_break)
        is_break = isinstance(item, Entry)
        free = max(0, begins - at) if rows or fixed is not None else 0
        rows.append(Row(place, title_of(handbook, item), begins, begins + length, 0, "", free, is_break))
        at = begins + length
    rows = [
        Row(r.item, r.title, r.start, r.end, r.end - end, "", r.free, r.is_break)
        if end is not None and r.end > end and not r.over
        else r
        for r in rows
    ]
    date = _later(workshop.date, number) if workshop.date else None
    over = max(0, rows[-1].end - end) if rows and end is not None else 0
    return Day(number + 1, opening.title, date, start, end, tuple(rows), over)


def _later(date: datetime.date, days: int) -> datetime.date | None:
    """So many days later; None beyond the last day that Python's calendar has."""
    return date + datetime.timedelta(days=days) if days <= (datetime.date.max - date).days else None


def _minutes(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


__all__ = ["Day", "Row", "clock", "minutes_of", "shared", "steps", "timetable", "title_of"]
