"""`handbook terms`: a table and cards of the terms, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from handbook.cli.main import main


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def test_a_table_of_two_languages(tmp_path: Path) -> None:
    assert main(["terms", "uk", "pl", "-o", str(tmp_path / "table.pdf")]) == 0
    text = _text(tmp_path / "table.pdf")
    for words in ("Ukrainian · Polish", "Forced labour", "примусова праця", "praca przymusowa"):
        assert words in text, words
    assert "Watchdog" not in text  # a page has the main terms
    assert main(["terms", "uk", "pl", "--terms", "all", "-o", str(tmp_path / "table.pdf")]) == 0
    assert "Watchdog" in _text(tmp_path / "table.pdf")


def test_all_languages_are_a_list(tmp_path: Path) -> None:
    assert main(["terms", "all", "-o", str(tmp_path / "all.pdf")]) == 0
    text = _text(tmp_path / "all.pdf")
    assert "Field Handbook" in text
    for words in ("Belarusian: прымусовая праца", "Dutch: gedwongen arbeid", "Romanian: muncă forțată"):
        assert words in text, words


def test_cards_of_one_language(tmp_path: Path) -> None:
    assert main(["terms", "bg", "--cards", "-o", str(tmp_path / "cards.pdf")]) == 0
    text = _text(tmp_path / "cards.pdf")
    assert "Forced labour" in text
    assert "принудителен труд" in text


def test_a_handbook_without_terms_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.md").write_text("# Page\n\nWords.\n", "utf-8")
    assert main(["terms", "uk", "--content", str(tmp_path), "-o", str(tmp_path / "x.pdf")]) == 1
    assert "no terms in that language" in capsys.readouterr().err
