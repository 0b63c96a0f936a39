"""A workshop as a file: readable TOML, with the suffix .workshop.

Belongs here: reading, with a sentence for every fault; writing, whole or not at all; the copy that is
kept against a crash. Not here: what a workshop is (model.py).

`format` is the version of the form. Keys that this version does not know are told and kept, as a newer program
may have written them; a file of a higher format is refused. Times are TOML's local times, dates its local dates.

A file comes from anybody, so all in it has a bound: its size, its parts (base/toml_text.py), and here how many items
there are and how long each text is."""

from __future__ import annotations

import base64
import binascii
import datetime
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base import atomic_file, bounded
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.base.languages import LANGUAGES
from handbook.base.paths import make_private
from handbook.base.system_errors import reason_of
from handbook.base.thousands import Number, written
from handbook.base.toml_text import BadToml, Toml, TooMuch
from handbook.handout.options import OPTIONS, PrintOptions
from handbook.workshop import logo
from handbook.workshop.model import CustomPage, Entry, Item, Logo, MadeWith, NewDay, Passage, Workshop

FORMAT = 1
MOST_BYTES = 8 * 1024 * 1024
MOST_ITEMS = 2000  # a week of single pages
LONGEST = 1000  # letters of a title
_LONGEST_PLACE = 30_000  # of a section's address or title: a heading may have 20,000 (content/bounds.py)
LONGEST_NOTE, LONGEST_TEXT = 50_000, 1_000_000  # of a note, of a page of one's own
_MOST_NAMES = 200  # of trainers: as many as the line of the dialog can hold
_MOST_NEEDED = 100  # addresses that a plan needs and that are in hand
_MOST_TOLD = 20  # keys that are not known
_LONGEST_TOLD = 60  # letters of such a key
_HEAD = "# A workshop of the Field Handbook. It can be read and changed with any text editor.\n"
_RECOVERY = "unsaved.workshop"
_SHOWING = "unsaved.showing"  # is there while the copy is being shown for the first time
_KEPT_FOR = b"# kept for: "  # in front of a copy: the file that it is of
_ITS_MARK = b"# its mark: "  # below that: the time, size and digest of that file
_LONGEST_NOTE_IN_FRONT = 40_000  # bytes; a path may have 32,767 letters on Windows


class BadWorkshop(HandbookError):
    """A file that is no workshop, or a damaged one. Nothing was changed.

    line: where in the file, from 1; 0 is the whole file. what: what is wrong there, as a part of a sentence."""

    def __init__(self, name: str, what: str, line: int = 0) -> None:
        said = (
            tr("'{name}' can't be opened as a workshop, line {line}: {what}. The file is as it was.")
            if line
            else tr("'{name}' can't be opened as a workshop: {what}. The file is as it was.")
        )
        super().__init__(said.format(name=name, line=line, what=what))
        self.line, self.what = line, what


class Opened(NamedTuple):
    """A workshop read from a file, and what the person should be told of it, a sentence each."""

    workshop: Workshop
    remarks: tuple[str, ...]


class Mark(NamedTuple):
    """What identifies the contents of a file, to find out later whether another program has changed it.

    time: of the last change, in nanoseconds. digest: SHA-256 of the bytes, "" if they could not be read."""

    time: int
    size: int
    digest: str


# -- Files ------------------------------------------------------------------------------------------------


def read(path: Path) -> Opened:
    """Read a workshop. Raises BadWorkshop."""
    try:
        data = bounded.read(path, MOST_BYTES)
    except bounded.TooLarge as exc:
        raise BadWorkshop(path.name, tr("it is larger than 8 MB")) from exc
    except bounded.NotRead as exc:
        raise BadWorkshop(path.name, tr("it can't be read ({error})").format(error=exc)) from exc
    return loads(data, path.name)


def save(workshop: Workshop, path: Path, may: Callable[[], bool] = atomic_file.always) -> bool:
    """Write a workshop, whole or not at all; `may` and what comes back are those of atomic_file.save().

    Raises atomic_file.NotSaved; a file that was there is then as it was."""
    return atomic_file.save(_for_file(workshop, path), path, may)


def mark(path: Path) -> Mark | None:
    """The mark of a file as it is now; None if there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    try:
        digest = _digest(bounded.read(path, MOST_BYTES))
    except bounded.NotRead:
        digest = ""
    return Mark(found.st_mtime_ns, found.st_size, digest)


def mark_of_saved(workshop: Workshop, path: Path) -> Mark | None:
    """The mark of a file that save() has just written, from the bytes that were written."""
    data = _encoded(workshop)
    try:
        return Mark(path.stat().st_mtime_ns, len(data), _digest(data))
    except OSError:
        return None


def is_another(path: Path, known: Mark | None) -> bool:
    """Has a file other contents than those with a mark? known: None if there was no file; then any file is another.

    Size and digest are compared, not the time: copying a file changes its time, and a change may leave it."""
    now = mark(path)
    if now is None or known is None:
        return now is not None
    if not now.digest:
        return now != known
    return (now.size, now.digest) != (known.size, known.digest)


def _digest(data: bytes) -> str:
    import hashlib  # brings in OpenSSL, 3 MiB that a start can do without

    return hashlib.sha256(data).hexdigest()


def recovery_file(data: Path) -> Path:
    """Where the copy of an unsaved workshop is kept: `data` is paths.Paths.data."""
    return data / _RECOVERY


def is_kept(data: Path) -> bool:
    """Is there a copy, be it a link that leads nowhere?"""
    return os.path.lexists(recovery_file(data))


def keep(workshop: Workshop, origin: Path | None, data: Path, known: Mark | None = None) -> None:
    """Keep a copy against a crash. Raises atomic_file.NotSaved.

    origin, known: the file that it was opened from, and the mark of that."""
    try:
        make_private(data)
    except OSError as exc:
        raise atomic_file.NotSaved(
            tr("The folder '{data}' can't be made: {error}.").format(data=data, error=reason_of(exc))
        ) from exc
    note = _KEPT_FOR + _in_one_line(os.fsencode(origin)) + b"\n" if origin is not None else b""
    if origin is not None and known is not None:
        note += _ITS_MARK + " ".join(map(str, known)).encode() + b"\n"
    atomic_file.save(note + _for_file(workshop, recovery_file(data)), recovery_file(data))


def kept(data: Path) -> tuple[Workshop, Path | None] | None:
    """What keep() left and where it came from; None without a copy. Raises BadWorkshop."""
    try:
        origin, _, rest = _parts(data)
    except bounded.NotRead as exc:
        if not is_kept(data):  # asked afterwards, as it may be given up at any moment
            return None
        raise BadWorkshop(_RECOVERY, str(exc)) from exc
    return loads(rest, _RECOVERY).workshop, origin


def kept_mark(data: Path) -> Mark | None:
    """The mark in a copy of the file that it was opened from; None if it has none."""
    try:
        return _parts(data)[1]
    except bounded.NotRead:
        return None


def _parts(data: Path) -> tuple[Path | None, Mark | None, bytes]:
    """The parts of a copy: the path and the mark of its file, and the workshop's bytes. Raises bounded.NotRead."""
    rest = bounded.read(recovery_file(data), MOST_BYTES + _LONGEST_NOTE_IN_FRONT)
    origin, found = None, None
    if rest.startswith(_KEPT_FOR):
        line, _, rest = rest.partition(b"\n")
        origin = Path(os.fsdecode(_of_one_line(line.removeprefix(_KEPT_FOR))))
    if rest.startswith(_ITS_MARK):
        line, _, rest = rest.partition(b"\n")
        time, size, digest = (*line.removeprefix(_ITS_MARK).decode("ascii", "replace").split(" "), "", "", "")[:3]
        if len(time) < 30 and time.isdecimal() and len(size) < 30 and size.isdecimal():
            found = Mark(int(time), int(size), digest)
    return origin, found, rest


def _in_one_line(path: bytes) -> bytes:
    """A path without line ends, which a name may contain on Linux."""
    return path.replace(b"%", b"%25").replace(b"\n", b"%0A")


def _of_one_line(path: bytes) -> bytes:
    return path.replace(b"%0A", b"\n").replace(b"%25", b"%")


def forget(data: Path) -> None:
    """Remove the copy, as the workshop is saved or given up."""
    recovery_file(data).unlink(missing_ok=True)
    note_shown(data)


def note_showing(data: Path) -> None:
    """Note that the copy is about to be shown: if the program crashes over it, the next start knows why."""
    (data / _SHOWING).touch()


def note_shown(data: Path) -> None:
    """Note that it was shown, and did no harm."""
    (data / _SHOWING).unlink(missing_ok=True)


def ended_showing(data: Path) -> bool:
    """Did a start end while it showed the copy?"""
    return (data / _SHOWING).exists()


# -- Writing ----------------------------------------------------------------------------------------------


def dumps(workshop: Workshop) -> str:
    """A workshop as TOML; the same workshop gives the same text. Defaults are left out."""
    table: dict[str, Any] = {"format": FORMAT}
    table |= _values(workshop, ("title", "date", "place", "trainers", "organisation", "participants"))
    table |= {"language": workshop.language, "start": workshop.start}
    table |= _values(workshop, ("end",)) | _kept_keys(workshop.unknown)
    table |= {"made-with": _values(workshop.made_with)} if workshop.made_with != MadeWith() else {}
    table |= {"print": _values(workshop.options)} if workshop.options != PrintOptions() else {}
    if workshop.trainer_options is not None:
        table["print-trainer"] = _values(workshop.trainer_options)
    parts = [_HEAD + _toml(table)]
    # Each by itself: if all are short, tomli-w would write a list of them as tables on one line each.
    parts += (f"[[items]]\n{_toml(_item_table(item))}" for item in workshop.items)
    if workshop.logo is not None:  # last, as it is long
        lines = base64.encodebytes(workshop.logo.data).decode()
        parts.append(_toml({"logo": {"name": workshop.logo.name, "data": lines}}))
    return "\n".join(parts)


def _encoded(workshop: Workshop) -> bytes:
    """The bytes of the file. Half of a surrogate pair, which a file name or a keyboard may bring, becomes a "?"."""
    return dumps(workshop).encode(errors="replace")


def _for_file(workshop: Workshop, target: Path) -> bytes:
    """The bytes of a file that can be read again. Raises atomic_file.NotSaved."""
    data = _encoded(workshop)
    error = tr("it is larger than 8 MB") if len(data) > MOST_BYTES else _too_many(len(workshop.items))
    if error:
        raise atomic_file.NotSaved(tr("'{target}' could not be written: {error}.").format(target=target, error=error))
    return data


def _too_many(count: int) -> str:
    """That a file takes no such number of items; "" where it does."""
    if count <= MOST_ITEMS:
        return ""
    said = ngettext(
        "it has {n:,} item, and at most {most:,} are taken",
        "it has {n:,} items, and at most {most:,} are taken",
        count,
    )
    return said.format(n=Number(count), most=Number(MOST_ITEMS))


def _toml(table: Mapping[str, Any]) -> str:
    import tomli_w  # where packages are built, files are read and never written

    return tomli_w.dumps(table, multiline_strings=True)


def _item_table(item: Item) -> dict[str, Any]:
    """An item by its kind's key, which comes first: address, page, entry or day."""
    if isinstance(item, Passage):
        first = {"address": item.address}
    elif isinstance(item, CustomPage):
        first = {"page": item.title}
    else:
        first = {"day" if isinstance(item, NewDay) else "entry": item.title}
    left_out = ("address", "unknown") if isinstance(item, Passage) else ("title", "unknown")
    rest = _values(item, [one.name for one in fields(item) if one.name not in left_out])
    if isinstance(item, Entry):
        rest["minutes"] = item.minutes
    return first | rest | _kept_keys(item.unknown)


def _values(record: Any, names: Any = None) -> dict[str, Any]:  # noqa: ANN401 - any of our records
    """The fields that differ from their defaults, with hyphens in their names."""
    usual = {one.name: one.default for one in fields(record)}
    return {
        name.replace("_", "-"): list(value) if isinstance(value, tuple) else value
        for name in names or usual
        if (value := getattr(record, name)) != usual[name]
    }


def _kept_keys(toml: str) -> dict[str, Any]:
    return tomllib.loads(toml) if toml else {}


# -- Reading ----------------------------------------------------------------------------------------------


def loads(data: bytes, name: str = "workshop") -> Opened:
    """A workshop of a file's bytes. `name` is what it is called in what is said. Raises BadWorkshop."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise BadWorkshop(name, tr("it is not text in UTF-8"), line) from exc
    try:
        toml = Toml(text)
    except TooMuch as exc:
        raise BadWorkshop(name, str(exc), exc.line) from exc
    except BadToml as exc:
        raise BadWorkshop(name, tr("it is not valid TOML ({error})").format(error=exc), exc.line) from exc
    return _Reading(name, toml).workshop(toml.table)


class _Reading:
    """One file being read: where its keys stand, and what is to be told of it."""

    def __init__(self, name: str, toml: Toml) -> None:
        self._name, self._toml = name, toml
        self._not_known: dict[tuple[str, bool], list[int]] = {}  # a key and whether it is kept: the lines it is in

    def workshop(self, table: Mapping[str, Any]) -> Opened:
        version = table.get("format")
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise self._fault("", "format", tr("it has no 'format', so it is no workshop of this handbook"))
        if version > FORMAT:
            raise self._fault(
                "",
                "format",
                tr("it is of format {version}, made by a newer handbook than this").format(version=version),
            )
        values = self._fields("", table, _WORKSHOP)
        for key, build in (("made-with", self._made_with), ("logo", self._logo), ("print", self._options)):
            if key in table:
                values[{"made-with": "made_with", "print": "options"}.get(key, key)] = build(key, table[key])
        if "print-trainer" in table:
            values["trainer_options"] = self._options("print-trainer", table["print-trainer"])
        items = table.get("items", [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise self._fault("", "items", tr("'items' must be tables, each begun by [[items]]"))
        if error := _too_many(len(items)):
            raise self._fault("", "items", error)
        values["items"] = tuple(self._item(number, item) for number, item in enumerate(items))
        known = {*_WORKSHOP, "format", "made-with", "logo", "print", "print-trainer", "items"}
        values["unknown"] = self._unknown("", table, known)
        if values.get("language", "en") not in LANGUAGES:
            what = tr("the language '{language}' is not one of {languages}").format(
                language=values["language"], languages=", ".join(LANGUAGES)
            )
            raise self._fault("", "language", what)
        try:
            return Opened(Workshop(**values), tuple(self._remarks()))
        except ValueError as exc:
            raise self._fault("", getattr(exc, "name", "participants"), str(exc)) from exc

    def _item(self, number: int, table: Mapping[str, Any]) -> Item:
        where = f"items {number}"
        kind = next((key for key in _ITEMS if key in table), None)
        if kind is None:
            raise self._fault(where, "", tr("an item needs one of 'address', 'page', 'entry' and 'day'"))
        make, types, first = _ITEMS[kind]
        values = self._fields(where, table, types)
        values[first] = values.pop(kind)
        values["unknown"] = self._unknown(where, table, types)
        try:
            return make(**values)
        except ValueError as exc:
            raise self._fault(where, getattr(exc, "name", ""), str(exc)) from exc

    def _made_with(self, where: str, table: object) -> MadeWith:
        types = {"edition": _text, "as-of": _date, "fingerprint": _text}
        return MadeWith(**self._table(where, table, types))

    def _options(self, where: str, table: object) -> PrintOptions:
        types = {name.replace("_", "-"): (lambda _: True, str) for name in OPTIONS}
        values = self._table(where, table, types)
        try:
            return PrintOptions(**values)
        except (ValueError, TypeError) as exc:
            raise self._fault(where, getattr(exc, "name", ""), str(exc)) from exc

    def _logo(self, where: str, table: object) -> Logo:
        values = self._table(where, table, {"name": _text, "data": _data})
        try:
            data = base64.b64decode("".join(str(values.get("data", "")).split()), validate=True)
            return logo.of(str(values.get("name", "logo")), data)
        except (binascii.Error, ValueError) as exc:
            raise self._fault(where, "data", tr("the logo's data is not base64")) from exc
        except logo.BadLogo as exc:
            raise self._fault(where, "data", str(exc).rstrip(".")) from exc

    def _table(self, where: str, table: object, types: Mapping[str, _Type]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._fault("", where, tr("'{where}' must be a table, begun by [{where}]").format(where=where))
        self._unknown(where, table, types)
        return self._fields(where, table, types)

    def _fields(self, where: str, table: Mapping[str, Any], types: Mapping[str, _Type]) -> dict[str, Any]:
        """The known keys of a table as arguments, each of its type."""
        values: dict[str, Any] = {}
        for key, (fits, wanted) in types.items():
            if key not in table:
                continue
            value = table[key]
            if not fits(value):
                raise self._fault(where, key, wanted().format(key=key))
            values[key.replace("-", "_")] = tuple(value) if isinstance(value, list) else value
        return values

    def _unknown(self, where: str, table: Mapping[str, Any], known: Any) -> str:  # noqa: ANN401 - set or mapping
        """Note the keys that this version does not know; those that are kept, as TOML."""
        extra = {key: value for key, value in table.items() if key not in known}
        if where:  # in an item, a table cannot be written back; in [print] and the like, no key is kept
            kept = {key for key in extra if where.startswith("items") and not _holds_table(extra[key])}
        else:
            kept = set(extra)
        for key in extra:
            self._not_known.setdefault((key, key in kept), []).append(self._line(where, key))
        return _toml({key: extra[key] for key in extra if key in kept}) if kept else ""

    def _fault(self, where: str, key: str, what: str) -> BadWorkshop:
        return BadWorkshop(self._name, what, self._line(where, key))

    def _remarks(self) -> Iterator[str]:
        """What is told of keys that are not known: each once, and of many only the first."""
        for key, kept in list(self._not_known)[:_MOST_TOLD]:
            lines = self._not_known[key, kept]
            others = len(lines) - 1
            shown = key if len(key) <= _LONGEST_TOLD else f"{key[:_LONGEST_TOLD]}…"
            said = _not_known_here(kept=kept, others=others)
            yield said.format(line=lines[0], n=Number(others), key=shown)
        rest = len(self._not_known) - _MOST_TOLD
        if rest > 0:
            yield ngettext(
                "{n:,} more key is not known to this handbook.",
                "{n:,} more keys are not known to this handbook.",
                rest,
            ).format(n=Number(rest))

    def _line(self, where: str, key: str) -> int:
        """The line of a key, from 1: in a table named `where`, or in the n-th of [[items]] by "items n"; 0 for none."""
        name, _, number = where.partition(" ")
        return self._toml.line(key, name, int(number or 0)) or self._toml.line(name)


def _not_known_here(*, kept: bool, others: int) -> str:
    """The sentence on a key that is not known, in one line of the file or in others too."""
    if not others:
        return (
            tr("Line {line}: '{key}' is not known to this handbook. It is kept.")
            if kept
            else tr("Line {line}: '{key}' is not known to this handbook. It is left out.")
        )
    if kept:
        return ngettext(
            "Line {line} and {n:,} more: '{key}' is not known to this handbook. It is kept.",
            "Line {line} and {n:,} more: '{key}' is not known to this handbook. It is kept.",
            others,
        )
    return ngettext(
        "Line {line} and {n:,} more: '{key}' is not known to this handbook. It is left out.",
        "Line {line} and {n:,} more: '{key}' is not known to this handbook. It is left out.",
        others,
    )


def _holds_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_holds_table, value)))


_Type = tuple[Callable[[object], bool], Callable[[], str]]  # does a value fit, and what is said of one that does not


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _text_of(longest: int) -> _Type:
    return (
        lambda value: isinstance(value, str) and len(value) <= longest,
        lambda: tr("'{key}' must be text in quotes, {most:,} letters at most").replace("{most:,}", written(longest)),
    )


_place, _text, _note, _page = map(_text_of, (_LONGEST_PLACE, LONGEST, LONGEST_NOTE, LONGEST_TEXT))
_data: _Type = (lambda value: isinstance(value, str), lambda: tr("'{key}' must be text in quotes"))
_number: _Type = (
    lambda value: isinstance(value, int) and not isinstance(value, bool),
    lambda: tr("'{key}' must be a whole number"),
)
_switch: _Type = (lambda value: isinstance(value, bool), lambda: tr("'{key}' must be true or false"))
_date: _Type = (_is_date, lambda: tr("'{key}' must be a date such as 2026-11-24"))
_time: _Type = (lambda value: isinstance(value, datetime.time), lambda: tr("'{key}' must be a time such as 09:30:00"))
_texts: _Type = (
    lambda value: isinstance(value, list) and len(value) <= _MOST_NAMES and all(map(_text[0], value)),
    lambda: tr("'{key}' must be a list of texts in quotes, {most} at most").replace("{most}", str(_MOST_NAMES)),
)

_addresses: _Type = (
    lambda value: isinstance(value, list) and len(value) <= _MOST_NEEDED and all(map(_place[0], value)),
    lambda: tr("'{key}' must be a list of addresses in quotes, {most} at most").replace("{most}", str(_MOST_NEEDED)),
)

_WORKSHOP: Mapping[str, _Type] = {
    "title": _text,
    "date": _date,
    "place": _text,
    "trainers": _texts,
    "organisation": _text,
    "participants": _number,
    "language": _text,
    "start": _time,
    "end": _time,
}
_TIMED = {"minutes": _number, "start": _time, "note": _note}
_ITEMS: Mapping[str, tuple[Callable[..., Item], Mapping[str, _Type], str]] = {
    "address": (
        Passage,
        {
            "address": _place,
            "title": _place,
            "copies": _number,
            "trainer-only": _switch,
            "in-hand": _addresses,
            **_TIMED,
        },
        "address",
    ),
    "page": (CustomPage, {"page": _text, "text": _page, "trainer-only": _switch, **_TIMED}, "title"),
    "entry": (Entry, {"entry": _text, **_TIMED}, "title"),
    "day": (NewDay, {"day": _text, "start": _time, "end": _time}, "title"),
}
