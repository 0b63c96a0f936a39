"""The file from which an installed program reads its modules: what is in it is found as where it lies, and no start
depends on it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from installers import project, start_modules
from installers.bytecode import compile_source
from installers.trees import linux

from tests.helpers import PATIENCE
from tests.packaging.program import make_program

FACTS = project.read()
SOURCE = FACTS.root / "packaging" / "python" / "quick_import.py"
ZIP = linux.library_zip(FACTS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it is installed, with a zip, a package and a module of PySide's own."""
    (tmp_path / "lib").mkdir()
    with zipfile.ZipFile(tmp_path / ZIP, "w") as archive:
        archive.writestr("plain.pyc", compile_source(b"value = 1", "plain.py"))
    for name, source in {
        "lib/handbook/__init__.py": b"value = 2",
        "lib/handbook/inner.py": b"from handbook import value",
        "lib/handbook/__main__.py": b"",
        "lib/shiboken6/files.dir/glue.py": b"value = 3",
    }.items():
        path = tmp_path / f"{name}c"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(compile_source(source, name))
    start_modules.write(tmp_path, ZIP)
    return tmp_path


@pytest.fixture
def quick() -> Iterator[ModuleType]:
    """The module that reads the file; what was put before other imports is taken away again."""
    spec = importlib.util.spec_from_file_location("quick_import", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    before = sys.meta_path.copy()
    yield module
    sys.meta_path[:] = before


def loaded(quick: ModuleType, folder: Path, name: str) -> ModuleType:
    spec = quick.Finder(str(folder)).find_spec(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "value", "file"),
    [
        ("plain", 1, f"{ZIP}/plain.pyc"),
        ("handbook", 2, "lib/handbook/__init__.pyc"),
        ("glue", 3, "lib/shiboken6/files.dir/glue.pyc"),
    ],
)
def test_a_module_is_as_if_loaded_where_it_lies(
    quick: ModuleType, folder: Path, name: str, value: int, file: str
) -> None:
    module = loaded(quick, folder, name)
    assert module.value == value
    assert module.__file__ == str(folder / file)


def test_a_package_is_looked_through_for_what_is_not_in_the_file(quick: ModuleType, folder: Path) -> None:
    finder = quick.Finder(str(folder))
    assert finder.find_spec("handbook").submodule_search_locations == [str(folder / "lib/handbook")]
    assert finder.find_spec("handbook.inner").submodule_search_locations is None
    assert finder.find_spec("handbook.later") is None
    assert finder.find_spec("handbook.__main__") is None  # it is run, under another name
    assert finder.find_spec("elsewhere") is None


def test_what_lies_beside_a_module_is_read_from_there(quick: ModuleType, folder: Path) -> None:
    (folder / "lib/handbook/words.txt").write_text("words")
    reader = quick.Finder(str(folder)).find_spec("handbook").loader.get_resource_reader("handbook")
    assert reader.files().joinpath("words.txt").read_text() == "words"


def test_a_file_cut_short_is_not_used(quick: ModuleType, folder: Path) -> None:
    whole = (folder / start_modules.FILE).read_bytes()
    for length in (0, 5, 20, len(whole) - 1):
        (folder / start_modules.FILE).write_bytes(whole[:length])
        with pytest.raises(EOFError):
            quick.Finder(str(folder))


def test_the_file_has_the_same_bytes_each_time(folder: Path) -> None:
    before = (folder / start_modules.FILE).read_bytes()
    start_modules.write(folder, ZIP)
    assert (folder / start_modules.FILE).read_bytes() == before


def test_the_program_starts_with_the_file_without_it_and_with_a_damaged_one(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    make_program(folder, TOLD)
    start_modules.write(folder, ZIP)
    made, lies = "_Loader", f"{folder}/lib/handbook/told.pyc"

    def told() -> list[str]:
        said = subprocess.run(
            [folder / "handbook", "an argument"], capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        assert not said.stderr
        return said.stdout.splitlines()

    assert told() == [made, lies, "an argument"]
    whole = (folder / start_modules.FILE).read_bytes()
    (folder / start_modules.FILE).write_bytes(whole[:-1])
    assert told() == ["SourcelessFileLoader", lies, "an argument"]
    (folder / start_modules.FILE).unlink()
    assert told() == ["SourcelessFileLoader", lies, "an argument"]


TOLD = b"""
import sys
print(type(__spec__.loader).__name__, __file__, *sys.argv[1:], sep="\\n")
"""
