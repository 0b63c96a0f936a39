"""The pictures that a content file may show: files inside the content folder, by relative path, within bounds.

Belongs here: which file a picture is, what is known of it before it is drawn, and why one is not shown. Not here: how
pictures stand in a tree (figures.py), drawing (printing/typeset/pictures.py), what our own have to be
(check/pictures.py).

Nothing is decoded here. Of a picture of pixels only the head is read, of an SVG what base/svg.py looks at."""

from __future__ import annotations

import io
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from handbook.base import bounded, picture_files, svg
from handbook.base.late_patterns import late_pattern
from handbook.base.picture_files import Kind
from handbook.content.links import unquoted

# Why a picture is not shown: its file is not there; lies outside the folder; is an address in a network; is larger than
# is taken; is no picture of a kind that is shown; cannot be read to its size.
Problem = Literal["missing", "outside", "network", "large", "kind", "damaged"]
# The colours of our own drawings. They differ in grey; another theme has others in their place (ui/widgets/colours.py).
INK, SOFT, DEEP, MIDDLE, PALE, PAPER = "#22252a", "#5d636b", "#17606d", "#a9c8cd", "#e4eff0", "#ffffff"
PALETTE = (INK, SOFT, DEEP, MIDDLE, PALE, PAPER)
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
MOST_BYTES = 32 * 1024 * 1024  # of a picture of pixels
MOST_PIXELS = 50_000_000  # in all: a photograph of a telephone has 12 to 50 million
MOST_SIDE = 20_000  # pixels
MOST_SVG_BYTES = 1024 * 1024
MOST_SVG_PARTS, MOST_SVG_DEPTH = 20_000, 100
_REMEMBERED = 2000  # files of which it is kept what they are
_EXTERNAL = late_pattern(r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\")
_ROOTED = late_pattern(r"[A-Za-z]:|[/\\]")  # a drive, a folder at the top


class Picture(NamedTuple):
    """A picture file that can be drawn.

    name:  its path inside the content folder, with "/".
    width, height: in pixels, as the file states them.
    stamp: when the file was written; with the rest it tells one state of it from another.
    fills: it is an SVG without a size of its own, and takes the width that there is.
    words: drawn in an SVG, text by text.
    plain: whether it is an SVG of lines, shapes and words alone (base/svg.py).
    colours: of a plain one."""

    name: str
    path: Path
    kind: Kind
    width: float
    height: float
    stamp: int = 0
    fills: bool = False
    words: tuple[str, ...] = ()
    plain: bool = False
    colours: frozenset[str] = frozenset()

    def read(self) -> bytes:
        """Its bytes. Raises bounded.NotRead."""
        return bounded.read(self.path, MOST_SVG_BYTES if self.kind == "svg" else MOST_BYTES)


class PictureFolder:
    """The picture files of one content folder. Any thread may ask.

    look: what an SVG is, as svg.look() says it."""

    def __init__(self, folder: Path, look: Callable[[bytes], svg.Svg | None] = svg.look) -> None:
        self.folder, self._look_at_svg = folder, look
        self._known: dict[tuple[str, int, int], Picture | Problem] = {}

    def find(self, file: str, target: str) -> Picture | Problem:
        """The picture that a content file names. file: its path inside the folder, with "/".

        What begins with "/" lies in the folder, or in its folder "static", as Hugo and Docusaurus have it."""
        if target.startswith("/") and not target.startswith("//"):
            names = (target.lstrip("/"), f"static{target}")
            return next((found for name in names if isinstance(found := self._find("", name), Picture)), "outside")
        return self._find(file, target)

    def _find(self, file: str, target: str) -> Picture | Problem:
        problem, name = named(file, target)
        if problem is not None:
            return problem
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):  # a symbolic link
                return "outside"
            status = path.stat()
        except (OSError, ValueError, RuntimeError):  # a name that no system takes; links in a circle
            return "missing"
        if not bounded.is_file(path):
            return "missing"
        key = (name, status.st_size, status.st_mtime_ns)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = _look(name, path, status, self._look_at_svg)
        return self._known[key]

    def files(self) -> Iterator[str]:
        """Every file in the folder that is called as pictures are, by its name."""
        for top, folders, found in os.walk(self.folder):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for one in sorted(found):
                if one.lower().endswith(SUFFIXES) and not one.startswith("."):
                    yield (Path(top) / one).relative_to(self.folder).as_posix()


def named(file: str, target: str) -> tuple[Problem | None, str]:
    """The path inside the content folder that a content file means by a target, or the problem that it leads out."""
    if _EXTERNAL.match(target):
        return "network", ""
    target = unquoted(re.split(r"[?#]", target, maxsplit=1)[0]).replace("\\", "/")
    if _ROOTED.match(target) or "\0" in target:
        return "outside", ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(file), target or "."))
    return ("outside", "") if name.startswith("..") else (None, name)


def _look(name: str, path: Path, status: os.stat_result, look: Callable[[bytes], svg.Svg | None]) -> Picture | Problem:
    if status.st_size > MOST_BYTES:
        return "large"
    try:
        with path.open("rb") as file:
            kind = picture_files.kind_of(file.read(picture_files.HEAD))
            stated = picture_files.size_of(file, kind) if kind else None
            turned = kind is not None and picture_files.turn_of(file, kind) > 4
        if kind is None:
            return _look_at_svg(name, path, status, look)
    except (OSError, bounded.NotRead):
        return "missing"
    if stated is None:
        return "damaged"
    width, height = reversed(stated) if turned else stated
    if width * height > MOST_PIXELS or max(stated) > MOST_SIDE:
        return "large"
    return Picture(name, path, kind, width, height, status.st_mtime_ns)


def _look_at_svg(
    name: str, path: Path, status: os.stat_result, look: Callable[[bytes], svg.Svg | None]
) -> Picture | Problem:
    if not name.lower().endswith(".svg"):
        return "kind"
    if status.st_size > MOST_SVG_BYTES:
        return "large"
    try:
        found = look(bounded.read(path, MOST_SVG_BYTES))
    except svg.Damaged:
        return "damaged"
    except svg.NotTaken:
        return "outside"
    if found is None:
        return "kind"
    if found.parts > MOST_SVG_PARTS or found.depth > MOST_SVG_DEPTH:
        return "large"
    plain = not found.unplain
    width, height = found.size
    colours = found.colours if plain else frozenset()
    return Picture(name, path, "svg", width, height, status.st_mtime_ns, found.fills, found.words, plain, colours)


def is_pixels_alone(data: bytes, most: int) -> bool:
    """Is it a PNG as our own process drew it, with no side above `most` pixels? Only that is decoded in the window."""
    stated = picture_files.size_of(io.BytesIO(data), "png") if picture_files.kind_of(data) == "png" else None
    return stated is not None and max(stated) <= most and picture_files.drawn_size(data) is not None
