"""The order and the titles that the programs of others give to a folder: MkDocs, mdBook.

Belongs here: reading mkdocs.yml and SUMMARY.md as far as they say which file comes after which. Not here: reading the
files themselves (loading.py), a handbook.toml (loading.py too).

Of YAML only what such a file needs is read, line by line: nothing refers to anything, nothing is repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from handbook.base import bounded
from handbook.base.late_patterns import late_pattern
from handbook.base.toml_text import BadToml, Toml
from handbook.content.links import unquoted

SUMMARY = "SUMMARY.md"
_MOST_BYTES = 1024 * 1024
_MOST_ENTRIES = 20_000
_DEEPEST = 10


class Entry(NamedTuple):
    """A line of a contents list: how deep it lies, its title and its file inside the folder, "" where it has none."""

    depth: int
    title: str
    file: str


class Order(NamedTuple):
    """What such a file says.

    folder:   where the texts lie.
    loose:    whether they were written for CommonMark and not for Python-Markdown."""

    folder: Path
    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    loose: bool = True


def order_of(folder: Path) -> Order:
    """The order of a folder without a handbook.toml."""
    for name in ("mkdocs.yml", "mkdocs.yaml"):
        text = _text(folder / name)
        if text:
            return _mkdocs(folder, text)
    book = _text(folder / "book.toml")
    if book:
        return _mdbook(folder, book)
    return Order(folder, entries=_summary(folder))


def _text(path: Path) -> str:
    if not bounded.is_file(path):
        return ""
    try:
        return bounded.read(path, _MOST_BYTES).decode("utf-8-sig", "replace")
    except bounded.NotRead:
        return ""


def _inside(folder: Path, name: str) -> Path:
    """A folder inside another, by a name in a file of others; the outer one where it leads elsewhere."""
    path = PurePosixPath(name.replace("\\", "/") or ".")
    if path.is_absolute() or ".." in path.parts or ":" in name:
        return folder
    inner = folder / path
    try:
        good = inner.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return folder
    return inner if good and bounded.is_folder(inner) else folder


# -- MkDocs ---------------------------------------------------------------------------------------------------

_TOP = late_pattern(r"([A-Za-z_]{1,40}):(?:[ \t]++(.*))?$")
_NAV = late_pattern(r"([ ]{0,60})-[ ]++(.*)$")
_PAIR = late_pattern(
    r"(\"(?:[^\"\\]|\\.){0,500}\"|'(?:[^']|''){0,500}'|[^\"'#:\n][^:\n]{0,500}(?::(?! )[^:\n]{0,500}){0,10})"
    r":(?:[ ]++(.*))?$"
)
_LANGUAGE = late_pattern(r"[ ]{1,8}language:[ ]++[\"']?([A-Za-z]{2,3})\b")


def _mkdocs(folder: Path, text: str) -> Order:
    values: dict[str, str] = {}
    entries: list[Entry] = []
    language = within = ""
    indents: list[int] = []
    for line in text.splitlines():
        top = _TOP.match(line)
        if top:
            within = top.group(1)
            values.setdefault(within, _scalar(top.group(2) or ""))
        elif within == "nav" and (item := _NAV.match(line)) and len(entries) < _MOST_ENTRIES:
            indent = len(item.group(1))
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            entries.append(_entry(min(len(indents) - 1, _DEEPEST), item.group(2)))
        elif within == "theme" and (found := _LANGUAGE.match(line)):
            language = found.group(1).lower()
    docs = _inside(folder, values.get("docs_dir") or "docs")
    return Order(docs, values.get("site_name", ""), language, tuple(entries), loose=False)


def _entry(depth: int, said: str) -> Entry:
    pair = _PAIR.match(said.strip())
    if pair:
        return Entry(depth, _scalar(pair.group(1)), _file(_scalar(pair.group(2) or "")))
    return Entry(depth, "", _file(_scalar(said)))


def _scalar(value: str) -> str:
    """A plain text or one in quotes, without a comment behind it."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        return value[1:end].strip() if end > 0 else ""
    return re.split(r"(?:^|[ ])#", value, maxsplit=1)[0].strip()


def _file(path: str) -> str:
    """A path as the names of files have it; "" where it is an address of the network."""
    return "" if "://" in path else str(PurePosixPath(path)) if path else ""


# -- mdBook ---------------------------------------------------------------------------------------------------

_LINK = late_pattern(r"([ \t]{0,60})(?:[-*+][ \t]++)?\[([^\[\]\n]{1,500})\]\(<?([^()<>\n]{0,1000})>?\)[ \t]*+$")
_PART = late_pattern(r"#{1,6}[ \t]++(.{1,500})$")


def _mdbook(folder: Path, text: str) -> Order:
    try:
        book = Toml(text.replace("\r\n", "\n")).table.get("book")
    except BadToml:
        book = None
    table = book if isinstance(book, dict) else {}
    said = {key: value for key, value in table.items() if isinstance(value, str)}
    inner = _inside(folder, said.get("src") or "src")
    return Order(inner, said.get("title", ""), said.get("language", "")[:3].lower(), _summary(inner))


def _summary(folder: Path) -> tuple[Entry, ...]:
    """The contents of a SUMMARY.md: titles are parts, and links lie in each other as far as they are indented.

    The first title is that of the list itself."""
    entries: list[Entry] = []
    indents: list[int] = []
    seen_title = False
    for written in _text(folder / SUMMARY).splitlines()[:_MOST_ENTRIES]:
        line = written.expandtabs(4)
        part, link = _PART.match(line), _LINK.match(line)
        if part:
            if seen_title or entries:
                entries.append(Entry(-1, part.group(1).strip(" #"), ""))
            seen_title, indents = True, []
        elif link:
            indent = len(link.group(1))
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            path = unquoted(link.group(3).partition("#")[0].strip())
            entries.append(Entry(min(len(indents) - 1, _DEEPEST), link.group(2), _file(path)))
    return tuple(entries)


# -- Without either -------------------------------------------------------------------------------------------


def title_of_folder(name: str) -> str:
    """The title that a folder's name makes, as MkDocs does: without the number that orders it, with blanks."""
    words = re.sub(r"^[0-9]{1,6}[-_. ]+(?=.)", "", name)
    if re.search(r"[-_]", words) and " " not in words:
        words = re.sub(r"[-_]+", " ", words).strip()
    words = words or name
    return words[0].upper() + words[1:] if words == words.lower() else words


class Planned(NamedTuple):
    """A part made from a contents list: its title, and its groups with their files."""

    title: str
    groups: list[tuple[str, list[str]]]


def parts_of(entries: Sequence[Entry], title: str) -> list[Planned]:
    """The parts of a contents list. title: of the parts without one."""
    has_parts = any(entry.depth < 0 for entry in entries)
    parts: list[Planned] = []
    above: list[str] = []  # titles down to an entry
    in_section = False  # is the last part a section of the list, and not one that holds what lies in none?
    for number, entry in enumerate(entries):
        if entry.depth < 0:
            parts.append(Planned(entry.title, []))
            above = []
            continue
        del above[entry.depth :]
        has_children = number + 1 < len(entries) and entries[number + 1].depth > entry.depth
        if not parts or (entry.depth == 0 and not has_parts and in_section and entry.file):
            parts.append(Planned(title, []))
            in_section = False
        if entry.depth == 0 and not has_parts and has_children and not entry.file:
            parts.append(Planned(entry.title, []))
            in_section = True
        if entry.file:
            around = [*(above[1:] if in_section else above), *([entry.title] if has_children else [])]
            group, groups = ": ".join(filter(None, around)), parts[-1].groups
            if not groups or groups[-1][0] != group:
                groups.append((group, []))
            groups[-1][1].append(entry.file)
        above.append(entry.title)
    return [part for part in parts if part.groups]
