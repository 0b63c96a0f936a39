"""Figures of the installed program: launch to painted page against the checkout, and sizes.

Run under Xvfb after `python3 packaging/build.py folder-linux`: `python tests/bench/bench_installed.py [RUNS]`. The
folder that is packed is copied by links, and in the copy bench_window.py takes the place of handbook/__main__.py: the
launcher, CPython, the zip and every other module are what is shipped. Both are started by turns, in one run. Sizes
are of what lies in dist/. Nothing here is asserted; docs/benchmarks.md keeps the results."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROBE = HERE / "bench_window.py"


def launch(command: list[str], page: str, home: str) -> float:
    """Seconds from the start of a process to its painted page."""
    environment = {**os.environ, "HANDBOOK_HOME": home, "PYTHONPATH": str(ROOT)}
    # The checkout's modules compiled once, as after any first start: some machines that build have this set.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.monotonic()
    done = subprocess.run(
        [*command, "--probe", page], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return float(json.loads(done.stdout.strip().splitlines()[-1])["painted"]) - begin


def main(runs: int) -> None:
    """Measure and print Markdown tables."""
    from installers import project  # found by the line at this file's end
    from installers.bytecode import compile_source

    facts = project.read()
    folder = facts.build / "tree" / "linux"
    with tempfile.TemporaryDirectory(dir=facts.build) as scratch:
        copy = Path(scratch) / "tree"
        shutil.copytree(folder, copy, copy_function=os.link)
        entry = copy / "lib" / "handbook" / "__main__.pyc"
        entry.unlink()
        entry.write_bytes(compile_source(PROBE.read_bytes(), PROBE.name))
        ways = {"checkout": [sys.executable, str(PROBE)], "installed": [str(copy / facts.command)]}
        print("| launch to painted page | checkout | installed | ratio |\n|---|---|---|---|")
        for page, name in (("start", "first start"), ("page", "the statement")):
            found: dict[str, list[float]] = {way: [] for way in ways}
            with tempfile.TemporaryDirectory() as home:
                launch(ways["checkout"], page, home)  # not counted: it compiles the modules
            for _ in range(runs):
                for way, command in ways.items():  # by turns: a slow minute is slow for both
                    with tempfile.TemporaryDirectory() as home:
                        found[way].append(launch(command, page, home))
            middle = {way: statistics.median(times) * 1000 for way, times in found.items()}
            lowest = {way: min(times) * 1000 for way, times in found.items()}
            cells = " | ".join(f"{middle[way]:.0f} ({lowest[way]:.0f}) ms" for way in ways)
            print(f"| {name}, median (lowest) of {runs} | {cells} | {middle['installed'] / middle['checkout']:.2f} |")
    print("\n| what | MB |\n|---|---|")
    for kind in ("linux", "windows"):
        files = [path for path in (facts.build / "tree" / kind).rglob("*") if path.is_file()]
        print(f"| folder for {kind}, {len(files)} files | {sum(path.stat().st_size for path in files) / 1e6:.1f} |")
    for kind in ("windows", "portable-windows", "deb", "portable-linux", "wheel", "sdist"):
        file = facts.artefact(kind)
        if file.exists():
            print(f"| {file.name} | {file.stat().st_size / 1e6:.1f} |")


if __name__ == "__main__":
    sys.path.append(str(ROOT / "packaging"))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
