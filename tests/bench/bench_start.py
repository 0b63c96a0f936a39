"""The start, by turns: a bare PySide6 window, the checkout, and any number of installed folders.

    python tests/bench/bench_start.py RUNS [FOLDER...]      build/tree/linux, for instance

Each is launched by first_paint.py and ends when its first page is painted. A folder is copied by links, and in the copy
first_paint.py takes the place of handbook/__main__.py: launcher, CPython and every other module are what is shipped.
Printed as Markdown: the time from the command to its end, the processor's time (less moved by other work on the
machine) and the pages of memory that were touched first; medians, of the bare window in brackets. Not asserted;
docs/benchmarks.md keeps the results."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROBE = HERE / "first_paint.py"
PAGES = {"start": "start page", "page": "the statement"}


class Launch(NamedTuple):
    """What one launch took: milliseconds, those of the processor, page faults."""

    whole: float
    processor: float
    faults: float


def launch(command: list[str]) -> Launch:
    """Run a command to its end, in a home of its own that has been used before."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules compiled, as after any first start
    begin = time.monotonic()
    devnull = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (1, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=devnull)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: ended with {status}")
    return Launch((time.monotonic() - begin) * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_minflt)


def installed(folder: Path, scratch: Path) -> str:
    """A copy of an installed folder whose program ends when its page is painted; the program."""
    copy = Path(tempfile.mkdtemp(dir=scratch)) / "tree"
    shutil.copytree(folder, copy, copy_function=os.link)
    program, entry = str(copy / "handbook"), copy / "lib" / "handbook" / "__main__.pyc"
    entry.unlink()
    # Its own Python compiles the probe: another one's files it would not read.
    unchecked = "py_compile.PycInvalidationMode.UNCHECKED_HASH"
    source = f"import py_compile\npy_compile.compile({str(PROBE)!r}, {str(entry)!r}, invalidation_mode={unchecked})\n"
    entry.with_suffix(".py").write_text(source, "utf-8")
    subprocess.run([program], check=True)
    entry.with_suffix(".py").unlink()
    return program


def main(runs: int, folders: list[Path]) -> None:
    """Launch all by turns, each once more than is counted, and print a table."""
    with tempfile.TemporaryDirectory(dir=folders[0].parent if folders else None) as scratch:
        os.environ["HANDBOOK_HOME"] = str(Path(scratch) / "home")
        ways = {"bare window": [sys.executable, str(PROBE), "bare"]}
        programs = {"checkout": [sys.executable, str(PROBE)]}
        programs |= {str(folder): [installed(folder.resolve(), Path(scratch))] for folder in folders}
        for name, command in programs.items():
            ways |= {f"{name}: {page}": [*command, kind] for kind, page in PAGES.items()}
        found: dict[str, list[Launch]] = {way: [] for way in ways}
        for _ in range(runs + 1):
            for way, command in ways.items():  # by turns: a slow minute is slow for all
                found[way].append(launch(command))
    print(f"| median of {runs} | ms | processor, ms | page faults |\n|---|---|---|---|")
    middle = {way: [statistics.median(row) for row in zip(*some[1:], strict=True)] for way, some in found.items()}
    bare = next(iter(middle.values()))
    for way, figures in middle.items():
        cells = " | ".join(f"{one:.0f} ({one / least:.2f})" for one, least in zip(figures, bare, strict=True))
        print(f"| {way} | {cells} |")


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
