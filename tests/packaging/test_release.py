"""A release: what stops it, the order of its steps, its notes; and what the two commands say of bad usage."""

from __future__ import annotations

import ast
import dataclasses
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from installers import components, project, signing, wheels
from installers.shipped.rules import LINUX, WINDOWS
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
    (tmp_path / signing.PUBLIC).parent.mkdir(parents=True)
    (tmp_path / signing.PUBLIC).write_text('PUBLIC_KEY = ""\n', encoding="utf-8")
    return dataclasses.replace(FACTS, root=tmp_path)


def test_a_release_tests_makes_proves_and_writes_the_notes(
    front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(front, "_call", lambda _, *words, **__: steps.append(" ".join(words)))
    monkeypatch.setattr(front, "need", lambda *programs: steps.append(" ".join(programs)))
    monkeypatch.setattr(front, "need_root", lambda: None)
    monkeypatch.setattr(front, "need_another_user", lambda: None)
    monkeypatch.setattr(front, "linux", SimpleNamespace(check_python=lambda _: None, static_library=lambda: None))
    (facts.dist / "of an older version").write_text("old")

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
    assert "\n\nIt opens\nat once.\n\n- One\n  thing.\n- Another.\n\n" in text  # as it was written
    assert "0123abc" in text
    assert list(facts.dist.iterdir()) == [notes]


@pytest.fixture
def ready(front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release of which nothing is made, to the list's signature; where that is."""
    for name in ("_call", "_several", "need", "need_root", "need_another_user"):
        monkeypatch.setattr(front, name, lambda *_, **__: None)
    monkeypatch.setattr(front, "linux", SimpleNamespace(check_python=lambda _: None, static_library=lambda: None))
    monkeypatch.setattr(front, "run", lambda *words, **_: "" if "status" in words else "0123abc\n")
    signature = facts.dist / "SHA256SUMS.minisig"
    monkeypatch.setattr(front, "_timed", lambda *_: signature.write_text("signed"))
    return signature


def test_what_was_not_proved_is_not_signed(
    front: ModuleType, facts: project.Project, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, *words: str, **__: object) -> None:
        if words == ("packaging/test.py", "all"):
            assert ready.exists()
            raise BuildError("not proved")

    front.release(front.Build(facts))
    assert ready.exists()
    monkeypatch.setattr(front, "_call", fails)
    with pytest.raises(BuildError, match="not proved"):
        front.release(front.Build(facts))
    assert not ready.exists()


def test_a_release_stops_when_the_commit_changes_meanwhile(
    front: ModuleType, facts: project.Project, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = iter(["0123abc\n", "4567def\n"])
    monkeypatch.setattr(front, "run", lambda *words, **_: next(commits) if "rev-parse" in words else "")
    with pytest.raises(BuildError, match="another commit than 0123abc"):
        front.release(front.Build(facts))
    assert not ready.exists()


@pytest.mark.usefixtures("ready")
def test_a_program_with_a_key_is_not_released_without_a_signature(front: ModuleType, facts: project.Project) -> None:
    (facts.root / signing.PUBLIC).write_text('PUBLIC_KEY = "RWQ"\n', encoding="utf-8")
    with pytest.raises(BuildError, match="--sign FILE"):
        front.release(front.Build(facts))


def test_a_release_asks_first_for_every_tool_that_is_asked_for_later(front: ModuleType) -> None:
    asked = set()
    for file in (FACTS.root / "packaging").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("need")):
                    asked |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    for_other_kinds = {"minisign", "rsvg-convert", "optipng"}  # with a key alone; to draw icons anew
    assert asked - for_other_kinds <= {*front.LISTENING, *front.BUILDING, *front.PROVING}
    assert len(asked) > 20


def test_a_release_is_asked_for_alone(front: ModuleType) -> None:
    with pytest.raises(BuildError, match="ask for it alone"):
        front.begin(["deb", "release"], front.parser().parse_args(["deb", "release"]))


def test_a_kind_that_is_asked_for_twice_is_made_once(front: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(sys, "argv", ["build.py", "deb", "all", "deb"])
    assert front.front.run(front.parser(), front.EVERYTHING, lambda kinds, _: made.extend(kinds)) == 0
    assert made == ["deb", *(kind for kind in front.EVERYTHING if kind != "deb")]


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
    build.trees = dict.fromkeys((LINUX, WINDOWS), Tree(facts, LINUX, project.ROOT / "docs", "x"))
    made = front._several(build, ["checksums", *front.PACKED, "wheel", "icons"])
    assert steps.pop(0) == "icons"  # what follows holds them
    assert steps[0] == "wheel"
    assert steps[-1] == "checksums"
    assert sorted(steps[1:-1]) == sorted(front.PACKED)
    assert len(made) == len(steps) + 1


def test_a_folder_takes_a_wheel_that_is_made_once_and_beside_dist(
    front: ModuleType, facts: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def hatchling(*words: str | Path, **_: object) -> str:
        folder, kind = Path(words[words.index("-d") + 1]), str(words[words.index("-t") + 1])
        made.append(kind)
        with zipfile.ZipFile(folder / facts.artefact(kind).name, "w") as file:
            file.writestr("field_handbook-1.dist-info/METADATA", f"Name: field-handbook\nVersion: {len(made)}\n")
        return ""

    monkeypatch.setattr(wheels, "run", hatchling)
    monkeypatch.setattr(wheels, "build_python", lambda _: Path("python"))
    monkeypatch.setattr(components, "of_project", lambda *_: ())
    kept = facts.artefact("wheel")
    kept.write_text("of an older commit")
    assert wheels.own(facts).version == wheels.own(facts).version == "1"
    assert [file.read_text() for file in facts.dist.iterdir()] == ["of an older commit"]
    files = front.Build(facts).make("wheel")
    assert made == ["wheel", "sdist"]
    assert kept.read_bytes() == wheels.own(facts).file.read_bytes()
    assert sorted(files) == sorted(facts.dist.iterdir())


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
