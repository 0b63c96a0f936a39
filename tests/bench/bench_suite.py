"""The tests by turns: in one process, and in as many as there are cores, as `python3 run.py test` runs them.

    python tests/bench/bench_suite.py ROUNDS [PATH...]      all tests, where no path is given

Only pytest is timed: the checks before it take the same time either way. Printed: seconds of each run, and the medians
with their ratio. Not asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAYS = {"one process": ["--numprocesses=0"], "one for each core": []}  # pyproject.toml has the second


def run(options: list[str], paths: list[str]) -> float:
    """Seconds that the tests took; they have to pass."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.monotonic()
    subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", *options, *paths],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - begin


def main(rounds: int, paths: list[str]) -> None:
    """Time both ways, by turns."""
    took: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, options in WAYS.items():
            took[way].append(run(options, paths))
            print(f"{way}: {took[way][-1]:.0f} s", flush=True)
    alone, together = (statistics.median(times) for times in took.values())
    print(f"medians: {alone:.0f} and {together:.0f} s, {together / alone:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
