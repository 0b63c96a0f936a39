"""Makes .venv of a checkout, with the standard library alone, and the search index: for run.py, once.

Belongs here: what has to happen before the project's own packages can be imported. Nothing is installed outside the
checkout. Not here: when it is needed, and what is done with it (run.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from run import Checkout

LINES_SHOWN = 12  # of a failed command's output
SHOWN_EVERY = 0.5  # seconds after which a running command's last line is looked at
LOOKED_AT = 4096  # bytes of it

# Any of these in pip's output means that no package index answered; what else it then says only misleads.
NO_INDEX_SIGNS = ("connection broken by", "Max retries exceeded", "from versions: none")


class SetUpError(OSError):
    """The set-up cannot go on; str() is the sentence for the person at the screen."""


def say(line: str) -> None:
    """Tell the person at the screen; standard output is left to the handbook's own answers."""
    print(line, file=sys.stderr, flush=True)


def locked(checkout: Checkout) -> IO[bytes]:
    """Wait until no other run.py makes .venv; the lock holds until the file returned is closed.

    The commands started meanwhile inherit it: when a run.py is killed, its pip lives on and writes, and the next
    run.py must not clear the folder under it."""
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
    say(what)
    with checkout.log.open("ab") as log:
        begin = log.tell()
        # close_fds: the lock is inherited, see locked(); Python marks every other file as not for children.
        process = subprocess.Popen(
            command, cwd=checkout.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
        )
        code = waited_for(process, checkout.log, begin)
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


def waited_for(process: subprocess.Popen[bytes], log: Path, begin: int) -> int:
    """Wait until a command ends; its exit status. A person at a terminal sees one line: how long, and what it says.

    begin: where its output begins in the log."""
    started, shown = time.monotonic(), False
    try:
        while True:
            try:
                return process.wait(SHOWN_EVERY)
            except subprocess.TimeoutExpired:
                if sys.stderr.isatty():
                    shown = True
                    show(f"  {time.monotonic() - started:.0f} s  {last_line(log, begin)}")
    except BaseException:  # as subprocess.call does; above all when the person presses Ctrl+C
        process.kill()
        process.wait()
        raise
    finally:
        if shown:
            show("")
            print(end="\r", file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Write a text over the line of the terminal, without beginning another one."""
    room = shutil.get_terminal_size().columns - 1
    print("\r" + text[:room].ljust(room), end="", file=sys.stderr, flush=True)


def last_line(log: Path, begin: int) -> str:
    """The last line of a command's output, as a terminal may have it."""
    with log.open("rb") as file:
        file.seek(max(begin, log.stat().st_size - LOOKED_AT))
        lines = file.read().decode("utf-8", "replace").split("\n")
    line = next((one for one in reversed(lines) if one.strip()), "")
    return "".join(filter(str.isprintable, line)).strip()


def set_up(checkout: Checkout, kind: str) -> None:
    """Make .venv anew, with the project and perhaps its test tools, and the index; SetUpError if it fails."""
    with locked(checkout):
        if checkout.ready(kind):
            return  # another run.py did it while this one waited
        say(
            f"Setting up in {checkout.venv}, this once; the first time it fetches about 120 MB, in a minute or several."
        )
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
