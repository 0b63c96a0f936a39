"""The Windows installer and uninstaller in Wine, page by page through their windows; workshops by double click.

Belongs here: what a person does with keyboard and mouse, and what must then be so. Not here: silent installing
(windows.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

from proofs.copy import LARGE_NAME, PACK, large_workshop
from proofs.screen import Screen
from proofs.steps import files_in
from proofs.wine import Installed, Wine

OTHER = "AnotherProgram.workshop"  # the class of another program that opens the same files


class ByHand(Installed):
    """The installer's windows, for one person, whose prefix has no handbook. It leaves a pack in `out` to be opened."""

    def __init__(self, wine: Wine, screen: Screen) -> None:
        super().__init__(wine)
        self.screen = screen
        self.documents = wine.home / "Documents"
        self.setup_title = f"^{self.project.title} Setup"
        self.uninstall_title = f"^{self.project.title} Uninstall"
        self.extensions = [kind.extension for kind in self.project.file_types]

    def prove(self) -> None:
        """Everything, in the order in which a person meets it."""
        workshop = f".{self.extensions[0]}"
        self._cancel()
        self._install("setup", shortcut=False)
        self.check(not self.shortcut.exists(), "no shortcut on the desktop, as none was chosen")
        self._close()
        self._workshops()
        self._install("again", shortcut=True)
        self._close()
        self.check(self.shortcut.exists(), "a shortcut on the desktop, as it was chosen")
        self.wine.open(self.shortcut)
        self.screen.wait_for_window(self.title)
        self.check(True, "it starts the handbook")
        self._close()
        self._uninstall("uninstall", own=False)
        self.check(files_in(self.own), "settings and notes are kept, as they were not ticked")
        self.check(not self.classes(workshop), f"{workshop} files have no program any more")
        self._taken_from_another(workshop)

    def _close(self) -> None:
        self.screen.close(self.title)
        self.wine.wait()

    # -- The windows -----------------------------------------------------------------------------------------

    def _cancel(self) -> None:
        """Change one's mind at the first page."""
        screen = self.screen
        self.wine.start("wine", self.setup)
        screen.wait_still(self.setup_title)
        asked = f"{self.where}: a question before it closes"
        screen.press("Escape", until=lambda: len(screen.windows(self.setup_title)) == 2, what=asked)
        screen.picture("setup 0 cancelled")
        screen.press("Return", until=lambda: not screen.windows(self.setup_title), what="Yes, however it is called")
        self.wine.wait()
        self.check(not self.program.exists(), "given up at the first page, nothing is installed")

    def _install(self, name: str, *, shortcut: bool) -> None:
        """Go through the installer, until the handbook that it opens is there."""
        screen, where, before = self.screen, self.where, self._written()
        self.wine.start("wine", self.setup)
        screen.wait_still(self.setup_title)
        screen.picture(f"{name} 1 choices")
        if shortcut:
            screen.key("Down", "Down", "space")
            screen.picture(f"{name} 2 shortcut")
        screen.key("alt+n")
        screen.picture(f"{name} 3 folder")
        screen.key("alt+i")
        screen.picture(f"{name} 4 progress", seconds=0)
        is_new = f"{where}: it is installed, or installed anew"
        screen.press("alt+n", "alt+i", until=lambda: self._written() not in (0, before), what=is_new)
        screen.picture(f"{name} 5 last")
        self.check(screen.windows(self.setup_title), f"'{name}' through the installer's window")
        screen.press("alt+f", until=lambda: not screen.windows(self.setup_title), what=f"{where}: its last page closes")
        screen.wait_for_window(self.title)
        self.check(True, "and the handbook opens from its last page")

    def _written(self) -> int:
        """When the uninstaller was written, the last of the files; 0 while there is none."""
        return self.uninstaller.stat().st_mtime_ns if self.uninstaller.exists() else 0

    def _uninstall(self, name: str, *, own: bool) -> None:
        """Go through the uninstaller."""
        screen, saved = self.screen, files_in(self.documents)
        self.wine.start("wine", self.uninstaller)
        screen.wait_still(self.uninstall_title)
        if own:
            screen.key("Down", "space")
        screen.picture(f"{name} 1 choices")
        screen.press("alt+u", until=lambda: not self.program.exists(), what=f"{self.where}: it removes the program")
        screen.picture(f"{name} 2 last")
        screen.leave(self.uninstall_title, "alt+c")
        self.wine.wait()
        self.check(not self.program.exists(), f"'{name}' through its window: the program's folder is gone")
        self.check(not self.shortcut.exists(), "and the shortcut on the desktop")
        self.check(saved and files_in(self.documents) == saved, f"the person's own files stay: {saved}")

    # -- Workshops -------------------------------------------------------------------------------------------

    def _workshops(self) -> None:
        """Open a workshop by its type, and another one meanwhile; print both. Open a pack."""
        screen = self.screen
        self.wine.add_person_classes(*(name for one in self.extensions for name in (f".{one}", self.kind(one))))
        self.wine.open(Path(shutil.move(self.copied_workshop(), self.documents)))
        self.use_workshop(screen)
        first = screen.windows(self.title)
        self.wine.open(large_workshop(self.documents / f"large.{self.extensions[0]}"))
        screen.wait_for_window(self.title, but=first)
        self.check(len(screen.windows(self.title)) == 2, "a second window, beside the first")
        self.use_workshop(screen, LARGE_NAME)
        self._close()
        self.wine.open(self.out / PACK)
        self.see_pack(screen)
        self.check((self.own / "library" / "shelter").is_dir(), "and the pack is in the library")
        self.wine.wait()

    def _taken_from_another(self, workshop: str) -> None:
        """Another program had these files: it has them again afterwards. This time all is removed."""
        key = rf"HKCU\Software\Classes\{workshop}"
        self.wine.call("wine", "reg", "add", key, "/ve", "/d", OTHER, "/f")
        self.wine.call("wine", "reg", "add", rf"{key}\OpenWithProgids", "/v", OTHER, "/d", "x", "/f")
        for number in ("installed", "repaired"):
            self.install()
            self.wine.wait()
            taken = self.kind(self.extensions[0]) in self.classes(workshop).values()
            self.check(taken, f"{number}, it takes the files over")
        self._uninstall("uninstall all", own=True)
        self.check(not self.own.exists(), "settings and notes are gone, as they were ticked")
        self.check(OTHER in self.classes(workshop).values(), "another program has its files again")
        others = self.classes(rf"{workshop}\OpenWithProgids")
        self.check(list(others) == [OTHER], f"and is alone in the list of those that can open them {others}")
