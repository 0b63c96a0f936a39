"""What several test modules use: small handbooks, the handbook's own folder, and how long a test waits."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.loading import load

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content" / "en"

# Seconds that a test waits for anything before it fails. Never a measure of speed: a busy machine may take any time.
# With twenty times as much to do as it has cores, 30 s were too few for a window that sets five packets.
PATIENCE = 120.0
# Seconds of the processor's time, which hardly depends on other work, for what once took minutes or never ended.
PROCESSOR = 30.0

DEFAULT, SEARCH = "handbook", "search"  # profiles of Hypothesis; conftest.py registers them
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", DEFAULT)
MOST_EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "2000"))  # of each property in the profile `search`


def examples(number: int) -> int:
    """How many examples a property is tried with: `number`, and many more in the profile `search`."""
    return number if PROFILE == DEFAULT else max(number, MOST_EXAMPLES)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by relative name, with the line ends given; the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def handbook_of(files: Mapping[str, str | bytes]) -> Handbook:
    """A handbook of files that are gone when it has been read."""
    with tempfile.TemporaryDirectory() as folder:
        # a folder's name is the title of a handbook without a manifest: a random one would be printed
        return load(write(Path(folder) / "Handbook", files))


def chapter_of(source: str) -> Chapter:
    """A chapter with the id "page"."""
    return handbook_of({"page.md": source}).chapters["page"]


class Gate:
    """Holds work in another thread until the test opens it.

    reached: set when work has come to it."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def hold(self) -> None:
        """Wait there. Called by the work."""
        self.reached.set()
        assert self.open.wait(PATIENCE)
