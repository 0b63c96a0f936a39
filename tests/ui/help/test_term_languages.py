"""View › Language › Terms of the glossary in: kept, and seen at once on the page and in Show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handbook.content import term_lines
from handbook.ui import settings
from tests.ui.conftest import OpenWindow


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    term_lines.choose(())


def test_chosen_languages_come_first_on_the_page_and_in_show(open_window: OpenWindow) -> None:
    window = open_window("glossary#trafficking-in-human-beings")
    menu = window.term_languages
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()][:2] == ["Belarusian", "Bulgarian"]
    assert not any(action.isChecked() for action in menu.actions())
    assert "\nUkrainian: " not in window.reader.toPlainText()
    for name in ("Ukrainian", "Bulgarian"):
        next(action for action in menu.actions() if action.text() == name).trigger()
    text = window.reader.toPlainText()
    assert text.index("\nUkrainian: торгівля людьми") < text.index("\nBulgarian: трафик на хора")
    assert window.reader.place == "trafficking-in-human-beings"
    assert window.store.read(settings.TERM_LANGUAGES) == "uk bg"
    assert term_lines.languages(window.handbook.folder)[:2] == ("uk", "bg")
    window.room.show_address("glossary#trafficking-in-human-beings")
    assert window.room.show is not None
    window.room.show.change_language()
    assert "торгівля людьми" in window.room.show.window.accessibleDescription()
    window.room.end()
    menu.aboutToShow.emit()
    for action in menu.actions():
        action.setChecked(False)
    assert window.store.read(settings.TERM_LANGUAGES) == ""


def test_the_choice_is_there_when_the_window_opens_again(open_window: OpenWindow) -> None:
    first = open_window()
    first.store.write(settings.TERM_LANGUAGES, "pl xx")
    first.store.save()
    term_lines.choose(())
    open_window()
    assert term_lines.wanted() == ("pl",)
