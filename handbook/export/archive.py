"""Zip files that are the same bytes each time: EPUB, Word and PowerPoint files are such.

Belongs here: dates, order and compression of their entries. Not here: what they hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".jpg", ".jpeg")  # compressing them again takes time and gains nothing


def zipped(entries: Iterable[tuple[str, bytes | str]], first: str = "") -> bytes:
    """A zip of entries, in the order given. first: one that is not compressed, as an EPUB's `mimetype`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3  # as on Linux, on every system
            info.external_attr = 0o644 << 16
            plain = name == first or name.lower().endswith(_PACKED)
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()


def rezipped(data: bytes, first: str = "") -> bytes:
    """A zip with the same entries and none of what depends on the day or the system, by their names; `first` leads."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(archive.namelist(), key=lambda name: (name != first, name))
        return zipped((name, archive.read(name)) for name in names)
