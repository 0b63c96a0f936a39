"""The faults of a folder that is being written, found in the background.

Belongs here: in which process, and giving up. Not here: what is a fault (check/), when it is looked for
(live_folder.py), what the process does (check/process_main.py).

A large handbook takes five or ten seconds of the processor's time. In a thread of the window's process that would
take Python from the search, hold up every page that is opened meanwhile, and could not be given up when the next file
is saved."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from typing import IO, cast

from handbook.base import catalogue, spoken
from handbook.base.paths import own_command
from handbook.content.handbook import Fault, Handbook
from handbook.ui.widgets.worker import Stale

COMMAND = "check-worker"  # the hidden command that process_main.serve() answers
FEW = 100_000  # letters that are checked sooner than a process starts
_WAIT = 0.05  # s between two questions whether the faults are still wanted


def faults_of(handbook: Handbook, stale: Stale) -> tuple[Fault, ...]:
    """All faults of a handbook, as check.check() has them; an empty answer where they are not wanted any more.

    Where no process is to be had, or it ends without an answer, the check is done here."""
    found = None if _is_small(handbook) else _from_process(handbook, stale)
    if found is None and not stale():
        from handbook import check  # only who writes needs it

        found = check.check(handbook)
    return found or ()


def _is_small(handbook: Handbook) -> bool:
    return sum(len(line) for chapter in handbook.chapters.values() for line in chapter.lines) < FEW


def _from_process(handbook: Handbook, stale: Stale) -> tuple[Fault, ...] | None:
    command, variables = own_command(COMMAND, str(handbook.folder))
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables | {spoken.VARIABLE: catalogue.language()},  # its faults are told
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
    except OSError:
        return None
    said: list[bytes] = []
    hearing = threading.Thread(target=_hear, args=(child, said), daemon=True)
    hearing.start()
    try:
        while hearing.is_alive() and not stale():
            hearing.join(_WAIT)
    finally:
        child.kill()  # one that has ended does not mind
        hearing.join()
        child.wait()
        with contextlib.suppress(OSError):
            cast(IO[bytes], child.stdin).close()
        cast(IO[bytes], child.stdout).close()
    with contextlib.suppress(ValueError, TypeError):
        return tuple(Fault(*one) for one in json.loads(b"".join(said)))
    return None


def _hear(child: subprocess.Popen[bytes], said: list[bytes]) -> None:
    said.append(cast(IO[bytes], child.stdout).read())
