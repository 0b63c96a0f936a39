"""A picture on paper: how large it is set, its caption, and words in place of one that is not shown.

Belongs here: the call for one picture. Not here: its pixels (pictures.py), how it looks (blocks.typ)."""

from __future__ import annotations

import zlib
from xml.etree.ElementTree import Element

from handbook.content import figures
from handbook.content.pictures import Picture, Problem
from handbook.printing.typeset.expressions import Code, line, literal, string
from handbook.printing.typeset.tables import Room

_PIXEL, _HIGHEST = 0.75, 0.5  # points of a pixel; of the page, that a picture takes


def name_of(picture: Picture) -> str:
    """The name by which Typst knows a picture."""
    return f"picture-{len(picture.name):x}-{zlib.crc32(picture.name.encode('utf-8', 'replace')):08x}.svg"


def written(element: Element, picture: Picture | Problem, room: Room) -> Code:
    """The call for a picture, at most half a page high, with its caption; for one that is not shown, for words."""
    alternative = element.get("alt", "")
    caption = line([figures.caption_of(element)]) or "none"
    if not isinstance(picture, Picture):
        file = string(element.get("src", "").rsplit("/", 1)[-1])
        return Code(f"no-picture({file}, {string(alternative)}, {caption})")
    share, width = figures.width_of(element)
    wide = f"{100 * share:g}%" if share else f"{width * _PIXEL:.1f}pt"
    highest = room.height * _HIGHEST * picture.width / picture.height
    said = string(picture.name.rsplit("/", 1)[-1])
    alt = literal(alternative or figures.caption_of(element) or picture.name)
    return Code(
        f'picture("{name_of(picture)}", {alt}, {caption}, {wide}, {highest:.1f}pt, {said}, {string(alternative)})'
    )
