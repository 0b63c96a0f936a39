"""Options and pages side by side, as far as the screen has room."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.printing.pages_view import PagesView
from handbook.ui.printing.print_layout import PAGES, lay_out
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.theme import LIGHT


def test_the_words_on_the_buttons_are_not_cut_on_a_small_screen(qtbot: QtBot) -> None:
    """The options had three fifths of the screen at most, also where their buttons needed more."""
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize().width()
    side, pages = QWidget(), PagesView(LIGHT)
    row = QHBoxLayout(side)
    buttons = [QPushButton("Save") for _ in range(3)]
    for button in buttons:
        row.addWidget(button)
        button.ensurePolished()
    most = room - geometry.FRAME - max(scale.px(PAGES), pages.minimumSizeHint().width())
    while side.minimumSizeHint().width() < most - 20:
        buttons[0].setText(buttons[0].text() + "x")
        row.invalidate()
    assert side.minimumSizeHint().width() > room * 3 // 5
    lay_out(window, side, 300, pages, (1000, 700))
    window.show()
    assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
    assert pages.isVisible()
    assert pages.geometry().left() >= side.geometry().right()  # beside, in sight
    assert window.width() <= room - geometry.FRAME
    pages.close_document()
