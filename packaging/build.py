#!/usr/bin/env python3
"""Make what is handed over: python3 packaging/build.py KIND...

Belongs here: the names of the kinds, and what each needs first. Not here: how any of them is made (installers/)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from installers import archives, components, front, icons, project, sbom, wheels
from installers.components import Component
from installers.kinds import deb, portable, windows
from installers.tools import BuildError, run, say
from installers.trees import linux, tree
from installers.trees import windows as windows_tree

ARTEFACTS = ("wheel", "portable-linux", "deb", "portable-windows", "windows")
EVERYTHING = (*ARTEFACTS, "checksums")
KINDS = (*EVERYTHING, "icons", "folder-linux", "folder-windows", "release")


class Build:
    """One run: folders are built once, however many artefacts are packed from them."""

    def __init__(self, facts: project.Project) -> None:
        self.project = facts

    @cached_property
    def linux(self) -> tree.Tree:
        """The folder for Linux."""
        return linux.make(self.project)

    @cached_property
    def windows(self) -> tree.Tree:
        """The folder for Windows."""
        return windows_tree.make(self.project)

    def make(self, kind: str) -> list[Path]:
        """Make one kind; the files made."""
        deeds: dict[str, Callable[[], list[Path]]] = {
            "windows": lambda: self._packed(windows.make(self.windows), self.windows.components),
            "portable-windows": lambda: self._packed(portable.make(self.windows), self.windows.components),
            "deb": lambda: self._packed(deb.make(self.linux), self.linux.components),
            "portable-linux": lambda: self._packed(portable.make(self.linux), self.linux.components),
            "wheel": self._wheels,
            "folder-linux": lambda: [self.linux.folder],
            "folder-windows": lambda: [self.windows.folder],
            "checksums": self._checksums,
            "icons": lambda: icons.draw(self.project),
        }
        return deeds[kind]()

    def _packed(self, artefact: Path, parts: list[Component]) -> list[Path]:
        """An artefact with its SBOM beside it."""
        beside = artefact.with_name(f"{artefact.name}.cdx.json")
        sbom.write(sbom.document(self.project, artefact.name, parts, artefact), beside)
        return [artefact, beside]

    def _wheels(self) -> list[Path]:
        """Wheel and sdist hold the handbook and its typefaces; what they require is pip's to fetch."""
        made = wheels.build(self.project)
        own = wheels.own(self.project)
        parts = [components.of_project(self.project, own), *components.of_fonts(own), *components.of_word_lists(own)]
        return [file for artefact in made for file in self._packed(artefact, parts)]

    def _checksums(self) -> list[Path]:
        names = [self.project.artefact(kind) for kind in (*ARTEFACTS, "sdist")]
        files = [file for name in names for file in (name, name.with_name(f"{name.name}.cdx.json")) if file.exists()]
        if not files:
            raise BuildError("dist/ holds nothing of this version yet: python3 packaging/build.py all")
        return [archives.write_sums(self.project.dist, files)]


def release(build: Build) -> list[Path]:
    """Tests, all artefacts, their tests, checksums, and the changelog's top section as release notes."""
    facts = build.project
    newest = project.newest_release(facts.root)
    if newest.version != facts.version:
        raise BuildError(f"CHANGELOG.md begins with {newest.version}, pyproject.toml says {facts.version}")
    if not newest.status[:1].isdigit():
        raise BuildError(
            f"CHANGELOG.md calls {newest.version} '{newest.status}': put the day of the release there, and commit"
        )
    if run("git", "status", "--porcelain", cwd=facts.root).strip():
        raise BuildError("there are changes that are not committed: a release is made from a commit")
    _call("run.py", "test")
    made = [file for kind in EVERYTHING for file in _timed(build, kind)]
    _call("packaging/test.py", "all")
    notes = facts.dist / f"{facts.stem}-release-notes.md"
    commit = run("git", "rev-parse", "HEAD", cwd=facts.root).strip()
    notes.write_text(
        f"# {facts.title} {facts.version}\n\n{newest.notes}\n\nMade from commit {commit}.\n", encoding="utf-8"
    )
    return [*made, notes]


def _call(script: str, *arguments: str) -> None:
    """Run a script of this project with its output shown."""
    code = subprocess.call([sys.executable, str(project.ROOT / script), *arguments], cwd=project.ROOT)
    if code != 0:
        raise BuildError(f"python3 {script} {' '.join(arguments)} failed: no release")


def _timed(build: Build, kind: str) -> list[Path]:
    begin = time.monotonic()
    files = build.make(kind)
    for file in files:
        size = f"{file.stat().st_size / 1e6:8.1f} MB" if file.is_file() else " " * 11
        say(f"{time.monotonic() - begin:5.0f} s {size}  {file.relative_to(project.ROOT)}")
    return files


def begin(facts: project.Project) -> Callable[[str], object]:
    """What is done with each kind asked for."""
    build = Build(facts)
    return lambda kind: release(build) if kind == "release" else _timed(build, kind)


if __name__ == "__main__":
    # The handbook's own command describes itself in the manual page.
    sys.path.append(str(project.ROOT))
    sys.exit(front.run("build.py", "Make what is handed over, in dist/.", KINDS, EVERYTHING, begin))
