"""How large the whole window is: letters, edges and gaps of everything that the program shows, beside the page's text.

Belongs here: the steps, the system's wish, pixels that grow with the letters. Not here: the setting (settings.py), the
style sheet (theme.py).

The typeface of the application holds the size, so that nothing else has to be kept or told: whoever paints asks
`factor()`, and Qt tells every widget of a change (QEvent.FontChange)."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from handbook.ui.widgets import theme
from handbook.ui.widgets.colours import Theme

STEPS = (100, 110, 125, 150, 175, 200, 225, 250, 275, 300)  # percent
LOW = 20  # lines of a window
# Points that each system gives its windows as long as nobody asked for larger letters.
_USUAL = {"win32": 9.0, "darwin": 13.0}
_USUAL_ELSEWHERE = 11.0


def factor() -> float:
    """How much larger than usual the window is."""
    points = QApplication.font().pointSizeF()
    return points / theme.UI_POINTS if points > 0 else 1.0


def px(pixels: float) -> int:
    """A length in pixels, grown with the letters."""
    return round(pixels * factor())


def is_low(widget: QWidget) -> bool:
    """Has the window of a widget room for so few lines that what stands around the text has to do with one?"""
    return widget.window().height() < LOW * widget.fontMetrics().lineSpacing()


def step(percent: int, way: int) -> int:
    """The size above (+1) or below (-1) a size, or the usual one (0)."""
    if way == 0:
        return STEPS[0]
    if way > 0:
        return next((size for size in STEPS if size > percent), STEPS[-1])
    return next((size for size in reversed(STEPS) if size < percent), STEPS[0])


def of_system(font: QFont, platform: str = sys.platform) -> int:
    """The size that fits the letters which the person has asked of the system: never below the usual one.

    font: of the application, before it was given ours."""
    if font.pointSizeF() <= 0:  # by pixels: nothing to compare with
        return STEPS[0]
    wanted = 100 * font.pointSizeF() / _USUAL.get(platform, _USUAL_ELSEWHERE)
    return max((size for size in STEPS if size <= wanted * 1.02), default=STEPS[0])


def apply(percent: int, colours: Theme) -> None:
    """Give everything that is shown another size and other colours."""
    app = prepare(percent, colours)
    app.setStyleSheet(theme.window_style(colours, percent / 100, backwards=app.isRightToLeft()))


def prepare(percent: int, colours: Theme) -> QApplication:
    """Give typeface and colours alone to what will be shown."""
    points = theme.UI_POINTS * percent / 100
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - nothing is shown without one
    if app.font().pointSizeF() != points or app.font().family() != theme.SANS:
        app.setFont(theme.ui_font(points))
    palette = theme.palette(colours)
    if app.palette() != palette:
        app.setPalette(palette)
    return app
