"""The bars around the page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.widgets.bars import NoticeBar

SENTENCE = "The run of “Half a day with the statement” was not ended. It stopped at 20:37, at “Opening: 1. Welcome”."


def _bottom_of_words(bar: NoticeBar) -> int:
    """Where what is in sight of the words ends."""
    seen = bar.label.parentWidget()
    assert seen is not None
    return seen.mapTo(bar, seen.rect().bottomLeft()).y()


def test_on_a_narrow_page_a_notice_has_its_buttons_below_its_words(qtbot: QtBot) -> None:
    """Beside three buttons the words had room for one a line, and the bar took two thirds of the page's height."""
    page = QWidget()
    bar = NoticeBar(page)
    qtbot.addWidget(page)
    page.show()
    bar.show_notice(SENTENCE, "Verdergaan met het uitvoeren", lambda: None, ("Vergeten", lambda: None))
    buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    row = sum(button.sizeHint().width() for button in buttons)

    for width, beside in ((4 * row, True), (row + 60, False), (4 * row, True)):
        bar.resize(width, bar.sizeHint().height())
        QApplication.sendPostedEvents()
        tops = {button.mapTo(bar, button.rect().topLeft()).y() for button in buttons}
        assert len(tops) == 1  # in one row
        assert (tops.pop() < _bottom_of_words(bar)) == beside
        assert bar.label.width() > width // 3


def test_a_notice_with_fewer_buttons_than_the_last_has_them_beside_its_words_again(qtbot: QtBot) -> None:
    page = QWidget()
    bar = NoticeBar(page)
    qtbot.addWidget(page)
    page.show()
    bar.show_notice(SENTENCE, "Verdergaan met het uitvoeren", lambda: None)
    bar.show_notice("It was saved.")
    bar.resize(bar.sizeHint().width(), 200)
    bar.resize(400, 200)
    last = next(button for button in bar.findChildren(QPushButton) if button.text() == "OK")
    QApplication.sendPostedEvents()
    assert last.mapTo(bar, last.rect().topLeft()).y() >= _bottom_of_words(bar)

    next(button for button in bar.findChildren(QPushButton) if "uitvoeren" in button.text()).click()
    QApplication.sendPostedEvents()
    assert last.mapTo(bar, last.rect().topLeft()).y() < _bottom_of_words(bar)


def test_a_notice_scrolls_only_where_it_has_no_room(qtbot: QtBot) -> None:
    page = QWidget()
    bar, below = NoticeBar(), QTextBrowser()
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addWidget(below, 1)
    qtbot.addWidget(page)
    page.resize(400, 400)
    page.show()
    bar.show_notice(SENTENCE)
    seen = bar.label.parentWidget()
    assert seen is not None
    qtbot.waitUntil(lambda: seen.width() == bar.label.width() and seen.height() >= bar.label.height() > 30)
    whole, width = seen.height(), seen.width()
    page.resize(400, 100)
    below.setMinimumHeight(60)
    qtbot.waitUntil(lambda: seen.height() < bar.label.height())
    page.resize(400, 400)
    qtbot.waitUntil(lambda: (seen.width(), seen.height()) == (width, whole))
    bar.show_notice("It was saved.")
    bar.withdraw(SENTENCE)
    qtbot.waitUntil(lambda: seen.height() < whole)
    assert seen.height() >= bar.label.height()
