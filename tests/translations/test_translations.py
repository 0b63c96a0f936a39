"""Every translation that comes with the program: what would end in an error, or in a key that does two things."""

from __future__ import annotations

import collections
import re
from pathlib import Path

import pytest

from handbook.base import catalogue
from handbook.base.languages import LANGUAGES, SPOKEN
from handbook.translations import po_file
from handbook.ui.commands import COMMANDS, MENUS

FOLDER = Path(po_file.__file__).parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
# Languages that are said to have every text. Who adds a text and cannot translate it takes the language off the list.
COMPLETE = [code for code in SPOKEN if code != "en"]
_KEY = re.compile(r"&(\w)")


def entries(language: str) -> list[po_file.Entry]:
    return po_file.read((FOLDER / f"{language}.po").read_text(encoding="utf-8"))


def test_every_language_has_a_file_and_every_file_a_language() -> None:
    assert sorted(TRANSLATED) == sorted(file.stem for file in FOLDER.glob("*.po"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_and_forms_of_its_text(language: str) -> None:
    number = po_file.forms_of(language)
    done = [one for one in entries(language) if any(one.forms)]
    assert [one for one in done if not one.is_translated] == [], "half translated, or marked as doubtful"
    assert [one for one in done if not po_file.fits(one, number)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_end_of_a_text_and_its_key_are_kept(language: str) -> None:
    wrong = []
    for one in entries(language):
        for form in filter(None, one.forms):
            ends = [text[-1] if text[-1] in "…:" else "" for text in (one.text, form)]
            blanks = [text != text.strip() for text in (one.text, form)]
            keys = [len(_KEY.findall(text)) for text in (one.text, form)]
            if ends[0] != ends[1] or blanks[0] != blanks[1] or ("&" in one.text and keys[0] != keys[1]):
                wrong.append((one.text, form))
    assert wrong == []


@pytest.mark.parametrize("language", SPOKEN)
def test_no_letter_does_two_things_in_a_menu(language: str) -> None:
    catalogue.use(catalogue.of(language), language)
    # A text that is still missing is in English; what letter it has then is mended by translating it.
    texts = [("the bar", label) for _, label in MENUS] + [(command.menu, command.text) for command in COMMANDS]
    menus: dict[str, list[str]] = {}
    for menu, text in texts:
        if language == "en" or catalogue.tr(text) != text:
            menus.setdefault(menu, []).append(catalogue.tr(text))
    for name, labels in menus.items():
        letters = collections.Counter(found[1].casefold() for label in labels if (found := _KEY.search(label)))
        twice = [letter for letter, count in letters.items() if count > 1]
        assert twice == [], (name, [label for label in labels for letter in twice if f"&{letter}" in label.casefold()])


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_that_is_called_complete_has_every_text(language: str) -> None:
    wanted = {(one.context, one.text) for one in po_file.read((FOLDER / "messages.pot").read_text(encoding="utf-8"))}
    found = {(one.context, one.text) for one in entries(language) if one.is_translated}
    assert wanted - found == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_plural_rule_gives_every_form_and_no_other(language: str) -> None:
    made = po_file.catalogue([], language)
    found = {made.plural(n) for n in range(1001)}  # type: ignore[attr-defined]  # gettext's own name for it
    assert found == set(range(po_file.forms_of(language)))
