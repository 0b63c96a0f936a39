"""The map of the day for the group: its programme with the times as they now are, and where we are.

Belongs here: which times those are, and the map as a slide. Not here: the clock (run_clock.py)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.presenting.countdown import to_the_minute
from handbook.presenting.moments import Moment, by_row
from handbook.presenting.run_clock import Run, planned_start
from handbook.presenting.slides import Slide
from handbook.workshop.model import Workshop


def day_map(handbook: Handbook, workshop: Workshop, run: Run, now: float) -> Slide:
    """The programme of the day that is run as a slide, with what is going on now in bold.

    What is over has the time when it began, what is to come the time when it would begin if all goes on as it now is
    planned. What was left out is not on the map. Its last row says when the day ends."""
    rows = list(by_row(handbook, workshop))
    moments = [moment for _, some in rows for moment in some]
    begins = _begins(run, moments, now)
    day = run.day_of(moments, now)
    table = Element("table")
    body = Element("tbody")
    table.append(body)
    first = ""
    last = 0
    takes_time = False
    for row, some in rows:
        places = range(last, last + len(some))
        last = places.stop
        if moments[places.start].day != moments[run.place].day or _is_left_out(run, moments, places):
            continue
        begin = next((begins[place] for place in places if place in begins), planned_start(some[0], day) + run.shift)
        line = _row(to_the_minute(begin), row.title, bold=run.place in places)
        body.append(line)
        if run.place in places:
            first = markup.words_of(line)
        takes_time = any(run.minutes[place] for place in places)
    if takes_time:  # else what stands last is the end itself, such as "Goodbye"
        body.append(_row(to_the_minute(run.ends(moments, now)), tr("End")))
    return Slide(Address(""), workshop.title, (table,), (), "", verbatim=False, first=first)


def _row(time: str, title: str, *, bold: bool = False) -> Element:
    line = Element("tr")
    for words in (time, title):
        cell = Element("td")
        if bold:
            strong = Element("strong")
            strong.text = words
            cell.append(strong)
        else:
            cell.text = words
        line.append(cell)
    return line


def _begins(run: Run, moments: Sequence[Moment], now: float) -> dict[int, float]:
    """When the moments of this day began or would begin; those that were never come to are left out."""
    began = {one.place: one.begun for one in reversed(run.ran) if 0 <= one.place < run.place}
    return {**began, run.place: run.entered, **run.begins(moments, now)}


def _is_left_out(run: Run, moments: Sequence[Moment], places: range) -> bool:
    """Has the trainer taken all minutes from something that was planned to have some, and never come to it?"""
    ran = {run.place, *(one.place for one in run.ran)}
    planned = sum(moments[place].minutes for place in places)
    return bool(planned) and not any(run.minutes[place] for place in places) and ran.isdisjoint(places)
