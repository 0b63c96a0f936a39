"""The Windows installer, in Wine: without a question, and page by page through its windows; used, upgraded, removed.

Belongs here: what is done with the installer, and what must then be so. What Wine cannot show (SmartScreen, virus
scanners, printers) is named in docs/packaging.md."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from installers.kinds import windows as setup
from installers.project import Project
from installers.shipped.rules import WINDOWS
from installers.tools import fresh, say
from installers.trees.tree import Tree

from proofs.copy import PACK, QUERY
from proofs.screen import Screen
from proofs.steps import check, check_none, files_in, wait_for
from proofs.wine import OPENS_ONE, PERSON, InWine, Wine

NOTES = "my own notes.txt"  # a file of the person's in the program's folder
RUNNING = 3  # the installer's exit code when the program is open
OLDER = "0.0.1"
LEFTOVER = Path("lib", "only-in-the-old-version.txt")
OTHER = "AnotherProgram.workshop"  # the class of another program that opens the same files
LARGE_NAME = "All that there is to read"  # more than a hundred pages, which the program sets in a process of its own
# Without "instruments": a part of it ends badly in every look; all is set eight times then, each a minute in Wine.
LARGE = """plan-opening statement reading-the-statement then-and-now timeline network who-is-who glossary names
    sources"""


def prove(project: Project) -> None:
    """Install and use it for two persons: one with a plain name, one with a space and Cyrillic letters."""
    work = fresh(project.build / "proof" / "windows")
    for person in (PERSON, "anna"):
        first = person.split()[0]
        with Screen(work / first) as screen, Wine(project, work / f"{first} in Wine", screen, person) as wine:
            say(f"  --  {person}: without a question")
            copy = Installed(wine)
            copy.silent()
            if not person.isascii():  # once is enough, and that is the harder one
                say(f"  --  {person}: by hand")
                copy.by_hand()


class Installed(InWine):
    """A copy that the installer puts into a prefix, for the person alone."""

    def __init__(self, wine: Wine) -> None:
        title, local = wine.project.title, wine.home / "AppData" / "Local"
        super().__init__(wine, local / "Programs" / title, wine.home / "out")
        self.setup, self.uninstaller = wine.project.artefact("windows"), self.program / "uninstall.exe"
        self.own = local / wine.project.name  # settings and notes
        self.documents = wine.home / "Documents"
        self.link = wine.home / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{title}.lnk"
        self.shortcut = wine.home / "Desktop" / f"{title}.lnk"
        self.entry = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{wine.project.identity}"
        self.setup_title, self.uninstall_title = f"^{title} Setup", f"^{title} Uninstall"
        types = [f".{kind.extension}" for kind in wine.project.file_types]
        self.kinds = {extension: f"{wine.project.identity}{extension}" for extension in types}  # our class for each

    # -- Without a question --------------------------------------------------------------------------------------

    def silent(self) -> None:
        """Everything that the installer does without a question, in the order in which a person meets it."""
        older = self._older_version()
        self._install(version=older)
        check(self._version() == OLDER, "an older version is installed first")
        check((self.program / LEFTOVER).exists(), "it has a file that the new one lacks")
        kept = self.own / "kept by the older version.txt"
        kept.parent.mkdir(parents=True)
        kept.write_text("notes", encoding="utf-8")
        self._install()
        check(not (self.program / LEFTOVER).exists(), "the upgrade removed what only the old version had")
        check(kept.read_text(encoding="utf-8") == "notes", "and kept settings and notes")
        self._look()
        self.use_commands()
        self._sockets()
        self.wine.open(self.link)
        self.use_window()
        self.close()
        check(files_in(self.own), f"settings are where Windows wants them: {files_in(self.own)}")
        with self.window("statement#r3"):
            before = files_in(self.program)
            self._install(accept=(RUNNING,))
            what = f"while it runs, the installer stops with {RUNNING} and changes nothing"
            check(files_in(self.program) == before, what)
        self._repair()
        kept_files = files_in(self.own)
        self._install(version=older)
        check(self._version() == OLDER, "an older version takes the place of the newer one")
        check(files_in(self.own) == kept_files, "settings and notes stay")
        self._install()
        self._remove()
        self._for_everybody()
        self._elsewhere()
        self._install()
        self._remove()

    def _install(self, *how: str, version: Path | None = None, accept: Sequence[int] = (0,)) -> None:
        self.wine.run(version or self.setup, "/S", *how, accept=accept)

    def _uninstall(self, folder: Path, gone: Path) -> None:
        """Remove what is in a folder; a copy of the uninstaller does it, after the uninstaller has ended."""
        self.wine.run(folder / self.uninstaller.name, "/S")
        self.wine.wait()
        wait_for(lambda: not gone.exists(), f"uninstalled: {gone.name} is gone")

    def _version(self) -> str:
        return self.wine.registry(self.entry).get("DisplayVersion", "")

    def _classes(self, name: str) -> dict[str, str]:
        """The values of a person's own class of files."""
        return self.wine.registry(rf"HKCU\Software\Classes\{name}")

    def _older_version(self) -> Path:
        """An installer of a small older version: enough to be upgraded."""
        work = Path(tempfile.mkdtemp(dir=self.wine.folder))
        folder = work / "tree"
        (folder / LEFTOVER).parent.mkdir(parents=True)
        (folder / LEFTOVER).write_text("old")
        (folder / self.with_window.name).write_bytes(b"MZ")
        check((self.project.build / "windows" / "icon.ico").exists(), "the folder for Windows was built here")
        made = setup.make(Tree(replace(self.project, version=OLDER), WINDOWS, folder, self.with_window.name))
        return Path(shutil.move(made, work / made.name))

    def _look(self) -> None:
        """See what the installer has put where."""
        check(self._version() == self.project.version, f"the entry in Apps names version {self.project.version}")
        size = int(self.wine.registry(self.entry)["EstimatedSize"], 16) * 1024
        real = sum(path.stat().st_size for path in self.program.rglob("*") if path.is_file())
        check(abs(size - real) < 2_000_000, f"and the size, {size / 1e6:.0f} MB")
        check(self.link.exists(), "the Start menu has an entry")
        for extension, kind in self.kinds.items():
            opened = "".join(self._classes(rf"{kind}\shell\open\command").values())
            check(self.with_window.name in opened, f"{extension} files open with it")
        libraries = [name.lower() for name in files_in(self.program) if name.endswith((".dll", ".pyd"))]
        check_none([name for name in libraries if "network" in name], "no network library of Qt is in it")

    def _sockets(self) -> None:
        opens_one = self.wine.compiled(self.wine.folder / "opens-one.exe", OPENS_ONE, "-lws2_32")
        check(self.wine.sockets(opens_one), "the watch sees a program that opens a socket")
        for words in (("search", QUERY), ("print", "statement", "-o", self.out / "sockets.pdf")):
            seen = self.wine.sockets(self.console, *self.told(words))
            check_none(seen[:3], f"'{words[0]}' asks Windows for no socket")

    def _repair(self) -> None:
        (self.program / NOTES).write_text("mine", encoding="utf-8")
        kept = {name: (self.own / name).read_bytes() for name in files_in(self.own)}
        broken = self.program / "lib" / "handbook" / "cli" / "main.pyc"
        whole = broken.read_bytes()
        broken.write_bytes(b"")
        self._install()
        check(broken.read_bytes() == whole, "installed again, it is repaired")
        check((self.program / NOTES).exists(), "a file of the person's in its folder stays")
        same = all((self.own / name).read_bytes() == data for name, data in kept.items())
        check(same, "settings and notes stay")

    def _for_everybody(self) -> None:
        """An administrator installs it for everybody who uses the computer."""
        entry = self.entry.replace("HKCU", "HKLM")
        folder = self.wine.system / "Program Files" / self.project.title
        start = self.wine.system / "ProgramData/Microsoft/Windows/Start Menu/Programs" / self.link.name
        self._install("/ALLUSERS")
        check(self.wine.registry(entry), "with /ALLUSERS it has its entry in Apps for everybody")
        check(start.exists() and not self.link.exists(), "and is in everybody's Start menu")
        check(not self.program.exists(), "and in Program Files alone")
        InWine(self.wine, folder, self.out).search()
        self._uninstall(folder, gone=folder)
        check(not self.wine.registry(entry) and not start.exists(), "removed for everybody, nothing is left")

    def _elsewhere(self) -> None:
        """Into a folder that the person names, with a blank and a comma in its name."""
        folder = self.wine.system / "Texts, mine"
        self._install(*f"/D={self.inside(folder)}".split(" "))
        copy = InWine(self.wine, folder, self.out)
        copy.search()
        with copy.window():
            copy.use_window()
        self._uninstall(folder, gone=folder)
        check(not folder.exists(), f"installed in '{folder.name}', used, and removed")

    def _remove(self) -> None:
        notes = [NOTES] if (self.program / NOTES).exists() else []
        self._uninstall(self.program, gone=self.uninstaller)
        left = files_in(self.program)
        check(left == notes, f"uninstalled, only the person's own file is left: {left}")
        check(not self.link.exists(), "the Start menu entry is gone")
        check(not self.wine.registry(self.entry), "the entry in Apps is gone")
        check_none([one for one in self.kinds if self._classes(one)], "and the file types")
        check(files_in(self.own), "settings and notes are kept")
        if notes:
            (self.program / NOTES).unlink()
            self.program.rmdir()

    # -- Page by page --------------------------------------------------------------------------------------------

    def by_hand(self) -> None:
        """Everything that is done in windows, in the order in which a person meets it.

        The prefix has no handbook any more, and in `out` a pack to be opened."""
        workshop = next(iter(self.kinds))
        self._cancel()
        self._go_through_setup("setup", shortcut=False)
        check(not self.shortcut.exists(), "no shortcut on the desktop, as none was chosen")
        self.close()
        self._workshops(workshop)
        self._go_through_setup("again", shortcut=True)
        self.close()
        check(self.shortcut.exists(), "a shortcut on the desktop, as it was chosen")
        self.wine.open(self.shortcut)
        self.screen.wait_for_window(self.title)
        check(True, "it starts the handbook")
        self.close()
        self._go_through_uninstaller("uninstall", own=False)
        check(files_in(self.own), "settings and notes are kept, as they were not ticked")
        check(not self._classes(workshop), f"{workshop} files have no program any more")
        self._taken_from_another(workshop)

    def _cancel(self) -> None:
        """Change one's mind at the first page."""
        screen, title = self.screen, self.setup_title
        self.wine.start(self.setup)
        screen.wait_for_window(title)
        screen.press("Escape", until=lambda: len(screen.windows(title)) == 2, what="a question before it closes")
        screen.picture("setup 0 cancelled")
        screen.press("Return", until=lambda: not screen.windows(title), what="Yes, however it is called")
        self.wine.wait()
        check(not self.program.exists(), "given up at the first page, nothing is installed")

    def _go_through_setup(self, name: str, *, shortcut: bool) -> None:
        """Go through the installer, until the handbook that it opens is there."""
        screen, title, before = self.screen, self.setup_title, self._written()
        self.wine.start(self.setup)
        screen.wait_for_window(title)
        screen.picture(f"{name} 1 choices")
        if shortcut:
            screen.key("Down", "Down", "space")
            screen.picture(f"{name} 2 shortcut")
        screen.key("alt+n")
        screen.picture(f"{name} 3 folder")
        screen.key("alt+i")
        screen.picture(f"{name} 4 progress", seconds=0)
        is_new = "it is installed, or installed anew"
        screen.press("alt+n", "alt+i", until=lambda: self._written() not in (0, before), what=is_new)
        screen.picture(f"{name} 5 last")
        check(screen.windows(title), f"'{name}' through the installer's window")
        screen.press("alt+f", until=lambda: not screen.windows(title), what="its last page closes")
        screen.wait_for_window(self.title)
        check(True, "and the handbook opens from its last page")

    def _written(self) -> int:
        """When the uninstaller was written, the last of the files; 0 while there is none."""
        return self.uninstaller.stat().st_mtime_ns if self.uninstaller.exists() else 0

    def _go_through_uninstaller(self, name: str, *, own: bool) -> None:
        screen, saved = self.screen, files_in(self.documents)
        self.wine.start(self.uninstaller)
        screen.wait_for_window(self.uninstall_title)
        if own:
            screen.key("Down", "space")
        screen.picture(f"{name} 1 choices")
        screen.press("alt+u", until=lambda: not self.program.exists(), what="it removes the program")
        screen.picture(f"{name} 2 last")
        screen.leave(self.uninstall_title, "alt+c")
        self.wine.wait()
        check(not self.program.exists(), f"'{name}' through its window: the program's folder is gone")
        check(not self.shortcut.exists(), "and the shortcut on the desktop")
        check(saved and files_in(self.documents) == saved, f"the person's own files stay: {saved}")

    def _workshops(self, extension: str) -> None:
        """Open a workshop by its type, and another one meanwhile; print both. Open a pack."""
        # Windows shows HKEY_CURRENT_USER/Software/Classes over the computer's own; Wine 8 does not look there.
        for name in (*self.kinds, *self.kinds.values()):
            own, common = (rf"{top}\Software\Classes\{name}" for top in ("HKCU", "HKLM"))
            self.wine.run("reg", "delete", common, "/f", accept=(0, 1))
            self.wine.run("reg", "copy", own, common, "/s", "/f", accept=(0, 1))  # 1: the person has none
        self.wine.open(self.copied_workshop(self.documents))
        self.use_workshop()
        first = self.screen.windows(self.title)
        large = self.documents / f"large{extension}"
        head = f'format = 1\ntitle = "{LARGE_NAME}"\nparticipants = 3\nlanguage = "en"\nstart = 09:00:00\n'
        large.write_text(head + "".join(f'\n[[items]]\naddress = "{one}"\n' for one in LARGE.split()), "utf-8")
        self.wine.open(large)
        self.screen.wait_for_window(self.title, but=first)
        check(len(self.screen.windows(self.title)) == 2, "a second window, beside the first")
        self.use_workshop(LARGE_NAME)
        self.close()
        self.wine.open(self.out / PACK)
        self.see_pack()
        check((self.own / "library" / "shelter").is_dir(), "and the pack is in the library")

    def _taken_from_another(self, extension: str) -> None:
        """Another program had these files: it has them again afterwards. This time all is removed."""
        key = rf"HKCU\Software\Classes\{extension}"
        self.wine.run("reg", "add", key, "/ve", "/d", OTHER, "/f")
        self.wine.run("reg", "add", rf"{key}\OpenWithProgids", "/v", OTHER, "/d", "x", "/f")
        for number in ("installed", "repaired"):
            self._install()
            self.wine.wait()
            check(self.kinds[extension] in self._classes(extension).values(), f"{number}, it takes the files over")
        self._go_through_uninstaller("uninstall all", own=True)
        check(not self.own.exists(), "settings and notes are gone, as they were ticked")
        check(OTHER in self._classes(extension).values(), "another program has its files again")
        others = self._classes(rf"{extension}\OpenWithProgids")
        check(list(others) == [OTHER], f"and is alone in the list of those that can open them {others}")
