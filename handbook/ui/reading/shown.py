"""What a page is given to show, and what of it commands act on: values, without a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from handbook.ui.reading.page_pictures import PagePicture


class Shown(NamedTuple):
    """What the reader shows: `html` without colours, the anchors of its sections in order, and its pictures.

    quoted: says whose words the page's first table holds; "" for a table of our own."""

    title: str
    html: str
    anchors: tuple[str, ...] = ()
    pictures: tuple[PagePicture, ...] = ()
    quoted: str = ""


class Highlight(NamedTuple):
    """Words or a section that the person marked.

    start, end: of the words, in the page's text; -1 for a bookmark of the section at `anchor`.
    style:      1 to 4, the look of words. noted: has it a note? id: of the mark."""

    start: int
    end: int
    style: int
    noted: bool
    anchor: str = ""
    id: str = ""


class Target(NamedTuple):
    """What commands act on: the anchors of the first and the last section, mostly the same one."""

    first: str
    last: str
