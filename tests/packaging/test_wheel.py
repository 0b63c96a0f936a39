"""The wheel: what it holds, that the same commit gives the same bytes, that it works where it is unpacked."""

from __future__ import annotations

import configparser
import email
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("handbook", "content", "packaging")
FILES = ("pyproject.toml", "README.md", "LICENSE", "run.py", ".gitignore")


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def not_there() -> list[str]:
    """The modules that the program needs and a build does not ask for: its own environment holds none of these."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table = tomllib.load(file)
    needed, asked = (
        {_plain(re.split("[=<>; ]", one)[0]) for one in names}
        for names in (table["project"]["dependencies"], table["build-system"]["requires"])
    )
    return [
        module
        for module, names in packages_distributions().items()
        if module.isidentifier() and set(map(_plain, names)) & (needed - asked)
    ]


pytestmark = pytest.mark.slow


def copy_tree(to: Path) -> Path:
    """Copy what the package is made from; what lies in index/ and build caches must make no difference."""
    to.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, to)
    (to / "index").mkdir()
    shutil.copy(ROOT / "index" / "README.md", to / "index")
    (to / "index" / "left-by-an-older-build.seg").write_text("stale")
    return to


def build(tree: Path, *what: str, hash_seed: str) -> Path:
    """Build into the tree's dist/, without a network; the wheel."""
    stand_ins = tree.parent / f"{tree.name} stand-ins"
    stand_ins.mkdir()
    for name in not_there():
        (stand_ins / f"{name}.py").write_text(f"raise ImportError('{name} is not there in a build')\n")
    environment = {**os.environ, "PYTHONPATH": str(stand_ins), "PYTHONHASHSEED": hash_seed}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-P", "-m", "build", "--no-isolation", *what, str(tree)]
    built = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tree / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(copy_tree(tmp_path_factory.mktemp("wheel") / "tree"), "--wheel", hash_seed="1")


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_holds_the_program_with_its_fonts_and_icon_and_nothing_else_of_the_tree(names: set[str]) -> None:
    program = {path.relative_to(ROOT).as_posix() for path in (ROOT / "handbook").rglob("*.py")}
    beside = {
        path.relative_to(ROOT).as_posix()
        for name in ("fonts", "reading_fonts", "icons", "search/words")
        for path in (ROOT / "handbook" / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert any(name.endswith(".ttf") for name in beside)
    assert any(name.endswith(".png") for name in beside)
    assert any(name.endswith(".txt.gz") for name in beside)
    assert program | beside <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"handbook"}


def test_it_holds_the_content_and_a_fresh_index(names: set[str]) -> None:
    content = {f"handbook/_data/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "content").rglob("*.md")}
    ready = {f"handbook/_data/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "content").rglob("*.workshop")}
    drawings = {f"handbook/_data/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "content").rglob("*.svg")}
    assert len(ready) >= 3
    assert len(drawings) >= 12
    assert content | ready | drawings | {"handbook/_data/content/en/handbook.toml"} <= names
    index = {name for name in names if name.startswith("handbook/_data/index/")}
    assert index
    assert "handbook/_data/index/left-by-an-older-build.seg" not in index


def test_it_says_what_it_is(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = f"field_handbook-{project['version']}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    entries = configparser.ConfigParser()
    entries.read_string(entry_points)
    assert dict(entries["console_scripts"]) == {"handbook": "handbook.cli.main:main"}
    assert dict(entries["gui_scripts"]) == {"handbook-window": "handbook.cli.main:window"}
    assert metadata["Version"] == project["version"]
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert sorted(required) == sorted(line.lower() for line in project["dependencies"])


def test_the_tree_and_its_sdist_give_the_same_bytes_in_any_folder(wheel: Path, tmp_path: Path) -> None:
    tree = copy_tree(tmp_path / "інша тека")
    for path in tree.rglob("*"):
        os.utime(path, (1, 1_700_000_000))
    again = build(tree, hash_seed="2")  # without --wheel: an sdist, and the wheel from that
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_where_it_is_unpacked_it_finds_its_own_content_and_index(wheel: Path, tmp_path: Path) -> None:
    installed, home = tmp_path / "installed", tmp_path / "home"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    found = subprocess.run(
        [sys.executable, "-P", "-m", "handbook", "search", "trafficking", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "HANDBOOK_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["hits"]
    assert not list(home.rglob("*")), "the index in the wheel did not fit, and a fresh one was built"
