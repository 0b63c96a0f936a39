"""The menu of languages, and what is said of a translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from handbook.base import catalogue, spoken
from handbook.base.languages import NAMES, SPOKEN
from handbook.base.paths import find_paths
from handbook.ui import settings
from handbook.ui.help import language
from handbook.ui.help.language import LanguageMenu, about_text


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_language_is_named_in_itself(window: QWidget, tmp_path: Path) -> None:
    store = settings.Store(tmp_path)
    store.write(settings.LANGUAGE, "uk")
    menu = LanguageMenu(store, window)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["As the computer", *(NAMES[code] for code in SPOKEN)]
    assert [action.text() for action in menu.actions() if action.isChecked()] == [NAMES["uk"]]


@pytest.mark.parametrize("again", [True, False])
def test_a_choice_is_kept_and_a_new_start_offered(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, again: bool
) -> None:
    asked: list[str] = []

    def answer(_: QWidget, title: str, text: str, do: str, cancel: str) -> bool:
        asked.extend((title, text, do, cancel))
        return again

    monkeypatch.setattr("handbook.ui.widgets.dialogs.ask", answer)
    menu = LanguageMenu(settings.Store(tmp_path), window)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == NAMES["pl"]).trigger()
    assert spoken.wanted(tmp_path / spoken.SETTINGS, {}) == "pl"
    assert (len(asked), asked[0], asked[-1]) == (4, "Język", "Anuluj")  # all in the language that was chosen
    assert (menu.starts_again, window.isVisible()) == (again, not again)


def test_the_new_start_is_not_bound_to_the_language_of_the_old(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, str]] = []
    monkeypatch.setenv(spoken.VARIABLE, "uk")
    monkeypatch.setattr("subprocess.Popen", lambda _, env, **__: started.append(env))
    language.start_again(find_paths())
    assert len(started) == 1
    assert spoken.VARIABLE not in started[0]


def test_a_language_that_cannot_be_kept_is_spoken_by_the_new_start(
    window: QWidget, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, or a folder that may not be written: the program started again as it was, without a word."""
    monkeypatch.setattr("handbook.ui.widgets.dialogs.ask", lambda *_: True)
    started: list[dict[str, str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda _, env, **__: started.append(env))
    menu = LanguageMenu(settings.Store(tmp_path), window)
    for is_kept, told in ((False, "pl"), (True, "")):
        monkeypatch.setattr(settings.Store, "save", lambda _, is_kept=is_kept: is_kept)
        menu.choose("pl")
        language.start_again(find_paths(), menu.not_kept)
        assert started[-1].get(spoken.VARIABLE, "") == told


def test_the_new_start_opens_the_same_folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: started.append(command))
    language.start_again(find_paths(tmp_path))
    language.start_again(find_paths())
    assert started[0] == [*started[1], "--content", str(tmp_path)]


def test_it_is_said_that_nobody_whose_language_it_is_has_read_a_translation(home: Path) -> None:
    paths = find_paths()
    assert "None of the translations was read" in about_text(paths)
    catalogue.use(catalogue.of("en"), "pl")
    said = about_text(paths)
    assert "No person whose first language it is has read it" in said
    assert str(paths.data / "translations" / "pl.po") in said
