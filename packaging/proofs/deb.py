"""The Debian package: judged by lintian, then installed, used and removed in clean roots of Debian.

Belongs here: what is done in a root, and what must then be so. It makes a root and enters it, so it wants root."""

from __future__ import annotations

import os
import shutil
import subprocess

from installers.project import Project
from installers.tools import BuildError, fresh, need, run, say

from proofs import traces
from proofs.commands import PACK, Commands, use_commands
from proofs.screen import Screen
from proofs.steps import (
    READY_NAME,
    check,
    ended,
    ready_workshop,
)
from proofs.window import add_pack, close_windows, use_window, use_workshop

SUITES = ("bookworm", "trixie")  # Debian 12 and 13

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
    _judge(project)
    for suite in SUITES:
        Root(project, suite).prove()


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
    page = share / f"man/man1/{project.command}.1.gz"
    done = subprocess.run(
        ["man", "--warnings", "-l", str(page)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    check(done.returncode == 0 and not done.stderr, f"the manual page has no fault {done.stderr.strip()}")
    network = [path.name for path in folder.rglob("*") if "network" in path.name.lower() and ".so" in path.name]
    check(not network, f"no network library of Qt is in it {network or ''}")
    shutil.rmtree(folder)


class Root:
    """A clean Debian, and the package in it."""

    def __init__(self, project: Project, suite: str) -> None:
        if os.geteuid() != 0:
            raise BuildError("this proof makes a root of its own: run it as root, in a container for instance")
        self.project, self.suite = project, suite
        self.work = project.build / "proof" / "deb" / suite
        self.folder = self.work / "root"

    def prove(self) -> None:
        """Make the root, install, use, remove, purge."""
        fresh(self.work)
        say(f"  --  {self.suite}: a clean root")
        run("mmdebstrap", "--variant=minbase", self.suite, self.folder)
        try:
            self._prove()
        finally:
            subprocess.run(["umount", "-l", str(self.folder / "proc")], check=False, capture_output=True)
            shutil.rmtree(self.folder, ignore_errors=True)

    def _prove(self) -> None:
        name, where = self.project.name, self.suite
        run("mount", "-t", "proc", "proc", self.folder / "proc")
        package = self.project.artefact("deb")
        shutil.copy(package, self.folder / "tmp")
        self._inside("apt-get", "update")
        # mime and menu databases, as every desktop has them; they come first, to see what the package adds to them.
        # gio (libglib2.0-bin) and xdg-mime are how desktops open a file by its type.
        self._apt("install", "shared-mime-info", "desktop-file-utils", "xdg-utils", "libglib2.0-bin")
        before = self._files()
        self._apt("install", f"/tmp/{package.name}")
        shown = self._inside("dpkg-query", "-W", "-f", "${Status} ${Version}", name)
        check(shown == f"install ok installed {self.project.version}", f"{where}: apt installs it with what it needs")
        types = (self.folder / "usr/share/mime/globs2").read_text(encoding="utf-8")
        unknown = [kind.mime for kind in self.project.file_types if kind.mime not in types]
        check(not unknown, f"{where}: the file types are known {unknown or ''}")
        self._commands()
        with Screen(self.work / "pictures") as screen:
            self._window(screen)
            self._double_click(screen)
        self._forget_person()
        self._apt("remove", name)
        left = [
            path for path in self._files() - before if name in path or self.project.command in path.rsplit("/", 1)[-1]
        ]
        left = [path for path in left if not path.startswith(("/var/lib/dpkg/", "/var/log/", "/tmp/", "/root/out"))]
        check(not left, f"{where}: removed, nothing of it is left {left or ''}")
        self._apt("install", f"/tmp/{package.name}")
        self._apt("purge", name)
        check(
            not self._unowned(before),
            f"{where}: purged, no file is left that no package owns {self._unowned(before) or ''}",
        )

    def _inside(self, *command: str) -> str:
        variables = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root", "PATH": PATH}
        return run("chroot", self.folder, *command, env=variables)

    def _apt(self, *command: str) -> None:
        self._inside("apt-get", "--yes", "--no-install-recommends", *command)

    def _files(self) -> set[str]:
        found = run("find", self.folder, "-xdev", "-not", "-type", "d")
        return {line.removeprefix(str(self.folder)) for line in found.splitlines()}

    def _unowned(self, before: set[str]) -> list[str]:
        """New files that belong to no package and are not the system's own records."""
        new = [path for path in self._files() - before if not path.startswith(OF_THE_SYSTEM)]
        lists = (self.folder / "var/lib/dpkg/info").glob("*.list")
        owned = {line for file in lists for line in file.read_text(encoding="utf-8").splitlines()}
        return sorted(
            path for path in new if path not in owned and f"/usr{path}" not in owned and _linked(path) not in owned
        )

    def _commands(self) -> None:
        where, program = self.suite, f"/usr/bin/{self.project.command}"
        log = self.work / "command.log"
        output = self.folder / "root" / "out"
        output.mkdir()

        def handbook(*arguments: str) -> str:
            command = traces.traced(["chroot", str(self.folder), program, *arguments], log)
            done = subprocess.run(command, env=PERSON, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise BuildError(f"{program} {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
            seen = traces.read(log)
            check(not seen.sockets, f"{where}: '{arguments[0]}' opens no socket {seen.sockets or ''}")
            return done.stdout

        home = self.folder / "usr/lib" / self.project.name
        use_commands(
            self.project, Commands(where, handbook, home, output, lambda path: f"/{path.relative_to(self.folder)}")
        )
        shutil.copy(ready_workshop(home), output / WORKSHOP)

    def _window(self, screen: Screen) -> None:
        where, log = self.suite, self.work / "window.log"
        command = ["chroot", str(self.folder), f"/usr/bin/{self.project.command}", "statement"]
        environment = {**PERSON, "DISPLAY": screen.display}
        started = subprocess.Popen(traces.traced(command, log), env=environment)
        title = rf"\S - {self.project.title}$"
        use_window(screen, title, where, self.folder / "root/out/window.pdf", "/root/out/window.pdf")
        close_windows(screen, title)
        check(ended(started) == 0, f"{where}: the window ends by itself")
        seen = traces.read(log)
        check(
            not seen.foreign(), f"{where}: no socket but {', '.join(sorted(seen.local_kinds()))} {seen.foreign() or ''}"
        )
        kept = [path for path in self._files() if path.startswith("/root/.") and self.project.name in path]
        check(kept, f"{where}: settings are where the system wants them: {kept}")

    def _double_click(self, screen: Screen) -> None:
        """Open a workshop by its type, as file managers do."""
        where, mime = self.suite, self.project.file_types[0].mime
        file = f"/root/out/{WORKSHOP}"
        # On a desktop xdg-mime asks that desktop's own tools, and else guesses by what is in the file.
        told = self._inside("env", "XDG_CURRENT_DESKTOP=GNOME", "xdg-mime", "query", "filetype", file).strip()
        check(told == mime, f"{where}: '{WORKSHOP}' is {told}")
        entry = self._inside("xdg-mime", "query", "default", mime).strip()
        check(entry == f"{self.project.name}.desktop", f"{where}: and that {entry} opens it")
        command = ["chroot", str(self.folder), "gio", "open", file]
        # No pipe: the handbook would hold it open.
        quiet = subprocess.DEVNULL
        code = subprocess.call(command, env={**PERSON, "DISPLAY": screen.display}, stdout=quiet, stderr=quiet)
        check(code == 0, f"{where}: gio opens it")
        pdf = "root/out/workshop.pdf"
        use_workshop(screen, f"{self.project.title}$", READY_NAME, where, self.folder / pdf, f"/{pdf}")
        close_windows(screen, f"{self.project.title}$")
        told = self._inside("env", "XDG_CURRENT_DESKTOP=GNOME", "xdg-mime", "query", "filetype", f"/root/out/{PACK}")
        check(told.strip() == self.project.file_types[1].mime, f"{where}: '{PACK}' is {told.strip()}")
        command = ["chroot", str(self.folder), "gio", "open", f"/root/out/{PACK}"]
        subprocess.call(command, env={**PERSON, "DISPLAY": screen.display}, stdout=quiet, stderr=quiet)
        add_pack(screen, f"{self.project.title}$", where)
        added = [path for path in self._files() if path.endswith("/library/shelter/handbook.json")]
        check(added, f"{where}: and the pack is in the library: {added}")

    def _forget_person(self) -> None:
        shutil.rmtree(self.folder / "root")
        (self.folder / "root").mkdir()


WORKSHOP = "Мой день 1.workshop"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
PERSON = {"HOME": "/root", "PATH": PATH, "LANG": "C.UTF-8"}


def _linked(path: str) -> str:
    """A path below /usr as packages name it that know nothing of the merged /usr."""
    return path.removeprefix("/usr")
