"""Picture files: which kind one is, how large, and whether it is pixels alone. Nothing is decoded here.

Belongs here: the heads of PNG, JPEG, GIF and WebP, and the proof that a PNG is as our own process drew it. Not here:
SVG (svg.py), how pixels are made of a picture (printing/typeset/pictures.py), what may be a logo (workshop/logo.py) or
stand on a page (content/pictures.py).

References: PNG, https://www.w3.org/TR/png-3 (chunks, IHDR); JPEG, ITU-T T.81 (markers SOI and SOF); GIF89a;
WebP, https://developers.google.com/speed/webp/docs/riff_container."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, Literal

Kind = Literal["png", "jpg", "gif", "webp", "svg"]
HEAD = 64  # bytes by which a kind is known

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_STARTS_OF_FRAME = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every reader draws
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))  # markers that stand alone
_MOST_MARKERS = 1000  # of a JPEG before its size; a photograph has some twenty
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by PNG's kind of colour: grey, colours, each with and without transparency


def kind_of(head: bytes) -> Kind | None:
    """The kind of a picture of pixels by its first bytes; None for anything else, such as an SVG."""
    if head.startswith(_SIGNATURE):
        return "png"
    if head.startswith(b"\xff\xd8"):
        return "jpg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return None


def size_of(file: BinaryIO, kind: Kind) -> tuple[int, int] | None:
    """The width and height that a picture of pixels states, in pixels; None where it states none.

    Only its head is read, however large it is."""
    read = _SIZES.get(kind)
    if read is None:
        return None
    file.seek(0)
    try:
        size = read(file)
    except struct.error:  # the file is cut short
        return None
    return size if size is not None and min(size) > 0 else None


def _png(file: BinaryIO) -> tuple[int, int] | None:
    head = file.read(33)
    return struct.unpack(">II", head[16:24]) if len(head) == 33 and head[12:16] == b"IHDR" else None


def _jpg(file: BinaryIO) -> tuple[int, int] | None:
    at = 2
    for _ in range(_MOST_MARKERS):
        file.seek(at)
        head = file.read(9)
        if len(head) < 9 or head[0] != 0xFF:
            return None
        marker = head[1]
        if marker in _STARTS_OF_FRAME:
            height, width = struct.unpack(">HH", head[5:9])
            return width, height
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(head[2:4])
    return None


def _gif(file: BinaryIO) -> tuple[int, int]:
    return struct.unpack("<HH", file.read(10)[6:])


def _webp(file: BinaryIO) -> tuple[int, int] | None:
    head = file.read(30)
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if kind == b"VP8L" and head[20:21] == b"\x2f":
        (bits,) = struct.unpack("<I", head[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


_SIZES: Mapping[Kind, Callable[[BinaryIO], tuple[int, int] | None]] = {
    "png": _png,
    "jpg": _jpg,
    "gif": _gif,
    "webp": _webp,
}


def turn_of(file: BinaryIO, kind: Kind) -> int:
    """How a camera says that its JPEG is to be turned: 1 (not at all) to 8, as Exif has it. Only the head is read."""
    if kind != "jpg":
        return 1
    at = 2
    for _ in range(_MOST_MARKERS):
        file.seek(at)
        head = file.read(10)
        if len(head) < 10 or head[0] != 0xFF or head[1] in (0xDA, *_STARTS_OF_FRAME):
            return 1
        if head[1] == 0xE1 and head[4:8] == b"Exif":
            return _turn_in(file.read(int.from_bytes(head[2:4]) - 8))
        at += 2 + int.from_bytes(head[2:4])
    return 1


_TURN = 0x0112  # Exif's tag


def _turn_in(exif: bytes) -> int:
    order = ">" if exif[:2] == b"MM" else "<"
    try:
        (first,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, first)
        for number in range(min(count, 100)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", exif, first + 2 + 12 * number)
            if tag == _TURN:
                return value if 1 <= value <= 8 else 1
    except struct.error:  # cut short
        pass
    return 1


# -- Pixels alone ---------------------------------------------------------------------------------------------


def is_empty(data: bytes) -> bool:
    """Is nothing to be seen on a PNG that is pixels alone? So comes out what was too damaged to be drawn."""
    chunks = _chunks(data)
    width, height, _, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    if colour not in (4, 6):
        return False  # without transparency there is always something
    row = 1 + width * _CHANNELS[colour]
    pixels = _inflated(b"".join(words for _, words in chunks[1:-1]), height * row)
    return pixels is not None and not any(pixels[at + 1 : at + row].strip(b"\0") for at in range(0, len(pixels), row))


def drawn_size(data: bytes) -> tuple[int, int] | None:
    """The size of a PNG that is pixels alone, as a process of our own drew it; None for anything else.

    Proved to the last byte: a PNG of few kinds, with no chunk but its pixels, which are as many as it states. What
    decodes it can meet nothing that it does not expect. The caller bounds its bytes."""
    if not data.startswith(_SIGNATURE):
        return None
    chunks = _chunks(data)
    names = [name for name, _ in chunks]
    if len(names) < 3 or (names[0], names[-1]) != (b"IHDR", b"IEND") or set(names[1:-1]) != {b"IDAT"}:
        return None
    if len(chunks[0][1]) != 13:
        return None
    width, height, depth, colour, *ways = struct.unpack(">IIBBBBB", chunks[0][1])
    if not 0 < min(width, height) <= max(width, height) <= 1 << 16:
        return None
    if depth != 8 or colour not in _CHANNELS or any(ways):
        return None
    row = 1 + width * _CHANNELS[colour]
    pixels = _inflated(b"".join(words for _, words in chunks[1:-1]), height * row)
    if pixels is None or max(pixels[::row]) > 4:  # how each row is filtered: five ways
        return None
    return width, height


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
