"""What names nothing, what a command does not know, and what is no language: told by the command it was given to."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.base.paths import Paths
from handbook.cli import main
from handbook.ui import app
from tests.helpers import write


def status_of(*arguments: str) -> int:
    try:
        return main.main(arguments)
    except SystemExit as end:  # argparse's way
        return int(str(end.code or 0))


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", ""),
        ("pack", "", "-o", "x.handbook"),
        ("pack", ".", "-o", " "),
        ("new", ""),
        ("check", ""),
        ("index", ""),
        ("search", "x", "--content", ""),
        ("search", "--queries", ""),
        ("print", "statement", "-o", ""),
        ("print", "--workshop", "", "-o", "x"),
        ("export", "statement", "-o", ""),
        ("terms", "pl", "-o", ""),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_not_the_folder_one_is_in(
    arguments: tuple[str, ...],
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(write(tmp_path / "here", {"a.md": "# A\n\nx\n"}))
    assert status_of(*arguments) == 2
    assert "no file and no folder was named" in capsys.readouterr().err
    assert [one.name for one in Path().iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    "arguments", [("list", "x"), ("check", "a", "b"), ("search", "x", "--colour"), ("new", "a", "b")]
)
def test_a_word_too_many_is_told_with_the_usage_of_the_command(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(*arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"usage: handbook {arguments[0]} ")
    assert f"handbook {arguments[0]}: error: unrecognized arguments: {arguments[-1]}" in said


@pytest.mark.parametrize("option", [("--content", "manual"), ("--content=manual",)], ids=["two words", "one word"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "water"),
        ("export", "a", "-o", "a.html"),
        ("print", "a", "-o", "a.pdf"),
        ("check",),
        ("index",),
        ("pack", "-o", "a.handbook"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_folder_may_be_named_before_the_command(
    arguments: tuple[str, ...],
    option: tuple[str, ...],
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path / "manual", {"a.md": "# A\n\nBring water.\n"})
    monkeypatch.chdir(tmp_path)
    assert status_of("index", "manual") == 0
    capsys.readouterr()
    assert status_of(*option, *arguments) == 0
    said = capsys.readouterr().out
    written = arguments[-1] if "-o" in arguments else ""
    assert (tmp_path / written).exists()
    assert written or "water" in said or "1 chapter" in said or "1 section" in said


def test_other_options_before_a_command_are_told_to_go_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of("--limit", "3", "search", "water") == 2
    assert "Write the command first, and its options behind it: handbook search …" in capsys.readouterr().err


def test_a_command_that_takes_no_folder_says_so_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of("--content", "x", "list") == 2
    assert "handbook list: error: unrecognized arguments: --content=x" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["zz zz", "Polish", "e", '"', "../pl"])
def test_what_is_no_language_is_refused_and_the_languages_are_named(
    language: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "manual", {"a.md": "# A\n\nx\n"})
    assert status_of("add", str(folder), "--language", language) == 1
    said = capsys.readouterr().err
    assert f"'{language}' can't be a language" in said
    assert "pl (polski)" in said
    assert not list(home.rglob("handbook.json"))


@pytest.mark.parametrize("language", ["pl", "sw", "pt-BR"])
def test_a_language_is_taken(
    language: str,
    tmp_path: Path,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = write(tmp_path / "manual", {"a.md": "# A\n\nx\n"})
    assert status_of("add", str(folder), "--language", language) == 0
    assert status_of("list") == 0
    assert f"[{language}]" in capsys.readouterr().out


def test_faults_of_what_is_added_are_told(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "manual", {"a.md": "---\ntitle: A\n\nx\n"})
    assert status_of("add", str(folder)) == 0
    told = capsys.readouterr()
    assert "Added: manual" in told.out
    assert "handbook: a.md:1: front matter is opened by --- and not closed" in told.err
    assert "'handbook check' lists all" in told.err


@pytest.mark.parametrize(
    "arguments", [("search#",), ("--", "search"), ("--content", ".", "search#"), ("--content=.", "--", "search")]
)
def test_a_chapter_that_is_called_like_a_command_can_be_opened(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    opened: list[str] = []

    def run(_: Paths, address: str, told: str) -> int:
        opened.append(address + told)
        return 0

    monkeypatch.setattr(app, "run", run)
    assert status_of(*arguments) == 0
    assert [one.rstrip("#") for one in opened] == ["search"]


def test_a_command_wins_over_a_chapter_of_its_name(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of("search") == 2
    assert "give either a QUERY or --queries FILE" in capsys.readouterr().err
