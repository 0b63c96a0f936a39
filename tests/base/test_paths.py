"""Where things are kept: nothing is left anywhere else."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.base import paths
from handbook.base.paths import (
    APP,
    PORTABLE_FOLDER,
    PORTABLE_MARKER,
    Paths,
    find_paths,
    make_private,
    own_command,
    portable_folder,
)
from tests.helpers import CONTENT, ROOT


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the program takes for its own, started from another one."""
    folder = tmp_path / "program"
    (folder / "content" / "en").mkdir(parents=True)
    monkeypatch.delenv("HANDBOOK_HOME")
    monkeypatch.setattr(paths, "program_data", lambda: folder)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "bin" / "handbook")])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "folder" / "handbook"))
    return folder


def test_the_checkouts_own_content_and_index() -> None:
    found = find_paths()
    assert found.content == CONTENT
    assert found.index == ROOT / "index"


def test_handbook_home_holds_settings_and_cache(home: Path) -> None:
    found = find_paths()
    assert found.own == (home / "config", home / "data", home / "cache")
    assert not home.exists()  # looking makes nothing


def test_an_installed_package_has_its_data_in_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "handbook"
    monkeypatch.setattr(paths, "__file__", str(package / "base" / "paths.py"))
    (package / "_data").mkdir(parents=True)
    assert paths.program_data() == package.parent, "a checkout: there are no texts in it"
    (package / "_data" / "content").mkdir()
    assert paths.program_data() == package / "_data"


def test_the_program_that_starts_itself_is_the_same_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    command, environment = own_command("search", "a word")
    assert command == [sys.executable, "-P", "-m", "handbook", "search", "a word"]
    assert environment["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "elsewhere"]


def test_another_content_leaves_the_rest(tmp_path: Path) -> None:
    found, usual = find_paths(tmp_path), find_paths()
    assert found.content == tmp_path
    assert (found.index, found.config, found.cache) == (usual.index, usual.config, usual.cache)


def test_an_installed_program_keeps_its_things_where_the_platform_wants_them(program: Path) -> None:
    found = find_paths()
    assert portable_folder() is None
    assert (found.content, found.index) == (program / "content" / "en", program / "index")
    for folder in found.own:
        assert APP in folder.parts
        assert not folder.is_relative_to(program)
    assert found.config != found.cache


@pytest.mark.parametrize("beside", ["the program's data", "the program started", "the installed program"])
def test_a_marker_keeps_everything_beside_the_program(program: Path, tmp_path: Path, beside: str) -> None:
    folder = {"the program's data": program, "the program started": tmp_path / "bin"}.get(beside, tmp_path / "folder")
    folder.mkdir(exist_ok=True)
    (folder / PORTABLE_MARKER).touch()
    found = find_paths()
    assert found.config == folder / PORTABLE_FOLDER / "config"
    assert found.cache == folder / PORTABLE_FOLDER / "cache"
    assert not (folder / PORTABLE_FOLDER).exists()


def test_of_several_markers_the_one_beside_the_program_started_decides(program: Path, tmp_path: Path) -> None:
    started, installed = tmp_path / "bin", tmp_path / "folder"  # as `program` has it
    (program / PORTABLE_MARKER).touch()
    assert portable_folder() == program / PORTABLE_FOLDER
    for folder in (installed, started):
        folder.mkdir()
        (folder / PORTABLE_MARKER).touch()
        assert portable_folder() == folder / PORTABLE_FOLDER


def test_handbook_home_goes_before_the_marker(program: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / PORTABLE_MARKER).touch()
    monkeypatch.setenv("HANDBOOK_HOME", str(home))
    assert find_paths().config == home / "config"


def test_an_empty_handbook_home_is_none(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / PORTABLE_MARKER).touch()
    monkeypatch.setenv("HANDBOOK_HOME", "")
    assert find_paths().config.is_relative_to(program)


def test_from_a_stick_nothing_is_left_on_the_computer(tmp_path: Path) -> None:
    stick, person = tmp_path / "stick žщ", tmp_path / "person"
    shutil.copytree(ROOT / "handbook", stick / "handbook", ignore=shutil.ignore_patterns("__pycache__", "ui", "*.ttf"))
    shutil.copytree(ROOT / "content", stick / "content")
    (stick / PORTABLE_MARKER).touch()
    person.mkdir()
    hidden = ("HANDBOOK_HOME", "PYTHONPATH")
    environment = {
        name: value for name, value in os.environ.items() if name not in hidden and not name.startswith("XDG_")
    }
    environment |= {"PYTHONPATH": str(stick), "PYTHONDONTWRITEBYTECODE": "1"}
    # Where a platform's own folders are looked for.
    environment |= dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(person))
    command = [sys.executable, "-m", "handbook", "search", "labour"]
    done = subprocess.run(
        command, cwd=person, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "statement#" in done.stdout
    assert list(person.iterdir()) == []
    assert sorted(path.name for path in stick.iterdir()) == ["content", "handbook", "handbook-data", "portable.txt"]
    assert list((stick / "handbook-data" / "cache" / "index").iterdir()) != []


def test_some_folders_can_be_others(tmp_path: Path) -> None:
    names = ("content", "index", "config", "data", "cache")
    some = Paths(*(tmp_path / name for name in names))
    for name in ("content", "index", "config", "cache"):
        changed = some.with_(**{name: tmp_path / "other"})
        assert [getattr(changed, one) for one in names] == [
            tmp_path / ("other" if one == name else one) for one in names
        ]
    assert [getattr(some.with_(), one) for one in names] == [tmp_path / one for one in names]
    assert some.own == (tmp_path / "config", tmp_path / "data", tmp_path / "cache")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_private_folder_and_those_above_it_are_for_this_person_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a" / "b")
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b", ".")] == [0o700, 0o700, 0o755]
    (tmp_path / "a" / "b").chmod(0o755)
    make_private(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_where_a_file_stands_no_private_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(NotADirectoryError, match="file") as told:
        make_private(file)
    assert (told.value.strerror, told.value.filename) == (os.strerror(errno.ENOTDIR), str(file))
