#!/usr/bin/env python3
"""Prove what build.py made: python3 packaging/test.py KIND...

Each kind is installed and used; what must be so is said line by line, and pictures of the screen go to
build/proof/KIND. Belongs here: the names of the kinds. Not here: the proofs (proofs/)."""

from __future__ import annotations

import pkgutil
import sys
import time
from collections.abc import Sequence

from installers import front, project
from installers.tools import say

KINDS = {
    "wheel": "proofs.wheel:prove",
    "portable-linux": "proofs.portable:on_linux",
    "deb": "proofs.deb:prove",
    "portable-windows": "proofs.portable:on_windows",
    "windows": "proofs.windows:prove",
    "sbom": "proofs.sboms:prove",
}


def prove(kinds: Sequence[str], _: object) -> None:
    """Prove each kind asked for."""
    facts = project.read()
    for kind in kinds:
        start = time.monotonic()
        say(f"== {kind}")
        pkgutil.resolve_name(KINDS[kind])(facts)
        say(f"  proved in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    sys.path.append(str(project.ROOT))  # the print system of the trials of faults is that of a proof, too
    parser = front.parser("packaging/test.py", "Prove what packaging/build.py made.", tuple(KINDS))
    sys.exit(front.run(parser, tuple(KINDS), prove))
