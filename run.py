#!/usr/bin/env python3
"""One command for a checkout: set it up once, then open the handbook.

    python3 run.py              open the window; any of the handbook's own arguments may follow
    python3 run.py test         run every check and test; what follows is passed on to pytest

Belongs here: what has to happen before the project's own packages can be imported: making .venv, with the standard
library alone, and the search index. Nothing is installed outside the checkout. Not here: anything that the installed
program needs too.

The second start passes through main(), Checkout and start() only; what those do not need is imported where it is
used. The file must parse on Python 3.8, so that an old Python gets a sentence and not a traceback."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

TYPE_CHECKING = False  # typing.TYPE_CHECKING, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import IO

OLDEST_PYTHON = (3, 11)  # as requires-python in pyproject.toml
PLAIN, TEST = "program", "test"  # what .venv holds: the program's packages, or the tools of `run.py test` too
LOCKS = {PLAIN: ("program", "build"), TEST: ("test",)}  # files of packaging/locks, with the digest of every download
LINES_SHOWN = 12  # of a failed command's output

# Any of these in pip's output means that no package index answered; what else it then says only misleads.
NO_INDEX_SIGNS = ("connection broken by", "Max retries exceeded", "from versions: none")

# Says in one line which library of the system Qt lacks, and which command installs it.
QT_CHECK = """import sys
from handbook.ui.reading import display
try:
    display.check()
except display.NoWindow as exc:
    sys.exit(f"handbook: {exc}")"""

# The quick ones first: a misspelt name should not wait for the tests.
CHECKS = (
    ("Qt", ("-c", QT_CHECK)),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")),
    ("handbook check", ("-m", "handbook", "check")),
)


class SetUpError(Exception):
    """The set-up cannot go on; str() is the sentence for the person at the screen."""


class Checkout:
    """The folder of a checkout, and the names of what run.py keeps in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = self.venv / "set-up-complete"  # written last: without it .venv is half made
        self.log = self.venv / "set-up.log"
        self.lock = root / ".venv.lock"  # beside .venv: it outlives the folder it guards

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs .venv's Python with these arguments, from any folder."""
        # -P: a folder named `handbook` where the person happens to stand is not the program.
        return [str(self.python), "-P", *arguments]

    def locks(self, kind: str) -> list[Path]:
        """The locks that name all packages of a kind of .venv."""
        return [self.root / "packaging" / "locks" / f"{name}.txt" for name in LOCKS[kind]]

    def stamp_for(self, kind: str) -> bytes:
        """What the stamp of a whole .venv says; one that says anything else was made for something else."""
        pins = 0
        for file in (self.root / "pyproject.toml", *self.locks(kind)):
            pins = zlib.crc32(file.read_bytes(), pins)
        return os.fsencode(f"python {sys.version}\npins {pins:08x}\nfolder {self.root}\nfor {kind}\n")

    def ready(self, kind: str) -> bool:
        """Whether .venv is whole and made for this Python, these pins, this folder and this use."""
        try:
            found = self.stamp.read_bytes()
        except OSError:
            return False
        fitting = (self.stamp_for(kind), self.stamp_for(TEST))  # an environment with the tools opens it too
        return found in fitting and self.python.exists()  # .venv links to a Python that may be gone


def say(line: str) -> None:
    """Tell the person at the screen; standard output is left to the handbook's own answers."""
    print(line, file=sys.stderr, flush=True)


def locked(checkout: Checkout) -> IO[bytes]:
    """Wait until no other run.py makes .venv; the lock holds until the file returned is closed.

    The commands started meanwhile inherit it: when a run.py is killed, its pip lives on and writes, and the next
    run.py must not clear the folder under it."""
    import time

    file = checkout.lock.open("ab")
    os.set_inheritable(file.fileno(), True)
    if not take(file):
        say("Another run.py is setting up here; waiting for it.")
        while not take(file):
            time.sleep(0.2)
    return file


def take(file: IO[bytes]) -> bool:
    """Lock a file; False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the second on Windows
        return False
    except OSError:
        return True  # a file system without locks: better alone and unguarded than never
    return True


def run_logged(checkout: Checkout, what: str, *command: str) -> None:
    """Run a command with its output in the log; SetUpError, with the output's last lines, if it fails."""
    import subprocess

    say(what)
    with checkout.log.open("ab") as log:
        begin = log.tell()
        # close_fds: the lock is inherited, see locked(); Python marks every other file as not for children.
        code = subprocess.call(
            command, cwd=checkout.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
        )
    if code == 0:
        return
    output = checkout.log.read_bytes()[begin:].decode("utf-8", "replace")
    if any(sign in output for sign in NO_INDEX_SIGNS):
        raise SetUpError(
            f"{what} failed: no package index answered. Go online, or name an index that this computer "
            f"reaches in PIP_INDEX_URL, and start run.py again. (All that was said: {checkout.log})"
        )
    tail = "\n".join("    " + line for line in output.splitlines()[-LINES_SHOWN:])
    raise SetUpError(f"{what} failed:\n{tail}\nAll that was said: {checkout.log}")


def set_up(checkout: Checkout, kind: str) -> None:
    """Make .venv anew, with the project and perhaps its test tools, and the index; SetUpError if it fails."""
    with locked(checkout):
        if checkout.ready(kind):
            return  # another run.py did it while this one waited
        say(f"Setting up in {checkout.venv}, this once; the first time it fetches about 120 MB.")
        remove_venv(checkout)
        checkout.venv.mkdir()
        # When this very process runs from the old .venv, only the Python that .venv was made from is left.
        python = getattr(sys, "_base_executable", "") or sys.executable
        run_logged(checkout, "Making an empty environment", python, "-m", "venv", str(checkout.venv))
        pip = checkout.command("-m", "pip", "--disable-pip-version-check", "--no-input", "install")
        named = [word for lock in checkout.locks(kind) for word in ("-r", str(lock))]
        run_logged(checkout, "Installing packages", *pip, "--require-hashes", *named)
        itself = ("--no-deps", "--no-index", "--no-build-isolation", "--editable", ".")
        run_logged(checkout, "Installing the handbook", *pip, *itself)
        name_checkout_by_relative_path(checkout)
        try:
            run_logged(checkout, "Building the search index", *checkout.command("-m", "handbook", "index"))
        except SetUpError as exc:  # a fault in the content: the handbook opens without an index, and makes its own
            say(str(exc))
        # They are read as text where this is missing, which takes longer at each start.
        try:
            compiling = checkout.command("-m", "handbook.translations.mo_files")
            run_logged(checkout, "Compiling the translations", *compiling)
        except SetUpError as exc:
            say(str(exc))
        half = checkout.stamp.with_suffix(".half")
        half.write_bytes(checkout.stamp_for(kind))
        half.replace(checkout.stamp)


def remove_venv(checkout: Checkout) -> None:
    """Remove .venv, whatever state it is in."""
    import shutil

    try:
        checkout.stamp.unlink(missing_ok=True)  # first: killed half-way, the rest must not pass for whole
        if checkout.venv.exists():
            shutil.rmtree(checkout.venv)
    except OSError as exc:  # Windows keeps the files of a running program
        raise SetUpError(f"{checkout.venv} is in use: close the handbook and try again. ({exc})") from exc


def name_checkout_by_relative_path(checkout: Checkout) -> None:
    """Let .venv find the package by `../..`, which is ASCII.

    An editable install leaves the whole path in a .pth file, in UTF-8. Before Python 3.13 it is read in the
    locale's encoding: a folder named in Cyrillic is then not found on Windows, and fatal under LC_ALL=C."""
    for file in checkout.venv.glob("[lL]ib/**/site-packages/*_field_handbook.pth"):
        file.write_text(os.path.relpath(checkout.root, file.parent) + "\n", encoding="ascii")


def start(checkout: Checkout, arguments: list[str]) -> int:
    """Become the handbook; only on Windows, which has no such thing, is this process there to return."""
    command = checkout.command("-m", "handbook", *arguments)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - a list; it is meant that no shell reads it
    import subprocess

    return subprocess.call(command)


def run_tests(checkout: Checkout, arguments: list[str]) -> int:
    """Run the checks up to the first that fails, and then pytest, whose summary stays the last line."""
    import subprocess

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}  # no windows pop up, no screen is needed
    for name, check in (*CHECKS, ("pytest", ("-m", "pytest", *arguments))):
        print(f"== {name}", flush=True)
        code = subprocess.call(checkout.command(*check), cwd=checkout.root, env=environment)
        if code != 0:
            return code
    return 0


def main(arguments: list[str]) -> int:
    """Set up where needed, then run the tests or become the handbook; the exit status."""
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, version[:3])) for version in (OLDEST_PYTHON, sys.version_info))
        say(f"run.py: the handbook needs Python {wanted} or later; this is {found} ({sys.executable}).")
        return 1
    checkout = Checkout(Path(__file__).resolve().parent)
    testing = arguments[:1] == ["test"]
    kind = TEST if testing else PLAIN
    try:
        if not checkout.ready(kind):
            set_up(checkout, kind)
        return run_tests(checkout, arguments[1:]) if testing else start(checkout, arguments)
    except (SetUpError, OSError) as exc:  # OSError: a full disk, a folder that cannot be written
        say(f"run.py: {exc}")
        return 1
    except KeyboardInterrupt:
        say("run.py: stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
