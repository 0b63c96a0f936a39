"""Modules that a start imports are read from one open file: no search through folders, no file opened for each.

packaging/launcher/launcher.c imports this before the program. The file, which packaging/installers/start_modules.py
writes, begins with two lengths; then a table says where each module's code is, and the code follows. A module that is
not in it is imported as usual, and so is every module where there is no such file, or one cut short."""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourcelessFileLoader

TYPE_CHECKING = False  # importing `typing` for it would take what is saved here
if TYPE_CHECKING:
    from types import CodeType

FILE = "lib/start.modules"
HEAD = 16  # bytes: the length of the table, the length of the whole file


class _Loader(SourcelessFileLoader):
    """Loads one module. What it is asked for beside the code it answers as that of a file of its own does."""

    def __init__(self, name: str, path: str, code: tuple[int, int, int]) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - it is asked by name
        """The module's code."""
        file, offset, length = self._code
        code: CodeType = marshal.loads(os.pread(file, length, offset))  # noqa: S302 - a part of the program
        return code


class Finder:
    """Finds what is in the file. Raises OSError or EOFError: there is none, or it is cut short."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._file = os.open(f"{folder}/{FILE}", os.O_RDONLY | os.O_CLOEXEC)
        head = os.pread(self._file, HEAD, 0)
        if int.from_bytes(head[8:], "little") != os.fstat(self._file).st_size:
            raise EOFError
        table = os.pread(self._file, int.from_bytes(head[:8], "little"), HEAD)
        self._roots, self._modules = marshal.loads(table)  # noqa: S302 - as above

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Where a module is, told as of its own file."""
        entry = self._modules.get(name)
        if entry is None:
            return None
        root, is_package, offset, length = entry
        place = f"{self._folder}/{self._roots[root]}/{name.replace('.', '/')}"
        file = f"{place}/__init__.pyc" if is_package else f"{place}.pyc"
        spec = ModuleSpec(name, _Loader(name, file, (self._file, offset, length)), origin=file)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [place]
        return spec


def install() -> None:
    """Look into the file behind modules that are in the interpreter, and before folders."""
    sys.meta_path.insert(2, Finder(sys.executable.rpartition("/")[0]))
