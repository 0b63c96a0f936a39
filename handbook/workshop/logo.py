"""A logo from a file: what is taken as one, and what is safe to be shown and set.

Belongs here: what a PNG, JPEG or SVG must be to be a logo; the one form in which a logo is shown and set, which is
pixels alone. Not here: the heads of picture files (base/picture_files.py, base/svg.py), how pixels are made of a
picture (printing/typeset/pictures.py).

A picture from outside can do harm to whatever decodes it. So nothing here does: its head is read, and of an SVG what
it names outside itself. It is drawn once, by a process of its own, which may die of it; what that gives back is taken
apart to the last byte."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from handbook.base import bounded, picture_files, svg
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.workshop.model import Logo

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4000  # a side, of what is chosen
DRAWN_PIXELS = 2000  # a side at most, of what is kept: on the 141 mm of a title page 360 dots an inch
_SUFFIXES = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}


class BadLogo(HandbookError):
    """A picture that is not taken as a logo; the one in the workshop is as it was."""


def read(path: Path) -> Logo:
    """A logo from a file, as it is there. Raises BadLogo."""
    if path.suffix.lower() not in _SUFFIXES:
        raise BadLogo(
            tr("'{name}' is no PNG, JPEG or SVG picture. Choose a file that ends in .png, .jpg or .svg.").format(
                name=path.name
            )
        )
    try:
        data = bounded.read(path, MOST_BYTES)
    except bounded.TooLarge as exc:
        raise BadLogo(
            tr("'{name}' is larger than 1 MB. Save the picture smaller, and choose it again.").format(name=path.name)
        ) from exc
    except bounded.NotRead as exc:
        raise BadLogo(tr("'{name}' cannot be read: {error}.").format(name=path.name, error=exc)) from exc
    return of(path.name, data)


def of(name: str, data: bytes) -> Logo:
    """A logo of bytes; what they are is seen from themselves. Raises BadLogo."""
    if len(data) > MOST_BYTES:
        raise BadLogo(
            tr("'{name}' is larger than 1 MB. Save the picture smaller, and choose it again.").format(name=name)
        )
    kind = picture_files.kind_of(data)
    if kind in ("png", "jpg"):
        return _bounded(Logo(name, kind, data), size_of(data))
    if kind is None and _is_closed_svg(name, data):
        return Logo(name, "svg", data)
    raise BadLogo(tr("'{name}' is no PNG, JPEG or SVG picture, whatever its name says.").format(name=name))


def _bounded(logo: Logo, size: tuple[int, int] | None) -> Logo:
    if size is None or not min(size):
        raise BadLogo(tr("The picture '{name}' is damaged. Save it anew, and choose it again.").format(name=logo.name))
    if max(size) > MOST_PIXELS:
        raise BadLogo(
            tr("'{name}' has a side of more than {most} pixels. Save the picture smaller.").format(
                name=logo.name, most=MOST_PIXELS
            )
        )
    return logo


def size_of(data: bytes) -> tuple[int, int] | None:
    """The width and height that a PNG or a JPEG states, in pixels; None where it states none, or is cut short."""
    kind = picture_files.kind_of(data)
    if kind == "png" and b"IEND" not in data[-12:]:
        return None
    return picture_files.size_of(io.BytesIO(data), kind) if kind is not None else None


def _is_closed_svg(name: str, data: bytes) -> bool:
    """Is it an SVG? Raises BadLogo for one that leads out of itself, or that cannot be read."""
    try:
        return svg.look(data) is not None
    except svg.Damaged as exc:
        raise BadLogo(
            tr("The picture '{name}' is damaged: {error}. Save it anew, and choose it again.").format(
                name=name, error=exc
            )
        ) from exc
    except svg.NotTaken as exc:
        raise BadLogo(tr(str(exc)).format(name=name)) from exc


@lru_cache(maxsize=4)
def is_drawn(logo: Logo) -> bool:
    """Is it pixels alone, as a process of our own drew them? Only such a picture is shown and set."""
    if logo.kind != "png" or len(logo.data) > MOST_BYTES:
        return False
    stated = picture_files.size_of(io.BytesIO(logo.data), "png")
    if stated is None or max(stated) > DRAWN_PIXELS:
        return False
    return picture_files.drawn_size(logo.data) is not None
