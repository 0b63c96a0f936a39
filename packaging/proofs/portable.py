"""The portable copy for Linux: in a folder with blanks, a comma and Cyrillic letters, read-only, on a stick pulled out.

Belongs here: what is done to the copy, and what must then be so. It mounts file systems, so it wants root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, fresh, need, run

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import bare_environment, check, files_in, wait_for, words_of
from proofs.traces import ACCESSIBILITY, CUPS, Traced
from tests.faults import cups

STICK = "Анна Іванова, stick"
DATA = "handbook-data"
BUS = "/usr/libexec/at-spi-bus-launcher"


class OnStick(Traced):
    """An unpacked copy on a file system of its own, with a home and a temporary folder that should stay empty."""

    def __init__(self, project: Project, where: str, work: Path) -> None:
        self.stick, self.home, self.temporary = work / STICK, work / "home", work / "temporary"
        for folder in (self.stick, self.home, self.temporary):
            folder.mkdir()
        folder, out = self.stick / project.stem, work / "out"
        environment = bare_environment(HOME=self.home, TMPDIR=self.temporary)
        super().__init__(project, where, folder, out, [folder / project.command], environment, work / "strace")
        self.allowed = (out, self.temporary, folder / DATA)

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Nothing is left outside its folder either."""
        status = super().end(started)
        self.check_nothing_left()
        return status

    def check_nothing_left(self) -> None:
        """See that the home and the temporary folder are empty."""
        self.check_none(files_in(self.home), "nothing is left in the person's home")
        self.check_none(files_in(self.temporary), "the temporary folder is empty again")


@contextmanager
def unpacked(project: Project, where: str) -> Iterator[tuple[OnStick, Screen]]:
    """A copy on a stick, a file system in memory that can be made read-only or taken away, and a screen."""
    if os.geteuid() != 0:
        raise BuildError("this proof mounts a file system: run it as root, in a container for instance")
    proof = project.build / "proof" / "portable-linux"
    work = fresh(proof / "run")
    copy = OnStick(project, where, work)
    run("mount", "-t", "tmpfs", "-o", "size=600m", "stick", copy.stick)
    try:
        run("tar", "-xf", project.artefact("portable-linux"), "-C", copy.stick, "--no-same-owner")
        with Screen(fresh(proof / where)) as screen:
            yield copy, screen
    finally:
        subprocess.run(["umount", "-l", str(copy.stick)], check=False, capture_output=True)
        shutil.rmtree(work, ignore_errors=True)


def prove(project: Project) -> None:
    """Use the copy in every way, and look."""
    need("strace", "tar", "pdftotext", "dbus-run-session", "cupsd", "lpadmin", "lp")
    with unpacked(project, "writable") as (copy, screen):
        copy.use_commands()
        copy.check_none(files_in(copy.program / DATA), "commands leave nothing beside the program")
        copy.serve([copy.program / project.command], copy.environment)
        copy.check_nothing_left()
        with copy.window(screen):
            copy.use_window(screen)
        with copy.window(screen, str(copy.ready_workshop())):
            copy.use_workshop(screen)
        settings_beside(copy)
        _at_a_desk(copy, screen)
    with unpacked(project, "read-only") as (copy, screen):
        before = files_in(copy.stick)
        run("mount", "-o", "remount,ro", copy.stick)
        copy.search()
        copy.print_statement()
        with copy.window(screen):
            copy.use_window(screen)
        copy.check(files_in(copy.stick) == before, "nothing on the medium has changed")
    with unpacked(project, "pulled") as (copy, screen):
        _pulled(copy, screen)


def settings_beside(copy: Copy) -> None:
    """See that a portable copy keeps its settings beside the program."""
    kept = files_in(copy.program / DATA)
    copy.check(kept, f"settings lie beside the program: {kept}")


def _at_a_desk(copy: OnStick, screen: Screen) -> None:
    """With a session bus, accessibility switched on and a printer: both are sockets that may be opened, no more."""
    private = copy.out / "desk"
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
        with copy.window(screen, "statement#r3"):
            screen.wait_still(copy.passage)
            screen.open("ctrl+p", "^Print$")
            screen.settle()
            both = "the system's dialog for printing, over ours"
            screen.press("alt+n", until=lambda: len(screen.windows("^Print$")) == 2, what=both)
            screen.picture("10 printer")
            screen.key("Return")
            screen.wait_for_fewer("^Print$", 2)
            wait_for(printers.got, "a print job")
            screen.picture("11 printed")
            screen.leave("^Print$")
            check("NGO" in words_of(printers.got()[0]), "what is printed from the window has the passage's words")
    for kind in (ACCESSIBILITY, CUPS):
        copy.check(kind in copy.seen.local_kinds(), f"the trace sees the socket of {kind}")


def _pulled(copy: OnStick, screen: Screen) -> None:
    """The stick is taken away while the window is open."""
    box = f"^{copy.project.title}$"  # the title of a message
    with copy.window(screen, "statement"):
        screen.wait_still(copy.passage)
        run("umount", "-l", copy.stick)
        copy.check(not copy.program.exists(), "the stick is gone while the window is open")
        for number, keys in enumerate(("ctrl+k", "ctrl+p"), 1):
            screen.wait_for_window(copy.passage)
            screen.key(keys)
            if keys == "ctrl+k":
                screen.type("independence")
            screen.wait_for_window(box)
            screen.picture(f"{number} {keys}")
            copy.check(True, f"after {keys} a box says that the files are out of reach")
            screen.leave(box, "Return")
            screen.settle()  # longer than the pause of handbook/ui/crash_handler.py
        screen.picture("3 after")
    copy.check(not any(copy.stick.iterdir()), "nothing written where the stick was")
