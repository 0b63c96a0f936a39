"""A cache of parsed chapters, in a file beside the search index, so that a page opens without Python-Markdown.

Belongs here: writing and reading that file. Not here: parsing (markup.py).

The file is a zip. Each entry is the result of `markup.from_markdown` for one source, as XML. Its name is a checksum of
that source, so the entry of another text is not used. The zip's comment is a hash of the code that made it, so that a
change to that code shows at the next start. The zip's CRC detects damage. A chapter that is missing or cannot be read
is parsed again, without a message: it takes only a few hundredths of a second."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base import atomic_file, bounded, kept_values
from handbook.content import figures, markup
from handbook.content.handbook import Handbook

FILE = "pages.zip"
_DATE = (1980, 1, 1, 0, 0, 0)  # a fixed date, so that the same content gives the same bytes
_PYTHON_MARKDOWN = Path(__file__).with_name("python_markdown.py")  # not imported where pages are in the cache
_MOST_BYTES = 64 * 1024 * 1024


def write(handbook: Handbook, folder: Path) -> None:
    """Parse every chapter and write the folder's cache file. Raises NotSaved; an older file is then unchanged."""
    import zipfile
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in sorted(_entries(handbook).items()):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(info, xml)
        archive.comment = _made_by() or b""
    atomic_file.save(made.getvalue(), folder / FILE)


def _entries(handbook: Handbook) -> dict[str, bytes]:
    entries: dict[str, bytes] = {}
    for chapter in handbook.chapters.values():
        source = "\n".join(chapter.lines)
        xml = ET.tostring(markup.from_markdown(source), "utf-8")
        if _is_kept_whole(xml):
            entries[_name(source)] = xml
    return entries


def _is_kept_whole(xml: bytes) -> bool:
    """Is a tree the same after writing and reading it? XML cannot hold some control characters and line ends."""
    try:
        again: bytes = ET.tostring(ET.fromstring(xml), "utf-8")  # noqa: S314 - made in the line before
    except ET.ParseError:
        return False
    return again == xml


def _name(source: str) -> str:
    return kept_values.name_of(source.encode("utf-8", "surrogatepass"))


def _made_by() -> bytes | None:
    """A hash of the code that parses: markup.py, python_markdown.py, figures.py and Python-Markdown's version.

    None if the sources are not there: an installed program ships the cache together with the code that made it."""
    markdown = importlib.util.find_spec("markdown")
    if markdown is None or markdown.origin is None:
        return None
    try:
        ours = [Path(name).read_bytes() for name in (markup.__file__, _PYTHON_MARKDOWN, figures.__file__)]
        sources = (*ours, Path(markdown.origin).with_name("__meta__.py").read_bytes())
    except OSError:
        return None
    return b"-".join(b"%08x" % zlib.crc32(source) for source in sources)


class Parsed:
    """The cache in a folder; it may be missing, or lack some chapters.

    The file is read when the first page is made, and closed again; a page then costs neither its directory nor a look
    at the code that made it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._read: Callable[[str], bytes] | None = None

    def read(self, source: str) -> Element:
        """The tree of a source, as `markup.from_markdown` makes it."""
        if self._read is None:
            self._read = self._reading()
        try:
            return ET.fromstring(self._read(_name(source)))  # noqa: S314 - as trustworthy as the program that it comes with
        except Exception:  # noqa: BLE001 - no entry for this text, or any error that a damaged zip or XML causes
            return markup.from_markdown(source)

    def _reading(self) -> Callable[[str], bytes]:
        """What reads an entry by its name; it raises where there is none, or no file that this code has made."""
        import zipfile  # a start page has no use for it
        from io import BytesIO

        nothing: Callable[[str], bytes] = dict[str, bytes]().__getitem__
        try:
            archive = zipfile.ZipFile(BytesIO(bounded.read(self._file, _MOST_BYTES)))
        except Exception:  # noqa: BLE001 - none there, a pipe, or any error that a damaged zip causes
            return nothing
        return archive.read if archive.comment == (_made_by() or archive.comment) else nothing
