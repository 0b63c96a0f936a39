"""A text in a few lines, for what paints itself: where they have no room for all of it, the last one says so."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def elided_lines(text: str, font: QFont, room: int, most: int) -> list[str]:
    """The text in the lines that it needs, of a width of `room`; the last of `most` may be cut, and has an ellipsis."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # for a word longer than a line
    layout.setTextOption(option)
    layout.beginLayout()
    starts = list[int]()
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        starts.append(line.textStart())
    layout.endLayout()
    units = text.encode("utf-16-le")  # Qt counts in these
    parts = [
        units[2 * start : 2 * end if end else None].decode("utf-16-le").strip()
        for start, end in itertools.zip_longest(starts, starts[1:])
    ]
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, room) for part in parts]
