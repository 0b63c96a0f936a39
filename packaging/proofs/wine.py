"""Wine as a stand-in for Windows: a fresh prefix, programs and copies of the handbook in it, names as Windows has them.

Belongs here: what Wine needs to run what was built. Not here: what is proved of it (windows.py).

Wine 8 lacks two libraries that Windows 10 has and that Qt and Typst name: icuuc.dll and bcryptprimitives.dll. Stubs
of them are made here and go into the test's prefix, never into an artefact."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, fresh, need, run
from installers.trees.windows import PREFIX

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import PATIENCE, bare_environment, output_of

PERSON = "Анна Иванова"
LOCALE = "ru_RU.UTF-8"

# Qt6Core names these of ICU; none is called for what the handbook does.
ICU = """open close setFromUCallBack setToUCallBack getMaxCharSize fromUnicode toUnicode getStandardName countAvailable
    getAvailableName getDefaultName getName reset setSubstString getAlias countAliases cbFromUWriteBytes
    cbToUWriteUChars flushCache resetToUnicode resetFromUnicode countStandards getStandard compareNames"""

PRIMITIVES = """
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL ProcessPrng(PBYTE data, SIZE_T length) { return SystemFunction036(data, (ULONG)length); }
"""

# Opens a socket: to see that the watch for sockets sees one.
OPENS_ONE = """
#include <winsock2.h>
int main(void) { WSADATA data; WSAStartup(0x202, &data); return socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET; }
"""


class Wine:
    """A prefix of its own, for a person of any name, with its windows on one screen.

    The first program in a prefix decides for all that follow whether there is a screen, so all are given one."""

    def __init__(self, project: Project, folder: Path, screen: Screen, person: str = PERSON) -> None:
        need("wine", "wineserver", "wineboot", f"{PREFIX}gcc")
        if os.geteuid() != 0:
            raise BuildError("this proof gives the person in Wine a name: run it as root, in a container for instance")
        self.project, self.person, self.screen = project, person, screen
        self.folder = fresh(folder)
        self.prefix = folder / "prefix"
        # Wine names the Windows user after the one that runs it.
        passwd = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()
        own = next(line for line in passwd if line.split(":")[2] == "0").split(":", 1)[1]
        self._passwd = folder / "passwd"
        self._passwd.write_text("\n".join([f"{person}:{own}", *passwd]) + "\n", encoding="utf-8")
        # Wine 8 follows a link in the Start menu by its path in the system's 8-bit letters, unlike Windows: a Cyrillic
        # name needs a system that has those. A locale of that kind is made for the prefix.
        if not person.isascii():
            run("localedef", "-i", "ru_RU", "-f", "UTF-8", self.folder / LOCALE, accept=(0, 1))
        self.call("wineboot", "-i")
        system32 = self.system / "windows" / "system32"
        icu = "".join(f"__declspec(dllexport) int ucnv_{name}(void) {{ return 0; }}\n" for name in ICU.split())
        self.compiled(system32 / "icuuc.dll", icu)
        self.compiled(system32 / "bcryptprimitives.dll", PRIMITIVES, "-ladvapi32")
        for link in [path for path in self.home.iterdir() if path.is_symlink()]:  # Desktop, Documents: to a folder of
            link.unlink()  # the system outside, until they are made folders as on Windows
            link.mkdir()

    def __enter__(self) -> Wine:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End everything that runs in the prefix, and remove it; with its windows still in sight where it failed."""
        if kind is not None:
            self.screen.picture("at the failure in Wine", seconds=0)
        for option in ("-k", "-w"):
            run(*self.command("wineserver", option), env=self.environment(), accept=(0, 1), timeout=PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def system(self) -> Path:
        """Drive C."""
        return self.prefix / "drive_c"

    @property
    def home(self) -> Path:
        """The person's folder."""
        return self.system / "users" / self.person

    def environment(self) -> dict[str, str]:
        """Variables for wine."""
        return bare_environment(
            HOME=self.folder,
            LC_ALL="C.UTF-8" if self.person.isascii() else LOCALE,
            LOCPATH=self.folder,
            HANDBOOK_LANGUAGE="en",  # in that locale it would speak Russian; the proofs know English titles
            WINEPREFIX=self.prefix,
            WINEARCH="win64",
            WINEDEBUG=os.environ.get("WINEDEBUG", "-all"),
            WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=",
            DISPLAY=self.screen.display,
        )

    def command(self, *words: str | Path) -> list[str]:
        """A command line that runs words under Wine's user, in a name space where /etc/passwd has the person."""
        inner = 'mount --bind "$0" /etc/passwd && exec "$@"'
        return ["unshare", "--mount", "sh", "-c", inner, str(self._passwd), *map(str, words)]

    def call(self, *words: str | Path, accept: tuple[int, ...] = (0,)) -> str:
        """Run a command to its end; its output."""
        return output_of(self.command(*words), self.environment(), accept).stdout

    def sockets(self, *words: str | Path) -> list[str]:
        """Run a command to its end; the calls of Windows' sockets that it made, as Wine tells them."""
        told = {**self.environment(), "WINEDEBUG": "-all,trace+winsock"}
        said = output_of(self.command(*words), told, accept=range(256)).stderr.splitlines()
        return [line for line in said if re.search(r"winsock:(WSASocket|socket|connect|WSAConnect|bind|sendto)", line)]

    def compiled(self, to: Path, source: str, *libraries: str) -> Path:
        """A program or a library for Windows, made of the text of its source."""
        file = self.folder / f"{to.stem}.c"
        file.write_text(source, encoding="ascii")
        run(f"{PREFIX}gcc", *(("-shared",) if to.suffix == ".dll" else ()), "-o", to, file, *libraries)
        return to

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program and go on."""
        return subprocess.Popen(
            self.command(*words),
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def registry(self, key: str) -> dict[str, str]:
        """The values of a registry key, by name; empty when there is none. Numbers are as reg.exe says them."""
        said = self.call("wine", "reg", "query", key, accept=(0, 1))
        found = {}
        for line in said.splitlines():
            parts = line.strip().split("    ")
            if len(parts) >= 3 and parts[1].startswith("REG_"):
                found[parts[0]] = parts[2]
        return found

    def add_person_classes(self, *names: str) -> None:
        """Put the person's own file types where Wine looks for them.

        Windows shows HKEY_CURRENT_USER/Software/Classes over the computer's own; Wine 8 does not."""
        for name in names:
            own, common = (rf"{top}\Software\Classes\{name}" for top in ("HKCU", "HKLM"))
            self.call("wine", "reg", "delete", common, "/f", accept=(0, 1))
            self.call("wine", "reg", "copy", own, common, "/s", "/f", accept=(0, 1))  # 1: the person has none

    def open(self, file: Path) -> subprocess.Popen[bytes]:
        """Open a file as a double click does: with the program that its type names."""
        return self.start("wine", "start", "/unix", file)

    def windows_path(self, path: Path) -> str:
        """A path on drive C as Windows writes it."""
        return "C:\\" + str(path.relative_to(self.system)).replace("/", "\\")

    def wait(self) -> None:
        """Wait until every program in the prefix has ended."""
        run(*self.command("wineserver", "-w"), env=self.environment(), timeout=PATIENCE)


class InWine(Copy):
    """A copy of the handbook in a prefix."""

    def __init__(self, wine: Wine, where: str, program: Path, out: Path) -> None:
        name = wine.project.command
        command = wine.command("wine", program / f"{name}.com")
        super().__init__(wine.project, where, program, out, command, wine.environment())
        self.wine, self.typed = wine, wine.system
        self.with_window = program / f"{name}.exe"

    def inside(self, path: Path) -> str:
        """A path as Windows writes it."""
        return self.wine.windows_path(path)

    def start(self, screen: Screen, *words: str) -> subprocess.Popen[bytes]:  # noqa: ARG002 - a prefix has one screen
        """Start it with its window, and go on."""
        return self.wine.start("wine", self.with_window, *words)

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Wait until the program has ended, with all that it started; its exit status."""
        status = super().end(started)
        self.wine.wait()
        return status


class Installed(InWine):
    """A copy that the installer puts into a prefix, for the person alone."""

    def __init__(self, wine: Wine) -> None:
        title = wine.project.title
        local = wine.home / "AppData" / "Local"
        super().__init__(wine, wine.person, local / "Programs" / title, wine.home / "out")
        self.setup, self.uninstaller = wine.project.artefact("windows"), self.program / "uninstall.exe"
        self.own = local / wine.project.name  # settings and notes
        self.link = wine.home / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{title}.lnk"
        self.shortcut = wine.home / "Desktop" / f"{title}.lnk"
        self.entry = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{wine.project.identity}"

    def install(self, file: Path | None = None, accept: tuple[int, ...] = (0,)) -> None:
        """Install it, or another version, without a question."""
        self.wine.call("wine", file or self.setup, "/S", accept=accept)

    def kind(self, extension: str) -> str:
        """Our class of the files with an extension."""
        return f"{self.project.identity}.{extension}"

    def classes(self, name: str) -> dict[str, str]:
        """The values of a person's own class of files."""
        return self.wine.registry(rf"HKCU\Software\Classes\{name}")
