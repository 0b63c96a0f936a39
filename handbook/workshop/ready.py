"""The workshops that come with a handbook, for a list to choose from.

Belongs here: which there are, their titles, how long they are, and a file of that beside the search index, from which a
start takes it (base/kept_values.py says why it is never out of date). Not here: reading a workshop (file.py)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handbook.base import bounded, kept_values
from handbook.base.catalogue import ngettext, tr
from handbook.workshop import ready_files

# How many, and the size of a file: the window waits for them.
MOST_READY, READY_BYTES = 24, 256 * 1024
FILE = "workshops.kept"
_HERE = Path(__file__).parent
CODE = (*(_HERE / f"{name}.py" for name in ("file", "model", "ready")), _HERE.parent / "base" / "toml_text.py")


class Ready(NamedTuple):
    """A workshop that comes with the handbook. about: how long it is, in words."""

    path: Path
    title: str
    about: str


class _Facts(NamedTuple):
    """What the list says of a workshop. start, end: as 9:30; end is "" where it has none. order: its place."""

    title: str
    days: int
    start: str
    end: str
    order: int


def ready_workshops(content: Path, index: Path | None = None) -> list[Ready]:
    """Those of a handbook's content that can be read, shortest first. index: the folder with the search index."""
    kept = kept_values.KeptValues(index / FILE, CODE) if index is not None else None
    found: list[tuple[int, Ready]] = []
    for path in ready_files(content)[:MOST_READY]:
        try:
            data = bounded.read(path, READY_BYTES)
        except bounded.NotRead:
            continue  # 'handbook check' tells whoever writes the handbook
        facts = (_known(kept.get(data)) if kept is not None else None) or _facts(data)
        if facts is not None:
            found.append((facts.order, Ready(path, facts.title, _about(facts))))
    found.sort(key=lambda one: one[0])
    return [ready for _, ready in found]


def write(content: Path, folder: Path) -> None:
    """Write into a folder what ready_workshops() says of a content. Raises atomic_file.NotSaved."""
    values: dict[str, object] = {}
    for path in ready_files(content):
        data = bounded.read(path, READY_BYTES)
        facts = _facts(data)
        if facts is not None:
            values[kept_values.name_of(data)] = tuple(facts)
    kept_values.write(folder / FILE, CODE, values)


def _known(value: object) -> _Facts | None:
    if not isinstance(value, tuple) or [type(one) for one in value] != [str, int, str, str, int]:
        return None
    return _Facts(*value)


def _facts(data: bytes) -> _Facts | None:
    """What is to be said of a workshop; None if it cannot be read."""
    from handbook.workshop import file  # with much else that a start can do without
    from handbook.workshop.model import Entry, NewDay

    try:
        workshop = file.loads(data).workshop
    except file.BadWorkshop:
        return None
    days = 1 + sum(isinstance(item, NewDay) for item in workshop.items)
    long = sum(item.minutes or 0 for item in workshop.items if isinstance(item, Entry))
    return _Facts(
        workshop.title,
        days,
        f"{workshop.start:%H:%M}",
        f"{workshop.end:%H:%M}" if workshop.end else "",
        days * 10_000 + (workshop.end.hour * 60 if workshop.end else long),
    )


def _about(facts: _Facts) -> str:
    if facts.days > 1:
        return ngettext("{n} day", "{n} days", facts.days).format(n=facts.days)
    return tr("{start} to {end}").format(start=facts.start, end=facts.end)
