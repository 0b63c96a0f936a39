"""Launch to the page that a person sees, on an X screen, by turns: a bare window, Qt Assistant, the program.

    python tests/bench/bench_screen.py [--cold] RUNS [FOLDER...]      build/tree/linux, for instance

Beside the checkout and the installed folders that are named stand bare_window.py and, where `qhelpgenerator` is
there (qt6-documentation-tools of Debian), the Qt Assistant of PySide6 with all chapters of the handbook, at the
start page. Each is opened on a screen whose picture is a file (`Xvfb -fbdir`), with a session bus, as desktops have
(`dbus-daemon`: without one, each start of Qt forks to look for one, and what was in memory by then is faulted in anew).
A page is there when nine tenths of the points that differ from the background three seconds later are as they will
be. With --cold the system's cache of files is emptied before each launch, which takes root. Printed as Markdown:
medians, of the bare window in brackets, with the memory (Pss) of each program. Not asserted; docs/benchmarks.md keeps
the results."""

from __future__ import annotations

import argparse
import contextlib
import mmap
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WIDTH, HEIGHT, POINT = 1280, 900, 4  # bytes of a point
LOOK = 0.004  # seconds between two looks at the screen
ROWS = 8  # of so many rows of points one is looked at: all of them would take a quarter of a core
STAYS = 3.0  # seconds that a window is watched from its first point on
SLOWEST = 60.0  # seconds in which the first point has to be there
ENOUGH = 0.9  # of the points of a page
CACHE = Path("/proc/sys/vm/drop_caches")
PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<QtHelpProject version="1.0">
  <namespace>handbook</namespace>
  <virtualFolder>doc</virtualFolder>
  <filterSection>
    <toc>{sections}</toc>
    <files>{files}</files>
  </filterSection>
</QtHelpProject>
"""
COLLECTION = """<?xml version="1.0" encoding="UTF-8"?>
<QHelpCollectionProject version="1.0">
  <assistant><homePage>qthelp://handbook/doc/{home}</homePage></assistant>
  <docFiles><register><file>handbook.qch</file></register></docFiles>
</QHelpCollectionProject>
"""


class Launch(NamedTuple):
    """Milliseconds to the first point and to the page, and MiB."""

    first: float
    page: float
    memory: float


class Screen:
    """A screen with a window manager and a session bus, whose picture is read from a file. Use it with `with`."""

    def __init__(self, scratch: Path) -> None:
        self._folder = scratch

    def __enter__(self) -> Screen:
        read, write = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-fbdir", str(self._folder), "-noreset"],  # noqa: S607
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        read, write = os.pipe()
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--print-address={write}"],  # noqa: S607
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self._bus_address = told.readline().strip()
        manager = {**os.environ, "DISPLAY": self.display}
        self._manager = subprocess.Popen(["openbox"], env=manager, stderr=subprocess.DEVNULL)  # noqa: S607
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._picture.close()
        for process in (self._manager, self._bus, self._server):
            process.terminate()
            process.wait()

    def look(self) -> bytes:
        """The points of one row in ROWS."""
        length = WIDTH * POINT
        begin = len(self._picture) - HEIGHT * length
        rows = range(begin, len(self._picture), ROWS * length)
        return b"".join(self._picture[row : row + length] for row in rows)

    def launch(self, command: list[str], home: Path) -> Launch:
        """Start a program, watch what it paints, and end it."""
        environment = {
            **os.environ,
            "HOME": str(home),
            "HANDBOOK_HOME": str(home / "handbook"),
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self._bus_address,
        }
        environment |= {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules compiled, as after any first start
        before = self.look()
        begin = time.monotonic()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        seen: list[tuple[float, bytes]] = []
        end = begin + SLOWEST
        while (now := time.monotonic()) < end:
            points = self.look()
            if points != before:
                if not seen:
                    end = now + STAYS
                seen.append((now - begin, points))
                before = points
            time.sleep(LOOK)
        is_there = bool(seen) and process.poll() is None
        memory = _memory(process.pid) if is_there else 0.0
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        if not is_there:
            raise SystemExit(f"{' '.join(command)}: no window")
        time.sleep(0.5)
        return Launch(seen[0][0] * 1000, _page(seen) * 1000, memory)


def _page(seen: list[tuple[float, bytes]]) -> float:
    """When the page was there."""
    last = memoryview(seen[-1][1]).cast("I")
    background = Counter(last[::13]).most_common(1)[0][0]
    drawn = [place for place, point in enumerate(last) if point != background]
    for when, points in seen:
        now = memoryview(points).cast("I")
        if sum(now[place] == last[place] for place in drawn) >= ENOUGH * len(drawn):
            return when
    return seen[-1][0]


def _memory(process: int) -> float:
    """Its part of the memory, MiB: what it shares is divided among those who share it."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def assistant(scratch: Path) -> list[str] | None:
    """The command for Qt Assistant with our chapters; None where its files cannot be made."""
    made = shutil.which("qhelpgenerator", path=f"{os.environ['PATH']}:/usr/lib/qt6/libexec:/usr/lib/qt6/bin")
    program = Path(PySide6.__file__).parent / "assistant"
    if made is None or not program.exists():
        print("without Qt Assistant: qhelpgenerator is not installed", file=sys.stderr)
        return None
    folder = scratch / "help"
    export = [sys.executable, "-m", "handbook", "export", "all", "--format", "html", "-o", str(folder)]
    subprocess.run(export, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = [name for name in names if name.endswith(".html")]
    home = "index.html" if "index.html" in pages else pages[0]
    sections = "".join(f'<section title="{name}" ref="{name}"/>' for name in pages)
    files = "".join(f"<file>{name}</file>" for name in names)
    (folder / "handbook.qhp").write_text(PROJECT.format(sections=sections, files=files), "utf-8")
    (folder / "handbook.qhcp").write_text(COLLECTION.format(home=home), "utf-8")
    for source, target in (("handbook.qhp", "handbook.qch"), ("handbook.qhcp", "handbook.qhc")):
        subprocess.run([made, source, "-o", target], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return [str(program), "-collectionFile", str(folder / "handbook.qhc"), "-showUrl", f"qthelp://handbook/doc/{home}"]


def main(runs: int, folders: list[Path], *, cold: bool) -> None:
    """Launch all by turns, each once more than is counted, and print a table."""
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        ways = {"bare window": [sys.executable, str(HERE / "bare_window.py")]}
        if beside := assistant(scratch):
            ways["Qt Assistant with the same chapters"] = beside
        programs = {"checkout": [sys.executable, "-P", "-m", "handbook"]}
        programs |= {str(folder): [str(folder.resolve() / "handbook")] for folder in folders}
        for name, command in programs.items():
            ways |= {f"{name}, start page": command, f"{name}, the statement": [*command, "statement"]}
        found: dict[str, list[Launch]] = {way: [] for way in ways}
        with Screen(scratch) as screen:
            for _ in range(runs + 1):
                for way, command in ways.items():  # by turns: a slow minute is slow for all
                    if cold:
                        os.sync()
                        CACHE.write_text("3", "ascii")
                    found[way].append(screen.launch(command, scratch / "home"))
    print(f"| median of {runs} | first point, ms | page, ms | Pss, MiB |\n|---|---|---|---|")
    middle = {way: [statistics.median(row) for row in zip(*some[1:], strict=True)] for way, some in found.items()}
    bare = middle["bare window"]
    for way, figures in middle.items():
        cells = " | ".join(f"{one:.0f} ({one / least:.2f})" for one, least in zip(figures, bare, strict=True))
        print(f"| {way} | {cells} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true", help="empty the system's cache of files before each launch")
    parser.add_argument("runs", type=int)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    given = parser.parse_args()
    main(given.runs, given.folders, cold=given.cold)
