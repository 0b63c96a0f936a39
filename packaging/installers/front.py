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
    do: Callable[[project.Project, Sequence[str]], object],
    options: Callable[[argparse.ArgumentParser], None] = lambda _: None,
    chosen: Callable[[project.Project, argparse.Namespace], project.Project] = lambda facts, _: facts,
) -> int:
    """Do what is asked with the kinds on the command line; the exit status.

    kinds: what may be asked for beside "all", which is `everything`. do: given the project's facts and the kinds in
    their order. options: adds more arguments; chosen: the facts with what was given by them."""
    offered = (*kinds, ALL)
    parser = argparse.ArgumentParser(prog=f"packaging/{name}", description=description)
    parser.add_argument("kinds", nargs="+", choices=offered, metavar="KIND", help=", ".join(offered))
    options(parser)
    given = parser.parse_args()
    wanted = [one for kind in given.kinds for one in (everything if kind == ALL else (kind,))]
    try:
        do(chosen(project.read(), given), wanted)
    except BuildError as exc:
        print(f"{name}: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
