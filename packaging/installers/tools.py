"""Running other programs, and the one kind of error that building ends with.

Belongs here: what every step needs to call a tool and to say in one line why it failed. Not here: what is called."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

PREREQUISITES = "packaging/prerequisites.sh"
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
    timeout: float | None = None,
) -> str:
    """Run a program and return its standard output; BuildError, with the end of what it said, if it fails.

    env: added to the environment. timeout: in seconds. Standard input is empty."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=timeout,
        )
    except FileNotFoundError as exc:
        raise BuildError(f"{words[0]} not found. On Debian or Ubuntu: sh {PREREQUISITES}") from exc
    except subprocess.TimeoutExpired as exc:
        raise BuildError(f"{' '.join(words)} did not end within {timeout:.0f} s") from exc
    if done.returncode not in accept:
        lines = (done.stdout + done.stderr).strip().splitlines()[-LINES_SHOWN:]
        raise BuildError("\n    ".join([f"{' '.join(words)} failed with status {done.returncode}", *lines]))
    return done.stdout


def fresh(folder: Path) -> Path:
    """An empty folder, whatever was there before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
