"""The Windows installer and uninstaller in Wine, page by page through their windows; workshops by double click.

Belongs here: what a person does with keyboard and mouse, and what must then be so. Not here: silent installing
(windows.py)."""

from __future__ import annotations

import shutil

from proofs.commands import PACK
from proofs.screen import Screen
from proofs.steps import LARGE_NAME, READY_NAME, check, files_in, large_workshop, ready_workshop, wait_for
from proofs.window import add_pack, close_windows, press, use_workshop
from proofs.wine import Wine

OTHER = "AnotherProgram.workshop"  # the class of another program that opens the same files


class ByHand:
    """The installer's windows, for one person, whose prefix has no handbook."""

    def __init__(self, wine: Wine, screen: Screen) -> None:
        self.wine, self.screen, self.project = wine, screen, wine.project
        self.who = wine.person
        local = wine.home / "AppData" / "Local"
        self.folder = local / "Programs" / self.project.title
        self.own = local / self.project.name
        self.shortcut = wine.home / "Desktop" / f"{self.project.title}.lnk"
        self.documents = wine.home / "Documents"
        self.title = f"{self.project.title}$"
        self.setup_title = f"^{self.project.title} Setup"
        self.uninstall_title = f"^{self.project.title} Uninstall"
        self.extension = self.project.file_types[0].extension
        self.kind = f"{self.project.identity}.{self.extension}"
        self.by_type = rf"HKCU\Software\Classes\.{self.extension}"

    def prove(self) -> None:
        """Everything, in the order in which a person meets it."""
        self._cancel()
        self._install("setup", shortcut=False)
        check(not self.shortcut.exists(), f"{self.who}: no shortcut on the desktop, as none was chosen")
        close_windows(self.screen, self.title)
        self.wine.wait()
        self._workshops()
        self._install("again", shortcut=True)
        close_windows(self.screen, self.title)
        self.wine.wait()
        check(self.shortcut.exists(), f"{self.who}: a shortcut on the desktop, as it was chosen")
        self.wine.open(self.shortcut)
        self.screen.wait_for_window(self.title)
        check(True, f"{self.who}: it starts the handbook")
        close_windows(self.screen, self.title)
        self.wine.wait()
        self._uninstall("uninstall", own=False)
        check(files_in(self.own), f"{self.who}: settings and notes are kept, as they were not ticked")
        check(not self.wine.registry(self.by_type), f"{self.who}: .{self.extension} files have no program any more")
        self._taken_from_another()

    # -- The windows -----------------------------------------------------------------------------------------

    def _cancel(self) -> None:
        """Change one's mind at the first page."""
        self.wine.start("wine", self.project.artefact("windows"))
        self.screen.wait_still(self.setup_title)
        self.screen.key("Escape")
        wait_for(lambda: len(self.screen.windows(self.setup_title)) == 2, f"{self.who}: a question before it closes")
        self.screen.picture(f"{self.who} setup 0 cancelled")
        self.screen.key("Return")  # Yes, whatever the system calls it
        self.screen.wait_without(self.setup_title)
        self.wine.wait()
        check(not self.folder.exists(), f"{self.who}: given up at the first page, nothing is installed")

    def _install(self, name: str, *, shortcut: bool) -> None:
        """Go through the installer, until the handbook that it opens is there."""
        screen = self.screen
        self.wine.start("wine", self.project.artefact("windows"))
        screen.wait_for_window(self.setup_title)
        screen.picture(f"{self.who} {name} 1 choices")
        if shortcut:
            screen.key("Down", "Down", "space")
            screen.picture(f"{self.who} {name} 2 shortcut")
        screen.key("alt+n")
        screen.picture(f"{self.who} {name} 3 folder")
        screen.key("alt+i")
        screen.picture(f"{self.who} {name} 4 progress", seconds=0)
        press(screen, ["alt+n", "alt+i"], self.folder.exists, f"{self.who}: it copies files")
        wait_for((self.folder / "uninstall.exe").exists, f"{self.who}: it is installed", 60)
        screen.picture(f"{self.who} {name} 5 last")
        check(screen.windows(self.setup_title), f"{self.who}: '{name}' through the installer's window")
        press(screen, ["alt+f"], lambda: not screen.windows(self.setup_title), f"{self.who}: its last page closes")
        screen.wait_for_window(self.title)
        check(True, f"{self.who}: and the handbook opens from its last page")

    def _uninstall(self, name: str, *, own: bool) -> None:
        """Go through the uninstaller."""
        screen = self.screen
        saved = files_in(self.documents)
        self.wine.start("wine", self.folder / "uninstall.exe")
        screen.wait_still(self.uninstall_title)
        if own:
            screen.key("Down", "space")
        screen.picture(f"{self.who} {name} 1 choices")
        press(screen, ["alt+u"], lambda: not self.folder.exists(), f"{self.who}: it removes the program")
        screen.picture(f"{self.who} {name} 2 last")
        press(screen, ["alt+c"], lambda: not screen.windows(self.uninstall_title), f"{self.who}: its window closes")
        self.wine.wait()
        check(not self.folder.exists(), f"{self.who}: '{name}' through its window: the program's folder is gone")
        check(not self.shortcut.exists(), f"{self.who}: and the shortcut on the desktop")
        check(saved and files_in(self.documents) == saved, f"{self.who}: the person's own files stay: {saved}")

    # -- Workshops -------------------------------------------------------------------------------------------

    def _workshops(self) -> None:
        """Open a workshop by its type, and another one meanwhile; print both."""
        screen, who = self.screen, self.who
        packs = self.project.file_types[1].extension
        classes = (f".{self.extension}", self.kind, f".{packs}", f"{self.project.identity}.{packs}")
        self.wine.add_person_classes(*classes)
        first = self.documents / f"Мой день 1.{self.extension}"
        shutil.copy(ready_workshop(self.folder), first)
        second = large_workshop(self.documents / f"large.{self.extension}")
        self.wine.open(first)
        pdf = self.wine.system / "workshop.pdf"
        use_workshop(screen, self.title, READY_NAME, f"{who}: '{first.name}'", pdf, self.wine.windows_path(pdf))
        self.wine.open(second)
        wait_for(lambda: len(screen.windows(self.title)) == 2, f"{who}: a second window, beside the first")
        pdf = self.wine.system / "large.pdf"
        use_workshop(screen, self.title, LARGE_NAME, f"{who}: '{second.name}'", pdf, self.wine.windows_path(pdf))
        close_windows(screen, self.title)
        self.wine.wait()
        self.wine.open(self.wine.home / "out" / PACK)
        add_pack(screen, self.title, who)
        check((self.own / "library" / "shelter").is_dir(), f"{who}: and the pack is in the library")
        self.wine.wait()

    def _taken_from_another(self) -> None:
        """Another program had these files: it has them again afterwards. This time all is removed."""
        who = self.who
        self.wine.call("wine", "reg", "add", self.by_type, "/ve", "/d", OTHER, "/f")
        self.wine.call("wine", "reg", "add", rf"{self.by_type}\OpenWithProgids", "/v", OTHER, "/d", "x", "/f")
        for number in ("installed", "repaired"):
            self.wine.call("wine", self.project.artefact("windows"), "/S")
            self.wine.wait()
            check(self.kind in self.wine.registry(self.by_type).values(), f"{who}: {number}, it takes the files over")
        self._uninstall("uninstall all", own=True)
        check(not self.own.exists(), f"{who}: settings and notes are gone, as they were ticked")
        check(OTHER in self.wine.registry(self.by_type).values(), f"{who}: another program has its files again")
        others = self.wine.registry(rf"{self.by_type}\OpenWithProgids")
        check(list(others) == [OTHER], f"{who}: and is alone in the list of those that can open them {others}")
        self.wine.call("wine", "reg", "delete", self.by_type, "/f")
