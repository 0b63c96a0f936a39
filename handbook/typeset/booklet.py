"""Finished pages on sheets for folding.

Belongs here: the order of pages on sheets, and the document that sets them there. Not here: the pages."""

from __future__ import annotations

from handbook.typeset.expressions import literal

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


def as_input(pdf: bytes) -> str:
    """A PDF as the compiler's input: text is all it takes, and no file is left anywhere that way."""
    return pdf.decode("latin-1")


def write(title: str, language: str, sheet: tuple[float, float], count: int) -> str:
    """The Typst document that sets `count` finished pages two to a sheet; each keeps its size, half of it.

    sheet: width and height of the paper in millimetres, upright."""
    height, width = sheet
    sides = ", ".join(f"({left}, {right})" for left, right in folding_order(count))
    return f"""\
#set document(title: {literal(title)})
#set text(lang: {literal(language if len(language) in (2, 3) else "en")})
#set page(width: {width}mm, height: {height}mm, margin: 0mm)
#let pages = bytes(sys.inputs.{PAGES}.codepoints().map(str.to-unicode))
#let half(number) = if number <= {count} {{
  image(pages, page: number, width: 100%, alt: "Page " + str(number))
}}
#for (left, right) in ({sides},) {{
  page(grid(columns: (1fr, 1fr), half(left), half(right)))
}}
"""
