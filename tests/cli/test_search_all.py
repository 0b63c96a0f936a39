"""`handbook search --all`: our own handbook and the library in one answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.library.pack import Manifest
from handbook.library.shelf import Library
from tests.helpers import write


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("HANDBOOK_HOME", str(tmp_path / "home"))
    made = Library(tmp_path / "home" / "data")
    text = "# Arrival\n\n## Kitchen rota\n\nThe kitchen rota hangs in the hall.\n"
    made.add(write(tmp_path / "a", {"arrival.md": text}), Manifest("shelter", "Shelter manual"))
    return made


def test_hits_of_all_handbooks_say_whose_they_are(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = write(tmp_path / "own", {"hall.md": "# Hall\n\nWho cleans the kitchen stands in the rota.\n"})
    search = ["search", "--content", str(own), "kitchen", "rota"]
    assert main.main([*search, "--all"]) == 0
    said = capsys.readouterr()
    assert "shelter:arrival#kitchen-rota\n    Shelter manual > Pages > Arrival > Kitchen rota\n" in said.out
    assert "Making the search index of Shelter manual…" in said.err
    assert main.main([*search, "--all", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""  # the index is kept
    found = json.loads(said.out)["hits"]
    assert {"shelter:arrival#kitchen-rota", "hall"} <= {hit["address"] for hit in found}
    assert main.main(search) == 0
    assert "shelter:" not in capsys.readouterr().out


def test_a_question_that_is_kept_to_a_chapter_is_not_for_the_others(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = write(tmp_path / "own", {"hall.md": "# Hall\n\nWho cleans the kitchen stands in the rota.\n"})
    for place, wanted in (("hall", "hall"), ("arrival", "shelter:arrival#kitchen-rota")):
        assert main.main(["search", "--content", str(own), f"in:{place} rota", "--all", "--json"]) == 0
        assert {hit["address"] for hit in json.loads(capsys.readouterr().out)["hits"]} == {wanted}
