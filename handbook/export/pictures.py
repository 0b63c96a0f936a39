"""The pictures of a book as data: plain drawings as they are where a format takes them, all others as pixels.

Belongs here: which picture a figure gets in an exported file. Not here: drawing (printing/typeset/pictures.py), which
runs in a process with bounds of its own: an exported file holds no picture as somebody else made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from handbook.base import bounded, svg
from handbook.content import figures
from handbook.content.pictures import Picture
from handbook.export.book import Book, Step, Text, no_step
from handbook.printing.typeset import pictures as drawing
from handbook.printing.typeset.process import Cancelled as NotWanted
from handbook.printing.typeset.process import Stale

AT_ONCE = 2  # processes that draw at the same time
TOGETHER = 8  # plain drawings that one of them draws
_SIDES = ((20, 1600), (100, 1100), (0, 700))  # up to so many pictures in a book, pixels of their longer side


class File(NamedTuple):
    """A picture in an exported file. name: such as picture-1.svg. width, height: of the original, in pixels."""

    name: str
    kind: Literal["png", "svg"]
    data: bytes
    width: float
    height: float

    @property
    def media(self) -> str:
        """Its media type."""
        return "image/png" if self.kind == "png" else "image/svg+xml"


class Pictures:
    """The pictures of a book, by the figures that show them."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = files

    def of(self, figure: Element) -> File | None:
        """A figure's picture; None if it is not shown or could not be drawn."""
        return self._files.get(figure.get("data-name", ""))

    @property
    def files(self) -> tuple[File, ...]:
        """All of them, in order."""
        return tuple(self._files.values())


def figures_of(book: Book) -> Iterator[tuple[Text, Element]]:
    """Every figure of a book that is shown."""
    for text in book.texts:
        for figure in text.tree.iter("figure"):
            if figures.is_shown(figure):
                yield text, figure


def pictures_of(book: Book, *, drawings: bool, step: Step = no_step) -> Pictures:
    """The pictures of a book. drawings: plain ones stay SVG. step: told from 0 to 1. Raises what step raises."""
    wanted: dict[str, Picture] = {}
    for text, figure in figures_of(book):
        found = text.chapter.picture(figure.get("src", "")) if text.chapter is not None else "missing"
        if isinstance(found, Picture):
            wanted.setdefault(figure.get("data-name", ""), found)
    side = next((side for most, side in _SIDES if len(wanted) <= most), _SIDES[-1][1])
    stopped = False
    done: dict[str, File] = {}
    with ThreadPoolExecutor(AT_ONCE, "pictures") as pool:
        try:
            plain = [name for name, picture in wanted.items() if picture.plain]
            begun: dict[Future[list[bytes | None]], list[str]] = {}
            for first in range(0, 0 if drawings else len(plain), TOGETHER):
                names = plain[first : first + TOGETHER]
                of_names = [wanted[name] for name in names]
                begun[pool.submit(_pixels_of_plain, of_names, side, lambda: stopped)] = names
            for name in plain if drawings else ():
                begun[pool.submit(_read, wanted[name])] = [name]
            for name in wanted.keys() - set(plain):
                begun[pool.submit(_pixels, wanted[name], side, lambda: stopped)] = [name]
            waiting = set(begun)
            while waiting:
                finished, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                for one in finished:
                    for name, data in zip(begun[one], one.result(), strict=True):
                        if data is not None:
                            picture = wanted[name]
                            kind: Literal["png", "svg"] = "svg" if drawings and picture.plain else "png"
                            done[name] = File("", kind, data, picture.width, picture.height)
                step(1 - len(waiting) / len(begun))
        except BaseException:
            stopped = True
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    in_order = (name for name in wanted if name in done)
    return Pictures(
        {name: done[name]._replace(name=f"picture-{n}.{done[name].kind}") for n, name in enumerate(in_order, 1)}
    )


def _read(picture: Picture) -> list[bytes | None]:
    """A plain drawing's file, if it still is one."""
    try:
        data = picture.read()
        found = svg.look(data)
    except (bounded.NotRead, svg.NotTaken):
        return [None]
    return [data if found is not None and not found.unplain else None]


def _pixels_of_plain(pictures: list[Picture], side: int, cancelled: Stale) -> list[bytes | None]:
    try:
        made = drawing.pixels_of_plain(pictures, side, cancelled)
    except NotWanted:
        return [None] * len(pictures)
    if made is None:
        return [data for picture in pictures for data in _pixels(picture, side, cancelled)]
    return list(made)


def _pixels(picture: Picture, side: int, cancelled: Stale) -> list[bytes | None]:
    try:
        return [drawing.pixels_of(picture, side, cancelled=cancelled)]
    except (drawing.NotDrawn, NotWanted):
        return [None]
