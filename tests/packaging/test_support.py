"""PySide's own Python files: unpacked from the library, and used from where they are put."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from installers import project, wheels
from installers.bytecode import compile_source
from installers.tools import BuildError

FACTS = project.read()
# What a person sees of these files: the message for a wrong argument.
ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
import shiboken6, shibokensupport.signature.loader as loader
print(shiboken6.__file__, loader.__file__, sep="\\n")
try:
    shiboken6.Shiboken.isValid()
except TypeError as exc:
    print("isValid" in str(exc))
"""


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> project.Project:
    """The project with a build folder of the test's, and this Python in place of the build's own."""
    monkeypatch.setattr(wheels, "build_python", lambda _: Path(sys.executable))
    facts = dataclasses.replace(FACTS, root=tmp_path)
    folder = facts.build / "shiboken6-1.2"
    shutil.copytree(Path(shiboken6.__file__).parent, folder / "shiboken6", ignore=shutil.ignore_patterns("files.dir"))
    return facts


def test_they_are_used_compiled_from_where_they_are_put(facts: project.Project, tmp_path: Path) -> None:
    files = wheels.pysides_own(facts, "1.2")
    assert f"{wheels.PYSIDES_OWN}/shibokensupport/signature/loader.py" in files
    lib = tmp_path / "lib"
    source = Path(shiboken6.__file__).parent
    shutil.copytree(source, lib / "shiboken6", ignore=shutil.ignore_patterns("files.dir"))
    for name, text in files.items():
        (lib / name).parent.mkdir(parents=True, exist_ok=True)
        (lib / f"{name}c").write_bytes(compile_source(text, name))
    said = subprocess.run([sys.executable, "-c", ASKED, str(lib)], capture_output=True, text=True, check=True).stdout
    package, loader, message = said.splitlines()
    assert Path(package).parent == lib / "shiboken6"
    assert Path(loader) == lib / wheels.PYSIDES_OWN / "shibokensupport" / "signature" / "loader.pyc"
    assert message == "True"


def test_a_version_that_unpacks_nothing_stops_the_build(facts: project.Project) -> None:
    (facts.build / "shiboken6-1.2" / wheels.PYSIDES_OWN).mkdir()
    with pytest.raises(BuildError, match="unpacked none"):
        wheels.pysides_own(facts, "1.2")
