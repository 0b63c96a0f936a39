"""The Debian package: judged by lintian, then installed, used and removed in clean roots of Debian.

Belongs here: what is done in a root, and what must then be so. It makes a root and enters it, so it wants root."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from installers.project import Project
from installers.tools import fresh, need, run, say

from proofs.copy import PACK
from proofs.screen import Screen
from proofs.steps import check, check_none, need_root
from proofs.traces import Traced

SUITES = ("bookworm", "trixie")  # Debian 12 and 13
PERSON = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
APT = {**PERSON, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
# mime and menu databases, as every desktop has them; they come first, to see what the package adds to them.
# gio (libglib2.0-bin) and xdg-mime are how desktops open a file by its type.
DESKTOP = ("shared-mime-info", "desktop-file-utils", "xdg-utils", "libglib2.0-bin")

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
    need_root()
    _judge(project)
    for suite in SUITES:
        say(f"  --  {suite}: a clean root")
        work = fresh(project.build / "proof" / "deb" / suite)
        root = work / "root"
        run("mmdebstrap", "--variant=minbase", suite, root)
        run("mount", "-t", "proc", "proc", root / "proc")
        try:
            with Screen(work / "pictures") as screen:
                InRoot(project, screen, root).prove()
        finally:
            subprocess.run(["umount", "-l", str(root / "proc")], check=False, capture_output=True)
            shutil.rmtree(root, ignore_errors=True)


def _judge(project: Project) -> None:
    package = project.artefact("deb")
    said = run("lintian", "--allow-root", "--fail-on", "error,warning", "--info", package, accept=(0, 2))
    check_none(said.strip(), "lintian has nothing to say")
    folder = fresh(project.build / "proof" / "deb" / "unpacked")
    run("dpkg-deb", "--extract", package, folder)
    share = folder / "usr/share"
    run("desktop-file-validate", share / f"applications/{project.name}.desktop")
    check(True, "the menu entry is valid")
    catalogue = share / f"metainfo/{project.name}.metainfo.xml"
    run("appstreamcli", "validate", "--no-net", catalogue)
    check(f'version="{project.version}"' in catalogue.read_text(encoding="utf-8"), "the AppStream data are valid")
    page = share / f"man/man1/{project.command}.1.gz"
    said = run("sh", "-c", 'man --warnings -l "$0" 2>&1 >/dev/null', page, env={"LC_ALL": "C.UTF-8"})
    check_none(said.strip(), "the manual page has no fault")
    network = [path.name for path in folder.rglob("*") if "network" in path.name.lower() and ".so" in path.name]
    check_none(network, "no network library of Qt is in it")
    shutil.rmtree(folder)


class InRoot(Traced):
    """A clean Debian, and the package in it. Its commands are looked at by strace, with the root's paths."""

    def __init__(self, project: Project, screen: Screen, root: Path) -> None:
        self.root = root
        command = ("chroot", root, f"/usr/bin/{project.command}")
        super().__init__(project, screen, root / "usr/lib" / project.name, root / "root/out", command, PERSON)

    def inside(self, path: Path) -> str:
        """A path as it is in the root."""
        return f"/{path.relative_to(self.root)}"

    def prove(self) -> None:
        """Install, use, remove, purge."""
        name = self.project.name
        package = f"/tmp/{self.project.artefact('deb').name}"
        shutil.copy(self.project.artefact("deb"), self.root / "tmp")
        self._run("apt-get", "update")
        self._apt("install", *DESKTOP)
        before = self._files()
        self._apt("install", package)
        shown = self._run("dpkg-query", "-W", "-f", "${Status} ${Version}", name)
        check(shown == f"install ok installed {self.project.version}", "apt installs it with what it needs")
        types = (self.root / "usr/share/mime/globs2").read_text(encoding="utf-8")
        check_none([kind.mime for kind in self.project.file_types if kind.mime not in types], "no unknown file type")
        self.use_commands()
        with self.window():
            self.use_window()
        kept = [path for path in self._files() if path.startswith("/root/.") and name in path]
        check(kept, f"settings are where the system wants them: {kept}")
        self._double_click(self.copied_workshop(self.out))
        self.use_workshop()
        self.close()
        self._double_click(self.out / PACK)
        self.see_pack()
        added = [path for path in self._files() if path.endswith("/library/shelter/handbook.json")]
        check(added, f"and the pack is in the library: {added}")
        shutil.rmtree(self.root / "root")
        (self.root / "root").mkdir()
        self._apt("remove", name)
        named = [path for path in self._files() - before if name in path or self.project.command in Path(path).name]
        left = [path for path in named if not path.startswith(("/var/lib/dpkg/", "/var/log/", "/tmp/"))]
        check_none(left, "removed, nothing of it is left")
        self._apt("install", package)
        self._apt("purge", name)
        check_none(self._unowned(before), "purged, no file is left that no package owns")

    def _double_click(self, file: Path) -> None:
        """Open a file by its type, as file managers do."""
        mime = next(kind.mime for kind in self.project.file_types if kind.extension == file.suffix[1:])
        # On a desktop xdg-mime asks that desktop's own tools, and else guesses by what is in the file.
        ask = ("env", "XDG_CURRENT_DESKTOP=GNOME", "xdg-mime", "query")
        told = self._run(*ask, "filetype", self.inside(file)).strip()
        entry = self._run(*ask, "default", mime).strip()
        what = f"'{file.name}' is {told}, and {entry} opens it"
        check((told, entry) == (mime, f"{self.project.name}.desktop"), what)
        # No pipe: the handbook would hold it open.
        quiet, command = subprocess.DEVNULL, ["chroot", str(self.root), "gio", "open", self.inside(file)]
        status = subprocess.call(command, env={**PERSON, "DISPLAY": self.screen.display}, stdout=quiet, stderr=quiet)
        check(status == 0, "gio opens it")

    def _run(self, *command: str) -> str:
        return run("chroot", self.root, *command, env=APT)

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
