"""What pyproject.toml, git and the changelog say about the program: its name, version, date, requirements.

Belongs here: facts that are stated elsewhere, read once. Not here: facts of its own; a name or a number that two
artefacts share is stated in pyproject.toml."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers.tools import BuildError

ROOT = Path(__file__).resolve().parents[2]
DAY_ZERO = 1_577_836_800  # 1 January 2020: the date of files when neither git nor the environment gives one


@dataclass(frozen=True)
class FileType:
    """A kind of file that the program opens; `extension` without its dot.

    like: the more general kind, as which programs may take it that do not know it."""

    extension: str
    mime: str
    name: str
    like: str


@dataclass(frozen=True)
class WindowsPython:
    """python.org's embeddable folder: its version, the digest of all its files, and a package that brings it.

    archive, folder: where in the package's source it is. given: a folder on this computer, in place of the package."""

    version: str
    digest: str
    package: str
    archive: str
    folder: str
    given: Path | None = None


@dataclass(frozen=True)
class Project:
    """The facts that all artefacts share.

    requirements: as pip takes them, of the program.
    identifier: of the program among all programs, for AppStream.
    python: the CPython that is shipped for Linux, as "3.13.15". quick: pack less well, for proofs. key_file: the
    secret key that signs what is published. sign_windows: the command that signs programs for Windows. epoch: seconds,
    the date that every file gets."""

    root: Path
    name: str
    version: str
    summary: str
    authors: str
    licence: str
    requirements: tuple[str, ...]
    command: str
    title: str
    description: str
    contact: str
    identifier: str
    download: str
    icon: Path
    python: str
    windows_python: WindowsPython
    file_types: tuple[FileType, ...]
    epoch: int
    quick: bool = False
    key_file: Path | None = None
    sign_windows: tuple[str, ...] = ()

    @property
    def build(self) -> Path:
        """The folder for what is made on the way."""
        return self.root / "build"

    @property
    def dist(self) -> Path:
        """The folder for what is handed over."""
        return self.root / "dist"

    @property
    def python_tag(self) -> str:
        """The version's first two numbers without a dot, as in the names of libraries: "313"."""
        return "".join(self.python.split(".")[:2])

    @property
    def identity(self) -> str:
        """One word for Windows' registry and folders: the title without spaces."""
        return self.title.replace(" ", "")

    @property
    def day(self) -> str:
        """The date of the files, as 2026-11-24."""
        return datetime.fromtimestamp(self.epoch, UTC).strftime("%Y-%m-%d")

    @property
    def four_numbers(self) -> str:
        """The version as Windows wants it, as 1.2.0.0."""
        return ".".join([*self.version.split("."), "0", "0", "0", "0"][:4])

    @property
    def stem(self) -> str:
        """How the file names of artefacts begin."""
        return f"{self.name}-{self.version}"

    @property
    def notes(self) -> Path:
        """Where the release notes go; handbook/updates/offer.py reads them from there."""
        return self.dist / f"{self.stem}-release-notes.md"

    def artefact(self, kind: str) -> Path:
        """Where an artefact of a kind goes; KeyError for a kind that has no single file."""
        module = self.name.replace("-", "_")
        names = {
            "windows": f"{self.stem}-windows-setup.exe",
            "portable-windows": f"{self.stem}-windows-portable.zip",
            "deb": f"{self.name}_{self.version}_amd64.deb",
            "portable-linux": f"{self.stem}-linux-portable.tar.xz",
            "wheel": f"{module}-{self.version}-py3-none-any.whl",
            "sdist": f"{module}-{self.version}.tar.gz",
        }
        return self.dist / names[kind]

    def environment(self) -> dict[str, str]:
        """Variables that make the tools write the same bytes on any day and in any order."""
        return {"SOURCE_DATE_EPOCH": str(self.epoch), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def tables_of(root: Path) -> dict[str, Any]:
    """All of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def read(root: Path = ROOT) -> Project:
    """Read the project; BuildError when pyproject.toml lacks what packaging needs."""
    tables = tables_of(root)
    try:
        project, own = tables["project"], tables["tool"]["installers"]
        return Project(
            root=root,
            name=project["name"],
            version=project["version"],
            summary=project["description"],
            authors=", ".join(author["name"] for author in project["authors"]),
            licence=project["license"],
            requirements=tuple(project["dependencies"]),
            command=next(iter(project["scripts"])),
            title=own["title"],
            description=own["description"].strip(),
            contact=own["contact"],
            identifier=own["identifier"],
            download=own["download"],
            icon=root / own["icon"],
            python=own["python"],
            windows_python=WindowsPython(**own["windows-python"]),
            file_types=tuple(FileType(**kind) for kind in own["file-types"]),
            epoch=source_date(root),
        )
    except KeyError as exc:
        raise BuildError(f"pyproject.toml does not say {exc}, which packaging needs") from exc


def source_date(root: Path) -> int:
    """SOURCE_DATE_EPOCH where it is set, else the date of the last commit, else a fixed day."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not given.isdecimal():
            raise BuildError(f"SOURCE_DATE_EPOCH is '{given}': it has to be a number of seconds")
        return int(given)
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return DAY_ZERO  # an unpacked sdist, or no git
    return int(said) if said.isdecimal() else DAY_ZERO


@dataclass(frozen=True)
class Release:
    """The changelog's top section: its version, what stands in brackets after it, and its text."""

    version: str
    status: str
    notes: str


def newest_release(root: Path = ROOT) -> Release:
    """Read the top section of CHANGELOG.md; BuildError when it has none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## (\S+)(?: \((.+)\))?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise BuildError("CHANGELOG.md has no section such as '## 1.2.3 (24 November 2026)'")
    return Release(found[1], found[2] or "", found[3].strip())


def requirement_name(requirement: str) -> str:
    """The name in a requirement as indexes compare names: "PySide6-Essentials==6.11.2" is pyside6-essentials."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;@(]", requirement.strip(), maxsplit=1)[0]).lower()
