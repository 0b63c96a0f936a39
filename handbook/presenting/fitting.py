"""How large the blocks of a slide are shown, and which of them fill a page together.

Belongs here: the choice of the size and the division into pages. Not here: how high blocks are (the caller measures),
and where a block may be divided (slides.py).

A slide that fits at the smallest size is one page, as large as fits. One that does not is turned page by page: blocks
stay whole where they fit on a page at all, and the size is the largest that needs no more pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.presenting.slides import smaller

Blocks = tuple[Element, ...]
Measure = Callable[[Sequence[Element], int], float]  # the height of blocks at a size, both in pixels
_DEEPEST = 12  # divisions of one block


class Fit(NamedTuple):
    """The pages of a slide and the size of their text, in pixels."""

    size: int
    pages: tuple[Blocks, ...]


def fit(blocks: Sequence[Element], measure: Measure, height: float, smallest: int, largest: int) -> Fit:
    """Divide blocks into pages of a height, with text between two sizes. There is always a page, if an empty one."""
    whole = tuple(blocks)

    def pages_at(size: int) -> tuple[tuple[Blocks, ...], bool]:
        return _pages(whole, lambda some: measure(some, size) <= height)

    size, (pages, _) = smallest, pages_at(smallest)
    low, high = smallest, max(smallest, largest)
    while low < high:
        middle = (low + high + 1) // 2
        found, all_fit = pages_at(middle)
        if all_fit and len(found) <= len(pages):
            low, size, pages = middle, middle, found
        else:
            high = middle - 1
    return Fit(size, pages)


def _pages(blocks: Blocks, fits: Callable[[Sequence[Element]], bool]) -> tuple[tuple[Blocks, ...], bool]:
    """Blocks in pages, and whether each page holds what is on it: a single word may be larger than a page."""
    if fits(blocks):
        return (blocks,), True
    all_fit = True
    pages: list[list[Element]] = [[]]
    waiting = [(block, 0) for block in reversed(blocks)]
    while waiting:
        block, depth = waiting.pop()
        if fits([*pages[-1], block]):
            pages[-1].append(block)
        elif (parts := _parts(block, depth, fits, alone=not pages[-1])) and depth < _DEEPEST:
            waiting += [(part, depth + 1) for part in reversed(parts)]
        elif pages[-1]:
            pages.append([])
            waiting.append((block, depth))
        else:  # a single word that is larger than the page
            pages[-1].append(block)
            all_fit = False
    return tuple(tuple(page) for page in pages), all_fit


def _parts(block: Element, depth: int, fits: Callable[[Sequence[Element]], bool], *, alone: bool) -> Blocks:
    """The parts of a block that does not fit where it is; none if it should go to a page of its own, whole.

    A list or a table may begin on one page and go on overleaf; anything else is divided only if no page holds it."""
    if block.tag in ("ul", "ol", "dl", "table") and depth == 0:
        return smaller(block)
    if alone or not fits([block]):
        return smaller(block)
    return ()
