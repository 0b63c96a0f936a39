"""How large the blocks of a slide are shown, and which of them fill a page together.

Belongs here: the choice of the size and the division into pages. Not here: how high blocks are (the caller measures),
and where a block may be divided (slides.py).

A slide that fits at the smallest size is one page, as large as fits. One that does not is turned page by page: blocks
stay whole where they fit on a page at all, and the size is the largest that needs no more pages. What introduces the
next thing, such as a title, goes overleaf with it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.presenting.slides import introduces, joined, smaller

Blocks = tuple[Element, ...]
Measure = Callable[[Sequence[Element], int], float]  # the height of blocks at a size, both in pixels
_LISTS = ("ul", "ol", "dl", "table")
_DEEPEST = 12  # divisions of one block
_MANY = 3  # pages from which text stays at the smallest size: larger sizes gain little, and each takes a layout of all


class Fit(NamedTuple):
    """The pages of a slide and the size of their text, in pixels."""

    size: int
    pages: tuple[Blocks, ...]


def fit(blocks: Sequence[Element], measure: Measure, height: float, smallest: int, largest: int) -> Fit:
    """Divide blocks into pages of a height, with text between two sizes. There is always a page, if an empty one."""
    whole = tuple(blocks)

    def pages_at(size: int, most: int | None) -> tuple[tuple[Blocks, ...], bool]:
        return _pages(whole, lambda some: measure(some, size) <= height, most)

    size, (pages, _) = smallest, pages_at(smallest, None)
    low, high = smallest, max(smallest, largest)
    while low < high and len(pages) <= _MANY:
        middle = (low + high + 1) // 2
        found, all_fit = pages_at(middle, len(pages))
        if all_fit and len(found) <= len(pages):
            low, size, pages = middle, middle, found
        else:
            high = middle - 1
    return Fit(size, pages)


class _Piece(NamedTuple):
    """A block, or a part of one. wholes: what it was divided from: a block, a part of that, and so on."""

    block: Element
    wholes: Blocks = ()


def _above(depth: int, piece: _Piece) -> Blocks:
    return piece.wholes[:depth]


def _blocks(pieces: Sequence[_Piece]) -> Blocks:
    """Pieces as blocks; parts of the same block are one again."""
    for depth in range(max((len(piece.wholes) for piece in pieces), default=0), 0, -1):
        joint: list[_Piece] = []
        for wholes, group in itertools.groupby(pieces, partial(_above, depth)):
            some = list(group)
            if len(wholes) < depth:
                joint += some
            else:
                joint.append(_Piece(joined(wholes[-1], [piece.block for piece in some]), wholes[:-1]))
        pieces = joint
    return tuple(piece.block for piece in pieces)


def _pages(
    blocks: Blocks, fits: Callable[[Sequence[Element]], bool], most: int | None
) -> tuple[tuple[Blocks, ...], bool]:
    """Blocks in pages, and whether each page holds what is on it: a single word may be larger than a page.

    most: pages after which nobody wants to know more; None for all."""
    if most in (None, 1):
        if fits(blocks):
            return (blocks,), True
        if most == 1:
            return (blocks,), False
    all_fit = True
    pages: list[list[_Piece]] = [[]]
    waiting = [_Piece(block) for block in reversed(blocks)]
    while waiting and (most is None or (all_fit and len(pages) <= most)):
        piece = waiting.pop()
        block, depth = piece.block, len(piece.wholes)
        if fits(_blocks([*pages[-1], piece])):
            pages[-1].append(piece)
        elif (parts := _parts(block, depth, fits, alone=not _has_own(pages[-1]))) and depth < _DEEPEST:
            waiting += [_Piece(part, (*piece.wholes, block)) for part in reversed(parts)]
        elif pages[-1]:
            waiting.append(piece)
            waiting += reversed(_taken_overleaf(pages[-1]))
            pages.append([])
        else:  # a single word that is larger than the page
            pages[-1].append(piece)
            all_fit = False
    return tuple(map(_blocks, pages)), all_fit


def _has_own(page: Sequence[_Piece]) -> bool:
    """Does a page say anything that introduces nothing?"""
    return not all(introduces(piece.block) for piece in page)


def _taken_overleaf(page: list[_Piece]) -> list[_Piece]:
    """Take from the foot of a page what introduces what follows; nothing, if there is nothing else on the page."""
    kept = len(page)
    while kept and introduces(page[kept - 1].block):
        kept -= 1
    taken = page[kept:] if kept else []
    del page[len(page) - len(taken) :]
    return taken


def _parts(block: Element, depth: int, fits: Callable[[Sequence[Element]], bool], *, alone: bool) -> Blocks:
    """The parts of a block that does not fit where it is; none if it should go to a page of its own, whole.

    A list or a table may begin on one page and go on overleaf; anything else is divided only if no page holds it."""
    if block.tag in _LISTS and depth == 0:
        return smaller(block)
    if alone or not fits([block]):
        return smaller(block)
    return ()
