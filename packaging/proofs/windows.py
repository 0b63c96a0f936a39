"""The Windows installer, in Wine: installed without a question, used, upgraded, removed.

Belongs here: what is done with the installer, and what must then be so. What Wine cannot show (SmartScreen, virus
scanners, printers) is named in docs/packaging.md."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from installers.kinds import windows as setup
from installers.project import Project
from installers.shipped.rules import WINDOWS
from installers.tools import fresh, say
from installers.trees.tree import Tree

from proofs.commands import Commands, use_commands
from proofs.screen import Screen
from proofs.steps import (
    QUERY,
    check,
    check_search,
    check_serves,
    ended,
    files_in,
    wait_for,
)
from proofs.window import close_windows, use_window
from proofs.windows_by_hand import ByHand
from proofs.wine import Wine, remove

NOTES = "my own notes.txt"  # a file of the person's in the program's folder
RUNNING = 3  # the installer's exit code when the program is open


def prove(project: Project) -> None:
    """Install and use it for two persons: one with a plain name, one with a space and Cyrillic letters."""
    work = fresh(project.build / "proof" / "windows")
    with Screen(work / "pictures") as screen:
        for person in ("Анна Иванова", "anna"):
            say(f"  --  the person is called {person}")
            wine = Wine(project, work / person.split()[0], screen.display, person)
            try:
                Installed(wine, screen).prove()
                if not person.isascii():  # once is enough, and that is the harder one
                    ByHand(wine, screen).prove()
            finally:
                wine.close()
                remove(wine.folder)


class Installed:
    """The program in a prefix."""

    def __init__(self, wine: Wine, screen: Screen) -> None:
        self.wine, self.screen, self.project = wine, screen, wine.project
        local = wine.home / "AppData" / "Local"
        self.folder = local / "Programs" / self.project.title
        self.own = local / self.project.name
        self.uninstall = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{self.project.identity}"
        start = wine.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        self.link = start / f"{self.project.title}.lnk"
        self.title = f"{self.project.title}$"  # alone on the start page, after the chapter's on others

    def prove(self) -> None:
        """Everything, in the order in which a person meets it."""
        older = self._older_version()
        self._install(older)
        check(self._shown_version() == "0.0.1", f"{self.wine.person}: an older version is installed first")
        leftover = self.folder / "lib" / "only-in-the-old-version.txt"
        check(leftover.exists(), f"{self.wine.person}: it has a file that the new one lacks")
        kept = self.own / "kept by the older version.txt"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("notes", encoding="utf-8")
        begin = time.monotonic()
        self._install(self.project.artefact("windows"))
        say(f"      upgraded in {time.monotonic() - begin:.1f} s")
        check(not leftover.exists(), f"{self.wine.person}: the upgrade removed what only the old version had")
        check(kept.read_text(encoding="utf-8") == "notes", f"{self.wine.person}: and kept settings and notes")
        self._installed()
        self._commands()
        self._window()
        self._running()
        self._repair()
        self._go_back(older)
        self._remove()
        self._for_everybody()
        begin = time.monotonic()
        self._install(self.project.artefact("windows"))
        say(f"      installed in {time.monotonic() - begin:.1f} s")
        self._remove()

    def _install(self, file: Path, accept: tuple[int, ...] = (0,)) -> None:
        self.wine.call("wine", file, "/S", accept=accept, seconds=180)

    def _shown_version(self) -> str:
        return self.wine.registry(self.uninstall).get("DisplayVersion", "")

    def _older_version(self) -> Path:
        """An installer of a small older version: enough to be upgraded."""
        work = Path(tempfile.mkdtemp(dir=self.wine.folder))
        folder = work / "tree"
        (folder / "lib").mkdir(parents=True)
        (folder / f"{self.project.command}.exe").write_bytes(b"MZ")
        (folder / "lib" / "only-in-the-old-version.txt").write_text("old")
        facts = replace(self.project, version="0.0.1")
        icon = self.project.build / "windows" / "icon.ico"
        check(icon.exists(), "the folder for Windows was built here")
        made = setup.make(Tree(facts, WINDOWS, folder, f"{self.project.command}.exe"))
        return Path(shutil.move(made, work / made.name))

    def _installed(self) -> None:
        who = self.wine.person
        values = self.wine.registry(self.uninstall)
        check(
            self._shown_version() == self.project.version,
            f"{who}: the entry in Apps names version {self.project.version}",
        )
        size = int(values["EstimatedSize"], 16) * 1024
        real = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        check(abs(size - real) < 2_000_000, f"{who}: and the size, {size / 1e6:.0f} MB")
        check(self.link.exists(), f"{who}: the Start menu has an entry")
        for kind in self.project.file_types:
            opened = self.wine.registry(
                rf"HKCU\Software\Classes\{self.project.identity}.{kind.extension}\shell\open\command"
            )
            check(
                f"{self.project.command}.exe" in "".join(opened.values()),
                f"{who}: .{kind.extension} files open with it",
            )
        network = [
            name for name in files_in(self.folder) if "network" in name.lower() and name.endswith((".dll", ".pyd"))
        ]
        check(not network, f"{who}: no network library of Qt is in it {network or ''}")

    def _handbook(self, *arguments: str) -> str:
        return self.wine.call("wine", self.folder / f"{self.project.command}.com", *arguments)

    def _commands(self) -> None:
        who = self.wine.person
        out, pdf = self.wine.home / "out", self.wine.home / "out" / "заява.pdf"
        out.mkdir()
        use_commands(self.project, Commands(who, self._handbook, self.folder, out, self.wine.windows_path))
        window = self.wine.command("wine", self.folder / f"{self.project.command}.exe")
        check_serves(who, window, self.wine.environment())
        program = self.folder / f"{self.project.command}.com"
        check(self.wine.sockets("wine", self.wine.opens_one()), f"{who}: the watch sees a program that opens a socket")
        for arguments in (("search", QUERY), ("print", "statement", "-o", self.wine.windows_path(pdf))):
            seen = self.wine.sockets("wine", program, *arguments)
            check(not seen, f"{who}: '{arguments[0]}' asks Windows for no socket {seen[:3] or ''}")

    def _window(self) -> None:
        who, screen = self.wine.person, self.screen
        self.wine.start("wine", "start", "/unix", self.link)
        pdf = self.wine.system / "window.pdf"
        use_window(screen, self.title, who, pdf, self.wine.windows_path(pdf))
        close_windows(screen, self.title)
        self.wine.wait()
        kept = files_in(self.own)
        check(kept, f"{who}: settings are where Windows wants them: {kept}")
        for picture in sorted(screen.folder.glob("[0-9] *.png")):
            picture.rename(picture.with_name(f"{who} {picture.name}"))

    def _running(self) -> None:
        who, screen = self.wine.person, self.screen
        started = self.wine.start("wine", self.folder / f"{self.project.command}.exe", "statement#r3")
        screen.wait_for_window(self.title)
        before = files_in(self.folder)
        self._install(self.project.artefact("windows"), accept=(RUNNING,))
        check(
            files_in(self.folder) == before,
            f"{who}: while it runs, the installer stops with {RUNNING} and changes nothing",
        )
        close_windows(screen, self.title)
        check(ended(started, 60) == 0, f"{who}: the window ends by itself")
        self.wine.wait()

    def _repair(self) -> None:
        who = self.wine.person
        (self.folder / NOTES).write_text("mine", encoding="utf-8")
        kept = {name: (self.own / name).read_bytes() for name in files_in(self.own)}
        broken = self.folder / "lib" / "handbook" / "cli" / "main.pyc"
        whole = broken.read_bytes()
        broken.write_bytes(b"")
        self._install(self.project.artefact("windows"))
        check(broken.read_bytes() == whole, f"{who}: installed again, it is repaired")
        check((self.folder / NOTES).exists(), f"{who}: a file of the person's in its folder stays")
        check(
            all((self.own / name).read_bytes() == data for name, data in kept.items()),
            f"{who}: settings and notes stay",
        )

    def _go_back(self, older: Path) -> None:
        """An older version takes the place of a newer one, too, and keeps what is the person's."""
        who, kept = self.wine.person, files_in(self.own)
        self._install(older)
        check(self._shown_version() == "0.0.1", f"{who}: an older version takes the place of the newer one")
        check(files_in(self.own) == kept, f"{who}: settings and notes stay")
        self._install(self.project.artefact("windows"))

    def _for_everybody(self) -> None:
        """An administrator installs it for everybody who uses the computer."""
        who, machine = self.wine.person, self.uninstall.replace("HKCU", "HKLM")
        folder = self.wine.system / "Program Files" / self.project.title
        start = self.wine.system / "ProgramData/Microsoft/Windows/Start Menu/Programs" / self.link.name
        self.wine.call("wine", self.project.artefact("windows"), "/S", "/ALLUSERS", seconds=180)
        check(self.wine.registry(machine), f"{who}: with /ALLUSERS it has its entry in Apps for everybody")
        check(start.exists() and not self.link.exists(), f"{who}: and is in everybody's Start menu")
        check(not self.folder.exists(), f"{who}: and in Program Files alone")
        said = self.wine.call("wine", folder / f"{self.project.command}.com", "search", QUERY, "--json")
        check_search(said, f"{who}, for everybody")
        self.wine.call("wine", folder / "uninstall.exe", "/S")
        self.wine.wait()
        wait_for(lambda: not folder.exists(), f"{who}: removed for everybody")
        check(not self.wine.registry(machine) and not start.exists(), f"{who}: removed for everybody, nothing is left")

    def _remove(self) -> None:
        who = self.wine.person
        notes = (self.folder / NOTES).exists()
        self.wine.call("wine", self.folder / "uninstall.exe", "/S")
        self.wine.wait()
        wait_for(lambda: not (self.folder / "uninstall.exe").exists(), f"{who}: uninstalled")
        left = files_in(self.folder) if self.folder.exists() else []
        check(left == ([NOTES] if notes else []), f"{who}: uninstalled, only the person's own file is left: {left}")
        check(not self.link.exists(), f"{who}: the Start menu entry is gone")
        check(not self.wine.registry(self.uninstall), f"{who}: the entry in Apps is gone")
        left = [
            kind.extension
            for kind in self.project.file_types
            if self.wine.registry(rf"HKCU\Software\Classes\.{kind.extension}")
        ]
        check(not left, f"{who}: and the file types {left or ''}")
        check(files_in(self.own), f"{who}: settings and notes are kept")
        if notes:
            (self.folder / NOTES).unlink()
            self.folder.rmdir()
