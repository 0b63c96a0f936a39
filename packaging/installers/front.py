"""What the two commands share, build.py and test.py: reading the kinds asked for, and how a run ends.

Belongs here: arguments, exit codes (0 done, 1 a clear line, 2 bad usage). Not here: what is done with a kind."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from installers.tools import BuildError

ALL = "all"


def parser(name: str, description: str, kinds: Sequence[str]) -> argparse.ArgumentParser:
    """A parser for some of the kinds, or "all"."""
    made = argparse.ArgumentParser(prog=name, description=description)
    offered = (*kinds, ALL)
    made.add_argument("kinds", nargs="+", choices=offered, metavar="KIND", help=", ".join(offered))
    return made


def run(
    parser: argparse.ArgumentParser,
    everything: Sequence[str],
    do: Callable[[Sequence[str], argparse.Namespace], object],
) -> int:
    """Do what the command line asks for; the exit status. do: given the kinds in their order, and all that was said."""
    given = parser.parse_args()
    try:
        asked = (one for kind in given.kinds for one in (everything if kind == ALL else (kind,)))
        do(list(dict.fromkeys(asked)), given)
    except BuildError as exc:
        print(f"{parser.prog}: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
