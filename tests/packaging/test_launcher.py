"""The launcher for Linux loads Qt's libraries while Python starts: for a window only, and nothing depends on it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from installers.trees.linux import QT

from tests.helpers import PATIENCE
from tests.packaging.program import make_program

TOLD = b"""
import launcher
import sys
if "ends-at-once" not in sys.argv:
    launcher.wait()
    launcher.wait()
print("started")
"""
LIBRARY = """
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
__attribute__((constructor)) static void loaded(void)
{
    FILE *file = fopen(getenv("LOADED"), "a");
    usleep(20000); /* as large ones take */
    fputs(NAME "\\n", file);
    fclose(file);
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program beside libraries that say that they were loaded."""
    folder = tmp_path_factory.mktemp("program") / "a folder"
    make_program(folder, TOLD)
    source = folder.parent / "library.c"
    source.write_text(LIBRARY)
    for name in QT:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-shared", "-fPIC", f'-DNAME="{name}"', source, "-o", path], check=True)  # noqa: S607
    return folder / "handbook"


def loaded(program: Path, *arguments: str) -> list[str]:
    """Start it; which libraries were loaded, in order."""
    told = program.parent / "loaded"
    told.unlink(missing_ok=True)
    said = subprocess.run(
        [program, *arguments], env={"LOADED": str(told)}, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert (said.stdout, said.stderr) == ("started\n", "")
    return told.read_text().splitlines() if told.exists() else []


@pytest.mark.parametrize("arguments", [(), ("statement",), ("--content", "a folder")])
def test_for_a_window_qt_is_loaded(program: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(program, *arguments) == list(QT)


@pytest.mark.parametrize(
    "arguments", [("search", "words"), ("--log", "file", "print"), ("typeset-worker",), ("--version",)]
)
def test_without_a_window_it_is_not(program: Path, arguments: tuple[str, ...]) -> None:
    assert not loaded(program, *arguments)


def test_a_program_that_ends_at_once_does_not_end_while_libraries_are_loaded(program: Path) -> None:
    assert loaded(program, "ends-at-once") == list(QT)


def test_a_library_that_cannot_be_loaded_is_left_to_who_needs_it(program: Path) -> None:
    (program.parent / QT[1]).unlink()
    assert loaded(program) == [QT[0]]
