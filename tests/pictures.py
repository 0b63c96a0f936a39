"""Small pictures, made byte by byte."""

from __future__ import annotations

import base64
import struct
import zlib

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" id="a"/></svg>'
JPEG = base64.b64decode(  # 8 by 4 white pixels
    "/9j/4AAQSkZJRgABAQEAZABkAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////"
    "////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAEAAgD"
    "ASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB"
    "kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ"
    "mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQF"
    "BgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5"
    "OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX"
    "2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwC7RRRQB//Z"
)


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def zeros(megabytes: int) -> bytes:
    """What zlib makes of so many zeros, without compressing them all: one block, again and again."""
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = press.compress(bytes(1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    check = ((megabytes << 20) % 65521) << 16 | 1  # Adler-32: the first sum stays 1 and is added for each zero
    return b"\x78\xda" + block * megabytes + press.flush() + struct.pack(">I", check)


def png(width: int = 2, height: int = 2, *more: bytes, depth: int = 8, interlaced: int = 0) -> bytes:
    """A white picture, with more chunks in front of its pixels."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, interlaced)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def turned(turn: int) -> bytes:
    """The JPEG with a camera's note of how it was held."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turn, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0" * 4
    return JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + JPEG[2:]


GIF = base64.b64decode("R0lGODlhAwACAPAAAP8AAAAAACH5BAAAAAAALAAAAAADAAIAAAIChF8AOw==")  # 3 by 2 red pixels
WEBP = base64.b64decode("UklGRhwAAABXRUJQVlA4TA8AAAAvA8AAAAcQ0f/+ByKi/wEA")  # 4 by 4 blue pixels


def drawing(words: str = "Act and means", colour: str = "#22252a") -> bytes:
    """A plain drawing of 400 by 200, without a size of its own."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" font-family="\'Source Sans 3\', sans-serif">'
        f'<rect x="2" y="2" width="396" height="196" fill="#e4eff0" stroke="{colour}" stroke-width="2.5"/>'
        f'<text x="200" y="100" text-anchor="middle" font-size="30" fill="{colour}">{words}</text></svg>'
    ).encode()
