#!/usr/bin/env python3
"""One command for a checkout: set it up once, then open the handbook.

    python3 run.py              open the window; any of the handbook's own arguments may follow
    python3 run.py test         run every check and test; what follows is passed on to pytest

Belongs here: what has to happen before the project's own packages can be imported. The environment .venv is
made with the standard library alone and is used only once its stamp, written last of all, says that it is
whole. Not here: anything that the installed program needs too.

The second start passes through main(), Checkout and start() only; what those do not need is imported where
it is used. The file must parse on Python 3.8, so that an old Python gets a sentence and not a traceback."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

OLDEST_PYTHON = (3, 11)  # as requires-python in pyproject.toml
PLAIN, TEST = "", "test"  # extras of the project: none, or the tools of `run.py test`
LINES_SHOWN = 12  # of a failed command's output

# Any of these in pip's output means that nobody answered; what else it then says only misleads.
NO_INDEX_SIGNS = ("connection broken by", "Max retries exceeded", "from versions: none")

# What Qt takes from the system on Linux; its wheel brings the rest. A bare container has none of it.
QT_DEBIAN = "libegl1 libgl1 libx11-6 libxkbcommon0 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0"
QT_FEDORA = "libglvnd-egl libglvnd-glx libX11 libxkbcommon dbus-libs fontconfig freetype glib2"
QT_PROBE = "from PySide6 import QtGui, QtWidgets"

# The quick ones first: a misspelt name should not wait for the tests.
CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")),
    ("handbook check", ("-m", "handbook", "check")),
)


class SetUpError(Exception):
    """The set-up cannot go on; str() is the sentence for the person at the screen."""


class Checkout:
    """The folder of a checkout, and the names of what run.py keeps in it; asking changes no file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = self.venv / "set-up-complete"
        self.log = self.venv / "set-up.log"
        self.lock = root / ".venv.lock"  # beside .venv: it outlives the folder it guards

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs .venv's Python with these arguments, from any folder."""
        # -P: a folder named `handbook` where the person happens to stand is not the program.
        return [str(self.python), "-P", *arguments]

    def stamp_for(self, extra: str) -> bytes:
        """What the stamp of a whole .venv says; one that says anything else was made for something else."""
        version = ".".join(map(str, sys.version_info[:3]))
        pins = zlib.crc32((self.root / "pyproject.toml").read_bytes())
        text = f"python {version}\npyproject.toml {pins:08x}\nfolder {self.root}\nextra {extra or 'none'}\n"
        return os.fsencode(text)

    def ready(self, extra: str) -> bool:
        """Whether .venv is whole and made for this Python, these pins, this folder and `extra`."""
        try:
            found = self.stamp.read_bytes()
        except OSError:
            return False
        fitting = (self.stamp_for(extra), self.stamp_for(TEST))  # an environment with the tools opens it too
        return found in fitting and self.python.exists()  # .venv links to a Python that may be gone

    def has_index(self) -> bool:
        """Whether index/ holds more than its README; whether it is a good index, the program finds out."""
        try:
            return any(file.name != "README.md" for file in (self.root / "index").iterdir())
        except OSError:
            return False


class SetUpLock:
    """Held while .venv or index/ is made; a second run.py waits for the first.

    The commands started meanwhile inherit it: when a run.py is killed, its pip lives on and writes, and the
    next run.py must not clear the folder under it. The lock is gone when the last of them is."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout

    def __enter__(self) -> None:
        import time

        self.file = self.checkout.lock.open("ab")
        os.set_inheritable(self.file.fileno(), True)
        if not self._try():
            say("Another run.py is setting up here; waiting for it.")
            while not self._try():
                time.sleep(0.2)

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def _try(self) -> bool:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except PermissionError:
            return False  # taken, on Windows
        except BlockingIOError:
            return False  # taken, elsewhere
        except OSError:
            return True  # a file system without locks: better alone and unguarded than never
        return True


def say(line: str) -> None:
    """Tell the person at the screen; standard output is left to the handbook's own answers."""
    print(line, file=sys.stderr, flush=True)


def run_logged(checkout: Checkout, what: str, command: list[str]) -> None:
    """Run a command with its output in the log; SetUpError, with the output's last lines, if it fails."""
    import subprocess

    with checkout.log.open("ab") as log:
        begin = log.tell()
        # close_fds: the lock is inherited, see SetUpLock; Python marks every other file as not for children.
        code = subprocess.call(
            command,
            cwd=checkout.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            close_fds=False,
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


def set_up(checkout: Checkout, extra: str) -> None:
    """Make .venv anew, with the project and perhaps its test tools, and the index; SetUpError if it fails."""
    import time

    check_python_can_make_environments()
    with SetUpLock(checkout):
        if checkout.ready(extra):
            return  # another run.py did it while this one waited
        begin = time.monotonic()

        def step(what: str) -> None:
            say(f"{time.monotonic() - begin:5.0f} s  {what}")

        say(f"Setting up in {checkout.venv}, this once.")
        step("making an empty environment")
        remove_venv(checkout)
        checkout.venv.mkdir()
        # When this very process runs from the old .venv, only the Python that .venv was made from is left.
        base_python = getattr(sys, "_base_executable", "") or sys.executable
        run_logged(checkout, "Making .venv", [base_python, "-m", "venv", str(checkout.venv)])
        step("installing packages; the first time it fetches about 120 MB")
        project = f".[{extra}]" if extra else "."
        pip = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--editable", project)
        run_logged(checkout, "Installing packages", checkout.command(*pip))
        name_checkout_by_relative_path(checkout)
        step("building the search index")
        build_index(checkout)
        write_stamp(checkout, extra)
        step("ready")


def check_python_can_make_environments() -> None:
    """SetUpError where it cannot: Debian and Ubuntu keep `ensurepip` in a package of its own."""
    import importlib.util

    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise SetUpError(
            f"{sys.executable} cannot make an environment: it lacks `ensurepip`. "
            "On Debian or Ubuntu: apt install python3-venv"
        )


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
    for folder in (*checkout.venv.glob("lib/python*/site-packages"), checkout.venv / "Lib/site-packages"):
        for file in folder.glob("*_field_handbook.pth"):
            file.write_text(os.path.relpath(checkout.root, folder) + "\n", encoding="ascii")


def build_index(checkout: Checkout) -> None:
    """Build index/; a fault in the content is told and no more, for the handbook opens without an index."""
    try:
        run_logged(checkout, "Building the search index", checkout.command("-m", "handbook", "index"))
    except SetUpError as exc:
        say(str(exc))


def build_missing_index(checkout: Checkout) -> None:
    """Build index/ where someone emptied it; where it cannot be written, the handbook opens all the same."""
    say("Building the search index.")
    try:
        with SetUpLock(checkout):
            if not checkout.has_index():  # another run.py may have built it while this one waited
                build_index(checkout)
    except OSError as exc:
        say(f"Building the search index failed: {exc}")


def write_stamp(checkout: Checkout, extra: str) -> None:
    """Declare .venv whole, in one move."""
    half = checkout.stamp.with_suffix(".half")
    half.write_bytes(checkout.stamp_for(extra))
    half.replace(checkout.stamp)


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

    check_qt_libraries(checkout)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}  # no windows pop up, no screen is needed
    for name, check in (*CHECKS, ("pytest", ("-m", "pytest", *arguments))):
        print(f"== {name}", flush=True)
        code = subprocess.call(checkout.command(*check), cwd=checkout.root, env=environment)
        if code != 0:
            return code
    return 0


def check_qt_libraries(checkout: Checkout) -> None:
    """See that Qt finds the system's libraries: in a container install them, else say which to install."""
    import shutil

    fault = qt_fault(checkout)
    if not fault:
        return
    if "cannot open shared object file" not in fault:
        raise SetUpError(f"Qt cannot be loaded: {fault}")
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:  # Linux, by the fault's words
        say(f"Qt misses a library of the system ({fault}); installing: {QT_DEBIAN}")
        install = [apt, "install", "--yes", "--no-upgrade", "--no-install-recommends", *QT_DEBIAN.split()]
        run_logged(checkout, "apt-get update", [apt, "update"])
        run_logged(checkout, "apt-get install", ["env", "DEBIAN_FRONTEND=noninteractive", *install])
        fault = qt_fault(checkout)
    if fault:
        raise SetUpError(
            f"Qt misses a library of the system ({fault}). "
            f"Debian, Ubuntu: sudo apt install {QT_DEBIAN} - Fedora: sudo dnf install {QT_FEDORA}"
        )


def qt_fault(checkout: Checkout) -> str:
    """What keeps Qt from being imported, in its own words; "" when nothing does."""
    import subprocess

    probe = subprocess.run(checkout.command("-c", QT_PROBE), stderr=subprocess.PIPE, text=True, check=False)
    lines = probe.stderr.splitlines() or [f"status {probe.returncode}"]
    return lines[-1].replace("ImportError: ", "") if probe.returncode else ""


def main(arguments: list[str]) -> int:
    """Set up where needed, then run the tests or become the handbook; the exit status."""
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, version[:3])) for version in (OLDEST_PYTHON, sys.version_info))
        say(f"run.py: the handbook needs Python {wanted} or later; this is {found} ({sys.executable}).")
        return 1
    checkout = Checkout(Path(__file__).resolve().parent)
    testing = arguments[:1] == ["test"]
    extra = TEST if testing else PLAIN
    try:
        if not checkout.ready(extra):
            set_up(checkout, extra)
        elif not checkout.has_index():
            build_missing_index(checkout)
        return run_tests(checkout, arguments[1:]) if testing else start(checkout, arguments)
    except (SetUpError, OSError) as exc:  # OSError: a full disk, a folder that cannot be written
        say(f"run.py: {exc}")
        return 1
    except KeyboardInterrupt:
        say("run.py: stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
