"""The file of all marks, in the person's data folder: readable JSON, whole or not at all.

Belongs here: reading and writing it, its bounds, yesterday's copy, several windows that write it. Not here: what a mark
is (model.py).

A file that can't be read is set aside under a dated name and never written over; the marks are then those of the copy
that was made of it before that day. Keys of a mark that this version does
not know are left out; a file of a higher format is refused."""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base import atomic_file, bounded, locks
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import make_private
from handbook.base.thousands import Number
from handbook.marks import FILE
from handbook.marks.model import LONGEST_NOTE, LONGEST_QUOTE, STYLES, Mark

YESTERDAY = "marks before today.json"
FORMAT = 1
MOST_BYTES = 32 * 1024 * 1024
MOST_MARKS = 50_000
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST_AROUND = 1000  # letters before and after a quote
_LONGEST_PLACE = 30_000  # letters of an address, or of a section's title: a heading may have 20,000 (content/bounds.py)
_LOCK = "marks.lock"
_PATIENCE = 2.0  # seconds that another window is waited for, in the thread that writes


class BadMarks(HandbookError):
    """A file that holds no marks, or damaged ones. It is as it was."""


class GivenUp(Exception):
    """What was to be written is not wanted any more. Not a failure, and never shown."""


class Opened(NamedTuple):
    """The marks of a person. set_aside: the new name of a damaged file that was found in their place, or None.

    Where it could not be renamed, that is its old name."""

    marks: tuple[Mark, ...]
    set_aside: Path | None


def read(path: Path) -> tuple[Mark, ...]:
    """The marks in a file. Raises BadMarks."""
    try:
        found = tuple(map(_mark, _listed(json.loads(bounded.read(path, MOST_BYTES)))))
    except bounded.NotRead as exc:
        raise BadMarks(
            tr("'{name}' can't be read: {error}. It is as it was.").format(name=path.name, error=exc)
        ) from exc
    except (ValueError, KeyError, TypeError, RecursionError) as exc:
        raise BadMarks(
            tr("'{name}' can't be used as a file of marks ({error}). It is as it was.").format(
                name=path.name, error=exc
            )
        ) from exc
    return tuple({mark.id: mark for mark in found}.values())


def _listed(table: object) -> list[dict[str, Any]]:
    """The marks in a file's table. Raises ValueError, KeyError for none."""
    if not isinstance(table, dict) or not isinstance(table.get("format"), int):
        raise ValueError(tr("it holds no marks"))  # noqa: TRY004 - read() tells of a damaged file, whatever is wrong
    if table["format"] > FORMAT:
        raise ValueError(tr("it was written by a newer version of the program"))
    if not isinstance(table["marks"], list) or len(table["marks"]) > MOST_MARKS:
        raise ValueError(tr("it holds more than {most:,} marks, or none").format(most=Number(MOST_MARKS)))
    return table["marks"]


def opened(data: Path) -> Opened:
    """The person's marks; none where there is no file. A damaged file is set aside, and the copy takes its place."""
    path = data / FILE
    if not os.path.lexists(path):
        return Opened((), None)
    try:
        return Opened(read(path), None)
    except BadMarks:
        aside = atomic_file.set_aside(path)
    return Opened((), path) if aside is None else Opened(_brought_back(path), aside)


def _brought_back(path: Path) -> tuple[Mark, ...]:
    """The marks of the copy, which are written here and now: with the next day's copy they would be gone."""
    try:
        found = read(path.with_name(YESTERDAY))
    except BadMarks:
        return ()
    with contextlib.suppress(atomic_file.NotSaved):  # they are saved with the next that is made
        atomic_file.save(encoded(found), path)
    return found


def save(marks: Iterable[Mark], data: Path) -> None:
    """Write the person's marks. What was there before today stays beside them. Raises NotSaved."""
    path = data / FILE
    _make(data)
    _keep_yesterdays(path)
    atomic_file.save(encoded(marks), path)


class Changes(NamedTuple):
    """What was done to marks: those taken away, by their ids, and those that are new or changed."""

    gone: frozenset[str]
    new: tuple[Mark, ...]

    def made_to(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """Other marks with the same changes."""
        found = {mark.id: mark for mark in marks if mark.id not in self.gone}
        return tuple({**found, **{mark.id: mark for mark in self.new}}.values())


def changes(before: Iterable[Mark], after: Iterable[Mark]) -> Changes:
    """What leads from some marks to others."""
    first, then = ({mark.id: mark for mark in marks} for marks in (before, after))
    return Changes(
        frozenset(first.keys() - then.keys()), tuple(mark for id_, mark in then.items() if first.get(id_) != mark)
    )


class Shared:
    """The file as one of several windows writes it: what another has written meanwhile stays in it.

    For one thread at a time."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._stamp: tuple[int, int, int] | None = None  # of the file as this window read or wrote it last
        self._there: tuple[Mark, ...] = ()  # the marks that it had then
        self._unread = False  # is there a file that could neither be read nor be set aside?

    def opened(self) -> Opened:
        """The marks that are there, as this window begins with them."""
        self._stamp = self._now()
        found = opened(self._data)
        self._there = found.marks
        self._unread = found.set_aside == self._data / FILE
        if found.set_aside is not None:
            self._stamp = self._now()  # of the copy that took its place
        return found

    def save(
        self, marks: tuple[Mark, ...], before: tuple[Mark, ...], given_up: Callable[[], bool] = lambda: False
    ) -> Opened:
        """Write marks. before: as this window gave or took them last. Raises NotSaved, GivenUp.

        given_up: asked when it is this window's turn; where it says True, nothing is written.
        Returns what the file has now: with the marks of others, if another window has written it. They stay in it also
        where nobody took that answer: when the person went on, or closed the window."""
        _make(self._data)
        lock = locks.take_in_turn(self._data / _LOCK, _PATIENCE)
        try:
            if given_up():
                raise GivenUp
            there, set_aside = Opened(self._there, None)
            if self._unread or self._stamp != self._now():
                there, set_aside = opened(self._data) if os.path.lexists(self._data / FILE) else Opened(before, None)
                if set_aside == self._data / FILE:
                    raise atomic_file.not_saved(set_aside, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
            if (set_aside is None or self._unread) and there != before:
                marks = changes(before, marks).made_to(there)
            save(marks, self._data)
            self._stamp, self._there, self._unread = self._now(), marks, False
        finally:
            if lock is not None:
                lock.release()
        return Opened(marks, set_aside)

    def _now(self) -> tuple[int, int, int] | None:
        try:
            found = (self._data / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _make(folder: Path) -> None:
    try:
        make_private(folder)
    except OSError as exc:
        raise atomic_file.not_saved(folder, exc) from exc


def _keep_yesterdays(path: Path) -> None:
    """Copy a file that was written on another day. It stays itself: the disk may be full, or the program be killed."""
    with contextlib.suppress(OSError, bounded.NotRead, atomic_file.NotSaved):
        written = datetime.datetime.fromtimestamp(path.stat().st_mtime).date()
        if written != datetime.datetime.now().date():
            atomic_file.save(bounded.read(path, MOST_BYTES), path.with_name(YESTERDAY))


def encoded(marks: Iterable[Mark]) -> bytes:
    """Marks as the bytes of a file; the same marks give the same bytes."""
    table = {"format": FORMAT, "marks": [_table(mark) for mark in marks]}
    return json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def forget(data: Path) -> None:
    """Remove the person's marks, yesterday's copy, and damaged files that were set aside.

    What is being written is waited for."""
    lock = locks.take_in_turn(data / _LOCK, _PATIENCE)
    atomic_file.forget_set_aside(data / FILE)
    for path in (data / FILE, data / YESTERDAY):
        with contextlib.suppress(OSError):
            path.unlink()
    if lock is not None:
        lock.release()
    with contextlib.suppress(OSError):
        (data / _LOCK).unlink()


def _table(mark: Mark) -> dict[str, Any]:
    table: dict[str, Any] = {"kind": mark.kind, "address": mark.address, "title": mark.title}
    for name in ("quote", "before", "after", "note"):
        if value := getattr(mark, name):
            table[name] = value
    if mark.kind == "highlight":
        table["style"] = mark.style
    return {**table, "made": mark.made.isoformat(), "id": mark.id}


def _mark(table: dict[str, Any]) -> Mark:
    """Raises ValueError, KeyError, TypeError for what is no mark."""

    def text(name: str, longest: int) -> str:
        value = table.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise ValueError(tr("'{name}' of a mark is no text, or too long").format(name=name))
        return value

    kind, style = table["kind"], table.get("style", 1)
    if kind not in ("bookmark", "highlight") or not isinstance(style, int) or not 1 <= style <= STYLES:
        raise ValueError(tr("a mark of an unknown kind"))
    mark = Mark(
        kind,
        text("address", _LONGEST_PLACE),
        text("title", _LONGEST_PLACE),
        text("quote", LONGEST_QUOTE),
        text("before", _LONGEST_AROUND),
        text("after", _LONGEST_AROUND),
        text("note", LONGEST_NOTE),
        style,
        datetime.date.fromisoformat(text("made", 10)),
        text("id", 16),
    )
    if not mark.address or not _ID.fullmatch(mark.id) or (kind == "highlight" and not mark.quote):
        raise ValueError(tr("a mark without an address, an id or words"))
    return mark
