"""Mutation testing: changes a module in many small ways and sees which of the changes no test notices.

Belongs here: a copy of the checkout with the settings of mutmut, one run, its result. Not here: mutmut, which is
installed apart (docs/benchmarks.md, *How good the tests are*).

    python tests/mutants.py handbook/workshop/timetable.py tests/workshop/test_model.py
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("content", "docs", "index", "packaging", "tests", "run.py", "README.md", "CHANGELOG.md", "CONTRIBUTING.md")


def main() -> int:
    """Run mutmut over one module; the mutants that survived are printed."""
    parser = argparse.ArgumentParser(description="Which small changes of a module does no test notice?")
    parser.add_argument("module", help="such as handbook/workshop/timetable.py")
    parser.add_argument("tests", nargs="+", help="files of tests that are about it; whatever pytest takes")
    parser.add_argument("--only", nargs="+", default=[], metavar="PATTERN", help="a sample, such as '*mutmut_*7'")
    # What follows an unknown option goes to pytest: --deselect=…
    options, more = parser.parse_known_args()
    folder = copy_of(options.module, [*options.tests, *more])
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["QT_QPA_PLATFORM"] = "offscreen"

    def mutmut(*arguments: str, quiet: bool = False) -> str:
        command = [sys.executable, "-m", "mutmut", *arguments]
        output = subprocess.PIPE if quiet else None
        return subprocess.run(command, cwd=folder, env=environment, stdout=output, text=True, check=False).stdout or ""

    mutmut("run", "--max-children", "1", *options.only)
    found = [line.strip().split(": ") for line in mutmut("results", "--all", "true", quiet=True).splitlines()]
    results = dict(pair for pair in found if len(pair) == 2 and pair[1] != "not checked")
    for name, result in results.items():
        if result != "killed":
            print(f"-- {name}: {result}\n{mutmut('show', name, quiet=True)}")
    print(dict(Counter(results.values())))
    return 0 if results else 1


def copy_of(module: str, tests: list[str]) -> Path:
    """A fresh copy of the checkout below build/mutants, set up for one module."""
    folder = ROOT / "build" / "mutants" / module.replace("/", "-").removesuffix(".py")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("handbook", "LICENSE", *COPIED):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    settings = {
        "source_paths": ["handbook"],
        "only_mutate": [module],
        "also_copy": [*COPIED, "LICENSE"],
        "pytest_add_cli_args": ["-p", "no:xdist", "-o", "addopts=--import-mode=importlib"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{''.join(lines)}", "utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main())
