"""What every proof needs: saying what was seen, waiting for it, reading the PDF files that were made.

Belongs here: nothing that knows the handbook. Not here: what a copy of it has to do (copy.py)."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from installers.tools import BuildError, run, say

# Seconds that anything may take, on however busy a machine: a wait ends as soon as it is seen, so only a proof that
# fails takes as long.
PATIENCE = 1800


def check(seen: object, what: str) -> None:
    """Say that `what` was seen, or end the proof."""
    if not seen:
        raise BuildError(f"not seen: {what}")
    say(f"  ok  {what}")


def wait_for(seen: Callable[[], object], what: str) -> None:
    """Ask until it is so; BuildError when it does not come."""
    end = time.monotonic() + PATIENCE
    while not seen():
        if time.monotonic() > end:
            raise BuildError(f"not seen within {PATIENCE} s: {what}")
        time.sleep(0.1)


def bare_environment(**more: str | Path) -> dict[str, str]:
    """Where programs are, the locale, and what is given; nothing else of the person who runs the proof."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {name: str(value) for name, value in more.items()}


def output_of(
    command: Sequence[str | Path], environment: Mapping[str, str], accept: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, in the topmost folder; BuildError with what it said if it fails.

    It gets pipes: with a file, Python in Wine does not start."""
    done = subprocess.run(
        command,
        env=environment,
        cwd="/",
        input="\n",
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode not in accept:
        words = " ".join(map(str, command))
        raise BuildError(f"{words} ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-600:]}")
    return done


def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a program to end; its exit status. BuildError when it does not."""
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired as exc:
        process.kill()
        raise BuildError("the program did not end after its window was closed") from exc


def files_in(folder: Path) -> list[str]:
    """All files below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def words_of(pdf: Path) -> str:
    """The text of a PDF, with single blanks."""
    return " ".join(run("pdftotext", pdf, "-").split())


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    found = re.search(r"Pages:\s+(\d+)", run("pdfinfo", pdf))
    return int(found[1]) if found else 0


def is_tagged(pdf: Path) -> bool:
    """Whether a PDF is tagged for screen readers."""
    return re.search(r"Tagged:\s+yes", run("pdfinfo", pdf)) is not None
