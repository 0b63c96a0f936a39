"""The colours of the window: a light and a dark theme, and two of high contrast.

Belongs here: every colour of the window, which theme a setting means. Not here: where a colour is used (theme.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from handbook.content import pictures


class Theme(NamedTuple):
    """The colours of one theme, each as #rrggbb."""

    name: str
    page: str  # behind the text
    text: str
    faint: str  # paths, labels, hints
    frame: str  # behind panels and bars
    line: str  # between them
    edge: str  # around what can be used: fields, buttons, chips, boxes to tick; a scroll bar's handle
    accent: str  # links, the current row
    on_accent: str
    statement: str  # behind La Strada's words
    statement_line: str
    box: str  # behind our callouts
    mark: str  # behind a matched word
    mark_text: str
    current: str  # behind the match that F3 stands on
    current_text: str
    tick: str  # of a match, in the scroll bar
    hover: str
    warning: str
    disabled: str  # letters of what can't be used now
    highlights: tuple[str, str, str, str]  # behind words that the person marked; text on them stays readable
    dark: bool = False
    contrast: bool = False  # black and white alone: what is told by a ground elsewhere is told by a line here
    thin: int = 1  # pixels of an edge
    thick: int = 3  # pixels of the edge of what has the keyboard

    @property
    def desk(self) -> str:
        """Behind the pages of a print."""
        return self.page if self.contrast else self.line


LIGHT = Theme(
    name="light",
    page="#fffefb",
    text="#22252a",
    faint="#43484f",
    frame="#f3f1ec",
    line="#d8d4cb",
    edge="#76787a",
    accent="#0d4854",
    on_accent="#ffffff",
    statement="#f8f2e6",
    statement_line="#b4742b",
    box="#eef4f4",
    mark="#ffe58a",
    mark_text="#22252a",
    current="#ff9d3c",
    current_text="#1b1206",
    tick="#b3560b",
    hover="#e6e9e6",
    warning="#fbe7c6",
    disabled="#62666b",
    highlights=("#fff0b8", "#d6efd3", "#d5e8f8", "#f8dce8"),
)
DARK = Theme(
    name="dark",
    page="#1b1e21",
    text="#e6e4de",
    faint="#c8cbcd",
    frame="#24282c",
    line="#3c4247",
    edge="#858c91",
    accent="#a0dbe5",
    on_accent="#10201f",
    statement="#292620",
    statement_line="#cf9551",
    box="#22302f",
    mark="#5a4c0e",
    mark_text="#fff6cf",
    current="#f0953a",
    current_text="#1b1206",
    tick="#f0953a",
    hover="#2c3237",
    warning="#40331a",
    disabled="#9fa4a8",
    highlights=("#3f360c", "#1a3f23", "#193650", "#4d2737"),
    dark=True,
)


def _high_contrast(name: str, text: str, page: str, disabled: str, *, dark: bool) -> Theme:
    """Two colours and nothing between them, for eyes that lose tints; edges are thick."""
    return Theme(
        name=name,
        page=page,
        text=text,
        faint=text,
        frame=page,
        line=text,
        edge=text,
        accent=text,
        on_accent=page,
        statement=page,
        statement_line=text,
        box=page,
        mark=page,
        mark_text=text,
        current=text,
        current_text=page,
        tick=text,
        hover=page,
        warning=page,
        disabled=disabled,
        highlights=(page, page, page, page),
        dark=dark,
        contrast=True,
        thin=2,
        thick=4,
    )


BLACK_ON_WHITE = _high_contrast("black_on_white", "#000000", "#ffffff", "#595959", dark=False)
WHITE_ON_BLACK = _high_contrast("white_on_black", "#ffffff", "#000000", "#a6a6a6", dark=True)
THEMES = (LIGHT, DARK, BLACK_ON_WHITE, WHITE_ON_BLACK)


# What the colours of our own drawings (content/pictures.PALETTE) become where the page is not light.
_DRAWN = {
    DARK.name: {
        pictures.INK: DARK.text,
        pictures.SOFT: DARK.faint,
        pictures.DEEP: DARK.accent,
        pictures.MIDDLE: "#3f646a",
        pictures.PALE: "#263a3d",
        pictures.PAPER: DARK.page,
    },
    BLACK_ON_WHITE.name: {
        pictures.INK: BLACK_ON_WHITE.text,
        pictures.SOFT: BLACK_ON_WHITE.text,
        pictures.DEEP: BLACK_ON_WHITE.text,
        pictures.MIDDLE: "#767676",
        pictures.PALE: "#e6e6e6",
        pictures.PAPER: BLACK_ON_WHITE.page,
    },
    WHITE_ON_BLACK.name: {
        pictures.INK: WHITE_ON_BLACK.text,
        pictures.SOFT: WHITE_ON_BLACK.text,
        pictures.DEEP: WHITE_ON_BLACK.text,
        pictures.MIDDLE: "#6a6a6a",
        pictures.PALE: "#262626",
        pictures.PAPER: WHITE_ON_BLACK.page,
    },
}


def drawing_colours(theme: Theme) -> Mapping[str, str]:
    """The colours that a theme has in place of those of our own drawings."""
    return _DRAWN.get(theme.name, {})


def theme_for(choice: str) -> Theme:
    """The theme of a setting: the name of one, or "system", which follows the computer's colours and contrast."""
    if choice == "system":
        hints = QGuiApplication.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return WHITE_ON_BLACK if dark else BLACK_ON_WHITE
        return DARK if dark else LIGHT
    return next((theme for theme in THEMES if theme.name == choice), LIGHT)
