"""How a proof ends that fails: with the failure, and nothing left running."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from installers import project, wheels
from installers.tools import BuildError, fresh
from proofs import sboms, steps
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


def test_a_program_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "PATIENCE", 1)
    with pytest.raises(BuildError, match="did not end within 1 s"):
        steps.output_of([sys.executable, "-c", "import time; time.sleep(600)"], {})


def test_where_user_namespaces_are_forbidden_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse = "import sys; sys.exit('unshare failed: Operation not permitted')"
    monkeypatch.setattr(steps, "AS_NOBODY", (sys.executable, "-c", refuse))
    with pytest.raises(BuildError, match=r"forbidden here.*user\.max_user_namespaces.*not permitted") as caught:
        steps.need_another_user()
    assert "--privileged" in str(caught.value)


def test_a_folder_that_cannot_be_emptied_is_named(tmp_path: Path) -> None:
    file = tmp_path / "work"
    file.write_text("no folder")
    with pytest.raises(BuildError, match="work cannot be emptied"):
        fresh(file)
