"""The title bar is asked for in the colours that were chosen, on Windows alone."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from handbook.ui.widgets import theme
from handbook.ui.window import looks
from handbook.ui.window.looks import colour_frame
from tests.ui.conftest import OpenWindow


class Hints:
    """Stands in for what Qt tells Windows with."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
        self.asked.append(scheme)

    def unsetColorScheme(self) -> None:
        self.asked.append("as the computer")


@pytest.mark.parametrize(
    ("choice", "dark", "asked"),
    [
        ("dark", True, Qt.ColorScheme.Dark),
        ("black_on_white", False, Qt.ColorScheme.Light),
        ("system", True, "as the computer"),
    ],
)
def test_windows_is_asked_for_a_title_bar_like_the_theme(
    choice: str, dark: bool, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    hints = Hints()
    colour_frame(hints, choice, dark=dark)  # type: ignore[arg-type]
    assert hints.asked == [asked]


def test_no_other_system_is_asked() -> None:
    hints = Hints()
    colour_frame(hints, "dark", dark=True)  # type: ignore[arg-type]
    assert hints.asked == []


def test_it_is_asked_for_at_the_start_and_when_another_theme_is_chosen(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(looks, "colour_frame", lambda _, choice, *, dark: asked.append((choice, dark)))
    window = open_window()
    window.looks.set_colours("white_on_black")
    window.looks.set_colours("white_on_black")
    window.looks.set_colours("system")
    assert asked == [("system", False), ("white_on_black", True), ("system", False)]


def test_a_first_window_is_in_the_bundled_typeface_from_the_start(open_window: OpenWindow) -> None:
    """The window is made before the application is given its typeface; what comes into it takes the window's."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet("")  # as it is when the program starts
    app.setFont(QFont("Monospace", 9))
    window = open_window("statement")
    for widget in (window, window.menuBar(), window.contents, window.searching.field, window.statusBar()):
        assert widget.font().family() == theme.SANS, widget
