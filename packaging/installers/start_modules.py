"""The modules that a start may import, once more and in one file: the program takes them from there.

Belongs here: writing that file. packaging/python/quick_import.py reads it, and says its form. What lies in lib/ and in
the zip stays: for whatever looks for it there, and for a start without the file. All three are in lib/, as xz remembers
64 MiB: nearer than that to each other, they take hardly more room than once."""

from __future__ import annotations

import marshal
import zipfile
from collections.abc import Iterator
from pathlib import Path

from installers.wheels import PYSIDES_OWN

FILE, HEAD = "lib/start.modules", 16  # as in quick_import.py
PYC_HEAD = 16  # bytes of a .pyc before its code
PACKAGES = ("handbook", "PySide6", "shiboken6")  # of those in lib/


def write(folder: Path, zip_name: str) -> None:
    """Write the file into a built folder with the standard library in a zip, and lib/."""
    roots = (zip_name, f"lib/{PYSIDES_OWN}", "lib")
    modules: dict[str, tuple[int, bool, bytes]] = {}
    for number, path, data in _compiled(folder, roots):
        *parents, last = path.removesuffix(".pyc").split("/")
        if last != "__main__":  # it is run, under another name
            is_package = last == "__init__"
            module = ".".join(parents if is_package else (*parents, last))
            modules[module] = (number, is_package, data[PYC_HEAD:])

    def table(place: int) -> bytes:
        """Where each module is, the first one at a place. It is as long for any place."""
        entries = {}
        for name, (root, is_package, code) in sorted(modules.items()):
            entries[name] = (root, is_package, place, len(code))
            place += len(code)
        return marshal.dumps((roots, entries), 2)  # the form that is the same each time

    size = len(table(0))
    made = table(HEAD + size) + b"".join(code for _, (_, _, code) in sorted(modules.items()))
    head = size.to_bytes(8, "little") + (HEAD + len(made)).to_bytes(8, "little")
    (folder / FILE).write_bytes(head + made)


def _compiled(folder: Path, roots: tuple[str, ...]) -> Iterator[tuple[int, str, bytes]]:
    """Of each compiled module the number of its root, its path from there, and its file."""
    with zipfile.ZipFile(folder / roots[0]) as archive:
        yield from ((0, name, archive.read(name)) for name in archive.namelist())
    for number, below in ((1, folder / roots[1]), *((2, folder / roots[2] / name) for name in PACKAGES)):
        for file in sorted(below.rglob("*.pyc")):
            path = file.relative_to(folder / roots[number]).as_posix()
            if number == 1 or not f"lib/{path}".startswith(roots[1]):
                yield number, path, file.read_bytes()
