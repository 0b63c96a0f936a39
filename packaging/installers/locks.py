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
# program: what it runs with. build: what making its wheel takes. test: both, the tools of `run.py test`, and what the
# extra `zim` adds.
# python: the package that carries CPython for Windows. proofs: the tools of packaging/test.py.
LOCKS = ("program", "build", "test", "python", "proofs")
PROOF_TOOLS = ("pipx==1.18.4", "uv==0.13.9", "cyclonedx-python-lib[json-validation]==11.12.0")

# pip asks the package with CPython for its name through it, before it hands out the archive.
SETUPTOOLS = "setuptools==84.2.1"


def inputs(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The requirements that a lock is made from, by pyproject.toml's tables; KeyError for a lock that is none."""
    project, build = facts["project"], facts["build-system"]
    extras = project["optional-dependencies"]
    # hatchling asks for editables when a checkout is installed as it lies there.
    build_wanted = (*build["requires"], "editables==0.6", SETUPTOOLS)
    return {
        "program": tuple(project["dependencies"]),
        "build": build_wanted,
        "test": (*project["dependencies"], *build_wanted, *extras["test"], *extras["zim"]),
        "python": (facts["tool"]["installers"]["windows-python"]["package"],),
        "proofs": PROOF_TOOLS,
    }[name]


def pip_options(root: Path, *names: str) -> tuple[str, ...]:
    """Options by which pip takes what some locks name, and nothing that they do not."""
    return ("--require-hashes", *(word for name in names for word in ("-r", str(file(root, name)))))


def file(root: Path, name: str) -> Path:
    """A lock's file."""
    return root / FOLDER / f"{name}.txt"


def write(root: Path, uv: Path, facts: Mapping[str, Any]) -> list[Path]:
    """Write every lock anew."""
    oldest = facts["project"]["requires-python"].removeprefix(">=")
    options = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url")
    (root / "build").mkdir(exist_ok=True)
    for name in LOCKS:
        wanted, to = root / "build" / f"{name}.in", file(root, name)
        wanted.write_text("\n".join(inputs(facts, name)) + "\n", encoding="utf-8")
        to.unlink(missing_ok=True)  # uv would keep what an older lock says
        run(uv, "pip", "compile", wanted, *options, "--python-version", oldest, "-o", to)
    return [file(root, name) for name in LOCKS]
