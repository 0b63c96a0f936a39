"""How a proof ends that fails: with the failure, and nothing left running."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from installers import project, wheels
from installers.tools import BuildError, fresh
from proofs import sboms
from proofs.screen import Screen


def test_a_picture_that_fails_hides_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise BuildError("no picture")

    monkeypatch.setattr(Screen, "picture", fails)
    screen = Screen.__new__(Screen)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        screen._started = (server, server)
        screen.__exit__(ValueError)
        assert server.returncode is not None


def test_an_sbom_that_lies_alone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = dataclasses.replace(project.read(), root=tmp_path)
    facts.dist.mkdir()
    (facts.dist / "old.deb.cdx.json").write_text('{"metadata": {"component": {"hashes": [{"content": "0"}]}}}')
    monkeypatch.setattr(sboms, "run", lambda *_, **__: "")
    monkeypatch.setattr(wheels, "environment", lambda *_: tmp_path)
    with pytest.raises(BuildError, match=r"old\.deb\.cdx\.json is in dist/ without old\.deb"):
        sboms.prove(facts)


def test_a_folder_that_cannot_be_emptied_is_named(tmp_path: Path) -> None:
    file = tmp_path / "work"
    file.write_text("no folder")
    with pytest.raises(BuildError, match="work cannot be emptied"):
        fresh(file)
