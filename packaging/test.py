#!/usr/bin/env python3
"""Prove what build.py made: python3 packaging/test.py KIND...

Each kind is installed and used; what must be so is said line by line, and pictures of the screen go to
build/proof/KIND. Belongs here: the names of the kinds. Not here: the proofs (proofs/)."""

from __future__ import annotations

import argparse
import importlib
import sys
import time

from installers import project
from installers.tools import BuildError, say

KINDS = {
    "wheel": "proofs.wheel",
    "portable-linux": "proofs.portable",
    "deb": "proofs.deb",
    "portable-windows": "proofs.portable_windows",
    "windows": "proofs.windows",
    "sbom": "proofs.sboms",
}


def main(arguments: list[str]) -> int:
    """Prove the kinds asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="packaging/test.py", description="Prove what packaging/build.py made.")
    parser.add_argument("kinds", nargs="+", choices=(*KINDS, "all"), metavar="KIND", help=", ".join((*KINDS, "all")))
    wanted = parser.parse_args(arguments).kinds
    try:
        facts = project.read()
        for kind in KINDS if "all" in wanted else wanted:
            begin = time.monotonic()
            say(f"== {kind}")
            importlib.import_module(KINDS[kind]).prove(facts)
            say(f"  proved in {time.monotonic() - begin:.0f} s")
    except BuildError as exc:
        print(f"test.py: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
