"""A translation of a handbook's chapters: which folders may hold one, and which files it has.

Belongs here: finding and reading these files. Not here: the texts of the window (base/catalogue.py), making chapters of
the files (loading.py).

A translation is a folder of Markdown files with the names of the chapters that they translate, and the same anchors.
Chapters that it has not are read in the handbook's language. It may have a manifest, `handbook.toml`, with a table
`titles`: the handbook's title and subtitle, and the titles of its parts and groups, and what they are in this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from handbook.base.late_patterns import late_pattern
from handbook.base.paths import Paths

FOLDER = "translations"  # in the person's data folder: what an office has translated itself
ORIGINALS = "originals"  # the id of the part that holds the chapters that were translated
_CODE = late_pattern(r"[a-z]{2,3}")


class Translation(NamedTuple):
    """A language, and the folders with chapters in it: of two files of one name the first folder's is taken."""

    language: str
    folders: tuple[Path, ...]


def find(language: str, content: Path, data: Path) -> Translation | None:
    """The translation of the program's own content into a language, or None.

    content: the folder of the content in its own language; data: the folder of what the person wrote."""
    if not _CODE.fullmatch(language) or language == content.name:
        return None
    places = (data / FOLDER / language, content.parent / language)
    folders = tuple(folder for folder in places if folder.is_dir())
    return Translation(language, folders) if folders else None


def of_program(paths: Paths, language: str) -> Translation | None:
    """The translation of what the program shows, or None: another handbook's folder has none here."""
    if paths.is_folder_opened:
        return None
    return find(language, paths.content, paths.data)


def languages(content: Path) -> tuple[str, ...]:
    """The languages that the program's own content has chapters in, besides its own."""
    beside = (folder.name for folder in content.parent.iterdir() if folder.is_dir())
    return tuple(sorted(name for name in beside if _CODE.fullmatch(name) and name != content.name))


def original_id(chapter: str, language: str, taken: Mapping[str, object] | Sequence[str]) -> str:
    """The id under which the words can be read that a chapter was translated from: "statement.en"."""
    name = f"{chapter}.{language}"
    while name in taken:
        name += "-original"
    return name
