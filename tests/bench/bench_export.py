"""How long an export of the whole handbook takes: run.py test tests/bench, or this file alone.

Each format is written in a fresh process, from before the import of its libraries to the finished bytes. Seconds depend
on what else the machine does; beside them stands how many times as long it took as parsing all chapters in the same
process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content" / "en"
TARGETS = {"epub": 3.0, "docx": 6.0, "html": 3.0, "pptx": 6.0, "md": 3.0}  # seconds on two cores
SCRIPT = """
import sys, tempfile, time
from pathlib import Path
from handbook.content import markup
from handbook.content.loading import load
handbook = load(Path(sys.argv[1]))
start = time.perf_counter()
for chapter in handbook.chapters.values():
    markup.parse(chapter)
parsed = time.perf_counter() - start
from handbook.export.choice import Choice
from handbook.export.formats import export
with tempfile.TemporaryDirectory() as folder:
    target = Path(folder) / ("out" if sys.argv[2] == "md" else f"out.{sys.argv[2]}")
    start = time.perf_counter()
    export(handbook, Choice(), sys.argv[2], target)
    print(time.perf_counter() - start, parsed)
"""


def measure(name: str) -> tuple[float, float]:
    """Seconds for a format, and for parsing all chapters."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, str(CONTENT), name],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    took, parsed = map(float, done.stdout.split())
    return took, parsed


def test_exports() -> None:
    """Print what each format took; only far beyond its target is it a fault."""
    for name, target in TARGETS.items():
        took, parsed = min(measure(name) for _ in range(3))
        print(f"{name}: {took:.2f} s (target {target:.0f} s), {took / parsed:.1f} times parsing all chapters")
        assert took < 5 * target, name


if __name__ == "__main__":
    test_exports()
