"""The portable copies: in folders with blanks, a comma and Cyrillic letters; they leave nothing outside their own.

For Linux also read-only, with a printer, and on a stick pulled out; it mounts file systems, so it wants root.
Belongs here: what is done to the copies, and what must then be so."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from installers.project import Project
from installers.tools import fresh, need, run, say

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import bare_environment, check, check_none, files_in, need_root, wait_for, words_of
from proofs.traces import ACCESSIBILITY, CUPS, Traced
from proofs.wine import InWine, Wine
from tests.faults import cups

STICK = "Анна Іванова, stick"
DATA = "handbook-data"
BUS = "/usr/libexec/at-spi-bus-launcher"


def on_windows(project: Project) -> None:
    """Unpack and use it in Wine; then look at what it left."""
    work = fresh(project.build / "proof" / "portable-windows")
    with Screen(work / "pictures") as screen, Wine(project, work / "wine", screen) as wine:
        stick = wine.system / STICK
        with zipfile.ZipFile(project.artefact("portable-windows")) as archive:
            archive.extractall(stick)
        before = set(files_in(wine.home))
        _use(InWine(wine, stick / project.stem, wine.system / "out"))
        # The list of files opened last is the file dialog's, which is Windows' own: not the handbook's to keep.
        new = sorted(name for name in set(files_in(wine.home)) - before if "/Recent/" not in name)
        check_none(new, "nothing new in the person's folder")
        check_none(wine.registry(rf"HKCU\Software\{project.title}"), "nothing in the registry under its name")


def on_linux(project: Project) -> None:
    """Use the copy in every way, and look."""
    need("strace", "tar", "pdftotext", "dbus-run-session", "cupsd", "lpadmin", "lp")
    need_root()
    with _on_stick(project, "writable") as copy:
        _use(copy)
        _at_a_desk(copy)
    with _on_stick(project, "read-only") as copy:
        stick = copy.program.parent
        before = files_in(stick)
        run("mount", "-o", "remount,ro", stick)
        copy.search()
        copy.print_statement()
        with copy.window():
            copy.use_window()
        check(files_in(stick) == before, "nothing on the medium has changed")
    with _on_stick(project, "pulled") as copy:
        _pulled(copy)


def _use(copy: Copy) -> None:
    """Use commands and windows; only windows leave something, beside the program."""
    copy.use_commands()
    check_none(files_in(copy.program / DATA), "commands leave nothing beside the program")
    with copy.window():
        copy.use_window()
    with copy.window(copy.ready_workshop()):
        copy.use_workshop()
    kept = files_in(copy.program / DATA)
    check(kept, f"settings lie beside the program: {kept}")


@contextmanager
def _on_stick(project: Project, how: str) -> Iterator[Traced]:
    """A copy on a stick: a file system in memory, which can be made read-only or taken away."""
    say(f"  --  {how}")
    proof = project.build / "proof" / "portable-linux"
    work = fresh(proof / "run")
    stick, home, temporary, out = (work / name for name in (STICK, "home", "temporary", "out"))
    for folder in (stick, home, temporary):
        folder.mkdir()
    program = stick / project.stem
    run("mount", "-t", "tmpfs", "-o", "size=600m", "stick", stick)
    try:
        run("tar", "-xf", project.artefact("portable-linux"), "-C", stick, "--no-same-owner")
        with Screen(fresh(proof / how)) as screen:
            environment = bare_environment(HOME=home, TMPDIR=temporary)
            copy = Traced(project, screen, program, out, [program / project.command], environment)
            copy.allowed, copy.empty = (out, temporary, program / DATA), (home, temporary)
            yield copy
    finally:
        subprocess.run(["umount", "-l", str(stick)], check=False, capture_output=True)
        shutil.rmtree(work, ignore_errors=True)


def _at_a_desk(copy: Traced) -> None:
    """With a session bus, accessibility switched on and a printer: both are sockets that may be opened, no more."""
    private, screen = copy.out / "desk", copy.screen
    private.mkdir(mode=0o700)
    inner = f'{BUS} --launch-immediately & sleep 2; "$@"; code=$?; kill $!; exit $code'
    copy.command = ("dbus-run-session", "--", "sh", "-c", inner, "sh", *copy.command)
    with cups.running() as printers:
        printers.add("Paper")
        copy.environment |= {
            "CUPS_SERVER": str(printers.folder / "cups.sock"),
            "XDG_RUNTIME_DIR": str(private),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        with copy.window("statement#r3"):
            screen.wait_for_window(copy.passage)
            screen.open("ctrl+p", "^Print$")
            both = "the system's dialog for printing, over ours"
            screen.press("alt+n", until=lambda: len(screen.windows("^Print$")) == 2, what=both)
            screen.picture("10 printer")
            screen.key("Return")
            wait_for(lambda: screen.fewer("^Print$", 2), "the system's dialog closed")
            wait_for(printers.got, "a print job")
            screen.picture("11 printed")
            screen.leave("^Print$")
            check("NGO" in words_of(printers.got()[0]), "what is printed from the window has the passage's words")
    for kind in (ACCESSIBILITY, CUPS):
        check(kind in copy.sockets, f"the trace sees the socket of {kind}")


def _pulled(copy: Traced) -> None:
    """The stick is taken away while the window is open."""
    box, screen, stick = f"^{copy.project.title}$", copy.screen, copy.program.parent  # box: the title of a message
    with copy.window("statement"):
        screen.wait_for_window(copy.passage)
        run("umount", "-l", stick)
        check(not copy.program.exists(), "the stick is gone while the window is open")
        for number, keys in enumerate(("ctrl+k", "ctrl+p"), 1):
            screen.wait_for_window(copy.passage)
            screen.key(keys)
            if keys == "ctrl+k":
                screen.type("independence")
            screen.wait_for_window(box)
            screen.picture(f"{number} {keys}")
            check(True, f"after {keys} a box says that the files are out of reach")
            screen.leave(box, "Return")
            screen.settle()  # longer than the pause of handbook/ui/crash_handler.py
        screen.picture("3 after")
    check(not any(stick.iterdir()), "nothing written where the stick was")
