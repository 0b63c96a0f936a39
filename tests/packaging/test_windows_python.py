"""CPython for Windows is taken from a folder only when it is the one that pyproject.toml names."""

from __future__ import annotations

import platform
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from installers import project, windows_python
from installers.project import Project
from installers.tools import BuildError

FACTS = project.read()
VERSION = platform.python_version()
MAJOR, MINOR, MICRO = map(int, platform.python_version_tuple())


def facts(folder: Path, digest: str, version: str = VERSION) -> Project:
    python = replace(FACTS.windows_python, given=folder, digest=digest, version=version)
    return replace(FACTS, windows_python=python, python=version)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As python.org's, as far as it is looked at."""
    made = tmp_path / "python"
    made.mkdir()
    stated = b"\xbd\x04\xef\xfe" + bytes(4) + struct.pack("<HHHH", MINOR, MAJOR, 1013, MICRO * 1000 + 150)
    (made / f"python{MAJOR}{MINOR}.dll").write_bytes(b"MZ" + stated)
    (made / "LICENSE.txt").write_text("PSF")
    return made


def test_the_digest_is_that_of_sha256sums_lines(folder: Path) -> None:
    command = "find . -type f -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    said = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S602
    assert windows_python.digest(folder) == said.stdout.split()[0]


def test_a_folder_of_that_digest_and_version_is_taken(folder: Path) -> None:
    assert windows_python.folder(facts(folder, windows_python.digest(folder))) == folder


def test_any_other_is_refused_with_its_digest(folder: Path) -> None:
    known = windows_python.digest(folder)
    (folder / "more.dll").write_bytes(b"")
    with pytest.raises(BuildError, match=windows_python.digest(folder)):
        windows_python.folder(facts(folder, known))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no folder"):
        windows_python.folder(facts(tmp_path / "gone", "0"))


def test_a_folder_of_another_version_is_refused(folder: Path) -> None:
    later = f"{MAJOR}.{MINOR}.{MICRO + 1}"
    with pytest.raises(BuildError, match=f"holds Python .*, not {later}"):
        windows_python.folder(facts(folder, windows_python.digest(folder), later))
    with pytest.raises(BuildError, match="cannot read"):
        windows_python.folder(facts(folder, windows_python.digest(folder), "2.7.18"))
