"""Runs every check, and then the tests, by the Python of .venv: for run.py.

Belongs here: which checks, in which order. Not here: their settings (pyproject.toml)."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from run import Checkout

# Says in one line which library of the system Qt lacks, and which command installs it.
QT_CHECK = """import sys
from handbook.ui.reading import display
try:
    display.check()
except display.NoWindow as exc:
    sys.exit(f"handbook: {exc}")"""

# The quick ones first: a misspelt name should not wait for the tests.
CHECKS = (
    ("Qt", ("-c", QT_CHECK)),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")),
    ("handbook check", ("-m", "handbook", "check")),
)


def run(checkout: Checkout, arguments: list[str]) -> int:
    """Run the checks up to the first that fails, and then pytest, whose summary stays the last line."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}  # no windows pop up, no screen is needed
    for name, check in (*CHECKS, ("pytest", ("-m", "pytest", *arguments))):
        print(f"== {name}", flush=True)
        code = subprocess.call(checkout.command(*check), cwd=checkout.root, env=environment)
        if code != 0:
            return code
    return 0
