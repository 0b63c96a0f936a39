"""Running other programs, and the one kind of error that building ends with.

Belongs here: what every step needs to call a tool and to say in one line why it failed, and to write a file. Not
here: what is called."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PREREQUISITES = "packaging/prerequisites.sh"
PULSE = 20  # seconds after which a program that is still at work is told of
LINES_SHOWN = 15  # of a failed command's output


class BuildError(Exception):
    """The build cannot go on; str() says what is missing or wrong, and what to do."""


def say(line: str) -> None:
    """Tell the person at the screen."""
    print(line, flush=True)


def need(*programs: str) -> None:
    """BuildError unless all these programs are on PATH."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise BuildError(f"{', '.join(missing)} not found. On Debian or Ubuntu: sh {PREREQUISITES}")


def run(
    *command: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    accept: Sequence[int] = (0,),
    growing: Path | None = None,
) -> str:
    """Run a program and return its standard output; BuildError, with the end of what it said, if it fails.

    env: added to the environment. growing: a file that it writes. Standard input is empty. A program that takes long
    is told of, again and again."""
    words = [str(word) for word in command]
    need(words[0])
    process = subprocess.Popen(
        words,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    begin = time.monotonic()
    while True:
        try:
            said, errors = process.communicate(timeout=PULSE)
            break
        except subprocess.TimeoutExpired:
            size = f", {growing.stat().st_size / 1e6:.0f} MB so far" if growing and growing.exists() else ""
            what = growing.name if growing else " ".join(word for word in words[1:5] if "/" not in word)
            say(f"      {Path(words[0]).name} {what}: {time.monotonic() - begin:.0f} s{size}")
        except BaseException:
            process.kill()
            process.communicate()
            raise
    if process.returncode not in accept:
        lines = (said + errors).strip().splitlines()[-LINES_SHOWN:]
        raise BuildError("\n    ".join([f"{' '.join(words)} failed with status {process.returncode}", *lines]))
    return said


def fresh(folder: Path) -> Path:
    """An empty folder, whatever was there before; BuildError where it cannot be emptied."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as exc:  # somebody else's, or a file system that is still mounted in it
        raise BuildError(f"{folder} cannot be emptied: {exc}") from exc
    return folder


def write(file: Path, data: str | bytes) -> None:
    """Write a file, a text as UTF-8, and make the folders that it lies in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
