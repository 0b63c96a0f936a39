"""What the two commands share, build.py and test.py: reading the kinds asked for, and how a run ends.

Belongs here: arguments, exit codes (0 done, 1 a clear line, 2 bad usage). Not here: what is done with a kind."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from installers import project
from installers.tools import BuildError

ALL = "all"


def run(
    name: str,
    description: str,
    kinds: Sequence[str],
    everything: Sequence[str],
    begin: Callable[[project.Project], Callable[[str], object]],
) -> int:
    """Do what is asked with the kinds on the command line, in their order; the exit status.

    kinds: what may be asked for beside "all", which is `everything`. begin: given the project's facts, returns what
    is to be done with each kind."""
    offered = (*kinds, ALL)
    parser = argparse.ArgumentParser(prog=f"packaging/{name}", description=description)
    parser.add_argument("kinds", nargs="+", choices=offered, metavar="KIND", help=", ".join(offered))
    wanted = parser.parse_args().kinds
    try:
        deed = begin(project.read())
        for kind in wanted:
            for one in everything if kind == ALL else (kind,):
                deed(one)
    except BuildError as exc:
        print(f"{name}: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
