"""The text of each row in the list of a workshop's items: times, title, minutes, pages, warnings.

Belongs here: texts. Not here: computing the times (handbook/workshop/timetable.py), painting (items_view.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QDate, QLocale

from handbook.base.catalogue import ngettext, tr
from handbook.content.handbook import Handbook
from handbook.workshop import needs, timetable
from handbook.workshop.model import CustomPage, Entry, Item, NewDay, Passage, Workshop, is_gone, nearest_existing
from handbook.workshop.timetable import Day, clock

MOST_OFFERS = 100  # missing passages for which the nearest is searched, 1 ms each, after every change
MOST_NAMES = 3  # of what an item needs
Look = Literal["passage", "own", "entry", "day"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list.

    times: "09:30–10:15", or "". facts: small text below the title. warning: what is wrong with the item, or "".
    gone: the item's address is not in the handbook; `nearest` is the address offered in its place, or "".
    above: what begins with this row, "Programme" or "To hand out"; "" where it goes on."""

    look: Look
    title: str
    times: str = ""
    facts: str = ""
    warning: str = ""
    gone: bool = False
    nearest: str = ""
    above: str = ""

    @property
    def spoken(self) -> str:
        """The whole row as one text, for screen readers."""
        return ". ".join(part for part in (self.above, self.title, self.times, self.facts, self.warning) if part)


def rows(handbook: Handbook, workshop: Workshop, pages: Mapping[int, int]) -> tuple[Row, ...]:
    """One row for each item. pages: the page counts that are known, by the item's position."""
    days = timetable.timetable(handbook, workshop)
    timed = {row.item: row for day in days for row in day.rows}
    needed = needs.open_needs(handbook, workshop)
    made: list[Row] = []
    number = offers = 0
    for place, item in enumerate(workshop.items):
        if isinstance(item, NewDay):
            number += 1
            made.append(Row("day", day_title(days[number]), facts=hours(days[number])))
            continue
        times, warning = "", ""
        if place in timed:
            row = timed[place]
            times = clock(row.start) if row.start == row.end else f"{clock(row.start)}–{clock(row.end)}"
            warning = _over(row)
        look: Look = "own" if isinstance(item, CustomPage) else "entry" if isinstance(item, Entry) else "passage"
        gone = item if is_gone(item, handbook) else None
        offers += gone is not None
        offered = nearest_existing(handbook, gone) if gone is not None and offers <= MOST_OFFERS else None
        # Translators: an item without a title
        title = timetable.title_of(handbook, item) or tr("Untitled")
        lacking = handbook.lacking(gone.address) if gone is not None else ""
        if lacking:
            warning = tr(
                "In the handbook '{name}', which is not among yours: File › Handbooks adds it. It is left out when you "
                "print."
            ).format(name=lacking)
        elif gone is not None:
            warning = tr("Not in this handbook any more: '{address}'. It is left out when you print.").format(
                address=gone.address
            )
        if place in needed:
            warning = "\n".join(filter(None, (warning, not_there(needed[place]))))
        said = list(_facts(handbook, item, pages.get(place, 0)))
        if place in timed and timed[place].free:
            said.append(tr("{n} min free before it").format(n=timed[place].free))
        facts = " · ".join(said)
        near = str(offered.address) if offered is not None else ""
        made.append(Row(look, title, times, facts, warning, gone is not None, near))
    return tuple(_in_parts(made))


def _in_parts(made: Sequence[Row]) -> Iterator[Row]:
    """The rows, each that begins the programme or what is handed out with that above it, where there are both.

    An order of its own for each would take away which page follows which on paper."""
    timed = {bool(row.times) for row in made if row.look != "day"}
    before: bool | None = None
    for row in made:
        if row.look == "day":
            before = True  # a day has its own heading
            yield row
            continue
        begins = len(timed) == 2 and bool(row.times) != before
        before = bool(row.times)
        # Translators: headings in the list of a workshop: what has its time, and the sheets without one
        above = tr("Programme") if before else tr("To hand out")
        yield replace(row, above=above) if begins else row


def not_there(needed: Sequence[Passage]) -> str:
    """What an item needs and the workshop does not have, in a sentence."""
    names = ", ".join(one.title for one in needed[:MOST_NAMES])
    others = len(needed) - MOST_NAMES
    said = (
        ngettext(
            "Needs what is not in the workshop: {names} and {n} more.",
            "Needs what is not in the workshop: {names} and {n} more.",
            others,
        )
        if others > 0
        else tr("Needs what is not in the workshop: {names}.")
    )
    return said.format(names=names, n=others)


def _over(row: timetable.Row) -> str:
    if row.over and row.over_what:
        said = ngettext(
            "{n} minute too long: '{title}' begins at {time}",
            "{n} minutes too long: '{title}' begins at {time}",
            row.over,
        )
        return said.format(n=row.over, title=row.over_what, time=clock(row.end - row.over))
    if row.over:
        said = ngettext(
            "{n} minute past the end of the day, {time}", "{n} minutes past the end of the day, {time}", row.over
        )
        return said.format(n=row.over, time=clock(row.end - row.over))
    return ""


def _facts(handbook: Handbook, item: Item, pages: int) -> Iterator[str]:
    minutes = timetable.minutes_of(handbook, item)
    if isinstance(item, CustomPage):
        # Translators: a fact of an item: it is a page that the trainer wrote
        yield tr("own page")
    if minutes:
        yield tr("{n} min").format(n=minutes)
    if pages:
        yield ngettext("{n} page", "{n} pages", pages).format(n=pages)
    if isinstance(item, Passage) and item.copies is not None:
        yield ngettext("{n} copy", "{n} copies", item.copies).format(n=item.copies)
    if getattr(item, "start", None) is not None:
        yield tr("fixed start")
    if getattr(item, "trainer_only", False):
        yield tr("trainer only")
    if getattr(item, "note", ""):
        # Translators: a fact of an item: it has a note
        yield tr("note")


def day_title(day: Day) -> str:
    """The heading of a day: its title or else its number, and its date if there is one."""
    name = day.title or tr("Day {n}").format(n=day.number)
    if day.date is None:
        return name
    date = QLocale().toString(QDate(day.date.year, day.date.month, day.date.day), "ddd d MMM")
    return f"{name}, {date}"


def hours(day: Day) -> str:
    """The hours of a day, and by how much it runs over its end."""
    ends = clock(day.end) if day.end is not None else ""
    said = tr("{start}–{end}").format(start=clock(day.start), end=ends) if ends else clock(day.start)
    if day.over:
        over = ngettext("{hours}, {n} minute over", "{hours}, {n} minutes over", day.over)
        said = over.format(hours=said, n=day.over)
    return said


def duration(minutes: int) -> str:
    """Minutes as text: 450 is "7 h 30 min"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return tr("{n} min").format(n=rest)
    return tr("{h} h {n} min").format(h=whole, n=rest) if rest else tr("{h} h").format(h=whole)


def summary(handbook: Handbook, workshop: Workshop, pages: int | None) -> str:
    """The line below the list: total time, end, number of pages. pages: None while they are being counted."""
    days = timetable.timetable(handbook, workshop)
    minutes = sum(day.minutes for day in days)
    parts = [duration(minutes)] if minutes else []
    last = [day for day in days if day.rows]
    if len(days) > 1:
        parts.insert(0, ngettext("{n} day", "{n} days", len(days)).format(n=len(days)))
    elif last:
        parts.append(tr("ends {time}").format(time=clock(last[0].rows[-1].end)))
    over = [day for day in days if day.over]
    if over:
        parts.append(
            tr("{n} min over").format(n=over[0].over)
            if len(days) == 1
            else tr("day {k} {n} min over").format(k=over[0].number, n=over[0].over)
        )
    if pages is None:
        parts.append(tr("counting pages…"))
    elif pages:
        parts.append(ngettext("{n} page", "{n} pages", pages).format(n=pages))
    return " · ".join(parts)
