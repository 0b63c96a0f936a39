"""SVG files, looked at element by element before anything draws them.

Belongs here: whether one refers to anything outside itself, its size, the words in it, and whether it is plain. Not
here: drawing.

A *plain* drawing consists of lines, shapes and words, few and of ordinary sizes; nothing in it refers to another part
of it. All drawings of the handbook are plain (`handbook check`). The other things that an SVG may hold (filters, masks,
patterns, uses of uses) are what makes programs crash or run for ever.

Reference: SVG 1.1, https://www.w3.org/TR/SVG11."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import NamedTuple, cast

from handbook.base.catalogue import N_, tr
from handbook.base.late_patterns import late_pattern
from handbook.base.thousands import Number

_URL = late_pattern(r"url\(", re.IGNORECASE)
_INSIDE = ("#", "data:image/")  # a part of the same picture; a picture within it
_LENGTH = late_pattern(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(px|pt|mm|cm|in)?\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SPACES = late_pattern(r"[\s,]+")
USUAL_SIZE = (300.0, 150.0)  # where an SVG states none, as browsers have it

MOST_LETTERS = 20_000  # that are taken as its words
# Of a plain one:
_PLAIN_DEEP, _PLAIN_ELEMENTS, _PLAIN_LETTERS = 8, 800, 6000
FAMILY = "Source Sans 3"  # which the program brings along
_NUMBER = r"-?[0-9]{1,5}(?:\.[0-9]{1,3})?"
_SHAPES = {
    "rect": ("x", "y", "width", "height", "rx"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": ("points",),
    "polygon": ("points",),
    "path": ("d",),
    "text": ("x", "y", "dy"),
    "tspan": ("x", "y", "dy"),
    "g": (),
    "title": (),
    "desc": (),
}
_NUMBERS = frozenset(name for names in _SHAPES.values() for name in names) - {"points", "d"}
_LOOKS = {
    "fill": r"none|#[0-9a-f]{6}",
    "stroke": r"none|#[0-9a-f]{6}",
    "stroke-width": r"[0-9]{1,2}(?:\.[0-9])?",
    "stroke-linecap": "round|butt|square",
    "stroke-linejoin": "round|miter|bevel",
    "stroke-dasharray": r"[0-9]{1,2}(?: [0-9]{1,2}){1,3}",
    "font-family": rf"'{FAMILY}'(?:, ?[A-Za-z -]{{1,30}}){{0,5}}",
    "font-size": r"[0-9]{1,3}(?:\.[0-9])?",
    "font-weight": "400|700",
    "font-style": "normal|italic",
    "text-anchor": "start|middle|end",
    "transform": rf"(?:translate|rotate)\({_NUMBER}(?:[ ,]{{1,2}}{_NUMBER}){{0,2}}\)",
}
_VALUES = {
    **dict.fromkeys(_NUMBERS, _NUMBER),
    **_LOOKS,
    "points": r"[0-9., -]{1,2000}",
    "d": r"[MLHVCQAZmlhvcqaz0-9., -]{1,2000}",
    "viewBox": r"0 0 [0-9]{2,4} [0-9]{2,4}",
    "xmlns": ".*",
}
_COLOURS = ("fill", "stroke")


class NotTaken(Exception):
    """Why an SVG is not taken; str() is a sentence, to be looked up in the catalogue, with the place {name}."""


class Damaged(NotTaken):
    """It is no XML; str() is what the parser says."""


class Svg(NamedTuple):
    """What is known of an SVG.

    fills:   it states no size of its own, and so takes the width that there is.
    parts, depth: how many elements it has, and how deep they lie in each other.
    words:   of each text in it, in order.
    colours: of a plain one, all that it names.
    unplain: what makes it other than plain, as a clause that begins with "it"; "" where it is plain."""

    size: tuple[float, float]
    fills: bool
    parts: int
    depth: int
    words: tuple[str, ...]
    colours: frozenset[str]
    unplain: str


def look(data: bytes) -> Svg | None:
    """What an SVG is; None where it is none. The caller bounds its bytes. Raises NotTaken for one that is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "<svg" not in text:
        return None
    if "<!ENTITY" in text:  # before any parser unfolds it
        raise NotTaken(N_("'{name}' defines entities. Save it as plain SVG, and choose it again."))
    target = _Look()
    parser = ET.XMLParser(target=target)  # noqa: S314 - without entities there is nothing that grows
    try:
        parser.feed(text)
        return cast("Svg | None", parser.close())  # the stubs know no target but a tree
    except ET.ParseError as exc:
        raise Damaged(str(exc)) from exc


class _Look:
    """Looks at an SVG element by element, and keeps none of them."""

    def __init__(self) -> None:
        self._outermost = ""
        self._size, self._fills = USUAL_SIZE, False
        self._pieces: list[str] = []  # of words, that followed each other
        self._depth = self._deepest = self._elements = self._letters = 0
        self._text_depth = 0  # of the text that is being read
        self._words: list[str] = []
        self._words_here: list[str] = []
        self._colours: set[str] = set()
        self._unplain = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._look_at_words()
        name = tag.rpartition("}")[2]
        self._elements += 1
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        if not self._outermost:
            self._outermost = name
            self._size = _size(attributes)
            self._fills = "viewBox" in attributes and "width" not in attributes
        for attribute, value in attributes.items():
            if attribute.rpartition("}")[2] == "href" and not value.strip().startswith(_INSIDE):
                raise _leads_out()
            _stays_inside(value)
        if name == "text" and not self._text_depth:
            self._text_depth = self._depth
        self._look_whether_plain(name, attributes)

    def data(self, words: str) -> None:
        """Some of the words between two tags."""
        self._pieces.append(words)

    def end(self, _: str) -> None:
        """An element ends."""
        self._look_at_words()
        if self._depth == self._text_depth:
            self._text_depth = 0
            words = " ".join(" ".join(self._words_here).split())
            self._words_here.clear()
            if words:
                self._words.append(words)
        self._depth -= 1

    def _look_at_words(self) -> None:
        words = "".join(self._pieces)
        self._pieces.clear()
        _stays_inside(words)
        if self._text_depth:
            if self._letters < MOST_LETTERS:
                self._words_here.append(words)
            self._letters += len(words)
            if self._letters > _PLAIN_LETTERS:
                self._unplain = self._unplain or tr("it has more than {most:,} letters").format(
                    most=Number(_PLAIN_LETTERS)
                )

    def _look_whether_plain(self, name: str, attributes: dict[str, str]) -> None:
        if self._unplain:
            return
        is_top = self._depth == 1
        if not is_top and name not in _SHAPES:
            self._unplain = tr("it holds <{name}>").format(name=name)
        elif self._depth > _PLAIN_DEEP or self._elements > _PLAIN_ELEMENTS:
            self._unplain = tr("it has more than {most} parts, or more than {deepest} in each other").format(
                most=_PLAIN_ELEMENTS, deepest=_PLAIN_DEEP
            )
        elif is_top and "viewBox" not in attributes:
            self._unplain = tr("it has no viewBox")
        else:
            own = ("viewBox",) if is_top else _SHAPES[name]
            for attribute, value in attributes.items():
                if attribute not in own and attribute not in _LOOKS:
                    self._unplain = tr("it has '{attribute}' in <{name}>").format(attribute=attribute, name=name)
                elif not re.fullmatch(_VALUES[attribute], value):
                    self._unplain = tr('it has {attribute}="{value}" in <{name}>').format(
                        attribute=attribute, value=value[:40], name=name
                    )
                elif attribute in _COLOURS and value != "none":
                    self._colours.add(value)

    def close(self) -> Svg | None:
        """What it was; None where it is no SVG."""
        if self._outermost != "svg":
            return None
        return Svg(
            self._size,
            self._fills,
            self._elements,
            self._deepest,
            tuple(self._words),
            frozenset(self._colours),
            self._unplain,
        )


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    """Width and height in pixels, as they are stated, or as the view box has them."""
    box = _SPACES.split(attributes.get("viewBox", "").strip())
    stated = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    lengths = [float(one.group(1)) * _UNITS[one.group(2) or ""] if one else 0.0 for one in stated]
    try:
        wide, high = (float(side) for side in box[2:4]) if len(box) == 4 else (0.0, 0.0)
    except ValueError:
        wide, high = 0.0, 0.0
    if not 0 < wide < 1e6 or not 0 < high < 1e6:
        wide, high = 0.0, 0.0
    if min(lengths) > 0:
        return lengths[0], lengths[1]
    if wide and max(lengths) > 0:
        scale = lengths[0] / wide if lengths[0] else lengths[1] / high
        return wide * scale, high * scale
    return (wide, high) if wide else USUAL_SIZE


def _leads_out() -> NotTaken:
    return NotTaken(
        N_("'{name}' refers to other files. Save it as plain SVG with everything inside, and choose it again.")
    )


def _stays_inside(text: str) -> None:
    """Raises NotTaken for words that name anything but parts of the same picture."""
    named = (text[found.end() : found.end() + 100].lstrip(" \t\r\n'\"") for found in _URL.finditer(text))
    if "@import" in text.lower() or not all(one.startswith(_INSIDE) for one in named):
        raise _leads_out()
