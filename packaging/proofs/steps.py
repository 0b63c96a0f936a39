"""What every proof needs: saying what was seen, waiting for it, and asking the handbook's own commands.

Belongs here: checks that hold for an installed handbook wherever it is. Not here: how it came there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from installers.tools import BuildError, run, say

# How many times as long as usual a busy machine is waited for.
PATIENCE = float(os.environ.get("PROOF_PATIENCE", "1"))
QUERY, EXPECTED = "critical voice funding", "statement#r3"  # words of the third recommendation


def check(seen: object, what: str) -> None:
    """Say that `what` was seen, or end the proof."""
    if not seen:
        raise BuildError(f"not seen: {what}")
    say(f"  ok  {what}")


def wait_for(seen: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Ask until it is so; BuildError when it is not after so many seconds."""
    seconds *= PATIENCE
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise BuildError(f"not seen within {seconds:.0f} s: {what}")
        time.sleep(0.1)


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
        return process.wait(seconds * PATIENCE)
    except subprocess.TimeoutExpired as exc:
        process.kill()
        raise BuildError("the program did not end after its window was closed") from exc


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    found = re.search(r"Pages:\s+(\d+)", run("pdfinfo", pdf))
    return int(found[1]) if found else 0


# -- Workshops ----------------------------------------------------------------------------------------------

READY, READY_NAME = "one-day.workshop", "One day with the statement"  # one that comes with the handbook
LARGE_NAME = "All that there is to read"
_TO_READ = (
    "plan-opening",
    "statement",
    "reading-the-statement",
    "instruments",
    "then-and-now",
    "timeline",
    "network",
    "who-is-who",
    "glossary",
    "names",
    "sources",
)


def ready_workshop(folder: Path) -> Path:
    """A ready workshop in an installed program's folder, where it lies with the other content."""
    found = sorted(folder.rglob(f"content/en/workshops/{READY}"))
    check(found, f"the ready workshops are among the files: {READY}")
    return found[0]


def large_workshop(to: Path) -> Path:
    """Write a workshop of more than a hundred pages, which the program sets in a process of its own."""
    head = f'format = 1\ntitle = "{LARGE_NAME}"\nparticipants = 3\nlanguage = "en"\nstart = 09:00:00\n'
    to.write_text(head + "".join(f'\n[[items]]\naddress = "{one}"\n' for one in _TO_READ), encoding="utf-8")
    return to


def check_packets(folder: Path, where: str) -> None:
    """See that the PDFs of the ready workshop, which the command wrote into a folder, are whole."""
    made = sorted(folder.glob("*.pdf"))
    kinds = [file.stem.removeprefix(f"{READY_NAME} - ") for file in made]
    check(len(made) == 5, f"{where}: the ready workshop is printed: {', '.join(kinds)}")
    for file in made:
        said = run("pdfinfo", file)
        check(pages_of(file) and re.search(r"Tagged:\s+yes", said), f"{where}: {file.name}, {pages_of(file)} pages")
    packet = next(file for file in made if "participants" in file.name)
    check(READY_NAME in " ".join(run("pdftotext", packet, "-").split()), f"{where}: the packet has the workshop's name")


# What the program's own window sends to the process that it starts for a large document, and how the answer begins.
_WORKER = "typeset-worker"
_PAGE = {"files": {"main.typ": "One page."}, "stamp": 0, "inputs": {}, "tagged": False}
_TASK = {"what": "pages", "task": _PAGE, "bounds": [1 << 30, 60]}
_BEGUN, _SET = b"begun\n", b'{"pages"'


def check_serves(where: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """See that the program sets a document for the one that starts it. Its input stays open: else it ends at once."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, _WORKER], env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as served:
        given, said = cast(IO[bytes], served.stdin), cast(IO[bytes], served.stdout)
        given.write(json.dumps(_TASK).encode() + b"\n")
        given.flush()
        begun, head, pdf = said.readline(), said.readline(), said.read()
    check(
        begun == _BEGUN and head.startswith(_SET) and pdf.startswith(b"%PDF"),
        f"{where}: it serves itself with large documents",
    )
