"""Exports as trials write them and read them back: every format, as a file and as a folder.

Belongs here: writing a version of each, and which version a file is. Not here: killing and disturbing (kills.py,
injections.py)."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.helpers import write

FILES = {
    "Word": "book.docx",
    "EPUB": "book.epub",
    "HTML": "book.html",
    "HTML as a folder": "book",
    "PowerPoint": "book.pptx",
    "ZIM": "book.zim",
    "Markdown": "book.md",
    "Markdown as a folder": "book",
    "pack": "book.handbook",
}
_FORMATS = {"HTML as a folder": "html", "Markdown as a folder": "md"}
PARTS = 40  # of the text, so that the writing takes a while


def _folder(number: int, beside: Path) -> Path:
    """A folder with the texts of a version, not in the one that is written into."""
    parts = "".join(f"## Part {part}\n\nWords of version {number}.\n\n" for part in range(PARTS))
    return write(beside.parent / f"texts-{number}", {"page.md": f"# A page\n\n{parts}"})


def writer_of(what: str) -> Callable[[Path], Callable[[int], object]]:
    """A function that writes versions of an export into a folder."""

    def begin(folder: Path) -> Callable[[int], object]:
        target = folder / FILES[what]
        early = {number: _folder(number, folder) for number in (1, 2)}  # a trial disturbs no more than the export
        books = {number: load(texts) for number, texts in early.items()}

        def next_version(number: int) -> None:
            texts = early.get(number) or _folder(number, folder)
            _write(what, number, target, texts, books.get(number) or load(texts))

        return next_version

    return begin


def _write(what: str, number: int, target: Path, texts: Path, book: Handbook) -> None:
    if what == "pack":
        from handbook.library import pack

        pack.save(texts, pack.Manifest("book", "Book"), target)
        return
    from handbook.export.choice import Choice
    from handbook.export.formats import KINDS, Format, export

    names: dict[str, Format] = {kind.name: format_ for format_, kind in KINDS.items()}
    format_ = names[what.removesuffix(" as a folder")]
    if what in _FORMATS:  # a folder is never written over: each version has its own, and those before it go
        target = target.with_name(f"{target.name}-{number}")
    export(book, Choice(), format_, target)
    if what in _FORMATS:
        shutil.rmtree(target.with_name(f"{FILES[what]}-{number - 2}"), ignore_errors=True)


def number_in(what: str, folder: Path) -> int:
    """Which version is there. Raises AssertionError if not all of one is."""
    if what in _FORMATS:
        there = sorted((int(one.name.rpartition("-")[2]), one) for one in folder.glob(f"{FILES[what]}-*"))
        if not there:
            raise AssertionError("no folder is there")
        return max(_version(_words_of_folder(one)) for _, one in there[-2:])  # older ones may be half removed
    path = folder / FILES[what]
    return _version(_words_of_zim(path) if what == "ZIM" else _words_of_file(path))


def _version(words: str) -> int:
    numbers = re.findall(r"Words of version ([0-9]+)\.", words)
    if len(numbers) % PARTS or not numbers or len(set(numbers)) != 1:
        raise AssertionError(f"not a whole version: {len(numbers)} parts of {sorted(set(numbers))}")
    return int(numbers[0])


def _words_of_file(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        if bad := archive.testzip():
            raise AssertionError(f"'{bad}' is damaged")
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _words_of_folder(folder: Path) -> str:
    pages = [path for path in folder.rglob("*") if path.suffix in (".html", ".md")]
    return "\n".join(path.read_text("utf-8") for path in pages)


def _words_of_zim(path: Path) -> str:
    from libzim.reader import Archive

    archive = Archive(path)
    if not archive.check():
        raise AssertionError("the ZIM file is damaged")
    entries = (archive._get_entry_by_id(number) for number in range(archive.all_entry_count))
    items = (entry.get_item() for entry in entries if not entry.is_redirect)
    return "\n".join(bytes(item.content).decode("utf-8", "replace") for item in items if "html" in item.mimetype)
