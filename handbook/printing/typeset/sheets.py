"""Arranges finished pages on sheets of paper: a booklet to fold, ruled pages in between.

Belongs here: the order of pages on sheets, and the Typst documents that place them there. Not here: the pages.

These documents have no tags for screen readers: they are for paper, and their pages are not in reading order."""

from __future__ import annotations

from collections.abc import Callable

from handbook.handout.options import Paper
from handbook.printing.typeset.expressions import literal
from handbook.printing.typeset.page_measures import SHEETS

PAGES = "pages"  # the name of the compiler's input that holds the finished pages


def folding_order(pages: int) -> tuple[tuple[int, int], ...]:
    """The left and right page of each side of a booklet's sheets: front, back, front, back and so on.

    Pages count from 1; those above `pages` are blank, up to a multiple of four. The sheets are printed on
    both sides, turned on the short edge, laid on each other and folded down the middle.

    >>> folding_order(3)
    ((4, 1), (2, 3))"""
    full = -(-pages // 4) * 4
    sides: list[tuple[int, int]] = []
    for first in range(1, full // 2, 2):
        last = full + 1 - first
        sides += [(last, first), (first + 1, last - 1)]
    return tuple(sides)


def side_of(pages: int) -> Callable[[int], int]:
    """The side of a booklet's sheets, from 1 in the order of the file, on which each of its pages is."""
    sides = {page: side for side, both in enumerate(folding_order(pages), 1) for page in both}
    return lambda page: sides[page]


def as_input(pdf: bytes) -> str:
    """A PDF as an input of the compiler, which takes text only. This way no temporary file is needed."""
    return pdf.decode("latin-1")


def folded(paper: Paper, count: int, name: str = PAGES, word: str = "") -> str:
    """The Typst part that sets `count` finished pages two to a sheet; each keeps its size, half of it.

    word: Typst for what stands above lines on the halves that are left; "" leaves them blank."""
    height, width = SHEETS[paper]
    sides = ", ".join(f"({left}, {right})" for left, right in folding_order(count))
    return f"""\
#set page(width: {width}mm, height: {height}mm, margin: 0mm, header: none, footer: none, background: none)
#let pages = bytes(sys.inputs.{name}.codepoints().map(str.to-unicode))
#let left-over = {_ruled(word, height) if word else "none"}
#let half(number) = if number <= {count} {{
  image(pages, page: number, width: 100%, alt: "Page " + str(number))
}} else {{ left-over }}
#for (index, (left, right)) in ({sides},).enumerate() {{
  page({{ if index == 0 {{ opened }}; grid(columns: (1fr, 1fr), half(left), half(right)) }})
}}
"""


def interleaved(size: tuple[float, float], count: int, word: str, name: str = PAGES) -> str:
    """The Typst part that puts a ruled page after each of `count` finished ones.

    size: of a page, in millimetres. word: Typst for what stands above the lines."""
    width, height = size
    return f"""\
#set page(width: {width}mm, height: {height}mm, margin: 0mm, header: none, footer: none, background: none)
#let pages = bytes(sys.inputs.{name}.codepoints().map(str.to-unicode))
#let ruled-page = page({_ruled(word, height)})
#for number in range(1, {count} + 1) {{
  page({{ if number == 1 {{ opened }}; image(pages, page: number, width: 100%, alt: "Page " + str(number)) }})
  ruled-page
}}
"""


def _ruled(word: str, height: float) -> str:
    """Typst for a page of lines, with a word above them. height: of the page, in millimetres."""
    return f"""pad(20mm, {{
  set text(font: "Source Sans 3", size: 9pt)
  {word}
  for _ in range({int((height - 40) // 8) - 1}) {{
    block(above: 0mm, below: 0mm, height: 8mm, width: 100%,
      align(bottom, line(length: 100%, stroke: 0.3pt + luma(60%))))
  }}
}})"""


def opened(prefix: str) -> str:
    """Typst code, put before a part, that notes on which page the part begins."""
    return f"#let opened = context [#metadata((part: {literal(prefix)}, first: here().page())) <pages>]\n"
