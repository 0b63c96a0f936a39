"""The ready workshops can be opened, everything they name is there, and their minutes fit the day."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.content.handbook import Fault, Handbook
from handbook.workshop import file
from handbook.workshop.file import BadWorkshop
from handbook.workshop.model import Passage, companions, is_gone, nearest_existing
from handbook.workshop.timetable import timetable


def workshops(handbook: Handbook) -> Iterator[Fault]:
    """Every ready workshop is whole: addresses, minutes, what its plans need."""
    for path in file.ready(handbook.folder):
        name = f"{path.parent.name}/{path.name}"
        try:
            workshop, remarks = file.read(path)
        except BadWorkshop as exc:
            yield Fault(name, exc.line, str(exc))
            continue
        yield from (Fault(name, 0, remark) for remark in remarks)
        lines = path.read_text(encoding="utf-8").splitlines()
        there = {item.address for item in workshop.items if isinstance(item, Passage)}
        for item in workshop.items:
            if not isinstance(item, Passage):
                continue
            line = next((n for n, text in enumerate(lines, 1) if text == f'address = "{item.address}"'), 0)
            if is_gone(item, handbook):
                offered = nearest_existing(handbook, item)
                near = f"; the nearest is '{offered.address}'" if offered is not None else ""
                yield Fault(name, line, f"the address '{item.address}' is not there{near}")
            missing = [one.address for one in companions(handbook, item.address) if one.address not in there]
            if missing:
                yield Fault(name, line, f"'{item.address}' needs {', '.join(missing)}, which the workshop has not")
        for day in timetable(handbook, workshop):
            if day.over:
                yield Fault(name, 0, f"day {day.number} runs over its end by {day.over} minutes")
            for row in day.rows:
                if row.over_what:
                    yield Fault(name, 0, f"day {day.number}: '{row.title}' runs over '{row.over_what}' by {row.over}")
