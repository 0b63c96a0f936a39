#!/usr/bin/env python3
"""Prove what build.py made: python3 packaging/test.py KIND...

Each kind is installed and used; what must be so is said line by line, and pictures of the screen go to
build/proof/KIND. Of several kinds two are proved at a time, as a proof mostly waits. Belongs here: the names of the
kinds. Not here: the proofs (proofs/)."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from installers import front, project
from installers.tools import BuildError, say

# The longest first: with two at a time they end together.
KINDS = {
    "windows": "proofs.windows:prove",
    "deb": "proofs.deb:prove",
    "portable-windows": "proofs.portable:on_windows",
    "portable-linux": "proofs.portable:on_linux",
    "wheel": "proofs.wheel:prove",
    "sbom": "proofs.sboms:prove",
}


def prove(kinds: Sequence[str], _: object) -> None:
    """Prove each kind asked for."""
    if len(kinds) == 1:
        _prove(kinds[0])
        return
    with ThreadPoolExecutor(2) as pool:
        proved = pool.map(_apart, kinds)
    if failed := [kind for kind, is_proved in zip(kinds, proved, strict=True) if not is_proved]:
        raise BuildError(f"not proved: {', '.join(failed)}")


def _prove(kind: str) -> None:
    facts, start = project.read(), time.monotonic()
    say(f"== {kind}")
    if kind != "sbom" and not facts.artefact(kind).exists():
        raise BuildError(f"{facts.artefact(kind).name} is not in dist/: python3 packaging/build.py {kind}")
    pkgutil.resolve_name(KINDS[kind])(facts)
    say(f"  proved in {time.monotonic() - start:.0f} s")


def _apart(kind: str) -> bool:
    """Prove a kind in a process of its own, and say of each of its lines which kind it is; whether it was proved."""
    command = [sys.executable, __file__, kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8") as process:
        for line in process.stdout or ():
            say(f"{kind}: {line.rstrip()}")
    return process.returncode == 0


if __name__ == "__main__":
    sys.path.append(str(project.ROOT))  # the print system of the trials of faults is that of a proof, too
    parser = front.parser("packaging/test.py", "Prove what packaging/build.py made.", tuple(KINDS))
    sys.exit(front.run(parser, tuple(KINDS), prove))
