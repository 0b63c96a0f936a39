"""Writes a book as ZIM: a file that Kiwix reads on telephones, computers and hotspots, with a search of its own.

    __init__.py      the process that writes, and what becomes of it
    entries.py       what stands in the file: pages, pictures, metadata by openZIM's rules
    languages.py     languages by three letters
    process_main.py  the process: it has libzim write (only this and the next import it)
    items.py         what stands in the file, as libzim asks for it
    seal.py          the same bytes each time

Not here: the HTML of the pages (export/web.py), saving (formats.py).

libzim writes in a process of its own: on a full disk it may end the process that it runs in, it can't be cancelled,
and it talks to the terminal. libzim is no part of the program, as it is under the GPL: `missing` says how to get it."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import subprocess
import threading
from errno import ENOSPC
from os import strerror
from pathlib import Path
from typing import IO, cast

from handbook.base import child_process, paths
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.export.book import Book, Step, no_step
from handbook.export.zim import entries
from handbook.export.zim.seal import seal

COMMAND = "zim-worker"  # the hidden command that process_main.serve() answers
PACKAGE = "libzim"
_WAIT = 0.05  # s between two questions whether the file is still wanted
_STILL = 30.0  # s without a sign of the process; it gives one each half second while it gets on
_BEFORE = 0.7  # of the work: the pages
_ROOM = 2  # times the size of all entries: what the file and its indexes need at most while they are made


class NeedsLibzim(HandbookError):
    """The library that writes ZIM is not installed."""


class NotWritten(HandbookError):
    """libzim gave up or stands still, and the disk is not full."""


def missing() -> str:
    """What to do where libzim is not installed; "" where it is."""
    if importlib.util.find_spec(PACKAGE) is not None:
        return ""
    return tr(
        "ZIM needs the package {package}, which does not come with this program, as its licence is the GPL. With "
        "'pip install {package}' it comes into the Python that the program runs with. An installed program has no "
        "place for it: export HTML as a folder there."
    ).format(package=PACKAGE)


def check() -> None:
    """Raises NeedsLibzim where libzim is not installed."""
    if said := missing():
        raise NeedsLibzim(said)


def write(book: Book, file: Path, step: Step = no_step) -> None:
    """Write a book into a new file, the same bytes for the same book.

    libzim writes other files beside it meanwhile, so its folder has to be one that is removed. step: told from 0 to 1;
    raises to stop. Raises NeedsLibzim, NotWritten, OSError on a full disk."""
    check()
    task, size = entries.task(book, file, lambda share: step(_BEFORE * share))
    fault = _run(task, file, step)
    if fault:
        if shutil.disk_usage(file.parent).free < _ROOM * size:
            raise OSError(ENOSPC, strerror(ENOSPC))
        raise NotWritten(fault)
    step(0.95)
    seal(file)


def _run(task: bytes, file: Path, step: Step) -> str:
    """Have the process do a task; why there is no file, "" if there is one."""
    command, variables = paths.own_command(COMMAND)
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=variables,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    signs: list[bytes] = []
    talks = [
        threading.Thread(target=child_process.give, args=(child, task), daemon=True),
        threading.Thread(target=_hear, args=(child, signs), daemon=True),
    ]
    for talk in talks:
        talk.start()
    try:
        gets_on = _wait(child, signs, step)
    finally:  # cancelled too: nobody is left to take what the process makes
        if child.poll() is None:
            child.kill()
        child.wait()
        for talk in talks:
            talk.join()
        with contextlib.suppress(OSError):  # what was not written yet, for a process that has ended
            cast(IO[bytes], child.stdin).close()
        cast(IO[bytes], child.stdout).close()
    if not gets_on:
        said = tr("The ZIM file could not be written: nothing went on for {seconds} seconds. Nothing was changed.")
        return said.format(seconds=round(_STILL))
    if child.returncode or not file.is_file():
        said = tr("The ZIM file could not be written: {why}. Nothing was changed.")
        return said.format(why=child_process.how_it_ended(child.returncode))
    return ""


def _wait(child: subprocess.Popen[bytes], signs: list[bytes], step: Step) -> bool:
    """Wait until a process ends; False if it gives no sign for long.

    Counted in waits, not by a clock: on a computer that slept the process slept, too."""
    heard, waits = 0, 0
    while child.poll() is None:
        step(_BEFORE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_WAIT)
        waits = waits + 1 if len(signs) == heard else 0
        heard = len(signs)
        if waits * _WAIT >= _STILL:
            return False
    return True


def _hear(child: subprocess.Popen[bytes], signs: list[bytes]) -> None:
    """Take the signs of a process until it ends."""
    given = cast(IO[bytes], child.stdout)
    while sign := given.read(1):
        signs.append(sign)
