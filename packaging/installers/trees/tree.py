"""The folder that artefacts are packed from: what is the same in it on every platform.

Belongs here: the layout, the packages in lib/, licences. Not here: CPython's library and the launcher, which each
platform has in its own way (linux.py, windows.py)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from installers import archives, components, sbom, wheels
from installers.bytecode import compile_source
from installers.components import Component
from installers.project import Project, requirement_name
from installers.shipped.packages import COMMON, package_of
from installers.shipped.python import LIBRARY
from installers.shipped.rules import choose
from installers.tools import BuildError, write

PARTS = "parts.cdx.json"  # in licences/: the SBOM, which About reads
PORTABLE = "portable.txt"  # handbook/base/paths.py: PORTABLE_MARKER


@dataclass
class Tree:
    """A built folder, and what is in it.

    program: the file to start, relative to the folder. system: the libraries that it needs and leaves to the system."""

    project: Project
    platform: str
    folder: Path
    program: str
    components: list[Component] = field(default_factory=list)
    system: set[str] = field(default_factory=set)

    @property
    def lib(self) -> Path:
        """Where modules are."""
        return self.folder / "lib"

    def files(self) -> list[str]:
        """All files, relative to the folder, sorted."""
        found = (path for path in self.folder.rglob("*") if not path.is_dir())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def folders(self) -> list[str]:
        """All folders, relative to the folder, each after those in it."""
        found = (path for path in self.folder.rglob("*") if path.is_dir())
        return sorted((path.relative_to(self.folder).as_posix() for path in found), reverse=True)

    def libraries(self) -> list[Path]:
        """All compiled files."""
        return [self.folder / name for name in self.files() if is_library(name)]

    def size(self) -> int:
        """Bytes of all files."""
        return sum((self.folder / name).stat().st_size for name in self.files())

    def put(self, name: str, data: bytes) -> None:
        """Write a file of a package into lib/; Python is compiled."""
        if name.endswith(".py"):
            name, data = name + "c", compile_source(data, name)
        write(self.lib / name, data)


def add_packages(tree: Tree, fetched: Sequence[wheels.Wheel]) -> None:
    """Put the handbook and the packages it requires into lib/, each with the record of its name and version."""
    project = tree.project
    check_complete(project.requirements, ((wheel.name, wheel.version) for wheel in fetched))
    own = wheels.own(project)
    for name in own.files:
        tree.put(name, own.read(name))
    tree.put(f"{own.info}/METADATA", own.read(f"{own.info}/METADATA"))
    tree.components += components.of_project(project, own)
    for wheel in fetched:
        kept = choose(wheel.name, wheel.files, (*package_of(wheel.name).rules, *COMMON), tree.platform)
        if not kept:
            continue  # it is asked for by what makes another package, not by what that does here
        for name in kept:
            tree.put(name, wheel.read(name))
        tree.put(f"{wheel.info}/METADATA", wheel.read(f"{wheel.info}/METADATA"))
        tree.components.append(components.of_wheel(project, wheel))
        if requirement_name(wheel.name) == "shiboken6":
            for name, text in wheels.pysides_own(project, wheel.version).items():
                tree.put(name, text)
        if requirement_name(wheel.name) == "pyside6-essentials":
            tree.components.append(components.of_qt(project, wheel.version, tree.platform))


def check_complete(requirements: Iterable[str], fetched: Iterable[tuple[str, str]]) -> None:
    """BuildError when something is required that was not fetched, in that version.

    requirements: each with one version. fetched: names and versions."""
    have = {(requirement_name(name), version) for name, version in fetched}
    missing = [one for one in requirements if (requirement_name(one), one.partition("==")[2]) not in have]
    if missing:
        raise BuildError(
            f"required by pyproject.toml, but not in packaging/locks: {', '.join(missing)}: "
            "python3 packaging/build.py locks"
        )


def add_library(tree: Tree, to: Path, names: Iterable[str], compiled: Callable[[str], bytes]) -> None:
    """Put CPython's standard library into the folder as one zip.

    names: of its files, with modules as they are called in source. compiled: the .pyc of a module."""
    kept = choose("Python's standard library", names, LIBRARY, tree.platform)
    modules = [(f"{name}c", compiled(name)) for name in kept]
    stand_ins = (tree.project.root / "packaging" / "python").glob("*.py")  # for modules that are left out
    modules += [(f"{file.name}c", compile_source(file.read_bytes(), file.name)) for file in stand_ins]
    archives.write_zip(to, modules, tree.project.epoch)


def add_licences(tree: Tree) -> None:
    """Write each part's licence texts into licences/<part>/, and the list of all parts beside them."""
    folder = tree.folder / "licences"
    for component in (part for one in tree.components for part in (one, *one.parts)):
        for name, text in component.texts.items():
            write(folder / component.name / name, text)
    sbom.write(sbom.document(tree.project, f"for {tree.platform}", tree.components), folder / PARTS)


def check_libraries(tree: Tree, needed: Callable[[Path], list[str]], system: Container[str]) -> None:
    """Note the libraries of the system that the tree's compiled files name.

    needed: the libraries that a file names. system: those that may be left to the system. Raises BuildError for any
    that is neither shipped nor the system's, and for a library of Qt that is shipped and that nothing needs."""
    idle = {path.name.lower() for path in tree.libraries()}
    shipped = frozenset(idle)
    for path in tree.libraries():
        for name in needed(path):
            if name.lower() in shipped:
                idle.discard(name.lower())
            elif name in system:
                tree.system.add(name)
            else:
                raise BuildError(
                    f"{path.relative_to(tree.folder)} needs {name}, which is neither shipped nor the system's"
                )
    if unneeded := sorted(name for name in idle if name.startswith(("libqt6", "qt6"))):
        raise BuildError(f"shipped, but nothing needs it: {', '.join(unneeded)}")


def is_library(name: str) -> bool:
    """Whether a file's name is that of a compiled file."""
    last = name.rsplit("/", 1)[-1].lower()
    return last.endswith((".so", ".dll", ".pyd", ".exe", ".com")) or ".so." in last or last == "handbook"
