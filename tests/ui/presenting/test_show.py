"""A passage to the room: what is on the public window, and what each key does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from handbook.content import markup
from handbook.printing.typeset import pictures
from handbook.printing.typeset.pictures import NotDrawn
from handbook.ui.main_window import MainWindow
from handbook.ui.presenting import page, screens
from handbook.ui.presenting.public_window import PublicWindow
from handbook.ui.presenting.show import Show
from tests.ui.conftest import OpenWindow

Begin = Callable[[str], Show]
Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def begin(window: MainWindow, qtbot: QtBot) -> Begin:
    def begin_at(address: str) -> Show:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.open_address(address)
        qtbot.keyClick(window, Key.Key_F5)
        show = window.findChild(Show)
        assert isinstance(show, Show)
        qtbot.waitUntil(show.window.isActiveWindow)
        return show

    return begin_at


def words(show: Show) -> str:
    shown = show.window.shown
    assert shown is not None
    return " ".join(map(markup.words_of, shown.blocks))


def press(qtbot: QtBot, show: Show, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(show.window, key)


def test_the_section_in_view_is_shown_and_nothing_else(begin: Begin) -> None:
    show = begin("glossary#consent")
    assert show.window.isFullScreen()
    assert show.window.shown is not None
    assert show.window.shown.title == "Consent"
    assert "Saying yes" in words(show)
    assert show.window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) == [show.search]
    assert not show.search.isVisible()


def test_the_statement_is_shown_as_la_stradas_words(begin: Begin, window: MainWindow) -> None:
    show = begin("statement#r3")
    assert show.window.shown is not None
    assert show.window.shown.verbatim
    assert show.window.shown.source == window.handbook.manifest.statement
    assert not begin("glossary#consent").window.shown.verbatim  # type: ignore[union-attr]


def test_selected_words_are_shown_alone(window: MainWindow, begin: Begin) -> None:
    window.open_address("statement")
    cursor = window.reader.document().find("trafficked persons")
    window.reader.setTextCursor(cursor)
    window.open_address = lambda *_: None  # type: ignore[method-assign]  # the selection stays
    assert words(begin("statement")) == "trafficked persons"


def test_pages_are_turned_to_the_end_and_back_and_no_word_is_lost(begin: Begin, qtbot: QtBot) -> None:
    show = begin("plan-root-causes")
    seen: list[tuple[str, str]] = []
    while not seen or (show.address, words(show)) != seen[-1]:
        seen.append((show.address, words(show)))
        press(qtbot, show, Key.Key_PageDown)
    chapter = show.parent().handbook.chapters["plan-root-causes"]  # type: ignore[union-attr]
    assert len(seen) > len(chapter.sections) // 2
    said = " ".join(text for _, text in seen)
    assert "Phase one is where people come from." in said
    for address, text in reversed(seen):
        assert (show.address, words(show)) == (address, text)
        press(qtbot, show, Key.Key_PageUp)


def test_space_shows_piece_by_piece(begin: Begin, qtbot: QtBot) -> None:
    show = begin("screens#recommendations")
    press(qtbot, show, Key.Key_Space)
    assert words(show) == "Work with the human rights approach."
    press(qtbot, show, Key.Key_Space, Key.Key_Space)
    assert words(show) == "Respect the independence of NGOs."
    qtbot.keyClick(show.window, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert words(show) == "Look at causes, not only at what follows."
    assert show.window.shown is not None
    assert show.window.shown.position.startswith("2 of ")
    press(qtbot, show, Key.Key_PageDown)  # whole pages again
    assert show.address != "screens#recommendations"


def test_a_paragraph_of_the_statement_is_found_on_its_page(begin: Begin) -> None:
    for anchor in ("p04", "p11", "p16"):
        show = begin(f"statement#{anchor}")
        chapter = show.parent().handbook.chapters["statement"]  # type: ignore[union-attr]
        tree = markup.parse(chapter)
        paragraph = next(one for one in tree.iter() if one.get("id") == anchor)
        assert markup.words_of(paragraph)[:25] in words(show)


def test_the_back_of_a_card_is_covered_until_it_is_asked_for(begin: Begin, qtbot: QtBot) -> None:
    show = begin("cards-quiz#q1")
    assert words(show) == "When did La Strada International start the campaign of the statement?"
    press(qtbot, show, Key.Key_K)
    assert words(show).startswith("On 15 September 2010.")
    press(qtbot, show, Key.Key_K)
    assert words(show).startswith("When did")
    press(qtbot, show, Key.Key_K, Key.Key_PageDown)
    assert show.address == "cards-quiz#q2"
    assert words(show).startswith("Since when")


def test_a_long_key_is_turned_page_by_page_and_back_to_the_case(begin: Begin, qtbot: QtBot) -> None:
    show = begin("cards-cases#case-3")
    case = words(show)
    press(qtbot, show, Key.Key_K)
    seen: list[str] = []
    while show.address == "cards-cases#case-3" and len(seen) < 9:
        seen.append(words(show))
        press(qtbot, show, Key.Key_PageDown)
    chapter = show.parent().handbook.chapters["cards-cases"]  # type: ignore[union-attr]
    key = list(markup.parse(chapter).iter())
    last = [markup.words_of(one) for one in key if "key" in (one.get("class") or "").split()][2]
    assert len(seen) > 1
    assert seen[-1].endswith(last[-40:])
    press(qtbot, show, Key.Key_PageUp, Key.Key_K, Key.Key_PageDown, Key.Key_PageUp, Key.Key_PageUp)
    assert words(show) == case


def test_all_keys_are_told_on_one_page_of_a_small_screen(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_F)
    show.window.resize(1024, 600)
    press(qtbot, show, Key.Key_F1)
    assert words(show).endswith("end")


def test_what_is_shown_from_the_trainers_window_is_not_behind_the_search(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_Slash)
    assert show.search.isVisible()
    show.show_address("statement#r3")
    assert not show.search.isVisible()


def test_the_usual_key_searches_over_the_page_too(begin: Begin, qtbot: QtBot) -> None:
    """The letters typed after it swapped the screens: the group saw the trainer's window."""
    show = begin("glossary#consent")
    qtbot.keyClick(show.window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert show.search.isVisible()


def test_esc_leads_from_the_keys_back_to_the_passage(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    passage = words(show)
    press(qtbot, show, Key.Key_F1)
    assert words(show) != passage
    press(qtbot, show, Key.Key_Escape)
    assert words(show) == passage
    press(qtbot, show, Key.Key_F1, Key.Key_PageDown, Key.Key_Escape)
    assert show.window.isHidden()


def test_an_ordinary_window_has_its_title_bar_on_the_screen(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_F)
    assert not show.window.isFullScreen()
    assert show.window.geometry().top() > show.window.screen().availableGeometry().top() + 20


def test_only_a_page_that_fills_its_screen_fills_another_when_that_is_gone(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that was shared in a video call covered the trainer's screen."""
    show = begin("glossary#consent")
    gone, left, filled = show.window.screen(), object(), []
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [gone, left])
    monkeypatch.setattr(screens, "fill", lambda _, screen: filled.append(screen))
    show._screen_gone(gone)
    assert filled == [left]
    press(qtbot, show, Key.Key_F)
    show._screen_gone(gone)
    assert filled == [left]


def test_the_keys_are_told_once_when_it_begins(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    assert show.window._hint == "F1: all keys · Esc: end"
    show.window._hinting.timeout.emit()
    assert not show.window._hint


def test_the_chosen_hit_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.searching.enter()
    qtbot.keyClicks(window.searching.field, "consent")
    qtbot.waitUntil(window._actions["print_hit"].isEnabled)
    hit = window.searching.hits.current()
    assert hit is not None
    qtbot.keyClick(window.searching.field, Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert window.room.show is not None
    assert window.room.show.address == hit.address


@pytest.mark.parametrize("size", [37, 150])
def test_numbers_of_items_begin_beside_the_text_and_not_in_the_margin(size: int) -> None:
    listing = markup.from_markdown("".join(f"{number}. words\n" for number in range(1, 13)))
    assert page.document(list(listing), size, 1000, page.LIGHT, verbatim=False).indentWidth() > size


def colour(window: PublicWindow) -> str:
    return QColor(window.grab().toImage().pixel(3, 3)).name()


def test_the_screen_is_blanked_and_comes_back(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_B)
    assert colour(show.window) == "#000000"
    press(qtbot, show, Key.Key_W)
    assert colour(show.window) == "#ffffff"
    press(qtbot, show, Key.Key_W)
    assert show.window.blank == ""
    press(qtbot, show, Key.Key_Period, Key.Key_PageDown)
    assert show.window.blank == ""


def test_text_is_as_large_as_fits_and_never_below_28_points(begin: Begin, qtbot: QtBot) -> None:
    show = begin("screens#elements")
    show.window.resize(1366, 768)
    assert show.window.shown is not None
    assert show.window.shown.size >= 37
    largest = show.window.shown.size
    press(qtbot, show, Key.Key_Minus, Key.Key_Minus)
    press(qtbot, show, Key.Key_0)
    assert show.window.shown.size == largest
    for _ in range(8):
        press(qtbot, show, Key.Key_Plus)
    assert show.window.shown.size > 37


def test_searching_over_the_page_leads_to_a_passage(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_Slash)
    assert show.search.isVisible()
    assert show.search.field.text() == ""
    qtbot.keyClicks(show.search.field, "informed consent")
    qtbot.waitUntil(lambda: show.search.hits.count() > 0 and show.search.hits.item(0).text().startswith("Informed"))
    assert show.search.hits.count() <= 5
    qtbot.keyClick(show.search.field, Key.Key_Return)
    assert not show.search.isVisible()
    assert show.window.shown is not None
    assert show.window.shown.title == "Informed consent"


def test_nothing_found_is_said_and_escape_goes_back_to_the_page(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    press(qtbot, show, Key.Key_Slash)
    qtbot.keyClicks(show.search.field, "qqxzzy")
    qtbot.waitUntil(show.search.nothing.isVisible)
    assert "qqxzzy" in show.search.nothing.text()
    qtbot.keyClick(show.search.field, Key.Key_Escape)
    assert not show.search.isVisible()
    assert show.window.isVisible()


def test_ending_goes_back_to_what_was_shown_last(begin: Begin, window: MainWindow, qtbot: QtBot) -> None:
    show = begin("cards-quiz#q1")
    press(qtbot, show, Key.Key_PageDown)
    press(qtbot, show, Key.Key_Escape)
    assert window.address == "cards-quiz#q2"
    qtbot.waitUntil(lambda: window.findChild(Show) is None)
    assert begin("glossary#consent").window.isVisible()


def test_a_remote_turns_the_page_while_the_trainers_window_has_the_keyboard(
    begin: Begin, window: MainWindow, qtbot: QtBot
) -> None:
    show = begin("cards-quiz#q1")
    window.activateWindow()
    window.reader.setFocus()
    qtbot.waitUntil(window.reader.hasFocus)
    qtbot.keyClick(window.reader, Key.Key_PageDown)
    assert show.address == "cards-quiz#q2"
    qtbot.keyClick(window.reader, Key.Key_B)
    assert show.window.blank == "#000000"
    qtbot.keyClick(window.reader, Key.Key_Period)
    assert not show.window.blank
    window.searching.field.setFocus()
    qtbot.keyClick(window.searching.field, Key.Key_PageUp)
    assert show.address == "cards-quiz#q2"
    qtbot.keyClick(window.searching.field, Key.Key_B)
    assert not show.window.blank
    assert window.searching.field.text() == "b"


def test_the_trainers_window_ends_what_it_shows_with_the_same_key(
    begin: Begin, window: MainWindow, qtbot: QtBot
) -> None:
    show = begin("cards-quiz#q1")
    press(qtbot, show, Key.Key_PageDown)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_F5)
    assert window.room.show is show
    assert show.address == "cards-quiz#q1"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_F5)
    assert window.room.show is None


def test_closing_the_trainers_window_ends_the_show(begin: Begin, window: MainWindow) -> None:
    show = begin("cards-quiz#q1")
    public = show.window
    window.close()
    assert not public.isVisible()


def test_there_is_nothing_to_show_on_the_start_page(window: MainWindow, qtbot: QtBot) -> None:
    window.open_address("")
    qtbot.keyClick(window, Key.Key_F5)
    assert window.findChild(Show) is None
    assert "Open a chapter first" in window.statusBar().currentMessage()


def test_the_pointer_is_hidden_when_it_rests(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#consent")
    show.window._pointer.setInterval(1)
    qtbot.mouseMove(show.window)
    qtbot.waitUntil(lambda: show.window.cursor().shape() == Qt.CursorShape.BlankCursor)


@pytest.mark.parametrize("look", [page.LIGHT, page.DARK, page.BLACK_ON_WHITE, page.WHITE_ON_BLACK])
def test_contrast_is_seven_to_one(look: page.Look) -> None:
    for text in (look.text, look.title, look.faint):
        assert contrast(text, look.ground) >= 7
    assert contrast(look.text, look.statement) >= 7
    assert contrast(look.bar, look.statement) >= 3


@pytest.mark.parametrize("colours", ["black_on_white", "white_on_black", "light", "dark"])
def test_what_is_shown_has_the_contrast_of_the_window(colours: str, open_window: OpenWindow) -> None:
    window = open_window("statement#r2")
    window.looks.set_colours(colours)
    window.room.show_address("statement#r2")
    show = window.room.show
    assert show is not None
    looks = []
    for _ in range(2):
        looks.append(show._look)
        show.change_colours()
    assert [look.dark for look in looks] == [window.looks.theme.dark, not window.looks.theme.dark]
    for look in looks:
        assert (look.statement == look.ground) == window.looks.theme.contrast
    window.room.end()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: relative luminances of two colours."""

    def luminance(name: str) -> float:
        parts = [getattr(QColor(name), part)() for part in ("redF", "greenF", "blueF")]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_picture_fills_a_page_of_its_own(begin: Begin, qtbot: QtBot) -> None:
    show = begin("screens#referral-path")
    shown = show.window.shown
    assert shown is not None
    assert shown.picture is not None
    assert shown.position == "1 of 2"
    assert "stations" in show.window.accessibleDescription()
    assert "First contact" in show.window.accessibleDescription()
    room = show.window.room(shown.title)

    def is_painted() -> bool:
        image = show.window.grab().toImage()
        return any(
            image.pixelColor(x, image.height() // 2) != QColor(page.LIGHT.ground) for x in range(room[0] // 4, room[0])
        )

    qtbot.waitUntil(is_painted)
    press(qtbot, show, Key.Key_PageDown)
    assert show.window.shown is not None
    assert show.window.shown.picture is None
    assert "The exercise" in words(show)


def test_a_picture_that_cannot_be_drawn_is_shown_in_words(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise NotDrawn("no")

    monkeypatch.setattr(pictures, "pixels", fails)
    show = begin("screens#referral-path")
    qtbot.waitUntil(lambda: show.window.shown is not None and show.window.shown.picture is None)
    assert "At each station a tick" in words(show)


def test_a_term_is_shown_in_two_languages_with_one_key(begin: Begin, qtbot: QtBot) -> None:
    show = begin("glossary#trafficking-in-human-beings")
    assert "гандаль людзьмі" not in words(show)
    press(qtbot, show, Key.Key_L)
    assert show.window.shown is not None
    assert show.window.shown.title == "Trafficking in human beings"
    assert words(show).startswith("гандаль людзьмі")
    press(qtbot, show, Key.Key_L)
    assert words(show).startswith("трафик на хора")
    assert "smuggling" in words(show)  # what the word also means
    press(qtbot, show, *[Key.Key_L] * 8)
    assert words(show).startswith("Recruiting")


def test_languages_are_for_the_glossary(begin: Begin, qtbot: QtBot) -> None:
    show = begin("statement#r3")
    before = words(show)
    press(qtbot, show, Key.Key_L)
    assert words(show) == before
