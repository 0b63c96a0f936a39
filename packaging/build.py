#!/usr/bin/env python3
"""Make what is handed over: python3 packaging/build.py KIND...

Belongs here: the names of the kinds, and what each needs first. Not here: how any of them is made (installers/)."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from installers import archives, bytecode, components, front, icons, icu_data, locks, project, sbom, signing, wheels
from installers.components import Component
from installers.kinds import deb, portable, windows, winget
from installers.shipped.rules import LINUX, WINDOWS
from installers.tools import BuildError, fresh, need, run, say
from installers.trees import linux
from installers.trees import windows as windows_tree
from installers.trees.tree import Tree
from proofs.steps import need_another_user, need_root

TREES = {LINUX: linux.make, WINDOWS: windows_tree.make}
PACKED = {  # each with the folder that it is packed from
    "portable-linux": (portable.make, LINUX),
    "deb": (deb.make, LINUX),
    "portable-windows": (portable.make, WINDOWS),
    "windows": (windows.make, WINDOWS),
}
ARTEFACTS = ("wheel", *PACKED)
EVERYTHING = (*ARTEFACTS, "checksums")
KINDS = (*EVERYTHING, "icons", "folder-linux", "folder-windows", "winget", "key", "locks", "release")

# What a release draws by lot, beside `run.py test`, by the Python of .venv. Whole, it takes far longer
# (docs/packaging.md): these shares keep a release within three quarters of an hour on two cores. Every commit has
# another seed.
RANDOM = ("-m", "pytest", "-q", "-m", "hypothesis")
RANDOM_EXAMPLES = {"HYPOTHESIS_PROFILE": "search", "HYPOTHESIS_EXAMPLES": "200", "QT_QPA_PLATFORM": "offscreen"}
FAULTS = ("-m", "tests.faults", "--share", "0.05", "--seed")
# Without these a test by a screen reader is skipped.
LISTENING = ("Xvfb", "dbus-run-session", "orca", "xdotool")
# What the folders, the kinds and the proofs ask for, each when its turn comes: a release asks before its tests.
BUILDING = (
    *("gcc", "strip", "objdump", "patchelf", "ldd", icu_data.ICUPKG, "dpkg-deb", "tar", "xz"),
    *(f"{windows_tree.PREFIX}{name}" for name in ("gcc", "objdump", "dlltool", "windres")),
    *("makensis", "convert", "icotool"),
)
PROVING = (
    *("lintian", "mmdebstrap", "desktop-file-validate", "appstreamcli", "man", "strace", "pdftotext"),
    *("cupsd", "lpadmin", "lp", "wine", "wineserver", "openbox", "import"),
)
BINDINGS = ("/usr/bin/python3", "-c", "import gi; gi.require_version('Atspi', '2.0')")


class Build:
    """One run: folders are built once, however many artefacts are packed from them."""

    def __init__(self, facts: project.Project) -> None:
        self.project = facts
        self.trees: dict[str, Tree] = {}

    def tree(self, platform: str) -> Tree:
        """The folder for a platform."""
        if platform not in self.trees:
            self.trees[platform] = TREES[platform](self.project)
        return self.trees[platform]

    def make(self, kind: str) -> list[Path]:
        """Make one kind; the files made."""
        if kind in PACKED:
            pack, platform = PACKED[kind]
            tree = self.tree(platform)
            return self._with_sbom(pack(tree), tree.components)
        deeds: dict[str, Callable[[], list[Path]]] = {
            "wheel": self._wheels,
            "folder-linux": lambda: [self.tree(LINUX).folder],
            "folder-windows": lambda: [self.tree(WINDOWS).folder],
            "checksums": self._checksums,
            "icons": lambda: icons.draw(self.project),
            "winget": lambda: winget.make(self.project),
            "key": lambda: [signing.make_key(self.project)],
            "locks": self._locks,
        }
        return deeds[kind]()

    def _with_sbom(self, artefact: Path, parts: list[Component]) -> list[Path]:
        """An artefact with its SBOM beside it."""
        beside = artefact.with_name(f"{artefact.name}.cdx.json")
        sbom.write(sbom.document(self.project, artefact.name, parts, artefact), beside)
        return [artefact, beside]

    def _wheels(self) -> list[Path]:
        """Wheel and sdist hold the handbook and its typefaces; what they require is pip's to fetch."""
        own, dist = wheels.own(self.project), self.project.dist
        dist.mkdir(exist_ok=True)
        made = (Path(shutil.copy(own.file, dist)), wheels.build(self.project, "sdist", dist))
        parts = list(components.of_project(self.project, own))
        return [file for artefact in made for file in self._with_sbom(artefact, parts)]

    def _locks(self) -> list[Path]:
        uv = wheels.environment(self.project, "proofs") / "uv"
        return locks.write(self.project.root, uv, project.tables_of(self.project.root))

    def _checksums(self) -> list[Path]:
        names = [self.project.artefact(kind) for kind in (*ARTEFACTS, "sdist")]
        files = [file for name in names for file in (name, name.with_name(f"{name.name}.cdx.json")) if file.exists()]
        files += [file for file in (self.project.notes,) if file.exists()]
        if not files:
            raise BuildError("dist/ holds nothing of this version yet: python3 packaging/build.py all")
        sums = archives.write_sums(self.project.dist, files)
        return [sums, *signing.sign(self.project, sums)]


def release(build: Build) -> None:
    """Tests, all artefacts, their proofs, checksums, and the changelog's top section as release notes.

    `run.py test` looks at every window in every language, and listens to it as a screen reader does; more of what is
    drawn by lot (random texts, faults) follows it."""
    facts = build.project
    newest = project.newest_release(facts.root)
    if newest.version != facts.version:
        raise BuildError(f"CHANGELOG.md begins with {newest.version}, pyproject.toml says {facts.version}")
    if not newest.status[:1].isdigit():
        raise BuildError(
            f"CHANGELOG.md calls {newest.version} '{newest.status}': put the day of the release there, and commit"
        )
    if facts.quick:
        raise BuildError("a release is made without --quick")
    commit = _commit(facts)
    # All that follows is asked for now, sooner than after all tests.
    linux.check_python(facts)
    linux.static_library()
    need_root()
    need_another_user()
    need(*LISTENING, *BUILDING, *PROVING, *facts.sign_windows[:1])
    run(*BINDINGS)
    if facts.key_file is not None or signing.public_key(facts):  # a copy with a key takes nothing that is not signed
        signing.ready(facts)
    python = facts.root / ".venv/bin/python"
    _call(sys.executable, "run.py", "test")
    _call(python, *RANDOM, environment=RANDOM_EXAMPLES)
    _call(python, *FAULTS, str(facts.epoch))
    fresh(facts.dist)
    _several(build, ARTEFACTS)
    if _commit(facts) != commit:
        raise BuildError(f"another commit than {commit} was checked out meanwhile: no release")
    facts.notes.write_text(
        f"# {facts.title} {facts.version}\n\n{newest.notes}\n\nMade from commit {commit}.\n", encoding="utf-8"
    )
    _timed(build, "checksums")  # which names the notes, too: the program shows them as what is new
    try:
        _call(sys.executable, "packaging/test.py", "all")
    except BaseException:  # what was not proved is not to look like a release
        signing.signature(facts.dist / archives.SUMS).unlink(missing_ok=True)
        raise


def _commit(facts: project.Project) -> str:
    """The commit that lies here; BuildError where files differ from it."""
    if run("git", "status", "--porcelain", cwd=facts.root).strip():
        raise BuildError("there are changes that are not committed: a release is made from a commit")
    return run("git", "rev-parse", "HEAD", cwd=facts.root).strip()


def _call(python: str | Path, *arguments: str, environment: Mapping[str, str] = MappingProxyType({})) -> None:
    """Run a script or module of this project with its output shown."""
    say(f"  --  {' '.join(arguments)}")
    if subprocess.call([str(python), *arguments], cwd=project.ROOT, env={**os.environ, **environment}) != 0:
        raise BuildError(f"{' '.join(arguments)} failed: no release")


def _timed(build: Build, kind: str) -> list[Path]:
    begin = time.monotonic()
    say(f"  --  {kind}")
    files = build.make(kind)
    for file in files:
        size = f"{file.stat().st_size / 1e6:8.1f} MB" if file.is_file() else " " * 11
        say(f"{time.monotonic() - begin:5.0f} s {size}  {file.relative_to(project.ROOT)}")
    return files


def _several(build: Build, kinds: Sequence[str]) -> list[Path]:
    """Make some kinds. Those that are packed are packed two at a time: each takes minutes, of one core."""
    # Icons first: the folders and the wheel hold them.
    before = [file for kind in ("icons", "wheel") if kind in kinds for file in _timed(build, kind)]
    packed = [kind for kind in kinds if kind in PACKED]
    for platform in sorted({PACKED[kind][1] for kind in packed}):
        tree = build.tree(platform)
        say(f"  --  {tree.folder.relative_to(project.ROOT)}: {tree.size() / 1e6:.0f} MB")
    with ThreadPoolExecutor(2) as pool:
        made = [file for files in pool.map(lambda kind: _timed(build, kind), packed) for file in files]
    rest = [kind for kind in kinds if kind not in (*PACKED, "wheel", "icons")]
    return [*before, *made, *(file for kind in rest for file in _timed(build, kind))]


def begin(kinds: Sequence[str], given: argparse.Namespace) -> None:
    """Do what is asked for."""
    if "release" in kinds and len(kinds) > 1:
        raise BuildError("a release makes every kind, and empties dist/ before: ask for it alone")
    facts = project.read()
    python = replace(facts.windows_python, given=given.windows_python)
    signed = {"key_file": given.sign, "sign_windows": tuple(given.sign_windows)}
    build = Build(replace(facts, quick=given.quick, windows_python=python, **signed))
    if "release" in kinds:
        release(build)
    else:
        _several(build, kinds)


def parser() -> argparse.ArgumentParser:
    """What can be said: the kinds, and more."""
    made = front.parser("packaging/build.py", "Make what is handed over, in dist/.", KINDS)
    made.add_argument("--quick", action="store_true", help="pack less well, to try a proof: larger files, sooner")
    folder = "python.org's embeddable folder, unpacked, in place of the one that a package brings"
    made.add_argument("--windows-python", type=Path, metavar="FOLDER", help=folder)
    made.add_argument("--sign", type=Path, metavar="FILE", help="minisign's secret key: sign the list of checksums")
    signer = "signs a program for Windows in its place; its last argument is the file (docs/packaging.md, Signing)"
    made.add_argument("--sign-windows", type=shlex.split, default=[], metavar="COMMAND", help=signer)
    return made


if __name__ == "__main__":
    bytecode.begin_anew_without_columns()
    # The handbook's own command describes itself in the manual page.
    sys.path.append(str(project.ROOT))
    sys.exit(front.run(parser(), EVERYTHING, begin))
