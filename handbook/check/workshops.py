"""Checks the ready workshops: they can be opened, all their addresses exist, and their minutes fit the day."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.catalogue import ngettext, tr
from handbook.content.address import Address
from handbook.content.handbook import Fault, Handbook
from handbook.workshop import file, ready_files
from handbook.workshop.file import BadWorkshop
from handbook.workshop.model import Passage, is_gone, missing, nearest_existing, run_by_themselves
from handbook.workshop.timetable import timetable


def workshops(handbook: Handbook) -> Iterator[Fault]:
    """Every ready workshop is whole: addresses, minutes, what its plans need."""
    for path in ready_files(handbook.folder):
        name = f"{path.parent.name}/{path.name}"
        try:
            workshop, remarks = file.read(path)
        except BadWorkshop as exc:
            yield Fault(name, exc.line, str(exc))
            continue
        yield from (Fault(name, 0, remark) for remark in remarks)
        run = {chapter.id for chapter in run_by_themselves(handbook, workshop)}
        lines = path.read_text(encoding="utf-8").splitlines()
        for item in workshop.items:
            if not isinstance(item, Passage):
                continue
            line = next((n for n, text in enumerate(lines, 1) if text == f'address = "{item.address}"'), 0)
            if is_gone(item, handbook):
                offered = nearest_existing(handbook, item)
                said = (
                    tr("the address '{address}' is not there; the nearest is '{nearest}'")
                    if offered is not None
                    else tr("the address '{address}' is not there")
                )
                nearest = offered.address if offered is not None else ""
                yield Fault(name, line, said.format(address=item.address, nearest=nearest))
            chapter = handbook.chapter(handbook.current(Address.parse(item.address)))
            needy = chapter is not None and chapter.id in run
            lacking = [one.address for one in missing(handbook, workshop, item.address)] if needy else []
            if lacking:
                yield Fault(
                    name,
                    line,
                    tr("'{address}' needs {names}, which the workshop has not").format(
                        address=item.address, names=", ".join(lacking)
                    ),
                )
        for day in timetable(handbook, workshop):
            if day.over:
                yield Fault(
                    name,
                    0,
                    ngettext(
                        "day {day} runs over its end by {n} minute",
                        "day {day} runs over its end by {n} minutes",
                        day.over,
                    ).format(day=day.number, n=day.over),
                )
            for row in day.rows:
                if row.over_what:
                    yield Fault(
                        name,
                        0,
                        ngettext(
                            "day {day}: '{title}' runs over '{other}' by {n} minute",
                            "day {day}: '{title}' runs over '{other}' by {n} minutes",
                            row.over,
                        ).format(day=day.number, title=row.title, other=row.over_what, n=row.over),
                    )
