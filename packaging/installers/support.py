"""PySide's own Python files, as files: its library carries them as text and compiles them anew at every start.

Belongs here: getting them. They unpack themselves where SBK_EMBED=0 is set, and are used where they lie, in
shiboken6/files.dir; compiled, they take a tenth off the start. The text is the same on every platform."""

from __future__ import annotations

from installers import wheels
from installers.project import Project, requirement_name
from installers.shipped.rules import LINUX
from installers.tools import BuildError, fresh, run

FOLDER = "shiboken6/files.dir"


def files(project: Project, version: str) -> dict[str, bytes]:
    """Name, as in a package's wheel → text, of the files that shiboken6 of a version carries; unpacked once."""
    folder = project.build / f"shiboken6-{version}"
    python = wheels.build_python(project)
    if not (folder / "shiboken6").is_dir():
        fetched = {requirement_name(wheel.name): wheel.file for wheel in wheels.fetch(project, LINUX)}
        wheels.pip(python, "install", "--no-deps", "--no-index", "--target", fresh(folder), fetched["shiboken6"])
    if not (folder / FOLDER).is_dir():
        run(python, "-c", "import shiboken6", env={"PYTHONPATH": str(folder), "SBK_EMBED": "0"})
    paths = sorted((folder / FOLDER).rglob("*.py"))
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    if not found:
        raise BuildError(f"shiboken6 {version} unpacked none of its Python files into {FOLDER}")
    return found
