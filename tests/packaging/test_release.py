"""A release: what stops it, the order of its steps, its notes; and what the two commands say of bad usage."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from installers import project
from installers.tools import BuildError
from installers.trees.tree import Tree

FACTS = project.read()


@pytest.fixture
def front() -> ModuleType:
    """packaging/build.py, which is a script and no module of a package."""
    spec = importlib.util.spec_from_file_location("packaging_build", FACTS.root / "packaging" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def facts(tmp_path: Path) -> project.Project:
    """The project, with a changelog and a dist/ in a folder of the test's."""
    news = "It opens\nat once.\n\n- One\n  thing.\n- Another.\n"
    changes = f"# Changes\n\n## {FACTS.version} (24 November 2026)\n\n{news}\n## 0.0.1\n\nOlder.\n"
    (tmp_path / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    (tmp_path / "dist").mkdir()
    return dataclasses.replace(FACTS, root=tmp_path)


def test_a_release_tests_makes_proves_and_writes_the_notes(
    front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(front, "_call", lambda _, *words, **__: steps.append(" ".join(words)))
    monkeypatch.setattr(front, "need", lambda *programs: steps.append(" ".join(programs)))

    def timed(_: object, kind: str) -> list[Path]:
        steps.append(kind)
        return []

    def several(build: object, kinds: list[str]) -> list[Path]:
        return [file for kind in kinds for file in timed(build, kind)]

    monkeypatch.setattr(front, "_timed", timed)
    monkeypatch.setattr(front, "_several", several)
    monkeypatch.setattr(front, "run", lambda *words, **_: "" if "status" in words else "0123abc\n")
    front.release(front.Build(facts))
    listened, tested, texts, faults, *made, proved = steps
    assert "orca" in listened  # where it is missing, a test is skipped: not in a release
    assert tested == "run.py test"
    assert "hypothesis" in texts
    assert faults.startswith("-m tests.faults")
    assert faults.endswith(str(facts.epoch))
    assert made == [*front.ARTEFACTS, "checksums"]
    assert proved == "packaging/test.py all"
    (notes,) = facts.dist.glob("*release-notes.md")
    text = notes.read_text(encoding="utf-8")
    assert text.startswith(f"# {facts.title} {facts.version}\n")
    assert "It opens at once.\n\n- One thing.\n- Another.\n" in text
    assert "0123abc" in text


def test_a_release_is_not_packed_quickly(front: ModuleType, facts: project.Project) -> None:
    with pytest.raises(BuildError, match="without --quick"):
        front.release(front.Build(dataclasses.replace(facts, quick=True)))


def test_what_is_packed_is_made_two_at_a_time_and_the_checksums_last(
    front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def timed(_: object, kind: str) -> list[Path]:
        steps.append(kind)
        return [Path(kind)]

    monkeypatch.setattr(front, "_timed", timed)
    build = front.Build(facts)
    build.linux = build.windows = Tree(facts, "linux", project.ROOT / "docs", "x")
    made = front._several(build, ["checksums", *front.PACKED, "wheel"])
    assert steps[0] == "wheel"
    assert steps[-1] == "checksums"
    assert sorted(steps[1:-1]) == sorted(front.PACKED)
    assert len(made) == len(steps)


def test_a_release_stops_at_changes_that_are_not_committed(
    front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "run", lambda *_, **__: " M handbook/cli/main.py\n")
    with pytest.raises(BuildError, match="not committed"):
        front.release(front.Build(facts))


def test_a_release_stops_where_changelog_and_version_differ(front: ModuleType, facts: project.Project) -> None:
    with pytest.raises(BuildError, match=r"pyproject\.toml says 9\.9"):
        front.release(front.Build(dataclasses.replace(facts, version="9.9")))


def test_a_release_stops_where_the_changelog_has_no_day(front: ModuleType, facts: project.Project) -> None:
    changes = facts.root / "CHANGELOG.md"
    changes.write_text(changes.read_text(encoding="utf-8").replace("24 November 2026", "not released yet"))
    with pytest.raises(BuildError, match="not released yet"):
        front.release(front.Build(facts))


@pytest.mark.parametrize("script", ["build.py", "test.py"])
def test_bad_usage_is_told_with_the_kinds(script: str) -> None:
    command = [sys.executable, str(FACTS.root / "packaging" / script)]
    wrong = subprocess.run([*command, "windoze"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "windoze" in wrong.stderr
    helped = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout
    assert "portable-linux" in helped


@pytest.mark.parametrize("kinds", [("deb",), ("deb", "sbom")])
def test_what_was_not_made_is_not_proved(kinds: tuple[str, ...], tmp_path: Path) -> None:
    for folder in ("installers", "proofs"):
        shutil.copytree(FACTS.root / "packaging" / folder, tmp_path / "packaging" / folder)
    for name in ("packaging/test.py", "pyproject.toml"):
        shutil.copy(FACTS.root / name, tmp_path / name)
    command = [sys.executable, str(tmp_path / "packaging" / "test.py"), *kinds]
    place = {**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONPATH": str(FACTS.root)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=place)
    assert done.returncode == 1
    assert "is not in dist/: python3 packaging/build.py deb" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert ("not proved: deb, sbom" in done.stderr) == (len(kinds) == 2)


def test_checksums_of_nothing_say_what_to_do(front: ModuleType, facts: project.Project) -> None:
    with pytest.raises(BuildError, match=r"build\.py all"):
        front.Build(facts).make("checksums")
