"""A picture from outside becomes pixels: once, in a process of its own, with bounds of memory and time.

Belongs here: drawing it, and what of it Typst gets for a page. Not here: what is taken as a picture
(content/pictures.py, workshop/logo.py), and what pixels are (base/picture_files.py).

Typst draws what it also sets: every PNG, JPEG, GIF, WebP and SVG that it knows, with the handbook's own fonts. Its
decoders may crash, run for ever or take all memory over a picture that is made for it. That is why they never meet one
in the window's process: there only what is proved to be pixels alone is shown and set. A plain drawing
(base/svg.py) is set as it is, with lines and letters that are sharp at any size."""

from __future__ import annotations

import base64
import io
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handbook.base import bounded, picture_files, svg
from handbook.base.catalogue import tr
from handbook.content.pictures import Picture, is_pixels_alone
from handbook.printing.typeset import compiler
from handbook.printing.typeset.process import Answer, Bounds, Died, NotStarted, Stale, Task, ask, never
from handbook.workshop import logo
from handbook.workshop.file import Opened
from handbook.workshop.logo import BadLogo
from handbook.workshop.model import Logo

_MB = 1024 * 1024
BOUNDS = Bounds(memory=768 * _MB, seconds=10)  # a photograph of 50 million pixels takes 412 MB and 1.5 s
_SMALLER = (1.0, 0.7, 0.5, 0.35, 0.25)  # of the longer side, tried in turn: a photograph gets large as PNG
_DRAWING = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: ("Source Sans 3", "Source Serif 4")) // for words in typefaces that are not here
#let picture = read("picture.svg", encoding: none)
#context {
  let size = measure(image(picture, format: "svg"))
  let side = float(sys.inputs.side) * 1pt
  let scale = calc.min(side / size.width, side / size.height)
  image(picture, format: "svg", width: size.width * scale, height: size.height * scale)
}
"""
_COLOUR = re.compile(r"(?<==[\"'])#[0-9a-f]{6}(?=[\"'])")
MOST_DRAWN_BYTES = 12 * _MB  # of a picture's pixels as PNG: a photograph of 2,000 by 1,500
_ON_PAPER = ((20, 1200), (100, 800), (0, 500))  # up to so many pictures in a document, pixels of their longer side
_KEPT = 64 * _MB  # of pictures that were drawn for paper


class NotDrawn(Exception):
    """No pixels were made of a picture; str() is why, as the end of a sentence."""


def pixels(kind: str, data: bytes, side: int, most: int = MOST_DRAWN_BYTES, cancelled: Stale = never) -> bytes:
    """A picture as a PNG of pixels alone. side: the longer one, in pixels. most: bytes; it gets smaller until it fits.

    Any thread may call. Raises NotDrawn, process.Cancelled."""
    source = data if kind == "svg" else in_svg(data).encode()
    try:
        answer = ask(Task("picture", {"side": side, "most": most}, BOUNDS, [source]), cancelled)
    except Died as exc:
        raise NotDrawn(str(exc)) from exc
    except NotStarted as exc:
        raise NotDrawn(tr("the process that draws pictures could not be started ({error})").format(error=exc)) from exc
    if "error" in answer.told:
        raise NotDrawn(answer.told["error"])
    if len(answer.data) > most or not is_pixels_alone(answer.data, side):
        raise NotDrawn(tr("what came of it is no picture"))
    if kind != "svg" and picture_files.is_empty(answer.data):
        raise NotDrawn(tr("its file is damaged"))
    return answer.data


def pixels_of_plain(drawings: Sequence[Picture], side: int, cancelled: Stale = never) -> list[bytes] | None:
    """Plain drawings as PNGs of pixels alone, all by one process, which takes longer to start than to draw.

    Only of plain ones: they have nothing in them by which one could spoil the others. None where one of them is plain
    no more or cannot be drawn: then each has to be drawn by itself. Raises process.Cancelled."""
    try:
        sources = [_read(one) for one in drawings]
        if not all(map(_is_plain, sources)):
            return None
        bounds = BOUNDS._replace(seconds=BOUNDS.seconds + len(sources))
        answer = ask(Task("picture", {"side": side, "most": MOST_DRAWN_BYTES}, bounds, sources), cancelled)
    except (NotDrawn, Died, NotStarted):
        return None
    found: list[bytes] = []
    at = 0
    for size in answer.told.get("sizes", ()):
        found.append(answer.data[at : at + size])
        at += size
    whole = len(found) == len(sources) and at == len(answer.data)
    return found if whole and all(is_pixels_alone(one, side) for one in found) else None


def in_svg(data: bytes) -> str:
    """A picture of pixels inside an SVG, turned as its camera says: Typst takes no file in memory but text.

    As text in a string of Typst's it took six times as long, and three times the memory."""
    file = io.BytesIO(data)
    kind = picture_files.kind_of(data)
    stated = picture_files.size_of(file, kind) if kind is not None else None
    if kind is None or stated is None:
        raise NotDrawn(tr("its file is damaged"))
    turn = picture_files.turn_of(file, kind)
    width, height = stated
    wide, high = stated if turn < 5 else (height, width)
    matrix = _TURNS[turn].format(w=width, h=height)
    media = "jpeg" if kind == "jpg" else kind
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{width}" height="{height}" transform="matrix({matrix})" '
        f'href="data:image/{media};base64,{base64.b64encode(data).decode()}"/></svg>'
    )


# How a picture is turned and mirrored, by the number that a camera writes (Exif 2.3, Orientation).
_TURNS = {
    1: "1 0 0 1 0 0",
    2: "-1 0 0 1 {w} 0",
    3: "-1 0 0 -1 {w} {h}",
    4: "1 0 0 -1 0 {h}",
    5: "0 1 1 0 0 0",
    6: "0 1 -1 0 {h} 0",
    7: "0 -1 -1 0 {h} {w}",
    8: "0 -1 1 0 0 {w}",
}


def serve(told: Mapping[str, Any], parts: Sequence[bytes]) -> Answer:
    """The process's side of pixels() and pixels_of_plain(). parts: the drawings, as SVG."""
    try:
        made = [_drawn(one.decode("utf-8-sig"), told["side"], told["most"]) for one in parts]
    except (NotDrawn, compiler.TypesetError) as exc:
        return Answer({"error": str(exc)}, b"")
    return Answer({"sizes": list(map(len, made))}, b"".join(made))


def _drawn(source: str, side: int, most: int) -> bytes:
    """A drawing as pixels. Raises NotDrawn, compiler.TypesetError."""
    for share in _SMALLER:
        inputs = {"side": str(max(1, round(side * share)))}
        made = compiler.pixels(_DRAWING, inputs, {"picture.svg": source})
        if len(made) <= most:
            return made
    raise NotDrawn(
        tr("even at {pixels} pixels it has more than {most} MB").format(pixels=inputs["side"], most=most // _MB)
    )


def drawn(found: Logo, cancelled: Stale = never) -> Logo:
    """The same logo as pixels alone, under its name. Any thread may call. Raises BadLogo, process.Cancelled."""
    if logo.is_drawn(found):
        return found
    size = logo.size_of(found.data) if found.kind != "svg" else None
    side = min(max(size) if size else logo.DRAWN_PIXELS, logo.DRAWN_PIXELS)  # pixels are never made more of
    try:
        made = pixels(found.kind, found.data, side, logo.MOST_BYTES, cancelled)
    except NotDrawn as exc:
        raise _bad_logo(found, str(exc)) from exc
    if picture_files.is_empty(made):  # what the file has, such as a web page's words, is nothing that is drawn
        raise _bad_logo(found, tr("nothing is to be seen on it"))
    return replace(found, kind="png", data=made)


def with_pixels(opened: Opened, cancelled: Stale = never) -> Opened:
    """A workshop with its logo as pixels alone, the only form that is shown and printed.

    A logo that cannot be drawn is left out, and that is told: all else of the workshop is there. Any thread may call.
    Raises process.Cancelled."""
    workshop, remarks = opened
    if workshop.logo is None:
        return opened
    try:
        return Opened(replace(workshop, logo=drawn(workshop.logo, cancelled)), remarks)
    except BadLogo as exc:
        told = tr("{why} The logo is left out; the file has it until you save.").format(why=exc)
        return Opened(replace(workshop, logo=None), (*remarks, told))


def _bad_logo(found: Logo, error: str) -> BadLogo:
    return BadLogo(
        tr(
            "The picture '{name}' can't be drawn: {error}. Open it in a drawing program, save it as PNG, and "
            "choose that."
        ).format(name=found.name, error=error)
    )


# -- Pictures of the content ----------------------------------------------------------------------------------


def pixels_of(picture: Picture, side: int, colours: Mapping[str, str] | None = None, cancelled: Stale = never) -> bytes:
    """A picture of the content as a PNG of pixels alone, for the screen. Any thread may call.

    side: the longer one in pixels, at most; a picture of pixels is never enlarged. colours: others for those of a
    plain drawing. Raises NotDrawn, process.Cancelled."""
    data = _read(picture)
    if picture.kind == "svg":
        return pixels("svg", recoloured(data, colours or {}), side, cancelled=cancelled)
    if picture.kind == "png" and len(data) <= MOST_DRAWN_BYTES and is_pixels_alone(data, side):
        return data
    return pixels(picture.kind, data, min(side, round(max(picture.width, picture.height))), cancelled=cancelled)


def recoloured(data: bytes, colours: Mapping[str, str]) -> bytes:
    """A plain drawing with other colours in place of its own. In any other picture nothing is changed."""
    if not colours or not _is_plain(data):
        return data
    return _COLOUR.sub(lambda found: colours.get(found.group(), found.group()), data.decode()).encode()


def _is_plain(data: bytes) -> bool:
    try:
        found = svg.look(data)
    except svg.NotTaken:
        return False
    return found is not None and not found.unplain


def _read(picture: Picture) -> bytes:
    try:
        return picture.read()
    except bounded.NotRead as exc:
        raise NotDrawn(tr("its file cannot be read ({error})").format(error=exc)) from exc


class DrawnForPaper:
    """The pictures that were drawn for paper last: each change of a workshop sets all its pages again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Picture, int], str] = OrderedDict()
        self._lock = threading.Lock()

    def of_document(self, pictures: Mapping[str, Picture], cancelled: Stale) -> dict[str, str]:
        """What Typst gets of a document's pictures, by their names in it; nothing of one that can't be drawn.

        Many photographs are drawn smaller than a few, so that a document of any length stays within memory. Any thread
        may call. Raises process.Cancelled."""
        side = next((side for most, side in _ON_PAPER if len(pictures) <= most), _ON_PAPER[-1][1])
        return {name: self._drawn(picture, side, cancelled) for name, picture in pictures.items()}

    def _drawn(self, picture: Picture, side: int, cancelled: Stale) -> str:
        key = (picture, side)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = _for_paper(picture, side, cancelled)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _KEPT:
                self._kept.popitem(last=False)
        return made


def _for_paper(picture: Picture, side: int, cancelled: Stale) -> str:
    try:
        data = _read(picture)
        if picture.kind == "svg" and _is_plain(data):
            return data.decode("utf-8-sig")
        size = side if picture.kind == "svg" else min(side, round(max(picture.width, picture.height)))
        if picture.kind != "png" or not is_pixels_alone(data, size):
            data = pixels(picture.kind, data, size, cancelled=cancelled)
        return in_svg(data)
    except NotDrawn:
        return ""
