"""A cache of what was read from the program's own texts, beside the search index: a start then reads no front matter.

Belongs here: writing and reading that file (base/kept_values.py says why it is never out of date). Not here: reading a
text (chapter_file.py).

Of a chapter the title, the front matter, the headings and the lines that are read as others than they are written are
kept; the other lines are those of the file, which is read in any case. Of a plain drawing, what svg.look() says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base import bounded, kept_values
from handbook.base.paths import Paths
from handbook.base.svg import NotTaken, Svg, look
from handbook.content.headings import Heading, Scan, scan
from handbook.content.links import SUFFIXES
from handbook.content.metadata import FrontMatter, Material

FILE = "texts.kept"
_HERE = Path(__file__).parent
CODE = (  # the modules by which a text is read
    *(_HERE / f"{name}.py" for name in ("bounds", "callouts", "chapter", "chapter_file", "front_matter", "headings")),
    *(_HERE / f"{name}.py" for name in ("kept_texts", "metadata", "others_forms", "others_lists", "plain_text")),
    *(_HERE.parent / "base" / f"{name}.py" for name in ("svg", "toml_text")),
)
_MOST_BYTES = 16 * 1024 * 1024  # of a text


class ChapterText(NamedTuple):
    """What a chapter's file says. title: "" where it has none. scanned: its headings and anchors, where known."""

    title: str
    front: FrontMatter
    lines: tuple[str, ...]
    offset: int
    scanned: Scan | None = None


class KeptTexts:
    """The texts that were read before; in a folder without them, none."""

    def __init__(self, folder: Path) -> None:
        self._values = kept_values.KeptValues(folder / FILE, CODE)

    def chapter(self, data: bytes) -> ChapterText | None:
        """What a chapter's file says, if it was read before without a fault."""
        value = self._values.get(data)
        try:
            title, front, offset, changed, headings, anchors = value
            lines = changed if isinstance(changed, list) else data.decode().split("\n")[offset:]
            for number, line in changed.items() if isinstance(changed, dict) else ():
                lines[int(number)] = line
            if "materials" in front:
                front["materials"] = tuple(Material(*one) for one in front["materials"])
            found = Scan(tuple(Heading(*one) for one in headings), tuple(anchors))
            return ChapterText(title, FrontMatter(**front), tuple(lines), offset, found)
        except (TypeError, ValueError, IndexError):
            return None

    def svg(self, data: bytes) -> Svg | None:
        """What a drawing is, known from before or looked at now, as svg.look() says it."""
        value = self._values.get(data)
        try:
            size, fills, parts, depth, words, colours = value
            return Svg(tuple(size), fills, parts, depth, tuple(words), frozenset(colours), "")
        except (TypeError, ValueError):
            return look(data)

    def forget(self) -> None:
        """Let go of all that nobody was given; it is read again when it is asked for."""
        self._values.forget()

    def table(self, data: bytes) -> dict[str, Any] | None:
        """What a manifest says, if it was read before."""
        value = self._values.get(data)
        try:
            table, days = value
            return {**table, **{key: datetime.date.fromisoformat(day) for key, day in days.items()}}
        except (TypeError, ValueError, AttributeError):
            return None


def of_program(paths: Paths) -> KeptTexts | None:
    """What the program's own texts were read to; None where it shows another folder.

    A text of somebody else's could be made to have the length and the checksum of one of ours, and would then be read
    without the limits that it has to keep."""
    return None if paths.is_folder_opened else KeptTexts(paths.index)


def write(content: Path, folder: Path) -> None:
    """Read all texts of the program's content, translations too, and write the folder's file. Raises NotSaved."""
    from handbook.content.translation import languages

    values: dict[str, object] = {}
    for texts in (content, *(content.parent / language for language in languages(content))):
        for path in sorted(texts.rglob("*")):
            made = _made(path)
            if made is not None:
                values[kept_values.name_of(made[0])] = made[1]
    kept_values.write(folder / FILE, CODE, values)


def _made(path: Path) -> tuple[bytes, object] | None:
    """The bytes of a file and what is kept of it; None for nothing."""
    from handbook.content.loading import MANIFEST

    if path.name != MANIFEST and not path.name.lower().endswith((*SUFFIXES, ".svg")):
        return None
    try:
        data = bounded.read(path, _MOST_BYTES)
    except bounded.NotRead:
        return None
    of = _of_manifest if path.name == MANIFEST else _of_svg if path.suffix.lower() == ".svg" else _of_chapter
    value = of(data)
    return None if value is None else (data, value)


def _of_manifest(data: bytes) -> object:
    from handbook.base.toml_text import BadToml, Toml

    try:
        table = Toml(data.decode("utf-8-sig").replace("\r\n", "\n")).table
    except (BadToml, UnicodeDecodeError):
        return None
    days = {key: day for key, day in table.items() if type(day) is datetime.date}
    plain = {key: value for key, value in table.items() if key not in days}
    return [plain, {key: day.isoformat() for key, day in days.items()}] if _is_plain(plain) else None


def _is_plain(value: object) -> bool:
    """Is a value of TOML's no time or date, nor has any in it?"""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return all(map(_is_plain, value)) if isinstance(value, list) else isinstance(value, (str, int, bool))


def _of_svg(data: bytes) -> object:
    """What a plain drawing is; what makes another one other than plain is told in the person's language."""
    try:
        found = look(data)
    except NotTaken:
        return None
    if found is None or found.unplain:
        return None
    size, fills, parts, depth, words, colours, _ = found
    return [list(size), fills, parts, depth, list(words), sorted(colours)]


def _of_chapter(data: bytes) -> object:
    from handbook.content import chapter_file

    faults: list[str] = []
    read = chapter_file.read(data, lambda _, said: faults.append(said))
    if faults:
        return None  # they are to be told at every start
    usual = dict(_fields(FrontMatter()))
    front = {key: value for key, value in _fields(read.front) if value != usual[key]}
    found = scan(read.lines)
    return [read.title, front, read.offset, _changed(data, read), list(map(tuple, found.headings)), list(found.anchors)]


def _fields(front: FrontMatter) -> Iterator[tuple[str, object]]:
    for name, value in front._asdict().items():
        yield name, list(map(tuple, value)) if name == "materials" else value


def _changed(data: bytes, read: ChapterText) -> Mapping[str, str] | list[str]:
    """The lines that are others than in the file, by their numbers; all of them where they are more or fewer."""
    try:
        written = data.decode().split("\n")[read.offset :]
    except UnicodeDecodeError:
        return list(read.lines)
    if len(written) != len(read.lines):
        return list(read.lines)
    pairs = enumerate(zip(written, read.lines, strict=True))
    return {str(number): line for number, (was, line) in pairs if line != was}
