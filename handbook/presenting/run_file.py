"""A run that goes on after a crash: its state in a file of the person's data folder.

Belongs here: that file. Not here: what a run is (run_clock.py). The file is there while a workshop is being run."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handbook.base import atomic_file, bounded
from handbook.base.paths import make_private
from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import MOST_MINUTES, Ran, Run

FILE = "run.json"
_MOST_BYTES = 4 * 1024 * 1024
_FORMAT = 1


def keep(run: Run, moments: Sequence[Moment], data: Path) -> None:
    """Write where a run is. Raises atomic_file.NotSaved, OSError."""
    make_private(data)
    table = {
        "format": _FORMAT,
        "programme": _mark(moments),
        "place": run.place,
        "minutes": run.minutes,
        "begun": run.begun,
        "entered": run.entered,
        "counted": run.counted,
        "since": run.since,
        "ran": run.ran,
        "shift": run.shift,
    }
    atomic_file.save(json.dumps(table).encode(), data / FILE)


def kept(moments: Sequence[Moment], data: Path) -> Run | None:
    """The run of this very programme that was not ended; None without one, or where its file can't be read."""
    try:
        table = json.loads(bounded.read(data / FILE, _MOST_BYTES))
        return _run(table, moments) if table["programme"] == _mark(moments) else None
    except (bounded.NotRead, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None


def forget(data: Path) -> None:
    """Remove the file."""
    with contextlib.suppress(OSError):
        (data / FILE).unlink()


def _run(table: dict[str, Any], moments: Sequence[Moment]) -> Run:
    """Raises ValueError, TypeError, KeyError, OverflowError for what is none."""
    minutes = tuple(int(one) for one in table["minutes"])
    ran = tuple(Ran(int(place), float(begun), float(ended)) for place, begun, ended in table["ran"])
    place, since = int(table["place"]), table["since"]
    places = [place, *(one.place for one in ran)]
    if table["format"] != _FORMAT or len(minutes) != len(moments):
        raise ValueError("a run of another form")
    if not all(0 <= at < len(moments) for at in places) or not all(0 <= one <= MOST_MINUTES for one in minutes):
        raise ValueError("a place or a length that is none")
    shift = float(table["shift"])
    times = [float(table[name]) for name in ("begun", "entered", "counted")]
    if not all(
        0 <= at < 1e11 for at in (*times, *(at for one in ran for at in one[1:]), float(since or 0), abs(shift))
    ):
        raise ValueError("a time that is none")
    return Run(place, minutes, times[0], times[1], times[2], float(since) if since is not None else None, ran, shift)


def _mark(moments: Sequence[Moment]) -> str:
    """A hash of a programme: a run goes on only with the programme that it began with."""
    words = repr([(one.day, one.start, one.minutes, one.item, one.step) for one in moments])
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()
