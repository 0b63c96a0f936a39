"""What every proof needs: saying what was seen, waiting for it, running programs, reading the PDF files that were made.

Belongs here: nothing that knows the handbook. Not here: what a copy of it has to do (copy.py)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from installers.tools import BuildError, run, say

# Seconds that anything may take, on however busy a machine: a wait ends as soon as it is seen, so only a proof that
# fails takes as long.
PATIENCE = 1800
# Runs a program as a user that this system does not have.
AS_NOBODY = ("unshare", "--user", "--map-user=54321")


def need_root() -> None:
    """BuildError for a person who may not mount file systems and enter roots."""
    if os.geteuid() != 0:
        raise BuildError("this proof mounts file systems: run it as root, in a container for instance")


def need_another_user() -> None:
    """BuildError where no program can be run as a user that the system does not have: Wine is."""
    try:
        run(*AS_NOBODY, "true")
    except BuildError as exc:
        raise BuildError(
            "user namespaces, in which Wine runs as the person of a proof, are forbidden here. As root, allow them by "
            "`sysctl -w` of those that there are: user.max_user_namespaces=1000, kernel.unprivileged_userns_clone=1, "
            f"kernel.apparmor_restrict_unprivileged_userns=0; start a container with --privileged. It was said: {exc}"
        ) from exc


def check(seen: object, what: str) -> None:
    """Say that `what` was seen, or end the proof."""
    if not seen:
        raise BuildError(f"not seen: {what}")
    say(f"  ok  {what}")


def check_none(found: object, what: str) -> None:
    """Say that nothing of the kind was found, or end the proof with what was."""
    check(not found, f"{what} {found or ''}".rstrip())


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
    words = " ".join(map(str, command))
    try:
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
    except subprocess.TimeoutExpired as exc:
        raise BuildError(f"{words} did not end within {PATIENCE} s") from exc
    if done.returncode not in accept:
        raise BuildError(f"{words} ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-600:]}")
    return done


def files_in(folder: Path) -> list[str]:
    """All files below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def words_of(pdf: Path) -> str:
    """The text of a PDF, with single blanks."""
    return " ".join(run("pdftotext", pdf, "-").split())


def facts_of(pdf: Path) -> dict[str, str]:
    """What pdfinfo says of a PDF: "Pages", "Tagged" (for screen readers) and more."""
    lines = (line.partition(":") for line in run("pdfinfo", pdf).splitlines())
    return {name: value.strip() for name, _, value in lines}
