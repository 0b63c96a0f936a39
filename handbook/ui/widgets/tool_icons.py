"""The drawings on the buttons of the tool bar and in the contents, in the colours of the theme.

Belongs here: reading our own drawings of handbook/icons and painting them. Not here: which button has which one
(window/tool_bar.py), the program's own icon (icon.py), pictures of a handbook (base/svg.py).

Painted by ourselves, as Qt's module for SVG is not part of the program on Windows. A drawing holds nothing but
circles and paths of straight lines (M, L and Z with absolute numbers), so that this is all there is to read."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap

from handbook.ui.widgets.colours import Theme

FOLDER = Path(__file__).resolve().parents[2] / "icons" / "tools"
KINDS = FOLDER.parent / "kinds"
GRID = 24.0  # units of a drawing's side
STROKE = 2.0  # units


def tool_icon(name: str, theme: Theme, side: int) -> QIcon:
    """The drawing of a command, by its name, `side` pixels wide; an empty icon where there is none.

    In high contrast the lines are black or white, as the letters are."""
    colours = ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.disabled))
    sharpest = math.ceil(QGuiApplication.instance().devicePixelRatio())  # of all screens that there are
    return _icon(FOLDER / f"{name}.svg", colours, side, range(1, sharpest + 1))


def kind_icon(kind: str, theme: Theme, side: int, sharpness: float) -> QIcon:
    """The drawing of a kind of chapter, or of a group; an empty icon where there is none.

    sharpness: pixels of the screen for one of the window."""
    colours = ((QIcon.Mode.Normal, theme.faint), (QIcon.Mode.Selected, theme.on_accent))
    return _icon(KINDS / f"{kind}.svg", colours, side, (math.ceil(sharpness),))


def _icon(file: Path, colours: Iterable[tuple[QIcon.Mode, str]], side: int, sharpnesses: Iterable[int]) -> QIcon:
    icon = QIcon()
    path = _path(file)
    if path is None:
        return icon
    for mode, colour in colours:
        for sharpness in sharpnesses:
            icon.addPixmap(_painted(path, QColor(colour), side, sharpness), mode)
    return icon


def _painted(path: QPainterPath, colour: QColor, side: int, sharpness: int) -> QPixmap:
    pixels = QPixmap(side * sharpness, side * sharpness)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixels.width() / GRID, pixels.height() / GRID)
    pen = QPen(colour, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.end()
    pixels.setDevicePixelRatio(sharpness)
    return pixels


def _path(file: Path) -> QPainterPath | None:
    """The lines of a drawing; None for a file that is missing or damaged: the button has its word."""
    try:
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - a file of the program itself
        path = QPainterPath()
        for element in root:
            if element.tag.endswith("circle"):
                x, y, radius = (float(element.get(key, "")) for key in ("cx", "cy", "r"))
                path.addEllipse(QPointF(x, y), radius, radius)
            elif element.tag.endswith("path"):
                _add(path, element.get("d", "").split())
    except (OSError, ET.ParseError, ValueError, IndexError):
        return None
    return path


def _add(path: QPainterPath, words: list[str]) -> None:
    """Add lines: `M19 12`, `L5 12` and `Z`, a letter before each pair of numbers."""
    numbers = iter(words)
    for word in numbers:
        if word == "Z":
            path.closeSubpath()
            continue
        point = QPointF(float(word[1:]), float(next(numbers, "")))
        if word[0] == "M":
            path.moveTo(point)
        elif word[0] == "L":
            path.lineTo(point)
        else:
            raise ValueError(word)
