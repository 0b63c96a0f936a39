"""The panel of an answer: the count, the correction, the card, the page in place of an empty list, no jumping."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QFont
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from handbook.search.languages.understanding import Understood
from handbook.search.results import Answer, Card, Hit
from handbook.search.spelling import Correction
from handbook.ui.searching.hit_list import HIT
from handbook.ui.searching.hits_panel import HitsPanel
from handbook.ui.widgets.theme import DARK, LIGHT
from tests.ui.conftest import OpenWindow

DEFINITION = "Money or goods that make a person stay. " * 6


def hit(number: int, snippet: str = "Some words of a passage.") -> Hit:
    return Hit(f"page#s{number}", f"Title {number}", ("Part", "Page"), 1.0, snippet, ((5, 10),))


def answer(
    *hits: Hit,
    query: str = "words",
    total: int = 0,
    corrections: tuple[Correction, ...] = (),
    card: Card | None = None,
    nearest: tuple[str, ...] = (),
    terms: tuple[Card, ...] = (),
    loosened: bool = False,
    idle: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        query=query,
        hits=hits,
        ms=1.0,
        suggestion="",
        corrections=corrections,
        missing=missing,
        total=total or len(hits),
        counts=(),
        card=card,
        nearest=nearest,
        terms=terms,
        loosened=loosened,
        idle=idle,
    )


MANY = tuple(hit(number) for number in range(30))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[HitsPanel]:
    made = HitsPanel(LIGHT)
    made.resize(330, 600)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def rows(panel: HitsPanel) -> list[Hit | None]:
    return [panel.list.hits.index(row, 0).data(HIT) for row in range(panel.list.hits.rowCount())]


# -- The count ----------------------------------------------------------------------------------------------


def test_it_says_how_many_were_found_and_how_many_of_them_are_listed(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1), hit(2)), 30)
    assert panel.count.text() == "Passages found: 2"
    panel.show_answer(answer(*MANY, total=212), 30)
    assert "212" in panel.count.text()
    assert "30" in panel.count.text()


def test_how_many_were_found_is_whole_in_a_narrow_list(panel: HitsPanel) -> None:
    panel.resize(700, 600)
    panel.show_answer(answer(*MANY, total=212), 30)
    assert panel.count.lines() == [panel.count.text()]
    panel.resize(200, 600)
    QApplication.processEvents()
    assert panel.count.lines() == ["Passages found: 212"]
    assert panel.count.toolTip() == panel.count.accessibleName() == "Passages found: 212 · the best 30 are listed"


def test_nothing_changes_its_place_whatever_is_said(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1)), 30)
    QApplication.processEvents()
    place = panel.list.geometry(), panel.list.mapTo(panel, panel.list.rect().topLeft())
    long = Correction("w" * 60, "m" * 60)
    for shown in (
        answer(hit(1))._replace(at_rest=("zoo",)),
        answer(hit(1), corrections=(Correction("traficking", "trafficking"),)),
        answer(hit(1), corrections=(long, long, long), query="w " * 100),
        answer(*MANY, total=2000, loosened=True),
        answer(hit(1), idle=(f"in:{'x' * 80}",)),
        answer(),
        answer(hit(1), hit(2), card=Card("page#s1", "Title 1", DEFINITION, ())),
    ):
        panel.show_answer(shown, 30)
        QApplication.processEvents()
        assert (panel.list.geometry(), panel.list.mapTo(panel, panel.list.rect().topLeft())) == place
        assert panel.minimumSizeHint().width() <= 330


# -- The list -----------------------------------------------------------------------------------------------


def test_the_same_answer_again_moves_neither_the_choice_nor_the_view(panel: HitsPanel) -> None:
    panel.show_answer(answer(*MANY), 30)
    panel.step(20)
    QApplication.processEvents()
    seen = panel.current(), panel.list.verticalScrollBar().value()
    assert seen[1] > 0
    panel.show_answer(answer(*(Hit(h.address, h.title, h.path, 0.5, h.snippet, h.marks) for h in MANY)), 30)
    assert (panel.current(), panel.list.verticalScrollBar().value())[1] == seen[1]
    assert panel.current() is not None
    assert panel.list.currentIndex().row() == 20
    panel.show_answer(answer(hit(7), *MANY), 30)
    assert panel.list.currentIndex().row() == 0
    assert panel.list.verticalScrollBar().value() == 0


def test_hits_that_come_later_fill_their_rows_and_move_nothing(panel: HitsPanel) -> None:
    panel.show_answer(answer(*MANY[:8], total=212), 30)
    QApplication.processEvents()
    assert len(rows(panel)) == 30
    assert rows(panel)[8:] == [None] * 22
    for _ in range(5):
        panel.step(5)  # goes no further than the hits
    assert panel.list.currentIndex().row() == 7
    bar = panel.list.verticalScrollBar()
    seen = bar.value(), bar.maximum()
    panel.show_answer(answer(*MANY, total=212), 30)
    QApplication.processEvents()
    assert (bar.value(), bar.maximum()) == seen
    assert panel.list.currentIndex().row() == 7
    assert rows(panel) == list(MANY)


def test_a_row_that_is_still_empty_opens_nothing(panel: HitsPanel, qtbot: QtBot) -> None:
    panel.show_answer(answer(*MANY[:8], total=30), 30)
    panel.list.choose(20)
    with qtbot.assertNotEmitted(panel.opened):
        panel.open_current()


def test_light_and_dark_paint_the_rows_in_their_colours(panel: HitsPanel) -> None:
    panel.show_answer(answer(*MANY, card=Card("page#s0", "Title 0", DEFINITION, ((0, 5),))), 30)
    for colours in (LIGHT, DARK):
        panel.restyle(colours)
        picture = panel.list.grab().toImage()
        seen = {picture.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(0, 300, 2)}
        assert colours.mark in seen
        assert colours.box in seen
        assert colours.accent in seen


def test_the_menu_of_a_hit_has_what_can_be_done_with_it(panel: HitsPanel, qtbot: QtBot) -> None:
    handler = QAction("Print", panel)
    panel.list.hit_actions = [handler]
    panel.show_answer(answer(*MANY), 30)
    seen: list[QAction] = []

    def look_and_close() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(menu.actions())
        menu.close()

    place = panel.list.visualRect(panel.list.hits.index(2, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.RightButton, pos=place)
    QTimer.singleShot(0, look_and_close)  # runs when the menu waits for a choice
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, panel.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(panel.list.viewport(), event)
    assert seen == [handler]
    current = panel.current()
    assert current is not None
    assert current.address == "page#s2"  # the menu is that of the hit under the mouse


def test_each_row_is_as_high_as_its_words_need(panel: HitsPanel) -> None:
    lines = [hit(n, "Some words of a passage. " * n) for n in (1, 3, 9, 30)]
    odd = Hit(
        "page#long", "A title with so many words that no panel has room for it, nor two lines", (), 1.0, "Short.", ()
    )
    panel.show_answer(answer(*lines, odd), 30)

    def heights() -> list[int]:
        QApplication.processEvents()
        return [panel.list.visualRect(panel.list.hits.index(row, 0)).height() for row in range(5)]

    one, two, three, many, titled = heights()
    assert one < two < three == many  # three lines of a snippet are all that is shown
    assert one < titled < many  # a line more for the title, none for the path
    assert panel.list._delegate.least == one
    assert panel.list.rows_in_view * one > panel.list.viewport().height()
    panel.resize(700, 600)  # wider, so that the words need fewer lines
    assert heights() < [one, two, three, many, titled]
    panel.list.setFont(QFont(panel.list.font().family(), 30))
    assert min(heights()) > many


def test_that_a_word_is_missing_is_said_when_typing_has_paused(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1), query="zoo")._replace(at_rest=("zoo",)), 30)
    assert panel.note.text() == "Enter opens, Esc goes back"
    panel.typing_paused()
    assert panel.note.text() == "No passage has “zoo”"
    panel.show_answer(answer(query="zoo")._replace(at_rest=("zoo",)), 30)
    assert "No passage has" not in panel.nothing.text()
    panel.typing_paused()
    assert "No passage has “zoo”" in panel.nothing.text()


# -- The card -----------------------------------------------------------------------------------------------


def test_a_glossary_entry_stands_on_top_once_with_its_whole_definition(panel: HitsPanel, qtbot: QtBot) -> None:
    card = Card("page#s5", "Title 5", DEFINITION.strip(), ())
    panel.show_answer(answer(*MANY, card=card), 30)
    addresses = [found.address for found in rows(panel) if found is not None]
    assert addresses[0] == "page#s5"
    assert len(addresses) == len(set(addresses)) == 30
    first = panel.current()
    assert first is not None
    assert first.snippet == DEFINITION.strip()
    heights = [panel.list.visualRect(panel.list.hits.index(row, 0)).height() for row in range(3)]
    assert heights[0] > heights[1] == heights[2]
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened.args == ["page#s5"]


def test_a_card_that_is_no_hit_is_shown_all_the_same(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1), card=Card("glossary#x", "X", "What x means.", ())), 30)
    assert [found.address for found in rows(panel) if found] == ["glossary#x", "page#s1"]


# -- Corrections --------------------------------------------------------------------------------------------


def test_a_correction_is_said_and_can_be_refused_by_mouse_and_keyboard(panel: HitsPanel, qtbot: QtBot) -> None:
    panel.show_answer(answer(hit(1), corrections=(Correction("traficking", "trafficking"),)), 30)
    assert panel.note.text() == "Showing “trafficking”"
    assert panel.as_typed.accessibleName() == "Search for “traficking”"
    assert panel.as_typed.isVisible()
    assert "trafficking" in panel.spoken
    with qtbot.waitSignal(panel.as_typed_wanted):
        qtbot.mouseClick(panel.as_typed, Qt.MouseButton.LeftButton)
    panel.as_typed.setFocus()
    with qtbot.waitSignal(panel.as_typed_wanted):
        qtbot.keyClick(panel.as_typed, Qt.Key.Key_Space)
    panel.show_answer(answer(hit(1)), 30)
    assert not panel.as_typed.isVisible()


def test_what_was_understood_is_said_with_both_languages_and_can_be_refused(panel: HitsPanel, qtbot: QtBot) -> None:
    known = Understood("трафика на хора", "трафик на хора", "bg", "Trafficking in human beings", trap="Say all of it.")
    card = Card("glossary#thb", "Trafficking in human beings", "Recruiting a person.", own="трафик на хора")
    panel.show_answer(answer(*MANY[:3])._replace(understood=(known,), card=card), 50)
    assert panel.note.text() == "трафик на хора (Bulgarian): Trafficking in human beings · Say all of it."
    assert rows(panel)[0].title == "Trafficking in human beings · трафик на хора"  # type: ignore[union-attr]
    with qtbot.waitSignal(panel.as_typed_wanted):
        panel.as_typed.click()


def test_a_phrase_that_stands_nowhere_is_said_to_be_taken_apart(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1), loosened=True, query='"words of"'), 30)
    assert "word for word" in panel.note.text()


def test_signs_that_mean_nothing_are_told(panel: HitsPanel) -> None:
    panel.show_answer(answer(hit(1), idle=("in:nosuch",)), 30)
    assert "nosuch" in panel.note.text()
    panel.show_answer(answer(hit(1), idle=("-victim",)), 30)
    assert "-victim" in panel.note.text()


# -- Nothing found ------------------------------------------------------------------------------------------


def test_nothing_found_offers_near_words_near_terms_and_what_to_try(panel: HitsPanel, qtbot: QtBot) -> None:
    term = Card("glossary#bondage", "Debt bondage", DEFINITION, ())
    panel.show_answer(answer(query="in:x <bonadge>", nearest=("bondage", "bond & co"), terms=(term,)), 30)
    assert rows(panel) == []
    assert panel.nothing.isVisible()
    for word in ("bondage", "bond &amp; co", "Debt bondage", "&lt;bonadge&gt;", "Fewer words", "whole handbook"):
        assert word in panel.nothing.text()
    with qtbot.waitSignal(panel.query_wanted) as wanted:
        panel.nothing.linkActivated.emit("words:bond%20%26%20co")
    assert wanted.args == ["bond & co"]
    with qtbot.waitSignal(panel.opened) as opened:
        panel.nothing.linkActivated.emit("hit:glossary#bondage")
    assert opened.args == ["glossary#bondage"]
    panel.show_answer(answer(query="bonadge"), 30)
    assert "whole handbook" not in panel.nothing.text()


def test_nothing_found_within_limits_offers_to_take_them_away(panel: HitsPanel) -> None:
    panel.show_answer(answer(query="minutes:30 trust paper:no consent"), 30)
    assert 'href="words:trust%20consent">Take the limits' in panel.nothing.text()
    panel.show_answer(answer(query="minutes:30 people:18 paper:no"), 30)
    assert 'href="words:minutes%3A30%20people%3A18">Without “nothing to print”' in panel.nothing.text()
    assert "Without “18 people”" in panel.nothing.text()
    assert "Fewer words" not in panel.nothing.text()  # there are none
    panel.show_answer(answer(query="trust"), 30)
    assert "limits" not in panel.nothing.text()


def test_a_word_that_no_passage_has_is_named(panel: HitsPanel) -> None:
    panel.show_answer(answer(query="abortion", missing=("abortion",)), 30)
    assert "No passage has “abortion”" in panel.nothing.text()
    panel.show_answer(answer(*MANY[:3], query="zoom training", missing=("zoom",)), 30)
    assert panel.note.text() == "No passage has “zoom”"
    assert "No passage has “zoom”" in panel.spoken
    panel.show_answer(answer(*MANY[:3], query="zoom skype training", missing=("zoom", "skype")), 30)
    assert panel.note.text() == "No passage has these words: zoom, skype"


def test_links_of_the_empty_page_are_reached_by_keyboard(panel: HitsPanel, qtbot: QtBot) -> None:
    panel.show_answer(answer(query="bonadge", nearest=("bondage", "bonds")), 30)
    panel.nothing.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(panel.query_wanted) as wanted:
        qtbot.keyClick(panel.nothing, Qt.Key.Key_Tab)
        qtbot.keyClick(panel.nothing, Qt.Key.Key_Return)
    assert wanted.args[0] in ("bondage", "bonds")


@pytest.mark.parametrize("failed", [True, False])
def test_escape_leaves_from_the_empty_page_as_well(failed: bool, panel: HitsPanel, qtbot: QtBot) -> None:
    if failed:
        panel.say("It failed: <b>")
    else:
        panel.show_answer(answer(), 30)
    with qtbot.waitSignal(panel.escaped):
        qtbot.keyClick(panel.nothing, Qt.Key.Key_Escape)


def test_what_was_understood_is_whole_in_a_narrow_list(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement#r2")
    hits = window.searching.hits
    window.searching.field.setText("трафик на хора и права на човека")
    qtbot.waitUntil(lambda: "human rights" in hits.note.text())
    assert hits.width() < 350
    lines = hits.note.lines()
    assert len(lines) == 3
    words = " ".join(lines)
    assert "права на човека (Bulgarian): human rights" in words
    assert hits.note.height() >= 3 * hits.note.fontMetrics().height()
    qtbot.waitUntil(lambda: hits.as_typed.y() >= hits.note.geometry().bottom())
    window.searching.field.setText("poverty")  # English again: one line with a place of its own
    qtbot.waitUntil(lambda: "poverty" in hits.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).lower())
    assert len(hits.note.lines()) == 1
