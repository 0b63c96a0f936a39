"""The same bytes each time, although libzim gives a file and its two indexes random numbers.

Belongs here: putting numbers there that are made from what the file says. Not here: what it says (entries.py)."""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import Path

_HEADER = 8  # where a file's number stands (https://wiki.openzim.org/wiki/ZIM_file_format#Header)
_UUID, _CHECKSUM = 16, 16  # bytes; the checksum, MD5 of all before it, ends the file
_INDEX = re.compile(rb"\x0f\x0dXapian Glass..", re.DOTALL)  # the number of a Xapian database comes after its version


def seal(file: Path) -> None:
    """Replace all numbers that were drawn by lot, and the checksum."""
    data = bytearray(file.read_bytes())
    places = [_HEADER, *(found.end() for found in _INDEX.finditer(data))]
    for number in (bytes(_UUID), None):  # first of all nothing, so that they depend on what else is there
        whole = number if number is not None else _digest_number(data)
        for place in places:
            data[place : place + _UUID] = whole
    data[-_CHECKSUM:] = _md5(data)
    file.write_bytes(data)


def _digest_number(data: bytearray) -> bytes:
    return uuid.UUID(bytes=_md5(data), version=4).bytes


def _md5(data: bytearray) -> bytes:
    """The digest of all but the checksum."""
    return hashlib.md5(memoryview(data)[:-_CHECKSUM], usedforsecurity=False).digest()
