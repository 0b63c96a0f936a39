#!/usr/bin/env python3
"""One command for a checkout: set it up once, then open the handbook.

    python3 run.py              open the window; any of the handbook's own arguments may follow
    python3 run.py test         run every check and test; what follows is passed on to pytest

Belongs here: whether there is a .venv that fits, and becoming the handbook. Not here: making one (packaging/set_up.py),
the checks (packaging/checks.py), anything that the installed program needs too.

The second start reads this file alone; what it does not need is imported where it is used. The file must parse on
Python 3.8, so that an old Python gets a sentence and not a traceback."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

OLDEST_PYTHON = (3, 11)  # as requires-python in pyproject.toml
PLAIN, TEST = "program", "test"  # what .venv holds: the program's packages, or the tools of `run.py test` too
LOCKS = {PLAIN: ("program", "build"), TEST: ("test",)}  # files of packaging/locks, with the digest of every download


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


def start(checkout: Checkout, arguments: list[str]) -> int:
    """Become the handbook; only on Windows, which has no such thing, is this process there to return."""
    command = checkout.command("-m", "handbook", *arguments)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - a list; it is meant that no shell reads it
    import subprocess

    return subprocess.call(command)


def say(line: str) -> None:
    """Tell the person at the screen; standard output is left to the handbook's own answers."""
    print(line, file=sys.stderr, flush=True)


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
        if testing or not checkout.ready(kind):
            sys.path.insert(0, str(checkout.root / "packaging"))
        if not checkout.ready(kind):
            import set_up

            set_up.set_up(checkout, kind)
        if testing:
            import checks

            return checks.run(checkout, arguments[1:])
        return start(checkout, arguments)
    except OSError as exc:  # the set-up cannot go on; a full disk, a folder that cannot be written
        say(f"run.py: {exc}")
        return 1
    except KeyboardInterrupt:
        say("run.py: stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
