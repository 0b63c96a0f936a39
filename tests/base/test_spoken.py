"""Which language the program speaks, and an office's own translation."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from handbook.base import spoken
from handbook.base.catalogue import language, ngettext, tr
from handbook.ui import settings

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its language in another way")
@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "en"),
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C", "LANGUAGE": "uk"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:uk:ru"}, "uk"),
        ({"LANG": "pl_PL", "LC_ALL": "cs_CZ"}, "cs"),
        ({"LANG": "uk_UA@euro"}, "uk"),
        ({"LANG": "pl_PL", "HANDBOOK_LANGUAGE": "mk"}, "mk"),
        ({"LANG": "pl_PL", "HANDBOOK_LANGUAGE": "en"}, "en"),
        ({"LANG": "pl_PL", "HANDBOOK_LANGUAGE": "nonsense"}, "pl"),
        ({"LANG": "bs_BA.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_computer_or_the_one_that_is_named(
    environ: dict[str, str], code: str, tmp_path: Path
) -> None:
    assert spoken.wanted(tmp_path / "none.ini", environ) == code


def test_the_choice_in_the_window_is_read_without_qt(tmp_path: Path) -> None:
    store = settings.Store(tmp_path)
    store.write(settings.LANGUAGE, "uk")
    store.write(settings.TEXT_SIZE, 20)
    assert store.save()
    assert spoken.wanted(tmp_path / spoken.SETTINGS, {"LANG": "pl_PL"}) == "uk"
    assert spoken.wanted(tmp_path / spoken.SETTINGS, {"HANDBOOK_LANGUAGE": "cs"}) == "cs"


def _office(data: Path, text: str) -> Path:
    file = spoken.own_file(data, "pl")
    file.parent.mkdir(parents=True)
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def test_an_offices_text_is_taken_before_ours_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(spoken.VARIABLE, "pl")
    _office(tmp_path, 'msgid "Sessions"\nmsgstr "Nasze sesje"\n')
    assert spoken.begin(tmp_path / "none.ini", tmp_path) == ""
    assert (language(), tr("Sessions")) == ("pl", "Nasze sesje")
    assert tr("Programme") == "Program"


def test_a_text_with_other_places_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(spoken.VARIABLE, "pl")
    wrong = 'msgid "Day {number}"\nmsgstr "Dzień {numer}"\n\nmsgid "{n} sheet"\nmsgid_plural "{n} sheets"\n'
    _office(tmp_path, wrong + 'msgstr[0] "{n} kartka"\nmsgstr[1] "{0.__class__}"\nmsgstr[2] "{n} kartek"\n')
    assert spoken.begin(tmp_path / "none.ini", tmp_path) == ""
    assert tr("Day {number}").format(number=1) == "Dzień 1"
    assert "3" in ngettext("{n} sheet", "{n} sheets", 3).format(n=3)


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a\nmsgstr "b"\n',
        "nonsense\n",
        'msgid "a" "b"\n',
        'msgid "\\x"\nmsgstr ""\n',
        'msgid "page\0"\nmsgid_plural "pages"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_ignored(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(spoken.VARIABLE, "pl")
    file = _office(tmp_path, text)
    before = file.read_bytes()
    said = spoken.begin(tmp_path / "none.ini", tmp_path)
    assert str(file) in said
    assert re.search(r"\(wiersz \d+ ", said)  # where, in the same language
    assert tr("Programme") == "Program"
    assert file.read_bytes() == before


def test_a_file_that_is_not_utf8_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(spoken.VARIABLE, "pl")
    file = _office(tmp_path, "")
    file.write_bytes(b"\xff")
    said = spoken.begin(tmp_path / "none.ini", tmp_path)
    assert "to nie jest tekst w UTF-8" in said
    assert "codec" not in said


def test_a_file_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(spoken.VARIABLE, "pl")
    file = _office(tmp_path, "")
    with file.open("r+b") as opened:
        opened.truncate(spoken.MOST_BYTES + 1)
    said = spoken.begin(tmp_path / "none.ini", tmp_path)
    assert str(file) in said
    assert "(jest za duży)" in said  # why, in the same language
