"""What stands in a ZIM file: pages, pictures, metadata.

Belongs here: the task for the process that writes, by openZIM's rules (https://wiki.openzim.org/wiki/Metadata). Not
here: the HTML (export/web.py), libzim (process_main.py)."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from handbook.base.components import NAME, version
from handbook.export import web
from handbook.export.book import Book, Step, Text
from handbook.export.zim import languages

FRONT_PAGE = "index.html"
TITLE, DESCRIPTION, LONG_DESCRIPTION = 30, 80, 4000  # letters, at most
_MEDIA = {".html": "text/html", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
_FLAVOURS = {"participants": "participants", "trainer": "trainer"}
_RULES = "eng"  # of searching in an unknown language: with none, libzim finds nothing
_ICON = "field-handbook-48.png"


def task(book: Book, file: Path, step: Step) -> tuple[bytes, int]:
    """The task, a line of JSON, and how many bytes all entries have. step: told from 0 to 1; raises to stop."""
    files = web.folder(book, step, for_reader=True)
    texts = {web.file_of(text): text for text in book.texts}
    found = [_entry(book, name, data, texts.get(name)) for name, data in files.items()]
    language = languages.three_letters(book.language)
    whole = {
        "file": str(file),
        "front": FRONT_PAGE,
        "language": language if language != languages.UNKNOWN else _RULES,
        "icon": _packed(resources.files("handbook").joinpath("icons", _ICON).read_bytes()),
        "metadata": metadata(book, pictures=any(name.endswith((".png", ".svg")) for name in files)),
        "entries": found,
    }
    return json.dumps(whole).encode() + b"\n", sum(map(len, files.values()))


def _entry(book: Book, name: str, data: bytes, text: Text | None) -> dict[str, Any]:
    """A file of the folder. words: what the search finds of a page, without what stands around its text."""
    title = text.title if text is not None else book.title if name == FRONT_PAGE else ""
    return {
        "path": name,
        "title": title,
        "media": _MEDIA[PurePosixPath(name).suffix],
        "words": " ".join(_words(text)) if text is not None else "",
        "data": _packed(data),
    }


def _words(text: Text) -> Iterator[str]:
    if text.label:
        yield text.label
    for _, title, words in web.sections(text):
        yield f"{title}\n{words}\n"
    yield text.source


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def metadata(book: Book, *, pictures: bool) -> Mapping[str, str]:
    """What a library of ZIM files says of a book. Counter and the illustration are libzim's work."""
    manifest = book.handbook.manifest
    about = book.subtitle or f"{manifest.title} {manifest.edition}".strip()
    tags = ("_ftindex:yes", f"_pictures:{'yes' if pictures else 'no'}", "_videos:no", "_details:yes")
    found = {
        "Name": _name(book),
        "Title": _cut(book.title, TITLE),
        "Description": _cut(about, DESCRIPTION),
        "Language": ",".join(_languages(book)),
        "Creator": book.publisher,
        "Publisher": book.publisher,
        "Date": book.date,
        "Tags": ";".join(tags),
        "Scraper": f"{NAME} {version()}",
    }
    full = ". ".join(dict.fromkeys((book.title, about)))
    if full != found["Description"] and (len(book.title) > TITLE or len(about) > DESCRIPTION):
        found["LongDescription"] = _cut(full, LONG_DESCRIPTION)
    if flavour := _FLAVOURS.get(book.readers):
        found["Flavour"] = flavour
    return found


def _languages(book: Book) -> Iterator[str]:
    """The book's language, then those of texts in another."""
    named = (book.language, *(text.language for text in book.texts if text.language))
    yield from dict.fromkeys(map(languages.three_letters, named))


def _name(book: Book) -> str:
    """A name for programs: it stays the same from edition to edition."""
    parts = [_plain(book.handbook.manifest.title) or "handbook", languages.three_letters(book.language)]
    parts.append("all" if book.subtitle or book.title == book.handbook.manifest.title else _plain(book.title))
    return "_".join(filter(None, parts))


def _plain(title: str) -> str:
    """Small Latin letters and digits of a title, with hyphens."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]


def _cut(text: str, most: int) -> str:
    """A text of so many letters at most, cut after a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    if not text[most - 1].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip(' ,;:–-')}…"
