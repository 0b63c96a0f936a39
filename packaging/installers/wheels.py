"""Wheels: those fetched for a platform, and the one made of this project.

Belongs here: getting a wheel, reading it, and unpacking what PySide's carries inside its library. Not here: what is
taken from them (shipped/)."""

from __future__ import annotations

import email
import sys
import zipfile
from collections.abc import Callable
from email.message import Message
from functools import cache
from pathlib import Path

from installers import locks
from installers.project import Project, requirement_name
from installers.shipped.rules import LINUX, WINDOWS
from installers.shipped.system import GLIBC
from installers.tools import BuildError, fresh, run

# What a wheel may be made for; on Linux any glibc up to the one that is promised.
PLATFORM_TAGS = {
    WINDOWS: ("win_amd64",),
    LINUX: (
        *(f"manylinux_{GLIBC[0]}_{minor}_x86_64" for minor in range(GLIBC[1], 16, -1)),
        "manylinux2014_x86_64",
    ),
}
PYSIDES_OWN = "shiboken6/files.dir"  # where PySide looks for its own Python files before those in its library


class Wheel:
    """One wheel, read as it is needed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
        self.info = next(name.split("/")[0] for name in names if name.split("/")[0].endswith(".dist-info"))
        head = f"{self.info}/"
        self.files = [name for name in names if not name.startswith(head)]
        # name in licences/ → name in the wheel; before PEP 639 they lay beside METADATA.
        licences = [name for name in names if name.startswith((f"{head}licenses/", f"{head}LICEN", f"{head}COPYING"))]
        self.licences = {name.removeprefix(head).removeprefix("licenses/"): name for name in licences}
        self.sboms = [name for name in names if name.startswith(f"{head}sboms/")]
        self.metadata: Message = email.message_from_bytes(self.read(self.info + "/METADATA"))
        self.name, self.version = str(self.metadata["Name"]), str(self.metadata["Version"])

    def read(self, name: str) -> bytes:
        """One file of it; KeyError when it has none of that name."""
        with zipfile.ZipFile(self.file) as archive:
            return archive.read(name)


def environment(project: Project, lock: str) -> Path:
    """The programs of an environment with all that a lock names; made when it is first asked for."""

    def make(folder: Path) -> None:
        run(sys.executable, "-m", "venv", folder)
        pip(folder / "bin" / "python", "install", *locks.pip_options(project.root, lock))

    return _kept(project.build / "environment" / lock, f"{sys.version}\n{_lock(project, lock)}", make) / "bin"


def build_python(project: Project) -> Path:
    """The Python of the environment with what building a wheel requires."""
    return environment(project, "build") / "python"


def fetch(project: Project, platform: str) -> list[Wheel]:
    """The wheels of all that the program requires, and of what those require, for a platform; fetched once.

    Raises BuildError for a wheel of which one byte is another than when the locks were written."""

    def make(folder: Path) -> None:
        tags = [word for tag in PLATFORM_TAGS[platform] for word in ("--platform", tag)]
        choose = ("--only-binary", ":all:", "--implementation", "cp", "--python-version", project.python)
        options = (*tags, *choose, *locks.pip_options(project.root, "program"))
        pip(build_python(project), "download", "--dest", folder, *options)

    wanted = "\n".join((*PLATFORM_TAGS[platform], project.python, _lock(project, "program")))
    folder = _kept(project.build / "wheels" / platform, wanted, make)
    return [Wheel(file) for file in sorted(folder.glob("*.whl"))]


def fetch_source(project: Project, name: str) -> Path:
    """The source archive of the one package that a lock names; fetched once.

    Its setup.py is run, as pip asks it for the name; it installs nothing then. The lock holds its digest."""

    def make(folder: Path) -> None:
        source = ("--no-deps", "--no-binary", ":all:", "--no-build-isolation")
        options = (*source, *locks.pip_options(project.root, name))
        pip(build_python(project), "download", "--dest", folder, *options)

    return next(_kept(project.build / "wheels" / name, _lock(project, name), make).glob("*.tar.gz"))


def pysides_own(project: Project, version: str) -> dict[str, bytes]:
    """PySide's own Python files: name, as in a package's wheel → text; unpacked once.

    The library of shiboken6 carries them as text and compiles them anew at every start. It unpacks them where
    SBK_EMBED=0 is set, and uses what lies in PYSIDES_OWN: compiled, that takes a tenth off the start. The text is the
    same on every platform."""
    folder = project.build / f"shiboken6-{version}"
    python = build_python(project)
    if not (folder / "shiboken6").is_dir():
        fetched = {requirement_name(wheel.name): wheel.file for wheel in fetch(project, LINUX)}
        pip(python, "install", "--no-deps", "--no-index", "--target", fresh(folder), fetched["shiboken6"])
    if not (folder / PYSIDES_OWN).is_dir():
        run(python, "-c", "import shiboken6", env={"PYTHONPATH": str(folder), "SBK_EMBED": "0"})
    paths = sorted((folder / PYSIDES_OWN).rglob("*.py"))
    if not paths:
        raise BuildError(f"shiboken6 {version} unpacked none of its Python files into {PYSIDES_OWN}")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _lock(project: Project, name: str) -> str:
    return locks.file(project.root, name).read_text(encoding="utf-8")


def _kept(folder: Path, wanted: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made anew when what is wanted of it has changed."""
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        make(fresh(folder))
        stamp.write_text(wanted, encoding="utf-8")
    return folder


def pip(python: Path, *words: str | Path) -> None:
    """Have an environment's pip do something, silently."""
    run(python, "-m", "pip", "--disable-pip-version-check", "--quiet", *words)


def build(project: Project, kind: str, folder: Path) -> Path:
    """Make the wheel or the sdist of this project in a folder."""
    made = folder / project.artefact(kind).name
    made.unlink(missing_ok=True)
    command = (build_python(project), "-P", "-m", "hatchling", "build", "-d", folder, "-t", kind)
    run(*command, cwd=project.root, env=project.environment())
    if not made.exists():
        raise BuildError(f"hatchling made no {made.name}")
    return made


@cache
def own(project: Project) -> Wheel:
    """The wheel of this project, made once in a run, and beside dist/: one that lies there may be of other files."""
    return Wheel(build(project, "wheel", fresh(project.build / "own")))
