"""What every proof needs: saying what was seen, waiting for it, and asking the handbook's own commands.

Belongs here: checks that hold for an installed handbook wherever it is. Not here: how it came there."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installers.tools import BuildError, run, say

QUERY, EXPECTED = "critical voice funding", "statement#r3"  # words of the third recommendation


def check(seen: object, what: str) -> None:
    """Say that `what` was seen, or end the proof."""
    if not seen:
        raise BuildError(f"not seen: {what}")
    say(f"  ok  {what}")


def wait_for(seen: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Ask until it is so; BuildError when it is not after so many seconds."""
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise BuildError(f"not seen within {seconds:.0f} s: {what}")
        time.sleep(0.1)


def answer(done: subprocess.CompletedProcess[str] | str) -> str:
    """The output of a command that was run."""
    return done if isinstance(done, str) else done.stdout


def check_search(output: str, where: str) -> None:
    """See that `search --json QUERY` found the passage."""
    lines = [line for line in output.splitlines() if line.startswith("{")]
    hits = [hit["address"] for line in lines for hit in json.loads(line)["hits"]]
    check(EXPECTED in hits[:5], f"{where}: a search finds {EXPECTED}, among {len(hits)} hits")


def check_pdf(file: Path, where: str) -> None:
    """See that a PDF of the statement is whole: its words, its tags."""
    check(file.is_file() and file.stat().st_size > 10_000, f"{where}: a PDF is made")
    text = " ".join(run("pdftotext", file, "-").split())
    check("independence of NGOs" in text, f"{where}: the PDF holds the statement's words")
    check(re.search(r"Tagged:\s+yes", run("pdfinfo", file)), f"{where}: the PDF is tagged for screen readers")


def files_in(folder: Path) -> list[str]:
    """All files below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def ended(process: subprocess.Popen[bytes], seconds: float = 20) -> int:
    """Wait for a program to end; its exit status. BuildError when it does not."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as exc:
        process.kill()
        raise BuildError("the program did not end after its window was closed") from exc


def words(command: Sequence[str | Path]) -> list[str]:
    """A command as a list of strings."""
    return [str(word) for word in command]
