"""Faults made on purpose, and what became of the person's work: `python -m tests.faults [TRIAL …]`.

Each trial is a module of this folder with a function `trials(seed, share)`. A table is printed: tried, survived, lost.
docs/reliability.md keeps the last one."""

from __future__ import annotations

import argparse
import importlib
import os
import time

from tests.faults.outcome import Outcome, table

TRIALS = ("kills", "injections", "damaged", "queue", "soak")


def main() -> int:
    """Run the trials that are named, or all; the status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"one of {', '.join(TRIALS)}; all by default")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn by lot (0)")
    parser.add_argument("--share", type=float, default=1.0, help="of the tries; 0.1 makes a tenth (1)")
    arguments = parser.parse_args()
    if unknown := set(arguments.trials) - set(TRIALS):
        parser.error(f"there is no trial '{sorted(unknown)[0]}'; there are {', '.join(TRIALS)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    outcomes: list[Outcome] = []
    for name in arguments.trials or TRIALS:
        started = time.monotonic()
        outcomes += importlib.import_module(f"tests.faults.{name}").trials(arguments.seed, arguments.share)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
    print(table(outcomes))
    return 1 if any(one.lost for one in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
