"""The Debian package: judged by lintian, then installed, used and removed in clean roots of Debian.

Belongs here: what is done in a root, and what must then be so. It makes a root and enters it, so it wants root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, fresh, need, run, say

from proofs.copy import PACK
from proofs.screen import Screen
from proofs.steps import check
from proofs.traces import Traced

SUITES = ("bookworm", "trixie")  # Debian 12 and 13
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
PERSON = {"HOME": "/root", "PATH": PATH, "LANG": "C.UTF-8"}

# What apt and dpkg keep of anything that was ever installed, and caches of the system.
OF_THE_SYSTEM = (
    "/var/log/",
    "/var/lib/",
    "/var/cache/",
    "/etc/ld.so.cache",
    "/tmp/",
    "/root/.cache/",
    "/usr/share/mime/",
    "/usr/share/applications/mimeinfo.cache",
    "/etc/fonts/conf.d/",
)


def prove(project: Project) -> None:
    """Judge the package, and use it in each suite."""
    need("lintian", "mmdebstrap", "strace", "desktop-file-validate", "appstreamcli", "man")
    if os.geteuid() != 0:
        raise BuildError("this proof makes a root of its own: run it as root, in a container for instance")
    _judge(project)
    for suite in SUITES:
        say(f"  --  {suite}: a clean root")
        work = fresh(project.build / "proof" / "deb" / suite)
        root = work / "root"
        run("mmdebstrap", "--variant=minbase", suite, root)
        run("mount", "-t", "proc", "proc", root / "proc")
        try:
            InRoot(project, suite, root).prove()
        finally:
            subprocess.run(["umount", "-l", str(root / "proc")], check=False, capture_output=True)
            shutil.rmtree(root, ignore_errors=True)


def _judge(project: Project) -> None:
    package = project.artefact("deb")
    said = run("lintian", "--allow-root", "--fail-on", "error,warning", "--info", package, accept=(0, 1, 2))
    check(not said.strip(), f"lintian has nothing to say {said.strip()}")
    folder = fresh(project.build / "proof" / "deb" / "unpacked")
    run("dpkg-deb", "--extract", package, folder)
    share = folder / "usr/share"
    entry, catalogue = share / f"applications/{project.name}.desktop", share / f"metainfo/{project.name}.metainfo.xml"
    run("desktop-file-validate", entry)
    check(entry.exists(), "the menu entry is valid")
    run("appstreamcli", "validate", "--no-net", catalogue)
    check(f'version="{project.version}"' in catalogue.read_text(encoding="utf-8"), "the AppStream data are valid")
    command = ("man", "--warnings", "-l", share / f"man/man1/{project.command}.1.gz")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    check(done.returncode == 0 and not done.stderr, f"the manual page has no fault {done.stderr.strip()}")
    network = [path.name for path in folder.rglob("*") if "network" in path.name.lower() and ".so" in path.name]
    check(not network, f"no network library of Qt is in it {network or ''}")
    shutil.rmtree(folder)


class InRoot(Traced):
    """A clean Debian, and the package in it. Its commands are looked at by strace, with the root's paths."""

    def __init__(self, project: Project, suite: str, root: Path) -> None:
        self.root = root
        command = ("chroot", root, f"/usr/bin/{project.command}")
        home, out, log = root / "usr/lib" / project.name, root / "root/out", root.with_name("strace.log")
        super().__init__(project, suite, home, out, command, PERSON, log)

    def inside(self, path: Path) -> str:
        """A path as it is in the root."""
        return f"/{path.relative_to(self.root)}"

    def prove(self) -> None:
        """Install, use, remove, purge."""
        name = self.project.name
        package = f"/tmp/{self.project.artefact('deb').name}"
        shutil.copy(self.project.artefact("deb"), self.root / "tmp")
        self._run("apt-get", "update")
        # mime and menu databases, as every desktop has them; they come first, to see what the package adds to them.
        # gio (libglib2.0-bin) and xdg-mime are how desktops open a file by its type.
        self._apt("install", "shared-mime-info", "desktop-file-utils", "xdg-utils", "libglib2.0-bin")
        before = self._files()
        self._apt("install", package)
        shown = self._run("dpkg-query", "-W", "-f", "${Status} ${Version}", name)
        self.check(shown == f"install ok installed {self.project.version}", "apt installs it with what it needs")
        types = (self.root / "usr/share/mime/globs2").read_text(encoding="utf-8")
        self.check_none(
            [kind.mime for kind in self.project.file_types if kind.mime not in types], "no unknown file type"
        )
        self.use_commands()
        with Screen(self.root.with_name("pictures")) as screen:
            with self.window(screen):
                self.use_window(screen)
            kept = [path for path in self._files() if path.startswith("/root/.") and name in path]
            self.check(kept, f"settings are where the system wants them: {kept}")
            self._double_click(screen)
        shutil.rmtree(self.root / "root")
        (self.root / "root").mkdir()
        self._apt("remove", name)
        named = [path for path in self._files() - before if name in path or self.project.command in Path(path).name]
        left = [path for path in named if not path.startswith(("/var/lib/dpkg/", "/var/log/", "/tmp/"))]
        self.check_none(left, "removed, nothing of it is left")
        self._apt("install", package)
        self._apt("purge", name)
        self.check_none(self._unowned(before), "purged, no file is left that no package owns")

    def _double_click(self, screen: Screen) -> None:
        """Open a workshop and a pack by their types, as file managers do."""
        self._open(self.copied_workshop(), screen)
        self.use_workshop(screen)
        screen.close(self.title)
        self._open(self.out / PACK, screen)
        self.see_pack(screen)
        added = [path for path in self._files() if path.endswith("/library/shelter/handbook.json")]
        self.check(added, f"and the pack is in the library: {added}")

    def _open(self, file: Path, screen: Screen) -> None:
        mime = next(kind.mime for kind in self.project.file_types if kind.extension == file.suffix[1:])
        # On a desktop xdg-mime asks that desktop's own tools, and else guesses by what is in the file.
        ask = ("env", "XDG_CURRENT_DESKTOP=GNOME", "xdg-mime", "query")
        told = self._run(*ask, "filetype", self.inside(file)).strip()
        entry = self._run(*ask, "default", mime).strip()
        what = f"'{file.name}' is {told}, and {entry} opens it"
        self.check((told, entry) == (mime, f"{self.project.name}.desktop"), what)
        # No pipe: the handbook would hold it open.
        quiet, command = subprocess.DEVNULL, ["chroot", str(self.root), "gio", "open", self.inside(file)]
        status = subprocess.call(command, env={**PERSON, "DISPLAY": screen.display}, stdout=quiet, stderr=quiet)
        self.check(status == 0, "gio opens it")

    def _run(self, *command: str) -> str:
        variables = {**PERSON, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        return run("chroot", self.root, *command, env=variables)

    def _apt(self, *command: str) -> None:
        self._run("apt-get", "--yes", "--no-install-recommends", *command)

    def _files(self) -> set[str]:
        found = run("find", self.root, "-xdev", "-not", "-type", "d")
        return {line.removeprefix(str(self.root)) for line in found.splitlines()}

    def _unowned(self, before: set[str]) -> list[str]:
        """New files that belong to no package and are not the system's own records."""
        lists = (self.root / "var/lib/dpkg/info").glob("*.list")
        owned = {line for file in lists for line in file.read_text(encoding="utf-8").splitlines()}
        # Packages that know nothing of the merged /usr name a file without it, or the other way round.
        return sorted(
            path
            for path in self._files() - before
            if not path.startswith(OF_THE_SYSTEM) and not owned & {path, f"/usr{path}", path.removeprefix("/usr")}
        )
