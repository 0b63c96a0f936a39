"""System calls that fail in the middle of a save or an export: each in turn, with each error that a disk gives.

strace (Linux) lets a call fail. What was there before must be there, whole, or the new version; the process must end
by itself, having said so if it could not write."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from handbook.base.paths import find_paths
from handbook.workshop import file
from tests.faults import exports, writer
from tests.faults.outcome import Outcome
from tests.faults.places import home, left
from tests.helpers import PATIENCE, ROOT

# By name of strace: the calls of a save, and the errors that each is given.
CALLS = {
    "openat": ("ENOSPC", "EIO", "EMFILE", "EACCES"),
    "write": ("ENOSPC", "EIO"),
    "fsync": ("ENOSPC", "EIO"),
    "rename": ("ENOSPC", "EIO", "EACCES"),
    "mkdir": ("ENOSPC", "EIO"),
    "chmod": ("EPERM", "EIO"),
    "newfstatat": ("EIO",),
    "flock": ("ENOLCK",),
    "close": ("EIO",),
}
# Of exports: what a full or a broken disk answers. Those of ZIM are written by a process of its own.
CALLS_OF_EXPORTS = dict.fromkeys(("openat", "write", "pwrite64", "fsync", "rename", "mkdir"), ("ENOSPC", "EIO"))
STOOD_STILL = 4  # beside those of the writer: it did not end, and was killed
_SLOWLY = 5  # times slower than usual is a process, and those that it starts, of which strace stops each call
MOST, MOST_OF_EXPORTS = 40, 12  # calls of one kind that a save makes, at most; of an export the first


def trials(_: int, share: float) -> list[Outcome]:
    """Let each call of a save and of a recovery copy fail, and the first of each export.

    A share below 1 takes the first call of each kind of a save only, and fewer of exports."""
    strace = shutil.which("strace")
    if strace is None:
        print("not tried: strace is not installed", file=sys.stderr)
        return []
    saves = [_inject(strace, what, CALLS, 1 if share < 1 else MOST) for what in ("save", "recovery copy")]
    written = [f"export, {what}" for what in exports.FILES]
    most = max(1, round(MOST_OF_EXPORTS * share))
    return saves + [_inject(strace, what, CALLS_OF_EXPORTS, most) for what in written]


def _inject(strace: str, what: str, calls: Mapping[str, tuple[str, ...]], most: int) -> Outcome:
    outcome = Outcome(f"system calls that fail: {what}")
    for call, errors in calls.items():
        for error in errors:
            for which in range(1, most + 1):
                with home() as folder:
                    status, met = _disturbed(strace, what, folder, f"{call}:error={error}:when={which}")
                    if not met:
                        break  # it makes no more calls of this kind
                    outcome.tried += 1
                    fault = _fault(what, folder, status)
                if fault:
                    outcome.lost.append(f"{call} {which} with {error}: {fault}")
    return outcome


def _fault(what: str, folder: Path, status: int) -> str:
    """What went wrong, "" for nothing."""
    if status == STOOD_STILL:
        return "the process stood still"
    if status not in (writer.WROTE, writer.TOLD):
        return f"the process ended with {status}"
    try:
        if what.startswith("export, "):
            number = exports.number_in(what.removeprefix("export, "), folder)
        elif what == "save":
            number = writer.number_of(file.read(folder / writer.WORKSHOP).workshop)
        else:
            kept = file.kept(find_paths().data)
            if kept is None:
                return "no copy is there"
            number = writer.number_of(kept[0])
    except Exception as exc:  # noqa: BLE001 - whatever it is, it is told in the table
        return f"{type(exc).__name__}: {exc}"
    if status == writer.WROTE and number != 2:
        return "it said that it had written, and had not"
    remains = left(folder)
    return f"left behind: {remains}" if remains else ""


def _disturbed(strace: str, what: str, folder: Path, injection: str) -> tuple[int, bool]:
    """Have a version written with a call that fails: how the process ended, and whether the call was made."""
    command = [sys.executable, "-m", "tests.faults.writer", what, str(folder), "once"]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    given, said = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    said.readline()
    log = folder.parent / "calls"
    # What it sees goes into a file: a pipe that nobody reads fills, and then it and all that it traces stand still.
    trace = subprocess.Popen(
        [strace, "-f", "-p", str(child.pid), "-o", str(log), "-e", f"inject={injection}"],
        stderr=subprocess.PIPE,
        text=True,
    )
    notes = cast(IO[str], trace.stderr)
    notes.readline()  # it says that it has attached itself
    given.write(b"go\n")
    given.close()
    try:
        status = child.wait(_SLOWLY * PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        status = STOOD_STILL
    said.close()
    trace.wait()
    notes.close()
    return status, "(INJECTED)" in log.read_text("utf-8", "replace")
