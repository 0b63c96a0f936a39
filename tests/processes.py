"""A script with a window in a process of its own: Qt is started once a process, and remembers."""

from __future__ import annotations

import os
import subprocess
import sys

from handbook.base.paths import Paths
from tests.helpers import PATIENCE, ROOT


def run_window(home: Paths, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script without a display, in a person's home, to its end; a warning of Python is an error in it."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HANDBOOK_HOME": str(home.config.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
