"""Compare every pinned package with the newest version that a package index has.

    python packaging/newest.py       a line for each package that is behind

Belongs here: asking pip what there is. Not here: choosing a version (pyproject.toml), writing the locks (lock.py).
docs/security.md says when it is run."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_NEWEST = re.compile(r"^Available versions: ([^,\s]+)", re.MULTILINE)


class Pin(NamedTuple):
    """A package, the version that a lock names, and the lock's name."""

    package: str
    version: str
    lock: str


def pins(folder: Path) -> Iterator[Pin]:
    """Every pin of the locks in a folder."""
    for lock in sorted(folder.glob("*.txt")):
        for package, version in _PIN.findall(lock.read_text(encoding="utf-8")):
            yield Pin(package, version, lock.stem)


def newest(answer: str) -> str:
    """The newest version in what `pip index versions` printed; "" where it names none."""
    found = _NEWEST.search(answer)
    return found.group(1) if found else ""


def main() -> int:
    """Print what is behind; the exit status is 1 where the index could not be asked about a package."""
    asked: dict[str, str] = {}
    behind = unknown = 0
    for pin in pins(ROOT / "packaging" / "locks"):
        if pin.package not in asked:
            command = [sys.executable, "-m", "pip", "index", "versions", pin.package]
            asked[pin.package] = newest(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
        there = asked[pin.package]
        unknown += not there
        behind += bool(there) and there != pin.version
        if there != pin.version:
            sys.stdout.write(f"{pin.lock:8} {pin.package:28} {pin.version:14} {there or 'not found in the index'}\n")
    sys.stdout.write(f"{len(asked)} packages, {behind} pins behind, {unknown} not found\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
