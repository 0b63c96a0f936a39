"""The Windows installer, in Wine: installed without a question, used, upgraded, removed.

Belongs here: what is done with the installer, and what must then be so. What Wine cannot show (SmartScreen, virus
scanners, printers) is named in docs/packaging.md."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from installers.kinds import windows as setup
from installers.project import Project
from installers.shipped.rules import WINDOWS
from installers.tools import fresh, say
from installers.trees.tree import Tree

from proofs.copy import QUERY
from proofs.screen import Screen
from proofs.steps import check, files_in, wait_for
from proofs.windows_by_hand import ByHand
from proofs.wine import OPENS_ONE, Installed, InWine, Wine

NOTES = "my own notes.txt"  # a file of the person's in the program's folder
RUNNING = 3  # the installer's exit code when the program is open
OLDER = "0.0.1"


def prove(project: Project) -> None:
    """Install and use it for two persons: one with a plain name, one with a space and Cyrillic letters."""
    work = fresh(project.build / "proof" / "windows")
    for person in ("Анна Иванова", "anna"):
        say(f"  --  the person is called {person}")
        first = person.split()[0]
        with Screen(work / first) as screen, Wine(project, work / f"{first} in Wine", screen, person) as wine:
            Silent(wine).prove(screen)
            if not person.isascii():  # once is enough, and that is the harder one
                ByHand(wine, screen).prove()


class Silent(Installed):
    """The program, put there and removed by the installer without a question."""

    def prove(self, screen: Screen) -> None:
        """Everything, in the order in which a person meets it."""
        older = self._older_version()
        self.install(older)
        self.check(self._version() == OLDER, "an older version is installed first")
        leftover = self.program / "lib" / "only-in-the-old-version.txt"
        self.check(leftover.exists(), "it has a file that the new one lacks")
        kept = self.own / "kept by the older version.txt"
        kept.parent.mkdir(parents=True)
        kept.write_text("notes", encoding="utf-8")
        self.install()
        self.check(not leftover.exists(), "the upgrade removed what only the old version had")
        self.check(kept.read_text(encoding="utf-8") == "notes", "and kept settings and notes")
        self._look()
        self.use_commands()
        self.serve(self.wine.command("wine", self.with_window), self.wine.environment())
        self._sockets()
        self.wine.open(self.link)
        self.use_window(screen)
        screen.close(self.title)
        self.wine.wait()
        self.check(files_in(self.own), f"settings are where Windows wants them: {files_in(self.own)}")
        with self.window(screen, "statement#r3"):
            screen.wait_for_window(self.title)
            before = files_in(self.program)
            self.install(accept=(RUNNING,))
            what = f"while it runs, the installer stops with {RUNNING} and changes nothing"
            self.check(files_in(self.program) == before, what)
        self._repair()
        kept_files = files_in(self.own)
        self.install(older)
        self.check(self._version() == OLDER, "an older version takes the place of the newer one")
        self.check(files_in(self.own) == kept_files, "settings and notes stay")
        self.install()
        self._remove()
        self._for_everybody()
        self._elsewhere(screen)
        self.install()
        self._remove()

    def _version(self) -> str:
        return self.wine.registry(self.entry).get("DisplayVersion", "")

    def _older_version(self) -> Path:
        """An installer of a small older version: enough to be upgraded."""
        work = Path(tempfile.mkdtemp(dir=self.wine.folder))
        folder = work / "tree"
        (folder / "lib").mkdir(parents=True)
        (folder / self.with_window.name).write_bytes(b"MZ")
        (folder / "lib" / "only-in-the-old-version.txt").write_text("old")
        icon = self.project.build / "windows" / "icon.ico"
        check(icon.exists(), "the folder for Windows was built here")
        made = setup.make(Tree(replace(self.project, version=OLDER), WINDOWS, folder, self.with_window.name))
        return Path(shutil.move(made, work / made.name))

    def _look(self) -> None:
        """See what the installer has put where."""
        self.check(self._version() == self.project.version, f"the entry in Apps names version {self.project.version}")
        size = int(self.wine.registry(self.entry)["EstimatedSize"], 16) * 1024
        real = sum(path.stat().st_size for path in self.program.rglob("*") if path.is_file())
        self.check(abs(size - real) < 2_000_000, f"and the size, {size / 1e6:.0f} MB")
        self.check(self.link.exists(), "the Start menu has an entry")
        for kind in self.project.file_types:
            opened = "".join(self.classes(rf"{self.kind(kind.extension)}\shell\open\command").values())
            self.check(self.with_window.name in opened, f".{kind.extension} files open with it")
        libraries = [name.lower() for name in files_in(self.program) if name.endswith((".dll", ".pyd"))]
        self.check_none([name for name in libraries if "network" in name], "no network library of Qt is in it")

    def _sockets(self) -> None:
        pdf = self.inside(self.out / "sockets.pdf")
        opens_one = self.wine.compiled(self.wine.folder / "opens-one.exe", OPENS_ONE, "-lws2_32")
        self.check(self.wine.sockets("wine", opens_one), "the watch sees a program that opens a socket")
        for words in (("search", QUERY), ("print", "statement", "-o", pdf)):
            seen = self.wine.sockets("wine", self.program / f"{self.project.command}.com", *words)
            self.check_none(seen[:3], f"'{words[0]}' asks Windows for no socket")

    def _repair(self) -> None:
        (self.program / NOTES).write_text("mine", encoding="utf-8")
        kept = {name: (self.own / name).read_bytes() for name in files_in(self.own)}
        broken = self.program / "lib" / "handbook" / "cli" / "main.pyc"
        whole = broken.read_bytes()
        broken.write_bytes(b"")
        self.install()
        self.check(broken.read_bytes() == whole, "installed again, it is repaired")
        self.check((self.program / NOTES).exists(), "a file of the person's in its folder stays")
        same = all((self.own / name).read_bytes() == data for name, data in kept.items())
        self.check(same, "settings and notes stay")

    def _for_everybody(self) -> None:
        """An administrator installs it for everybody who uses the computer."""
        entry = self.entry.replace("HKCU", "HKLM")
        folder = self.wine.system / "Program Files" / self.project.title
        start = self.wine.system / "ProgramData/Microsoft/Windows/Start Menu/Programs" / self.link.name
        self.wine.call("wine", self.setup, "/S", "/ALLUSERS")
        self.check(self.wine.registry(entry), "with /ALLUSERS it has its entry in Apps for everybody")
        self.check(start.exists() and not self.link.exists(), "and is in everybody's Start menu")
        self.check(not self.program.exists(), "and in Program Files alone")
        InWine(self.wine, f"{self.where}, for everybody", folder, self.out).search()
        self.wine.call("wine", folder / "uninstall.exe", "/S")
        self.wine.wait()
        wait_for(lambda: not folder.exists(), f"{self.where}: removed for everybody")
        self.check(not self.wine.registry(entry) and not start.exists(), "removed for everybody, nothing is left")

    def _elsewhere(self, screen: Screen) -> None:
        """Into a folder that the person names, with a blank and a comma in its name."""
        folder = self.wine.system / "Texts, mine"
        self.wine.call("wine", self.setup, "/S", *f"/D={self.inside(folder)}".split(" "))
        copy = InWine(self.wine, f"{self.where}, in {folder.name}", folder, self.out)
        copy.search()
        with copy.window(screen):
            copy.use_window(screen)
        self.wine.call("wine", folder / "uninstall.exe", "/S")
        self.wine.wait()
        wait_for(lambda: not folder.exists(), f"{copy.where}: removed")

    def _remove(self) -> None:
        notes = [NOTES] if (self.program / NOTES).exists() else []
        self.wine.call("wine", self.uninstaller, "/S")
        self.wine.wait()
        wait_for(lambda: not self.uninstaller.exists(), f"{self.where}: uninstalled")
        left = files_in(self.program)
        self.check(left == notes, f"uninstalled, only the person's own file is left: {left}")
        self.check(not self.link.exists(), "the Start menu entry is gone")
        self.check(not self.wine.registry(self.entry), "the entry in Apps is gone")
        types = [kind.extension for kind in self.project.file_types]
        self.check_none([one for one in types if self.classes(f".{one}")], "and the file types")
        self.check(files_in(self.own), "settings and notes are kept")
        if notes:
            (self.program / NOTES).unlink()
            self.program.rmdir()
