"""A small program in the place of ours, started by the launcher for Linux as an installed one is."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from installers import project
from installers.bytecode import compile_source
from installers.tools import BuildError
from installers.trees import linux

FACTS = project.read()
QUICK_IMPORT = FACTS.root / "packaging" / "python" / "quick_import.py"


def make_program(folder: Path, source: bytes) -> None:
    """Make a folder with the launcher, what it needs of the standard library, and a package whose work is done by
    the module handbook.told. Skips the test where there is no C compiler, or not all of CPython."""
    if sys.platform != "linux" or shutil.which("gcc") is None:
        pytest.skip("no gcc, or another system")
    library, zip_name = Path(sysconfig.get_path("stdlib")), linux.library_zip(FACTS)
    (folder / "lib").mkdir(parents=True)
    with zipfile.ZipFile(folder / zip_name, "w") as archive:
        packages = (file for name in ("collections", "encodings", "importlib") for file in library.glob(f"{name}/*.py"))
        for file in (*library.glob("*.py"), *packages, QUICK_IMPORT):
            name = file.relative_to(library).as_posix() if file != QUICK_IMPORT else file.name
            archive.writestr(f"{name}c", compile_source(file.read_bytes(), name))
    for name, text in {"__init__": b"", "__main__": b"import handbook.told", "told": source}.items():
        path = folder / "lib" / "handbook" / f"{name}.pyc"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(compile_source(text, f"{name}.py"))
    try:
        linux.make_launcher(FACTS, folder / "handbook")
    except BuildError as exc:
        if "Python.h" in str(exc) or "came without" in str(exc):
            pytest.skip("Python's header files or its library are not installed")
        raise
