"""A picture from outside becomes pixels: once, in a process of its own, with bounds of memory and time.

Belongs here: drawing it. Not here: what is taken as a picture, and what pixels are (workshop/logo.py).

Typst draws what it also sets: every PNG, JPEG and SVG that it knows, with the handbook's own fonts. Its decoders may
crash, run for ever or take all memory over a picture that is made for it. That is why they never meet one in the
window's process: there only what logo.is_drawn() has proved is shown and set."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handbook.printing.typeset import compiler
from handbook.printing.typeset.process import Answer, Bounds, Died, NotStarted, Stale, ask, never
from handbook.workshop import logo
from handbook.workshop.logo import BadLogo
from handbook.workshop.model import Logo

_MB = 1024 * 1024
BOUNDS = Bounds(memory=768 * _MB, seconds=10)  # the largest that is taken needs 200 MB and a second
_SIDES = (2000, 1400, 1000, 700, 500)  # pixels of the longer side, tried in turn: a photograph gets large as PNG
_DRAWING = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let picture = bytes(sys.inputs.picture.codepoints().map(str.to-unicode))
#context {
  let size = measure(image(picture, format: sys.inputs.kind))
  let side = float(sys.inputs.side) * 1pt
  let scale = calc.min(side / size.width, side / size.height)
  image(picture, format: sys.inputs.kind, width: size.width * scale, height: size.height * scale)
}
"""


def drawn(found: Logo, cancelled: Stale = never) -> Logo:
    """The same picture as pixels alone, under its name. Any thread may call. Raises BadLogo, process.Cancelled."""
    if logo.is_drawn(found):
        return found
    task = {"kind": found.kind, "data": base64.b64encode(found.data).decode(), "most": _longer_side(found)}
    try:
        answer = ask("picture", task, BOUNDS, cancelled)
    except Died as exc:
        raise _bad(found, str(exc)) from exc
    except NotStarted as exc:
        raise _bad(found, f"the process that draws pictures could not be started ({exc})") from exc
    if "error" in answer.told:
        raise _bad(found, answer.told["error"])
    made = replace(found, kind="png", data=answer.data)
    if not logo.is_drawn(made):
        raise _bad(found, "what came of it is no picture")
    return made


def _bad(found: Logo, why: str) -> BadLogo:
    said = f"The picture '{found.name}' can't be drawn: {why}."
    return BadLogo(f"{said} Open it in a drawing program, save it as PNG, and choose that.")


def _longer_side(found: Logo) -> int:
    """In pixels, of what is drawn at most: pixels are never made more of."""
    size = logo.size_of(found.data) if found.kind != "svg" else None
    return min(max(size) if size else logo.DRAWN_PIXELS, logo.DRAWN_PIXELS)


def serve(task: Mapping[str, Any]) -> Answer:
    """The process's side of drawn()."""
    kind, data, most = task["kind"], base64.b64decode(task["data"]), task["most"]
    pixels = b""
    for side in dict.fromkeys(min(side, most) for side in _SIDES):
        inputs = {"picture": data.decode("latin-1"), "kind": kind, "side": str(side)}
        try:
            pixels = compiler.pixels(_DRAWING, inputs)
        except compiler.TypesetError as exc:
            return Answer({"error": str(exc)}, b"")
        if len(pixels) <= logo.MOST_BYTES:
            return Answer({}, pixels)
    return Answer({"error": "even at 500 pixels it has more than 1 MB"}, b"")
