"""Compiled translations: read where they were made of the PO file beside them, and never otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import catalogue
from handbook.translations import mo_files, po_file

PO = 'msgid "Open"\nmsgstr "{}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a translation in place of the program's own."""
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    (tmp_path / "pl.po").write_text(PO.format("Otwórz"), encoding="utf-8")
    catalogue.of.cache_clear()
    yield tmp_path
    catalogue.of.cache_clear()


def said() -> str:
    catalogue.of.cache_clear()
    return catalogue.of("pl").gettext("Open")


def test_the_compiled_form_is_read_without_the_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mo_files.write(folder, folder) == [folder / "pl.mo"]
    assert sorted(file.name for file in folder.iterdir()) == ["pl.mo", "pl.po"]
    monkeypatch.setattr(po_file, "read", lambda _: pytest.fail("the text was read"))
    assert said() == "Otwórz"


def test_a_po_file_that_changed_is_read_itself(folder: Path) -> None:
    mo_files.write(folder, folder)
    (folder / "pl.po").write_text(PO.format("Otwarcie"), encoding="utf-8")
    assert said() == "Otwarcie"


def test_a_damaged_compiled_file_changes_nothing(folder: Path) -> None:
    whole = mo_files.write(folder, folder)[0].read_bytes()
    for damaged in (b"", b"words", whole[:30], whole[: len(whole) // 2], whole[:40] + b"\xff" * 40 + whole[80:]):
        (folder / "pl.mo").write_bytes(damaged)
        assert said() == "Otwórz"


def test_every_language_compiles_to_what_its_text_says(tmp_path: Path) -> None:
    made = {file.stem for file in mo_files.write(tmp_path)}
    assert made == {file.stem for file in mo_files.SOURCES.glob("*.po")}
