"""Write the locks: each package that a set-up or a build downloads, with its version and its digests.

    python packaging/lock.py        after a change of the versions in pyproject.toml or of PROOF_TOOLS

Belongs here: making packaging/locks/ (by uv, which writes one lock for every platform, without addresses). Not here:
using them (run.py, installers/wheels.py). tests/packaging/test_locks.py holds them and pyproject.toml together."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from installers.locks import FOLDER, LOCKS, inputs
from installers.tools import BuildError, run, say

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write every lock; the exit status."""
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    work = ROOT / "build" / "locks"
    work.mkdir(parents=True, exist_ok=True)
    for name in LOCKS:
        wanted = work / f"{name}.in"
        wanted.write_text("\n".join(inputs(facts, name)) + "\n", encoding="utf-8")
        options = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url")
        oldest = facts["project"]["requires-python"].removeprefix(">=")
        out = ROOT / FOLDER / f"{name}.txt"
        out.unlink(missing_ok=True)  # uv would keep what an older lock says
        run(sys.executable, "-m", "uv", "pip", "compile", wanted, *options, "--python-version", oldest, "-o", out)
        say(f"{out.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BuildError as exc:
        say(f"lock.py: {exc} (uv has to be installed: pip install uv)")
        sys.exit(1)
