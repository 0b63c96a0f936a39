"""The command `handbook export`."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.cli.main import main
from handbook.workshop import file
from tests.exported import WORKSHOP, handbook_in


@pytest.fixture
def content(tmp_path: Path) -> str:
    return str(handbook_in(tmp_path).folder)


def test_it_writes_the_file_and_says_its_name(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.html"
    assert main(["export", "text#later", "plan", "--format", "html", "-o", str(target), "--content", content]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    said = target.read_text(encoding="utf-8")
    assert "Say hello." in said
    assert "Their first words" not in said


def test_a_workshop_is_for_participants_unless_its_trainer_asks(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.save(WORKSHOP, tmp_path / "day.workshop")
    for more, has in (((), False), (("--participants",), False), (("--trainer",), True)):
        target = tmp_path / f"{len(more)}{has}.html"
        words = ["export", str(tmp_path / "day.workshop"), *more, "--format", "html", "-o", str(target)]
        assert main([*words, "--content", content]) == 0
        assert ("Bring the key." in target.read_text(encoding="utf-8")) is has
    assert "'gone#x' is not in this handbook and was left out." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["all", "text"], "give it alone"),
        (["text", "--trainer"], "goes with a workshop file"),
        (["a.workshop", "text"], "one workshop file, or addresses"),
    ],
)
def test_what_does_not_go_together_is_bad_usage(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    target = tmp_path / "a.html"
    assert main(["export", *words, "--format", "html", "-o", str(target), "--content", content]) == 2
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_a_failure_is_one_line(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "texd", "--format", "epub", "-o", str(tmp_path / "a.epub"), "--content", content]) == 1
    assert capsys.readouterr().err == "handbook: There is no section 'texd' in this handbook. The nearest is 'text'.\n"
