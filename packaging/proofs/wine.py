"""Wine as a stand-in for Windows: a fresh prefix, programs and copies of the handbook in it, names as Windows has them.

Belongs here: what Wine needs to run what was built. Not here: what is proved of it (windows.py, portable.py).

Wine 8 lacks two libraries that Windows 10 has and that Qt and Typst name: icuuc.dll and bcryptprimitives.dll. Stubs
of them are made here and go into the test's prefix, never into an artefact."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, fresh, need, run
from installers.trees.windows import PREFIX

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import AS_NOBODY, bare_environment, need_another_user, output_of

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
    """A prefix of its own, for a person of any name, with its windows on one screen. Use it with `with`.

    The first program in a prefix decides for all that follow whether there is a screen, so all are given one."""

    def __init__(self, project: Project, folder: Path, screen: Screen, person: str = PERSON) -> None:
        need("wine", "wineserver", f"{PREFIX}gcc")
        need_another_user()
        self.project, self.person, self.screen, self.folder = project, person, screen, fresh(folder)
        self.system = folder / "prefix" / "drive_c"
        self.home = self.system / "users" / person
        # Wine 8 follows a link in the Start menu by its path in the system's 8-bit letters, unlike Windows: a Cyrillic
        # name needs a system that has those. A locale of that kind is made for the prefix.
        if not person.isascii():
            run("localedef", "-i", "ru_RU", "-f", "UTF-8", folder / LOCALE, accept=(0, 1))
        self.environment = bare_environment(
            USER=person,
            HOME=folder,
            LC_ALL="C.UTF-8" if person.isascii() else LOCALE,
            LOCPATH=folder,
            HANDBOOK_LANGUAGE="en",  # in that locale it would speak Russian; the proofs know English titles
            WINEPREFIX=folder / "prefix",
            WINEARCH="win64",
            WINEDEBUG=os.environ.get("WINEDEBUG", "-all"),
            WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=",
            DISPLAY=screen.display,
        )
        self.run("wineboot", "-i")
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
            with suppress(BuildError):  # the failure is what is to be told
                self.screen.picture("at the failure in Wine", seconds=0)
        run("wineserver", "-k", env=self.environment, accept=(0, 1))
        self.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait(self) -> None:
        """Wait until every program in the prefix has ended."""
        output_of(("wineserver", "-w"), self.environment, accept=(0, 1))

    def command(self, *words: str | Path) -> list[str | Path]:
        """A command line that runs a program for Windows.

        Wine names the Windows user after the one that runs it; after the variable USER where the system has none."""
        return [*AS_NOBODY, "wine", *words]

    def run(self, *words: str | Path, accept: Sequence[int] = (0,)) -> str:
        """Run a program to its end; its output."""
        return output_of(self.command(*words), self.environment, accept).stdout

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program and go on."""
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        return subprocess.Popen(self.command(*words), env=self.environment, stdin=pipe, stdout=pipe, stderr=both)

    def open(self, file: Path) -> None:
        """Open a file as a double click does: with the program that its type names."""
        self.start("start", "/unix", file)

    def sockets(self, *words: str | Path) -> list[str]:
        """Run a program to its end; the calls of Windows' sockets that it made, as Wine tells them."""
        told = {**self.environment, "WINEDEBUG": "-all,trace+winsock"}
        said = output_of(self.command(*words), told).stderr.splitlines()
        return [line for line in said if re.search(r"winsock:(WSASocket|socket|connect|WSAConnect|bind|sendto)", line)]

    def compiled(self, to: Path, source: str, *libraries: str) -> Path:
        """A program or a library for Windows, made of the text of its source."""
        file = self.folder / f"{to.stem}.c"
        file.write_text(source, encoding="ascii")
        run(f"{PREFIX}gcc", *(("-shared",) if to.suffix == ".dll" else ()), "-o", to, file, *libraries)
        return to

    def registry(self, key: str) -> dict[str, str]:
        """The values of a registry key, by name; empty when there is none. Numbers are as reg.exe says them."""
        said = self.run("reg", "query", key, accept=(0, 1))
        parts = [line.strip().split("    ") for line in said.splitlines()]
        return {part[0]: part[2] for part in parts if len(part) >= 3 and part[1].startswith("REG_")}


class InWine(Copy):
    """A copy of the handbook in a prefix."""

    def __init__(self, wine: Wine, program: Path, out: Path) -> None:
        name = wine.project.command
        self.console, self.with_window = program / f"{name}.com", program / f"{name}.exe"
        super().__init__(wine.project, wine.screen, program, out, wine.command(self.console), wine.environment)
        self.wine, self.typed, self.itself = wine, wine.system, wine.command(self.with_window)

    def inside(self, path: Path) -> str:
        """A path as Windows writes it."""
        return "C:\\" + str(path.relative_to(self.wine.system)).replace("/", "\\")

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start it with its window, and go on."""
        return self.wine.start(self.with_window, *self.told(words))

    def close(self) -> None:
        """Close all of the program's windows, and wait until everything in the prefix has ended."""
        super().close()
        self.wine.wait()
