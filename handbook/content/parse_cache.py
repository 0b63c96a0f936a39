"""Parsed chapters, cached in a file beside the search index: a page opens without Python-Markdown.

Belongs here: writing and reading that file. Not here: what parsing is (markup.py).

The file is a zip. An entry is what `markup.from_markdown` makes of one source, as XML, under a name made from that
source: what was made of another text is never taken for it. The zip's comment names the code that made it, so that a
change to that code shows at the next start. The zip's CRC sees damage. Whatever is not there, or cannot be read, is
parsed: nothing is lost but a few hundredths of a second, so nobody is told."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base import atomic_file
from handbook.content import markup
from handbook.content.handbook import Handbook

FILE = "pages.zip"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def write(handbook: Handbook, folder: Path) -> None:
    """Parse every chapter into the folder's file. Raises NotSaved; a file that was there is then as it was."""
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
    """XML has no place for most control characters, and takes one line end for another."""
    try:
        again: bytes = ET.tostring(ET.fromstring(xml), "utf-8")  # noqa: S314 - made a line before
    except ET.ParseError:
        return False
    return again == xml


def _name(source: str) -> str:
    data = source.encode("utf-8", "surrogatepass")
    return f"{len(data):x}-{zlib.crc32(data):08x}"


def _made_by() -> bytes | None:
    """A checksum of the code that parses: markup.py and Python-Markdown's version.

    None where the sources are not there: an installed program ships the file together with the code that made it."""
    markdown = importlib.util.find_spec("markdown")
    if markdown is None or markdown.origin is None:
        return None
    try:
        sources = (Path(markup.__file__).read_bytes(), Path(markdown.origin).with_name("__meta__.py").read_bytes())
    except OSError:
        return None
    return b"-".join(b"%08x" % zlib.crc32(source) for source in sources)


class Parsed:
    """The parsed chapters in a folder that may hold none of them."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def read(self, source: str) -> Element:
        """`markup.from_markdown` of a source; no file stays open."""
        if not self._file.is_file():  # none there; or a pipe, which would never let go
            return markup.from_markdown(source)
        try:
            with zipfile.ZipFile(self._file) as archive:
                if archive.comment != (_made_by() or archive.comment):
                    return markup.from_markdown(source)
                return ET.fromstring(archive.read(_name(source)))  # noqa: S314 - lies with the program, and is as good
        except Exception:  # noqa: BLE001 - not of this text, or whatever a zip and XML make of damage
            return markup.from_markdown(source)
