"""The versions of libraries that are compiled into what is shipped are read from the files themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from installers import compiled_in, project
from installers.components import Component
from installers.shipped.rules import WINDOWS
from installers.tools import BuildError
from installers.trees.tree import Tree

FILES = {
    "lib/pyexpat.pyd": b"..expat_2.7.3\0",
    "python313.dll": b"\0" + b"1.3.1" + b"\0",
    "lib/lxml/etree.cp313-win_amd64.pyd": b" inflate 1.3.2 Copyright \0" + b"21406" + b"\0" + b"10143" + b"\0",
    "lib/PySide6/Qt6Core.dll": b"\0" + b"1.3.2 (Qt)" + b"\0" + b"10.47 2025-10-21" + b"\0",
    "lib/PySide6/Qt6Gui.dll": b"\0" + b"1.6.58" + b"\0",
    "lib/pypdfium2_raw/pdfium.dll": b"\0" + b"1.3.2.1-motley" + b"\0",
}
PARTS = ("Python", "lxml", "Qt", "pypdfium2")


def tree(folder: Path, files: dict[str, bytes]) -> Tree:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return Tree(project.read(), WINDOWS, folder, "handbook.exe", [Component(name, "1", "", "", "") for name in PARTS])


def test_each_is_a_part_of_what_it_is_compiled_into(tmp_path: Path) -> None:
    made = tree(tmp_path, FILES)
    compiled_in.describe(made)
    found = {one.name: {part.name: part.version for part in one.parts} for one in made.components}
    assert found == {
        "Python": {"expat": "2.7.3", "zlib": "1.3.1"},
        "lxml": {"zlib": "1.3.2", "libxml2": "2.14.6", "libxslt": "1.1.43"},
        "Qt": {"zlib": "1.3.2", "PCRE2": "10.47", "libpng": "1.6.58"},
        "pypdfium2": {"zlib": "1.3.2.1-motley"},
    }
    references = [part.purl for one in made.components for part in one.parts]
    assert len(references) == len(set(references)), "an SBOM names each once"


def test_a_file_that_no_longer_says_its_version_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"pyexpat.pyd does not state the version of expat"):
        compiled_in.describe(tree(tmp_path, FILES | {"lib/pyexpat.pyd": b"new"}))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_stops_the_build(name: str, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"has no file such as .*, which .* is compiled into: see STATED"):
        compiled_in.describe(tree(tmp_path, {other: data for other, data in FILES.items() if other != name}))


def test_a_part_that_has_another_name_stops_the_build(tmp_path: Path) -> None:
    made = tree(tmp_path, FILES)
    made.components = [part for part in made.components if part.name != "Qt"]
    with pytest.raises(BuildError, match=r"Qt has no file such as .*, which zlib is compiled into"):
        compiled_in.describe(made)
