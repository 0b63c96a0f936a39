"""A text in a few lines: nothing of it is left out unsaid."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from handbook.ui.widgets.elided_lines import elided_lines

TITLE = "Poverty, gender inequality and violence and discrimination in the countries of origin"


@pytest.mark.parametrize("room", [140, 220, 400])
def test_the_last_line_says_that_there_is_more(qapp: QApplication, room: int) -> None:
    font = QFont(qapp.font())
    whole = elided_lines(TITLE, font, room, 99)
    assert " ".join(whole) == TITLE
    lines = elided_lines(TITLE, font, room, 2)
    assert lines[-1].endswith("…") is (len(whole) > 2)
    assert all(QFontMetrics(font).horizontalAdvance(line) <= room for line in lines)


def test_what_fits_is_one_line(qapp: QApplication) -> None:
    assert elided_lines("Consent", QFont(qapp.font()), 400, 2) == ["Consent"]


def test_signs_beyond_the_first_plane_are_not_cut_in_two(qapp: QApplication) -> None:
    text = "\U0001f642 " * 20
    lines = elided_lines(text, QFont(qapp.font()), 100, 99)
    assert "".join(lines).replace(" ", "") == "\U0001f642" * 20
