"""Sentences that name a command or a button: they name it by the very words that stand on it, in every language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base.languages import LANGUAGES
from handbook.translations import po_file
from handbook.ui.commands import COMMANDS, MENUS

FOLDER = Path(po_file.__file__).parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
_QUOTED = re.compile(r"'([^'{}]+)'|“([^”{}]+)”")
_MENU = dict(MENUS)
# "File › Handbooks": the menu's label and the command's, each with its "&".
_PATHS = [(_MENU[command.menu], command.text) for command in COMMANDS]


@functools.cache
def entries(language: str) -> list[po_file.Entry]:
    name = "messages.pot" if language == "en" else f"{language}.po"
    return po_file.read((FOLDER / name).read_text(encoding="utf-8"))


def as_named(label: str) -> str:
    """A label as a sentence names it: without its key, the dots, and the English word behind Language."""
    return label.replace("&", "").removesuffix("…").removesuffix(" (Language)")


def path(menu: str, command: str) -> str:
    return f"{as_named(menu)} › {as_named(command)}"


def paths_in(text: str) -> list[tuple[str, str]]:
    """The commands that a text names with their menu."""
    if "›" not in text:
        return []
    return [labels for labels in _PATHS if re.search(rf"{re.escape(path(*labels))}(?!\w)", text)]


def translated(language: str) -> dict[str, set[str]]:
    """The translations of each text, in all its contexts; of one that has none, the English."""
    found: dict[str, set[str]] = {}
    for one in entries(language):
        found.setdefault(one.text, set()).update(one.forms if one.is_translated else (one.text,))
    return found


def buttons_in(text: str, labels: dict[str, set[str]]) -> Iterator[tuple[str, set[str]]]:
    """What a text has in quotes that is a label elsewhere, and the texts that it is the label of."""
    for found in _QUOTED.finditer(text):
        name = found[1] or found[2]
        if name in labels and labels[name] != {text}:
            yield name, labels[name]


def by_name() -> dict[str, set[str]]:
    """The texts that stand on something, by what a sentence calls them."""
    found: dict[str, set[str]] = {}
    for one in entries("en"):
        if one.text[:1].isupper() and not one.text.endswith((".", ":")):
            found.setdefault(as_named(one.text), set()).add(one.text)
    return found


def test_the_english_names_commands_by_their_menu_and_their_own_words() -> None:
    inexact = [one.text for one in entries("en") if one.text.count("›") != len(paths_in(one.text))]
    assert inexact == []
    assert [one.text for one in entries("en") if paths_in(one.text)], "no text names a command: this test sees nothing"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_command_is_named_by_its_menu_and_its_own_words(language: str) -> None:
    own = translated(language)
    wrong = []
    for one in entries(language):
        for menu, command in paths_in(one.text):
            wanted = {path(m, c) for m in own[menu] for c in own[command]}
            wrong += [(form, wanted) for form in filter(None, one.forms) if not any(name in form for name in wanted)]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_button_in_quotes_has_its_own_words(language: str) -> None:
    own, labels = translated(language), by_name()
    wrong = []
    for one in entries(language):
        for name, texts in buttons_in(one.text, labels):
            wanted = {as_named(form) for text in texts for form in own[text]}
            wrong += [(name, form) for form in filter(None, one.forms) if not any(word in form for word in wanted)]
    assert wrong == []


def test_buttons_in_quotes_are_found() -> None:
    found = {name for one in entries("en") for name, _ in buttons_in(one.text, by_name())}
    assert "Save PDF" in found
