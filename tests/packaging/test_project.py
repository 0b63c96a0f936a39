"""Facts are stated once, in pyproject.toml, and everything that is handed over takes them from there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from installers import project
from installers.tools import BuildError
from installers.trees import tree

import handbook.base.components
import handbook.base.paths

FACTS = project.read()
ROOT = FACTS.root


def test_the_version_is_stated_once() -> None:
    stated = re.compile(rf"(?<![\d.]){re.escape(FACTS.version)}(?![\d.])")
    kinds = {".py", ".nsi", ".c", ".sh", ".in"}
    files = [path for top in ("handbook", "packaging") for path in (ROOT / top).rglob("*") if path.suffix in kinds]
    assert len(files) > 80
    assert [path.name for path in files if stated.search(path.read_text(encoding="utf-8"))] == []
    assert len(stated.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8"))) == 1


def test_every_artefact_has_the_version_in_its_name() -> None:
    kinds = ("windows", "portable-windows", "deb", "portable-linux", "wheel", "sdist")
    names = {FACTS.artefact(kind).name for kind in kinds}
    assert len(names) == len(kinds)
    assert all(FACTS.version in name for name in names)


def test_the_program_and_its_packaging_use_the_same_names() -> None:
    assert handbook.base.components.NAME == handbook.base.paths.APP == FACTS.name
    assert handbook.base.components.LIST == tree.PARTS
    assert handbook.base.paths.PORTABLE_MARKER == tree.PORTABLE
    app = (ROOT / "handbook" / "ui" / "app.py").read_text(encoding="utf-8")
    assert f'setApplicationName("{FACTS.title}")' in app
    assert f'setDesktopFileName("{FACTS.name}")' in app
    scripts: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert FACTS.command in scripts


def test_a_commit_is_checked_by_the_same_ruff() -> None:
    pinned = set(re.findall(r"ruff==[\d.]+", (ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    hooks = re.findall(r"ruff==[\d.]+", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert set(hooks) == pinned
    assert len(hooks) == 2


@pytest.mark.parametrize("text", ["12 May", "-1", "1.5"])
def test_a_source_date_that_is_none_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(BuildError, match="number of seconds"):
        project.read()


def test_the_source_date_is_the_environments_or_the_commits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert project.read().day == "2023-11-14"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert project.source_date(tmp_path) == project.DAY_ZERO


def test_a_key_that_is_missing_is_named(tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").replace("\ncontact =", "\nno-contact =")
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match="does not say 'contact'"):
        project.read(tmp_path)


def test_release_notes_are_the_changelogs_top_section(tmp_path: Path) -> None:
    assert project.newest_release(ROOT).version == FACTS.version
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 2.0 (1 May 2027)\n\nNew.\n\n- A\n\n## 1.0\n\nOld.\n")
    assert project.newest_release(tmp_path) == project.Release("2.0", "1 May 2027", "New.\n\n- A")
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n")
    with pytest.raises(BuildError, match=r"CHANGELOG\.md has no section"):
        project.newest_release(tmp_path)


@pytest.mark.parametrize(
    ("requirement", "name"),
    [("PySide6-Essentials==6.11.2", "pyside6-essentials"), ("tomli_w>=1 ; x", "tomli-w"), ("a.b[c]~=2", "a-b")],
)
def test_the_name_in_a_requirement(requirement: str, name: str) -> None:
    assert project.requirement_name(requirement) == name


SH = shutil.which("sh") or ""


@pytest.mark.skipif(not SH, reason="no shell")
def test_the_prerequisites_are_a_script_that_a_shell_reads() -> None:
    subprocess.run([SH, "-n", str(ROOT / "packaging" / "prerequisites.sh")], check=True)
