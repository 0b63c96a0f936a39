"""A run that goes on after a crash: its state in a file of the person's data folder.

Belongs here: that file. Not here: what a run is (run_clock.py), which of several windows may write it (lead.py), going
on with a programme that has changed meanwhile (carrying.py). The file is there while a workshop is being run, and until
a run that was only closed is ended."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base import atomic_file, bounded
from handbook.base.late_patterns import late_pattern
from handbook.base.paths import make_private
from handbook.presenting import RUN_FILE
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import MOST_MINUTES, Ran, Run

_MOST_BYTES = 4 * 1024 * 1024
_MOST_MOMENTS = 10_000
_LATEST = 3e10  # seconds, some day of 2920: Windows has no day after 3000
_MOST_OF_WORKSHOP = 2 * 1024 * 1024  # letters: a larger one, for its logo, is only in its own file
_FORMAT = 2
_NAME = late_pattern(r"[0-9a-f]{16}")


class Kept(NamedTuple):
    """A run that was not ended, the programme that it has, and the title of its workshop.

    seen:     when it was kept last.
    path:     the workshop's file, None for one that has none.
    workshop: the workshop itself, in the form of its file: that may be gone; "" where it is too large.
    leader:   the name of the window that wrote it, "" if that had none."""

    run: Run
    moments: tuple[Moment, ...]
    title: str
    seen: float
    path: Path | None = None
    workshop: str = ""
    leader: str = ""


def keep(kept: Kept, data: Path, may: Callable[[], bool] = atomic_file.always) -> bool:
    """Write where a run is; False if `may` cancelled it. may: as atomic_file has it.

    Raises atomic_file.NotSaved, OSError."""
    make_private(data)
    run = kept.run
    table = {
        "format": _FORMAT,
        "title": kept.title,
        "leader": kept.leader,
        "seen": kept.seen,
        "path": str(kept.path or ""),
        "workshop": kept.workshop if len(kept.workshop) <= _MOST_OF_WORKSHOP else "",
        "programme": [
            (one.day, one.start, one.minutes, one.item, one.step, one.address, one.is_break) for one in kept.moments
        ],
        "place": run.place,
        "minutes": run.minutes,
        "begun": run.begun,
        "entered": run.entered,
        "counted": run.counted,
        "since": run.since,
        "ran": run.ran,
        "shift": run.shift,
    }
    written = json.dumps(table).encode()
    if len(written) > _MOST_BYTES:  # letters of other alphabets take six bytes each
        written = json.dumps(table | {"workshop": ""}).encode()
    return atomic_file.save(written, data / RUN_FILE, may)


def kept(data: Path) -> Kept | None:
    """The run that was not ended; None without one, or where its file can't be read."""
    try:
        table = json.loads(bounded.read(data / RUN_FILE, _MOST_BYTES))
        if table["format"] != _FORMAT:
            return None
        moments = tuple(_moment(*row) for row in table["programme"][:_MOST_MOMENTS])
        run = _run(table, moments)
        seen = float(table.get("seen", run.entered))
        path, workshop = (str(table.get(name, "")) for name in ("path", "workshop"))
        if not 0 <= seen < _LATEST:
            return None
        return Kept(run, moments, str(table["title"]), seen, Path(path) if path else None, workshop, _leader(table))
    except (bounded.NotRead, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None


def _leader(table: dict[str, Any]) -> str:
    """The leader's name, which is a part of a file's: so nothing that could lead elsewhere."""
    name = table.get("leader", "")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else ""


def set_aside(data: Path) -> Path | None:
    """Rename a file that can't be read, so that the next run does not write over it; its new name.

    None where there is no file, where it can be read, or where it can't be renamed."""
    path = data / RUN_FILE
    if not (path.is_file() or bounded.leads_nowhere(path)) or kept(data) is not None:
        return None
    return atomic_file.set_aside(path)


def forget(data: Path) -> None:
    """Remove the file."""
    with contextlib.suppress(OSError):
        (data / RUN_FILE).unlink()


def _moment(day: int, start: int, minutes: int, item: str, step: str, address: str, is_break: bool) -> Moment:
    texts = (str(item), str(step), str(address))
    return Moment(int(day), int(start), int(minutes), *texts, "", "", (), bool(is_break))


def _run(table: dict[str, Any], moments: Sequence[Moment]) -> Run:
    """Raises ValueError, TypeError, KeyError, OverflowError for what is none."""
    minutes = tuple(int(one) for one in table["minutes"])
    ran = tuple(
        Ran(int(place), float(begun), float(ended), str(what), int(planned))
        for place, begun, ended, what, planned in table["ran"]
    )
    place, since = int(table["place"]), table["since"]
    if not moments or len(minutes) != len(moments):
        raise ValueError("a run of another form")
    there = range(len(moments))
    if place not in there or not all(one.place in there or one.place == -1 for one in ran):
        raise ValueError("a place that is none")
    if not all(0 <= one <= MOST_MINUTES for one in minutes):
        raise ValueError("a length that is none")
    shift = float(table["shift"])
    times = [float(table[name]) for name in ("begun", "entered", "counted")]
    ends = [at for one in ran for at in (one.begun, one.ended)]
    if not all(0 <= at < _LATEST for at in (*times, *ends, float(since or 0), abs(shift))):
        raise ValueError("a time that is none")
    return Run(place, minutes, times[0], times[1], times[2], float(since) if since is not None else None, ran, shift)
