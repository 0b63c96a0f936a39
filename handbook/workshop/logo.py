"""A logo from a file: checked and bounded, as it goes into a workshop whole.

Belongs here: what a PNG, JPEG or SVG must be to be taken. Not here: how it is printed.

References: PNG, https://www.w3.org/TR/png-3 (signature and IHDR); JPEG, ITU-T T.81 (markers SOI and SOF); SVG 1.1."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

from handbook.base.errors import HandbookError
from handbook.workshop.model import Logo

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4000  # a side: 34 cm at 300 dpi
_SUFFIXES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
_STARTS_OF_FRAME = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every reader draws
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))  # markers that stand alone
_LEADS_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)


class BadLogo(HandbookError):
    """A picture that is not taken as a logo; the one in the workshop is as it was."""


def read(path: Path) -> Logo:
    """A logo from a file. Raises BadLogo."""
    if path.suffix.lower() not in _SUFFIXES:
        raise BadLogo(f"'{path.name}' is no PNG, JPEG or SVG picture. Choose a file that ends in .png, .jpg or .svg.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadLogo(f"'{path.name}' is larger than 1 MB. Save the picture smaller, and choose it again.")
        data = path.read_bytes()
    except OSError as exc:
        raise BadLogo(f"'{path.name}' cannot be read: {exc.strerror or exc}.") from exc
    return of(path.name, data)


def of(name: str, data: bytes) -> Logo:
    """A logo of bytes; what they are is seen from themselves. Raises BadLogo."""
    if len(data) > MOST_BYTES:
        raise BadLogo(f"'{name}' is larger than 1 MB. Save the picture smaller, and choose it again.")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _bounded(Logo(name, "png", data), _png_size(data))
    if data.startswith(b"\xff\xd8"):
        return _bounded(Logo(name, "jpg", data), _jpeg_size(data))
    if _is_safe_svg(name, data):
        return Logo(name, "svg", data)
    raise BadLogo(f"'{name}' is no PNG, JPEG or SVG picture, whatever its name says.")


def _bounded(logo: Logo, size: tuple[int, int] | None) -> Logo:
    if size is None or not min(size):
        raise BadLogo(f"The picture '{logo.name}' is damaged. Save it anew, and choose it again.")
    if max(size) > MOST_PIXELS:
        raise BadLogo(f"'{logo.name}' has a side of more than {MOST_PIXELS} pixels. Save the picture smaller.")
    return logo


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


def _repeats_repeated(root: ET.Element) -> bool:
    """Does a part that is used again hold a use itself? Thirty of those in a row draw a thousand million parts."""
    for element in root.iter():
        if element.get("id") and any(inner.tag.rpartition("}")[2] == "use" for inner in element.iter()):
            used = f"#{element.get('id')}"
            if any(used in one.attrib.values() for one in root.iter() if one.tag.rpartition("}")[2] == "use"):
                return True
    return False


def _is_safe_svg(name: str, data: bytes) -> bool:
    """Is it an SVG? Raises BadLogo for one that leads out of itself, or that cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if "<svg" not in text:
        return False
    if "<!ENTITY" in text:  # before any parser unfolds it
        raise BadLogo(f"'{name}' defines entities. Save it as plain SVG, and choose it again.")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without entities there is nothing that grows
    except ET.ParseError as exc:
        raise BadLogo(f"The picture '{name}' is damaged: {exc}. Save it anew, and choose it again.") from exc
    if root.tag.rpartition("}")[2] != "svg":
        return False
    if _repeats_repeated(root):
        raise BadLogo(f"'{name}' repeats parts that repeat others. Save it as plain SVG, and choose it again.")
    for element in root.iter():
        hrefs = [value for key, value in element.items() if key.rpartition("}")[2] == "href"]
        styles = [element.text or "", *element.attrib.values()]
        if any(not href.strip().startswith("#") for href in hrefs) or any(map(_LEADS_OUT.search, styles)):
            raise BadLogo(f"'{name}' refers to other files. Save it as plain SVG with everything inside.")
    return True
