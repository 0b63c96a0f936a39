"""Commands that lack something say what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from handbook.check import check
from handbook.cli.main import main
from handbook.content.loading import load
from handbook.library import example
from tests.helpers import write


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one page, in which the commands are given."""
    monkeypatch.setenv("HANDBOOK_HOME", str(tmp_path / "home"))
    folder = write(tmp_path / "manual", {"one.md": "# One\n\nWords.\n"})
    monkeypatch.chdir(folder)
    with contextlib.suppress(OSError):  # Windows lets only some people make links
        (tmp_path / "loop").symlink_to("loop")
    return folder


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["add", "nowhere"], 1, "Give a pack (a file that ends in .handbook), or the folder"),
        (["pack", ".", "-o", "."], 1, "'.' is a folder. Add a file name, such as 'manual.handbook'."),
        (["add", "x" * 300], 1, "Give a pack (a file that ends in .handbook), or the folder"),
        (["new", "x" * 300], 1, "the name is too long"),
        (["pack", "../loop", "-o", "loop.handbook"], 1, "There is no folder '../loop' to read."),
        (["export", "one", "--format", "html", "-o", "x" * 300, "--content", "."], 1, "the name is too long"),
        (["add", "one.md"], 1, "'one.md' is one page, not a handbook. Give the folder that it lies in."),
        (
            ["export", "one", "-o", "out", "--content", "."],
            2,
            "such as out.epub, or add --format. There are: docx (Word,",
        ),
        (["print", "day.workshop", "-o", "x.pdf"], 2, "handbook print --workshop day.workshop -o FOLDER"),
    ],
)
def test_what_to_do_is_said(
    page: Path, words: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == status
    assert said in capsys.readouterr().err
    assert [path.name for path in page.iterdir()] == ["one.md"]


def test_an_export_takes_its_format_from_the_name(page: Path) -> None:
    assert main(["export", "one", "-o", "one.HTML", "--content", "."]) == 0
    assert "Words." in (page / "one.HTML").read_text("utf-8")


def test_the_example_has_no_fault(tmp_path: Path) -> None:
    example.write(tmp_path / "new")
    assert check(load(tmp_path / "new")) == ()
