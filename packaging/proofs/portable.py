"""The portable copy for Linux: from a path with spaces and Cyrillic letters, a read-only medium, a stick pulled out.

Belongs here: what is done to the copy, and what must then be so. It mounts file systems, so it wants root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, fresh, need, run

from proofs import traces
from proofs.commands import Commands, use_commands
from proofs.desk import at_desk
from proofs.screen import Screen
from proofs.steps import (
    QUERY,
    READY_NAME,
    check,
    check_pdf,
    check_search,
    check_serves,
    ended,
    files_in,
    ready_workshop,
    wait_for,
)
from proofs.window import close_windows, print_on_paper, use_window, use_workshop

STICK = "Анна Іванова stick"
DATA = "handbook-data"
BOX = "^Field Handbook$"  # the title of a message


class Copy:
    """An unpacked copy on a file system of its own, with a home and a temporary folder that should stay empty."""

    def __init__(self, project: Project, work: Path) -> None:
        self.project = project
        self.stick = work / STICK
        self.home, self.temporary, self.out = work / "home", work / "temporary", work / "out"
        for folder in (self.stick, self.home, self.temporary, self.out):
            folder.mkdir()

    @property
    def folder(self) -> Path:
        """The program's folder."""
        return self.stick / self.project.stem

    @property
    def program(self) -> Path:
        """The file to start."""
        return self.folder / self.project.command

    def environment(self, **more: str) -> dict[str, str]:
        """A person's environment: a home, a place for temporary files, no more."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, "HOME": str(self.home), "TMPDIR": str(self.temporary), **more}

    def run(self, *arguments: str | Path, log: Path | None = None) -> str:
        """Run a command of the copy's; its output. With `log`, under strace."""
        command = [str(self.program), *map(str, arguments)]
        done = subprocess.run(
            traces.traced(command, log) if log else command,
            env=self.environment(),
            cwd=self.out,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise BuildError(f"{' '.join(command)} ended with {done.returncode}: {said}")
        return done.stdout.decode("utf-8", "replace")

    def check_nothing_left(self, where: str) -> None:
        """See that the home and the temporary folder are empty."""
        check(not files_in(self.home), f"{where}: nothing is left in the person's home {files_in(self.home) or ''}")
        left = files_in(self.temporary)
        check(not left, f"{where}: the temporary folder is empty again {left or ''}")


@contextmanager
def mounted(project: Project) -> Iterator[Copy]:
    """A copy on a stick: a file system in memory that can be made read-only or taken away."""
    if os.geteuid() != 0:
        raise BuildError("this proof mounts a file system: run it as root, in a container for instance")
    work = fresh(project.build / "proof" / "portable-linux" / "run")
    copy = Copy(project, work)
    run("mount", "-t", "tmpfs", "-o", "size=600m", "stick", copy.stick)
    try:
        run("tar", "-xf", project.artefact("portable-linux"), "-C", copy.stick, "--no-same-owner")
        yield copy
    finally:
        subprocess.run(["umount", "-l", str(copy.stick)], check=False, capture_output=True)
        shutil.rmtree(work, ignore_errors=True)


def prove(project: Project) -> None:
    """Use the copy in every way, and look."""
    need("strace", "tar", "pdftotext")
    pictures = fresh(project.build / "proof" / "portable-linux" / "pictures")
    with mounted(project) as copy, Screen(pictures / "writable") as screen:
        _commands(copy)
        _window(copy, screen)
        _at_a_desk(copy, screen)
    with mounted(project) as copy, Screen(pictures / "read-only") as screen:
        _read_only(copy, screen)
    with mounted(project) as copy, Screen(pictures / "pulled") as screen:
        _pulled(copy, screen)


def _commands(copy: Copy) -> None:
    where = "commands"
    log = copy.out / "strace.log"
    own = copy.folder / DATA  # while a file is written, a note of its place lies there

    def look(command: str) -> None:
        seen = traces.read(log)
        check(not seen.sockets, f"{where}: '{command}' opens no socket {seen.sockets or ''}")
        stray = seen.outside([copy.out, own, copy.temporary, "/dev/null"])
        check(not stray, f"{where}: and writes nothing outside the copy's folder {stray or ''}")

    run_one = partial(copy.run, log=log)
    use_commands(copy.project, Commands(where, run_one, copy.folder, copy.out, after=look))
    left = files_in(own)
    check(not left, f"{where}: nothing is left in the copy's folder {left or ''}")
    check_serves(where, [str(copy.program)], copy.environment())
    copy.check_nothing_left(where)


def _window(copy: Copy, screen: Screen) -> None:
    where = "window"
    log, pdf = copy.out / "window.log", copy.out / "from the window.pdf"
    command = traces.traced([copy.program, "statement"], log)
    started = subprocess.Popen(command, env=copy.environment(DISPLAY=screen.display), cwd=copy.out)
    title = rf"\S - {_title(copy)}$"
    use_window(screen, title, where, pdf)
    close_windows(screen, title)
    check(ended(started) == 0, f"{where}: it ends by itself")
    check_pdf_small(pdf, where)
    _check_window(copy, log, where)
    _workshop(copy, screen)


def _workshop(copy: Copy, screen: Screen) -> None:
    """Open a ready workshop, and print its packets."""
    where = "workshop"
    log, pdf = copy.out / "workshop.log", copy.out / "workshop.pdf"
    command = traces.traced([copy.program, ready_workshop(copy.folder)], log)
    started = subprocess.Popen(command, env=copy.environment(DISPLAY=screen.display), cwd=copy.out)
    title = f"{_title(copy)}$"
    use_workshop(screen, title, READY_NAME, where, pdf)
    close_windows(screen, title)
    check(ended(started) == 0, f"{where}: it ends by itself")
    _check_window(copy, log, where)


def _check_window(copy: Copy, log: Path, where: str) -> None:
    """See what a window opened and wrote."""
    seen = traces.read(log)
    check(not seen.foreign(), f"{where}: no socket but {', '.join(sorted(seen.local_kinds()))} {seen.foreign() or ''}")
    stray = seen.outside([copy.stick, copy.out, copy.temporary, "/dev/", "/proc/self/", "/memfd:"])
    check(not stray, f"{where}: no file written outside its folder {stray or ''}")
    check(files_in(copy.folder / DATA), f"{where}: settings lie beside the program: {files_in(copy.folder / DATA)}")
    copy.check_nothing_left(where)


def _at_a_desk(copy: Copy, screen: Screen) -> None:
    """With a session bus, accessibility switched on and a printer: both are sockets that may be opened, no more."""
    where = "with a bus and a printer"
    log = copy.out / "desk.log"
    title = rf"\S - {_title(copy)}$"
    with at_desk(copy.out / "desk") as desk:
        command = desk.command(traces.traced([copy.program, "statement#r3"], log))
        environment = copy.environment(DISPLAY=screen.display, **desk.environment())
        started = subprocess.Popen(command, env=environment, cwd=copy.out)
        print_on_paper(screen, title, where)
        wait_for(desk.printers.got, f"{where}: a print job")
        check_pdf_small(desk.printers.got()[0], f"{where}: what is printed from the window")
        close_windows(screen, title)
        check(ended(started) == 0, f"{where}: it ends by itself")
    seen = traces.read(log)
    kinds = seen.local_kinds()
    check(not seen.foreign(), f"{where}: no socket but {'; '.join(sorted(kinds))} {seen.foreign() or ''}")
    for kind in (traces.ACCESSIBILITY, traces.CUPS):
        check(kind in kinds, f"{where}: the trace sees that of {kind}")
    copy.check_nothing_left(where)


def check_pdf_small(pdf: Path, where: str) -> None:
    """See that a PDF of one section has its words."""
    check("NGO" in run("pdftotext", pdf, "-"), f"{where}: the PDF holds the passage")


def _title(copy: Copy) -> str:
    """How the window's title ends: the handbook's own name."""
    import tomllib

    manifest = copy.project.root / "content" / "en" / "handbook.toml"
    return str(tomllib.loads(manifest.read_text(encoding="utf-8"))["title"])


def _read_only(copy: Copy, screen: Screen) -> None:
    where = "read-only"
    before = files_in(copy.stick)
    run("mount", "-o", "remount,ro", copy.stick)
    check_search(copy.run("search", QUERY, "--json"), where)
    pdf = copy.out / "заява.pdf"
    copy.run("print", "statement", "-o", pdf)
    check_pdf(pdf, where)
    started = subprocess.Popen(
        [str(copy.program), "statement"], env=copy.environment(DISPLAY=screen.display), cwd=copy.out
    )
    title = rf"\S - {_title(copy)}$"
    use_window(screen, title, where, copy.out / "from the window.pdf")
    close_windows(screen, title)
    check(ended(started) == 0, f"{where}: it ends by itself")
    check(files_in(copy.stick) == before, f"{where}: nothing on the medium has changed")
    copy.check_nothing_left(where)


def _pulled(copy: Copy, screen: Screen) -> None:
    where = "pulled"
    log = copy.out / "pulled.log"
    command = traces.traced([copy.program, "statement"], log)
    errors = screen.folder / "errors.txt"  # kept after the proof
    with errors.open("wb") as stream:
        started = subprocess.Popen(command, env=copy.environment(DISPLAY=screen.display), cwd=copy.out, stderr=stream)
    title = rf"\S - {_title(copy)}$"
    screen.wait_still(title)
    run("umount", "-l", copy.stick)
    check(not copy.program.exists(), f"{where}: the stick is gone while the window is open")
    for number, keys in enumerate(("ctrl+k", "ctrl+p"), 1):
        screen.wait_for_window(title)
        screen.key(keys)
        if keys == "ctrl+k":
            screen.type("independence")
        screen.wait_for_window(BOX)
        screen.picture(f"{number} {keys}")
        check(started.poll() is None, f"{where}: after {keys} a box says that the files are out of reach")
        screen.key("Return")
        screen.wait_without(BOX)
        screen.settle()  # longer than the pause of handbook/ui/crash_handler.py
    screen.wait_for_window(title)
    screen.picture("3 after")
    close_windows(screen, title)
    check(ended(started) == 0, f"{where}: it ends by itself, without a crash")
    seen = traces.read(log)
    stray = seen.outside([copy.stick, copy.out, copy.temporary, "/dev/", "/proc/self/", "/memfd:"])
    check(not stray, f"{where}: nothing written elsewhere {stray or ''}")
    check(not any(copy.stick.iterdir()), f"{where}: nothing written where the stick was")
    copy.check_nothing_left(where)
