"""A logo from a file: what is taken as a picture, and what is safe to be shown and set.

Belongs here: what a PNG, JPEG or SVG must be to be looked at; the one form in which a picture is shown and set,
which is pixels alone. Not here: how pixels are made of a picture (printing/typeset/pictures.py).

A picture from outside can do harm to whatever decodes it. So nothing here does: its head is read, and of an SVG what
it names outside itself. It is drawn once, by a process of its own, which may die of it; what that gives back is taken
apart here to the last byte.

References: PNG, https://www.w3.org/TR/png-3 (chunks, IHDR); JPEG, ITU-T T.81 (markers SOI and SOF); SVG 1.1."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
import zlib
from functools import lru_cache
from pathlib import Path

from handbook.base import bounded
from handbook.base.errors import HandbookError
from handbook.workshop.model import Logo

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4000  # a side, of what is chosen
DRAWN_PIXELS = 2000  # a side at most, of what is kept: on the 141 mm of a title page 360 dots an inch
_SUFFIXES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
_STARTS_OF_FRAME = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every reader draws
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))  # markers that stand alone
_URL = re.compile(r"url\(", re.IGNORECASE)
_INSIDE = ("#", "data:image/")  # a part of the same picture; a picture within it
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by PNG's kind of colour: grey, colours, each with and without transparency


class BadLogo(HandbookError):
    """A picture that is not taken as a logo; the one in the workshop is as it was."""


def read(path: Path) -> Logo:
    """A logo from a file, as it is there. Raises BadLogo."""
    if path.suffix.lower() not in _SUFFIXES:
        raise BadLogo(f"'{path.name}' is no PNG, JPEG or SVG picture. Choose a file that ends in .png, .jpg or .svg.")
    try:
        data = bounded.read(path, MOST_BYTES)
    except bounded.TooLarge as exc:
        raise BadLogo(f"'{path.name}' is larger than 1 MB. Save the picture smaller, and choose it again.") from exc
    except bounded.NotRead as exc:
        raise BadLogo(f"'{path.name}' cannot be read: {exc}.") from exc
    return of(path.name, data)


def of(name: str, data: bytes) -> Logo:
    """A logo of bytes; what they are is seen from themselves. Raises BadLogo."""
    if len(data) > MOST_BYTES:
        raise BadLogo(f"'{name}' is larger than 1 MB. Save the picture smaller, and choose it again.")
    if data.startswith(_SIGNATURE):
        return _bounded(Logo(name, "png", data), size_of(data))
    if data.startswith(b"\xff\xd8"):
        return _bounded(Logo(name, "jpg", data), size_of(data))
    if _is_closed_svg(name, data):
        return Logo(name, "svg", data)
    raise BadLogo(f"'{name}' is no PNG, JPEG or SVG picture, whatever its name says.")


def _bounded(logo: Logo, size: tuple[int, int] | None) -> Logo:
    if size is None or not min(size):
        raise BadLogo(f"The picture '{logo.name}' is damaged. Save it anew, and choose it again.")
    if max(size) > MOST_PIXELS:
        raise BadLogo(f"'{logo.name}' has a side of more than {MOST_PIXELS} pixels. Save the picture smaller.")
    return logo


def size_of(data: bytes) -> tuple[int, int] | None:
    """The width and height that a PNG or a JPEG states, in pixels; None where it states none."""
    return _png_size(data) if data.startswith(_SIGNATURE) else _jpeg_size(data)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-12:]:
        return None
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _STARTS_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


# -- SVG ------------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """Why an SVG is not taken; the rest of it is not read."""


class _Look:
    """Looks at an SVG element by element, and keeps none of them."""

    def __init__(self) -> None:
        self._outermost = ""
        self._words: list[str] = []  # that followed each other

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._look_at_words()
        self._outermost = self._outermost or tag
        for name, value in attributes.items():
            if name.rpartition("}")[2] == "href" and not value.strip().startswith(_INSIDE):
                raise _leads_out()
            _stays_inside(value)

    def data(self, words: str) -> None:
        """Some of the words between two tags."""
        self._words.append(words)

    def end(self, _: str) -> None:
        """An element ends."""
        self._look_at_words()

    def _look_at_words(self) -> None:
        _stays_inside("".join(self._words))
        self._words.clear()

    def close(self) -> bool:
        """Was it an SVG?"""
        return self._outermost.rpartition("}")[2] == "svg"


def _leads_out() -> _Refused:
    return _Refused("refers to other files. Save it as plain SVG with everything inside.")


def _stays_inside(text: str) -> None:
    """Raises _Refused for words that name anything but parts of the same picture."""
    named = (text[found.end() : found.end() + 100].lstrip(" \t\r\n'\"") for found in _URL.finditer(text))
    if "@import" in text.lower() or not all(one.startswith(_INSIDE) for one in named):
        raise _leads_out()


def _is_closed_svg(name: str, data: bytes) -> bool:
    """Is it an SVG? Raises BadLogo for one that leads out of itself, or that cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if "<svg" not in text:
        return False
    if "<!ENTITY" in text:  # before any parser unfolds it
        raise BadLogo(f"'{name}' defines entities. Save it as plain SVG, and choose it again.")
    parser = ET.XMLParser(target=_Look())  # noqa: S314 - without entities there is nothing that grows
    try:
        parser.feed(text)
        return bool(parser.close())
    except ET.ParseError as exc:
        raise BadLogo(f"The picture '{name}' is damaged: {exc}. Save it anew, and choose it again.") from exc
    except _Refused as exc:
        raise BadLogo(f"'{name}' {exc}") from exc


# -- Pixels alone ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def is_drawn(logo: Logo) -> bool:
    """Is it pixels alone, as a process of our own drew them? Only such a picture is shown and set.

    Proved to the last byte: a PNG of few kinds and sizes, with no chunk but its pixels, which are as many as it
    states. What decodes it can meet nothing that it does not expect."""
    size = _png_size(logo.data) if logo.kind == "png" and logo.data.startswith(_SIGNATURE) else None
    if size is None or not 0 < min(size) <= max(size) <= DRAWN_PIXELS or len(logo.data) > MOST_BYTES:
        return False
    chunks = _chunks(logo.data)
    names = [name for name, _ in chunks]
    if len(names) < 3 or (names[0], names[-1]) != (b"IHDR", b"IEND") or set(names[1:-1]) != {b"IDAT"}:
        return False
    depth, colour, *ways = chunks[0][1][8:]
    if depth != 8 or colour not in _CHANNELS or any(ways):
        return False
    width, height = size
    row = 1 + width * _CHANNELS[colour]
    pixels = _inflated(b"".join(words for _, words in chunks[1:-1]), height * row)
    return pixels is not None and max(pixels[::row]) <= 4  # how each row is filtered: five ways


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """A PNG's chunks, by name; none where any is damaged or something follows the last."""
    found: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if data[end : end + 4] != struct.pack(">I", zlib.crc32(data[at + 4 : end])):
            return []
        found.append((data[at + 4 : at + 8], data[at + 8 : end]))
        at = end + 4
    return found


def _inflated(data: bytes, length: int) -> bytes | None:
    """What was compressed, if it is just so many bytes; no more are unpacked than that."""
    inflating = zlib.decompressobj()
    try:
        pixels = inflating.decompress(data, length + 1)
    except zlib.error:
        return None
    whole = inflating.eof and not inflating.unconsumed_tail and not inflating.unused_data
    return pixels if whole and len(pixels) == length else None
